/*
 * check_domain.c - the answers worth trying. In: a question and how conditions use it. Out: a few
 * answers that stand for all: those that are mentioned and one that is not; for numbers the ends of
 * the intervals that the comparisons cut, and one number inside each; blank; declined.
 *
 * Where the use is not understood, all answers are tried if they are few; else the domain says that
 * it is not whole, and nothing is proved by it.
 */
#include "forms/check_search.h"

#include "forms/pool.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	MENTIONED = 8,     /* choices of a set whose combinations are all tried */
	OPTIONS_BITS = 11, /* sets that are tried: 2^this at most */
	OPTIONS = 4096,
	NUMBERS = 200,
	DATES = 400,
	NUMBER_TEXT = 40,
};

struct domain {
	struct check_variable *v;
	const struct check_use *use;
	struct check_option *options;
	size_t n, cap;
	struct pool *pool;
	bool failed;
};

static void add(struct domain *d, const char *const *values, size_t n)
{
	const char **copy;

	if (d->n == OPTIONS) {
		d->v->whole = false;
		return;
	}
	if (d->n == d->cap) {
		size_t cap = d->cap ? 4 * d->cap : 16;
		struct check_option *more = pool_array(d->pool, cap, sizeof *more);

		if (more == NULL) {
			d->failed = true;
			return;
		}
		if (d->n > 0)
			memcpy(more, d->options, d->n * sizeof *more);
		d->options = more;
		d->cap = cap;
	}
	copy = pool_array(d->pool, n, sizeof *copy);
	if (copy == NULL) {
		d->failed = true;
		return;
	}
	if (n > 0)
		memcpy(copy, values, n * sizeof *copy);
	d->options[d->n++] = (struct check_option){copy, n};
}

static void add_text(struct domain *d, const char *text)
{
	const char *copy = pool_string(d->pool, text);

	if (copy == NULL)
		d->failed = true;
	else
		add(d, &copy, 1);
}

static double to_number(const char *text)
{
	char *end;
	double n = strtod(text, &end);

	return end != text && *end == '\0' ? n : NAN;
}

/* Is a choice's value what a text says, one of the several it says, or the same number? */
static bool says(const char *text, const char *value)
{
	size_t n = strlen(value);

	if (to_number(text) == to_number(value))
		return true;
	for (const char *at = strstr(text, value); at != NULL; at = strstr(at + 1, value))
		if ((at == text || at[-1] == ' ') && (at[n] == '\0' || at[n] == ' '))
			return true;
	return false;
}

static bool mentioned(const struct check_use *use, const char *value)
{
	for (size_t i = 0; i < use->n_texts; i++)
		if (says(use->texts[i], value))
			return true;
	return false;
}

/* One of the choices: those that are mentioned, and one that is not. */
static void one_choice(struct domain *d)
{
	const struct form_question *q = d->v->question;
	bool all = d->use->complex || d->use->ordered || q->choice_filter != NULL;
	bool rest = false;

	for (size_t i = 0; i < q->n_choices; i++) {
		const char *value = q->choices[i].value;
		bool said = mentioned(d->use, value);

		if (all || said || !rest)
			add(d, &value, 1);
		rest |= !said;
	}
}

/* One set: the chosen of `some`, and the first `more` of the others, in the list's order. */
static void add_set(struct domain *d, const size_t *some, size_t n_some, unsigned chosen,
                    const bool *said, size_t more)
{
	const struct form_question *q = d->v->question;
	const char **values = pool_array(d->pool, q->n_choices, sizeof *values);
	size_t n = 0;
	bool exclusive = false;

	if (values == NULL) {
		d->failed = true;
		return;
	}
	for (size_t i = 0; i < q->n_choices; i++) {
		const struct form_choice *c = &q->choices[i];
		bool in = false;

		for (size_t k = 0; k < n_some; k++)
			in |= some[k] == i && (chosen >> k & 1);
		if (!in && more > 0 && !said[i] && !c->exclusive) {
			in = true;
			more--;
		}
		if (in) {
			values[n++] = c->value;
			exclusive |= c->exclusive;
		}
	}
	if (n > 0 && (n == 1 || !exclusive) &&
	    (q->type != FORM_RANKING || n <= q->ranks))
		add(d, values, n);
}

