/*
 * import.c - a file of answers into the store. In: rows of either format, or what a kit has sealed.
 * Out: sealed submissions, a group at a time; and every refused row by its line and reason.
 *
 * A file of rows is in the clear: who imports from it has to destroy it afterwards, and the manual
 * says so. Here its content is wiped from memory row by row.
 */
#include "collector/import.h"

#include "collector/import_row.h"
#include "collector/import_sealed.h"
#include "collector/sealed.h"
#include "collector/submit.h"
#include "forms/accept.h"
#include "forms/regions.h"
#include "lib/base/file.h"

#include <errno.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

/* Rows one behind another that are refused for the same reason: told once. */
struct import_run {
	size_t first, last, n; /* lines; rows; n 0: no run */
	char reason[512];
};

struct import {
	const char *path;
	const struct round *round;
	struct operate *operate;
	struct import_counts *counts;
	void (*refused)(void *ctx, const char *line);
	void *ctx;
	struct import_run run;
	struct submit group[CONTROL_GROUP];
	size_t n;
};

/* --- a row's own members --- */

void import_row_finish(struct import_row *row)
{
	answers_free(row->answers);
	sodium_memzero(row, sizeof *row);
}

void import_row_fault(struct import_row *row, const char *fmt, ...)
{
	va_list args;

	if (row->fault[0] != '\0')
		return;
	va_start(args, fmt);
	vsnprintf(row->fault, sizeof row->fault, fmt, args);
	va_end(args);
}

void import_row_id(struct import_row *row, const char *hex)
{
	size_t n = 0;

	if (strlen(hex) != 2 * STORE_NUMBER ||
	    sodium_hex2bin(row->number, sizeof row->number, hex, strlen(hex), NULL, &n, NULL) != 0 ||
	    n != STORE_NUMBER)
		import_row_fault(row, "id: must be %d hexadecimal digits", 2 * STORE_NUMBER);
	row->has_number = true;
}

int import_row_language(struct import_row *row, const char *code, const struct form *f,
                        struct err *err)
{
	if (form_language(f, code) < 0) {
		import_row_fault(row, "language: is not one of the survey");
		return 0;
	}
	return answers_set_language(row->answers, code, err);
}

int import_row_region(struct import_row *row, const char *id, const struct form *f,
                      struct err *err)
{
	if (f->frozen.keep_country || regions_find(f->regions, id) < 0) {
		import_row_fault(row, "region: is not one of the survey");
		return 0;
	}
	return answers_set_region(row->answers, id, err);
}

/* --- rows -> the store --- */

/* What is refused from here on is told apart from what was refused before. */
static void tell_refused(struct import *im)
{
	struct import_run *run = &im->run;
	struct buf text = {0};

	if (run->n == 0)
		return;
	if (run->n == 1)
		buf_printf(&text, "%s: line %zu: %s", im->path, run->first, run->reason);
	else
		buf_printf(&text, "%s: lines %zu to %zu (%zu rows): %s", im->path, run->first,
			run->last, run->n, run->reason);
	im->refused(im->ctx, text.failed ? im->path : text.data);
	buf_finish(&text);
	run->n = 0;
}

static void refuse(struct import *im, size_t line, const char *reason)
{
	struct import_run *run = &im->run;

	im->counts->refused++;
	if (run->n > 0 && strcmp(run->reason, reason) != 0)
		tell_refused(im);
	if (run->n++ == 0) {
		run->first = line;
		snprintf(run->reason, sizeof run->reason, "%s", reason);
	}
	run->last = line;
}

/* The first fault of a row, and how many more there are. */
static void refuse_report(struct import *im, const struct import_row *row,
                          const struct accept_report *report)
{
	const struct accept_finding *found = &report->list[0];
	const struct answers *a = row->answers;
	const char *field = "";
	char reason[512];
	int n;

	if (found->row != NULL)
		field = found->row->field;
	else if (found->question != NULL)
		field = found->question->id;
	else if (a->n > 0) /* what is not known stands last */
		field = a->list[a->n - 1].field;
	n = snprintf(reason, sizeof reason, "%.200s: %s", field, accept_fault_text(found->fault));
	if (report->n > 1 && n > 0 && (size_t)n < sizeof reason)
		snprintf(reason + n, sizeof reason - (size_t)n, " (and %zu more)", report->n - 1);
	refuse(im, row->line, reason);
}

