/*
 * test_theme_svg.c - vector logos: what is understood becomes the right shapes; everything else
 * that would draw is refused by its name.
 */
#include "report/theme_parts.h"
#include "tests/unit/test.h"

#include <math.h>

#define SVG "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 100 50\">"

static struct theme_logo *read(const char *svg)
{
	struct theme_logo *l;
	struct err err;

	if (theme_logo_read(&l, svg, strlen(svg), true, &err))
		fail_msg("%s: %s", svg, err.msg);
	return l;
}

/* A path as text, coordinates rounded to one decimal: "M 1 2 L 3 4 Z". */
static void write_path(char *out, size_t room, const struct theme_path *p)
{
	const double *at = p->points;

	out[0] = '\0';
	for (size_t i = 0; i < p->n; i++) {
		size_t pairs = p->commands[i] == 'C' ? 3 : p->commands[i] != 'Z', n = strlen(out);

		n += (size_t)snprintf(out + n, room - n, "%s%c", i ? " " : "", p->commands[i]);
		for (; pairs--; at += 2)
			n += (size_t)snprintf(out + n, room - n, " %g %g",
			                      round(at[0] * 10) / 10 + 0, round(at[1] * 10) / 10 + 0);
	}
}

static const struct {
	const char *inside, *path;
} shapes[] = {
	{ "<path d='M1 2L3 4H5V6Z'/>", "M 1 2 L 3 4 L 5 4 L 5 6 Z" },
	{ "<path d='m1,2 3,4 h5 v6 l-1-1z'/>", "M 1 2 L 4 6 L 9 6 L 9 12 L 8 11 Z" },
	{ "<path d='M1 2 3 4.5.5-1e1'/>", "M 1 2 L 3 4.5 L 0.5 -10" },
	{ "<path d='M0 0C1 1 2 1 3 0S5-1 6 0'/>", "M 0 0 C 1 1 2 1 3 0 C 4 -1 5 -1 6 0" },
	{ "<path d='m1 1c1 1 2 1 3 0s2-1 3 0'/>", "M 1 1 C 2 2 3 2 4 1 C 5 0 6 0 7 1" },
	{ "<path d='M0 0Q3 3 6 0T12 0'/>", "M 0 0 C 2 2 4 2 6 0 C 8 -2 10 -2 12 0" },
	{ "<path d='M0 0S1 1 2 2'/>", "M 0 0 C 0 0 1 1 2 2" },
	{ "<path d='M10 0A10 10 0 0 1 0 10'/>", "M 10 0 C 10 5.5 5.5 10 0 10" },
	{ "<path d='M10 0a10 10 0 01-10 10'/>", "M 10 0 C 10 5.5 5.5 10 0 10" },
	{ "<path d='M0 0A5 5 0 0 0 10 0'/>", "M 0 0 C 0 2.8 2.2 5 5 5 C 7.8 5 10 2.8 10 0" },
	{ "<path d='M0 0A0 5 0 0 0 10 0'/>", "M 0 0 L 10 0" },
	{ "<path d='M0 0h1v1z l5 5'/>", "M 0 0 L 1 0 L 1 1 Z M 0 0 L 5 5" },
	{ "<rect x='1' y='2' width='3' height='4px'/>", "M 1 2 L 4 2 L 4 6 L 1 6 Z" },
	{ "<polygon points='0,0 1,0 1,1'/>", "M 0 0 L 1 0 L 1 1 Z" },
	{ "<polyline points=' 0 0 1 0 1 1 '/>", "M 0 0 L 1 0 L 1 1 Z" },
	{ "<g transform='translate(10 20)'><path transform='scale(2)' d='M1 2l1 1'/></g>",
	  "M 12 24 L 14 26" },
	{ "<path transform='matrix(0 1 -1 0 5 6)' d='M1 2L3 4'/>", "M 3 7 L 1 9" },
	{ "<path transform='rotate(90,1,1) translate(1)' d='M1 1L2 1'/>", "M 1 2 L 1 3" },
	{ "<g><title>x</title><desc/><metadata><x:y xmlns:x='x'/></metadata><defs><path d='M9 9'/>"
	  "</defs></g><g display='none'><path d='M8 8'/></g><path d='M7 7' fill='none'/>"
	  "<path d='M1 1L2 2'/>", "M 1 1 L 2 2" },
};

