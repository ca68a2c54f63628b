/*
 * check.c - what a questionnaire that can be read may still lack. In: a form. Out: findings.
 * An error stops a round; a warning is for people to decide; advice makes it better.
 *
 * Each subject has a file of its own: check_translation.c the texts, check_route.c the skip logic,
 * check_risk.c what could harm people.
 */
#include "forms/check.h"

#include "forms/check_parts.h"
#include "lib/base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct walk {
	int (*each)(void *ctx, enum check_kind kind, const char *place, const struct form_text *t);
	void *ctx;
};

static int visit(const struct walk *w, enum check_kind kind, const struct form_text *t,
                 const char *format, ...) __attribute__((format(printf, 4, 5)));

static int visit(const struct walk *w, enum check_kind kind, const struct form_text *t,
                 const char *format, ...)
{
	char place[CHECK_PLACE];
	va_list args;

	if (t->in == NULL || t->in[0] == NULL)
		return 0;
	va_start(args, format);
	vsnprintf(place, sizeof place, format, args);
	va_end(args);
	return w->each(w->ctx, kind, place, t);
}

static int visit_head(const struct walk *w, const struct form *f)
{
	int status = visit(w, CHECK_TITLE, &f->title, "title");

	if (status == 0)
		status = visit(w, CHECK_PAGE, &f->introduction, "introduction");
	if (status == 0)
		status = visit(w, CHECK_PAGE, &f->consent, "consent");
	if (status == 0)
		status = visit(w, CHECK_PAGE, &f->thanks, "thanks");
	for (size_t i = 0; i < f->n_series && status == 0; i++) {
		status = visit(w, CHECK_TITLE, &f->series[i].title, "series.%s", f->series[i].id);
		if (status == 0)
			status = visit(w, CHECK_TITLE, &f->series[i].subtitle, "series.%s.subtitle",
				f->series[i].id);
	}
	for (size_t i = 0; i < f->n_sections && status == 0; i++) {
		status = visit(w, CHECK_TITLE, &f->sections[i].title, "sections.%s",
			f->sections[i].id);
		if (status == 0)
			status = visit(w, CHECK_NOTE, &f->sections[i].note, "sections.%s.note",
				f->sections[i].id);
	}
	return status;
}

static int visit_question(const struct walk *w, const struct form_question *q)
{
	int status =
		visit(w, q->type == FORM_NOTE ? CHECK_NOTE : CHECK_LABEL, &q->label, "%s", q->id);

	if (status == 0)
		status = visit(w, CHECK_HINT, &q->hint, "%s.hint", q->id);
	if (status == 0)
		status = visit(w, CHECK_SMALL, &q->constraint_message, "%s.constraint_message",
			q->id);
	if (status == 0)
		status = visit(w, CHECK_SMALL, &q->required_message, "%s.required_message", q->id);
	if (status == 0)
		status = visit(w, CHECK_SMALL, &q->low, "%s.low", q->id);
	if (status == 0)
		status = visit(w, CHECK_SMALL, &q->high, "%s.high", q->id);
	for (size_t i = 0; i < q->n_rows && status == 0; i++)
		status = visit(w, CHECK_ROW, &q->rows[i].label, "%s.rows.%s", q->id, q->rows[i].id);
	return status;
}

/* A list that a question brought along has the question's name. */
static int visit_list(const struct walk *w, const struct form *f, const struct form_list *list)
{
	const struct form_question *q = form_question(f, list->name);
	const char *before = q != NULL && q->list == list ? list->name : "choices";
	const char *between = q != NULL && q->list == list ? "choices" : list->name;
	int status = 0;

	for (size_t i = 0; i < list->n && status == 0; i++)
		status = visit(w, CHECK_CHOICE, &list->choices[i].label, "%s.%s.%s", before,
			between, list->choices[i].value);
	return status;
}

int check_texts(const struct form *f,
                int (*each)(void *ctx, enum check_kind kind, const char *place,
                            const struct form_text *t),
                void *ctx)
{
	struct walk w = {each, ctx};
	int status = visit_head(&w, f);

	for (size_t i = 0; i < f->n_lists && status == 0; i++)
		status = visit_list(&w, f, &f->lists[i]);
	for (size_t i = 0; i < f->n_questions && status == 0; i++)
		status = visit_question(&w, &f->questions[i]);
	return status;
}

static void check_question(const struct form_question *q, struct findings *findings)
{
	bool choices = q->list != NULL;

	if (choices && q->n_choices < 2)
		findings_add(findings, FINDING_WARNING, q->id,
			"there is only one choice: add others, or make it a note");
	if (q->constraint != NULL && (q->constraint_message.in == NULL ||
	                              q->constraint_message.in[0] == NULL))
		findings_add(findings, FINDING_WARNING, q->id,
			"has a constraint but no constraint_message that explains it: add one");
	if (q->required && !q->decline)
		findings_add(findings, FINDING_WARNING, q->id,
			"must be answered and cannot be declined: offer \"prefer not to say\"");
}

static void check_series(const struct form *f, struct findings *findings)
{
	char place[CHECK_PLACE];

	for (size_t i = 0; i < f->n_sections; i++) {
		snprintf(place, sizeof place, "sections.%s", f->sections[i].id);
		if (f->sections[i].series == 0)
			findings_add(findings, FINDING_ADVICE, place,
				"is in no series: it will be in no report");
	}
}

/* Bytes that one question takes of the core record: what is left when it is alone. */
static size_t room(const struct form *f, size_t question)
{
	struct form one = *f, none = *f;

	one.questions = &f->questions[question];
	one.n_questions = 1;
	none.n_questions = 0;
	return form_capacity(&one, RECORD_CORE) - form_capacity(&none, RECORD_CORE);
}

/* The questions that take the most, the largest first: "a" (12 bytes), "b" (8). */
static void put_largest(struct buf *out, const struct form *f)
{
	const struct form_question *said[CHECK_SHOWN];
	size_t n = 0;

	for (; n < CHECK_SHOWN && n < f->n_questions; n++) {
		size_t most = 0, best = f->n_questions;

		for (size_t i = 0; i < f->n_questions; i++) {
			bool again = false;

			for (size_t k = 0; k < n; k++)
				again |= said[k] == &f->questions[i];
			if (!again && (best == f->n_questions || room(f, i) > most)) {
				best = i;
				most = room(f, i);
			}
		}
		said[n] = &f->questions[best];
		buf_printf(out, "%s\"%s\" (%zu bytes)", n ? ", " : "", said[n]->id, most);
	}
}

static void check_size(const struct form *f, struct findings *findings)
{
	size_t bytes = form_capacity(f, RECORD_CORE);
	struct buf largest = {0};

	if (encode_size(bytes) != 0)
		return;
	put_largest(&largest, f);
	findings_add(findings, FINDING_ERROR, "questionnaire",
		"is too long for a record: its answers take up to %zu bytes, more than a record "
		"can "
		"have; shorten what takes most: %s",
		bytes, largest.data ? largest.data : "");
	findings->failed |= largest.failed;
	buf_finish(&largest);
}

void check_form(const struct form *f, struct findings *findings)
{
	check_translation(f, findings);
	for (size_t i = 0; i < f->n_questions; i++)
		check_question(&f->questions[i], findings);
	check_series(f, findings);
	check_size(f, findings);
	check_route(f, findings);
}
