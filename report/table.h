/*
 * table.h - a table of figures: answers down, groups of people across. It repeats its head on
 * every page it reaches, and is drawn in parts when it has more columns than fit.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include "report/layout.h"

enum table_row_kind {
	TABLE_GROUP,   /* a heading over the rows below */
	TABLE_FIGURES,
	TABLE_BASE,    /* what the figures above are shares of */
};

/* Texts are borrowed. */
struct table_row {
	enum table_row_kind kind;
	const char *label;
	const char *const *cells; /* one a column; NULL for TABLE_GROUP */
};

struct table {
	const char *corner; /* head of the labels' column */
	const char *const *heads;
	size_t n_columns;
	size_t fixed; /* columns at the start that every part repeats; fewer than n_columns */
	const struct table_row *rows;
	size_t n_rows;
	bool noted; /* a note follows that stays with the last row */
};

/* Parts that the table takes, side by side columns being at least as wide as their words. */
size_t table_parts(struct layout *l, const struct table *t);

/*
 * Draw one part from the layout's y on and move y below it. `continued` stands over what goes on
 * on another page.
 */
void table_draw(struct layout *l, const struct table *t, size_t part, size_t parts,
                const char *title, const char *continued);

#endif
