/*
 * expression_value.c - XPath 1.0's conversions between boolean, number and text (sections 4.2 to
 * 4.4) and its comparisons (3.4). In: two values. Out: their relation.
 *
 * Nothing of an answer is copied unless a text has to be made, and that is wiped.
 */
#include "forms/expression_value.h"

#include "forms/expression_date.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char blank[] = " \t\r\n";
static const char digit[] = "0123456789";

void expression_value_finish(struct expression_value *v)
{
	if (v->own.failed && v->run != NULL)
		v->run->failed = true;
	buf_wipe(&v->own);
	*v = (struct expression_value){0};
}

void expression_value_set_boolean(struct expression_value *v, bool b)
{
	v->type = EXPRESSION_BOOLEAN;
	v->boolean = b;
}

void expression_value_set_number(struct expression_value *v, double n)
{
	v->type = EXPRESSION_NUMBER;
	v->number = n;
}

void expression_value_set_text(struct expression_value *v, const char *text)
{
	v->type = EXPRESSION_TEXT;
	v->text = text;
}

/* "d.ddde-07" of a number that is not whole, laid out without the exponent. */
static void write_digits(struct buf *out, const char *scientific)
{
	char digits[24];
	size_t n = 0, i = 0;
	int point; /* digits before it */

	for (; scientific[i] != 'e'; i++)
		if (scientific[i] != '.')
			digits[n++] = scientific[i];
	point = atoi(scientific + i + 1) + 1;
	if (point <= 0)
		buf_puts(out, "0.");
	for (int zero = point; zero < 0; zero++)
		buf_putc(out, '0');
	for (i = 0; i < n; i++) {
		if ((int)i == point && i > 0)
			buf_putc(out, '.');
		buf_putc(out, digits[i]);
	}
	explicit_bzero(digits, sizeof digits);
}

void expression_value_write_number(struct buf *out, double n)
{
	char text[32];

	if (isnan(n)) {
		buf_puts(out, "NaN");
	} else if (isinf(n)) {
		buf_puts(out, n < 0 ? "-Infinity" : "Infinity");
	} else if (n == trunc(n)) {
		buf_printf(out, "%.0f", n == 0 ? 0 : n); /* -0 is 0 */
	} else {
		if (n < 0)
			buf_putc(out, '-');
		n = fabs(n);
		for (int more = 0; more <= 16; more++) {
			snprintf(text, sizeof text, "%.*e", more, n);
			if (strtod(text, NULL) == n)
				break;
		}
		write_digits(out, text);
		explicit_bzero(text, sizeof text);
	}
}

const char *expression_value_text(struct expression_value *v)
{
	switch (v->type) {
	case EXPRESSION_BOOLEAN:
		return v->boolean ? "true" : "false";
	case EXPRESSION_NUMBER:
		buf_clear(&v->own);
		expression_value_write_number(&v->own, v->number);
		break;
	case EXPRESSION_TEXT:
		if (v->text != NULL)
			return v->text;
		break;
	case EXPRESSION_ANSWER:
		if (v->answer == NULL || v->answer->n == 0)
			return "";
		if (v->answer->n == 1)
			return v->answer->values[0];
		buf_clear(&v->own);
		for (size_t i = 0; i < v->answer->n; i++) {
			if (i > 0)
				buf_putc(&v->own, ' ');
			buf_puts(&v->own, v->answer->values[i]);
		}
		break;
	}
	return v->own.failed || v->own.data == NULL ? "" : v->own.data;
}

/* Blanks, perhaps a minus, digits with at most one point, blanks; anything else is NaN. */
static double text_number(const char *s)
{
	const char *digits, *end;
	size_t whole, part = 0;

	s += strspn(s, blank);
	digits = s + (*s == '-');
	whole = strspn(digits, digit);
	end = digits + whole;
	if (*end == '.') {
		part = strspn(end + 1, digit);
		end += 1 + part;
	}
	if (whole + part == 0 || end[strspn(end, blank)] != '\0')
		return NAN;
	return strtod(s, NULL);
}

double expression_value_number(struct expression_value *v)
{
	enum expression_date precision;
	const char *text;
	double n;
	long days;

	if (v->type == EXPRESSION_NUMBER)
		return v->number;
	if (v->type == EXPRESSION_BOOLEAN)
		return v->boolean;
	if (v->type == EXPRESSION_ANSWER && v->answer != NULL && v->answer->n > 1)
		return NAN;
	text = expression_value_text(v);
	n = text_number(text);
	if (!isnan(n))
		return n;
	precision = expression_date_read(&days, text);
	return precision >= EXPRESSION_DATE_MONTH ? (double)days : NAN;
}

bool expression_value_boolean(struct expression_value *v)
{
	if (v->type == EXPRESSION_BOOLEAN)
		return v->boolean;
	if (v->type == EXPRESSION_NUMBER)
		return v->number != 0 && !isnan(v->number);
	return expression_value_text(v)[0] != '\0';
}

static bool equal(struct expression_value *a, struct expression_value *b)
{
	if (a->type == EXPRESSION_BOOLEAN || b->type == EXPRESSION_BOOLEAN)
		return expression_value_boolean(a) == expression_value_boolean(b);
	if (a->type == EXPRESSION_NUMBER || b->type == EXPRESSION_NUMBER)
		return expression_value_number(a) == expression_value_number(b);
	return strcmp(expression_value_text(a), expression_value_text(b)) == 0;
}

/* Both as first days, where both are dates and one of them is more than a year. */
static bool both_dates(struct expression_value *a, struct expression_value *b, long *da, long *db)
{
	enum expression_date pa, pb;

	if (a->type < EXPRESSION_TEXT || b->type < EXPRESSION_TEXT)
		return false;
	pa = expression_date_read(da, expression_value_text(a));
	pb = expression_date_read(db, expression_value_text(b));
	return pa != EXPRESSION_DATE_NONE && pb != EXPRESSION_DATE_NONE &&
	       (pa > EXPRESSION_DATE_YEAR || pb > EXPRESSION_DATE_YEAR);
}

bool expression_value_compare(enum expression_op op, struct expression_value *a,
                              struct expression_value *b)
{
	double na, nb;
	long da, db;

	if (op == EXPR_EQ || op == EXPR_NE)
		return equal(a, b) == (op == EXPR_EQ);
	if (both_dates(a, b, &da, &db)) {
		na = (double)da;
		nb = (double)db;
	} else {
		na = expression_value_number(a);
		nb = expression_value_number(b);
	}
	switch (op) {
	case EXPR_LT:
		return na < nb;
	case EXPR_LE:
		return na <= nb;
	case EXPR_GT:
		return na > nb;
	default:
		return na >= nb;
	}
}

bool expression_value_item(struct expression_value *v, size_t *at, const char **item, size_t *n)
{
	const char *text;

	if (v->type == EXPRESSION_ANSWER && v->answer != NULL && v->answer->many) {
		if (*at >= v->answer->n)
			return false;
		*item = v->answer->values[(*at)++];
		*n = strlen(*item);
		return true;
	}
	text = *at == 0 ? expression_value_text(v) : *item + *n;
	text += strspn(text, blank);
	*item = text;
	*n = strcspn(text, blank);
	*at += 1;
	return *n > 0;
}
