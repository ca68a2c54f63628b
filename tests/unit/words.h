/* words.h - what every catalogue of words must be: whole, with the same places, well set. */
#ifndef TESTS_UNIT_WORDS_H
#define TESTS_UNIT_WORDS_H

#include "forms/words.h"
#include "lib/base/json.h"
#include "tests/unit/test.h"

/* Are the {places} of `wanted` in `word`, too? */
static inline bool words_places(const char *wanted, const char *word)
{
	for (const char *p = wanted; (p = strchr(p, '{')) != NULL; p++) {
		const char *end = strchr(p, '}');
		char place[64];

		if (end == NULL)
			return false;
		assert_true((size_t)(end - p + 1) < sizeof place);
		snprintf(place, sizeof place, "%.*s", (int)(end - p + 1), p);
		if (strstr(word, place) == NULL)
			return false;
	}
	return true;
}

/* Signs that a language sets otherwise. A citation of a work in English is not its text. */
static inline const char *words_ill_set(const char *language, const char *word)
{
	static const struct {
		const char *language, *sign;
	} signs[] = {
		{"fr", " :"}, {"fr", " ;"}, {"fr", " ?"}, {"fr", " !"}, {"fr", " »"}, {"fr", "« "},
		{"fr", "'"}, {"fr", "\""}, {"es", "\""}, {"pt", "\""}, {"ru", "\""}, {"ru", " - "},
		{"ar", ","}, {"ar", ";"}, {"ar", "?"}, {"ar", "\""}, {"en", "\""}, {"", "  "},
	};

	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
		if ((signs[i].language[0] == '\0' || strcmp(signs[i].language, language) == 0) &&
		    strstr(word, signs[i].sign) != NULL)
			return signs[i].sign;
	return NULL;
}

/* Every language has every word, not empty, with the same places, and no other. */
static inline void words_complete(const struct words_file *files, const char *cited)
{
	const struct words_file *english = files;
	struct json *en, *v;
	struct err err;
	size_t languages = 0;

	while (strcmp(english->language, "en") != 0)
		english++;
	assert_int_equal(json_parse(&en, english->json, english->n, &err), 0);
	for (const struct words_file *f = files; f->language != NULL; f++, languages++) {
		assert_int_equal(json_parse(&v, f->json, f->n, &err), 0);
		for (const struct json *m = json_first(en); m != NULL; m = json_next(m)) {
			const char *name = json_name(m), *word = json_string(json_get(v, name));
			bool own = cited == NULL || strcmp(name, cited) != 0;

			if (word == NULL || word[0] == '\0')
				fail_msg("%s: \"%s\" is missing", f->language, name);
			if (!words_places(json_string(m), word) ||
			    !words_places(word, json_string(m)))
				fail_msg("%s: \"%s\": other places", f->language, name);
			if (own && words_ill_set(f->language, word) != NULL)
				fail_msg("%s: \"%s\": has \"%s\"", f->language, name,
					words_ill_set(f->language, word));
		}
		assert_int_equal(json_count(v), json_count(en));
		json_free(v);
	}
	assert_int_equal(languages, 6);
	json_free(en);
}

#endif
