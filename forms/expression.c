/*
 * expression.c - evaluate a typed tree over one person's answers, by XPath 1.0's rules of
 * conversion (sections 3.4, 3.5, 4.2 to 4.4) and XLSForm's selected() and count-selected().
 *
 * A field's value is its answer as text: "" when there is none, the
 * values with single blanks between them when there are several.
 */
#include "forms/expression.h"

#include "lib/base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NUMBER_TEXT = 40 };

struct value {
	enum { BOOLEAN, NUMBER, TEXT, ANSWER } type;
	bool boolean;
	double number;
	const char *text;            /* TEXT; borrowed from the tree */
	const struct answer *answer; /* ANSWER; NULL: none. Borrowed from the answers */
	char digits[NUMBER_TEXT];    /* a number written as text */
};

static struct value of_boolean(bool b)
{
	return (struct value){.type = BOOLEAN, .boolean = b};
}

static struct value of_number(double n)
{
	return (struct value){.type = NUMBER, .number = n};
}

/*
 * The pieces a value's text is made of: an answer's values, else one. Nothing is copied, so that
 * no answer is left in memory that nobody wipes.
 */
static size_t pieces(struct value *v, size_t i, const char **piece)
{
	if (v->type == ANSWER) {
		*piece = v->answer != NULL && i < v->answer->n ? v->answer->values[i] : "";
		return v->answer != NULL ? v->answer->n : 0;
	}
	if (v->type == BOOLEAN) {
		*piece = v->boolean ? "true" : "false";
	} else if (v->type == NUMBER) {
		if (isnan(v->number))
			snprintf(v->digits, sizeof v->digits, "NaN");
		else
			snprintf(v->digits, sizeof v->digits, "%.15g", v->number);
		*piece = v->digits;
	} else {
		*piece = v->text;
	}
	return 1;
}

static const char *only_piece(struct value *v)
{
	const char *piece;

	return pieces(v, 0, &piece) > 0 ? piece : "";
}

/* XPath: blanks, an optional minus, digits with at most one point; anything else is NaN. */
static double text_number(const char *s)
{
	const char *digits;
	size_t whole, part = 0;
	char *end;
	double n;

	s += strspn(s, " \t\r\n");
	digits = s + (*s == '-');
	whole = strspn(digits, "0123456789");
	if (digits[whole] == '.')
		part = strspn(digits + whole + 1, "0123456789");
	if (whole + part == 0)
		return NAN;
	n = strtod(s, &end);
	end += strspn(end, " \t\r\n");
	return *end == '\0' && strpbrk(digits, "xXeEpPiInN") == NULL ? n : NAN;
}

static double to_number(struct value *v)
{
	if (v->type == NUMBER)
		return v->number;
	if (v->type == BOOLEAN)
		return v->boolean;
	if (v->type == ANSWER && v->answer != NULL && v->answer->n > 1)
		return NAN;
	return text_number(only_piece(v));
}

static bool to_boolean(struct value *v)
{
	if (v->type == BOOLEAN)
		return v->boolean;
	if (v->type == NUMBER)
		return v->number != 0 && !isnan(v->number);
	return only_piece(v)[0] != '\0';
}

/* Do the two have the same text, piece by piece? A list equals a text when joined by blanks. */
static bool same_text(struct value *a, struct value *b)
{
	const char *pa, *pb;
	size_t na = pieces(a, 0, &pa), nb = pieces(b, 0, &pb);

	if (na <= 1 && nb <= 1)
		return strcmp(na ? pa : "", nb ? pb : "") == 0;
	if (na > 1 && nb == 1) {
		for (size_t i = 0; i < na; i++) {
			size_t n;

			pieces(a, i, &pa);
			n = strlen(pa);
			if (strncmp(pa, pb, n) != 0 || pb[n] != (i + 1 < na ? ' ' : '\0'))
				return false;
			pb += n + 1;
		}
		return true;
	}
	if (na == 1 && nb > 1)
		return same_text(b, a);
	if (na != nb)
		return false;
	for (size_t i = 0; i < na; i++) {
		pieces(a, i, &pa);
		pieces(b, i, &pb);
		if (strcmp(pa, pb) != 0)
			return false;
	}
	return true;
}

static bool equal(struct value *a, struct value *b)
{
	if (a->type == BOOLEAN || b->type == BOOLEAN)
		return to_boolean(a) == to_boolean(b);
	if (a->type == NUMBER || b->type == NUMBER)
		return to_number(a) == to_number(b);
	return same_text(a, b);
}

static struct value evaluate(const struct expression *e, const struct expression_scope *s);

static struct value field(const char *name, const struct expression_scope *s)
{
	struct value v = {.type = ANSWER};

	if (name != NULL)
		v.answer = answers_get(s->answers, name);
	return v;
}

/* A column of the choice that is being looked at. */
static struct value column(const char *name, const struct expression_scope *s)
{
	const char *const *pair = s->columns;

