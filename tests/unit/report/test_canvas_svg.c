/* test_canvas_svg.c - numbers, colours, mirrored places, anchored words. */
#include "report/canvas_svg.h"

#include "tests/unit/test.h"

static const struct palette palette = {
	.ink = { 0, 0, 0 }, .muted = { .5, .5, .5 }, .paper = { 1, 1, 1 },
};

static void test_number(void **state)
{
	static const struct {
		double value;
		const char *text;
	} cases[] = {
		{ 0, "0" },       { 1, "1" },         { 1.5, "1.5" },   { 1.25, "1.25" },
		{ .05, "0.05" },  { -2.5, "-2.5" },   { 100, "100" },   { 12.999, "13" },
		{ -.004, "0" },   { 1234.5678, "1234.57" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct buf b = { 0 };

		canvas_svg_number(&b, cases[i].value);
		assert_string_equal(b.data, cases[i].text);
		buf_finish(&b);
	}
}

struct drawing {
	struct buf out;
	struct canvas_svg_colors colors;
	struct canvas_svg svg;
	struct canvas canvas;
	struct type *type;
};

static void start(struct drawing *d, const char *language, bool right_to_left)
{
	struct type_setup setup = { language, right_to_left, FONT_SANS, FONT_SANS };
	struct err err;

	*d = (struct drawing){ 0 };
	assert_int_equal(type_create(&d->type, &setup, &err), 0);
	d->svg = (struct canvas_svg){ &d->out, &d->colors, 200, right_to_left, CANVAS_START };
	d->canvas = (struct canvas){ &canvas_svg_calls, &d->svg, 200, d->type, &palette };
}

static void stop(struct drawing *d)
{
	type_free(d->type);
	canvas_svg_colors_finish(&d->colors);
	buf_finish(&d->out);
}

static void test_shapes(void **state)
{
	static const char *const wanted[2] = {
		"<rect x=\"10\" y=\"5\" width=\"30\" height=\"8\" fill=\"#000000\"/>"
		"<line x1=\"10\" y1=\"1\" x2=\"20\" y2=\"1\" stroke-width=\"0.5\" "
		"stroke=\"#808080\"/>"
		"<circle cx=\"50\" cy=\"6\" r=\"3\" fill=\"#000000\"/>",
		"<rect x=\"160\" y=\"5\" width=\"30\" height=\"8\" fill=\"#000000\"/>"
		"<line x1=\"190\" y1=\"1\" x2=\"180\" y2=\"1\" stroke-width=\"0.5\" "
		"stroke=\"#808080\"/>"
		"<circle cx=\"150\" cy=\"6\" r=\"3\" fill=\"#000000\"/>",
	};

	(void)state;
	for (int rtl = 0; rtl < 2; rtl++) {
		struct drawing d;

		start(&d, rtl ? "ar" : "en", rtl);
		canvas_box(&d.canvas, 10, 5, 30, 8, palette.ink);
		canvas_line(&d.canvas, 10, 1, 20, 1, .5, palette.muted);
		canvas_disc(&d.canvas, 50, 6, 3, palette.ink, false);
		assert_string_equal(d.out.data, wanted[rtl]);
		assert_int_equal(canvas_svg_colors_count(&d.colors), 2);
		assert_int_equal(canvas_svg_colors_at(&d.colors, 1), 0x808080);
		stop(&d);
	}
}

static void test_hatch(void **state)
{
	struct drawing d;

	(void)state;
	start(&d, "en", false);
	canvas_hatch(&d.canvas, 10, 5, 30, 8);
	assert_non_null(strstr(d.out.data, "fill=\"url(#Hatch)\""));
	stop(&d);
}

/* An end stays where it was meant, however wide the letters become. */
static void test_anchor(void **state)
{
	struct drawing d;

	(void)state;
	start(&d, "en", false);
	canvas_text(&d.canvas, TYPE_VALUE, "71.2% & <more>", 120, 9, CANVAS_START, palette.ink);
	assert_non_null(strstr(d.out.data, "<text x=\"120\" y=\"9\" font-weight=\"700\" "
	                                   "fill=\"#000000\">71.2% &amp; &lt;more&gt;</text>"));
	buf_clear(&d.out);
	canvas_block(&d.canvas, TYPE_LABEL, "Naloxone", 10, 0, 100, CANVAS_END, palette.ink);
	assert_non_null(strstr(d.out.data, "<text x=\"110\""));
	assert_non_null(strstr(d.out.data, "text-anchor=\"end\""));
	buf_clear(&d.out);
	canvas_block(&d.canvas, TYPE_LABEL, "Naloxone", 10, 0, 100, CANVAS_MIDDLE, palette.ink);
	assert_non_null(strstr(d.out.data, "<text x=\"60\""));
	stop(&d);
}

/* Lines are cut where the text was, in the order of reading; nothing is lost. */
static void test_lines(void **state)
{
	struct drawing d;

	(void)state;
	start(&d, "ar", true);
	canvas_block(&d.canvas, TYPE_LABEL, "نالوكسون 71.2% \xF0\x9F\x98\x80 للجميع", 0, 0, 60,
	             CANVAS_START, palette.ink);
	assert_non_null(strstr(d.out.data, "<text x=\"200\""));
	assert_non_null(strstr(d.out.data, "نالوكسون"));
	assert_non_null(strstr(d.out.data, "\xF0\x9F\x98\x80"));
	assert_null(strstr(d.out.data, " </text>"));
	stop(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number), cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_hatch),  cmocka_unit_test(test_anchor),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests_name("canvas_svg", tests, NULL, NULL);
}
