/*
 * micro.c - answers of single people that may leave. In: a batch. Out: variables in which everybody
 * is like k - 1 others in all that could tell who they are, people sorted by what they say.
 */
#include "analyzer/micro_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_request(const struct batch *b, const struct micro_request *r, struct err *err)
{
	const struct form_question *q;

	if (b->n < r->k)
		return err_set(err, ERR_REFUSED, "fewer than %zu people: there is no microdata of "
			"them", r->k);
	if (r->question == NULL)
		return 0;
	q = form_question(r->form, r->question);
	if (q == NULL)
		return err_set(err, ERR_INPUT, "no question \"%s\"", r->question);
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT)
		return err_set(err, ERR_REFUSED, "%s is free text: it is never joined to other "
			"answers; see --comments", q->id);
	return 0;
}

static int choose_rows(struct micro_build *w, struct err *err)
{
	w->person = calloc(w->b->n + 1, sizeof *w->person);
	if (w->person == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < w->b->n; i++)
		if (w->keep[i])
			w->person[w->m->n++] = i;
	return 0;
}

static int compare(const void *a, const void *b, void *ctx)
{
	const struct micro *m = ctx;
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	for (size_t i = 0; i < m->n_variables; i++) {
		double d = m->variables[i].data[x] - m->variables[i].data[y];

		if (d != 0)
			return d < 0 ? -1 : 1;
	}
	return 0;
}

/* The place of a row says nothing but what is in it. */
static int sort_rows(struct micro *m, struct err *err)
{
	size_t *row = calloc(m->n + 1, sizeof *row);
	double *data = calloc(m->n + 1, sizeof *data);

	if (row == NULL || data == NULL) {
		free(row);
		free(data);
		return err_nomem(err);
	}
	for (size_t i = 0; i < m->n; i++)
		row[i] = i;
	qsort_r(row, m->n, sizeof *row, compare, m);
	for (size_t k = 0; k < m->n_variables; k++) {
		for (size_t i = 0; i < m->n; i++)
			data[i] = m->variables[k].data[row[i]];
		memcpy(m->variables[k].data, data, m->n * sizeof *data);
	}
	explicit_bzero(data, m->n * sizeof *data);
	free(row);
	free(data);
	return 0;
}

int micro_create(struct micro **out, const struct batch *b, const struct micro_request *r,
	struct err *err)
{
	struct micro_build w = {.b = b, .r = r};
	int status = -1;

	if (check_request(b, r, err) != 0)
		return -1;
	w.m = calloc(1, sizeof *w.m);
	w.keep = calloc(b->n + 1, sizeof *w.keep);
	if (w.m == NULL || w.keep == NULL) {
		err_nomem(err);
		goto out;
	}
	w.m->k = r->k;
	if (micro_choose(&w, err) != 0 ||
		micro_quasi_anonymise(w.quasi, w.n_quasi, b->n, r->k, w.keep, &w.m->changes,
			err) != 0 ||
		choose_rows(&w, err) != 0 || micro_variables(&w, err) != 0 ||
		sort_rows(w.m, err) != 0)
		goto out;
	if (w.m->changes.failed) {
		err_nomem(err);
		goto out;
	}
	*out = w.m;
	w.m = NULL;
	status = 0;
out:
	for (size_t i = 0; i < w.n_quasi; i++)
		micro_quasi_finish(&w.quasi[i]);
	micro_free(w.m);
	free(w.keep);
	free(w.person);
	return status;
}

void micro_free(struct micro *m)
{
	if (m == NULL)
		return;
	for (size_t i = 0; i < m->n_variables; i++) {
		struct micro_variable *v = &m->variables[i];

		for (size_t k = 0; v->values != NULL && k < v->n_values; k++)
			free(v->values[k].label);
		free(v->values);
		free(v->label);
		free(v->answer);
		if (v->data != NULL)
			explicit_bzero(v->data, m->n * sizeof *v->data);
		free(v->data);
	}
	free(m->variables);
	free(m->sets);
	buf_finish(&m->changes);
	free(m);
}

void micro_put_number(struct buf *out, double value)
{
	char text[32];

	for (int digits = 1; digits <= 17; digits++) {
		snprintf(text, sizeof text, "%.*g", digits, value);
		if (strtod(text, NULL) == value)
			break;
	}
	/* 1e+06 is not what other programs expect of a whole number */
	if (strchr(text, 'e') != NULL)
		snprintf(text, sizeof text, "%.0f", value);
	buf_puts(out, text);
}
