/* directive_suggest.h - "did you mean ...?": the known word that is nearest to an unknown one. */
#ifndef REPORT_DIRECTIVE_SUGGEST_H
#define REPORT_DIRECTIVE_SUGGEST_H

#include <stddef.h>

/* Start as { .word = "naloxon" }; `best` is NULL or borrowed from the candidates. */
struct directive_suggest {
	const char *word, *best;
	size_t distance;
};

/* Compare with one more known word; NULL is none. */
void directive_suggest_try(struct directive_suggest *s, const char *candidate);

/* ": did you mean “naloxone”?" or "", into `out`; returns it. */
const char *directive_suggest_words(char out[128], const struct directive_suggest *s);

#endif
