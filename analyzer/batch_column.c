/*
 * batch_column.c - what the columns of a batch are. In: a frozen questionnaire. Out: for each
 * question and matrix row the list of its answers, in the order they are reported in, and the
 * smallest code that holds them.
 */
#include "analyzer/batch.h"

#include "forms/regions.h"
#include "lib/base/hash.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ANSWERS_MAX = 60000, /* fits a code of two bytes with the specials */
	BANDS_MAX = 62,
	BANDS_GUESSED = 10, /* where the questionnaire names none */
};

static int add(struct batch_column *c, const char *value, struct err *err)
{
	c->answers[c->n_answers] = strdup(value);
	if (c->answers[c->n_answers] == NULL)
		return err_nomem(err);
	c->n_answers++;
	return 0;
}

static int room(struct batch_column *c, size_t n, struct err *err)
{
	if (n > ANSWERS_MAX)
		return err_set(err, ERR_INPUT, "%s: too many possible answers", c->question->id);
	c->answers = calloc(n + 1, sizeof *c->answers);
	return c->answers == NULL ? err_nomem(err) : 0;
}

static int fill_choices(struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;

	if (room(c, q->n_choices, err) != 0)
		return -1;
	for (size_t i = 0; i < q->n_choices; i++)
		if (add(c, q->choices[i].value, err) != 0)
			return -1;
	return 0;
}

static int fill_scale(struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;
	char text[32];

	if (room(c, (size_t)(q->max - q->min) + 1, err) != 0)
		return -1;
	for (double v = q->min; v <= q->max; v++) {
		snprintf(text, sizeof text, "%.0f", v);
		if (add(c, text, err) != 0)
			return -1;
	}
	return 0;
}

static int month_number(const char *date, enum form_precision p)
{
	int year = atoi(date);

	return p == FORM_YEAR ? year : year * 12 + atoi(date + 5) - 1;
}

static int fill_dates(struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;
	int first = month_number(q->first, q->precision);
	int last = month_number(q->last, q->precision);
	char text[32];

	if (room(c, (size_t)(last - first) + 1, err) != 0)
		return -1;
	for (int d = first; d <= last; d++) {
		if (q->precision == FORM_YEAR)
			snprintf(text, sizeof text, "%04d", d);
		else
			snprintf(text, sizeof text, "%04d-%02d", d / 12, d % 12 + 1);
		if (add(c, text, err) != 0)
			return -1;
	}
	return 0;
}

static int by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int fill_countries(struct batch *b, struct batch_column *c, struct err *err)
{
	const char **codes = NULL;
	size_t n = 0;
	int status = 0;

	if (!b->form->frozen.keep_country) {
		if (room(c, b->n_regions, err) != 0)
			return -1;
		for (size_t i = 0; i + 1 < b->n_regions && status == 0; i++)
			status = add(c, b->regions[i], err);
		return status;
	}
	if (country_sorted(&codes, &n, "en", err) != 0)
		return -1;
	qsort(codes, n, sizeof *codes, by_code);
	status = room(c, n, err);
	for (size_t i = 0; i < n && status == 0; i++)
		status = add(c, codes[i], err);
	free(codes);
	return status;
}

/* Ten bands of a round width between min and max; one open band if there are no such ends. */
static size_t guess_bands(double *bands, const struct form_question *q)
{
	static const double steps[] = {1, 2, 5, 10};
	double span = q->max - q->min, width = q->type == FORM_INTEGER ? 1 : 1e-6;

	if (isnan(span) || span <= 0) {
		bands[0] = isnan(q->min) ? 0 : q->min;
		return 1;
	}
	for (double unit = width;; unit *= 10) {
		for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
			width = unit * steps[i];
			if (span / width <= BANDS_GUESSED)
				goto found;
		}
	}
found:
	bands[0] = q->min;
	for (size_t n = 1;; n++) {
		bands[n] = (floor(q->min / width) + (double)n) * width;
		if (bands[n] > q->max || n >= BANDS_MAX - 1)
			return n;
	}
}

