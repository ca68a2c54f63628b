/*
 * show_outline.c - a questionnaire as an outline for whoever writes or reviews it. In: a form and a
 * language. Out: text for a terminal: sections, numbered questions with their type and marks,
 * choices with their values, conditions in words. The questionnaire's texts are in its language,
 * technical marks in English, like all messages of the programs.
 */
#include "forms/condition.h"
#include "forms/regions.h"
#include "forms/show.h"
#include "forms/show_route.h"
#include "forms/show_wrap.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { INDENT = 5, CHOICE_INDENT = 7, VALUE_MOST = 24 };

struct outline {
	const struct show *show;
	const struct show_route *route;
	struct condition_words words;
	const char *bold, *dim, *off; /* terminal sequences, or "" */
};

static const char *text(const struct outline *o, const struct form_text *t)
{
	return form_text(t, o->show->language);
}

/* A text of the questionnaire, where there is one. */
static void put_text(struct buf *out, const struct outline *o, size_t indent,
                     const struct form_text *t)
{
	char blanks[16];

	snprintf(blanks, sizeof blanks, "%*s", (int)indent, "");
	if (*text(o, t) != '\0')
		show_wrap(out, blanks, indent, text(o, t), "", "");
}

static void put_condition(struct buf *out, const struct outline *o, size_t indent,
                          const struct expression *e)
{
	const char *language = o->show->form->languages[o->show->language];
	struct buf condition = {0}, line = {0}, source = {0};
	char blanks[16];
	bool said;

	if (e == NULL)
		return;
	snprintf(blanks, sizeof blanks, "%*s", (int)indent, "");
	said = condition_put(&condition, &o->words, e) == 0;
	if (!said)
		condition_sources(&condition, &o->words, e);
	if (!condition.failed)
		words_put(&line, o->show->words, language, said ? "only_if" : "paper.depends",
			said ? "condition" : "questions",
			condition.data != NULL ? condition.data : "", NULL);
	if (!line.failed && line.data != NULL)
		show_wrap(out, blanks, indent, line.data, "", "");
	if (!said)
		expression_write(&source, e);
	if (!said && !source.failed)
		show_wrap(out, blanks, indent, source.data, o->dim, o->off);
	out->failed |= condition.failed || line.failed || source.failed;
	buf_finish(&condition);
	buf_finish(&line);
	buf_finish(&source);
}

/* --- one question --- */

static void put_bounds(struct buf *out, const struct form_question *q)
{
	if (q->type != FORM_SCALE && q->type != FORM_INTEGER && q->type != FORM_DECIMAL)
		return;
	if (!isnan(q->min) && !isnan(q->max))
		buf_printf(out, ", %.10g to %.10g", q->min, q->max);
	else if (!isnan(q->min))
		buf_printf(out, ", %.10g or more", q->min);
	else if (!isnan(q->max))
		buf_printf(out, ", %.10g or less", q->max);
	if (!isnan(q->step) && !(q->step == 1 && q->type != FORM_DECIMAL))
		buf_printf(out, " in steps of %.10g", q->step);
	for (size_t i = 0; i < q->n_bands; i++)
		buf_printf(out, "%s%.10g", i == 0 ? ", reported from " : ", ", q->bands[i]);
}

