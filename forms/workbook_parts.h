/* workbook_parts.h - what the files that read workbooks share. Private to forms/workbook*.c. */
#ifndef FORMS_WORKBOOK_PARTS_H
#define FORMS_WORKBOOK_PARTS_H

#include "forms/workbook.h"
#include "lib/base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* ---- workbook.c: filling a workbook. Faults do not name the file or the sheet. */

/* A new empty sheet, borrowed from `w`; NULL on failure. */
struct sheet *workbook_append(struct workbook *w, const char *name, struct err *err);

/*
 * Tidy `n` bytes of UTF-8 in place (line ends, white space around them) and keep a copy.
 * `*text` is borrowed from `w`; NULL when nothing is left.
 */
int workbook_keep(struct workbook *w, char *s, size_t n, const char **text, struct err *err);

/* A cell with a kept text. In any order; a cell twice is found by workbook_settle(). */
int workbook_fill(struct workbook *w, struct sheet *s, size_t row, size_t column,
                  const char *text, struct err *err);

/* Rows and columns, both inclusive. */
struct workbook_range {
	uint32_t top, left, bottom, right;
};

/* Put the cells in order, and empty those that a merged cell covers. Sets rows and columns. */
int workbook_settle(struct sheet *s, const struct workbook_range *merged, size_t n,
                    struct err *err);

/* ---- workbook_csv.c */

int workbook_csv_file(struct workbook *w, const char *path, const char *sheet, struct err *err);
int workbook_csv_folder(struct workbook *w, const char *path, struct err *err);

/* ---- workbook_xlsx.c: the parts of a .xlsx */

int workbook_xlsx_read(struct workbook *w, const char *path, struct err *err);

/* ---- workbook_zip.c: the archive */

struct workbook_zip;

int workbook_zip_open(struct workbook_zip **out, const char *path, struct err *err);
void workbook_zip_close(struct workbook_zip *z); /* NULL is fine */
bool workbook_zip_has(const struct workbook_zip *z, const char *name);

/* Inflate a part and give it to `sink` piece by piece. Faults name the part, not the file. */
int workbook_zip_part(struct workbook_zip *z, const char *name,
                      int (*sink)(void *arg, const char *bytes, size_t n, struct err *err),
                      void *arg, struct err *err);

/* ---- workbook_xml.c: the markup */

/*
 * What is called for elements and text. `name` has no prefix; the root has depth 1. Whatever
 * returns -1 with `err` set ends the parsing.
 */
struct workbook_xml_calls {
	int (*open)(void *arg, unsigned depth, const char *name, const char *const *attributes,
	            struct err *err);
	int (*text)(void *arg, const char *s, size_t n, struct err *err);
	int (*close)(void *arg, unsigned depth, const char *name, struct err *err);
};

/* Parse a part of the archive. Faults name the part, not the file. */
int workbook_xml_part(struct workbook_zip *z, const char *part,
                      const struct workbook_xml_calls *calls, void *arg, struct err *err);

/* An attribute's value, whatever its prefix, or NULL; borrowed until the call returns. */
const char *workbook_xml_attribute(const char *const *attributes, const char *name);

/* ---- workbook_value.c: what is written in a cell, as a person reads it */

#define WORKBOOK_VALUE_ROOM 48

/* A number without superfluous digits: `raw` itself, or in `room`. What is no number stays. */
const char *workbook_value_number(char room[WORKBOOK_VALUE_ROOM], const char *raw);
/* A serial number as an ISO 8601 date (and time) in `room`; false if there is no such date. */
bool workbook_value_date(char room[WORKBOOK_VALUE_ROOM], const char *raw, bool from_1904);
/* Does a number format, built in or written out, show a date? */
bool workbook_value_date_id(unsigned long id);
bool workbook_value_date_format(const char *format);
/* Undo the escapes _xHHHH_ of control characters in place; the new length. */
size_t workbook_value_unescape(char *s, size_t n);

/* ---- workbook_strings.c: shared strings, and the runs that make a text */

/*
 * The text of an element <si> or <is>: <t>, or runs <r><t>, without phonetic <rPh>. `depth` is the
 * depth of that element. Start as {0}; end with buf_finish(&text.buf).
 */
struct workbook_runs {
	struct buf buf;
	unsigned depth;
	bool in_run, in_text;
};
void workbook_strings_begin(struct workbook_runs *t, unsigned depth);
void workbook_strings_open(struct workbook_runs *t, unsigned depth, const char *name);
int workbook_strings_text(struct workbook_runs *t, const char *s, size_t n, struct err *err);
void workbook_strings_close(struct workbook_runs *t, unsigned depth);
/* Keep what was gathered, unescaped. */
int workbook_strings_keep(struct workbook_runs *t, struct workbook *w, const char **text,
                          struct err *err);
/* Append to a text, but not more than a cell may hold. */
int workbook_strings_append(struct buf *b, const char *s, size_t n, struct err *err);

/* The shared strings of a workbook, NULL where one is empty. */
struct workbook_strings {
	const char **list;
	size_t n, cap;
};
int workbook_strings_read(struct workbook_strings *out, struct workbook *w,
                          struct workbook_zip *z, const char *part, struct err *err);

/* ---- workbook_styles.c: which cell styles are dates */

struct workbook_styles {
	bool *dates; /* by style */
	size_t n;
};
int workbook_styles_read(struct workbook_styles *out, struct workbook_zip *z, const char *part,
                         struct err *err);

/* ---- workbook_cells.c: the cells of one sheet of a .xlsx */

struct workbook_context {
	struct workbook *w;
	struct workbook_zip *zip;
	struct workbook_strings strings;
	struct workbook_styles styles;
	bool from_1904; /* days are counted from 1904 */
};
int workbook_cells_read(const struct workbook_context *c, struct sheet *s, const char *part,
                        struct err *err);

#endif
