/* test_chart.c - roles of a matrix's categories, lengths, and that heights say what is drawn. */
#include "report/chart.h"

#include "report/pdf_tag.h"
#include "tests/unit/test.h"

#include <math.h>

static const struct {
	const char *label;
	const char *values[6];
	enum chart_role roles[6];
} roles[] = {
	{ "middle", { "less", "same", "more" }, { CHART_BEFORE, CHART_NEUTRAL, CHART_AFTER } },
	{ "middle and none", { "no_access", "harder", "same", "easier", "not_used" },
	  { CHART_BEFORE, CHART_BEFORE, CHART_NEUTRAL, CHART_AFTER, CHART_NONE } },
	{ "degrees", { "no", "once", "more" }, { CHART_ORDERED, CHART_ORDERED, CHART_ORDERED } },
	{ "degrees and none", { "no", "yes", "not_sure" },
	  { CHART_ORDERED, CHART_ORDERED, CHART_NONE } },
};

static void test_roles(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(roles); i++) {
		struct chart_category c[6] = { { 0 } };
		size_t n = 0;

		while (n < 6 && roles[i].values[n])
			n++;
		chart_roles(c, roles[i].values, n);
		for (size_t k = 0; k < n; k++)
			CHECK(c[k].role == roles[i].roles[k], roles[i].label);
	}
}

static void test_lengths(void **state)
{
	(void)state;
	assert_true(fabs(chart_length(500, 200) - 100) < 1e-9);
	assert_true(chart_length(0, 200) == 0);
	/* What is hidden has one length, whatever it hides and whatever the scale. */
	assert_true(chart_length(CHART_HIDDEN, 200) == chart_length(CHART_HIDDEN, 400));
	assert_true(chart_length(CHART_HIDDEN, 200) > 0);
}

static struct layout *page(bool right_to_left)
{
	struct layout_setup setup = { .language = right_to_left ? "ar" : "en",
		                      .right_to_left = right_to_left,
		                      .title = "t",
		                      .subject = "s",
		                      .head = "h" };
	struct layout *l;
	struct err err;

	assert_int_equal(layout_create(&l, &setup, &err), 0);
	layout_page(l);
	pdf_tag_open(l->pdf, "Figure");
	pdf_tag_content(l->pdf);
	return l;
}

static void end(struct layout *l)
{
	struct buf b = { 0 };
	struct err err;

	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
	if (pdf_write(&b, l->pdf, &err))
		fail_msg("%s", err.msg);
	buf_finish(&b);
	layout_free(l);
}

static void test_heights(void **state)
{
	static const struct chart_bar bars[] = {
		{ "A short label", 712, "71.2%" },
		{ "A label that is so long that it has to be set in two lines beside its bar", 0,
		  "0.0%" },
		{ "Hidden", CHART_HIDDEN, "not published" },
	};
	static const int one[] = { 301, 97, 250, 200, 152 }, two[] = { CHART_HIDDEN, 0, 1000, 0, 0 };
	static const char *const values[] = { "30.1", "9.7", "25.0", "20.0", "15.2" };
	static const struct chart_category categories[] = {
		{ "No access", CHART_BEFORE }, { "Harder", CHART_BEFORE },
		{ "Same", CHART_NEUTRAL },     { "Easier", CHART_AFTER },
		{ "Did not need or use it", CHART_NONE },
	};
	static const struct chart_line lines[] = { { "One", one, values }, { "Two", two, values } };
	struct chart_bars b = { .list = bars, .n = 3, .low = "Not at all", .high = "Completely",
		                .hidden = "not published" };
	struct chart_lines c = { categories, 5, lines, 2, "not published" };

	(void)state;
	for (int rtl = 0; rtl < 2; rtl++) {
		struct layout *l = page(rtl);
		double y = l->y;

		chart_bars_draw(l, &b);
		assert_true(fabs(y - l->y - chart_bars_height(l, &b)) < 1e-6);
		y = l->y;
		chart_columns_draw(l, &b);
		assert_true(fabs(y - l->y - chart_columns_height(l, &b)) < 1e-6);
		y = l->y;
		chart_lines_draw(l, &c);
		assert_true(fabs(y - l->y - chart_lines_height(l, &c)) < 1e-6);
		end(l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_roles),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_heights),
	};

	return cmocka_run_group_tests_name("chart", tests, NULL, NULL);
}
