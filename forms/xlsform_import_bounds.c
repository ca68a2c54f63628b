/*
 * xlsform_import_bounds.c - the bounds of numbers, scales and dates. In: parameters ("start=0
 * end=10 step=1"), our own columns, and rules such as ". >= 0 and . <= 30". Out: min, max, step, or
 * the first and last month.
 */
#include "forms/xlsform_import.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CONJUNCTS = 40, SCALE_POINTS = 20 };

/* --- parameters and columns --- */

const char *import_parameter(struct import *im, const struct import_question *q, const char *name)
{
	const char *at = import_cell(&im->survey, q->row, IMPORT_PARAMETERS);
	size_t n = strlen(name);

	while (*at != '\0') {
		size_t word, value;

		at += strspn(at, " \t\n,;");
		word = strcspn(at, " \t\n,;=");
		value = word + strspn(at + word, " \t\n");
		if (at[value] != '=') {
			at += word;
			continue;
		}
		value++;
		value += strspn(at + value, " \t\n");
		if (word == n && strncasecmp(at, name, n) == 0)
			return import_copy(im, at + value, strcspn(at + value, " \t\n,;"));
		at += value + strcspn(at + value, " \t\n,;");
	}
	return NULL;
}

static const char *number_text(struct import *im, double n)
{
	return import_print(im, "%.15g", n == 0 ? 0 : n);
}

/* A number, or NAN; what is there and is none is an error at `field`. */
static double number(struct import *im, const struct import_question *q, enum import_field field,
                     const char *text)
{
	char *end;
	double n;

	if (text == NULL || text[0] == '\0')
		return NAN;
	n = strtod(text, &end);
	if (*end == '\0' && isfinite(n))
		return n;
	import_say(im, FINDING_ERROR, &im->survey, q->row, field, "\"%.60s\" is no number", text);
	return NAN;
}

static double parameter(struct import *im, const struct import_question *q, const char *name)
{
	return number(im, q, IMPORT_PARAMETERS, import_parameter(im, q, name));
}

static double cell(struct import *im, const struct import_question *q, enum import_field field)
{
	return number(im, q, field, import_cell(&im->survey, q->row, field));
}

static bool whole(double n)
{
	return n == floor(n);
}

static void keep(struct import *im, struct import_question *q, double min, double max, double step)
{
	q->min = isnan(min) ? NULL : number_text(im, min);
	q->max = isnan(max) ? NULL : number_text(im, max);
	q->step = isnan(step) ? NULL : number_text(im, step);
}

/* A range is a scale if it has whole points, one apart, and not too many of them. */
static void read_range(struct import *im, struct import_question *q)
{
	double start = parameter(im, q, "start"), end = parameter(im, q, "end");
	double step = parameter(im, q, "step");

	start = isnan(start) ? 1 : start;
	end = isnan(end) ? 10 : end;
	step = isnan(step) || step <= 0 ? 1 : step;
	if (step == 1 && whole(start) && whole(end) && end > start && end - start <= SCALE_POINTS) {
		keep(im, q, start, end, NAN);
		return;
	}
	q->type = whole(start) && whole(end) && whole(step) ? FORM_INTEGER : FORM_DECIMAL;
	import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_PARAMETERS,
		"a scale has at most %d whole points, one apart: this becomes a number to write",
		SCALE_POINTS + 1);
	keep(im, q, fmin(start, end), fmax(start, end), step == 1 ? NAN : step);
}

static void read_numbers(struct import *im, struct import_question *q)
{
	if (im->survey.column[IMPORT_PEER_MIN] >= 0)
		keep(im, q, cell(im, q, IMPORT_PEER_MIN), cell(im, q, IMPORT_PEER_MAX),
			cell(im, q, IMPORT_PEER_STEP));
}

static bool about_birth(const struct import_question *q)
{
	static const char *const words[] = {"birth", "born", "dob", "naissance", "nacimiento",
		"nascimento", "рожд", NULL};

	for (size_t i = 0; words[i] != NULL; i++) {
		if (q->node->name != NULL && strcasestr(q->node->name, words[i]) != NULL)
			return true;
		if (q->label.in != NULL && q->label.in[0] != NULL &&
		    strcasestr(q->label.in[0], words[i]) != NULL)
			return true;
	}
	return false;
}

