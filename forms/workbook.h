/*
 * workbook.h - the text of a spreadsheet's cells: a .xlsx workbook, a folder of .csv files, or one
 * .csv file. Read only, bounded, and hardened against damaged and hostile files.
 *
 * A cell's text is what a person who opens the sheet reads, as UTF-8: white space around it
 * (no-break spaces, too) is cut, line ends are "\n", numbers are plain ("1", "0.1", not "1.0"),
 * booleans "TRUE" and "FALSE", formulas their stored result, formatted runs one text. A number with
 * the style of a date is "2020-04-01" or, with a time, "2020-04-01T10:30:00". In a .csv file the
 * text is what is written. Of merged cells only the first has text.
 */
#ifndef FORMS_WORKBOOK_H
#define FORMS_WORKBOOK_H

#include "lib/base/err.h"

#include <stddef.h>

/* Bounds; what goes beyond them is refused as ERR_INPUT that names the place. */
#define WORKBOOK_FILE_MAX   (64u << 20)  /* bytes of a file */
#define WORKBOOK_PART_MAX   (256u << 20) /* bytes of one part of a .xlsx when inflated */
#define WORKBOOK_TOTAL_MAX  (512u << 20) /* bytes of all parts that are read, inflated */
#define WORKBOOK_TEXT_MAX   (96u << 20)  /* bytes of all texts that are kept */
#define WORKBOOK_SHEETS_MAX 64
#define WORKBOOK_ROWS_MAX   1048576
#define WORKBOOK_COLUMNS_MAX 16384
#define WORKBOOK_CELLS_MAX  2000000 /* filled cells of all sheets */
#define WORKBOOK_CELL_MAX   32767   /* characters of a cell */

struct workbook_cell;

struct sheet {
	const char *name;     /* as written, white space around it cut */
	size_t rows, columns; /* one more than the last that has text; 0 for an empty sheet */
	struct workbook_cell *cells; /* private: the filled cells, by row, then column */
	size_t n_cells, cap_cells;   /* private */
};

struct workbook {
	struct sheet *list; /* in the workbook's order, hidden sheets too */
	size_t n;
	struct workbook_text *texts; /* private: the memory of all texts */
	size_t text_bytes, filled;   /* private: memory of texts, filled cells */
};

/*
 * Read the workbook at `path`:
 *   .xlsx   its sheets;
 *   folder  each .csv file in it a sheet of the file's name without ".csv"; survey, choices and
 *           settings come first, the others follow by name;
 *   .csv    one sheet, "survey". Separated by commas, semicolons or tabs, UTF-8.
 * `*out` belongs to the caller. On failure it is NULL.
 * Returns 0, or -1 with `err` set (ERR_NOMEM, ERR_IO, ERR_INPUT).
 */
int workbook_load(struct workbook **out, const char *path, struct err *err);

void workbook_free(struct workbook *w); /* NULL is fine */

/* The sheet of that name, whatever its case and blanks; borrowed; NULL if there is none. */
const struct sheet *workbook_sheet(const struct workbook *w, const char *name);

/*
 * The text of a cell, "" when it is empty or beyond the sheet; borrowed from the workbook. Row 0
 * column 0 is the cell that spreadsheets call A1.
 */
const char *sheet_cell(const struct sheet *s, size_t row, size_t column);

/*
 * The first row from `row` on that has text, or s->rows. A sheet can have one cell in the first row
 * and one in the millionth: go through it by this, not by counting.
 */
size_t sheet_next_row(const struct sheet *s, size_t row);
/* The first column from `column` on that has text in this row, or s->columns. */
size_t sheet_next_column(const struct sheet *s, size_t row, size_t column);

/* A cell's name in messages: row 2, column 27 is "AB3". */
struct sheet_place {
	char name[32];
};
struct sheet_place sheet_place(size_t row, size_t column);

#endif
