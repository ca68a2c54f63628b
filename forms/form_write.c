/*
 * form_write.c - the questionnaire in its one layout. In: a form. Out: JSON that form_json.c reads
 * to an equal form; two equal forms are equal bytes, so that translations and exports can be
 * compared. Members stand in the order of survey-questionnaire(5), those at their default are left
 * out, and a tab a level indents.
 */
#include "forms/form.h"

#include "lib/base/json.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

struct writer {
	struct buf *out;
	const struct form *form;
	int level;
	bool first; /* nothing stands in this object or array yet */
};

static void line(struct writer *w)
{
	buf_puts(w->out, w->first ? "\n" : ",\n");
	for (int i = 0; i < w->level; i++)
		buf_putc(w->out, '\t');
	w->first = false;
}

static void name(struct writer *w, const char *member)
{
	line(w);
	json_put_string(w->out, member);
	buf_puts(w->out, ": ");
}

static void open_bracket(struct writer *w, char bracket)
{
	buf_putc(w->out, bracket);
	w->level++;
	w->first = true;
}

static void close_bracket(struct writer *w, char bracket)
{
	w->level--;
	if (!w->first) {
		w->first = true;
		line(w);
	}
	buf_putc(w->out, bracket);
	w->first = false;
}

static void put_string(struct writer *w, const char *member, const char *value)
{
	if (value == NULL)
		return;
	name(w, member);
	json_put_string(w->out, value);
}

static void put_true(struct writer *w, const char *member, bool value)
{
	if (!value)
		return;
	name(w, member);
	buf_puts(w->out, "true");
}

static void put_number_value(struct writer *w, double value)
{
	char text[40];

	snprintf(text, sizeof text, "%.15g", value);
	buf_puts(w->out, text);
}

static void put_number(struct writer *w, const char *member, double value)
{
	if (isnan(value))
		return;
	name(w, member);
	put_number_value(w, value);
}

static void put_text(struct writer *w, const char *member, const struct form_text *t)
{
	if (t->in == NULL || t->in[0] == NULL)
		return;
	name(w, member);
	open_bracket(w, '{');
	for (size_t i = 0; i < w->form->n_languages; i++)
		put_string(w, w->form->languages[i], t->in[i]);
	close_bracket(w, '}');
}

static void put_expression(struct writer *w, const char *member, const struct expression *e)
{
	struct buf text = {0};

	if (e == NULL)
		return;
	expression_write(&text, e);
	if (text.failed)
		w->out->failed = true;
	else
		put_string(w, member, text.data);
	buf_finish(&text);
}

static void put_filter(struct writer *w, char *const *filter)
{
	if (filter == NULL || filter[0] == NULL)
		return;
	name(w, "filter");
	open_bracket(w, '{');
	for (; filter[0] != NULL; filter += 2)
		put_string(w, filter[0], filter[1]);
	close_bracket(w, '}');
}

static void put_list(struct writer *w, const struct form_list *list)
{
	name(w, list->name);
	open_bracket(w, '[');
	for (size_t i = 0; i < list->n; i++) {
		const struct form_choice *c = &list->choices[i];

		line(w);
		open_bracket(w, '{');
		put_string(w, "value", c->value);
		put_text(w, "label", &c->label);
		put_true(w, "other", c->other);
		put_true(w, "exclusive", c->exclusive);
		put_filter(w, c->filter);
		close_bracket(w, '}');
	}
	close_bracket(w, ']');
}

static void put_rows(struct writer *w, const struct form_question *q)
{
	if (q->type != FORM_MATRIX)
		return;
	name(w, "rows");
	open_bracket(w, '[');
	for (size_t i = 0; i < q->n_rows; i++) {
		line(w);
		open_bracket(w, '{');
		put_string(w, "id", q->rows[i].id);
		put_text(w, "label", &q->rows[i].label);
		put_expression(w, "relevant", q->rows[i].relevant);
		close_bracket(w, '}');
	}
	close_bracket(w, ']');
}

/* Members that only some types have. */
static void put_by_type(struct writer *w, const struct form_question *q)
{
	bool text = q->type == FORM_TEXT || q->type == FORM_COMMENT;

	put_rows(w, q);
	put_string(w, "choices", q->list != NULL ? q->list->name : NULL);
	put_true(w, "randomize", q->randomize);
	put_expression(w, "choice_filter", q->choice_filter);
	if (q->type == FORM_RANKING)
		put_number(w, "ranks", (double)q->ranks);
	put_number(w, "min", q->min);
	put_number(w, "max", q->max);
	put_number(w, "step", q->type == FORM_SCALE ? NAN : q->step);
	if (q->n_bands > 0) {
		name(w, "bands");
		buf_putc(w->out, '[');
		for (size_t i = 0; i < q->n_bands; i++) {
			buf_puts(w->out, i ? ", " : "");
			put_number_value(w, q->bands[i]);
		}
		buf_putc(w->out, ']');
	}
	put_text(w, "low", &q->low);
	put_text(w, "high", &q->high);
	put_number(w, "max_length", text ? (double)q->max_length : NAN);
	if (q->type == FORM_DATE)
		put_string(w, "precision", q->precision == FORM_YEAR ? "year" : "month");
	put_string(w, "first", q->first);
	put_string(w, "last", q->last);
	put_expression(w, "calculation", q->calculation);
}

