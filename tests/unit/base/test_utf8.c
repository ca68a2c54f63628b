/* test_utf8.c - what is UTF-8 and what is not: the borders of RFC 3629's table. */
#include "lib/base/utf8.h"
#include "tests/unit/test.h"

static const struct {
	const char *label, *bytes;
	size_t n;
	bool valid;
	size_t length;
} cases[] = {
	{"empty", "", 0, true, 0},
	{"ascii", "abc", 3, true, 3},
	{"nul", "a\0b", 3, true, 1},
	{"two bytes", "\xc2\x80\xdf\xbf", 4, true, 2},
	{"three bytes", "\xe0\xa0\x80\xef\xbf\xbf", 6, true, 2},
	{"below surrogates", "\xed\x9f\xbf", 3, true, 1},
	{"four bytes", "\xf0\x90\x80\x80\xf4\x8f\xbf\xbf", 8, true, 2},
	{"bad-overlong 2", "\xc0\xaf", 2, false, 0},
	{"bad-overlong 2, last", "\xc1\xbf", 2, false, 0},
	{"bad-overlong 3", "\xe0\x9f\xbf", 3, false, 0},
	{"bad-overlong 4", "\xf0\x8f\xbf\xbf", 4, false, 0},
	{"bad-surrogate", "\xed\xa0\x80", 3, false, 0},
	{"bad-low surrogate", "\xed\xbf\xbf", 3, false, 0},
	{"bad-above U+10FFFF", "\xf4\x90\x80\x80", 4, false, 0},
	{"bad-f5", "\xf5\x80\x80\x80", 4, false, 0},
	{"bad-lone continuation", "\x80", 1, false, 0},
	{"bad-cut short", "\xe2\x82", 2, false, 0},
	{"bad-no continuation", "\xe2\x28\xa1", 3, false, 0},
};

static void test_valid(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK(utf8_valid(cases[i].bytes, cases[i].n) == cases[i].valid, cases[i].label);
		if (cases[i].valid)
			CHECK(utf8_length(cases[i].bytes) == cases[i].length, cases[i].label);
	}
}

static void test_next(void **state)
{
	const char *s = "a\xc3\xa9\xf0\x9f\x99\x82", *end = s + 7;

	(void)state;
	assert_int_equal(utf8_next(&s, end), 'a');
	assert_int_equal(utf8_next(&s, end), 0xe9);
	assert_int_equal(utf8_next(&s, end), 0x1f642);
	assert_ptr_equal(s, end);
	assert_int_equal(utf8_next(&s, end), -1);
	assert_ptr_equal(s, end);
}

static void test_write(void **state)
{
	static const int32_t points[] = { 'a', 0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x10000, 0x10ffff };
	char bytes[4];

	(void)state;
	for (size_t i = 0; i < COUNT(points); i++) {
		const char *s = bytes, *end = bytes + utf8_write(bytes, points[i]);

		assert_int_equal(utf8_next(&s, end), points[i]);
		assert_ptr_equal(s, end);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_valid),
		cmocka_unit_test(test_next),
		cmocka_unit_test(test_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
