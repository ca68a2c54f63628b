/*
 * chart_color.c - a palette and what is to be coloured enter, colours leave.
 *
 * Lightness is measured as contrast with the paper (WCAG 2.2). Steps are equal in proportion, as
 * the eye takes them.
 */
#include "report/chart_color.h"

#include <math.h>

static const double PALEST = 1.4; /* of degrees, against the paper */
static const double WARM_DARK = 4.8, WARM_PALE = 1.45, WARM_ONE = 3;
static const double COLD_PALE = 2.3; /* darker than the palest warm one, which it may touch */
static const double NEUTRAL = 2.1, NONE = 1.4;
static const double PALE = 1.75;
static const double TEXT = 4.55; /* least of words on a colour (WCAG 2.2, 1.4.3) */
static const double SEEN = 3.3; /* least of a mark (WCAG 2.2, 1.4.11: 3) */

struct color chart_color_at(const struct palette *p, struct color color, double contrast)
{
	struct color end = color_contrast(color, p->paper) > contrast ? p->paper : p->ink;
	bool paler = color_contrast(color, p->paper) > contrast;
	double low = 0, high = 1;

	for (int i = 0; i < 24; i++) {
		double t = (low + high) / 2;
		double got = color_contrast(color_mix(color, end, t), p->paper);

		if ((got > contrast) == paler)
			low = t;
		else
			high = t;
	}
	return color_mix(color, end, low);
}

struct color chart_color_pale(const struct palette *p)
{
	return chart_color_at(p, p->accent, PALE);
}

struct color chart_color_middle(const struct palette *p)
{
	return chart_color_at(p, p->accent, sqrt(color_contrast(p->accent, p->paper) * PALE));
}

struct color chart_color_column(const struct palette *p, size_t i)
{
	double accent = color_contrast(p->accent, p->paper), second = sqrt(accent * PALE);

	switch (i % 4) {
	case 0:
		return p->accent;
	case 1:
		/* Halfway between the dark and the pale one. */
		return chart_color_at(p, p->second, second);
	case 2:
		return chart_color_pale(p);
	default:
		return chart_color_at(p, p->muted, sqrt(accent * second));
	}
}

struct color chart_color_mark(const struct palette *p, size_t i)
{
	switch (i % 3) {
	case 0:
		return chart_color_at(p, p->second, SEEN);
	case 1:
		return p->ink;
	default:
		return p->accent;
	}
}

/* Degree `i` of `n` on a way between two contrasts. */
static double degree(double from, double to, size_t i, size_t n)
{
	return n > 1 ? from * pow(to / from, (double)i / (double)(n - 1)) : to;
}

/* The colour at a contrast, or at the nearest one on which ink or paper can be read. */
static struct color readable(const struct palette *p, struct color color, double contrast)
{
	double low = color_contrast(p->ink, p->paper) / TEXT, high = TEXT;

	if (contrast > low && contrast < high)
		contrast = contrast * contrast < low * high ? low : high;
	return chart_color_at(p, color, contrast);
}

struct color chart_color_category(const struct palette *p, const struct chart *t, size_t category)
{
	enum chart_role role = t->columns[category].role;
	double accent = color_contrast(p->accent, p->paper);
	size_t i = 0, n = 0;

	for (size_t k = 0; k < t->n_columns; k++) {
		if (t->columns[k].role != role)
			continue;
		i += k < category;
		n++;
	}
	switch (role) {
	case CHART_BEFORE:
		if (n == 1)
			return chart_color_at(p, p->second, WARM_ONE);
		return readable(p, p->second, degree(WARM_PALE, WARM_DARK, n - 1 - i, n));
	case CHART_AFTER:
		return readable(p, p->accent, degree(COLD_PALE, accent, i, n));
	case CHART_NEUTRAL:
		return chart_color_at(p, p->muted, NEUTRAL);
	case CHART_NONE:
		return chart_color_at(p, p->muted, NONE);
	default:
		return readable(p, p->accent, degree(PALEST, accent, i, n));
	}
}
