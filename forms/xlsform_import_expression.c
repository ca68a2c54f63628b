/*
 * xlsform_import_expression.c - one cell's expression in our names. In: "${HH Size} > 3 and
 * ${place} = 'New York'". Out: the same parsed, its questions and choices under their new names. A
 * part of a condition that depends on what cannot be kept (free text, a place) is left out, so that
 * the question is asked of more people, and said; anything else that is wrong is an error.
 */
#include "forms/xlsform_import.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAME = 200 };

/* Wrong: an error. The first one is kept for who reads quietly. */
static void __attribute__((format(printf, 2, 3)))
fault(struct import_formula *c, const char *fmt, ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	c->wrong = true;
	if (c->why == NULL)
		c->why = import_print(c->im, "%s", text);
	if (!c->quiet)
		import_say(c->im, FINDING_ERROR, &c->im->survey, c->row, c->field, "%s", text);
}

/* It depends on what is not kept: a warning. */
static void __attribute__((format(printf, 2, 3)))
lost(struct import_formula *c, const char *fmt, ...)
{
	char text[400];
	va_list args;

	va_start(args, fmt);
	vsnprintf(text, sizeof text, fmt, args);
	va_end(args);
	c->lost = true;
	if (!c->quiet)
		import_say(c->im, FINDING_WARNING, &c->im->survey, c->row, c->field,
			"%s: %s is left out", text,
			c->field == IMPORT_CALCULATION     ? "the calculation"
			: c->field == IMPORT_CHOICE_FILTER ? "the filter"
			: c->field == IMPORT_CONSTRAINT    ? "this part of the rule"
			                                   : "this part of the condition");
}

/* --- names that our expressions cannot hold --- */

static bool plain_name(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!isalnum((unsigned char)s[i]) && s[i] != '_' && s[i] != '-')
			return false;
	return n > 0;
}

/*
 * ${ name } without its blanks, and names with other characters than our parser takes under their
 * new name. The result is the import's.
 */
static const char *plain_names(struct import *im, const char *text)
{
	struct buf out = {0};
	const char *at = text, *open, *copy;

	while ((open = strstr(at, "${")) != NULL) {
		const char *name = open + 2 + strspn(open + 2, " \t\n"), *close = strchr(name, '}');
		const struct import_name *known;
		char was[NAME];
		size_t n;

		if (close == NULL)
			break;
		n = (size_t)(close - name);
		while (n > 0 && isspace((unsigned char)name[n - 1]))
			n--;
		if (n >= sizeof was)
			n = sizeof was - 1;
		memcpy(was, name, n);
		was[n] = '\0';
		known = import_get(&im->names, was);
		buf_put(&out, at, (size_t)(open + 2 - at));
		if (!plain_name(was, n) && known != NULL && known->now != NULL)
			buf_puts(&out, known->now);
		else
			buf_puts(&out, was);
		at = close;
	}
	if (out.len == 0)
		return text;
	buf_puts(&out, at);
	im->nomem |= out.failed;
	copy = out.failed ? NULL : import_copy(im, out.data, out.len);
	buf_finish(&out);
	return copy != NULL ? copy : text;
}

/* --- the tree in our names --- */

static void replace(struct import_formula *c, struct expression *e, const char *text)
{
	char *copy = strdup(text);

	if (copy == NULL) {
		c->im->nomem = true;
		return;
	}
	free(e->text);
	e->text = copy;
}

static bool kept_with_answers(enum form_type type)
{
	return type != FORM_NOTE && type != FORM_TEXT && type != FORM_COMMENT &&
	       type != FORM_COUNTRY && type != FORM_MATRIX;
}

/* A question that the expression mentions: is it asked before, and is its answer there? */
static void check_question(struct import_formula *c, const struct import_name *name)
{
	struct import_question *q = name->question;

	if (q == c->self && c->field != IMPORT_CONSTRAINT) {
		fault(c, "${%.60s} depends on itself", name->was);
	} else if (q->index >= c->before && q != c->self) {
		fault(c, "${%.60s} is asked later, in row %zu: conditions look back only",
			name->was, q->row + 1);
	} else if (q->type == FORM_NOTE) {
		fault(c, "${%.60s} is a note: it has no answer", name->was);
	} else if (name->names == IMPORT_NAMES_QUESTION && !kept_with_answers(q->type)) {
		lost(c, "${%.60s} is %s, which is not kept with the other answers", name->was,
			q->type == FORM_COUNTRY ? "the country" : "free text");
	} else if (q->left_out) {
		lost(c, "${%.60s} is a calculation that is left out", name->was);
	} else if (q->cannot) {
		q->needed = true;
		fault(c, "${%.60s} is a calculation that cannot be kept, in row %zu", name->was,
			q->row + 1);
	}
}

static void rename_field(struct import_formula *c, struct expression *e)
{
	const struct import_name *name = import_get(&c->im->names, e->text);

	/* a name that was replaced in the text already */
	if (name == NULL)
		name = import_get(&c->im->new_names, e->text);
	if (name == NULL) {
		fault(c, "${%.60s} is no question of this form", e->text);
	} else if (name->times > 1) {
		fault(c, "${%.60s} is the name of several rows", name->was);
	} else if (name->names == IMPORT_NAMES_GROUP) {
		fault(c, "${%.60s} is a group: it has no answer", name->was);
	} else if (name->today) {
		e->op = EXPR_CALL;
		replace(c, e, "today");
	} else if (name->names == IMPORT_NAMES_NOTHING && name->why == NULL) {
		fault(c, "${%.60s} has a type that is not supported", name->was);
	} else if (name->names == IMPORT_NAMES_NOTHING) {
		lost(c, "${%.60s} (%.60s) is not kept", name->was, name->why);
	} else {
		check_question(c, name);
		if (name->now != NULL)
			replace(c, e, name->now);
	}
}

