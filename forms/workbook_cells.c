/*
 * workbook_cells.c - one sheet of a .xlsx.
 *
 * In: worksheet/sheetData/row/c (ECMA-376 part 1, 18.3.1.4 c) and worksheet/mergeCells. Out: filled
 * cells. Rows and cells may leave out where they are: they follow the one before.
 */
#include "forms/workbook_parts.h"

#include <stdlib.h>
#include <string.h>

#define MERGED_MAX 65536

/* depths of elements below <worksheet> */
enum {
	IN_SHEET = 2,
	IN_DATA = 3,
	IN_ROW = 4,
	IN_CELL = 5,
};

enum kind {
	NUMBER,
	SHARED,
	BOOLEAN,
	INLINE,
	WRITTEN, /* a formula's text, an error, a date in full */
};

struct reading {
	const struct workbook_context *c;
	struct sheet *sheet;
	size_t row, column; /* of the cell at hand; the next row when outside one */
	size_t next_column;
	enum kind kind;
	unsigned long style;
	bool in_data, in_merged, in_cell, in_value, in_inline;
	struct buf value;
	struct workbook_runs runs;
	struct workbook_range *merged;
	size_t n_merged, cap_merged;
};

/* "AB3" as row 2 and column 27; returns what follows, or NULL. */
static const char *reference(const char *s, size_t *row, size_t *column)
{
	size_t r = 0, c = 0;

	for (; (*s >= 'A' && *s <= 'Z') || (*s >= 'a' && *s <= 'z'); s++)
		if ((c = c * 26 + (size_t)((*s & 0x1f))) > WORKBOOK_COLUMNS_MAX)
			return NULL;
	for (; *s >= '0' && *s <= '9'; s++)
		if ((r = r * 10 + (size_t)(*s - '0')) > WORKBOOK_ROWS_MAX)
			return NULL;
	if (r == 0 || c == 0)
		return NULL;
	*row = r - 1;
	*column = c - 1;
	return s;
}

static int at_cell(const struct reading *r, struct err *err)
{
	if (err->code == ERR_NOMEM)
		return -1;
	return err_prefix(err, "cell %s", sheet_place(r->row, r->column).name);
}

static int open_row(struct reading *r, const char *const *attributes, struct err *err)
{
	const char *at = workbook_xml_attribute(attributes, "r");

	r->next_column = 0;
	if (at != NULL) {
		char *end;
		unsigned long n = strtoul(at, &end, 10);

		if (*at < '0' || *at > '9' || *end != '\0' || n == 0 || n > WORKBOOK_ROWS_MAX)
			return err_set(err, ERR_INPUT, "after row %zu: no row has such a number",
				r->row);
		r->row = n - 1;
	}
	if (r->row >= WORKBOOK_ROWS_MAX)
		return err_set(err, ERR_INPUT, "more than %d rows", WORKBOOK_ROWS_MAX);
	return 0;
}

static enum kind kind_of(const char *type)
{
	if (strcmp(type, "n") == 0)
		return NUMBER;
	if (strcmp(type, "s") == 0)
		return SHARED;
	if (strcmp(type, "b") == 0)
		return BOOLEAN;
	if (strcmp(type, "inlineStr") == 0)
		return INLINE;
	return WRITTEN;
}

static int open_cell(struct reading *r, const char *const *attributes, struct err *err)
{
	r->kind = NUMBER;
	r->style = 0;
	r->column = r->next_column;
	r->in_cell = true;
	buf_clear(&r->value);
	buf_clear(&r->runs.buf);
	for (; attributes[0] != NULL; attributes += 2) {
		const char *name = attributes[0], *value = attributes[1];

		if (strcmp(name, "r") == 0) {
			const char *end = reference(value, &r->row, &r->column);

			if (end == NULL || *end != '\0')
				return err_set(err, ERR_INPUT,
					"row %zu: a cell in a place that no sheet has", r->row + 1);
		} else if (strcmp(name, "t") == 0) {
			r->kind = kind_of(value);
		} else if (strcmp(name, "s") == 0) {
			r->style = strtoul(value, NULL, 10);
		}
	}
	if (r->column >= WORKBOOK_COLUMNS_MAX)
		return err_set(err, ERR_INPUT, "row %zu: more than %d columns", r->row + 1,
			WORKBOOK_COLUMNS_MAX);
	r->next_column = r->column + 1;
	return 0;
}

static int add_merged(struct reading *r, const char *ref, struct err *err)
{
	size_t top, left, bottom, right;
	const char *s = ref == NULL ? NULL : reference(ref, &top, &left);

	if (s == NULL || *s != ':' || (s = reference(s + 1, &bottom, &right)) == NULL || *s != '\0')
		return err_set(err, ERR_INPUT, "a merged cell in a place that no sheet has");
	if (r->n_merged == MERGED_MAX)
		return err_set(err, ERR_INPUT, "more than %d merged cells", MERGED_MAX);
	if (r->n_merged == r->cap_merged) {
		size_t cap = r->cap_merged == 0 ? 64 : r->cap_merged * 2;
		struct workbook_range *list = realloc(r->merged, cap * sizeof *list);

		if (list == NULL)
			return err_nomem(err);
		r->merged = list;
		r->cap_merged = cap;
	}
	r->merged[r->n_merged++] = (struct workbook_range){
		(uint32_t)top, (uint32_t)left, (uint32_t)bottom, (uint32_t)right};
	return 0;
}

