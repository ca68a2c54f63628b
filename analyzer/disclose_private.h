/* disclose_private.h - what the files of protection share. */
#ifndef ANALYZER_DISCLOSE_PRIVATE_H
#define ANALYZER_DISCLOSE_PRIVATE_H

#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* declined, blank and not asked stand behind the answers as three columns more */
enum { DISCLOSE_KINDS = 3 };

enum disclose_mark { DISCLOSE_OPEN, DISCLOSE_PRIMARY, DISCLOSE_COMPLEMENTARY };

/* One table's counts and which of them are suppressed: slots x columns. */
struct disclose_grid {
	const struct release *release;
	const struct release_table *table;
	long threshold;
	bool sensitive;
	size_t columns;
	uint8_t *mark; /* enum disclose_mark, [slot * columns + column]; NULL: see the counts */
};

/*
 * Counts that a published sum ties together. With `whole`, the first cell is the sum of the
 * others; without, the sum of all is known from published bases. `column` is the line's column
 * when it runs across slots, or SIZE_MAX.
 */
struct disclose_line {
	size_t *cell; /* slot * columns + column; room for all slots or columns */
	size_t n;
	bool whole;
	size_t column;
};

long disclose_value(const struct disclose_grid *g, size_t cell);
bool disclose_hidden(const struct disclose_grid *g, size_t cell);

/* disclose_lines.c: call `each` for every line of the table; a nonzero return stops. */
int disclose_lines(const struct disclose_grid *g,
                   int (*each)(void *ctx, const struct disclose_line *line), void *ctx,
                   struct err *err);

/*
 * A kind of non-response that nobody in the whole table has (its published total is 0): known to
 * be 0 everywhere, so that suppressing it would hide nothing.
 */
bool disclose_structural(const struct disclose_grid *g, size_t column);

/*
 * Non-response of the only kind that the table has: people less base says how many, and both are
 * published on purpose, so that suppressing it need not hold.
 */
bool disclose_given(const struct disclose_grid *g, size_t cell);

/* disclose_solve.c: which suppressed counts do all lines of the table together determine? */
int disclose_solve(bool *determined, const struct disclose_grid *g, struct err *err);

/* disclose_cells.c: fill `mark`. */
int disclose_suppress(struct disclose_grid *g, struct err *err);

#endif