/* "5-9" for whole numbers, "5-<10" for others; "<5" below the first, "10+" above the last. */
static int add_band(struct batch_column *c, double low, double next, struct err *err)
{
	bool integer = c->question->type == FORM_INTEGER;
	char text[80];

	if (isnan(low))
		snprintf(text, sizeof text, "<%.10g", next);
	else if (isnan(next))
		snprintf(text, sizeof text, "%.10g+", low);
	else if (integer && next - low == 1)
		snprintf(text, sizeof text, "%.10g", low);
	else if (integer)
		snprintf(text, sizeof text, "%.10g-%.10g", low, next - 1);
	else
		snprintf(text, sizeof text, "%.10g-<%.10g", low, next);
	return add(c, text, err);
}

static int fill_bands(struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;
	double guessed[BANDS_MAX], *bands = q->bands;
	size_t n = q->n_bands;

	if (n == 0) {
		bands = guessed;
		n = guess_bands(guessed, q);
	}
	if (room(c, n + 1, err) != 0)
		return -1;
	c->bands = calloc(n + 1, sizeof *c->bands);
	if (c->bands == NULL)
		return err_nomem(err);
	/* What is below the first band has one of its own unless it cannot be. */
	if (isnan(q->min) || q->min < bands[0]) {
		if (add_band(c, NAN, bands[0], err) != 0)
			return -1;
		c->bands[0] = -INFINITY;
	}
	for (size_t i = 0; i < n; i++) {
		double next = i + 1 < n ? bands[i + 1] : NAN;

		c->bands[c->n_answers] = bands[i];
		if (add_band(c, bands[i], next, err) != 0)
			return -1;
	}
	return 0;
}

static int fill(struct batch *b, struct batch_column *c, struct err *err)
{
	switch (c->question->type) {
	case FORM_SELECT_MULTIPLE:
		c->kind = BATCH_BITS;
		return fill_choices(c, err);
	case FORM_RANKING:
		c->kind = BATCH_RANKS;
		return fill_choices(c, err);
	case FORM_SELECT_ONE:
	case FORM_MATRIX:
		return fill_choices(c, err);
	case FORM_SCALE:
		return fill_scale(c, err);
	case FORM_INTEGER:
	case FORM_DECIMAL:
		c->kind = BATCH_NUMBER;
		return fill_bands(c, err);
	case FORM_DATE:
		return fill_dates(c, err);
	default:
		assert(c->question->type == FORM_COUNTRY);
		return fill_countries(b, c, err);
	}
}

static int column(struct batch *b, const struct form_question *q, const struct form_row *row,
	struct err *err)
{
	struct batch_column *c = &b->columns[b->n_columns++];
	size_t codes;

	c->question = q;
	c->row = row;
	c->hash = hash_name(row != NULL ? row->field : q->id);
	c->kind = BATCH_CODE;
	if (fill(b, c, err) != 0)
		return -1;
	codes = c->n_answers + BATCH_SPECIALS;
	c->code = codes <= 256 ? 1 : 2;
	c->width = c->code;
	if (c->kind == BATCH_BITS)
		c->width = (codes + 7) / 8;
	if (c->kind == BATCH_RANKS)
		c->width = q->ranks * c->code;
	return 0;
}

static bool counted(const struct form_question *q)
{
	return form_is_asked(q->type) && q->type != FORM_TEXT && q->type != FORM_COMMENT;
}

int batch_columns_create(struct batch *b, struct err *err)
{
	const struct form *f = b->form;
	size_t n = 0;

	for (size_t i = 0; i < f->n_questions; i++)
		if (counted(&f->questions[i]))
			n += f->questions[i].type == FORM_MATRIX ? f->questions[i].n_rows : 1;
	b->columns = calloc(n + 1, sizeof *b->columns);
	if (b->columns == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		if (!counted(q))
			continue;
		if (q->type != FORM_MATRIX && column(b, q, NULL, err) != 0)
			return -1;
		for (size_t k = 0; q->type == FORM_MATRIX && k < q->n_rows; k++)
			if (column(b, q, &q->rows[k], err) != 0)
				return -1;
	}
	return 0;
}

void batch_columns_free(struct batch *b)
{
	for (size_t i = 0; b->columns != NULL && i < b->n_columns; i++) {
		struct batch_column *c = &b->columns[i];

		for (size_t k = 0; k < c->n_answers; k++)
			free(c->answers[k]);
		free(c->answers);
		free(c->bands);
		if (c->data != NULL)
			explicit_bzero(c->data, b->cap * c->width);
		if (c->numbers != NULL)
			explicit_bzero(c->numbers, b->cap * sizeof *c->numbers);
		free(c->data);
		free(c->numbers);
	}
	free(b->columns);
}
