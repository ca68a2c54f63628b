/* suggest.h - "did you mean ...?": the known word that is nearest to an unknown one. */
#ifndef BASE_SUGGEST_H
#define BASE_SUGGEST_H

#include <stddef.h>

/* Start as { .word = "naloxon" }; `best` is NULL or borrowed from the candidates. */
struct suggest {
	const char *word, *best;
	size_t distance;
};

/* Compare with one more known word; NULL is none. */
void suggest_try(struct suggest *s, const char *candidate);

/* ": did you mean “naloxone”?" or "", into `out`; returns it. */
const char *suggest_words(char out[128], const struct suggest *s);

#endif
