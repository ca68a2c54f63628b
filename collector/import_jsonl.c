/*
 * import_jsonl.c - JSON lines. In: one line, {"id":...,"language":...,"answers":{...}}. Out: a row
 * of answers by field, not checked yet.
 */
#include "collector/import_row.h"

#include "lib/base/json.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MOST = 1 << 20, FIELD_MOST = 200 };

/* A string, or a number written out. */
static int add_scalar(struct import_row *row, const char *field, const struct json *v, bool many,
                      struct err *err)
{
	char number[40];
	const char *text = json_string(v);

	if (json_type(v) == JSON_NUMBER) {
		snprintf(number, sizeof number, "%.15g", json_number(v, 0));
		text = number;
	}
	if (text == NULL) {
		import_row_fault(row, "%s: must be a string, a number, or a list of strings", field);
		return 0;
	}
	if (many)
		return answers_add(row->answers, field, text, err);
	return answers_set(row->answers, field, text, err);
}

static int add_field(struct import_row *row, const char *field, const struct json *v,
                     struct err *err)
{
	if (answers_get(row->answers, field) != NULL) {
		import_row_fault(row, "%s: stands twice", field);
		return 0;
	}
	if (json_type(v) != JSON_ARRAY)
		return add_scalar(row, field, v, false, err);
	for (const struct json *i = json_first(v); i != NULL; i = json_next(i))
		if (add_scalar(row, field, i, true, err) != 0)
			return -1;
	return 0;
}

/* A name that may stand in a message: a field's, and short. */
static bool name_valid(const char *name)
{
	size_t n = strlen(name);

	return n > 0 && n <= FIELD_MOST / 2 &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_/") == n;
}

static int add_member(struct import_row *row, const char *question, const struct json *v,
                      struct err *err)
{
	char field[FIELD_MOST + 2];

	if (!name_valid(question)) {
		import_row_fault(row, "a name that is not a question's");
		return 0;
	}
	if (json_type(v) != JSON_OBJECT)
		return add_field(row, question, v, err);
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		if (!name_valid(json_name(m))) {
			import_row_fault(row, "%s: a name that is not a row's", question);
			return 0;
		}
		snprintf(field, sizeof field, "%s/%s", question, json_name(m));
		if (add_field(row, field, m, err) != 0)
			return -1;
	}
	return 0;
}

static int read_object(struct import_row *row, const struct json *v, const struct form *f,
                       struct err *err)
{
	const struct json *answers = json_get(v, "answers");

	if (json_type(v) != JSON_OBJECT || answers == NULL || json_type(answers) != JSON_OBJECT) {
		import_row_fault(row, "must be an object with \"answers\"");
		return 0;
	}
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		const char *name = json_name(m), *text = json_string(m);
		int status = 0;

		if (strcmp(name, "answers") == 0)
			continue;
		if (strcmp(name, "simulated") == 0) {
			if (!f->frozen.demonstration)
				import_row_fault(row, "made up by survey-form simulate: only a study "
				                      "that is a demonstration takes it: set "
				                      "\"demonstration\": true in study.json before "
				                      "the keys of the round are made");
			continue;
		}
		if (text == NULL)
			import_row_fault(row, "\"id\", \"language\" and \"region\" must be strings");
		else if (strcmp(name, "id") == 0)
			import_row_id(row, text);
		else if (strcmp(name, "language") == 0)
			status = import_row_language(row, text, f, err);
		else if (strcmp(name, "region") == 0)
			status = import_row_region(row, text, f, err);
		else
			import_row_fault(row, "a member that is not known");
		if (status != 0)
			return -1;
	}
	for (const struct json *m = json_first(answers); m != NULL; m = json_next(m))
		if (add_member(row, json_name(m), m, err) != 0)
			return -1;
	return 0;
}

/* The next line that is not blank, without its end. */
static int next_line(struct import_reader *r, struct err *err)
{
	for (;;) {
		int c;

		if (r->text.data != NULL)
			sodium_memzero(r->text.data, r->text.len);
		buf_clear(&r->text);
		r->line++;
		while ((c = getc_unlocked(r->file)) != EOF && c != '\n')
			if (r->text.len <= LINE_MOST)
				buf_putc(&r->text, (char)c);
		if (r->text.failed)
			return err_nomem(err);
		if (c == EOF && ferror(r->file))
			return err_set(err, ERR_IO, "cannot be read");
		if (r->text.len > 0 && strspn(r->text.data, " \t\r") < r->text.len)
			return 1;
		if (c == EOF)
			return 0;
	}
}

int import_jsonl_row(struct import_row *row, struct import_reader *r, struct err *err)
{
	int status = next_line(r, err);
	struct json *v = NULL;
	struct err fault;

	*row = (struct import_row){.line = r->line};
	if (status <= 0)
		return status;
	row->answers = answers_create();
	if (row->answers == NULL)
		return err_nomem(err);
	if (r->text.len > LINE_MOST) {
		import_row_fault(row, "the line is too long");
	} else if (json_parse(&v, r->text.data, r->text.len, &fault) != 0) {
		if (fault.code == ERR_NOMEM)
			return err_nomem(err);
		import_row_fault(row, "not JSON");
	} else if (read_object(row, v, r->form, err) != 0) {
		status = -1;
	}
	json_free(v);
	return status;
}
