/*
 * test_chart_color.c - colours that stand side by side differ in lightness, also for eyes that see
 * no red or no green, in every theme that is built in and in some that people may choose.
 */
#include "report/chart_color.h"

#include "report/theme.h"
#include "tests/unit/test.h"

#include <math.h>

enum eye { ALL_COLOURS, NO_RED, NO_GREEN, GREY, EYES };

static const char *const eyes[] = { "all colours", "no red", "no green", "grey" };

/* Least distance of neighbours and of their lightness (CIE 1976: 2.3 is just seen). */
static const double LIGHTER = 8;

static double linear(double v)
{
	return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

struct lab {
	double l, a, b;
};

static double cube_root(double t)
{
	return t > 216.0 / 24389 ? cbrt(t) : (24389.0 / 27 * t + 16) / 116;
}

/*
 * What an eye sees: Machado, Oliveira and Fernandes 2009, severity 1.0, on linear RGB; then CIE
 * L*a*b* (D65).
 */
static struct lab seen(struct color c, enum eye eye)
{
	static const double matrix[EYES][3][3] = {
		[ALL_COLOURS] = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } },
		[NO_RED] = { { 0.152286, 1.052583, -0.204868 },
		             { 0.114503, 0.786281, 0.099216 },
		             { -0.003882, -0.048116, 1.051998 } },
		[NO_GREEN] = { { 0.367322, 0.860646, -0.227968 },
		               { 0.280085, 0.672501, 0.047413 },
		               { -0.011820, 0.042940, 0.968881 } },
		[GREY] = { { 0.2126, 0.7152, 0.0722 },
		           { 0.2126, 0.7152, 0.0722 },
		           { 0.2126, 0.7152, 0.0722 } },
	};
	double in[3] = { linear(c.red), linear(c.green), linear(c.blue) }, rgb[3], x, y, z;

	for (int i = 0; i < 3; i++) {
		rgb[i] = 0;
		for (int k = 0; k < 3; k++)
			rgb[i] += matrix[eye][i][k] * in[k];
		rgb[i] = rgb[i] < 0 ? 0 : rgb[i] > 1 ? 1 : rgb[i];
	}
	x = (0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047;
	y = 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
	z = (0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883;
	return (struct lab){ 116 * cube_root(y) - 16, 500 * (cube_root(x) - cube_root(y)),
		             200 * (cube_root(y) - cube_root(z)) };
}

static void check_apart(struct color a, struct color b, const char *what)
{
	for (int eye = 0; eye < EYES; eye++) {
		struct lab p = seen(a, (enum eye)eye), q = seen(b, (enum eye)eye);
		double d = sqrt((p.l - q.l) * (p.l - q.l) + (p.a - q.a) * (p.a - q.a) +
		                (p.b - q.b) * (p.b - q.b));

		if (fabs(p.l - q.l) < LIGHTER || (eye != GREY && d < LIGHTER))
			fail_msg("%s, %s: lightness %.1f and %.1f, distance %.1f", what, eyes[eye], p.l,
			         q.l, d);
	}
}

struct named {
	const char *name;
	struct palette p;
};

#define COMMON                                                                                     \
	.ink = { .106, .125, .149 }, .muted = { .349, .388, .431 }, .hair = { .800, .824, .847 },  \
	.track = { .937, .945, .953 }, .paper = { 1, 1, 1 }

/* Themes that somebody may choose: the palest accent that is allowed, a red one, one hue. */
static const struct named chosen[] = {
	{ "palest accent", { COMMON, .accent = { .46, .46, .46 }, .second = { .776, .467, .145 } } },
	{ "red", { COMMON, .accent = { .72, .11, .11 }, .second = { .80, .45, .10 } } },
	{ "green and red", { COMMON, .accent = { .08, .40, .18 }, .second = { .78, .20, .15 } } },
	{ "one hue", { COMMON, .accent = { .10, .28, .48 }, .second = { .10, .28, .48 } } },
	{ "dark", { COMMON, .accent = { .03, .07, .12 }, .second = { .90, .75, .10 } } },
};

static void check_stack(const struct named *n, const char *const *values, size_t count)
{
	struct chart_column columns[8] = { { 0 } };
	struct chart t = { .columns = columns, .n_columns = count };
	char what[120];
	size_t before = count;

	chart_roles(columns, values, count);
	for (size_t i = 0; i < count; i++) {
		struct color c = chart_color_category(&n->p, &t, i);

		/* What stands apart has a column of its own; its neighbour is the paper. */
		snprintf(what, sizeof what, "%s, category %zu of %zu", n->name, i, count);
		CHECK(color_contrast(c, n->p.paper) > 1.3, what);
		CHECK(color_contrast(color_on(&n->p, c), c) >= 4.5, what);
		if (columns[i].role == CHART_NEUTRAL || columns[i].role == CHART_NONE)
			continue;
		if (before < count)
			check_apart(chart_color_category(&n->p, &t, before), c, what);
		before = i;
	}
}

static void check_palette(const struct named *n)
{
	static const char *const diverging[] = { "a", "b", "same", "c", "d", "not_sure", "na" };
	static const char *const three[] = { "a", "same", "b" };
	static const char *const degrees[] = { "a", "b", "c", "d", "e" };
	char what[120];

	for (size_t i = 0; i < 3; i++) {
		snprintf(what, sizeof what, "%s, columns %zu and %zu", n->name, i, i + 1);
		check_apart(chart_color_column(&n->p, i), chart_color_column(&n->p, i + 1), what);
	}
	snprintf(what, sizeof what, "%s, first and third column", n->name);
	check_apart(chart_color_column(&n->p, 0), chart_color_column(&n->p, 2), what);
	snprintf(what, sizeof what, "%s, ranked and first", n->name);
	check_apart(chart_color_pale(&n->p), n->p.accent, what);
	check_stack(n, diverging, COUNT(diverging));
	check_stack(n, three, COUNT(three));
	check_stack(n, degrees, COUNT(degrees));
	for (size_t i = 0; i < 6; i++) {
		snprintf(what, sizeof what, "%s, mark %zu", n->name, i);
		CHECK(color_contrast(chart_color_mark(&n->p, i), n->p.paper) >= 3, what);
	}
}

static void test_themes(void **state)
{
	static const char *const names[] = { "first series", "second series", "third series" };
	struct theme *theme;
	struct err err;

	(void)state;
	assert_int_equal(theme_load(&theme, "/nonexistent", &err), 0);
	for (size_t i = 0; i < 3; i++)
		check_palette(&(struct named){ names[i], theme->color[i] });
	theme_free(theme);
}

static void test_chosen(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(chosen); i++)
		check_palette(&chosen[i]);
}

static void test_at(void **state)
{
	const struct palette *p = &chosen[0].p;

	(void)state;
	for (double contrast = 1.3; contrast < 14; contrast += 0.7) {
		struct color c = chart_color_at(p, p->second, contrast);

		assert_true(fabs(color_contrast(c, p->paper) - contrast) < 0.02);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_themes),
		cmocka_unit_test(test_chosen),
		cmocka_unit_test(test_at),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
