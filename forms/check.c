/*
 * check.c - what a questionnaire that can be read may still lack. In: a form. Out: findings.
 * An error stops a round; a warning is for people to decide; advice makes it better.
 */
#include "forms/check.h"

#include "lib/record/encode.h"

#include <stdio.h>
#include <string.h>

enum { PLACE = 200, MISSING_SHOWN = 3 };

struct linter {
	const struct form *form;
	struct findings *findings;
	size_t missing[FORM_LANGUAGES]; /* texts that a language lacks */
};

/* A text that some language lacks, while the source language has it. The first few are named. */
static void check_text(struct linter *l, const char *place, const struct form_text *t)
{
	if (t->in == NULL || t->in[0] == NULL)
		return;
	for (size_t i = 1; i < l->form->n_languages; i++)
		if (t->in[i] == NULL && l->missing[i]++ < MISSING_SHOWN)
			findings_add(l->findings, FINDING_ERROR, place,
				"the translation into \"%s\" is missing",
				l->form->languages[i]);
}

static void check_missing(struct linter *l)
{
	for (size_t i = 1; i < l->form->n_languages; i++)
		if (l->missing[i] > MISSING_SHOWN)
			findings_add(l->findings, FINDING_ERROR, "languages",
				"%zu more translations into \"%s\" are missing",
				l->missing[i] - MISSING_SHOWN, l->form->languages[i]);
}

static void check_question(struct linter *l, const struct form_question *q)
{
	char place[PLACE];
	bool choices = q->type == FORM_SELECT_ONE || q->type == FORM_SELECT_MULTIPLE ||
	               q->type == FORM_MATRIX || q->type == FORM_RANKING;

	check_text(l, q->id, &q->label);
	snprintf(place, sizeof place, "%s.hint", q->id);
	check_text(l, place, &q->hint);
	snprintf(place, sizeof place, "%s.constraint_message", q->id);
	check_text(l, place, &q->constraint_message);
	snprintf(place, sizeof place, "%s.low", q->id);
	check_text(l, place, &q->low);
	snprintf(place, sizeof place, "%s.high", q->id);
	check_text(l, place, &q->high);
	for (size_t i = 0; i < q->n_choices; i++) {
		snprintf(place, sizeof place, "%s.choices.%s", q->id, q->choices[i].value);
		check_text(l, place, &q->choices[i].label);
	}
	for (size_t i = 0; i < q->n_rows; i++) {
		snprintf(place, sizeof place, "%s.rows.%s", q->id, q->rows[i].id);
		check_text(l, place, &q->rows[i].label);
	}
	if (choices && q->n_choices < 2)
		findings_add(l->findings, FINDING_WARNING, q->id, "there is only one choice");
	if (q->constraint != NULL && (q->constraint_message.in == NULL ||
	                              q->constraint_message.in[0] == NULL))
		findings_add(l->findings, FINDING_WARNING, q->id,
			"has a constraint but no constraint_message that explains it");
	if (q->required && !q->decline)
		findings_add(l->findings, FINDING_WARNING, q->id,
			"must be answered and cannot be declined");
}

static void check_languages(struct linter *l)
{
	const struct form *f = l->form;

	for (size_t i = 0; i < f->n_languages; i++)
		if (f->reviewer[i] == NULL)
			findings_add(l->findings, FINDING_WARNING, "reviewers",
				"\"%s\" has not been reviewed by a native speaker",
				f->languages[i]);
}

static void check_series(struct linter *l)
{
	const struct form *f = l->form;
	char place[PLACE];

	for (size_t i = 0; i < f->n_series; i++) {
		snprintf(place, sizeof place, "series.%s", f->series[i].id);
		check_text(l, place, &f->series[i].title);
		check_text(l, place, &f->series[i].subtitle);
	}
	for (size_t i = 0; i < f->n_sections; i++) {
		const struct form_section *s = &f->sections[i];

		snprintf(place, sizeof place, "sections.%s", s->id);
		check_text(l, place, &s->title);
		check_text(l, place, &s->note);
		if (s->series == 0)
			findings_add(l->findings, FINDING_ADVICE, place,
				"is in no series: it will be in no report");
	}
}

static void check_size(struct linter *l)
{
	const struct form *f = l->form;

	if (encode_size(form_capacity(f, RECORD_CORE)) == 0)
		findings_add(l->findings, FINDING_ERROR, "questionnaire",
			"is too long for a record");
}

void check_form(const struct form *f, struct findings *findings)
{
	struct linter l = {.form = f, .findings = findings};

	check_text(&l, "title", &f->title);
	check_text(&l, "introduction", &f->introduction);
	check_text(&l, "consent", &f->consent);
	check_text(&l, "thanks", &f->thanks);
	check_series(&l);
	for (size_t i = 0; i < f->n_questions; i++)
		check_question(&l, &f->questions[i]);
	check_missing(&l);
	check_size(&l);
	check_languages(&l);
}
