/*
 * expression_value.h - what the parts of an expression come to: XPath 1.0's types and conversions.
 * Private to forms/expression*.c.
 */
#ifndef FORMS_EXPRESSION_VALUE_H
#define FORMS_EXPRESSION_VALUE_H

#include "forms/expression.h"

/* One evaluation. */
struct expression_run {
	const struct expression_scope *scope;
	char today[16]; /* "" until it was asked for */
	bool failed;    /* out of memory */
};

/* Start as {0}, end with expression_value_finish(): it may hold an answer. */
struct expression_value {
	enum {
		EXPRESSION_BOOLEAN,
		EXPRESSION_NUMBER,
		EXPRESSION_TEXT,
		EXPRESSION_ANSWER,
	} type;
	bool boolean;
	double number;
	const char *text;            /* TEXT: borrowed from the tree; NULL: it is in `own` */
	const struct answer *answer; /* ANSWER: borrowed; NULL: none */
	struct buf own;              /* text that was made on the way */
	struct expression_run *run;  /* told at the end if memory ran out */
};

void expression_value_finish(struct expression_value *v); /* wipes */

void expression_value_set_boolean(struct expression_value *v, bool b);
void expression_value_set_number(struct expression_value *v, double n);
void expression_value_set_text(struct expression_value *v, const char *text); /* borrowed */

/*
 * XPath 1.0, section 4.2 to 4.4. An answer of several values is their text with blanks between
 * them. As in ODK XForms a text that is an ISO date, "2020-04-05", is as a number the days since
 * 1970; a coarse one, "2020-04", is its first day. "2020" is the number 2020.
 */
bool expression_value_boolean(struct expression_value *v);
double expression_value_number(struct expression_value *v);
/* Borrowed from `v`, good until that changes; "" where memory ran out. */
const char *expression_value_text(struct expression_value *v);

/*
 * XPath 1.0, section 3.4: `op` is EXPR_EQ to EXPR_GE. Beside a date with a month, "2020" is the
 * first day of that year.
 */
bool expression_value_compare(enum expression_op op, struct expression_value *a,
                              struct expression_value *b);

/* A number as XPath writes it: no exponent, as few digits as tell it from every other. */
void expression_value_write_number(struct buf *out, double n);

/*
 * Items of a list: an answer's values, or what stands between the blanks of a text. Starts with
 * `*at` = 0; false at the end, else the item is *item, *n bytes, borrowed.
 */
bool expression_value_item(struct expression_value *v, size_t *at, const char **item, size_t *n);

/* In expression.c. `out` is {0} before; the caller finishes it. */
void expression_evaluate(struct expression_value *out, const struct expression *e,
                         struct expression_run *run);

#endif
