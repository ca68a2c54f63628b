/* test_text.c - order of runs, line breaks, fallback fonts, missing glyphs. */
#include "report/text.h"
#include "tests/unit/test.h"

static struct font_set *fonts;

static struct text_style style(double size, bool right_to_left)
{
	return (struct text_style){ .fonts = fonts,
		                    .weight = FONT_REGULAR,
		                    .size = size,
		                    .language = right_to_left ? "ar" : "en",
		                    .right_to_left = right_to_left };
}

static struct text *set(const char *utf8, bool right_to_left, double width)
{
	struct text_style s = style(10, right_to_left);
	struct text *t;
	struct err err;

	if (text_create(&t, utf8, &s, width, &err))
		fail_msg("%s", err.msg);
	return t;
}

static int start(void **state)
{
	struct err err;

	(void)state;
	return font_set_create(&fonts, NULL, &err);
}

static int stop(void **state)
{
	(void)state;
	font_set_free(fonts);
	return 0;
}

static const struct {
	const char *label, *text;
	double width;
	size_t lines;
} breaks[] = {
	{ "one line", "people who use drugs", 500, 1 },
	{ "at a blank", "people who use drugs", 60, 2 },
	{ "a word a line", "people who use drugs", 34, 4 },
	{ "hard", "one\ntwo\nthree", 500, 3 },
	{ "empty line", "one\n\ntwo", 500, 3 },
	{ "blanks at the end take no room", "people who          ", 56, 1 },
	{ "no-break space", "71,2\u00a0% 71,2\u00a0%", 36, 2 },
	{ "nothing", "", 500, 0 },
	{ "bad-word wider than the line", "Rindfleischetikettierungsgesetz", 60, 3 },
	{ "bad-narrower than a letter", "abc", 1, 3 },
};

static void test_breaks(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(breaks); i++) {
		struct text *t = set(breaks[i].text, false, breaks[i].width);

		if (t->n != breaks[i].lines)
			fail_msg("%s: %zu lines", breaks[i].label, t->n);
		for (size_t l = 0; l < t->n && breaks[i].width > 10; l++)
			CHECK(t->lines[l].width <= breaks[i].width + 1e-6, breaks[i].label);
		for (size_t l = 1; l < t->n; l++)
			CHECK(t->lines[l].start == t->lines[l - 1].end, breaks[i].label);
		text_free(t);
	}
}

static void test_balanced(void **state)
{
	static const char text[] = "Since COVID-19 began, how easy has it been to get these services, "
				   "compared with before?";
	struct text_style s = style(12, false);
	struct text *plain, *even;
	struct err err;

	(void)state;
	assert_int_equal(text_create(&plain, text, &s, 400, &err), 0);
	assert_int_equal(text_create_balanced(&even, text, &s, 400, &err), 0);
	assert_int_equal(plain->n, even->n);
	assert_true(even->width < plain->width);
	assert_true(even->lines[even->n - 1].width > plain->lines[plain->n - 1].width);
	text_free(plain);
	text_free(even);
}

/* Glyphs of Arabic stand from right to left: their clusters fall. */
static void test_arabic_order(void **state)
{
	struct text *t = set("\u0633\u0644\u0627\u0645", true, 500); /* salam: lam-alef joins */
	const struct text_run *r = &t->lines[0].runs[0];

	(void)state;
	assert_int_equal(t->lines[0].n, 1);
	assert_true(r->right_to_left);
	assert_true(r->n >= 3);
	for (size_t i = 1; i < r->n; i++)
		assert_true(r->glyphs[i].start <= r->glyphs[i - 1].start);
	assert_int_equal(r->glyphs[0].end, 4);
	assert_int_equal(r->glyphs[r->n - 1].start, 0);
	text_free(t);
}

/* A Latin word in an Arabic line stands to the left of what comes before it, in its own order. */
static void test_mixed_order(void **state)
{
	struct text *t = set("\u0639\u0644\u0627\u062c OAT 71.2", true, 500);
	const struct text_line *l = &t->lines[0];
	size_t latin = l->n, arabic = l->n;

	(void)state;
	for (size_t i = 0; i < l->n; i++) {
		for (size_t g = 0; g < l->runs[i].n; g++) {
			if (t->units[l->runs[i].glyphs[g].start] == 'O')
				latin = i;
			if (t->units[l->runs[i].glyphs[g].start] == 0x0639)
				arabic = i;
		}
	}
	assert_true(latin < l->n && arabic < l->n);
	assert_true(latin < arabic);
	assert_false(l->runs[latin].right_to_left);
	assert_true(l->runs[latin].font != l->runs[arabic].font);
	text_free(t);
}

