/* xlsform_export.h - what the files that write an XLSForm share. Private to
 * forms/xlsform_export*.c. */
#ifndef FORMS_XLSFORM_EXPORT_H
#define FORMS_XLSFORM_EXPORT_H

#include "forms/form.h"
#include "forms/pool.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct export_column {
	const char *name; /* "label" */
	int language;     /* its index, or -1 */
	double width;     /* characters */
	bool kept;        /* stands in the file even if it has no text */
	bool used;
};

/* A sheet that is being filled: all columns first, then rows of texts. */
struct export_sheet {
	const char *name;
	struct export_column *columns;
	size_t n_columns, cap_columns;
	const char ***rows; /* each as long as there are columns; NULL: an empty cell */
	size_t n_rows, cap_rows;
};

struct export {
	const struct form *form;
	struct pool *pool;
	struct export_sheet survey, choices, settings, peer;
	const char **languages;   /* "Français (fr)" */
	const char ***row_names;  /* by question: what its rows are named in the workbook */
	const char **group_names; /* by section */
	const char *misfit; /* a column for choice_filter that the sheet choices cannot have */
	bool nomem;
};

/* A column, or one for each language. */
void export_column(struct export *x, struct export_sheet *s, const char *name, double width,
                   bool kept);
void export_columns(struct export *x, struct export_sheet *s, const char *name, double width,
                    bool kept);
/* A new row; then texts for it. NULL and "" are left out. The texts are borrowed. */
void export_row(struct export *x, struct export_sheet *s);
void export_put(struct export *x, struct export_sheet *s, const char *column, const char *text);
void export_put_text(struct export *x, struct export_sheet *s, const char *column,
                     const struct form_text *t);
/* Zeroed memory and a text of the export's; NULL: out of memory, which is noted. */
void *export_memory(struct export *x, size_t n, size_t size);
const char *export_print(struct export *x, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* xlsform_export_survey.c: sections and questions */
void export_survey(struct export *x);
/* xlsform_export_choices.c: lists of choices */
void export_choices(struct export *x);
/* The name of the list that stands for our list of countries. */
#define EXPORT_COUNTRIES "peer_countries"
/* xlsform_export_book.c: the file; the sole owner of xlsxwriter.h */
int export_book(const struct export *x, const char *path, struct err *err);

#endif
