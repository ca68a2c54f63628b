/* import_row.h - one row of a file of answers, as import.c takes it from either format. */
#ifndef COLLECTOR_IMPORT_ROW_H
#define COLLECTOR_IMPORT_ROW_H

#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"
#include "lib/record/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct import_row {
	size_t line;             /* where it begins, from 1 */
	struct answers *answers; /* owned */
	bool has_number;
	uint8_t number[STORE_NUMBER];
	char fault[256]; /* why the row is refused, "" if it is not; never an answer */
};

void import_row_finish(struct import_row *row); /* wipes */

/* Set the row's fault, if it has none. */
void import_row_fault(struct import_row *row, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));

/* The members that are not answers: "id", "language", "region". Faults go to the row. */
void import_row_id(struct import_row *row, const char *hex);
int import_row_language(struct import_row *row, const char *code, const struct form *f,
                        struct err *err);
int import_row_region(struct import_row *row, const char *id, const struct form *f,
                      struct err *err);

/* A file that is being read. */
struct import_reader {
	FILE *file;
	const struct form *form;
	size_t line;  /* lines read so far */
	struct buf text; /* the line or record in hand */

	/* CSV: */
	size_t *cell;  /* offset of each cell of the record in `text` */
	size_t n_cells, cap;
	char **column; /* the header */
	size_t n_columns;
};

/*
 * The next row: 1, or 0 at the end. What is wrong with the row alone is its fault; -1 with err is
 * what ends the import. The caller finishes the row in any case.
 */
int import_jsonl_row(struct import_row *row, struct import_reader *r, struct err *err);
int import_csv_row(struct import_row *row, struct import_reader *r, struct err *err);

/* Read the header. ERR_INPUT: a column that is not in the questionnaire, or stands twice. */
int import_csv_header(struct import_reader *r, struct err *err);
void import_csv_finish(struct import_reader *r);

#endif
