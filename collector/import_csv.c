/*
 * import_csv.c - CSV (RFC 4180, UTF-8, with or without a byte order mark). In: a header of field
 * names and records. Out: rows of answers by field, not checked yet.
 */
#include "collector/import_row.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { RECORD_MOST = 1 << 20, CELLS_MOST = 20000, COLUMN_MOST = 160 };

/* --- records --- */

static int add_cell(struct import_reader *r, struct err *err)
{
	if (r->n_cells == r->cap) {
		size_t cap = r->cap > 0 ? 2 * r->cap : 64;
		size_t *cell = reallocarray(r->cell, cap, sizeof *cell);

		if (cell == NULL)
			return err_nomem(err);
		r->cell = cell;
		r->cap = cap;
	}
	r->cell[r->n_cells++] = r->text.len;
	return 0;
}

static int next_char(struct import_reader *r)
{
	int c = getc_unlocked(r->file);

	if (c == '\n')
		r->line++;
	return c;
}

static void put(struct import_reader *r, int c)
{
	if (r->text.len < RECORD_MOST)
		buf_putc(&r->text, (char)c);
}

/* What follows the opening quote, to behind the closing one. Returns what stands there. */
static int read_quoted(struct import_reader *r, const char **fault)
{
	for (;;) {
		int c = next_char(r);

		if (c == EOF) {
			*fault = "a quotation mark is not closed";
			return EOF;
		}
		if (c == '"') {
			c = next_char(r);
			if (c != '"')
				return c;
		}
		put(r, c);
	}
}

/* One cell; returns what ended it: ',', '\n' or EOF. */
static int read_cell(struct import_reader *r, const char **fault)
{
	int c = next_char(r);

	if (c == '"') {
		c = read_quoted(r, fault);
		if (c == '\r')
			c = next_char(r);
		if (c != ',' && c != '\n' && c != EOF)
			*fault = "text behind a closing quotation mark";
	}
	while (c != ',' && c != '\n' && c != EOF) {
		if (c == '"')
			*fault = "a quotation mark inside a cell that is not quoted";
		put(r, c);
		c = next_char(r);
	}
	return c;
}

/* The cells of the next record. 1, 0 at the end, -1; `*fault` is what is wrong with it. */
static int read_record(struct import_reader *r, size_t *line, const char **fault, struct err *err)
{
	int end = '\n', c;

	*fault = NULL;
	do { /* empty lines are skipped */
		c = next_char(r);
	} while (c == '\n' || c == '\r');
	if (c == EOF)
		return ferror(r->file) ? err_set(err, ERR_IO, "cannot be read") : 0;
	ungetc(c, r->file);
	*line = r->line + 1;
	if (r->text.data != NULL)
		sodium_memzero(r->text.data, r->text.len);
	buf_clear(&r->text);
	r->n_cells = 0;
	do {
		size_t start = r->text.len;

		if (r->n_cells == CELLS_MOST)
			*fault = "too many cells"; /* those behind become one */
		else if (add_cell(r, err) != 0)
			return -1;
		end = read_cell(r, fault);
		if (end != ',' && r->text.len > start && r->text.data[r->text.len - 1] == '\r')
			r->text.len--;
		if (memchr(r->text.data != NULL ? r->text.data + start : "", '\0',
		           r->text.len - start) != NULL)
			*fault = "a NUL character";
		put(r, '\0');
		if (r->text.failed)
			return err_nomem(err);
	} while (end == ',');
	if (ferror(r->file))
		return err_set(err, ERR_IO, "cannot be read");
	if (r->text.len >= RECORD_MOST)
		*fault = "the record is too long";
	return 1;
}

static const char *cell(const struct import_reader *r, size_t i)
{
	return r->text.data + r->cell[i];
}

/* --- header --- */

static bool is_own(const char *name)
{
	return strcmp(name, "id") == 0 || strcmp(name, "language") == 0 ||
	       strcmp(name, "region") == 0;
}