static void read_date(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;
	const char *precision = import_cell(t, q->row, IMPORT_PEER_PRECISION);
	const char *look = import_cell(t, q->row, IMPORT_APPEARANCE);

	q->first = import_cell(t, q->row, IMPORT_PEER_FIRST);
	q->last = import_cell(t, q->row, IMPORT_PEER_LAST);
	q->precision = FORM_MONTH;
	if (precision[0] != '\0') {
		if (strcmp(precision, "year") == 0)
			q->precision = FORM_YEAR;
		else if (strcmp(precision, "month") != 0)
			import_say(im, FINDING_ERROR, t, q->row, IMPORT_PEER_PRECISION,
				"must be year or month");
	} else if (strcasecmp(look, "year") == 0 || about_birth(q)) {
		q->precision = FORM_YEAR;
	}
}

void import_bounds(struct import *im, struct import_question *q)
{
	if (q->type == FORM_DATE)
		read_date(im, q);
	else if (q->type == FORM_SCALE)
		read_range(im, q);
	else
		read_numbers(im, q);
}

/* --- rules --- */

/* The parts that "and" joins. */
static size_t conjuncts(const struct expression *e, const struct expression *out[CONJUNCTS])
{
	size_t n = 0;
	const struct expression *stack[CONJUNCTS];
	size_t top = 0;

	stack[top++] = e;
	while (top > 0) {
		const struct expression *one = stack[--top];

		if (one->op == EXPR_AND && top + 2 <= CONJUNCTS && n + top + 2 <= CONJUNCTS) {
			stack[top++] = one->operand[1];
			stack[top++] = one->operand[0];
		} else if (n < CONJUNCTS) {
			out[n++] = one;
		}
	}
	return n;
}

static enum expression_op mirrored(enum expression_op op)
{
	return op == EXPR_LT   ? EXPR_GT
	       : op == EXPR_GT ? EXPR_LT
	       : op == EXPR_LE ? EXPR_GE
	       : op == EXPR_GE ? EXPR_LE
	                       : op;
}

/* Is it a comparison of "." with something else? Then that, and "." on the left in *op. */
static const struct expression *compared(const struct expression *e, enum expression_op *op)
{
	if (e->op != EXPR_LT && e->op != EXPR_LE && e->op != EXPR_GT && e->op != EXPR_GE)
		return NULL;
	*op = e->op;
	if (e->operand[0]->op == EXPR_SELF)
		return e->operand[1];
	*op = mirrored(e->op);
	return e->operand[1]->op == EXPR_SELF ? e->operand[0] : NULL;
}

static bool literal(const struct expression *e, double *n)
{
	if (e->op == EXPR_NEGATE && e->operand[0]->op == EXPR_NUMBER)
		*n = -e->operand[0]->number;
	else if (e->op == EXPR_NUMBER)
		*n = e->number;
	else
		return false;
	return true;
}

/* A bound of a number; "below 5" is a bound of whole numbers only. */
static bool number_bound(const struct import_question *q, const struct expression *e, double *min,
                         double *max)
{
	enum expression_op op;
	const struct expression *other = compared(e, &op);
	bool strict;
	double n;

	if (other == NULL || !literal(other, &n) || fabs(n) > 1e12)
		return false;
	strict = op == EXPR_LT || op == EXPR_GT;
	if (q->type == FORM_INTEGER && !whole(n))
		n = op == EXPR_GT || op == EXPR_GE ? ceil(n) : floor(n);
	else if (strict && q->type != FORM_INTEGER)
		return false;
	else if (strict)
		n += op == EXPR_GT ? 1 : -1;
	if (op == EXPR_GT || op == EXPR_GE)
		*min = isnan(*min) ? n : fmax(*min, n);
	else
		*max = isnan(*max) ? n : fmin(*max, n);
	return true;
}

static void number_rule(struct import *im, struct import_question *q,
                        const struct expression *const *list, size_t n, const char **rest)
{
	double min = NAN, max = NAN;
	size_t bounds = 0;

	for (size_t i = 0; i < n; i++)
		bounds += number_bound(q, list[i], &min, &max);
	if (min > max)
		return;
	if (q->min == NULL && q->max == NULL)
		keep(im, q, min, max, NAN);
	/* a rule with words of its own is kept, so that the words are */
	if (bounds == n && import_text_empty(&q->constraint_message))
		*rest = NULL;
}