/* A code in isolates keeps its order in an Arabic line; without them its parts change places. */
static void test_isolated_code(void **state)
{
	struct text *t = set("\u0627\u0644\u062c\u0648\u0644\u0629 \u20662020-04\u2069", true, 500);
	const struct text_line *l = &t->lines[0];
	char seen[16];
	size_t n = 0;

	(void)state;
	for (size_t i = 0; i < l->n; i++) {
		for (size_t g = 0; g < l->runs[i].n && n < sizeof seen - 1; g++) {
			uint16_t c = t->units[l->runs[i].glyphs[g].start];

			if (c > ' ' && c < 128)
				seen[n++] = (char)c;
		}
	}
	seen[n] = '\0';
	assert_string_equal(seen, "2020-04");
	text_free(t);
}

/* Letters join over a line: the same letter is another glyph in the middle and at the end. */
static void test_joining(void **state)
{
	struct text *one = set("\u0628", true, 500), *two = set("\u0628\u0628", true, 500);

	(void)state;
	assert_int_not_equal(one->lines[0].runs[0].glyphs[0].id,
	                     two->lines[0].runs[0].glyphs[two->lines[0].runs[0].n - 1].id);
	text_free(one);
	text_free(two);
}

static const struct {
	const char *label, *text;
	size_t missed;
} fallbacks[] = {
	{ "Latin and Cyrillic", "Health \u0417\u0434\u043e\u0440\u043e\u0432\u044c\u0435", 0 },
	{ "minus sign", "\u22121", 0 },
	{ "Chinese", "\u4eba\u6743", 0 },
	{ "Thai", "\u0e2a\u0e38\u0e02\u0e20\u0e32\u0e1e", 0 },
	{ "Devanagari", "\u0938\u094d\u0935\u093e\u0938\u094d\u0925\u094d\u092f", 0 },
	{ "Arabic comma between Latin words", "Espa\u00f1ol\u060c Portugu\u00eas", 0 },
	{ "direction marks have no glyph", "a\u200e\u2066b\u2069", 0 },
	{ "bad-private use", "a\U000F1234", 1 },
};

static void test_fallback(void **state)
{
	uint32_t list[8];
	size_t before = font_set_missed(fonts, list, 8);

	(void)state;
	for (size_t i = 0; i < COUNT(fallbacks); i++) {
		struct text *t = set(fallbacks[i].text, false, 500);
		size_t now = font_set_missed(fonts, list, 8);

		if (now - before != fallbacks[i].missed)
			fail_msg("%s: %zu missing, last U+%04X", fallbacks[i].label, now - before,
			         now ? (unsigned)list[now - 1] : 0);
		before = now;
		text_free(t);
	}
}

static void test_bad_utf8(void **state)
{
	struct text *t = set("a\xff\xc3", false, 500);

	(void)state;
	assert_int_equal(t->length, 3);
	assert_int_equal(t->units[1], 0xFFFD);
	text_free(t);
}

static void test_longest_word(void **state)
{
	struct text_style s = style(10, false);
	double one, all;
	struct err err;

	(void)state;
	assert_int_equal(text_longest_word(&one, "Caribbean", &s, &err), 0);
	assert_int_equal(text_longest_word(&all, "Latin America and the Caribbean", &s, &err), 0);
	assert_true(one > 30 && one == all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_breaks),       cmocka_unit_test(test_balanced),
		cmocka_unit_test(test_arabic_order), cmocka_unit_test(test_mixed_order),
		cmocka_unit_test(test_joining),      cmocka_unit_test(test_isolated_code),
		cmocka_unit_test(test_fallback),     cmocka_unit_test(test_bad_utf8),
		cmocka_unit_test(test_longest_word),
	};

	return cmocka_run_group_tests_name("text", tests, start, stop);
}
