/*
 * xlsform_import.c - an XLSForm -> a questionnaire. In: the cells of a workbook. Out: a form, and
 * findings that name the cell of everything that was renamed, left out or not understood.
 *
 * The stages, a file each: header rows and languages (head, language), settings (settings), lists
 * of choices (choices), rows into a tree of groups (rows, type), the tree into sections and
 * questions (survey, question, matrix, bounds, plan), expressions once every name is known (logic),
 * and the questionnaire's JSON (write), which form_parse() checks as any other.
 *
 * The format: https://xlsform.org/en/ and the column names that pyxform takes for the same;
 * KoboToolbox's score, rank and matrix groups; the analysis plan of UNHCR's koboloadeR.
 */
#include "forms/xlsform.h"

#include "forms/xlsform_import.h"
#include "lib/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Many are told, not any number: the rest of a grade is one finding more. */
static void add_finding(struct import *im, enum finding_grade grade, const char *place,
                        const char *text)
{
	size_t *told = grade == FINDING_ERROR ? &im->errors : &im->warnings;

	im->failed |= grade == FINDING_ERROR;
	if (++*told <= IMPORT_FINDINGS)
		findings_add(im->findings, grade, place, "%s", text);
	else if (*told == IMPORT_FINDINGS + 1)
		findings_add(im->findings, grade, place,
			"more than %d %ss: the others are not listed", IMPORT_FINDINGS,
			finding_grade_name(grade));
	/* with so many errors there is no use in reading on */
	im->full |= grade == FINDING_ERROR && *told > IMPORT_FINDINGS;
}

/*
 * One line of whole characters, whatever cells it quotes: what is no text is cut, control
 * characters become blanks. In place.
 */
static void one_line(char *s)
{
	const char *from = s, *end = s + strlen(s);
	char *to = s;

	while (from < end) {
		const char *next = from;
		int32_t c = utf8_next(&next, end);

		if (c < 0) {
			from++;
		} else if (c < ' ' || (c >= 0x7f && c < 0xa0)) {
			*to++ = ' ';
			from = next;
		} else {
			memmove(to, from, (size_t)(next - from));
			to += next - from;
			from = next;
		}
	}
	*to = '\0';
}

/* Say what is in `args` about a cell, with `header` before it. */
static void say(struct import *im, enum finding_grade grade, const struct import_table *t,
                size_t row, size_t column, const char *header, const char *fmt, va_list args)
{
	char *text = NULL, *full = NULL, place[96];
	bool named = header != NULL && header[0] != '\0';

	if (vasprintf(&text, fmt, args) < 0 ||
	    asprintf(&full, "%.60s%s%s", named ? header : "", named ? ": " : "", text) < 0) {
		im->nomem = true;
		free(text);
		return;
	}
	snprintf(place, sizeof place, "%.60s!%s", t->sheet != NULL ? t->sheet->name : "survey",
		sheet_place(row, column).name);
	one_line(place);
	one_line(full);
	add_finding(im, grade, place, full);
	free(text);
	free(full);
}

void import_say(struct import *im, enum finding_grade grade, const struct import_table *t,
                size_t row, enum import_field field, const char *fmt, ...)
{
	int column = t->columns != NULL ? t->column[field] : -1;
	va_list args;

	va_start(args, fmt);
	say(im, grade, t, row, column < 0 ? 0 : (size_t)column,
		column < 0 ? NULL : t->columns[column].name, fmt, args);
	va_end(args);
}

void import_say_at(struct import *im, enum finding_grade grade, const struct import_table *t,
                   size_t row, size_t column, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	say(im, grade, t, row, column, column < t->n ? t->columns[column].name : NULL, fmt, args);
	va_end(args);
}

void *import_memory(struct import *im, size_t n, size_t size)
{
	void *memory = pool_array(im->pool, n, size);

	if (memory == NULL)
		im->nomem = true;
	return memory;
}

const char *import_copy(struct import *im, const char *s, size_t n)
{
	const char *copy = pool_stringn(im->pool, s, n);

	if (copy == NULL)
		im->nomem = true;
	return copy;
}

const char *import_print(struct import *im, const char *fmt, ...)
{
	const char *text;
	va_list args;

	va_start(args, fmt);
	text = pool_print(im->pool, fmt, args);
	va_end(args);
	im->nomem |= text == NULL;
	return text;
}

