/* test_text_spans.c - parts of a text that are set in another way, and their order on a line. */
#include "report/text.h"
#include "tests/unit/test.h"

static struct font_set *fonts;

static struct text_style style(bool right_to_left)
{
	return (struct text_style){ .fonts = fonts,
		                    .size = 10,
		                    .language = right_to_left ? "ar" : "en",
		                    .right_to_left = right_to_left };
}

static struct text *set(const char *utf8, bool right_to_left, const struct text_span *spans,
                        size_t n, double width)
{
	struct text_style s = style(right_to_left);
	struct text *t;
	struct err err;

	if (text_create_spans(&t, utf8, &s, spans, n, width, false, &err))
		fail_msg("%s", err.msg);
	return t;
}

/* A span of the words `words`, which are in the text once. */
static struct text_span at(const char *utf8, const char *words, unsigned mark)
{
	const char *found = strstr(utf8, words);

	assert_non_null(found);
	return (struct text_span){ .start = (size_t)(found - utf8),
		                   .end = (size_t)(found - utf8) + strlen(words),
		                   .mark = mark };
}

/* The run of a unit of the first line. */
static const struct text_run *run_of(const struct text *t, size_t unit)
{
	for (size_t i = 0; i < t->lines[0].n; i++)
		for (size_t g = 0; g < t->lines[0].runs[i].n; g++)
			if (t->lines[0].runs[i].glyphs[g].start == unit)
				return &t->lines[0].runs[i];
	fail_msg("no run has unit %zu", unit);
	return NULL;
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

static void test_looks(void **state)
{
	/* The e acute is two bytes and one unit. */
	static const char text[] = "\u00e9t\u00e9 bold slanted both end";
	struct text_span s[] = { at(text, "bold", 1), at(text, "slanted", 2), at(text, "both", 3) };
	const struct text_run *plain, *bold, *slanted, *both;
	struct text *t;

	(void)state;
	s[0].weight = s[2].weight = FONT_BOLD;
	s[1].slanted = s[2].slanted = true;
	s[1].language = "fr";
	t = set(text, false, s, 3, 500);
	plain = run_of(t, 0);
	bold = run_of(t, 4);
	slanted = run_of(t, 9);
	both = run_of(t, 17);
	assert_true(plain->font != bold->font && bold->font != slanted->font);
	assert_true(both->font != bold->font && both->font != slanted->font);
	assert_true(run_of(t, 22)->font == plain->font);
	assert_int_equal(plain->mark, 0);
	assert_int_equal(bold->mark, 1);
	assert_int_equal(slanted->mark, 2);
	assert_int_equal(both->mark, 3);
	assert_string_equal(slanted->language, "fr");
	assert_null(both->language);
	text_free(t);
}

static void test_family(void **state)
{
	struct text_style s = style(false);
	struct text *sans = set("a", false, NULL, 0, 500), *serif, *thai;
	struct err err;

	(void)state;
	s.family = FONT_SERIF;
	assert_int_equal(text_create(&serif, "a", &s, 500, &err), 0);
	assert_true(sans->lines[0].runs[0].font != serif->lines[0].runs[0].font);
	s.slanted = true; /* Thai has none: it is printed upright, not in boxes */
	assert_int_equal(text_create(&thai, "\u0e2a", &s, 500, &err), 0);
	assert_true(font_has(thai->lines[0].runs[0].font, 0x0e2a));
	assert_int_not_equal(thai->lines[0].runs[0].glyphs[0].id, 0);
	text_free(sans);
	text_free(serif);
	text_free(thai);
}

static void test_raised(void **state)
{
	static const char text[] = "drugs12 and more";
	struct text_span s = at(text, "12", 7);
	const struct text_run *mark;
	struct text *t;

	(void)state;
	s.raised = true;
	t = set(text, false, &s, 1, 500);
	mark = run_of(t, 5);
	assert_int_equal(mark->n, 2);
	assert_true(mark->size < 8 && mark->rise > 2);
	assert_true(run_of(t, 0)->size == 10 && run_of(t, 0)->rise == 0);
	assert_true(mark->width < 9);
	text_free(t);
}

/* Thai words may break before a figure; a mark stays with the word. */
static void test_raised_does_not_break(void **state)
{
	static const char *const texts[] = { "really?9 no", "\u4eba\u67439\u4eba", "(so)9 no" };

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct text_span s = at(texts[i], "9", 1);

		s.raised = true;
		for (double width = 8; width < 60; width += 1) {
			struct text *t = set(texts[i], false, &s, 1, width);

			for (size_t l = 1; l < t->n; l++)
				if (t->units[t->lines[l].start] == '9' && width > 40)
					fail_msg("%s at %g", texts[i], width);
			text_free(t);
		}
	}
}

