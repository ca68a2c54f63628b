/* test_words.c - catalogues: fallbacks, places, and all languages complete. */
#include "forms/words.h"
#include "lib/base/json.h"
#include "tests/unit/test.h"

static const struct words_file files[] = {
	{"en", "{\"hello\":\"Hello {name}, {name}\",\"bye\":\"Bye\"}", 44},
	{"fr", "{\"hello\":\"Bonjour {name}\"}", 26},
	{NULL, NULL, 0},
};

static void test_get(void **state)
{
	struct words *w;
	struct buf b = {0};
	struct words_file sized[3];

	(void)state;
	memcpy(sized, files, sizeof files);
	for (int i = 0; i < 2; i++)
		sized[i].n = strlen(sized[i].json);
	w = words_create(sized);
	assert_non_null(w);
	assert_string_equal(words_get(w, "fr", "bye"), "Bye");
	assert_string_equal(words_get(w, "de", "bye"), "Bye");
	assert_true(words_has(w, "fr-CA") && !words_has(w, "de"));
	words_put(&b, w, "en", "hello", "name", "{name}", NULL);
	buf_putc(&b, ';');
	words_put(&b, w, "fr-CA", "hello", "other", "x", NULL);
	assert_string_equal(b.data, "Hello {name}, {name};Bonjour {name}");
	buf_finish(&b);
	words_free(w);
}

static void test_bad_extra_word(void **state)
{
	static const struct words_file extra[] = {
		{"en", "{\"a\":\"A\"}", 9},
		{"fr", "{\"b\":\"B\"}", 9},
		{NULL, NULL, 0},
	};

	(void)state;
	assert_null(words_create(extra));
}

/* Places of a word, sorted by first appearance: "{a}{b}". */
static void places(char *out, const char *word)
{
	*out = '\0';
	for (const char *p = word; (p = strchr(p, '{')) != NULL; p++) {
		const char *end = strchr(p, '}');
		char place[64];

		if (end == NULL)
			break;
		snprintf(place, sizeof place, "%.*s", (int)(end - p + 1), p);
		if (strstr(out, place) == NULL)
			strcat(out, place);
	}
}

static size_t places_missing(const char *wanted, const char *word)
{
	size_t missing = 0;
	char list[256];

	places(list, wanted);
	for (char *p = strtok(list, "}"); p != NULL; p = strtok(NULL, "}")) {
		char place[64];

		snprintf(place, sizeof place, "%s}", p);
		missing += strstr(word, place) == NULL;
	}
	return missing;
}

/* Every language of the page has every word, with the same places. */
static void test_page_complete(void **state)
{
	const struct words_file *english = words_page;
	struct json *en, *v;
	struct err err;
	size_t languages = 0;

	(void)state;
	while (strcmp(english->language, "en") != 0)
		english++;
	assert_int_equal(json_parse(&en, english->json, english->n, &err), 0);
	for (const struct words_file *f = words_page; f->language != NULL; f++, languages++) {
		assert_int_equal(json_parse(&v, f->json, f->n, &err), 0);
		for (const struct json *m = json_first(en); m != NULL; m = json_next(m)) {
			const char *word = json_string(json_get(v, json_name(m)));

			if (word == NULL || word[0] == '\0')
				fail_msg("%s: \"%s\" is missing", f->language, json_name(m));
			if (places_missing(json_string(m), word) ||
			    places_missing(word, json_string(m)))
				fail_msg("%s: \"%s\": other places", f->language, json_name(m));
		}
		assert_int_equal(json_count(v), json_count(en));
		json_free(v);
	}
	assert_int_equal(languages, 6);
	json_free(en);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_get),
		cmocka_unit_test(test_bad_extra_word),
		cmocka_unit_test(test_page_complete),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