	while (pair != NULL && pair[0] != NULL && strcmp(pair[0], name) != 0)
		pair += 2;
	return (struct value){.type = TEXT,
		.text = pair != NULL && pair[0] != NULL ? pair[1] : ""};
}

static size_t text_length(struct value *v)
{
	const char *piece;
	size_t n = pieces(v, 0, &piece), length = 0;

	for (size_t i = 0; i < n; i++) {
		pieces(v, i, &piece);
		length += utf8_length(piece) + (i > 0);
	}
	return length;
}

static bool selected(struct value *list, struct value *one)
{
	const char *piece, *wanted = only_piece(one);
	size_t n = pieces(list, 0, &piece);

	for (size_t i = 0; i < n; i++) {
		pieces(list, i, &piece);
		if (wanted[0] != '\0' && strcmp(piece, wanted) == 0)
			return true;
	}
	return false;
}

static size_t count_selected(struct value *v)
{
	if (v->type == ANSWER)
		return v->answer != NULL ? v->answer->n : 0;
	return only_piece(v)[0] != '\0';
}

static struct value call(const struct expression *e, const struct expression_scope *s)
{
	struct value a = {.type = TEXT, .text = ""}, b = a;

	if (strcmp(e->text, "true") == 0)
		return of_boolean(true);
	if (strcmp(e->text, "false") == 0)
		return of_boolean(false);
	a = evaluate(e->operand[0], s);
	if (strcmp(e->text, "not") == 0)
		return of_boolean(!to_boolean(&a));
	if (strcmp(e->text, "boolean") == 0)
		return of_boolean(to_boolean(&a));
	if (strcmp(e->text, "number") == 0)
		return of_number(to_number(&a));
	if (strcmp(e->text, "int") == 0)
		return of_number(trunc(to_number(&a)));
	if (strcmp(e->text, "string") == 0)
		return a;
	if (strcmp(e->text, "string-length") == 0)
		return of_number((double)text_length(&a));
	if (strcmp(e->text, "count-selected") == 0)
		return of_number((double)count_selected(&a));
	if (strcmp(e->text, "if") == 0)
		return evaluate(e->operand[to_boolean(&a) ? 1 : 2], s);
	assert(strcmp(e->text, "selected") == 0);
	b = evaluate(e->operand[1], s);
	return of_boolean(selected(&a, &b));
}

static struct value arithmetic(const struct expression *e, const struct expression_scope *s)
{
	struct value va = evaluate(e->operand[0], s), vb = evaluate(e->operand[1], s);
	double a = to_number(&va), b = to_number(&vb);

	switch (e->op) {
	case EXPR_LT:
		return of_boolean(a < b);
	case EXPR_LE:
		return of_boolean(a <= b);
	case EXPR_GT:
		return of_boolean(a > b);
	case EXPR_GE:
		return of_boolean(a >= b);
	case EXPR_ADD:
		return of_number(a + b);
	case EXPR_SUB:
		return of_number(a - b);
	case EXPR_MUL:
		return of_number(a * b);
	case EXPR_DIV:
		return of_number(a / b);
	default:
		return of_number(fmod(a, b));
	}
}

static struct value evaluate(const struct expression *e, const struct expression_scope *s)
{
	struct value a, b;

	switch (e->op) {
	case EXPR_NUMBER:
		return of_number(e->number);
	case EXPR_STRING:
		return (struct value){.type = TEXT, .text = e->text};
	case EXPR_FIELD:
		return field(e->text, s);
	case EXPR_SELF:
		return field(s->self, s);
	case EXPR_COLUMN:
		return column(e->text, s);
	case EXPR_CALL:
		return call(e, s);
	case EXPR_NEGATE:
		a = evaluate(e->operand[0], s);
		return of_number(-to_number(&a));
	case EXPR_OR:
	case EXPR_AND:
		a = evaluate(e->operand[0], s);
		if (to_boolean(&a) == (e->op == EXPR_OR))
			return of_boolean(e->op == EXPR_OR);
		b = evaluate(e->operand[1], s);
		return of_boolean(to_boolean(&b));
	case EXPR_EQ:
	case EXPR_NE:
		a = evaluate(e->operand[0], s);
		b = evaluate(e->operand[1], s);
		return of_boolean(equal(&a, &b) == (e->op == EXPR_EQ));
	default:
		return arithmetic(e, s);
	}
}

bool expression_true(const struct expression *e, const struct expression_scope *scope)
{
	struct value v = evaluate(e, scope);

	return to_boolean(&v);
}

void expression_text(struct buf *out, const struct expression *e,
                     const struct expression_scope *scope)
{
	struct value v = evaluate(e, scope);
	const char *piece;
	size_t n = pieces(&v, 0, &piece);

	for (size_t i = 0; i < n; i++) {
		pieces(&v, i, &piece);
		if (i > 0)
			buf_putc(out, ' ');
		buf_puts(out, piece);
	}
}
