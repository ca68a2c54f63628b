/*
 * count_mean.c - mean and median. In: a scale's distribution, or the numbers of a group's people.
 * Out: both, of those who answered; NAN where nobody did. Numbers are added up in ascending order,
 * so that the order of the records does not show in the last digit.
 */
#include "analyzer/count_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The scale point of the person at place `at` (0 is the lowest answer). */
static double point(const struct release_table *t, const struct release_slot *s, long at)
{
	size_t i = 0;

	while (i + 1 < t->n_answers && at >= s->counts[i])
		at -= s->counts[i++];
	return atof(t->answers[i]);
}

void count_mean_scale(const struct release_table *t, struct release_slot *s)
{
	double sum = 0;

	if (s->base == 0)
		return;
	for (size_t i = 0; i < t->n_answers; i++)
		sum += (double)s->counts[i] * atof(t->answers[i]);
	s->mean = sum / (double)s->base;
	s->median = (point(t, s, (s->base - 1) / 2) + point(t, s, s->base / 2)) / 2;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

int count_mean_numbers(const struct count_tally *t, const struct release *r,
	const struct batch_column *c, struct release_slot *s, struct err *err)
{
	double *list = calloc((size_t)s->base + 1, sizeof *list), sum = 0;
	size_t n = 0;

	if (list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < t->batch->n; i++)
		if (batch_code(c, i) < c->n_answers &&
			count_inside(t, r, s->group, count_pair(t, i)))
			list[n++] = c->numbers[i];
	qsort(list, n, sizeof *list, ascending);
	for (size_t i = 0; i < n; i++)
		sum += list[i];
	if (n > 0) {
		s->mean = sum / (double)n;
		s->median = (list[(n - 1) / 2] + list[n / 2]) / 2;
	}
	explicit_bzero(list, n * sizeof *list);
	free(list);
	return 0;
}
