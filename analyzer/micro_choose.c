/*
 * micro_choose.c - by what could somebody be recognised? In: a batch and the questionnaire. Out: its
 * quasi-identifiers, region and language first, each with a value a person. Numbers stand in their
 * bands; several answers together are one value, their pattern, which is never merged.
 */
#include "analyzer/micro_private.h"

#include "forms/check.h"
#include "forms/regions.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { PATTERNS = 4096 };

static struct micro_quasi *next(struct micro_build *w, const char *name, size_t n_values,
	struct err *err)
{
	struct micro_quasi *q = &w->quasi[w->n_quasi];

	if (w->n_quasi == MICRO_QUASI_MAX) {
		err_set(err, ERR_INPUT, "more than %d questions by which people can be recognised",
			MICRO_QUASI_MAX);
		return NULL;
	}
	w->column[w->n_quasi++] = NULL;
	q->name = name;
	q->labels = calloc(n_values + 1, sizeof *q->labels);
	q->value = calloc(w->b->n + 1, sizeof *q->value);
	if (q->labels == NULL || q->value == NULL) {
		err_nomem(err);
		return NULL;
	}
	return q;
}

static int add_label(struct micro_quasi *q, struct buf *label, struct err *err)
{
	q->labels[q->n_values] = label->failed ? NULL : buf_take(label);
	if (q->labels[q->n_values] == NULL)
		return err_nomem(err);
	q->n_values++;
	return 0;
}

static int choose_group(struct micro_build *w, bool region, struct err *err)
{
	const struct batch *b = w->b;
	const char *language = w->r->form->languages[w->r->language];
	size_t n = (region ? b->n_regions : b->n_languages) - 1;
	struct micro_quasi *q = next(w, region ? "region" : "language", n, err);

	if (q == NULL)
		return -1;
	for (size_t i = 0; i < n; i++) {
		struct buf label = {0};

		if (region)
			regions_name(&label, w->r->form->regions, b->regions[i], language);
		else
			language_name(&label, b->languages[i], language);
		if (add_label(q, &label, err) != 0)
			return -1;
	}
	/* none is one behind the last */
	memcpy(q->value, region ? b->region : b->language, b->n * sizeof *q->value);
	return 0;
}

/* Patterns of several answers, numbered as they come. */
static int choose_patterns(struct micro_build *w, struct micro_quasi *q,
	const struct batch_column *c, struct err *err)
{
	size_t n = 0, *first = calloc(PATTERNS, sizeof *first);

	if (first == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < w->b->n; i++) {
		size_t k = 0;

		while (k < n && memcmp(c->data + first[k] * c->width, c->data + i * c->width,
				c->width) != 0)
			k++;
		if (k == PATTERNS) {
			free(first);
			return err_set(err, ERR_REFUSED, "%s: too many combinations of answers: "
				"people are recognised by them", c->question->id);
		}
		if (k == n)
			first[n++] = i;
		q->value[i] = (uint16_t)k;
	}
	free(first);
	return 0;
}

/* Have the choices an order? "18-24", "25-34", "35-plus" have, whatever is said of them. */
static bool ordered(const struct batch_column *c)
{
	const struct form_question *q = c->question;

	if (q->level == FORM_ORDINAL || q->level == FORM_NUMERIC || q->type == FORM_SCALE ||
		q->type == FORM_DATE || c->kind == BATCH_NUMBER)
		return true;
	for (size_t i = 0; i < c->n_answers; i++)
		if (c->answers[i][0] < '0' || c->answers[i][0] > '9' ||
			(i > 0 && atof(c->answers[i]) <= atof(c->answers[i - 1])))
			return false;
	return q->level == FORM_LEVEL_NONE;
}

static int choose_column(struct micro_build *w, const struct batch_column *c, struct err *err)
{
	const struct form_question *question = c->question;
	size_t language = w->r->language;
	bool several = c->kind == BATCH_BITS || c->kind == BATCH_RANKS;
	struct micro_quasi *q = next(w, c->row != NULL ? c->row->field : question->id,
		c->n_answers, err);

	if (q == NULL)
		return -1;
	w->column[w->n_quasi - 1] = c;
	if (several)
		return choose_patterns(w, q, c, err);
	q->ordered = ordered(c);
	for (size_t i = 0; i < c->n_answers; i++) {
		const struct form_choice *choice = form_choice(question, c->answers[i]);
		struct buf label = {0};

		buf_puts(&label, choice != NULL ? form_text(&choice->label, language)
						: c->answers[i]);
		if (add_label(q, &label, err) != 0)
			return -1;
	}
	for (size_t i = 0; i < w->b->n; i++)
		q->value[i] = (uint16_t)batch_code(c, i);
	return 0;
}

/* Is `id` in the list "a,b,c"? */
static bool listed(const char *list, const char *id)
{
	size_t n = strlen(id);

	for (; list != NULL && *list != '\0'; list += strcspn(list, ","), list += *list == ',')
		if (strncmp(list, id, n) == 0 && (list[n] == ',' || list[n] == '\0'))
			return true;
	return false;
}

/* Every name in the list must be a question with answers in columns. */
static int check_list(const struct micro_request *r, struct err *err)
{
	const char *list = r->quasi;

	while (list != NULL && *list != '\0') {
		size_t n = strcspn(list, ",");
		const struct form_question *q = NULL;

		for (size_t i = 0; i < r->form->n_questions; i++)
			if (strncmp(r->form->questions[i].id, list, n) == 0 &&
				r->form->questions[i].id[n] == '\0')
				q = &r->form->questions[i];
		if (q == NULL || !form_is_asked(q->type))
			return err_set(err, ERR_INPUT, "--quasi: no question \"%.*s\"",
				n < 100 ? (int)n : 100, list);
		list += n + (list[n] == ',');
	}
	return 0;
}

int micro_choose(struct micro_build *w, struct err *err)
{
	const struct form *f = w->r->form;
	bool *visible = calloc(f->n_questions + 1, sizeof *visible);
	int status;

	if (visible == NULL)
		return err_nomem(err);
	status = check_list(w->r, err);
	if (status == 0)
		status = check_visible(visible, f, err);
	if (status == 0)
		status = choose_group(w, true, err);
	if (status == 0)
		status = choose_group(w, false, err);
	for (size_t i = 0; i < w->b->n_columns && status == 0; i++) {
		const struct batch_column *c = &w->b->columns[i];
		const struct form_question *q = c->question;

		/* the country is there as its region */
		if (q->type != FORM_COUNTRY &&
			(visible[q->index] || q->crossing || listed(w->r->quasi, q->id)))
			status = choose_column(w, c, err);
	}
	free(visible);
	return status;
}
