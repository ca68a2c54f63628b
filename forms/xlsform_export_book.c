/*
 * xlsform_export_book.c - the sheets -> an .xlsx file. Every cell is a text, never a formula; the
 * header row stays in sight, texts wrap, and languages that are written from right to left stand on
 * the right. No date and no author go into the file, so that equal forms give equal bytes.
 */
#include "forms/xlsform_export.h"

#include "lib/base/file.h"
#include "lib/base/utf8.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum { CELL_MAX = 32767, FILE_MAX = 64 << 20 };

struct book {
	const struct export *x;
	lxw_workbook *workbook;
	lxw_format *head, *plain, *right;
};

static lxw_format *cell_format(struct book *b, const struct export_column *c)
{
	return c->language >= 0 && form_right_to_left(b->x->form->languages[c->language])
		? b->right : b->plain;
}

/* "label::Français (fr)"; a language's name can be any text, so bounded. */
static void header(char *out, size_t size, const struct book *b, const struct export_column *c)
{
	if (c->language >= 0)
		snprintf(out, size, "%s::%s", c->name, b->x->languages[c->language]);
	else
		snprintf(out, size, "%s", c->name);
}

static int write_cell(struct book *b, lxw_worksheet *sheet, const struct export_sheet *s,
	size_t row, size_t column, size_t at, struct err *err)
{
	const char *text = s->rows[row][column];
	lxw_error error;

	if (text == NULL)
		return 0;
	if (utf8_length(text) > CELL_MAX)
		return err_set(err, ERR_INPUT, "%s: a text of more than %d characters fits no cell",
			s->name, CELL_MAX);
	error = worksheet_write_string(sheet, (lxw_row_t)row + 1, (lxw_col_t)at, text,
		cell_format(b, &s->columns[column]));
	return error == LXW_NO_ERROR ? 0 : err_set(err, ERR_IO, "%s", lxw_strerror(error));
}

static int write_sheet(struct book *b, const struct export_sheet *s, struct err *err)
{
	lxw_worksheet *sheet = workbook_add_worksheet(b->workbook, s->name);
	size_t at = 0;
	char name[200];

	if (sheet == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < s->n_columns; i++) {
		const struct export_column *c = &s->columns[i];

		if (!c->kept && !c->used)
			continue;
		header(name, sizeof name, b, c);
		worksheet_set_column(sheet, (lxw_col_t)at, (lxw_col_t)at, c->width, NULL);
		worksheet_write_string(sheet, 0, (lxw_col_t)at, name, b->head);
		for (size_t row = 0; row < s->n_rows; row++)
			if (write_cell(b, sheet, s, row, i, at, err) != 0)
				return -1;
		at++;
	}
	worksheet_freeze_panes(sheet, 1, s == &b->x->survey || s == &b->x->choices ? 2 : 0);
	return 0;
}

static int write_book(const struct export *x, const char *path, struct err *err)
{
	const struct export_sheet *sheets[] = {&x->survey, &x->choices, &x->settings, &x->peer};
	/* a fixed day, as files carry one */
	lxw_doc_properties about = {.created = 946684800};
	struct book b = {.x = x, .workbook = workbook_new(path)};
	lxw_error error;
	int status = 0;

	if (b.workbook == NULL)
		return err_nomem(err);
	workbook_set_properties(b.workbook, &about);
	b.head = workbook_add_format(b.workbook);
	b.plain = workbook_add_format(b.workbook);
	b.right = workbook_add_format(b.workbook);
	if (b.head == NULL || b.plain == NULL || b.right == NULL) {
		status = err_nomem(err);
	} else {
		format_set_bold(b.head);
		format_set_text_wrap(b.head);
		format_set_bg_color(b.head, 0xE6EDF5);
		format_set_text_wrap(b.plain);
		format_set_align(b.plain, LXW_ALIGN_VERTICAL_TOP);
		format_set_text_wrap(b.right);
		format_set_align(b.right, LXW_ALIGN_VERTICAL_TOP);
		format_set_align(b.right, LXW_ALIGN_RIGHT);
		format_set_reading_order(b.right, 2);
	}
	for (size_t i = 0; i < sizeof sheets / sizeof *sheets && status == 0; i++)
		status = write_sheet(&b, sheets[i], err);
	/* closing writes the file, and frees the workbook even when that fails */
	error = workbook_close(b.workbook);
	if (status == 0 && error != LXW_NO_ERROR)
		status = err_set(err, ERR_IO, "%s", lxw_strerror(error));
	return status;
}

int export_book(const struct export *x, const char *path, struct err *err)
{
	struct buf bytes = {0};
	char *temporary;
	int fd, status = -1;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0)
		return err_nomem(err);
	/* the library writes a file by its name only: a new one first, then all at once */
	fd = mkstemp(temporary);
	if (fd < 0) {
		free(temporary);
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	}
	close(fd);
	if (write_book(x, temporary, err) != 0)
		err_prefix(err, "%s", path);
	else if (file_read(&bytes, temporary, FILE_MAX, err) == 0)
		status = file_replace(path, bytes.data, bytes.len, 0644, err);
	unlink(temporary);
	free(temporary);
	buf_finish(&bytes);
	return status;
}
