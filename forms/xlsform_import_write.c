/*
 * xlsform_import_write.c - what was imported -> the questionnaire's JSON, and back: a place in that
 * JSON, where form_parse() finds a fault, -> the cell it came from. The order of members does not
 * matter: form_write() gives the one layout.
 */
#include "forms/xlsform_import.h"

#include "lib/base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next member or item: a comma unless a bracket stands in front. */
static void next(struct buf *b)
{
	char before = b->len > 0 && !b->failed ? b->data[b->len - 1] : '{';

	if (before != '{' && before != '[')
		buf_putc(b, ',');
}

static void put_name(struct buf *b, const char *name)
{
	next(b);
	json_put_string(b, name);
	buf_putc(b, ':');
}

static void put_string(struct buf *b, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	put_name(b, name);
	json_put_string(b, value);
}

static void put_literal(struct buf *b, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	put_name(b, name);
	buf_puts(b, value);
}

static void put_true(struct buf *b, const char *name, bool value)
{
	put_literal(b, name, value ? "true" : NULL);
}

static void put_text(struct buf *b, const struct import *im, const char *name,
                     const struct import_text *t)
{
	if (t->in == NULL || t->in[0] == NULL || t->in[0][0] == '\0')
		return;
	put_name(b, name);
	buf_putc(b, '{');
	for (size_t i = 0; i < im->n_languages; i++)
		put_string(b, im->languages[i], t->in[i]);
	buf_putc(b, '}');
}

/* Columns for choice_filter; in their cells, names of choices are ours. */
static void put_filter(struct buf *b, const struct import *im, const struct import_list *list,
                       const struct import_choice *c)
{
	const struct import_table *t = c->table;
	bool any = false;

	if (c->made || t == NULL || t->sheet == NULL || list->filters == NULL)
		return;
	IMPORT_EACH_CELL(t, c->row, i) {
		const char *cell = sheet_cell(t->sheet, c->row, i);
		const struct import_choice *meant;

		if (!import_filter_column(im, list, i))
			continue;
		meant = list->columns[i] != NULL ? import_choice_was(list->columns[i], cell) : NULL;
		if (!any)
			put_name(b, "filter");
		if (!any)
			buf_putc(b, '{');
		any = true;
		put_string(b, t->columns[i].name, meant != NULL ? meant->value : cell);
	}
	if (any)
		buf_putc(b, '}');
}

