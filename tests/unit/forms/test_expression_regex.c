/*
 * test_expression_regex.c - patterns mean what they mean in JavaScript (code points, against the
 * whole text); what is not read alike everywhere is refused; no pattern takes long.
 */
#include "forms/expression.h"
#include "forms/expression_regex.h"
#include "tests/unit/test.h"

#include <pthread.h>
#include <time.h>

static const struct {
	const char *pattern, *text;
	bool matches;
} matches[] = {
	/* whole texts */
	{"[0-9]+", "123", true}, {"[0-9]+", "a123", false}, {"[0-9]+", "123a", false},
	{"^[0-9]+$", "123", true}, {"a|ab", "ab", true}, {"^a|b$", "ab", false},
	{".*b.*", "abc", true},
	{"", "", true}, {"", "a", false}, {"a*", "", true}, {"()", "", true}, {"a$", "a\n", false},
	{"^$", "", true}, {"a$\\n", "a\n", false}, {"(?:a|)b", "b", true},
	/* the characters of a class */
	{"[abc]", "b", true}, {"[^abc]", "b", false}, {"[^abc]", "\u00e9", true},
	{"[a-c]+", "abc", true},
	{"[-a]", "-", true}, {"[a-]", "-", true}, {"[\\w-.]", "-", true}, {"[\\w-.]", ".", true},
	{"[.]", "x", false}, {"[a^]", "^", true}, {"[$()*+?.|{}/]", "{", true},
	{"[\\]\\[]", "[", true},
	{"[\\-\\.]", "-", true}, {"[#& ]", " ", true}, {"[&]", "&", true}, {"[\\d.]+", "1.5", true},
	{"[^\\d]", "1", false}, {"[^\\W_]", "a", true}, {"[^\\W_]", "_", false},
	{"[^\\W_]", "-", false},
	{"[\\D]", "x", true}, {"[\\s\\S]", "\n", true}, {"[\u00e0-\u00ff]", "\u00e9", true},
	{"[+--]", ",", true}, {"[\\x41-\\x43]", "B", true}, {"[\\t]", "\t", true},
	{"[:a]", ":", true},
	/* escapes */
	{"\\d{2}", "42", true}, {"\\d", "\u0664", false}, {"\\w", "\u00e9", false},
	{"\\w+", "a_1", true},
	{"\\W", "\u00e9", true}, {"\\s", "\u00a0", true}, {"\\s", "\v", true},
	{"\\s", "\ufeff", true},
	{"\\S", "\xc2\x85", true}, {"\\.", "x", false}, {"\\.", ".", true}, {"a\\/b", "a/b", true},
	{"\\x41", "A", true}, {"\\u00e9", "\u00e9", true}, {"\\@\\#\\ ", "@# ", true},
	{"\\n", "\n", true},
	{"a\\b.*", "a b", true}, {"a\\b.*", "ab", false}, {"a\\Bb", "ab", true},
	{"\\bab\\b", "ab", true},
	{"\u00e9\\b.*", "\u00e9 ", false}, {"}", "}", true}, {"]", "]", true}, {"\\{", "{", true},
	{"\\p{L}+", "\u00e9\u0627\u4e2d", true}, {"\\p{L}", "1", false}, {"\\p{Lu}", "A", true},
	{"\\p{Lu}", "a", false}, {"\\P{L}", "1", true}, {"[\\p{L} '-]+", "Anne-Marie O'Neil", true},
	{"[^\\p{L}]", "x", false}, {"\\p{Script=Arabic}+", "\u0627\u0628", true},
	{"\\p{sc=Latin}", "a", true},
	{"\\p{Nd}", "\u0664", true},
	/* the dot and the ends of lines */
	{".", "x", true}, {".", "\n", false}, {".", "\r", false}, {".", "\u2028", false},
	{".", "\xc2\x85", true}, {".", "\f", true}, {".", "\U0001f600", true},
	{"..", "\U0001f600", false},
	{"[^x]", "\U0001f600", true},
	/* repetition and groups */
	{"a{2}", "aa", true}, {"a{2}", "aaa", false}, {"a{2,}", "aaa", true},
	{"a{1,3}", "aaaa", false},
	{"a{0}", "", true}, {"a+?b", "aab", true}, {"(ab)+", "abab", true}, {"(ab)?c", "c", true},
	{"(a|b)*", "abba", true}, {"(?:ab){2}", "abab", true}, {"(?=.*\\d).+", "a1", true},
	{"(?=.*\\d).+", "ab", false}, {"(?!x).*", "xa", false}, {"(?!x).*", "ax", true},
	{"a(?=b)b", "ab", true}, {"((a)(b))c", "abc", true}, {"(a(b(c)))", "abc", true},
	{".{0,255}", "short", true}, {"[A-Z]{2}[0-9]{4}", "AB1234", true},
	/* the field's own */
	{"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}", "a.b@c.org", true},
	{"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\\.[A-Za-z]{2,4}", "a.b@c", false},
	{"^\\+?[0-9]{7,15}$", "+221771234567", true}, {"^(07|01)[0-9]{8}$", "0712345678", true},
	{"^[0-9]{4}(-[0-9]{2})?$", "2020-04", true},
	{"^(?:[01]\\d|2[0-3]):[0-5]\\d$", "23:59", true},
	{"^(19|20)\\d\\d$", "1986", true},
	{"^([a-zA-Z\u00c0-\u00ff '-]+)$", "Jos\u00e9 Luis", true},
};

