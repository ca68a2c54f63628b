/* test_words.c - catalogues: fallbacks, places, and all languages complete. */
#include "forms/words.h"
#include "tests/unit/test.h"
#include "tests/unit/words.h"

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

/* Every language of the page has every word, with the same places. */
static void test_page_complete(void **state)
{
	(void)state;
	words_complete(words_page, NULL);
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