static void put_list(struct buf *b, const struct import *im, const struct import_list *list)
{
	put_name(b, list->name);
	buf_putc(b, '[');
	for (size_t i = 0; i < list->n; i++) {
		const struct import_choice *c = &list->choices[i];

		if (c->declines)
			continue;
		next(b);
		buf_putc(b, '{');
		put_string(b, "value", c->value);
		put_text(b, im, "label", &c->label);
		put_true(b, "other", c->other);
		put_true(b, "exclusive", c->exclusive);
		put_filter(b, im, list, c);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

static void put_rows(struct buf *b, const struct import *im, const struct import_question *q)
{
	if (q->type != FORM_MATRIX)
		return;
	put_name(b, "rows");
	buf_putc(b, '[');
	for (size_t i = 0; i < q->n_rows; i++) {
		next(b);
		buf_putc(b, '{');
		put_string(b, "id", q->rows[i].id);
		put_text(b, im, "label", &q->rows[i].label);
		put_string(b, "relevant", q->rows[i].relevant);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

/* "0 1 5 10" -> [0,1,5,10] */
static void put_bands(struct buf *b, const char *bands)
{
	char *end;

	if (bands == NULL || bands[0] == '\0')
		return;
	put_name(b, "bands");
	buf_putc(b, '[');
	for (const char *at = bands; *at != '\0'; at = end) {
		double n = strtod(at, &end);

		next(b);
		/* what is no number is left to form_parse() to refuse */
		if (end == at) {
			buf_puts(b, "null");
			break;
		}
		buf_printf(b, "%.15g", n);
		end += strspn(end, " ,;");
	}
	buf_putc(b, ']');
}

/* A whole number of a cell; anything else is left to form_parse() to refuse. */
static void put_count(struct buf *b, const char *name, const char *value)
{
	if (value == NULL || value[0] == '\0')
		return;
	if (value[strspn(value, "0123456789")] == '\0' && strlen(value) < 9) {
		put_name(b, name);
		buf_printf(b, "%ld", strtol(value, NULL, 10));
	} else {
		put_string(b, name, value);
	}
}

static void put_by_type(struct buf *b, const struct import *im, const struct import_question *q)
{
	put_rows(b, im, q);
	if (q->list != NULL && q->type != FORM_COUNTRY)
		put_string(b, "choices", q->list->name);
	put_true(b, "randomize", q->randomize && q->type != FORM_MATRIX);
	put_string(b, "choice_filter", q->choice_filter);
	put_count(b, "ranks", q->ranks);
	put_literal(b, "min", q->min);
	put_literal(b, "max", q->max);
	put_literal(b, "step", q->step);
	if (q->type == FORM_SCALE) {
		put_text(b, im, "low", &q->low);
		put_text(b, im, "high", &q->high);
	} else {
		put_bands(b, q->bands);
	}
	put_count(b, "max_length", q->length);
	if (q->type == FORM_DATE) {
		put_string(b, "precision", q->precision == FORM_YEAR ? "year" : "month");
		put_string(b, "first", q->first);
		put_string(b, "last", q->last);
	}
	put_string(b, "calculation", q->calculation);
}

static void put_question(struct buf *b, const struct import *im, const struct import_question *q)
{
	bool declines = form_is_asked(q->type) && q->type != FORM_TEXT && q->type != FORM_COMMENT;

	next(b);
	buf_putc(b, '{');
	put_string(b, "id", q->id);
	put_string(b, "type", form_type_name(q->type));
	put_text(b, im, "label", &q->label);
	put_text(b, im, "hint", &q->hint);
	put_string(b, "relevant", q->relevant);
	put_by_type(b, im, q);
	put_true(b, "required", q->required);
	put_text(b, im, "required_message", &q->required_message);
	put_string(b, "constraint", q->constraint);
	put_text(b, im, "constraint_message", &q->constraint_message);
	put_literal(b, "decline", declines && q->no_decline ? "false" : NULL);
	put_true(b, "sensitive", q->sensitive);
	put_true(b, "crossing", q->crossing);
	put_string(b, "level", form_level_name(q->level));
	buf_putc(b, '}');
}

static void put_section_series(struct buf *b, const struct import *im,
                               const struct import_section *s)
{
	put_name(b, "series");
	buf_putc(b, '[');
	if (im->ours) {
		for (const char *at = s->series != NULL ? s->series : ""; *at != '\0';) {
			size_t n = strcspn(at, " ,;");
			char id[80] = "";

			memcpy(id, at, n < sizeof id ? n : sizeof id - 1);
			if (n > 0) {
				next(b);
				json_put_string(b, id);
			}
			at += n;
			at += strspn(at, " ,;");
		}
	} else if (s->in_series < im->n_series) {
		json_put_string(b, im->series[s->in_series].id);
	}
	buf_putc(b, ']');
}

static void put_section(struct buf *b, const struct import *im, const struct import_section *s)
{
	next(b);
	buf_putc(b, '{');
	put_string(b, "id", s->id);
	put_text(b, im, "title", &s->title);
	put_text(b, im, "note", &s->note);
	put_string(b, "relevant", s->relevant);
	put_section_series(b, im, s);
	put_name(b, "questions");
	buf_putc(b, '[');
	for (size_t i = 0; i < s->n; i++)
		if (!im->questions[s->first + i]->left_out)
			put_question(b, im, im->questions[s->first + i]);
	buf_puts(b, "]}");
}

static void put_languages(struct buf *b, const struct import *im)
{
	put_name(b, "languages");
	buf_putc(b, '[');
	for (size_t i = 0; i < im->n_languages; i++) {
		next(b);
		json_put_string(b, im->languages[i]);
	}
	buf_putc(b, ']');
	put_name(b, "reviewers");
	buf_putc(b, '{');
	for (size_t i = 0; i < im->n_languages; i++)
		put_string(b, im->languages[i], im->reviewers[i]);
	buf_putc(b, '}');
}

static void put_series(struct buf *b, const struct import *im)
{
	put_name(b, "series");
	buf_putc(b, '[');
	for (size_t i = 0; i < im->n_series; i++) {
		next(b);
		buf_putc(b, '{');
		put_string(b, "id", im->series[i].id);
		put_text(b, im, "title", &im->series[i].title);
		put_text(b, im, "subtitle", &im->series[i].subtitle);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

void import_write(struct buf *out, const struct import *im)
{
	buf_puts(out, "{\"format\":\"peer-survey-questionnaire\",\"version\":1");
	put_string(out, "id", im->id);
	put_languages(out, im);
	put_text(out, im, "title", &im->title);
	put_text(out, im, "introduction", &im->introduction);
	put_text(out, im, "consent", &im->consent);
	put_text(out, im, "thanks", &im->thanks);
	put_series(out, im);
	put_name(out, "choices");
	buf_putc(out, '{');
	for (const struct import_list *l = im->lists; l != NULL; l = l->next)
		if (l->used)
			put_list(out, im, l);
	buf_putc(out, '}');
	put_name(out, "sections");
	buf_putc(out, '[');
	for (size_t i = 0; i < im->n_sections; i++)
		if (im->sections[i].n > 0)
			put_section(out, im, &im->sections[i]);
	buf_puts(out, "]}");
}

/* --- back to cells --- */

/* The column that a finding's text or place speaks of. */
static enum import_field field_of(const char *place, const char *text)
{
	static const struct {
		const char *word;
		enum import_field field;
	} words[] = {
		{".relevant", IMPORT_RELEVANT},
		{".constraint", IMPORT_CONSTRAINT},
		{"\"relevant\"", IMPORT_RELEVANT},
		{"\"constraint\"", IMPORT_CONSTRAINT},
		{"\"constraint_message\"", IMPORT_CONSTRAINT_MESSAGE},
		{"\"calculation\"", IMPORT_CALCULATION},
		{"\"choice_filter\"", IMPORT_CHOICE_FILTER},
		{"\"label\"", IMPORT_LABEL},
		{"\"title\"", IMPORT_LABEL},
		{"\"hint\"", IMPORT_HINT},
		{"\"bands\"", IMPORT_PEER_BANDS},
		{"\"ranks\"", IMPORT_PEER_RANKS},
		{"\"max_length\"", IMPORT_PEER_LENGTH},
		{"\"first\"", IMPORT_PEER_FIRST},
		{"\"last\"", IMPORT_PEER_LAST},
		{"\"required\"", IMPORT_REQUIRED},
		{"\"min\"", IMPORT_PEER_MIN},
		{"\"max\"", IMPORT_PEER_MAX},
		{"\"step\"", IMPORT_PEER_STEP},
		{"the id", IMPORT_NAME},
		{"\"id\"", IMPORT_NAME},
		{"unknown series", IMPORT_PEER_SERIES},
	};

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (strstr(place, words[i].word) != NULL ||
		    strncmp(text, words[i].word, strlen(words[i].word)) == 0)
			return words[i].field;
	return IMPORT_TYPE;
}

/* The section's question at place [i].questions[k], without those that are left out. */
static const struct import_question *question_at(const struct import *im, size_t section, size_t k)
{
	const struct import_section *s = &im->sections[section];

	for (size_t i = 0; i < s->n; i++) {
		const struct import_question *q = im->questions[s->first + i];

		if (!q->left_out && k-- == 0)
			return q;
	}
	return NULL;
}

static void trace_choice(struct import *im, const struct finding *f)
{
	for (const struct import_list *l = im->lists; l != NULL; l = l->next) {
		size_t n = strlen(l->name), i;
		const char *rest = f->place + strlen("choices.");

		if (!l->used || strncmp(rest, l->name, n) != 0 ||
			sscanf(rest + n, "[%zu]", &i) != 1)
			continue;
		for (size_t k = 0; k < l->n; k++)
			if (!l->choices[k].declines && i-- == 0 && l->choices[k].table != NULL) {
				import_say(im, f->grade, l->choices[k].table, l->choices[k].row,
					strncmp(f->text, "\"label\"", 7) == 0 ? IMPORT_LABEL
									      : IMPORT_NAME,
					"%s", f->text);
				return;
			}
	}
	if (!im->failed)
	import_say(im, f->grade, &im->choices, im->choices.first, IMPORT_LIST_NAME, "%s: %s",
			f->place, f->text);
}

/* Has this row of the sheet an error already, of those before the JSON was read? */
static bool told(const struct import *im, const char *sheet, size_t row)
{
	for (size_t i = 0; i < im->n_told; i++) {
		const struct finding *f = &im->findings->list[i];
		const char *cell = strrchr(f->place, '!');

		if (f->grade == FINDING_ERROR && cell != NULL &&
		    strncmp(f->place, sheet, (size_t)(cell - f->place)) == 0 &&
		    strtoul(cell + strcspn(cell, "0123456789"), NULL, 10) == row + 1)
			return true;
	}
	return false;
}

static void say_row(struct import *im, const struct finding *f, size_t row)
{
	/* what is wrong with the cells has been said; this can be what follows from it */
	if (!told(im, im->survey.sheet->name, row))
		import_say(
			im, f->grade, &im->survey, row, field_of(f->place, f->text), "%s", f->text);
}

void import_trace(struct import *im, const struct finding *f)
{
	const struct import_question *q;
	size_t i, k, row;

	if (strncmp(f->place, "choices.", 8) == 0) {
		trace_choice(im, f);
	} else if (sscanf(f->place, "sections[%zu].questions[%zu]", &i, &k) == 2 &&
	           i < im->n_sections && (q = question_at(im, i, k)) != NULL) {
		if (sscanf(f->place, "sections[%zu].questions[%zu].rows[%zu]", &i, &k, &row) == 3 &&
		    row < q->n_rows)
			say_row(im, f, q->rows[row].row);
		else
			say_row(im, f, q->row);
	} else if (sscanf(f->place, "sections[%zu]", &i) == 1 && i < im->n_sections) {
		say_row(im, f, im->sections[i].row);
	} else if (!im->failed) {
		import_say(im, f->grade, &im->settings, im->settings.first, IMPORT_FORM_TITLE,
			"%s: %s", f->place, f->text);
	}
}
