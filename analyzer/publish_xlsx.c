/*
 * publish_xlsx.c - a release as a workbook. In: a release. Out: an .xlsx with numbers that are
 * numbers, percentages of the base, a bar chart a table. Texts are written as texts whatever they
 * begin with. A count that is not published is a dot, as everywhere.
 */
#include "analyzer/publish.h"

#include "lib/base/file.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

enum {
	FILE_MAX = 256 << 20,
	CELL_MAX = 32000,
	SHEET_NAME = 31,
	FIXED_DAY = 946684800, /* files carry one */
	CHART_ROWS = 16,
	WIDE = 44, /* of the answers */
};

#define DOT "\u00b7"

struct book {
	const struct release *release;
	const struct print_view *view;
	lxw_workbook *workbook;
	lxw_format *title, *head, *text, *count, *percent, *decimal;
	bool right_to_left;
	bool failed; /* out of memory, in a text */
};

/* A text that was put together; used up. A cell takes so much. */
static void write_text(struct book *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	struct buf *text, lxw_format *format)
{
	const char *s = text->data != NULL ? text->data : "", *end = s + strlen(s), *at = s;

	if (utf8_length(s) > CELL_MAX) {
		for (size_t i = 0; i < CELL_MAX; i++)
			utf8_next(&at, end);
		text->data[at - s] = '\0';
	}
	worksheet_write_string(sheet, row, column, s, format);
	b->failed |= text->failed;
	buf_finish(text);
}

static void write_plain(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, const char *text,
	lxw_format *format)
{
	worksheet_write_string(sheet, row, column, text, format);
}

static void write_count(struct book *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	long count)
{
	if (count == RELEASE_SUPPRESSED)
		write_plain(sheet, row, column, DOT, b->count);
	else
		worksheet_write_number(sheet, row, column, (double)count, b->count);
}

static void write_percent(struct book *b, lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column,
	long count, long base)
{
	int tenths = release_tenths(count, base);

	if (tenths < 0)
		write_plain(sheet, row, column, DOT, b->count);
	else
		worksheet_write_number(sheet, row, column, tenths / 1000.0, b->percent);
}

/* The names of the groups, above their columns. */
static void write_head(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t, const char *what)
{
	write_plain(sheet, row, 0, what, b->head);
	for (size_t i = 0; i < t->n_slots; i++) {
		struct buf name = {0};

		print_label_group(&name, &b->release->groups[t->slots[i].group], b->view);
		write_text(b, sheet, row, (lxw_col_t)(i + 1), &name, b->head);
	}
}

static void write_answer(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t, size_t answer)
{
	struct buf label = {0};

	print_label_answer(&label, t, t->answers[answer], b->view);
	write_text(b, sheet, row, 0, &label, b->text);
}

static lxw_row_t write_counts(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t)
{
	static const char *const names[] = {"base", "prefer not to say", "blank", "not asked"};

	write_head(b, sheet, row++, t, "people");
	for (size_t a = 0; a < t->n_answers; a++, row++) {
		write_answer(b, sheet, row, t, a);
		for (size_t i = 0; i < t->n_slots; i++)
			write_count(b, sheet, row, (lxw_col_t)(i + 1), t->slots[i].counts[a]);
	}
	for (size_t k = 0; k < sizeof names / sizeof *names; k++, row++) {
		write_plain(sheet, row, 0, names[k], b->text);
		for (size_t i = 0; i < t->n_slots; i++) {
			const struct release_slot *s = &t->slots[i];
			const long counts[] = {s->base, s->declined, s->blank, s->not_asked};

			write_count(b, sheet, row, (lxw_col_t)(i + 1), counts[k]);
		}
	}
	return row;
}

static lxw_row_t write_percents(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t)
{
	write_head(b, sheet, row++, t, "percent of the base");
	for (size_t a = 0; a < t->n_answers; a++, row++) {
		write_answer(b, sheet, row, t, a);
		for (size_t i = 0; i < t->n_slots; i++)
			write_percent(b, sheet, row, (lxw_col_t)(i + 1), t->slots[i].counts[a],
				t->slots[i].base);
	}
	return row;
}

