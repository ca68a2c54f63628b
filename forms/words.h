/*
 * words.h - the words of our own pages and reports, in every language, from the catalogues
 * forms/words/LANGUAGE.json and report/words/LANGUAGE.json that are built into the programs.
 * Words may hold {name} places that words_put() fills.
 */
#ifndef FORMS_WORDS_H
#define FORMS_WORDS_H

#include "lib/base/buf.h"

#include <stdarg.h>
#include <stddef.h>

/* One catalogue's embedded files: language and JSON text (an object of strings). */
struct words_file {
	const char *language, *json;
	size_t n;
};
struct words;

/*
 * Read a catalogue (a list that ends with language NULL). Every language must have the same
 * names; a program that starts with a bad catalogue is a build fault: NULL.
 */
struct words *words_create(const struct words_file *files);
void words_free(struct words *w);

/* A word in a language ("ar", "pt-BR" falls back to "pt"), else English. Unknown names assert. */
const char *words_get(const struct words *w, const char *language, const char *name);
/* Is this language in the catalogue (or falls back to one that is)? */
int words_has(const struct words *w, const char *language);

/*
 * Append a word with its {places} filled from pairs name, value, ..., NULL. Values are put as
 * they are: a caller that writes HTML escapes them first.
 */
void words_put(struct buf *out, const struct words *w, const char *language, const char *name, ...)
	__attribute__((sentinel));

/* The same for a word that the caller has got. Places in values are left as they are. */
void words_fill(struct buf *out, const char *word, va_list places);

/* The catalogues (generated at build time by tools/embed.py). */
extern const struct words_file words_page[];   /* forms/words */
extern const struct words_file words_report[]; /* report/words; in the report library */

#endif