/* In a line from right to left a mark stands to the left of the number that it belongs to. */
static void test_raised_right_to_left(void **state)
{
	static const char text[] = "\u0639\u062f\u062f 1642\u06f1\u06f2 \u0639\u062f\u062f";
	struct text_span s = at(text, "\u06f1\u06f2", 1);
	size_t mark = 99, number = 99;
	struct text *t;

	(void)state;
	s.raised = true;
	t = set(text, true, &s, 1, 500);
	for (size_t i = 0; i < t->lines[0].n; i++) {
		const struct text_run *r = &t->lines[0].runs[i];

		if (r->mark == 1)
			mark = i;
		else if (t->units[r->glyphs[0].start] == '1')
			number = i;
	}
	assert_true(mark < number && number < 99);
	/* Its own figures are in their order. */
	assert_int_equal(t->lines[0].runs[mark].n, 2);
	assert_true(t->lines[0].runs[mark].glyphs[0].start <
	            t->lines[0].runs[mark].glyphs[1].start);
	text_free(t);
}

static void test_parts(void **state)
{
	static const char arabic[] = "\u0639\u0644\u0627\u062c \u0635\u062d\u0629 OAT \u0639";
	static const char latin[] = "one two three";
	struct text_span s = at(latin, "two", 5), a = at(arabic, "\u0635\u062d\u0629", 6);
	struct text *t = set(latin, false, &s, 1, 500);
	struct text_part p[8];

	(void)state;
	assert_int_equal(text_parts(p, 8, t, 0), 3);
	assert_int_equal(p[0].mark, 0);
	assert_int_equal(p[1].mark, 5);
	assert_true(p[0].x == 0 && p[1].x == p[0].width && p[2].x > p[1].x);
	text_free(t);
	t = set(arabic, true, &a, 1, 500);
	assert_true(text_parts(p, 8, t, 0) >= 3);
	assert_int_equal(p[0].mark, 0);
	assert_int_equal(p[1].mark, 6);
	assert_true(p[0].x > p[1].x && p[1].x > p[2].x); /* read from the right */
	assert_true(text_parts(p, 1, t, 0) >= 3);
	text_free(t);
}

/* Bounds that are no bounds do no harm. */
static void test_bad_spans(void **state)
{
	struct text_span s[] = {
		{ .start = 2, .end = 1, .mark = 1 },
		{ .start = 1, .end = 3, .mark = 2 },
		{ .start = 2, .end = 9, .mark = 3 },
		{ .start = 70, .end = 90, .mark = 4 },
	};
	struct text *t = set("\u00e9\u00e9\u00e9", false, s, 4, 500);
	struct text_part p[8];

	(void)state;
	assert_int_equal(t->length, 5); /* two letters, three halves */
	assert_true(text_parts(p, 8, t, 0) >= 2);
	text_free(t);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_looks),
		cmocka_unit_test(test_family),
		cmocka_unit_test(test_raised),
		cmocka_unit_test(test_raised_does_not_break),
		cmocka_unit_test(test_raised_right_to_left),
		cmocka_unit_test(test_parts),
		cmocka_unit_test(test_bad_spans),
	};

	return cmocka_run_group_tests_name("text_spans", tests, start, stop);
}
