/*
 * expression.c - evaluate a typed tree over one person's answers, by XPath 1.0's rules (sections
 * 3.4 and 3.5). In: a tree and what it may see. Out: its boolean or its text.
 *
 * A field's value is its answer as text: "" when there is none, the values with single blanks
 * between them when there are several.
 */
#include "forms/expression.h"

#include "forms/expression_function.h"

#include <assert.h>
#include <math.h>
#include <string.h>

static void field(struct expression_value *out, const char *name, const struct expression_run *run)
{
	const struct answers *answers = run->scope->answers;

	out->type = EXPRESSION_ANSWER;
	out->answer = name != NULL && answers != NULL ? answers_get(answers, name) : NULL;
}

/* A column of the choice that is being looked at. */
static void column(struct expression_value *out, const char *name, const struct expression_run *run)
{
	const char *const *pair = run->scope->columns;

	while (pair != NULL && pair[0] != NULL && strcmp(pair[0], name) != 0)
		pair += 2;
	expression_value_set_text(out, pair != NULL && pair[0] != NULL ? pair[1] : "");
}

static void call(struct expression_value *out, const struct expression *e,
                 struct expression_run *run)
{
	const struct expression_function *f = expression_function(e->text, strlen(e->text));

	assert(f != NULL && e->n >= f->least && e->n <= f->most);
	if (f->number != NULL)
		expression_value_set_number(out, f->number(expression_function_number(e, 0, run)));
	else
		f->evaluate(out, e, run);
}

static double arithmetic(enum expression_op op, double a, double b)
{
	switch (op) {
	case EXPR_ADD:
		return a + b;
	case EXPR_SUB:
		return a - b;
	case EXPR_MUL:
		return a * b;
	case EXPR_DIV:
		return a / b;
	default:
		return fmod(a, b); /* the sign of a, as XPath has it */
	}
}

/* Both operands are looked at only where the first does not settle it. */
static void logic(struct expression_value *out, const struct expression *e,
                  struct expression_run *run)
{
	bool b = false;

	for (size_t i = 0; i < e->n; i++) {
		struct expression_value v = {0};

		expression_evaluate(&v, e->operand[i], run);
		b = expression_value_boolean(&v);
		expression_value_finish(&v);
		if (b == (e->op == EXPR_OR))
			break;
	}
	expression_value_set_boolean(out, b);
}

static void binary(struct expression_value *out, const struct expression *e,
                   struct expression_run *run)
{
	struct expression_value a = {0}, b = {0};

	expression_evaluate(&a, e->operand[0], run);
	expression_evaluate(&b, e->operand[1], run);
	if (e->op >= EXPR_EQ && e->op <= EXPR_GE)
		expression_value_set_boolean(out, expression_value_compare(e->op, &a, &b));
	else
		expression_value_set_number(out, arithmetic(e->op, expression_value_number(&a),
			expression_value_number(&b)));
	expression_value_finish(&a);
	expression_value_finish(&b);
}

void expression_evaluate(struct expression_value *out, const struct expression *e,
                         struct expression_run *run)
{
	out->run = run;
	switch (e->op) {
	case EXPR_NUMBER:
		expression_value_set_number(out, e->number);
		break;
	case EXPR_STRING:
		expression_value_set_text(out, e->text);
		break;
	case EXPR_FIELD:
		field(out, e->text, run);
		break;
	case EXPR_SELF:
		field(out, run->scope->self, run);
		break;
	case EXPR_COLUMN:
		column(out, e->text, run);
		break;
	case EXPR_CALL:
		call(out, e, run);
		break;
	case EXPR_NEGATE:
		expression_value_set_number(out, -expression_function_number(e, 0, run));
		break;
	case EXPR_OR:
	case EXPR_AND:
		logic(out, e, run);
		break;
	default:
		binary(out, e, run);
		break;
	}
}

bool expression_true(const struct expression *e, const struct expression_scope *scope)
{
	struct expression_run run = {.scope = scope};
	struct expression_value v = {0};
	bool b;

	expression_evaluate(&v, e, &run);
	b = expression_value_boolean(&v);
	expression_value_finish(&v);
	return b;
}

void expression_text(struct buf *out, const struct expression *e,
                     const struct expression_scope *scope)
{
	struct expression_run run = {.scope = scope};
	struct expression_value v = {0};

	expression_evaluate(&v, e, &run);
	buf_puts(out, expression_value_text(&v));
	expression_value_finish(&v);
	if (run.failed)
		out->failed = true;
}

/* Is it the same for everybody and on every day? */
static bool fixed(const struct expression *e)
{
	if (e->op == EXPR_FIELD || e->op == EXPR_SELF || e->op == EXPR_COLUMN ||
	    (e->op == EXPR_CALL && strcmp(e->text, "today") == 0))
		return false;
	for (size_t i = 0; i < e->n; i++)
		if (!fixed(e->operand[i]))
			return false;
	return true;
}

static int constant_logic(const struct expression *e)
{
	int settles = e->op == EXPR_OR, all = !settles;

	for (size_t i = 0; i < e->n; i++) {
		int one = expression_constant(e->operand[i]);

		if (one == settles)
			return settles;
		if (one < 0)
			all = -1;
	}
	return all;
}

int expression_constant(const struct expression *e)
{
	struct expression_scope nobody = {0};
	int condition, one;

	if (e == NULL)
		return 1;
	if (e->op == EXPR_OR || e->op == EXPR_AND)
		return constant_logic(e);
	if (fixed(e))
		return expression_true(e, &nobody);
	if (e->op != EXPR_CALL)
		return -1;
	one = strcmp(e->text, "not") == 0 || strcmp(e->text, "boolean") == 0 ||
		strcmp(e->text, "once") == 0 ? expression_constant(e->operand[0]) : -1;
	if (one >= 0)
		return e->text[0] == 'n' ? !one : one;
	if (strcmp(e->text, "if") != 0)
		return -1;
	condition = expression_constant(e->operand[0]);
	if (condition >= 0)
		return expression_constant(e->operand[condition ? 1 : 2]);
	one = expression_constant(e->operand[1]);
	return one == expression_constant(e->operand[2]) ? one : -1;
}
