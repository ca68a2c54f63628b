/* test_text_fit.c - where lines end: widths of words, one letter a point, a blank between. */
#include "report/text_fit.h"
#include "tests/unit/test.h"

#include <math.h>

static const struct {
	const char *label;
	double words[12]; /* widths; 0 ends; a negative one ends its line by force */
	double width;
	bool even;
	size_t ends[8];
} cases[] = {
	{ "one line", { 3, 3, 3 }, 11, false, { 3 } },
	{ "exactly", { 5, 5 }, 11, false, { 2 } },
	{ "first fit would leave a hole in the second line", { 4, 3, 1, 6, 8 }, 10, false,
	  { 2, 4, 5 } },
	{ "no word alone at the end", { 4, 4, 4, 1 }, 14, false, { 2, 4 } },
	{ "alone if that saves a line", { 14, 1 }, 14, false, { 1, 2 } },
	{ "even", { 4, 4, 4, 4 }, 14, true, { 2, 4 } },
	{ "by force", { -3, 3, 3 }, 11, false, { 1, 3 } },
	{ "bad-wider than a line", { 20, 3 }, 10, false, { 1, 2 } },
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct text_piece p[12] = { 0 };
		size_t n = 0, ends[12], lines;
		struct err err;

		for (; cases[i].words[n] != 0; n++) {
			p[n].ink = fabs(cases[i].words[n]);
			p[n].all = p[n].ink + 1;
			p[n].hard = cases[i].words[n] < 0;
		}
		assert_int_equal(text_fit(ends, &lines, p, n, cases[i].width, cases[i].even, &err),
		                 0);
		for (size_t l = 0; l < lines; l++)
			if (ends[l] != cases[i].ends[l])
				fail_msg("%s: line %zu ends behind %zu", cases[i].label, l + 1,
				         ends[l]);
		CHECK(lines < 8 && cases[i].ends[lines] == 0 && cases[i].ends[lines - 1] == n,
		      cases[i].label);
	}
}

/* Whatever the words: never more lines than first fit has, none too wide. */
static void test_no_more_lines(void **state)
{
	unsigned seed = 3;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct text_piece p[60] = { 0 };
		size_t n = 1 + seed % 60, ends[60], lines, first = 0, greedy = 1;
		double width = 20 + seed / 64 % 40, used = 0, all = 0;
		struct err err;

		for (size_t i = 0; i < n; i++) {
			seed = seed * 1103515245u + 12345u;
			p[i].ink = 1 + (seed >> 16) % 12;
			p[i].all = p[i].ink + 1;
			if (used + p[i].ink > width) {
				greedy++;
				used = 0;
			}
			used += p[i].all;
		}
		assert_int_equal(text_fit(ends, &lines, p, n, width, round & 1, &err), 0);
		assert_int_equal(lines, greedy);
		for (size_t l = 0; l < lines; first = ends[l++], all = 0) {
			for (size_t i = first; i < ends[l]; i++)
				all += i + 1 < ends[l] ? p[i].all : p[i].ink;
			assert_true(all <= width);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_no_more_lines),
	};

	return cmocka_run_group_tests_name("text_fit", tests, NULL, NULL);
}
