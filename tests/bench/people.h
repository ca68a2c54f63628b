/* people.h - made-up people's answers, as the bodies that a browser posts. */
#ifndef TESTS_BENCH_PEOPLE_H
#define TESTS_BENCH_PEOPLE_H

#include "collector/round.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stddef.h>

struct person {
	char language[16]; /* of the page that was answered */
	struct buf body;
};

/* `n` people as survey-form simulate makes them up; ended with people_free(). */
int people_create(struct person **out, size_t n, const struct round *round, struct err *err);
void people_free(struct person *people, size_t n);

/* Append the request that sends a person's answers, under a fresh page number. */
void people_submit(struct buf *out, const struct person *p);

/* Append the request that withdraws by a receipt of PEOPLE_RECEIPT digits. */
enum { PEOPLE_RECEIPT = 32 };
void people_withdraw(struct buf *out, const char *receipt);

#endif
