/*
 * chart_color.h - inside of the chart* files: which colour stands for what.
 *
 * All are made from the palette by their contrast with the paper, so that neighbours differ in
 * lightness in every theme: a copy in grey, and eyes that see no red or no green, tell them apart.
 */
#ifndef REPORT_CHART_COLOR_H
#define REPORT_CHART_COLOR_H

#include "report/chart.h"

/* `color` made paler or darker until its contrast with the paper is `contrast`. */
struct color chart_color_at(const struct palette *p, struct color color, double contrast);
/* Of column `i` of several that stand side by side in one row. */
struct color chart_color_column(const struct palette *p, size_t i);
/* Of mark `i` of several on one line, which differ in shape, too. */
struct color chart_color_mark(const struct palette *p, size_t i);
/* Of category `i` of a stacked chart, by its role. */
struct color chart_color_category(const struct palette *p, const struct chart *chart, size_t i);
/* Of a group's bars in a panel of its own, beside everyone's in the accent. */
struct color chart_color_middle(const struct palette *p);
/* Of the pale bar that a dark one lies in. */
struct color chart_color_pale(const struct palette *p);

#endif