static void test_shapes(void **state)
{
	char svg[1024], path[1024];

	(void)state;
	for (size_t i = 0; i < COUNT(shapes); i++) {
		struct theme_logo *l;

		snprintf(svg, sizeof svg, SVG "%s</svg>", shapes[i].inside);
		l = read(svg);
		CHECK(l->n_paths == 1, shapes[i].inside);
		write_path(path, sizeof path, &l->paths[0]);
		if (strcmp(path, shapes[i].path))
			fail_msg("%s: %s", shapes[i].inside, path);
		theme_logo_free(l);
	}
}

/* Circles and rounded corners are near enough to round. */
static void test_round(void **state)
{
	struct theme_logo *l = read(SVG "<circle cx='50' cy='25' r='20'/>"
	                                "<ellipse cx='50' cy='25' rx='40' ry='10'/>"
	                                "<rect width='40' height='20' rx='5'/></svg>");

	(void)state;
	assert_int_equal(l->n_paths, 3);
	assert_int_equal(strspn(l->paths[0].commands, "M"), 1);
	assert_memory_equal(l->paths[0].commands, "MCCCCZ", 6);
	assert_memory_equal(l->paths[2].commands, "MLCLCLCLCZ", 10);
	for (size_t i = 0; i < 13; i += 3) {
		const double *at = l->paths[0].points + 2 * i;

		assert_true(fabs(hypot(at[0] - 50, at[1] - 25) - 20) < 1e-9);
	}
	theme_logo_free(l);
}

static void test_style(void **state)
{
	struct theme_logo *l = read(
		"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' viewBox='10 20 30 40'>"
		"<g fill='#104f5e' fill-rule='evenodd'><path d='M10 20L40 60'/>"
		"<path style='fill: rgb(255, 0, 0) ; fill-rule:nonzero;stroke:none' d='M10 20L11 21'/>"
		"</g><path fill='White' d='M1 1L2 2'/><path d='M1 1L2 2'/></svg>");

	(void)state;
	assert_true(l->width == 30 && l->height == 40);
	assert_int_equal(l->n_paths, 4);
	assert_true(l->paths[0].points[0] == 0 && l->paths[0].points[3] == 40);
	assert_true(l->paths[0].even_odd && !l->paths[1].even_odd && !l->paths[2].even_odd);
	assert_true(fabs(l->paths[0].fill.red - 16 / 255.0) < 1e-9);
	assert_true(l->paths[1].fill.red == 1 && l->paths[1].fill.green == 0);
	assert_true(l->paths[2].fill.blue == 1 && l->paths[3].fill.blue == 0);
	theme_logo_free(l);
	l = read("<svg xmlns='http://www.w3.org/2000/svg' width='30px' height='12'>"
	         "<path d='M1 1L2 2'/></svg>");
	assert_true(l->width == 30 && l->height == 12);
	theme_logo_free(l);
}

static const struct {
	const char *inside, *says;
} bad[] = {
	{ "<text>x</text>", "<text> is not understood" },
	{ "<image href='http://example.org/x.png'/>", "<image> is not understood" },
	{ "<use href='#x'/>", "<use> is not understood" },
	{ "<script>x</script>", "<script> is not understood" },
	{ "<defs><style>path{fill:red}</style></defs><path d='M0 0L1 1'/>", "<style> is not" },
	{ "<style/>", "<style> is not understood" },
	{ "<linearGradient/>", "<linearGradient> is not understood" },
	{ "<line x1='0' y1='0' x2='1' y2='1'/>", "<line> is not understood" },
	{ "<svg/>", "<svg> is not understood" },
	{ "<a><path d='M0 0L1 1'/></a>", "<a> is not understood" },
	{ "<path d='M0 0L1 1' stroke='#000'/>", "<path>: stroke: is not understood" },
	{ "<path d='M0 0L1 1' style='stroke:red'/>", "<path>: stroke: is not understood" },
	{ "<g opacity='.5'/>", "<g>: opacity: is not understood" },
	{ "<g clip-path='url(#x)'/>", "<g>: clip-path: is not understood" },
	{ "<g filter='url(#x)'/>", "filter: is not understood" },
	{ "<path d='M0 0L1 1' fill='url(#x)'/>", "<path>: fill: not a plain colour" },
	{ "<path d='M0 0L1 1' fill='#12'/>", "fill: not a plain colour" },
	{ "<path d='M0 0L1 1' transform='skewX(3)'/>", "transform: only translate" },
	{ "<path d='M0 0L1 1' transform='scale(1,2,3)'/>", "transform: only translate" },
	{ "<path d='M0 0L1 1' transform='scale'/>", "transform: not understood" },
	{ "<path d='L0 0'/>", "path: must begin with \"M\"" },
	{ "<path d='M0 0X1'/>", "path: an unknown letter" },
	{ "<path d='1 2'/>", "path: begins without a letter" },
	{ "<path d='M0 0z1'/>", "path: begins without a letter" },
	{ "<path d='M0 0L1'/>", "path: the numbers behind \"L\" are not right" },
	{ "<path d='M0 0l1 nan'/>", "path: the numbers behind \"l\" are not right" },
	{ "<path d='M0 0A1 1 0 2 0 1 1'/>", "path: the numbers behind \"A\" are not right" },
	{ "<path d='M0 0L1e7 1'/>", "path: the numbers behind \"L\" are not right" },
	{ "<path d='M0 0L0x10 1'/>", "path: the numbers behind \"L\" are not right" },
	{ "<g transform='scale(1e6)'><path transform='scale(1e6)' d='M1 1L2 2'/></g>",
	  "a point is too far away" },
	{ "<rect width='50%' height='1'/>", "<rect>: width: must be a number" },
	{ "<polygon points='1 2 3'/>", "points: must be pairs" },
	{ "<polygon points='1 2 x'/>", "points: must be pairs" },
	{ "", "has no filled shape" },
	{ "<path fill='none' d='M0 0L1 1'/>", "has no filled shape" },
	{ "<path d='M0 0L1 1'>", "line 1: mismatched tag" },
	{ "&x;", "line 1: undefined entity" },
};