static int on_open(void *arg, unsigned depth, const char *name, const char *const *attributes,
	struct err *err)
{
	struct reading *r = arg;

	if (r->in_inline) {
		workbook_strings_open(&r->runs, depth, name);
	} else if (depth == IN_CELL && r->in_cell) {
		r->in_value = r->kind != INLINE && strcmp(name, "v") == 0;
		r->in_inline = r->kind == INLINE && strcmp(name, "is") == 0;
		if (r->in_inline)
			workbook_strings_begin(&r->runs, depth);
	} else if (depth == IN_ROW && r->in_data && strcmp(name, "c") == 0) {
		return open_cell(r, attributes, err);
	} else if (depth == IN_DATA && r->in_data && strcmp(name, "row") == 0) {
		return open_row(r, attributes, err);
	} else if (depth == IN_DATA && r->in_merged && strcmp(name, "mergeCell") == 0) {
		return add_merged(r, workbook_xml_attribute(attributes, "ref"), err);
	} else if (depth == IN_SHEET) {
		r->in_data = strcmp(name, "sheetData") == 0;
		r->in_merged = strcmp(name, "mergeCells") == 0;
	} else if (depth == 1 && strcmp(name, "worksheet") != 0) {
		return err_set(err, ERR_INPUT, "not a sheet");
	}
	return 0;
}

static int on_text(void *arg, const char *s, size_t n, struct err *err)
{
	struct reading *r = arg;
	int status = 0;

	if (r->in_inline)
		status = workbook_strings_text(&r->runs, s, n, err);
	else if (r->in_value)
		status = workbook_strings_append(&r->value, s, n, err);
	return status == 0 ? 0 : at_cell(r, err);
}

/* The text of a shared string, NULL when it is empty. */
static int shared(const struct reading *r, const char **text, struct err *err)
{
	const struct workbook_strings *strings = &r->c->strings;
	const char *s = r->value.data;
	char *end;
	unsigned long n = strtoul(s, &end, 10);

	if (*s < '0' || *s > '9' || *end != '\0' || n >= strings->n)
		return err_set(err, ERR_INPUT, "there is no such shared string (there are %zu)",
			strings->n);
	*text = strings->list[n];
	return 0;
}

/* A boolean or a number as it is read; in `room`, or borrowed. */
static const char *shown(const struct reading *r, char room[WORKBOOK_VALUE_ROOM])
{
	const struct workbook_styles *styles = &r->c->styles;
	const char *s = r->value.data;

	if (r->kind == BOOLEAN)
		return strcmp(s, "1") == 0 ? "TRUE" : strcmp(s, "0") == 0 ? "FALSE" : s;
	if (r->style < styles->n && styles->dates[r->style] &&
	    workbook_value_date(room, s, r->c->from_1904))
		return room;
	return workbook_value_number(room, s);
}

/* The text of a cell whose value is not the number of a shared string. */
static int written(struct reading *r, const char **text, struct err *err)
{
	struct buf *b = &r->value;
	char room[WORKBOOK_VALUE_ROOM];

	if (r->kind == WRITTEN) {
		b->len = workbook_value_unescape(b->data, b->len);
	} else {
		const char *s = shown(r, room);

		if (s != b->data) {
			buf_clear(b);
			buf_puts(b, s);
		}
	}
	return b->failed ? err_nomem(err) : workbook_keep(r->c->w, b->data, b->len, text, err);
}

static int close_cell(struct reading *r, struct err *err)
{
	const char *text = NULL;
	int status = 0;

	r->in_cell = false;
	if (r->kind == INLINE)
		status = workbook_strings_keep(&r->runs, r->c->w, &text, err);
	else if (r->value.len == 0)
		return 0;
	else if (r->kind == SHARED)
		status = shared(r, &text, err);
	else
		status = written(r, &text, err);
	if (status == 0 && text != NULL)
		status = workbook_fill(r->c->w, r->sheet, r->row, r->column, text, err);
	return status == 0 ? 0 : at_cell(r, err);
}

static int on_close(void *arg, unsigned depth, const char *name, struct err *err)
{
	struct reading *r = arg;

	(void)name;
	if (depth == IN_CELL) {
		r->in_value = r->in_inline = false;
	} else if (r->in_inline) {
		workbook_strings_close(&r->runs, depth);
	} else if (depth == IN_ROW && r->in_cell) {
		return close_cell(r, err);
	} else if (depth == IN_DATA && r->in_data) {
		r->row++;
	} else if (depth == IN_SHEET) {
		r->in_data = r->in_merged = false;
	}
	return 0;
}

int workbook_cells_read(const struct workbook_context *c, struct sheet *s, const char *part,
	struct err *err)
{
	static const struct workbook_xml_calls calls = {on_open, on_text, on_close};
	struct reading r = {.c = c, .sheet = s};
	int status = workbook_xml_part(c->zip, part, &calls, &r, err);

	if (status == 0)
		status = workbook_settle(s, r.merged, r.n_merged, err);
	if (status != 0 && err->code != ERR_NOMEM)
		err_prefix(err, "sheet \"%s\"", s->name);
	buf_finish(&r.value);
	buf_finish(&r.runs.buf);
	free(r.merged);
	return status;
}
