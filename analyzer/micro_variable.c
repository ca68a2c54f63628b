/*
 * micro_variable.c - columns become variables of a statistics program. In: a batch, and the
 * quasi-identifiers as they were made anonymous. Out: numeric codes from 1 in the order of the
 * choices (scales and numbers as they are), labels, and negative codes for no answer.
 */
#include "analyzer/micro_private.h"

#include <assert.h>
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Words that SPSS or Stata keep for themselves. */
static const char *const reserved[] = {"all", "and", "by", "eq", "ge", "gt", "le", "lt", "ne",
	"not", "or", "to", "with", "byte", "double", "float", "if", "in", "int", "long", "using",
	"str", "strl", "_all", "_n", "_cons", "_pi", "_rc", "_skip", "_b"};

static bool taken(const struct micro *m, const char *name)
{
	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strcmp(reserved[i], name) == 0)
			return true;
	for (size_t i = 0; i < m->n_variables; i++)
		if (strcmp(m->variables[i].name, name) == 0)
			return true;
	for (size_t i = 0; i < m->n_sets; i++)
		if (strcmp(m->sets[i].name, name) == 0)
			return true;
	return false;
}

/* [a-z][a-z0-9_]* of at most MICRO_NAME bytes, no two alike; programs take no more. */
static void make_name(char out[MICRO_NAME + 1], const struct micro *m, const char *id,
	const char *part)
{
	char name[MICRO_NAME + 1];
	size_t n = 0;

	for (const char *s = id; *s != '\0' && n < MICRO_NAME; s++)
		name[n++] = isalnum((unsigned char)*s) ? (char)tolower((unsigned char)*s) : '_';
	if (part != NULL && n < MICRO_NAME)
		name[n++] = '_';
	for (const char *s = part; s != NULL && *s != '\0' && n < MICRO_NAME; s++)
		name[n++] = isalnum((unsigned char)*s) ? (char)tolower((unsigned char)*s) : '_';
	name[n] = '\0';
	snprintf(out, MICRO_NAME + 1, "%s", name);
	for (unsigned i = 2; taken(m, out); i++)
		snprintf(out, MICRO_NAME + 1, "%.26s_%u", name, i);
}

double micro_missing_code(const struct micro_variable *v, enum micro_missing missing)
{
	return v->floor - missing;
}

static struct micro_variable *add(struct micro_build *w, const char *id, const char *part,
	const struct form_question *q, struct err *err)
{
	struct micro *m = w->m;
	struct micro_variable *v;

	if (m->n_variables == m->cap) {
		size_t cap = 2 * m->cap + 64;

		v = realloc(m->variables, cap * sizeof *v);
		if (v == NULL) {
			err_nomem(err);
			return NULL;
		}
		m->variables = v;
		m->cap = cap;
	}
	v = &m->variables[m->n_variables];
	*v = (struct micro_variable){.question = q};
	make_name(v->name, m, id, part);
	m->n_variables++;
	v->data = calloc(m->n + 1, sizeof *v->data);
	if (v->data == NULL) {
		err_nomem(err);
		return NULL;
	}
	return v;
}

static int set_text(char **out, struct buf *text, struct err *err)
{
	*out = text->failed ? NULL : buf_take(text);
	return *out == NULL ? err_nomem(err) : 0;
}

static int add_value(struct micro_variable *v, double code, const char *label, struct err *err)
{
	v->values[v->n_values] = (struct micro_value){code, strdup(label)};
	return v->values[v->n_values++].label == NULL ? err_nomem(err) : 0;
}

/* Room for `n` labels and those of the missing codes. */
static int value_room(struct micro_variable *v, size_t n, struct err *err)
{
	v->values = calloc(n + MICRO_SUPPRESSED, sizeof *v->values);
	return v->values == NULL ? err_nomem(err) : 0;
}

