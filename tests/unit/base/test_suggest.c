/* test_suggest.c - the nearest word is found, one that is far off is not. */
#include "lib/base/suggest.h"
#include "tests/unit/test.h"

static const struct {
	const char *word, *meant; /* NULL: nothing */
} cases[] = {
	{ "author", "authors" },
	{ "tilte", "title" },
	{ "titl", "title" },
	{ "tulip", NULL },
	{ "publishd", "published" },
	{ "publisher", "publisher" },
	{ "ip_addresses", NULL },
	{ "", NULL },
	{ "0123456789012345678901234567890123456789012345678901234567890123456789", NULL },
};

static void test_cases(void **state)
{
	static const char *const names[] = { "title", "authors", "publisher", "published", NULL };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct suggest s = { .word = cases[i].word };
		char words[128], wanted[128] = "";

		for (const char *const *name = names; *name; name++)
			suggest_try(&s, *name);
		suggest_try(&s, NULL);
		if (cases[i].meant)
			snprintf(wanted, sizeof wanted, ": did you mean “%s”?", cases[i].meant);
		assert_string_equal(suggest_words(words, &s), wanted);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
