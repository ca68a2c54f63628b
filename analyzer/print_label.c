/*
 * print_label.c - codes to names. In: ids of questions, answers and groups. Out: the
 * questionnaire's texts and ICU's names in the wanted language; what is neither is in English.
 */
#include "analyzer/print.h"

#include "analyzer/batch.h"
#include "analyzer/count.h"
#include "forms/regions.h"

#include <string.h>

static const char *language_of(const struct print_view *view)
{
	return view->form->languages[view->language];
}

void print_label_question(struct buf *out, const struct release_table *t,
	const struct print_view *view)
{
	const struct form_question *q = form_question(view->form, t->question);

	if (q == NULL) {
		buf_puts(out, t->question);
		return;
	}
	buf_puts(out, form_text(&q->label, view->language));
	for (size_t i = 0; t->row != NULL && i < q->n_rows; i++) {
		if (strcmp(q->rows[i].id, t->row) == 0) {
			buf_puts(out, ": ");
			buf_puts(out, form_text(&q->rows[i].label, view->language));
		}
	}
}

static void region_label(struct buf *out, const char *id, const struct print_view *view)
{
	if (strcmp(id, COUNT_OTHER) == 0)
		buf_puts(out, "other");
	else if (strcmp(id, BATCH_NONE) == 0)
		buf_puts(out, "not given");
	else
		regions_name(out, view->form->regions, id, language_of(view));
}

static void language_label(struct buf *out, const char *id, const struct print_view *view)
{
	if (strcmp(id, COUNT_OTHER) == 0)
		buf_puts(out, "other");
	else if (strcmp(id, BATCH_NONE) == 0)
		buf_puts(out, "not given");
	else
		language_name(out, id, language_of(view));
}

static void country_label(struct buf *out, const char *id, const struct print_view *view)
{
	if (view->form->frozen.keep_country)
		country_name(out, id, language_of(view));
	else
		region_label(out, id, view);
}

/* The ends of a scale have names. */
static void scale_label(struct buf *out, const struct release_table *t, const char *answer,
	const struct form_question *q, const struct print_view *view)
{
	const struct form_text *name = NULL;

	if (strcmp(answer, t->answers[0]) == 0)
		name = &q->low;
	else if (strcmp(answer, t->answers[t->n_answers - 1]) == 0)
		name = &q->high;
	buf_puts(out, answer);
	if (name != NULL && *form_text(name, view->language) != '\0')
		buf_printf(out, " %s", form_text(name, view->language));
}

void print_label_answer(struct buf *out, const struct release_table *t, const char *answer,
	const struct print_view *view)
{
	const struct form_question *q = form_question(view->form, t->question);
	const struct form_choice *c = q == NULL ? NULL : form_choice(q, answer);

	if (t->measure == RELEASE_WRITTEN)
		buf_puts(out, "wrote something");
	else if (t->measure == RELEASE_COUNTRY)
		country_label(out, answer, view);
	else if (t->measure == RELEASE_SCALE && q != NULL)
		scale_label(out, t, answer, q, view);
	else if (c != NULL)
		buf_puts(out, form_text(&c->label, view->language));
	else
		buf_puts(out, answer);
}

/* Of people who gave one answer: "gender", "woman". */
static void crossed_label(struct buf *out, const char *dimension, const char *value,
	const struct print_view *view)
{
	size_t n = strcspn(dimension, "/");
	const struct form_question *q = NULL;
	const struct form_choice *c;

	for (size_t i = 0; i < view->form->n_questions; i++)
		if (strncmp(view->form->questions[i].id, dimension, n) == 0 &&
			view->form->questions[i].id[n] == '\0')
			q = &view->form->questions[i];
	c = q == NULL ? NULL : form_choice(q, value);
	if (strcmp(value, COUNT_NO_ANSWER) == 0)
		buf_puts(out, "no answer");
	else if (strcmp(dimension, "region") == 0)
		region_label(out, value, view);
	else if (strcmp(dimension, "language") == 0)
		language_label(out, value, view);
	else if (q != NULL && q->type == FORM_COUNTRY)
		country_label(out, value, view);
	else
		buf_puts(out, c != NULL ? form_text(&c->label, view->language) : value);
}

void print_label_group(struct buf *out, const struct release_group *g,
	const struct print_view *view)
{
	switch (g->by) {
	case RELEASE_TOTAL:
		buf_puts(out, "everybody");
		break;
	case RELEASE_REGION:
		region_label(out, g->id, view);
		break;
	case RELEASE_LANGUAGE:
		language_label(out, g->id, view);
		break;
	case RELEASE_REGION_LANGUAGE:
		region_label(out, g->members[0], view);
		buf_puts(out, "/");
		language_label(out, g->members[1], view);
		break;
	case RELEASE_CROSSED:
		for (size_t i = 0; g->members[i] != NULL; i += 2) {
			buf_puts(out, i > 0 ? "/" : "");
			crossed_label(out, g->members[i], g->members[i + 1], view);
		}
		break;
	}
}

void print_by(struct buf *out, const struct release_group *g)
{
	if (g->by != RELEASE_CROSSED) {
		buf_puts(out, release_by_name(g->by));
		return;
	}
	for (size_t i = 0; g->members[i] != NULL; i += 2)
		buf_printf(out, "%s%s", i > 0 ? "_" : "", g->members[i]);
}