/* Sets of choices, for select many and (without their order) rankings. */
static void many_choices(struct domain *d)
{
	const struct form_question *q = d->v->question;
	bool all = d->use->complex || q->choice_filter != NULL;
	bool *said = pool_array(d->pool, q->n_choices, sizeof *said);
	size_t some[MENTIONED], n = 0, others = 0;

	if (said == NULL) {
		d->failed = true;
		return;
	}
	if (d->use->ordered || (q->type == FORM_RANKING && d->use->complex))
		d->v->whole = false;
	for (size_t i = 0; i < d->use->n_texts; i++)
		if (q->type == FORM_RANKING && strchr(d->use->texts[i], ' ') != NULL)
			d->v->whole = false;
	for (size_t i = 0; i < q->n_choices; i++) {
		said[i] = all || mentioned(d->use, q->choices[i].value) || q->choices[i].exclusive;
		if (said[i] && n < MENTIONED)
			some[n++] = i;
		else if (said[i])
			d->v->whole = false;
		others += !said[i];
	}
	if (!d->use->counted && others > 1)
		others = 1;
	if (others >> (OPTIONS_BITS - n) > 0) {
		others = (1u << (OPTIONS_BITS - n)) - 1;
		d->v->whole = false;
	}
	for (size_t more = 0; more <= others; more++)
		for (unsigned chosen = 0; chosen < 1u << n; chosen++)
			add_set(d, some, n, chosen, said, more);
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void add_number(struct domain *d, double n)
{
	const struct form_question *q = d->v->question;
	double from = isnan(q->min) ? 0 : q->min, steps;
	double step = !isnan(q->step) ? q->step : q->type == FORM_DECIMAL ? NAN : 1;
	char text[NUMBER_TEXT];

	if (n < q->min || n > q->max)
		return;
	steps = (n - from) / step;
	if (!isnan(step) && fabs(steps - nearbyint(steps)) > 1e-6)
		return;
	snprintf(text, sizeof text, "%.15g", n);
	for (size_t i = 0; i < d->n; i++)
		if (strcmp(d->options[i].values[0], text) == 0)
			return;
	if (strpbrk(text, "en") == NULL)
		add_text(d, text);
	else
		d->v->whole = false;
}

/* Ends of the intervals, what is next to them, and a number between. */
static void some_numbers(struct domain *d, double step)
{
	const struct form_question *q = d->v->question;
	size_t n = 0, most = d->use->n_texts + 3;
	double *ends = pool_array(d->pool, most, sizeof *ends);
	double from = isnan(q->min) ? 0 : q->min;

	if (ends == NULL) {
		d->failed = true;
		return;
	}
	ends[n++] = 0;
	if (!isnan(q->min))
		ends[n++] = q->min;
	if (!isnan(q->max))
		ends[n++] = q->max;
	for (size_t i = 0; i < d->use->n_texts; i++)
		if (isfinite(to_number(d->use->texts[i])))
			ends[n++] = to_number(d->use->texts[i]);
	qsort(ends, n, sizeof *ends, by_value);
	for (size_t i = 0; i < n; i++) {
		if (i > 0 && ends[i] == ends[i - 1])
			continue;
		if (isnan(step)) {
			add_number(d, ends[i] - (i > 0 ? (ends[i] - ends[i - 1]) / 2 : 1));
			add_number(d, ends[i]);
		} else {
			double grid = from + floor((ends[i] - from) / step) * step;

			for (int k = -1; k <= 2; k++)
				add_number(d, grid + k * step);
		}
	}
	add_number(d, ends[n - 1] + (isnan(step) ? 1 : step));
}

static void numbers(struct domain *d)
{
	const struct form_question *q = d->v->question;
	double step = !isnan(q->step) ? q->step : q->type == FORM_DECIMAL ? NAN : 1;
	double count = (q->max - q->min) / step;

	if (d->use->complex && count <= NUMBERS) { /* not where an end or the step is open */
		for (int i = 0; i <= (int)(count + 1e-6); i++)
			add_number(d, q->min + i * step);
		return;
	}
	if (d->use->complex)
		d->v->whole = false;
	some_numbers(d, step);
}

static void dates(struct domain *d)
{
	const struct form_question *q = d->v->question;
	bool months = q->precision == FORM_MONTH;
	int first = atoi(q->first) * 12 + (months ? atoi(q->first + 5) - 1 : 0);
	int last = atoi(q->last) * 12 + (months ? atoi(q->last + 5) - 1 : 0);
	char text[32];

	for (int at = first; at <= last; at += months ? 1 : 12) {
		if (d->n == DATES) {
			d->v->whole = false;
			break;
		}
		if (months)
			snprintf(text, sizeof text, "%04d-%02d", at / 12, at % 12 + 1);
		else
			snprintf(text, sizeof text, "%04d", at / 12);
		add_text(d, text);
	}
}

int check_domain_fill(struct check_variable *v, const struct check_use *use, struct pool *pool,
                      struct err *err)
{
	struct domain d = {.v = v, .use = use, .pool = pool};
	const struct form_question *q = v->question;
	const char *declined = ANSWER_DECLINED;

	v->whole = true;
	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_MATRIX:
		one_choice(&d);
		break;
	case FORM_SELECT_MULTIPLE:
	case FORM_RANKING:
		many_choices(&d);
		break;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		numbers(&d);
		break;
	case FORM_DATE:
		dates(&d);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
	case FORM_COUNTRY:
		v->whole = false;
		break;
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
	if (q->decline && form_is_asked(q->type))
		add(&d, &declined, 1);
	if (form_is_asked(q->type))
		add(&d, NULL, 0);
	v->options = d.options;
	v->n = d.n;
	return d.failed ? err_nomem(err) : 0;
}