static int add_missing(struct micro_variable *v, bool quasi, struct err *err)
{
	static const char *const labels[] = {[MICRO_DECLINED] = "prefer not to say",
		[MICRO_NOT_ASKED] = "not asked", [MICRO_BLANK] = "blank",
		[MICRO_SUPPRESSED] = "suppressed to protect people"};

	for (int i = MICRO_DECLINED; i <= (quasi ? MICRO_SUPPRESSED : MICRO_BLANK); i++)
		if (add_value(v, v->floor - i, labels[i], err) != 0)
			return -1;
	return 0;
}

static enum micro_missing missing_of(size_t special)
{
	switch (special) {
	case BATCH_DECLINED:
		return MICRO_DECLINED;
	case BATCH_BLANK:
		return MICRO_BLANK;
	default:
		return MICRO_NOT_ASKED;
	}
}

/* "Question: part", in the wanted language. */
static int set_label(struct micro_variable *v, const struct micro_build *w,
	const struct form_question *q, const char *part, struct err *err)
{
	struct buf label = {0};

	buf_puts(&label, form_text(&q->label, w->r->language));
	if (part != NULL)
		buf_printf(&label, ": %s", part);
	return set_text(&v->label, &label, err);
}

/* A quasi-identifier, merged. */
static int put_quasi(struct micro_build *w, size_t at, struct err *err)
{
	const struct micro_quasi *q = &w->quasi[at];
	const struct batch_column *c = w->column[at];
	struct micro_variable *v = add(w, q->name, NULL, c != NULL ? c->question : NULL, err);
	struct buf label = {0};

	if (v == NULL)
		return -1;
	v->level = q->ordered ? FORM_ORDINAL : FORM_NOMINAL;
	if (c == NULL) {
		buf_puts(&label, q->name);
		if (set_text(&v->label, &label, err) != 0)
			return -1;
	} else if (set_label(v, w, c->question,
			   c->row != NULL ? form_text(&c->row->label, w->r->language) : NULL,
			   err) != 0) {
		return -1;
	}
	if (value_room(v, q->n_values, err) != 0)
		return -1;
	for (size_t i = 0; i < q->n_values; i++)
		if (add_value(v, (double)i + 1, q->labels[i], err) != 0)
			return -1;
	for (size_t i = 0; i < w->m->n; i++) {
		uint16_t value = q->value[w->person[i]];

		if (value < q->n_values)
			v->data[i] = value + 1;
		else if (value == MICRO_QUASI_BLANK)
			v->data[i] = micro_missing_code(v, MICRO_SUPPRESSED);
		else
			v->data[i] = micro_missing_code(v, c == NULL
				? MICRO_BLANK : missing_of(value - q->n_values));
	}
	return add_missing(v, true, err);
}

/* Choices, months: 1, 2, ... with labels. Scales: the points, the ends with labels. */
static int put_codes(struct micro_build *w, const struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;
	struct micro_variable *v = add(w, q->id, c->row != NULL ? c->row->id : NULL, q, err);
	bool scale = q->type == FORM_SCALE;

	if (v == NULL || set_label(v, w, q,
			c->row != NULL ? form_text(&c->row->label, w->r->language) : NULL, err) != 0)
		return -1;
	v->level = scale ? FORM_ORDINAL : q->level;
	if (v->level == FORM_LEVEL_NONE)
		v->level = q->type == FORM_DATE ? FORM_ORDINAL : FORM_NOMINAL;
	v->floor = scale && q->min < 0 ? q->min : 0;
	if (value_room(v, c->n_answers, err) != 0)
		return -1;
	for (size_t i = 0; i < c->n_answers; i++) {
		const struct form_choice *choice = form_choice(q, c->answers[i]);
		const char *label = choice != NULL ? form_text(&choice->label, w->r->language)
						   : c->answers[i];

		if (scale && i > 0 && i + 1 < c->n_answers)
			continue;
		if (scale)
			label = form_text(i == 0 ? &q->low : &q->high, w->r->language);
		if (add_value(v, scale ? atof(c->answers[i]) : (double)i + 1, label, err) != 0)
			return -1;
	}
	for (size_t i = 0; i < w->m->n; i++) {
		unsigned code = batch_code(c, w->person[i]);

		if (code >= c->n_answers)
			v->data[i] = micro_missing_code(v, missing_of(code - c->n_answers));
		else
			v->data[i] = scale ? atof(c->answers[code]) : code + 1.0;
	}
	return add_missing(v, false, err);
}