bool import_grow(struct import *im, void *list, size_t *cap, size_t n, size_t size)
{
	size_t more = *cap ? 2 * *cap : 8;
	void **at = list;
	void *memory;

	if (n < *cap)
		return true;
	memory = import_memory(im, more, size);
	if (memory == NULL)
		return false;
	if (n > 0)
		memcpy(memory, *at, n * size);
	*at = memory;
	*cap = more;
	return true;
}

/* The slot of a key, or the free one where it would stand (FNV-1a, open addressing). */
static size_t slot_of(const struct import_map *m, const char *key)
{
	size_t h = 2166136261u;

	for (const char *c = key; *c != '\0'; c++)
		h = (h ^ (unsigned char)*c) * 16777619u;
	for (h &= m->cap - 1; m->slots[h].key != NULL; h = (h + 1) & (m->cap - 1))
		if (strcmp(m->slots[h].key, key) == 0)
			break;
	return h;
}

void *import_get(const struct import_map *m, const char *key)
{
	return m->cap == 0 ? NULL : m->slots[slot_of(m, key)].value;
}

void import_set(struct import *im, struct import_map *m, const char *key, void *value)
{
	size_t at;

	if (2 * (m->n + 1) > m->cap) {
		struct import_map more = {.cap = m->cap ? 2 * m->cap : 64, .n = m->n};

		more.slots = import_memory(im, more.cap, sizeof *more.slots);
		if (more.slots == NULL)
			return;
		for (size_t i = 0; i < m->cap; i++)
			if (m->slots[i].key != NULL)
				more.slots[slot_of(&more, m->slots[i].key)] = m->slots[i];
		*m = more;
	}
	at = slot_of(m, key);
	if (m->slots[at].key == NULL) {
		m->slots[at].key = import_copy(im, key, strlen(key));
		if (m->slots[at].key == NULL)
			return;
		m->n++;
	}
	m->slots[at].value = value;
}

const char *import_cell(const struct import_table *t, size_t row, enum import_field field)
{
	int column = t->sheet != NULL && t->columns != NULL ? t->column[field] : -1;

	return column < 0 ? "" : sheet_cell(t->sheet, row, (size_t)column);
}

/* The cell as text for people: control characters, which a page cannot show, become blanks. */
static const char *clean(struct import *im, const struct import_table *t, size_t row, size_t column)
{
	const char *cell = sheet_cell(t->sheet, row, column);
	char *copy = NULL;

	for (size_t i = 0; cell[i] != '\0'; i++) {
		if (((unsigned char)cell[i] >= ' ' && cell[i] != '\x7f') || cell[i] == '\n' ||
		    cell[i] == '\t')
			continue;
		if (copy == NULL) {
			import_say_at(im, FINDING_WARNING, t, row, column,
				"a control character becomes a blank");
			copy = (char *)import_copy(im, cell, strlen(cell));
		}
		if (copy != NULL)
			copy[i] = ' ';
	}
	return copy != NULL ? copy : cell;
}

struct import_text import_text(struct import *im, const struct import_table *t, size_t row,
                               enum import_field field)
{
	struct import_text text = {NULL};

	if (t->sheet == NULL)
		return text;
	IMPORT_EACH_CELL(t, row, i) {
		if (t->columns[i].field != field || t->columns[i].language < 0)
			continue;
		if (text.in == NULL)
			text.in = import_memory(im, im->n_languages, sizeof *text.in);
		if (text.in != NULL && text.in[t->columns[i].language] == NULL)
			text.in[t->columns[i].language] = clean(im, t, row, i);
	}
	return text;
}

struct import_text import_plain(struct import *im, const char *s)
{
	struct import_text text = {import_memory(im, im->n_languages, sizeof *text.in)};

	if (text.in != NULL)
		text.in[0] = s;
	return text;
}

bool import_text_empty(const struct import_text *t)
{
	return t->in == NULL;
}

void import_text_need(struct import *im, struct import_text *t, const struct import_table *table,
                      size_t row, enum import_field field, const char *otherwise)
{
	if (t->in != NULL && t->in[0] != NULL)
		return;
	for (size_t i = 1; t->in != NULL && i < im->n_languages; i++) {
		if (t->in[i] == NULL)
			continue;
		import_say(im, FINDING_WARNING, table, row, field,
			"there is no text in \"%s\", the source language: the one in \"%s\" stands "
			"in",
			im->languages[0], im->languages[i]);
		t->in[0] = t->in[i];
		return;
	}
	*t = import_plain(im, otherwise);
}