/* The question of a column, or NULL. */
static const struct form_question *question_of(const struct form *f, const char *name)
{
	char id[COLUMN_MOST + 1];
	size_t n = strcspn(name, "/");
	const struct form_question *q;

	if (strlen(name) > COLUMN_MOST)
		return NULL;
	memcpy(id, name, n);
	id[n] = '\0';
	q = form_question(f, id);
	if (q == NULL || !form_is_asked(q->type) || (q->type == FORM_MATRIX && name[n] == '\0'))
		return NULL;
	if (name[n] == '\0' || (q->other_field != NULL && strcmp(q->other_field, name) == 0))
		return q;
	for (size_t i = 0; i < q->n_rows; i++)
		if (strcmp(q->rows[i].field, name) == 0)
			return q;
	return NULL;
}

int import_csv_header(struct import_reader *r, struct err *err)
{
	const char *fault;
	size_t line;
	int c = getc_unlocked(r->file);

	if (c == 0xEF) {
		if (getc_unlocked(r->file) != 0xBB || getc_unlocked(r->file) != 0xBF)
			return err_set(err, ERR_INPUT, "line 1: not UTF-8");
	} else if (c != EOF) {
		ungetc(c, r->file);
	}
	switch (read_record(r, &line, &fault, err)) {
	case -1:
		return -1;
	case 0:
		return err_set(err, ERR_INPUT, "is empty");
	}
	if (fault != NULL)
		return err_set(err, ERR_INPUT, "line %zu: %s", line, fault);
	r->column = calloc(r->n_cells, sizeof *r->column);
	if (r->column == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < r->n_cells; i++) {
		r->column[i] = strdup(cell(r, i));
		if (r->column[i] == NULL)
			return err_nomem(err);
		r->n_columns++;
		if (!is_own(r->column[i]) && question_of(r->form, r->column[i]) == NULL)
			return err_set(err, ERR_INPUT, "line %zu: column %zu is not a field of the "
				"questionnaire", line, i + 1);
		for (size_t k = 0; k < i; k++)
			if (strcmp(r->column[k], r->column[i]) == 0)
				return err_set(err, ERR_INPUT, "line %zu: column %zu stands twice",
					line, i + 1);
	}
	return 0;
}

void import_csv_finish(struct import_reader *r)
{
	for (size_t i = 0; i < r->n_columns; i++)
		free(r->column[i]);
	free(r->column);
	free(r->cell);
	r->column = NULL;
	r->cell = NULL;
	r->n_columns = r->n_cells = r->cap = 0;
}

/* --- rows --- */

/* Values that are separated by blanks. */
static int add_list(struct import_row *row, const char *field, const char *s, struct err *err)
{
	struct buf value = {0};
	int status = 0;

	while (status == 0 && *(s += strspn(s, " ")) != '\0') {
		size_t n = strcspn(s, " ");

		buf_clear(&value);
		buf_put(&value, s, n);
		status = value.failed ? err_nomem(err)
		                      : answers_add(row->answers, field, value.data, err);
		s += n;
	}
	buf_wipe(&value);
	return status;
}

static int add_cell_to_row(struct import_row *row, const struct import_reader *r, size_t i,
                           struct err *err)
{
	const char *name = r->column[i], *value = cell(r, i);
	const struct form_question *q;

	if (*value == '\0')
		return 0;
	if (strcmp(name, "id") == 0) {
		import_row_id(row, value);
		return 0;
	}
	if (strcmp(name, "language") == 0)
		return import_row_language(row, value, r->form, err);
	if (strcmp(name, "region") == 0)
		return import_row_region(row, value, r->form, err);
	q = question_of(r->form, name);
	if ((q->type == FORM_SELECT_MULTIPLE || q->type == FORM_RANKING) &&
	    strchr(name, '/') == NULL)
		return add_list(row, name, value, err);
	return answers_set(row->answers, name, value, err);
}

int import_csv_row(struct import_row *row, struct import_reader *r, struct err *err)
{
	const char *fault;
	int status;

	*row = (struct import_row){0};
	status = read_record(r, &row->line, &fault, err);
	if (status <= 0)
		return status;
	row->answers = answers_create();
	if (row->answers == NULL)
		return err_nomem(err);
	if (fault != NULL)
		import_row_fault(row, "%s", fault);
	else if (r->n_cells != r->n_columns)
		import_row_fault(row, "%zu cells where the header has %zu", r->n_cells,
			r->n_columns);
	for (size_t i = 0; row->fault[0] == '\0' && i < r->n_columns; i++)
		if (add_cell_to_row(row, r, i, err) != 0)
			return -1;
	return 1;
}
