/*
 * table.h - a table of a report: answers down, groups of people across; or (prose) sentences in
 * columns. Texts and arrays are borrowed.
 */
#ifndef REPORT_TABLE_H
#define REPORT_TABLE_H

#include <stdbool.h>
#include <stddef.h>

enum table_row_kind {
	TABLE_GROUP,   /* a heading over the rows below */
	TABLE_FIGURES,
	TABLE_BASE,    /* what the figures above are shares of */
};

struct table_row {
	enum table_row_kind kind;
	const char *label;
	const char *const *cells; /* one a column; NULL for TABLE_GROUP */
};

struct table {
	const char *corner; /* head of the labels' column */
	const char *const *heads;
	size_t n_columns;
	size_t fixed; /* columns at the start that every part of a wide table repeats; fewer than
	                 n_columns */
	const struct table_row *rows;
	size_t n_rows;
	const double *shares; /* NULL: figures. Else sentences: the width of the labels' column and
	                         of each other, as shares of 1 */
};

#endif