bool import_same(const char *a, const char *b)
{
	for (; *a != '\0' && *b != '\0'; a++, b++) {
		char x = strchr("_- ", *a) ? '_' : *a, y = strchr("_- ", *b) ? '_' : *b;

		if (strncasecmp(&x, &y, 1) != 0)
			return false;
	}
	return *a == *b;
}

int import_yes(const char *s)
{
	static const char *const yes[] = {
		"yes", "y", "true", "true()", "1", "1.0", "x", "required"};
	static const char *const no[] = {"", "no", "n", "false", "false()", "0", "0.0", "optional"};

	for (size_t i = 0; i < sizeof yes / sizeof *yes; i++)
		if (strcasecmp(s, yes[i]) == 0)
			return 1;
	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (strcasecmp(s, no[i]) == 0)
			return 0;
	return -1;
}

/* Sheets that nothing is read from are named, so that nothing is lost in silence. */
static void say_sheets(struct import *im)
{
	const struct sheet *known[] = {im->survey.sheet, im->choices.sheet, im->external.sheet,
		im->settings.sheet, im->peer.sheet};

	for (size_t i = 0; i < im->workbook->n; i++) {
		const struct sheet *s = &im->workbook->list[i];
		struct import_table t = {.sheet = s};
		bool read = s->rows == 0;

		for (size_t k = 0; k < sizeof known / sizeof *known; k++)
			read |= known[k] == s;
		if (!read)
			import_say_at(im, FINDING_WARNING, &t, 0, 0,
				"this sheet is not read: only survey, choices and settings are");
	}
}

static void read_workbook(struct import *im)
{
	import_head(im, &im->survey, "survey", IMPORT_SURVEY);
	import_head(im, &im->choices, "choices", IMPORT_CHOICES);
	import_head(im, &im->external, "external_choices", IMPORT_CHOICES);
	import_head(im, &im->settings, "settings", IMPORT_SETTINGS);
	import_head(im, &im->peer, "peer", IMPORT_PEER);
	im->ours = im->peer.sheet != NULL;
	if (im->survey.sheet == NULL || im->survey.column[IMPORT_TYPE] < 0) {
		import_say_at(im, FINDING_ERROR, &im->survey, 0, 0, im->survey.sheet == NULL
			? "there is no sheet \"survey\": this is no XLSForm"
			: "there is no column \"type\": this is no XLSForm");
		return;
	}
	say_sheets(im);
	import_languages(im);
	import_settings(im);
	import_choices(im);
	import_rows(im);
	import_survey(im);
	import_choices_check(im);
	import_logic(im);
	import_choices_columns(im);
}

/* The JSON through form_parse(), which knows every rule; its places become cells. */
static int parse(struct form **out, struct import *im, struct err *err)
{
	struct findings found = {0};
	struct buf json = {0};
	int status = -1;

	im->n_told = im->findings->n;
	import_write(&json, im);
	if (json.failed)
		err_nomem(err);
	else
		status = form_parse(out, json.data, json.len, &found, err);
	for (size_t i = 0; i < found.n; i++)
		import_trace(im, &found.list[i]);
	findings_finish(&found);
	buf_finish(&json);
	return status;
}

int xlsform_import(struct form **out, const struct workbook *w, const char *name,
                   struct findings *findings, struct err *err)
{
	struct import im = {.workbook = w, .file_name = name, .findings = findings};
	struct form *form = NULL;
	int status = -1;

	*out = NULL;
	im.pool = pool_create();
	if (im.pool == NULL)
		return err_nomem(err);
	read_workbook(&im);
	if (!im.nomem && (im.survey.sheet == NULL || im.survey.column[IMPORT_TYPE] < 0))
		goto out;
	if (!im.nomem && (parse(&form, &im, err) == 0 || err->code != ERR_NOMEM) && !im.failed &&
	    form != NULL) {
		*out = form;
		form = NULL;
		status = 0;
	}
out:
	if (status != 0 && (im.nomem || findings->failed))
		err_nomem(err);
	else if (status != 0 && im.failed)
		err_set(err, ERR_INPUT, "the workbook cannot be imported: see the findings");
	form_free(form);
	pool_free(im.pool);
	return status;
}
