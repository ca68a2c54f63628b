/* test_negotiate.c - the language that a browser asks for, and whether it takes gzip. */
#include "collector/negotiate.h"

#include "tests/unit/test.h"

static const struct {
	const char *label, *header, *code;
} cases[] = {
	{"none", NULL, "en"},
	{"empty", "", "en"},
	{"exact", "fr", "fr"},
	{"region of a language", "fr-CA", "fr"},
	{"any case", "FR-ca", "fr"},
	{"language of a region", "pt", "pt-BR"},
	{"another region", "pt-PT", "pt-BR"},
	{"first of equals", "ar,fr", "ar"},
	{"weights", "en;q=0.5,fr;q=0.8", "fr"},
	{"blanks", " en ; q=0.5 , fr ; q=0.8", "fr"},
	{"no weight is the most", "fr;q=0.9, ar", "ar"},
	{"weight of one", "en;q=0.9,fr;q=1.0", "fr"},
	{"zero is not wanted", "fr;q=0, ar;q=0.1", "ar"},
	{"unknown languages are skipped", "xx, yy;q=0.9, ar;q=0.2", "ar"},
	{"any", "*", "en"},
	{"bad-weight", "fr;q=x, ar;q=0.1", "ar"},
	{"bad-cut", "fr;", "en"},
	{"bad-only commas", ",,,", "en"},
	{"bad-long", "frfrfrfrfrfrfrfrfrfrfrfrfrfrfr-XX", "en"},
};

static void test_cases(void **state)
{
	char en[] = "en", fr[] = "fr", ar[] = "ar", pt[] = "pt-BR";
	char *languages[] = {en, fr, ar, pt};
	const struct form f = {.languages = languages, .n_languages = COUNT(languages)};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		size_t got = negotiate_language(&f, cases[i].header);

		if (strcmp(languages[got], cases[i].code) != 0)
			fail_msg("%s: %s", cases[i].label, languages[got]);
	}
}

static const struct {
	const char *header;
	bool gzip;
} encodings[] = {
	{NULL, false}, {"", false}, {"gzip", true}, {"GZIP", true}, {"gzip, deflate, br", true},
	{"br;q=1.0, gzip;q=0.8, *;q=0.1", true}, {"br , gzip ; q=0.5", true}, {"gzip;q=0", false},
	{"gzip;q=0.0", false}, {"gzip;q=x", false}, {"*", false}, {"identity", false},
	{"gzipped", false}, {"x-gzip", false}, {",,,", false},
};

static void test_gzip(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(encodings); i++)
		if (negotiate_gzip(encodings[i].header) != encodings[i].gzip)
			fail_msg("%s", encodings[i].header);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases),
		cmocka_unit_test(test_gzip)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