static lxw_row_t write_statistics(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t)
{
	bool any = false;

	for (size_t i = 0; i < t->n_slots; i++)
		any |= !isnan(t->slots[i].mean);
	for (int median = 0; any && median < 2; median++, row++) {
		write_plain(sheet, row, 0, median ? "median" : "mean", b->text);
		for (size_t i = 0; i < t->n_slots; i++) {
			double value = median ? t->slots[i].median : t->slots[i].mean;

			if (isnan(value))
				write_plain(sheet, row, (lxw_col_t)(i + 1), DOT, b->decimal);
			else
				worksheet_write_number(sheet, row, (lxw_col_t)(i + 1),
					round(value * 100) / 100, b->decimal);
		}
	}
	return row;
}

/* Shares of everybody as bars, the first answer on top. `first`: the row of its percentage. */
static void add_chart(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t, lxw_row_t first)
{
	lxw_chart *chart = workbook_add_chart(b->workbook, LXW_CHART_BAR);
	lxw_chart_series *series = chart != NULL ? chart_add_series(chart, NULL, NULL) : NULL;
	lxw_row_t last = first + (lxw_row_t)t->n_answers - 1;

	if (series == NULL) {
		b->failed = true;
		return;
	}
	chart_series_set_categories(series, sheet->name, first, 0, last, 0);
	chart_series_set_values(series, sheet->name, first, 1, last, 1);
	chart_axis_set_reverse(chart->y_axis);
	if (b->right_to_left)
		chart_axis_set_reverse(chart->x_axis);
	chart_axis_set_min(chart->x_axis, 0);
	chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
	worksheet_insert_chart(sheet, row, 0, chart);
}

static lxw_row_t write_table(struct book *b, lxw_worksheet *sheet, lxw_row_t row,
	const struct release_table *t)
{
	struct buf title = {0};
	lxw_row_t percents;

	print_label_question(&title, t, b->view);
	write_text(b, sheet, row++, 0, &title, b->title);
	write_plain(sheet, row++, 0, release_measure_name(t->measure), b->text);
	if (t->n_slots == 0) {
		write_plain(sheet, row, 0, "not published: too few answers", b->text);
		return row + 2;
	}
	row = write_counts(b, sheet, row, t) + 1;
	percents = row + 1;
	row = write_percents(b, sheet, row, t);
	row = write_statistics(b, sheet, row, t) + 1;
	if (t->note != NULL) {
		struct buf note = {0};

		buf_printf(&note, "left out, too few answers: %s", t->note);
		write_text(b, sheet, row++, 0, &note, b->text);
	}
	if (t->n_answers > 0 && t->n_answers <= 40) {
		add_chart(b, sheet, row, t, percents);
		row += CHART_ROWS;
	}
	return row + 1;
}

static lxw_worksheet *add_sheet(struct book *b, const char *id, struct err *err)
{
	char name[SHEET_NAME + 1];
	lxw_worksheet *sheet;

	snprintf(name, sizeof name, "%s", id);
	for (unsigned i = 2; workbook_get_worksheet_by_name(b->workbook, name) != NULL; i++)
		snprintf(name, sizeof name, "%.26s_%u", id, i);
	sheet = workbook_add_worksheet(b->workbook, name);
	if (sheet == NULL) {
		err_nomem(err);
		return NULL;
	}
	worksheet_set_column(sheet, 0, 0, WIDE, NULL);
	worksheet_set_column(sheet, 1, 100, 14, NULL);
	worksheet_freeze_panes(sheet, 0, 1);
	if (b->right_to_left)
		worksheet_right_to_left(sheet);
	return sheet;
}

