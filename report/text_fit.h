/* text_fit.h - inside of text: where lines end. */
#ifndef REPORT_TEXT_FIT_H
#define REPORT_TEXT_FIT_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* What stands between two places where a line may end. */
struct text_piece {
	size_t start, end; /* of its units */
	double ink, all;   /* points: without and with the blanks at its end */
	bool hard;         /* the line ends behind it */
	bool joint;        /* behind it is a hyphen or a slash, not a blank */
	bool cut;          /* behind it is the middle of a word that is wider than a line */
};

/*
 * Choose the ends of lines of at most `width` points. `ends` has room for `n`: the piece behind the
 * last one of each line. Fewest cut words, then fewest lines, then the smoothest edge. `even`: the
 * last line is to be as long as the others, and lines are no longer than their number asks for.
 * Returns 0, or -1 with ERR_NOMEM.
 */
int text_fit(size_t *ends, size_t *lines, const struct text_piece *pieces, size_t n, double width,
             bool even, struct err *err);

#endif
