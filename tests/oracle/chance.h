/* chance.h - how likely is it that chance alone gives such a number? */
#ifndef ORACLE_CHANCE_H
#define ORACLE_CHANCE_H

#include <stddef.h>
#include <stdint.h>

struct chance_tau {
	double tau; /* 1: the same order, -1: the opposite, 0: none */
	double z;   /* in standard deviations; 0 if nothing can be compared */
};

/* Kendall's tau of two lists, with ties in both (Kendall, Rank Correlation Methods, ch. 4). */
struct chance_tau chance_kendall(const double *x, const double *y, size_t n);

/* The same over pairs in the same block alone: the order within each block. */
struct chance_tau chance_kendall_within(const uint32_t *block, const double *x, const double *y,
	size_t n);

/* Tails: |z| or more of the normal distribution; x or more of chi-square. */
double chance_normal(double z);
double chance_square(double x, double degrees);
/* As far from the mean as this, on its side, of a Poisson distribution; twice. */
double chance_poisson(double count, double mean);

/* Do these bytes come from a fair die of 256 sides? The chance of a chi-square like theirs. */
double chance_bytes(const uint64_t counts[256]);

/* 0 to n - 1, from a generator of our own: the same in every run. */
struct chance_die {
	uint64_t state;
};
uint32_t chance_below(struct chance_die *d, uint32_t n);

#endif