static void put_question(struct writer *w, const struct form_question *q)
{
	bool declinable = form_is_asked(q->type) && q->type != FORM_TEXT && q->type != FORM_COMMENT;

	line(w);
	open_bracket(w, '{');
	put_string(w, "id", q->id);
	put_string(w, "type", form_type_name(q->type));
	put_text(w, "label", &q->label);
	put_text(w, "hint", &q->hint);
	put_expression(w, "relevant", q->relevant);
	put_by_type(w, q);
	put_true(w, "required", q->required);
	put_text(w, "required_message", &q->required_message);
	put_expression(w, "constraint", q->constraint);
	put_text(w, "constraint_message", &q->constraint_message);
	if (declinable && !q->decline) {
		name(w, "decline");
		buf_puts(w->out, "false");
	}
	put_true(w, "sensitive", q->sensitive);
	put_true(w, "crossing", q->crossing);
	put_string(w, "level", form_level_name(q->level));
	close_bracket(w, '}');
}

static void put_section(struct writer *w, const struct form_section *s)
{
	bool any = false;

	line(w);
	open_bracket(w, '{');
	put_string(w, "id", s->id);
	put_text(w, "title", &s->title);
	put_text(w, "note", &s->note);
	put_expression(w, "relevant", s->relevant);
	for (size_t i = 0; i < w->form->n_series; i++) {
		if (!(s->series >> i & 1))
			continue;
		if (!any)
			name(w, "series");
		buf_puts(w->out, any ? ", " : "[");
		json_put_string(w->out, w->form->series[i].id);
		any = true;
	}
	buf_puts(w->out, any ? "]" : "");
	name(w, "questions");
	open_bracket(w, '[');
	for (size_t i = 0; i < s->n; i++)
		put_question(w, &w->form->questions[s->first + i]);
	close_bracket(w, ']');
	close_bracket(w, '}');
}

static void put_languages(struct writer *w)
{
	const struct form *f = w->form;
	bool any = false;

	name(w, "languages");
	for (size_t i = 0; i < f->n_languages; i++) {
		buf_puts(w->out, i ? ", " : "[");
		json_put_string(w->out, f->languages[i]);
		any |= f->reviewer[i] != NULL;
	}
	buf_putc(w->out, ']');
	if (!any)
		return;
	name(w, "reviewers");
	open_bracket(w, '{');
	for (size_t i = 0; i < f->n_languages; i++)
		put_string(w, f->languages[i], f->reviewer[i]);
	close_bracket(w, '}');
}

static void put_head(struct writer *w)
{
	const struct form *f = w->form;

	put_string(w, "format", "peer-survey-questionnaire");
	put_number(w, "version", 1);
	put_string(w, "id", f->id);
	put_languages(w);
	put_text(w, "title", &f->title);
	put_text(w, "introduction", &f->introduction);
	put_text(w, "consent", &f->consent);
	put_text(w, "thanks", &f->thanks);
	name(w, "series");
	open_bracket(w, '[');
	for (size_t i = 0; i < f->n_series; i++) {
		line(w);
		open_bracket(w, '{');
		put_string(w, "id", f->series[i].id);
		put_text(w, "title", &f->series[i].title);
		put_text(w, "subtitle", &f->series[i].subtitle);
		close_bracket(w, '}');
	}
	close_bracket(w, ']');
}

void form_write(struct buf *out, const struct form *f)
{
	struct writer w = {.out = out, .form = f};

	open_bracket(&w, '{');
	put_head(&w);
	if (f->n_lists > 0) {
		name(&w, "choices");
		open_bracket(&w, '{');
		for (size_t i = 0; i < f->n_lists; i++)
			put_list(&w, &f->lists[i]);
		close_bracket(&w, '}');
	}
	name(&w, "sections");
	open_bracket(&w, '[');
	for (size_t i = 0; i < f->n_sections; i++)
		put_section(&w, &f->sections[i]);
	close_bracket(&w, ']');
	close_bracket(&w, '}');
	buf_putc(out, '\n');
}