static int flush(struct import *im, struct err *err)
{
	enum commit_result results[CONTROL_GROUP];
	int status = operate_submit(im->operate, im->group, im->n, results, err);

	for (size_t i = 0; i < im->n; i++) {
		if (status == 0 && results[i] == COMMIT_KNOWN)
			im->counts->known++;
		else if (status == 0)
			im->counts->stored++;
		submit_finish(&im->group[i]);
	}
	im->n = 0;
	return status;
}

static int seal_row(struct import *im, struct import_row *row, struct err *err)
{
	/* Nothing that could be worked out from the row: a guess of it could be tried otherwise. */
	if (!row->has_number)
		randombytes_buf(row->number, sizeof row->number);
	if (submit_seal(&im->group[im->n], row->answers, row->number, im->round, err) != 0)
		return -1;
	im->n++;
	return im->n == CONTROL_GROUP ? flush(im, err) : 0;
}

static int take_row(struct import *im, struct import_row *row, struct err *err)
{
	struct accept_report report = {0};
	int status = 0;

	if (row->fault[0] != '\0') {
		refuse(im, row->line, row->fault);
		return 0;
	}
	if (row->answers->language[0] == '\0' &&
	    answers_set_language(row->answers, im->round->form->languages[0], err) != 0)
		return -1;
	status = accept_answers(row->answers, im->round->form, &report, err);
	if (status == 1) {
		refuse_report(im, row, &report);
		status = 0;
	} else if (status == 0) {
		tell_refused(im);
		status = seal_row(im, row, err);
	}
	accept_report_finish(&report);
	return status;
}

static bool ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

static int take_rows(struct import *im, FILE *file, bool csv, struct err *err)
{
	struct import_reader reader = {.file = file, .form = im->round->form};
	int status = 0;

	if (csv)
		status = import_csv_header(&reader, err);
	while (status == 0) {
		struct import_row row;

		status = csv ? import_csv_row(&row, &reader, err)
		             : import_jsonl_row(&row, &reader, err);
		if (status == 0) {
			import_row_finish(&row);
			break;
		}
		if (status == 1)
			status = take_row(im, &row, err);
		import_row_finish(&row);
	}
	tell_refused(im);
	import_csv_finish(&reader);
	buf_wipe(&reader.text);
	return status;
}

/* A kit's file: nothing to check, nothing to refuse by the row. */
static int take_sealed(struct import *im, struct err *err)
{
	const size_t size = sealed_size(im->round);
	struct buf file = {0};
	size_t submissions = 0;
	int status = -1;

	if (file_read(&file, im->path, IMPORT_SEALED_MOST, err) != 0)
		return -1;
	if (import_sealed_read(&submissions, file.data, file.len, im->round, err) != 0) {
		err_prefix(err, "%s", im->path);
		goto out;
	}
	status = 0;
	for (size_t i = 0; i < submissions && status == 0; i++) {
		status = sealed_read(&im->group[im->n], file.data + IMPORT_SEALED_HEAD + i * size,
			size, im->round, err);
		if (status == 0 && ++im->n == CONTROL_GROUP)
			status = flush(im, err);
	}
	if (status == 0)
		status = flush(im, err);
out:
	buf_finish(&file);
	return status;
}

int import_file(struct import_counts *counts, const char *path, const struct round *r,
                struct operate *o, void (*refused)(void *ctx, const char *line), void *ctx,
                struct err *err)
{
	struct import im = {.path = path, .round = r, .operate = o, .counts = counts,
	                    .refused = refused, .ctx = ctx};
	bool csv = ends_with(path, ".csv");
	struct err later;
	char *window;
	FILE *file;
	int status;

	*counts = (struct import_counts){0};
	if (ends_with(path, ".sealed"))
		return take_sealed(&im, err);
	if (!csv && !ends_with(path, ".jsonl"))
		return err_set(err, ERR_INPUT, "%s: must end in .jsonl, .csv or .sealed", path);
	file = fopen(path, "re");
	if (file == NULL)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	window = malloc(BUFSIZ); /* our own, so that it can be wiped */
	if (window != NULL)
		setvbuf(file, window, _IOFBF, BUFSIZ);
	status = window != NULL ? take_rows(&im, file, csv, err) : err_nomem(err);
	if (status != 0)
		err_prefix(err, "%s", path);
	/* what was read before a fault is stored all the same: the counts say so */
	if (flush(&im, status == 0 ? err : &later) != 0)
		status = -1;
	fclose(file);
	if (window != NULL)
		sodium_memzero(window, BUFSIZ);
	free(window);
	return status;
}