/* '2020-04-01', date('2020-04-01'), decimal-date-time('2020-04-01') */
static const char *date_literal(const struct expression *e)
{
	if (e->op == EXPR_CALL && e->n == 1 &&
	    (strcmp(e->text, "date") == 0 || strcmp(e->text, "decimal-date-time") == 0))
		e = e->operand[0];
	if (e->op != EXPR_STRING || strlen(e->text) < 10 || strspn(e->text, "0123456789") != 4 ||
	    e->text[4] != '-' || strspn(e->text + 5, "0123456789") != 2 || e->text[7] != '-')
		return NULL;
	return e->text;
}

static bool date_bound(struct import *im, struct import_question *q, const struct expression *e)
{
	enum expression_op op;
	const struct expression *other = compared(e, &op);
	const char *date = other != NULL ? date_literal(other) : NULL;

	if (date == NULL)
		return false;
	date = import_copy(im, date, q->precision == FORM_YEAR ? 4 : 7);
	if (op == EXPR_GT || op == EXPR_GE)
		q->first = date;
	else
		q->last = date;
	return true;
}

/* What is left of a rule, its parts joined again. */
static const char *join(struct import *im, const struct expression *const *list, size_t n)
{
	struct buf text = {0};
	const char *copy;

	for (size_t i = 0; i < n; i++) {
		buf_puts(&text, i > 0 ? " and (" : "(");
		expression_write(&text, list[i]);
		buf_putc(&text, ')');
	}
	im->nomem |= text.failed;
	copy = text.failed ? NULL : import_copy(im, text.data, text.len);
	buf_finish(&text);
	return copy;
}

static void date_rule(struct import *im, struct import_question *q,
                      const struct expression **list, size_t n, const char **rest)
{
	size_t left = 0;

	for (size_t i = 0; i < n; i++)
		if (!date_bound(im, q, list[i]))
			list[left++] = list[i];
	if (left < n)
		*rest = left > 0 ? join(im, list, left) : NULL;
}

/* The rule that our own export puts in front for other programs, from min and max. */
static bool is_own(const struct import_question *q, const struct expression *e)
{
	struct buf is = {0}, own = {0};
	bool same;

	expression_write(&is, e);
	if (q->min != NULL)
		buf_printf(&own, ". >= %s", q->min);
	if (q->max != NULL)
		buf_printf(&own, "%s. <= %s", q->min != NULL ? " and " : "", q->max);
	same = own.len > 0 && !is.failed && !own.failed && strcmp(is.data, own.data) == 0;
	buf_finish(&is);
	buf_finish(&own);
	return same;
}

void import_bounds_rule(struct import *im, struct import_question *q, const struct expression *rule,
                        const char **rest)
{
	const struct expression *list[CONJUNCTS];
	bool counts = q->type == FORM_INTEGER || q->type == FORM_DECIMAL;

	if (counts && im->survey.column[IMPORT_PEER_MIN] >= 0) {
		if (is_own(q, rule))
			*rest = NULL;
		else if (rule->op == EXPR_AND && is_own(q, rule->operand[0]))
			*rest = join(im, (const struct expression *[]){rule->operand[1]}, 1);
	} else if (counts) {
		number_rule(im, q, list, conjuncts(rule, list), rest);
	} else if (q->type == FORM_DATE && !im->ours) {
		size_t n = conjuncts(rule, list);

		date_rule(im, q, list, n, rest);
	}
}

void import_bounds_date(struct import *im, struct import_question *q)
{
	bool year = q->precision == FORM_YEAR, birth = about_birth(q);
	bool first = q->first == NULL || q->first[0] == '\0';
	bool last = q->last == NULL || q->last[0] == '\0';

	if (first)
		q->first = birth ? "1920" : year ? "1990" : "2000-01";
	if (last)
		q->last = birth ? "2015" : year ? "2035" : "2035-12";
	if ((first || last) && !im->ours)
		import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_CONSTRAINT,
			"from %s to %s is offered: say narrower bounds", q->first, q->last);
}