/* The choices of the question that an operand is, or NULL. */
static const struct import_list *list_of(const struct import_formula *c, const struct expression *e)
{
	const struct import_name *name;

	if (e->op == EXPR_SELF)
		return c->self != NULL ? c->self->list : NULL;
	if (e->op != EXPR_FIELD)
		return NULL;
	name = import_get(&c->im->names, e->text);
	if (name == NULL)
		name = import_get(&c->im->new_names, e->text);
	return name != NULL && name->question != NULL ? name->question->list : NULL;
}

static void rename_choice(
	struct import_formula *c, const struct import_list *list, struct expression *e)
{
	const struct import_choice *choice;

	if (list == NULL || e->op != EXPR_STRING)
		return;
	choice = import_choice_was(list, e->text);
	if (choice != NULL && strcmp(choice->value, e->text) != 0)
		replace(c, e, choice->value);
}

/* A column that is compared with a question: its cells are that question's choices. */
static void use_column(struct import_formula *c, const struct expression *column,
                       const struct expression *other)
{
	struct import_list *list = c->self != NULL ? c->self->list : NULL;
	const struct import_table *t = list != NULL ? list->table : NULL;

	for (size_t i = 0; t != NULL && list->filters != NULL && i < t->n; i++)
		if (t->columns[i].name != NULL && strcmp(t->columns[i].name, column->text) == 0) {
			list->filters[i] = true;
			if (other != NULL && list_of(c, other) != NULL)
				list->columns[i] = (struct import_list *)list_of(c, other);
			return;
		}
	if (t != NULL && other == NULL)
		fault(c, "the sheet %.60s has no column \"%.60s\"", t->sheet->name, column->text);
}

/* Choices' names inside an expression, while the fields still have theirs. */
static void rename_choices(struct import_formula *c, struct expression *e)
{
	bool pair = e->op == EXPR_EQ || e->op == EXPR_NE ||
	            (e->op == EXPR_CALL && strcmp(e->text, "selected") == 0 && e->n == 2);

	if (e->op == EXPR_COLUMN)
		use_column(c, e, NULL);
	if (pair) {
		rename_choice(c, list_of(c, e->operand[0]), e->operand[1]);
		rename_choice(c, list_of(c, e->operand[1]), e->operand[0]);
		if (e->operand[0]->op == EXPR_COLUMN)
			use_column(c, e->operand[0], e->operand[1]);
		if (e->operand[1]->op == EXPR_COLUMN)
			use_column(c, e->operand[1], e->operand[0]);
	}
	for (size_t i = 0; i < e->n; i++)
		rename_choices(c, e->operand[i]);
}

static void rename_fields(struct import_formula *c, struct expression *e)
{
	if (e->op == EXPR_FIELD)
		rename_field(c, e);
	else if (e->op == EXPR_SELF && c->field != IMPORT_CONSTRAINT)
		fault(c, "\".\" is the question's own answer: only its constraint can look at it");
	else
		for (size_t i = 0; i < e->n; i++)
			rename_fields(c, e->operand[i]);
}

/* Take over `e` and give back what can be kept of it, or NULL. */
static struct expression *keep(struct import_formula *c, struct expression *e)
{
	bool parts = e->op == EXPR_AND &&
	             (c->field == IMPORT_RELEVANT || c->field == IMPORT_CONSTRAINT);
	bool before = c->lost;
	struct expression *kept;

	if (parts) {
		e->operand[0] = keep(c, e->operand[0]);
		e->operand[1] = keep(c, e->operand[1]);
		if (e->operand[0] != NULL && e->operand[1] != NULL)
			return e;
		kept = e->operand[0] != NULL ? e->operand[0] : e->operand[1];
		e->n = 0;
		expression_free(e);
		return kept;
	}
	c->lost = false;
	rename_fields(c, e);
	if (c->lost) {
		expression_free(e);
		return NULL;
	}
	c->lost = before;
	return e;
}

struct expression *import_formula(struct import_formula *c)
{
	const char *text = import_cell(&c->im->survey, c->row, c->field);
	enum expression_kind kind = c->field == IMPORT_CHOICE_FILTER ? EXPRESSION_CHOICE_FILTER
	                                                             : EXPRESSION_CONDITION;
	struct expression *e = NULL;
	struct err err;

	if (text[0] == '\0' || c->im->nomem)
		return NULL;
	if (expression_parse(&e, plain_names(c->im, text), kind, &err) != 0) {
		c->im->nomem |= err.code == ERR_NOMEM;
		fault(c, "%s", err.msg);
		return NULL;
	}
	rename_choices(c, e);
	e = keep(c, e);
	if (!c->wrong)
		return e;
	expression_free(e);
	return NULL;
}

const char *import_formula_write(struct import *im, const struct expression *e)
{
	struct buf text = {0};
	const char *copy;

	expression_write(&text, e);
	im->nomem |= text.failed;
	copy = text.failed ? NULL : import_copy(im, text.data, text.len);
	buf_finish(&text);
	return copy;
}

const char *import_formula_text(struct import_formula *c)
{
	struct expression *e = import_formula(c);
	const char *text = e != NULL ? import_formula_write(c->im, e) : NULL;

	expression_free(e);
	return text;
}
