/*
 * chart_part.h - inside of the chart* files: what all kinds of charts are made of: labels, values,
 * marks, keys, hatching. Places are the canvas's.
 *
 * Every kind is one function that draws from 0 down and returns the height it took. Drawing on a
 * canvas that ignores its calls measures, so that both agree.
 */
#ifndef REPORT_CHART_PART_H
#define REPORT_CHART_PART_H

#include "report/chart.h"

enum { CHART_PART_GAP = 8, CHART_PART_STUB = 16, CHART_PART_BAR = 11 };

double chart_bars_draw(const struct canvas *c, const struct chart *t);
/* The same from y down; returns where it ends. */
double chart_bars_from(const struct canvas *c, const struct chart *t, double y);
double chart_bars_grouped(const struct canvas *c, const struct chart *t);
double chart_bars_ranking(const struct canvas *c, const struct chart *t);
double chart_stack_draw(const struct canvas *c, const struct chart *t);
double chart_histogram_draw(const struct canvas *c, const struct chart *t);
double chart_dots_draw(const struct canvas *c, const struct chart *t);
double chart_multiples_draw(const struct canvas *c, const struct chart *t);
double chart_change_draw(const struct canvas *c, const struct chart *t);

/* The same canvas, showing nothing: drawing on it measures. */
struct canvas chart_part_mute(const struct canvas *c);

/* The chart that sets the scale: itself, or what it was cut from. */
const struct chart *chart_part_whole(const struct chart *t);

/* Width of the labels' column: what the longest needs, within limits. */
double chart_part_labels(const struct canvas *c, const struct chart *t);
/* A row's label with its base below, in a box of `width` from x, centred on y. */
double chart_part_label_height(const struct canvas *c, const struct chart_row *row, double width);
void chart_part_label(const struct canvas *c, const struct chart_row *row, double x, double y,
                      double width);

/* On a phone labels that need a long line beside them stand above it. */
bool chart_part_is_narrow(const struct canvas *c);
/* A label from the edge, its base behind it where there is room. Returns the height. */
double chart_part_label_above(const struct canvas *c, const struct chart_row *row, double y);

/* Width of the widest printed value of a column. */
double chart_part_values(const struct canvas *c, const struct chart *t, size_t column,
                         enum type_style style);
/* A value within x, x + width, centred on y; figures stand below figures. */
void chart_part_value(const struct canvas *c, enum type_style style, const char *value, double x,
                      double y, double width, struct color color);
/* The baseline at which letters of a style stand centred on y. */
double chart_part_centred(enum type_style style, double y);

/* A hatched stub for a figure that is not published, and what is said of it, in `room`. */
double chart_part_stub_height(const struct canvas *c, const char *value, double room);
void chart_part_stub(const struct canvas *c, const char *value, double x, double y, double bar,
                     double room);
/* The same in one line; without words where they do not fit. */
void chart_part_short_stub(const struct canvas *c, const char *value, double x, double y,
                           double bar, double room);
bool chart_part_any_hidden(const struct chart *t);
/* Is there a hidden figure whose value does not say what `hidden` says in one line of `room`? */
bool chart_part_unsaid(const struct canvas *c, const struct chart *t, double room);

enum chart_part_sign {
	CHART_PART_SWATCH,
	CHART_PART_HATCH,
	CHART_PART_TICK,
	CHART_PART_LARGE, /* a large disc */
	CHART_PART_DISC,
	CHART_PART_RING,
	CHART_PART_SQUARE,
	CHART_PART_DIAMOND,
};
/* A sign centred on x, y. */
void chart_part_sign(const struct canvas *c, enum chart_part_sign sign, double x, double y,
                     struct color color);

/* Signs with words, one after another in lines. */
struct chart_part_flow {
	const struct canvas *c;
	double x, y, width;
	double at;     /* where the next begins, from x */
	double height; /* of the lines before the current one */
	double line;   /* height of the current line */
};
struct chart_part_flow chart_part_flow(const struct canvas *c, double x, double y, double width);
void chart_part_flow_add(struct chart_part_flow *f, enum chart_part_sign sign, struct color color,
                         const char *label, const char *base);
/* Height with all lines; 0 without any. */
double chart_part_flow_end(const struct chart_part_flow *f);

/* A hatched box with what it means, below a chart at y. Returns its height. */
double chart_part_hidden_key(const struct canvas *c, const struct chart *t, double y);
/* The only column's base above a chart. Returns its height, 0 without a base. */
double chart_part_head(const struct canvas *c, const struct chart *t, double x, double y);
/* A column's name and base in a box of `width` at x, y. Returns their height. */
double chart_part_name(const struct canvas *c, enum type_style style,
                       const struct chart_column *column, double x, double y, double width);

#endif
