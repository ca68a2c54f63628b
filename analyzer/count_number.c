/*
 * count_number.c - means, medians and quartiles. In: the numbers of a column. Out: each number once
 * with how many people of each atom gave it, and from that what is said of a group; NAN where
 * nobody answered. Numbers are added up in ascending order, so that the order of the records does
 * not show in the last digit. Quartiles are those of Hyndman and Fan's definition 7 (The American
 * Statistician 50, 1996), which R and spreadsheets use; the median is the same as ever.
 */
#include "analyzer/count_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { START = 1024 };

struct table {
	struct count_number *list; /* n 0: free */
	size_t size, used;         /* a power of two */
};

static size_t place(const struct table *t, double value, uint16_t atom)
{
	uint64_t bits;
	size_t at;

	memcpy(&bits, &value, sizeof bits);
	bits = (bits ^ bits >> 29 ^ (uint64_t)atom << 40) * 0x9e3779b97f4a7c15u;
	at = (size_t)(bits >> 20) & (t->size - 1);
	while (t->list[at].n > 0 && (t->list[at].value != value || t->list[at].atom != atom))
		at = (at + 1) & (t->size - 1);
	return at;
}

static void table_finish(struct table *t)
{
	if (t->list != NULL)
		explicit_bzero(t->list, t->size * sizeof *t->list);
	free(t->list);
}

static int enlarge(struct table *t, struct err *err)
{
	struct table wider = {.size = t->size == 0 ? START : 2 * t->size, .used = t->used};

	wider.list = calloc(wider.size, sizeof *wider.list);
	if (wider.list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < t->size; i++)
		if (t->list[i].n > 0)
			wider.list[place(&wider, t->list[i].value, t->list[i].atom)] = t->list[i];
	table_finish(t);
	*t = wider;
	return 0;
}

static int ascending(const void *a, const void *b)
{
	const struct count_number *x = a, *y = b;

	if (x->value != y->value)
		return x->value < y->value ? -1 : 1;
	return (x->atom > y->atom) - (x->atom < y->atom);
}

int count_number_gather(struct count_tally *t, const struct count_people *p, struct err *err)
{
	const struct batch_column *c = t->column;
	struct table table = {0};
	size_t n = 0;

	for (size_t i = 0; i < p->batch->n; i++) {
		double value = c->numbers[i] == 0 ? 0 : c->numbers[i]; /* -0 is 0 */
		struct count_number *one;

		if (batch_code(c, i) >= c->n_answers)
			continue;
		if (2 * table.used >= table.size && enlarge(&table, err) != 0) {
			table_finish(&table);
			return -1;
		}
		one = &table.list[place(&table, value, p->atom[i])];
		table.used += one->n == 0;
		*one = (struct count_number){value, one->n + 1, p->atom[i]};
	}
	for (size_t i = 0; i < table.size; i++)
		if (table.list[i].n > 0)
			table.list[n++] = table.list[i];
	if (n > 1)
		qsort(table.list, n, sizeof *table.list, ascending);
	t->numbers = table.list;
	t->n_numbers = n;
	return 0;
}

/* Walks through a group's numbers in ascending order. */
struct walk {
	const struct count_tally *t;
	const uint8_t *inside; /* by atom */
	size_t at;
	long before; /* people whose number is below numbers[at] */
};

/* The number of the person at `place` (0 is the lowest); places must not go down. */
static double number_at(struct walk *w, long place)
{
	for (;; w->at++) {
		const struct count_number *one = &w->t->numbers[w->at];

		if (!w->inside[one->atom])
			continue;
		if (place < w->before + (long)one->n)
			return one->value;
		w->before += one->n;
	}
}

static double quantile(struct walk *w, long base, double share)
{
	double h = (double)(base - 1) * share;
	long low = (long)floor(h);
	double a = number_at(w, low), part = h - (double)low;

	return part > 0 ? a + part * (number_at(w, low + 1) - a) : a;
}

void count_number_slot(struct release_slot *s, const struct count_tally *t,
	const struct count_people *p)
{
	struct walk w = {.t = t, .inside = p->inside + s->group * p->n_atoms};
	double sum = 0;

	if (s->base == 0)
		return;
	for (size_t i = 0; i < t->n_numbers; i++)
		if (w.inside[t->numbers[i].atom])
			sum += t->numbers[i].value * t->numbers[i].n;
	s->mean = sum / (double)s->base;
	s->lower = quantile(&w, s->base, 0.25);
	w.at = 0, w.before = 0;
	s->median = quantile(&w, s->base, 0.5);
	w.at = 0, w.before = 0;
	s->upper = quantile(&w, s->base, 0.75);
}

/* The scale point of the person at place `at` (0 is the lowest answer). */
static double point(const struct release_table *t, const struct release_slot *s, long at)
{
	size_t i = 0;

	while (i + 1 < t->n_answers && at >= s->counts[i])
		at -= s->counts[i++];
	return atof(t->answers[i]);
}

void count_number_scale(const struct release_table *t, struct release_slot *s)
{
	double sum = 0;

	if (s->base == 0)
		return;
	for (size_t i = 0; i < t->n_answers; i++)
		sum += (double)s->counts[i] * atof(t->answers[i]);
	s->mean = sum / (double)s->base;
	s->median = (point(t, s, (s->base - 1) / 2) + point(t, s, s->base / 2)) / 2;
}
