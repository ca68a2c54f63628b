/*
 * chance.c - statistics. In: numbers. Out: how far from chance. Formulas: Kendall (1970) for tau
 * and its variance with ties; the incomplete gamma function after Abramowitz and Stegun, 6.5.29 and
 * 6.5.31, for chi-square and Poisson tails.
 */
#include "tests/oracle/chance.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

/* Sums over the sizes t of groups of equal values. */
struct ties {
	double pairs;    /* t (t - 1) */
	double triples;  /* t (t - 1) (t - 2) */
	double variance; /* t (t - 1) (2 t + 5) */
};

static struct ties count_ties(const double *values, size_t n)
{
	double *sorted = malloc((n + 1) * sizeof *sorted);
	struct ties ties = {0};

	if (sorted == NULL)
		abort();
	memcpy(sorted, values, n * sizeof *sorted);
	qsort(sorted, n, sizeof *sorted, compare);
	for (size_t i = 0, k; i < n; i = k) {
		double t;

		for (k = i; k < n && sorted[k] == sorted[i]; k++)
			;
		t = (double)(k - i);
		ties.pairs += t * (t - 1);
		ties.triples += t * (t - 1) * (t - 2);
		ties.variance += t * (t - 1) * (2 * t + 5);
	}
	free(sorted);
	return ties;
}

/* Concordant less discordant pairs, how many can be compared, and the variance under chance. */
struct score {
	double sum, pairs, variance;
};

static struct score score(const double *x, const double *y, size_t n)
{
	struct ties u = count_ties(x, n), v = count_ties(y, n);
	const double m = (double)n;
	struct score s = {0};

	for (size_t i = 0; i < n; i++) {
		for (size_t k = 0; k < i; k++) {
			if (x[i] == x[k] || y[i] == y[k])
				continue;
			s.pairs++;
			s.sum += (x[i] > x[k]) == (y[i] > y[k]) ? 1 : -1;
		}
	}
	s.variance = (m * (m - 1) * (2 * m + 5) - u.variance - v.variance) / 18;
	if (n > 1)
		s.variance += u.pairs * v.pairs / (2 * m * (m - 1));
	if (n > 2)
		s.variance += u.triples * v.triples / (9 * m * (m - 1) * (m - 2));
	return s;
}

static struct chance_tau tau(const struct score *s)
{
	struct chance_tau t = {0, 0};

	if (s->pairs > 0 && s->variance > 0) {
		t.tau = s->sum / s->pairs;
		t.z = s->sum / sqrt(s->variance);
	}
	return t;
}

struct chance_tau chance_kendall(const double *x, const double *y, size_t n)
{
	struct score s = score(x, y, n);

	return tau(&s);
}

struct chance_tau chance_kendall_within(const uint32_t *block, const double *x, const double *y,
	size_t n)
{
	double *a = malloc((n + 1) * sizeof *a), *b = malloc((n + 1) * sizeof *b);
	bool *done = calloc(n + 1, sizeof *done);
	struct score all = {0};

	if (a == NULL || b == NULL || done == NULL)
		abort();
	for (size_t i = 0; i < n; i++) {
		struct score s;
		size_t m = 0;

		for (size_t k = i; k < n && !done[i]; k++) {
			if (block[k] != block[i])
				continue;
			done[k] = k != i;
			a[m] = x[k];
			b[m++] = y[k];
		}
		s = score(a, b, m);
		all.sum += s.sum;
		all.pairs += s.pairs;
		all.variance += s.variance;
	}
	free(a);
	free(b);
	free(done);
	return tau(&all);
}

double chance_normal(double z)
{
	return erfc(fabs(z) / sqrt(2));
}

/* The upper part of the incomplete gamma function, Q(a, x). */
static double upper_gamma(double a, double x)
{
	const double scale = exp(a * log(x) - x - lgamma(a));

	if (x <= 0)
		return 1;
	if (x < a + 1) {
		double term = 1 / a, sum = term;

		for (int i = 1; i < 10000 && term > sum * 1e-16; i++) {
			term *= x / (a + i);
			sum += term;
		}
		return 1 - sum * scale;
	}
	/* the continued fraction, from its far end */
	double f = 0;

	for (int i = 2000; i > 0; i--)
		f = i * (i - a) / (x + 2 * i + 1 - a - f);
	return scale / (x + 1 - a - f);
}

double chance_square(double x, double degrees)
{
	return x <= 0 ? 1 : upper_gamma(degrees / 2, x / 2);
}

double chance_poisson(double count, double mean)
{
	double p;

	if (mean <= 0)
		return count > 0 ? 0 : 1;
	/* at most `count` is Q(count + 1, mean) */
	p = count > mean ? 1 - upper_gamma(count, mean) : upper_gamma(count + 1, mean);
	p *= 2;
	return p > 1 ? 1 : p < 0 ? 0 : p;
}

double chance_bytes(const uint64_t counts[256])
{
	double all = 0, sum = 0;

	for (int i = 0; i < 256; i++)
		all += (double)counts[i];
	if (all < 2560)
		return 1;
	for (int i = 0; i < 256; i++) {
		double off = (double)counts[i] - all / 256;

		sum += off * off / (all / 256);
	}
	return chance_square(sum, 255);
}

uint32_t chance_below(struct chance_die *d, uint32_t n)
{
	/* splitmix64 */
	uint64_t v = d->state += 0x9E3779B97F4A7C15u;

	v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
	v = (v ^ v >> 27) * 0x94D049BB133111EBu;
	v ^= v >> 31;
	return (uint32_t)((v >> 32) * n >> 32);
}
