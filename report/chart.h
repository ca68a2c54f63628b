/*
 * chart.h - charts as vectors: bars, stacked bars with what is neutral apart, histograms. Each
 * is drawn at the layout's y inside tagged content, on one page, and moves y below it.
 *
 * A figure that is not published is a hatched stub of one length, whatever it hides.
 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/layout.h"

enum { CHART_HIDDEN = -1 }; /* in place of tenths of a percent */

/* One share. Texts are borrowed. */
struct chart_bar {
	const char *label;
	int tenths;        /* of a percent of the base, or CHART_HIDDEN */
	const char *value; /* "71.2%", or what is said of a hidden figure */
};

struct chart_bars {
	const struct chart_bar *list;
	size_t n;
	const char *low, *high; /* names of the ends of a histogram */
	const char *hidden;     /* "not published", beside a hatched box; NULL: nothing is hidden */
};

/* Horizontal bars on a scale of 0 to 100%. */
double chart_bars_height(struct layout *l, const struct chart_bars *c);
void chart_bars_draw(struct layout *l, const struct chart_bars *c);

/* Columns of a histogram; the greatest is as high as the chart. */
double chart_columns_height(struct layout *l, const struct chart_bars *c);
void chart_columns_draw(struct layout *l, const struct chart_bars *c);

/* What a category of a stacked bar is. */
enum chart_role {
	CHART_ORDERED, /* one of a row of degrees without a middle: light to dark */
	CHART_BEFORE,  /* before the neutral one: warm */
	CHART_AFTER,   /* behind it: cold */
	CHART_NEUTRAL, /* apart, grey */
	CHART_NONE,    /* no opinion, does not apply: apart, pale */
};

struct chart_category {
	const char *label;
	enum chart_role role;
};

struct chart_line {
	const char *label;
	const int *tenths;         /* one a category */
	const char *const *values; /* "71.2" each */
};

struct chart_lines {
	const struct chart_category *categories;
	size_t n_categories;
	const struct chart_line *list;
	size_t n;
	const char *hidden; /* as in struct chart_bars */
};

/*
 * Find the categories' roles from the questionnaire's values: "same", "neutral", "neither" are
 * neutral; "not_sure", "not_used" and the like are none.
 */
void chart_roles(struct chart_category *categories, const char *const *values, size_t n);

double chart_lines_height(struct layout *l, const struct chart_lines *c);
void chart_lines_draw(struct layout *l, const struct chart_lines *c);

/* The key to the hatching; nothing when `hidden` is NULL. */
double chart_key_height(const char *hidden);
void chart_key_draw(struct layout *l, const char *hidden);

/* Width in points that `tenths` take where 100% take `full`; the stub when hidden. */
double chart_length(int tenths, double full);

#endif