static int write_questions(struct book *b, struct err *err)
{
	const struct release *r = b->release;

	for (size_t i = 0; i < r->n_tables;) {
		const char *question = r->tables[i].question;
		lxw_worksheet *sheet = add_sheet(b, question, err);
		lxw_row_t row = 0;

		if (sheet == NULL)
			return -1;
		for (; i < r->n_tables && strcmp(r->tables[i].question, question) == 0; i++)
			row = write_table(b, sheet, row, &r->tables[i]);
	}
	return 0;
}

static int write_about(struct book *b, struct err *err)
{
	const struct release *r = b->release;
	lxw_worksheet *sheet = add_sheet(b, "about", err);
	struct buf title = {0}, rule = {0};
	lxw_row_t row = 0;

	if (sheet == NULL)
		return -1;
	buf_puts(&title, form_text(&b->view->form->title, b->view->language));
	write_text(b, sheet, row++, 0, &title, b->title);
	write_plain(sheet, row, 0, "study", b->text);
	write_plain(sheet, row++, 1, r->study, b->text);
	write_plain(sheet, row, 0, "round", b->text);
	write_plain(sheet, row++, 1, r->round, b->text);
	write_plain(sheet, row, 0, "people", b->text);
	write_count(b, sheet, row++, 1, r->people);
	write_plain(sheet, row, 0, "records set aside", b->text);
	write_count(b, sheet, row++, 1, r->set_aside);
	if (r->demonstration)
		write_plain(sheet, row++, 0, "A demonstration: these people are not real.", b->text);
	buf_printf(&rule, "No count from 1 to %u is published, and none that would give one away: a dot "
		"(" DOT ") stands there.", r->threshold - 1);
	write_text(b, sheet, row++, 0, &rule, b->text);
	write_plain(sheet, row++, 0, "Percentages are of the base: those who answered. The sample is not "
		"random: there are no margins of error.", b->text);
	return 0;
}

static int make_formats(struct book *b, struct err *err)
{
	lxw_format **all[] = {&b->title, &b->head, &b->text, &b->count, &b->percent, &b->decimal};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		*all[i] = workbook_add_format(b->workbook);
		if (*all[i] == NULL)
			return err_nomem(err);
		if (b->right_to_left)
			format_set_reading_order(*all[i], 2);
	}
	format_set_bold(b->title);
	format_set_bold(b->head);
	format_set_text_wrap(b->head);
	format_set_bg_color(b->head, 0xE6EDF5);
	format_set_num_format(b->count, "#,##0");
	format_set_align(b->count, LXW_ALIGN_RIGHT);
	format_set_num_format(b->percent, "0.0%");
	format_set_num_format(b->decimal, "0.00");
	format_set_align(b->decimal, LXW_ALIGN_RIGHT);
	return 0;
}

static int write_book(const struct release *r, const struct print_view *view, const char *path,
	struct err *err)
{
	lxw_doc_properties about = {.created = FIXED_DAY};
	struct book b = {.release = r, .view = view, .workbook = workbook_new(path),
		.right_to_left = form_right_to_left(view->form->languages[view->language])};
	lxw_error error;
	int status = 0;

	if (b.workbook == NULL)
		return err_nomem(err);
	workbook_set_properties(b.workbook, &about);
	if (make_formats(&b, err) != 0 || write_about(&b, err) != 0 || write_questions(&b, err) != 0)
		status = -1;
	/* closing writes the file, and frees the workbook even when that fails */
	error = workbook_close(b.workbook);
	if (status == 0 && b.failed)
		status = err_nomem(err);
	if (status == 0 && error != LXW_NO_ERROR)
		status = err_set(err, ERR_IO, "%s: %s", path, lxw_strerror(error));
	return status;
}

int publish_xlsx(struct buf *out, const struct release *r, const struct print_view *view,
	const char *scratch, struct err *err)
{
	int status = write_book(r, view, scratch, err);

	if (status == 0)
		status = file_read(out, scratch, FILE_MAX, err);
	unlink(scratch);
	return status;
}