/* One 0/1 variable a choice, all together a set. `gone`: suppressed for a person. */
static int put_bits(struct micro_build *w, const struct batch_column *c, const uint16_t *gone,
	struct err *err)
{
	const struct form_question *q = c->question;
	struct micro_set *set = &w->m->sets[w->m->n_sets];

	make_name(set->name, w->m, q->id, NULL);
	set->label = form_text(&q->label, w->r->language);
	set->first = w->m->n_variables;
	set->n = c->n_answers;
	w->m->n_sets++;
	for (size_t a = 0; a < c->n_answers; a++) {
		const struct form_choice *choice = form_choice(q, c->answers[a]);
		const char *label = form_text(&choice->label, w->r->language);
		struct micro_variable *v = add(w, q->id, c->answers[a], q, err);

		if (v == NULL || set_label(v, w, q, label, err) != 0 || value_room(v, 2, err) != 0 ||
			add_value(v, 0, "no", err) != 0 || add_value(v, 1, "yes", err) != 0 ||
			add_missing(v, gone != NULL, err) != 0)
			return -1;
		v->answer = strdup(label);
		if (v->answer == NULL)
			return err_nomem(err);
		v->level = FORM_NOMINAL;
		for (size_t i = 0; i < w->m->n; i++) {
			const uint8_t *bits = c->data + w->person[i] * c->width;
			size_t n = c->n_answers;

			v->data[i] = bits[a / 8] >> a % 8 & 1;
			for (size_t k = 0; k < BATCH_SPECIALS; k++)
				if (bits[(n + k) / 8] >> (n + k) % 8 & 1)
					v->data[i] = micro_missing_code(v, missing_of(k));
			if (gone != NULL && gone[w->person[i]] == MICRO_QUASI_BLANK)
				v->data[i] = micro_missing_code(v, MICRO_SUPPRESSED);
		}
	}
	return 0;
}

/* A variable a rank. Behind the last that was given it is blank. */
static int put_ranks(struct micro_build *w, const struct batch_column *c, const uint16_t *gone,
	struct err *err)
{
	const struct form_question *q = c->question;