static void test_matches(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(matches); i++) {
		struct expression_regex *regex = NULL;
		const char *reason;
		size_t at;

		if (expression_regex_compile(&regex, matches[i].pattern, &at, &reason) != 0)
			fail_msg("/%s/: %zu: %s", matches[i].pattern, at, reason);
		if (expression_regex_match(regex, matches[i].text) != matches[i].matches)
			fail_msg("/%s/ on '%s'", matches[i].pattern, matches[i].text);
		expression_regex_free(regex);
	}
}

static const struct {
	const char *pattern;
	size_t at;
	const char *reason;
} bad[] = {
	{"a(b", 1, "a ( without its )"}, {"a)b", 1, "a ) without its ("},
	{"a[b", 1, "a [ without its ]"},
	{"[]", 1, "no characters"}, {"[^]", 2, "no characters"},
	{"*a", 0, "nothing that could be repeated"},
	{"a**", 2, "nothing that could be repeated"}, {"^*", 1, "nothing that could be repeated"},
	{"a|+", 2, "nothing that could be repeated"},
	{"(?=a)+", 5, "nothing that could be repeated"},
	{"\\b+", 2, "nothing that could be repeated"},
	{"(*a)", 1, "nothing that could be repeated"},
	{"a{2}{3}", 4, "nothing that could be repeated"}, {"a++", 2, "possessive"},
	{"a*+", 2, "possessive"},
	{"a{2}+", 4, "possessive"}, {"a?+", 2, "possessive"}, {"a{", 1, "a count is written"},
	{"a{,3}", 1, "a count is written"}, {"a{x}", 1, "a count is written"},
	{"a{3,2}", 1, "runs backwards"}, {"a{99999}", 1, "above 9999"},
	{"a{1,99999}", 1, "above 9999"},
	{"(?i)a", 0, "flags"}, {"(?>a)", 0, "atomic"}, {"(?<=a)b", 0, "looking behind"},
	{"(?<!a)b", 0, "looking behind"}, {"(?<n>a)", 0, "no names"}, {"(?P<n>a)", 0, "no names"},
	{"(?#x)", 0, "flags"}, {"(?-i:a)", 0, "flags"}, {"\\Qa\\E", 0, "same everywhere"},
	{"(a)\\1", 3, "references back"}, {"\\A", 0, "same everywhere"},
	{"\\z", 0, "same everywhere"},
	{"\\Z", 0, "same everywhere"}, {"\\h", 0, "same everywhere"}, {"\\R", 0, "same everywhere"},
	{"\\v", 0, "same everywhere"}, {"\\0", 0, "same everywhere"},
	{"\\cA", 0, "same everywhere"},
	{"ab\\", 2, "behind the backslash"}, {"\\xg1", 0, "a character's code"},
	{"\\u12", 0, "a character's code"}, {"\\ud800", 0, "a character's code"},
	{"\\u{41}", 0, "a character's code"}, {"\\p", 0, "a property is written"},
	{"\\pL", 0, "a property is written"}, {"\\p{L", 0, "a property is written"},
	{"\\p{Alpha}", 0, "not known everywhere"}, {"\\p{IsArabic}", 0, "not known everywhere"},
	{"\\p{Xx}", 0, "unknown property"}, {"\\p{^L}", 0, "unknown property"},
	{"\\p{Script=}", 0, "not known everywhere"},
	{"\\p{Script=Klingonese}", 21, "not a pattern"},
	{"[[:alpha:]]", 1, "is written \\["}, {"[a[b]]", 2, "is written \\["}, {"[a&&b]", 2, "&&"},
	{"[z-a]", 1, "runs backwards"}, {"[a-\\d]", 1, "runs backwards"},
	{"[\\q]", 1, "same everywhere"},
	{"[a-\\q]", 3, "same everywhere"}, {"\\\u00e9", 0, "same everywhere"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct expression_regex *regex = NULL;
		const char *reason = NULL;
		size_t at = 0;

		CHECK(expression_regex_compile(&regex, bad[i].pattern, &at, &reason) == -1,
			bad[i].pattern);
		CHECK(regex == NULL && reason != NULL, bad[i].pattern);
		if (at != bad[i].at || strstr(reason, bad[i].reason) == NULL)
			fail_msg("bad-/%s/: %zu: %s", bad[i].pattern, at, reason);
	}
}

