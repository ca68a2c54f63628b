/*
 * words.c - catalogues of words. In: the embedded JSON of each language. Out: a word by language
 * and name. English is complete by definition; a word that another language lacks is English, and
 * tests/unit/forms/test_words.c fails so that it does not stay so.
 */
#include "forms/words.h"

#include "lib/base/json.h"

#include <assert.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct word {
	const char *name;
	const char **in; /* by the file's index */
};

struct words {
	const struct words_file *files;
	size_t n_files, english, n;
	struct word *list; /* sorted by name */
	struct json **trees;
};

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct word *)a)->name, ((const struct word *)b)->name);
}

static const struct word *find(const struct words *w, const char *name)
{
	struct word key = {.name = name};

	return bsearch(&key, w->list, w->n, sizeof key, by_name);
}

/* Index of a language, of what stands before its '-', or -1. */
static int language_index(const struct words *w, const char *language)
{
	size_t base = strcspn(language, "-");
	int found = -1;

	for (size_t i = 0; i < w->n_files; i++) {
		const char *own = w->files[i].language;

		if (strcmp(own, language) == 0)
			return (int)i;
		if (strlen(own) == base && strncmp(own, language, base) == 0)
			found = (int)i;
	}
	return found;
}

static int fill(struct words *w, size_t language)
{
	for (const struct json *m = json_first(w->trees[language]); m != NULL; m = json_next(m)) {
		const struct word *word = find(w, json_name(m));

		if (word == NULL || json_string(m) == NULL)
			return -1;
		word->in[language] = json_string(m);
	}
	return 0;
}

static int index_english(struct words *w)
{
	const struct json *english = w->trees[w->english];
	size_t n = json_count(english);

	w->list = calloc(n + 1, sizeof *w->list);
	if (w->list == NULL)
		return -1;
	for (const struct json *m = json_first(english); m != NULL; m = json_next(m)) {
		w->list[w->n].name = json_name(m);
		w->list[w->n].in = calloc(w->n_files, sizeof *w->list->in);
		if (w->list[w->n++].in == NULL)
			return -1;
	}
	qsort(w->list, w->n, sizeof *w->list, by_name);
	return 0;
}

struct words *words_create(const struct words_file *files)
{
	struct words *w = calloc(1, sizeof *w);
	struct err err;

	if (w == NULL)
		return NULL;
	w->files = files;
	while (files[w->n_files].language != NULL)
		w->n_files++;
	w->trees = calloc(w->n_files + 1, sizeof *w->trees);
	for (size_t i = 0; w->trees != NULL && i < w->n_files; i++) {
		if (strcmp(files[i].language, "en") == 0)
			w->english = i;
		if (json_parse(&w->trees[i], files[i].json, files[i].n, &err) != 0 ||
		    json_type(w->trees[i]) != JSON_OBJECT)
			goto fail;
	}
	if (w->trees == NULL || index_english(w) != 0)
		goto fail;
	for (size_t i = 0; i < w->n_files; i++)
		if (fill(w, i) != 0)
			goto fail;
	return w;
fail:
	words_free(w);
	return NULL;
}

void words_free(struct words *w)
{
	if (w == NULL)
		return;
	for (size_t i = 0; w->trees != NULL && i < w->n_files; i++)
		json_free(w->trees[i]);
	for (size_t i = 0; i < w->n; i++)
		free(w->list[i].in);
	free(w->trees);
	free(w->list);
	free(w);
}

const char *words_get(const struct words *w, const char *language, const char *name)
{
	const struct word *word = find(w, name);
	int index = language_index(w, language);

	assert(word != NULL);
	if (index >= 0 && word->in[index] != NULL)
		return word->in[index];
	return word->in[w->english];
}

int words_has(const struct words *w, const char *language)
{
	return language_index(w, language) >= 0;
}

enum { PLACES = 12 };

void words_fill(struct buf *out, const char *word, va_list places)
{
	const char *names[PLACES], *values[PLACES], *s = word;
	size_t n = 0;

	for (const char *place; (place = va_arg(places, const char *)) != NULL; n++) {
		assert(n < PLACES);
		names[n] = place;
		values[n] = va_arg(places, const char *);
	}
	while (*s != '\0') {
		size_t i, plain = strcspn(s, "{");

		buf_put(out, s, plain);
		s += plain;
		if (*s == '\0')
			break;
		for (i = 0; i < n; i++) {
			size_t length = strlen(names[i]);

			if (strncmp(s + 1, names[i], length) == 0 && s[length + 1] == '}') {
				buf_puts(out, values[i]);
				s += length + 2;
				break;
			}
		}
		if (i == n)
			buf_putc(out, *s++);
	}
}

void words_put(struct buf *out, const struct words *w, const char *language, const char *name, ...)
{
	va_list places;

	va_start(places, name);
	words_fill(out, words_get(w, language, name), places);
	va_end(places);
}