/* "gender: select_one, may be declined, sensitive" */
static void put_marks(struct buf *out, const struct outline *o, const struct form_question *q)
{
	struct buf marks = {0};

	buf_printf(&marks, "%s: %s", q->id, form_type_name(q->type));
	put_bounds(&marks, q);
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT)
		buf_printf(&marks, ", at most %zu characters", q->max_length);
	if (q->type == FORM_DATE)
		buf_printf(&marks, ", %s from %s to %s",
			q->precision == FORM_MONTH ? "month" : "year", q->first, q->last);
	if (q->type == FORM_RANKING)
		buf_printf(&marks, ", %zu places", q->ranks);
	if (q->required)
		buf_puts(&marks, ", required");
	if (q->decline)
		buf_puts(&marks, ", may be declined");
	if (q->sensitive)
		buf_puts(&marks, ", sensitive");
	if (q->crossing)
		buf_puts(&marks, ", others are broken down by it");
	if (q->level != FORM_LEVEL_NONE)
		buf_printf(&marks, ", %s", form_level_name(q->level));
	if (q->randomize)
		buf_puts(&marks, ", in random order");
	if (!marks.failed)
		show_wrap(out, "     ", INDENT, marks.data, o->dim, o->off);
	out->failed |= marks.failed;
	buf_finish(&marks);
}

/* How wide the column of values is. */
static size_t value_width(const struct form_question *q)
{
	size_t most = 0;

	for (size_t i = 0; i < q->n_choices; i++)
		if (strlen(q->choices[i].value) > most)
			most = strlen(q->choices[i].value);
	for (size_t i = 0; i < q->n_rows; i++)
		if (strlen(q->rows[i].id) > most)
			most = strlen(q->rows[i].id);
	return most < VALUE_MOST ? most : VALUE_MOST;
}

/* "  ( ) value   label" */
static void put_line(struct buf *out, const struct outline *o, const struct form_question *q,
                     const char *mark, const char *value, const char *label)
{
	size_t width = value_width(q), indent = CHOICE_INDENT + strlen(mark) + 1 + width + 2;
	size_t pad = strlen(value) < width ? width - strlen(value) : 0;
	struct buf first = {0};

	buf_printf(&first, "%*s%s %s%s%s%*s  ", CHOICE_INDENT, "", mark, o->dim, value, o->off,
		(int)pad, "");
	if (!first.failed)
		show_wrap(out, first.data, indent, label, "", "");
	out->failed |= first.failed;
	buf_finish(&first);
}

static void put_choice(struct buf *out, const struct outline *o, const struct form_question *q,
                       const struct form_choice *c)
{
	const char *mark = q->type == FORM_SELECT_ONE        ? "( )"
	                   : q->type == FORM_SELECT_MULTIPLE ? "[ ]"
	                                                     : " - ";
	struct buf label = {0};

	buf_puts(&label, text(o, &c->label));
	if (c->other)
		buf_printf(&label, " [opens a text of at most %zu characters]", q->max_length);
	if (c->exclusive)
		buf_puts(&label, " [alone or not at all]");
	for (size_t i = 0; c->filter != NULL && c->filter[i] != NULL; i += 2)
		buf_printf(&label, " [%s: %s]", c->filter[i], c->filter[i + 1]);
	if (!label.failed)
		put_line(out, o, q, mark, c->value, label.data);
	out->failed |= label.failed;
	buf_finish(&label);
}

static void put_expression(struct buf *out, const struct outline *o, const char *name,
                           const struct expression *e, const char *behind)
{
	struct buf line = {0};

	if (e == NULL)
		return;
	buf_printf(&line, "%s: ", name);
	expression_write(&line, e);
	if (*behind != '\0')
		buf_printf(&line, " (%s)", behind);
	if (!line.failed)
		show_wrap(out, "     ", INDENT, line.data, o->dim, o->off);
	out->failed |= line.failed;
	buf_finish(&line);
}

static void put_ends(struct buf *out, const struct outline *o, const struct form_question *q)
{
	struct buf line = {0};

	buf_printf(&line, "%.10g = %s\n%.10g = %s", q->min, text(o, &q->low), q->max,
		text(o, &q->high));
	if (!line.failed)
		show_wrap(out, "       ", CHOICE_INDENT, line.data, "", "");
	out->failed |= line.failed;
	buf_finish(&line);
}

