/*
 * expression.h - relevance, constraints and calculations: the XLSForm (XPath 1.0) subset, parsed
 * once to a typed tree. References are ${question}, ${question/row} for a matrix row, and "." for
 * the answer itself. A tree never changes after it was parsed and may be evaluated by several
 * threads at once. survey-questionnaire(5) lists the functions.
 */
#ifndef FORMS_EXPRESSION_H
#define FORMS_EXPRESSION_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"

#include <stdbool.h>
#include <stddef.h>

enum expression_op {
	EXPR_NUMBER,    /* number */
	EXPR_STRING,    /* text */
	EXPR_FIELD,     /* text: the field's name */
	EXPR_SELF,      /* . */
	EXPR_COLUMN,    /* text: a column of the choices, in a choice_filter */
	EXPR_OR, EXPR_AND,
	EXPR_EQ, EXPR_NE, EXPR_LT, EXPR_LE, EXPR_GT, EXPR_GE,
	EXPR_ADD, EXPR_SUB, EXPR_MUL, EXPR_DIV, EXPR_MOD,
	EXPR_NEGATE,
	EXPR_CALL,      /* text: the function's name; its arguments are the operands */
};

struct expression_regex; /* forms/expression_regex.h */

struct expression {
	enum expression_op op;
	double number;
	char *text;
	struct expression **operand;
	size_t n;
	size_t at; /* column in the source, in characters from 1, for messages */
	struct expression_regex *regex; /* EXPR_CALL of regex(): its pattern, compiled; else NULL */
};

/* In a choice_filter a bare name is a column of the choices. */
enum expression_kind { EXPRESSION_CONDITION, EXPRESSION_CHOICE_FILTER };

/*
 * Parse. Typographic quotes and blanks are taken as plain ones. Faults are ERR_INPUT with
 * "column C: reason", C in characters. Every size and depth is bounded, and so is the depth of the
 * tree. The caller owns *out.
 */
int expression_parse(struct expression **out, const char *text, enum expression_kind kind,
                     struct err *err);
void expression_free(struct expression *e);

/* Call `each` for every field that is referred to; a nonzero return stops and is returned. */
int expression_fields(const struct expression *e, int (*each)(void *ctx, const char *field),
                      void *ctx);

/* The one field that it refers to: in `*field`, NULL if none. False: several. */
bool expression_one_field(const struct expression *e, const char **field);

/* Is the function ("today") called anywhere in it? False for NULL. */
bool expression_calls(const struct expression *e, const char *function);

/* 1: true whatever is answered; 0: false whatever is answered; -1: it depends. NULL is true. */
int expression_constant(const struct expression *e);

/*
 * The answers an expression sees. `self` is the field that "." means, or NULL. Answers to what was
 * not asked must have been removed (route_prune()).
 */
struct expression_scope {
	const struct answers *answers; /* NULL: none */
	const char *self;
	const char *const *columns; /* of one choice: pairs name, value, NULL at the end; or NULL */
	const char *today;          /* what today() is, "2020-04-05"; NULL: the clock's day, UTC */
};

/*
 * XPath's string value, appended to `out`: what a calculation gives. Texts made on the way are
 * wiped; `out` is the caller's to wipe, and has failed if memory ran out.
 */
void expression_text(struct buf *out, const struct expression *e,
                     const struct expression_scope *scope);

/*
 * XPath's boolean value. A missing answer is the empty string; a declined one is "declined". Where
 * memory runs out a text is taken as empty.
 */
bool expression_true(const struct expression *e, const struct expression_scope *scope);

/* Write it as text again, bracketed where needed: parsing that gives an equal tree. */
void expression_write(struct buf *out, const struct expression *e);

#endif