/* Patterns that take exponential time, or very much memory, where nothing stops them. */
static void test_bombs(void **state)
{
	static const char *const bombs[] = {
		"(a+)+b", "(a*)*b", "(a|a)*b", "(a|aa)+b", "(.*)*b", "(.*a){20}b", "([a-z]+)*b",
		"(a?){30}a{30}b", "((a+)+)+b", "(?=(a+)+b).*", "(\\w+\\s?)*b",
		"(.*)(.*)(.*)(.*)(.*)b",
		"(((((a{0,99}){0,99}){0,99}){0,99}){0,99})b", "(a{0,9999}){0,9999}b",
	};
	char text[6001];

	(void)state;
	memset(text, 'a', 6000);
	text[6000] = '\0';
	for (size_t i = 0; i < COUNT(bombs); i++)
		for (size_t n = 30; n <= 6000; n *= 200) {
			struct expression_regex *regex = NULL;
			struct timespec from, to;
			const char *reason;
			double seconds;
			size_t at;

			if (expression_regex_compile(&regex, bombs[i], &at, &reason) != 0)
				fail_msg("/%s/: %s", bombs[i], reason);
			clock_gettime(CLOCK_MONOTONIC, &from);
			CHECK(!expression_regex_match(regex, text + 6000 - n), bombs[i]);
			clock_gettime(CLOCK_MONOTONIC, &to);
			seconds = (double)(to.tv_sec - from.tv_sec) +
				(double)(to.tv_nsec - from.tv_nsec) / 1e9;
			if (seconds > 0.5)
				fail_msg("/%s/ on %zu took %.2f s", bombs[i], n, seconds);
			expression_regex_free(regex);
		}
}

/* What is long but harmless is still answered. */
static void test_long(void **state)
{
	static const char *const patterns[] = {
		"a*", "[a-z]+", "(a|b)*", "(?:aa)*", ".{0,9999}", "(a+ ?)+",
	};
	char text[6001];

	(void)state;
	memset(text, 'a', 6000);
	text[6000] = '\0';
	for (size_t i = 0; i < COUNT(patterns); i++) {
		struct expression_regex *regex = NULL;
		const char *reason;
		size_t at;

		assert_int_equal(expression_regex_compile(&regex, patterns[i], &at, &reason), 0);
		CHECK(expression_regex_match(regex, text), patterns[i]);
		expression_regex_free(regex);
	}
}

static void *ask(void *regex)
{
	size_t wrong = 0;

	for (int i = 0; i < 500; i++)
		wrong += !expression_regex_match(regex, "+221771234567") ||
			expression_regex_match(regex, "221 771");
	return wrong == 0 ? regex : NULL;
}

static void test_threads(void **state)
{
	const char *text = "regex(., '^\\+[0-9]{7,15}$')";
	struct expression *e;
	pthread_t threads[4];
	struct err err;

	(void)state;
	assert_int_equal(expression_parse(&e, text, EXPRESSION_CONDITION, &err), 0);
	for (size_t i = 0; i < COUNT(threads); i++)
		assert_int_equal(pthread_create(&threads[i], NULL, ask, e->regex), 0);
	for (size_t i = 0; i < COUNT(threads); i++) {
		void *right;

		assert_int_equal(pthread_join(threads[i], &right), 0);
		assert_non_null(right);
	}
	expression_free(e);
}

static void test_malformed(void **state)
{
	struct expression_regex *regex = NULL;
	const char *reason;
	size_t at;

	(void)state;
	assert_int_equal(expression_regex_compile(&regex, ".*", &at, &reason), 0);
	assert_false(expression_regex_match(regex, "\xff"));
	expression_regex_free(regex);
	expression_regex_free(NULL);
	regex = NULL;
	assert_int_equal(expression_regex_compile(&regex, "a\xff", &at, &reason), -1);
	assert_string_equal(reason, "not UTF-8");
	assert_int_equal(expression_regex_compile(&regex, "[\xff]", &at, &reason), -1);
	assert_string_equal(reason, "not UTF-8");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_bombs),
		cmocka_unit_test(test_long),
		cmocka_unit_test(test_threads),
		cmocka_unit_test(test_malformed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