static void put_question(struct buf *out, const struct outline *o, const struct form_question *q)
{
	char number[24] = "     ";

	if (q->type == FORM_CALCULATE)
		return;
	if (o->route->number[q->index] != 0)
		snprintf(number, sizeof number, "%3zu. ", o->route->number[q->index]);
	buf_putc(out, '\n');
	show_wrap(out, number, INDENT, text(o, &q->label), o->bold, o->off);
	put_marks(out, o, q);
	put_condition(out, o, INDENT, q->relevant);
	put_text(out, o, INDENT, &q->hint);
	for (size_t i = 0; i < q->n_rows; i++) {
		put_line(out, o, q, " = ", q->rows[i].id, text(o, &q->rows[i].label));
		put_condition(out, o, CHOICE_INDENT + 4, q->rows[i].relevant);
	}
	for (size_t i = 0; i < q->n_choices; i++)
		put_choice(out, o, q, &q->choices[i]);
	if (q->type == FORM_SCALE)
		put_ends(out, o, q);
	put_expression(out, o, "choices where", q->choice_filter, "");
	put_expression(out, o, "constraint", q->constraint, text(o, &q->constraint_message));
}

static void put_section(struct buf *out, const struct outline *o, const struct form_section *s)
{
	const struct form *f = o->show->form;
	struct buf about = {0};
	const char *gap = "; reported in ";

	buf_puts(out, "\n\n");
	show_wrap(out, "", 0, text(o, &s->title), o->bold, o->off);
	buf_printf(&about, "section %s", s->id);
	for (size_t i = 0; i < f->n_series; i++) {
		if ((s->series >> i & 1) == 0)
			continue;
		buf_printf(&about, "%s%s", gap, f->series[i].id);
		gap = ", ";
	}
	if (!about.failed)
		show_wrap(out, "", 0, about.data, o->dim, o->off);
	put_condition(out, o, 0, s->relevant);
	put_text(out, o, 0, &s->note);
	for (size_t i = 0; i < s->n; i++)
		put_question(out, o, &f->questions[s->first + i]);
	out->failed |= about.failed;
	buf_finish(&about);
}

static void put_head(struct buf *out, const struct outline *o)
{
	const struct form *f = o->show->form;
	const char *code = f->languages[o->show->language];
	struct buf about = {0};
	size_t questions = 0;

	for (size_t i = 0; i < f->n_questions; i++)
		questions += o->route->number[i] != 0;
	show_wrap(out, "", 0, text(o, &f->title), o->bold, o->off);
	buf_printf(&about, "%s: %zu questions in %zu sections. Shown in ", f->id, questions,
		f->n_sections);
	language_name(&about, code, "en");
	buf_printf(&about, " (%s); its languages: ", code);
	for (size_t i = 0; i < f->n_languages; i++)
		buf_printf(&about, "%s%s", i == 0 ? "" : ", ", f->languages[i]);
	buf_putc(&about, '.');
	if (!about.failed)
		show_wrap(out, "", 0, about.data, o->dim, o->off);
	out->failed |= about.failed;
	buf_finish(&about);
	if (*text(o, &f->introduction) != '\0')
		buf_putc(out, '\n');
	put_text(out, o, 0, &f->introduction);
	if (*text(o, &f->consent) != '\0')
		show_wrap(out, "\n[ ] ", 4, text(o, &f->consent), "", "");
}

int show_outline(struct buf *out, const struct show *s, struct err *err)
{
	struct show_route *route = NULL;
	struct outline o = {.show = s, .bold = "", .dim = "", .off = ""};

	if (show_route_create(&route, s->form, err) != 0)
		return -1;
	o.route = route;
	o.words = (struct condition_words){s->form, s->words, s->language, route->number};
	if (s->colour) {
		o.bold = "\033[1m";
		o.dim = "\033[2m";
		o.off = "\033[0m";
	}
	put_head(out, &o);
	for (size_t i = 0; i < s->form->n_sections; i++)
		put_section(out, &o, &s->form->sections[i]);
	show_route_free(route);
	return out->failed ? err_nomem(err) : 0;
}