static void test_bad(void **state)
{
	struct theme_logo *l;
	char svg[1024];
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		snprintf(svg, sizeof svg, SVG "%s</svg>", bad[i].inside);
		CHECK(theme_logo_read(&l, svg, strlen(svg), true, &err) == -1, bad[i].inside);
		CHECK(err.code == ERR_INPUT && !l, bad[i].inside);
		if (!strstr(err.msg, bad[i].says))
			fail_msg("%s: %s", bad[i].inside, err.msg);
	}
}

static const struct {
	const char *svg, *says;
} bad_whole[] = {
	{ "", "line 1: no element found" },
	{ "<html/>", "is no SVG" },
	{ "<svg/>", "has no viewBox" },
	{ "<svg viewBox='0 0 0 1'/>", "has no viewBox, or one that is empty" },
	{ "<svg viewBox='0 0 1'/>", "viewBox: must be four numbers" },
	{ "<svg viewBox='0 0 1000 1'/>", "very narrow" },
	{ "<svg width='1in' height='1in'/>", "width: must be a number" },
	{ "<!DOCTYPE svg><svg/>", "document type" },
	{ "<!DOCTYPE svg [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>",
	  "document type" },
	{ "<!DOCTYPE svg SYSTEM 'file:///etc/passwd'><svg/>", "document type" },
};

/* Documents that are none, and bounds. */
static void test_bad_whole(void **state)
{
	struct buf many = { 0 }, deep = { 0 }, long_path = { 0 };
	struct theme_logo *l;
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad_whole); i++) {
		CHECK(theme_logo_read(&l, bad_whole[i].svg, strlen(bad_whole[i].svg), true,
		                      &err) == -1, bad_whole[i].svg);
		if (!strstr(err.msg, bad_whole[i].says))
			fail_msg("%s: %s", bad_whole[i].svg, err.msg);
	}
	buf_puts(&many, SVG);
	for (size_t i = 0; i <= THEME_PATHS; i++)
		buf_puts(&many, "<path d='M0 0L1 1'/>");
	buf_puts(&many, "</svg>");
	assert_int_equal(theme_logo_read(&l, many.data, many.len, true, &err), -1);
	assert_non_null(strstr(err.msg, "more than 2000 shapes"));
	buf_puts(&deep, SVG);
	for (size_t i = 0; i < 40; i++)
		buf_puts(&deep, "<g>");
	assert_int_equal(theme_logo_read(&l, deep.data, deep.len, true, &err), -1);
	assert_non_null(strstr(err.msg, "more than 32 groups"));
	buf_puts(&long_path, SVG "<path d='M0 0");
	for (size_t i = 0; i <= THEME_POINTS; i++)
		buf_puts(&long_path, "h1");
	buf_puts(&long_path, "'/></svg>");
	assert_int_equal(theme_logo_read(&l, long_path.data, long_path.len, true, &err), -1);
	assert_non_null(strstr(err.msg, "more than 200000 points"));
	buf_finish(&many);
	buf_finish(&deep);
	buf_finish(&long_path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_round),
		cmocka_unit_test(test_style),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_bad_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