	for (size_t rank = 0; rank < q->ranks; rank++) {
		char part[24];
		struct micro_variable *v;

		snprintf(part, sizeof part, "%zu", rank + 1);
		v = add(w, q->id, part, q, err);
		if (v == NULL || set_label(v, w, q, part, err) != 0 ||
			value_room(v, c->n_answers, err) != 0)
			return -1;
		v->level = FORM_NOMINAL;
		for (size_t a = 0; a < c->n_answers; a++)
			if (add_value(v, (double)a + 1, form_text(&form_choice(q,
					c->answers[a])->label, w->r->language), err) != 0)
				return -1;
		for (size_t i = 0; i < w->m->n; i++) {
			size_t at = w->person[i] * q->ranks;
			unsigned code = batch_code(c, at + rank), first = batch_code(c, at);

			if (first >= c->n_answers)
				code = first;
			v->data[i] = code < c->n_answers ? code + 1.0
				: micro_missing_code(v, missing_of(code - c->n_answers));
			if (gone != NULL && gone[w->person[i]] == MICRO_QUASI_BLANK)
				v->data[i] = micro_missing_code(v, MICRO_SUPPRESSED);
		}
		if (add_missing(v, gone != NULL, err) != 0)
			return -1;
	}
	return 0;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The largest and the smallest become what k people reach: nobody stands out by a number. */
static int cut_tails(struct micro_build *w, struct micro_variable *v, size_t n,
	const struct batch_column *c, struct err *err)
{
	double *list, low, high;
	size_t k = w->r->k, cut = 0, at = 0;

	if (n < k) {
		for (size_t i = 0; i < w->m->n; i++)
			if (batch_code(c, w->person[i]) < c->n_answers)
				v->data[i] = micro_missing_code(v, MICRO_SUPPRESSED);
		buf_printf(&w->m->changes, "%s: suppressed for all %zu people who gave one\n",
			v->name, n);
		return 0;
	}
	list = calloc(n + 1, sizeof *list);
	if (list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < w->m->n; i++)
		if (batch_code(c, w->person[i]) < c->n_answers)
			list[at++] = v->data[i];
	qsort(list, n, sizeof *list, ascending);
	low = list[k - 1];
	high = list[n - k];
	/* where the two meet (2k people or fewer) everybody stands in the middle */
	if (low > high)
		low = high = list[n / 2];
	explicit_bzero(list, n * sizeof *list);
	free(list);
	for (size_t i = 0; i < w->m->n; i++) {
		double value = v->data[i];

		if (batch_code(c, w->person[i]) >= c->n_answers)
			continue;
		v->data[i] = value < low ? low : value > high ? high : value;
		cut += v->data[i] != value;
	}
	if (cut > 0) {
		buf_printf(&w->m->changes, "%s: below ", v->name);
		micro_put_number(&w->m->changes, low);
		buf_puts(&w->m->changes, " is written ");
		micro_put_number(&w->m->changes, low);
		buf_puts(&w->m->changes, ", above ");
		micro_put_number(&w->m->changes, high);
		buf_puts(&w->m->changes, " is written ");
		micro_put_number(&w->m->changes, high);
		buf_printf(&w->m->changes, " (%zu people)\n", cut);
	}
	return 0;
}

/* A number as it was given, with its tails cut. */
static int put_number(struct micro_build *w, const struct batch_column *c, struct err *err)
{
	const struct form_question *q = c->question;
	struct micro_variable *v = add(w, q->id, NULL, q, err);
	size_t n = 0;

	if (v == NULL || set_label(v, w, q, NULL, err) != 0 || value_room(v, 0, err) != 0)
		return -1;
	v->level = FORM_NUMERIC;
	v->decimal = q->type == FORM_DECIMAL;
	for (size_t i = 0; i < w->m->n; i++)
		if (batch_code(c, w->person[i]) < c->n_answers) {
			v->data[i] = c->numbers[w->person[i]];
			n++;
			if (v->data[i] < v->floor)
				v->floor = floor(v->data[i]);
		}
	for (size_t i = 0; i < w->m->n; i++) {
		unsigned code = batch_code(c, w->person[i]);

		if (code >= c->n_answers)
			v->data[i] = micro_missing_code(v, missing_of(code - c->n_answers));
	}
	if (cut_tails(w, v, n, c, err) != 0)
		return -1;
	return add_missing(v, true, err);
}

static int put_column(struct micro_build *w, const struct batch_column *c, struct err *err)
{
	const uint16_t *gone = NULL;

	for (size_t i = 0; i < w->n_quasi; i++) {
		if (w->column[i] != c)
			continue;
		if (c->kind == BATCH_CODE || c->kind == BATCH_NUMBER)
			return put_quasi(w, i, err);
		gone = w->quasi[i].value;
	}
	if (w->r->question != NULL && gone == NULL && strcmp(w->r->question, c->question->id) != 0)
		return 0;
	switch (c->kind) {
	case BATCH_BITS:
		return put_bits(w, c, gone, err);
	case BATCH_RANKS:
		return put_ranks(w, c, gone, err);
	case BATCH_NUMBER:
		return put_number(w, c, err);
	default:
		return put_codes(w, c, err);
	}
}

int micro_variables(struct micro_build *w, struct err *err)
{
	w->m->sets = calloc(w->b->n_columns + 1, sizeof *w->m->sets);
	if (w->m->sets == NULL)
		return err_nomem(err);
	assert(w->n_quasi >= 2); /* region, language */
	if (put_quasi(w, 0, err) != 0 || put_quasi(w, 1, err) != 0)
		return -1;
	for (size_t i = 0; i < w->b->n_columns; i++)
		if (w->b->columns[i].question->type != FORM_COUNTRY &&
			put_column(w, &w->b->columns[i], err) != 0)
			return -1;
	return 0;
}
