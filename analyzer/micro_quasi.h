/* micro_quasi.h - k-anonymity of the answers by which others could recognise a person. */
#ifndef ANALYZER_MICRO_QUASI_H
#define ANALYZER_MICRO_QUASI_H

#include "analyzer/batch.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MICRO_QUASI_MAX = 16,
	MICRO_QUASI_BLANK = UINT16_MAX, /* a value that was suppressed */
};

/*
 * One quasi-identifier. Values 0 .. n_values-1 have labels and may be merged; those from n_values
 * on (declined, blank, not asked, other patterns) stay as they are or are suppressed.
 */
struct micro_quasi {
	const char *name; /* borrowed, for what is reported */
	bool ordered;     /* only neighbours are merged */
	size_t n_values;
	char **labels;    /* owned, one a value; merged ones have several names */
	uint16_t *value;  /* one a person */
	size_t merged;    /* how often */
};
void micro_quasi_finish(struct micro_quasi *q);

/*
 * Merge and suppress in place until every combination of values that is left stands for at least k
 * people. `keep[i]` becomes false for people who must be left out. Appends what was done to
 * `changes`, a line each. ERR_REFUSED: fewer than k people are left.
 */
int micro_quasi_anonymise(struct micro_quasi *list, size_t n_list, size_t people, size_t k,
                          bool *keep, struct buf *changes, struct err *err);

#endif
