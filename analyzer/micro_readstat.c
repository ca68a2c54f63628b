/*
 * micro_readstat.c - microdata for SPSS (.sav) and Stata (.dta). In: variables. Out: the bytes of a
 * file, by ReadStat. Names and lengths are made to fit before: the library does not look at them.
 * No day of making is in the file.
 */
#include "analyzer/micro.h"

#include "lib/base/utf8.h"

#include <readstat.h>
#include <stdio.h>
#include <string.h>

enum {
	SAV_LABEL = 250, /* bytes of a variable's label */
	SAV_VALUE = 118,
	SAV_LINE = 80,   /* of a document */
	DTA_LABEL = 80,  /* characters */
	DTA_VERSION = 118,
	FIXED_DAY = 946684800, /* files carry one */
};

static ssize_t append(const void *data, size_t n, void *ctx)
{
	struct buf *out = ctx;

	buf_put(out, data, n);
	return out->failed ? -1 : (ssize_t)n;
}

/* At most `bytes` bytes and `points` characters, whole ones. */
static void cut(char *out, size_t bytes, size_t points, const char *text)
{
	const char *s = text, *end = text + strlen(text), *last = text;

	while (s < end && points-- > 0 && utf8_next(&s, end) >= 0 && (size_t)(s - text) < bytes)
		last = s;
	memcpy(out, text, (size_t)(last - text));
	out[last - text] = '\0';
}

static int add_variable(readstat_writer_t *writer, const struct micro_variable *v, bool dta,
	struct err *err)
{
	readstat_type_t type = dta && !v->decimal ? READSTAT_TYPE_INT32 : READSTAT_TYPE_DOUBLE;
	readstat_label_set_t *labels = readstat_add_label_set(writer, type, v->name);
	readstat_variable_t *variable = readstat_add_variable(writer, v->name, type, 0);
	char text[SAV_LABEL + 1];

	if (labels == NULL || variable == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < v->n_values; i++) {
		cut(text, SAV_VALUE, SAV_VALUE, v->values[i].label);
		if (type == READSTAT_TYPE_INT32)
			readstat_label_int32_value(labels, (int32_t)v->values[i].code, text);
		else
			readstat_label_double_value(labels, v->values[i].code, text);
	}
	cut(text, sizeof text, dta ? DTA_LABEL : SAV_LABEL, v->label);
	readstat_variable_set_label(variable, text);
	readstat_variable_set_label_set(variable, labels);
	readstat_variable_set_measure(variable, v->level == FORM_NUMERIC ? READSTAT_MEASURE_SCALE
		: v->level == FORM_ORDINAL ? READSTAT_MEASURE_ORDINAL : READSTAT_MEASURE_NOMINAL);
	if (!dta) {
		readstat_variable_set_format(variable, v->decimal ? "F10.2" : "F8.0");
		readstat_variable_add_missing_double_range(variable, v->floor - MICRO_SUPPRESSED,
			v->floor - MICRO_DECLINED);
	}
	return 0;
}

/* What the file is for, in lines that fit a document. */
static void add_notes(readstat_writer_t *writer, const struct micro *m, const char *purpose)
{
	char line[SAV_LINE + 1];
	const char *texts[] = {"Purpose:", purpose, "What was changed:",
		m->changes.data != NULL ? m->changes.data : ""};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		const char *at = texts[i];

		while (*at != '\0') {
			size_t n = strcspn(at, "\n");

			if (n == 0) {
				at++;
				continue;
			}
			cut(line, sizeof line, SAV_LINE, at);
			n = n < strlen(line) ? n : strlen(line);
			line[n] = '\0';
			readstat_add_note(writer, line);
			at += n;
		}
	}
}

static readstat_error_t write_rows(readstat_writer_t *writer, const struct micro *m, bool dta)
{
	readstat_error_t error = READSTAT_OK;

	for (size_t i = 0; i < m->n && error == READSTAT_OK; i++) {
		error = readstat_begin_row(writer);
		for (size_t k = 0; k < m->n_variables && error == READSTAT_OK; k++) {
			const readstat_variable_t *variable = readstat_get_variable(writer, (int)k);
			double value = m->variables[k].data[i];

			if (dta && !m->variables[k].decimal)
				error = readstat_insert_int32_value(writer, variable,
					(int32_t)value);
			else
				error = readstat_insert_double_value(writer, variable, value);
		}
		if (error == READSTAT_OK)
			error = readstat_end_row(writer);
	}
	return error;
}

static int write_file(struct buf *out, const struct micro *m, const char *title,
	const char *purpose, bool dta, struct err *err)
{
	readstat_writer_t *writer = readstat_writer_init();
	char label[64 + 1];
	readstat_error_t error;
	int status = 0;

	if (writer == NULL)
		return err_nomem(err);
	readstat_set_data_writer(writer, append);
	cut(label, sizeof label, sizeof label - 1, title);
	readstat_writer_set_file_label(writer, label);
	readstat_writer_set_file_timestamp(writer, FIXED_DAY);
	add_notes(writer, m, purpose);
	for (size_t i = 0; i < m->n_variables && status == 0; i++)
		status = add_variable(writer, &m->variables[i], dta, err);
	if (status == 0) {
		if (dta) {
			readstat_writer_set_file_format_version(writer, DTA_VERSION);
			error = readstat_begin_writing_dta(writer, out, (long)m->n);
		} else {
			error = readstat_begin_writing_sav(writer, out, (long)m->n);
		}
		if (error == READSTAT_OK)
			error = write_rows(writer, m, dta);
		if (error == READSTAT_OK)
			error = readstat_end_writing(writer);
		if (out->failed)
			status = err_nomem(err);
		else if (error != READSTAT_OK)
			status = err_set(err, ERR_IO, "microdata cannot be written: %s",
				readstat_error_message(error));
	}
	readstat_writer_free(writer);
	return status;
}

int micro_sav(struct buf *out, const struct micro *m, const char *title, const char *purpose,
	struct err *err)
{
	return write_file(out, m, title, purpose, false, err) != 0 ? -1 : micro_sets(out, m, err);
}

int micro_dta(struct buf *out, const struct micro *m, const char *title, const char *purpose,
	struct err *err)
{
	return write_file(out, m, title, purpose, true, err);
}
