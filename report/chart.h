/*
 * chart.h - charts as vectors: figures in rows and columns enter, shapes and words on a canvas
 * leave. The same code draws into the PDF and into SVG (canvas.h).
 *
 * A figure that is not published is hatched, with one length whatever it hides. Colours differ in
 * lightness, too, so that a copy in grey can be read. Scales begin at zero.
 */
#ifndef REPORT_CHART_H
#define REPORT_CHART_H

#include "report/canvas.h"

#include <stdbool.h>
#include <stddef.h>

enum { CHART_HIDDEN = -1 }; /* in place of tenths of a percent */

enum chart_kind {
	CHART_BARS,      /* one column: a bar a row */
	CHART_GROUPED,   /* two to four columns: as many bars a row */
	CHART_STACKED,   /* columns are categories, parts of one whole a row; what is neutral or
	                    says nothing stands apart (diverging where there is a middle) */
	CHART_HISTOGRAM, /* one column: rows are values or bands in order, as upright columns */
	CHART_DOTS,      /* columns are groups: a dot each on a row's line; the first is everyone */
	CHART_MULTIPLES, /* columns are groups: a small panel of bars each; the first is everyone */
	CHART_CHANGE,    /* two columns, the earlier round and this one: a dumbbell a row */
	CHART_RANKING,   /* two columns: put first, and ranked at all, one bar inside the other */
};

/* What staff call each kind: "bars", "grouped". */
enum { CHART_KINDS = CHART_RANKING + 1 };
extern const char *const chart_kind_names[CHART_KINDS];

/* What a category of a stacked chart is. */
enum chart_role {
	CHART_ORDERED, /* one of a row of degrees without a middle: light to dark */
	CHART_BEFORE,  /* before the neutral one: warm */
	CHART_AFTER,   /* behind it: cold */
	CHART_NEUTRAL, /* apart, grey */
	CHART_NONE,    /* no opinion, does not apply: apart, pale */
};

/* Texts are borrowed. */
struct chart_column {
	const char *label;
	const char *base; /* "n = 1,616" below the label, or NULL */
	enum chart_role role; /* of a stacked chart */
};

struct chart_row {
	const char *label;
	const char *base;          /* "n = 1,616" beside the label where rows differ, or NULL */
	const int *tenths;         /* of a percent, one a column, or CHART_HIDDEN */
	const char *const *values; /* "71.2%" each, or what is said of a hidden figure */
};

struct chart {
	enum chart_kind kind;
	const struct chart_column *columns;
	size_t n_columns;
	const struct chart_row *rows;
	size_t n_rows;
	const char *low, *high; /* names of the ends of a histogram's scale, or NULL */
	const char *hidden;     /* "not published", beside a hatched box; NULL: nothing is hidden */
	const struct chart *whole; /* of what chart_cut() made: what sets its scale; or NULL */
};

/*
 * Find the categories' roles from the questionnaire's values: "same", "neutral", "neither" are
 * neutral; "not_sure", "not_used" and the like are none.
 */
void chart_roles(struct chart_column *columns, const char *const *values, size_t n);

/* Height that the chart takes at the canvas's width; drawing it takes the same. */
double chart_height(const struct canvas *c, const struct chart *chart);
/* Draw it with its upper edge at 0. */
void chart_draw(const struct canvas *c, const struct chart *chart);

/*
 * A chart of many rows is cut between rows: how many fit into `height`, beginning at `from`; 0:
 * none. A histogram is not cut.
 */
size_t chart_rows_fit(const struct canvas *c, const struct chart *chart, size_t from,
                      double height);
/* Rows from, ..., from + n - 1 on the scale of the whole, which is borrowed. */
struct chart chart_cut(const struct chart *chart, size_t from, size_t n);

#endif
