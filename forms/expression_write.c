/*
 * expression_write.c - a typed tree -> text, with the brackets that it needs; and what else walks a
 * tree: freeing it, listing its fields and its functions.
 */
#include "forms/expression.h"

#include "forms/expression_regex.h"
#include "forms/expression_value.h"

#include <stdlib.h>
#include <string.h>

enum { UNARY = 7 }; /* binds tighter than every operator */

static const struct {
	const char *text;
	int level; /* as in expression_parse.c */
} operators[] = {
	[EXPR_OR] = {"or", 1}, [EXPR_AND] = {"and", 2},
	[EXPR_EQ] = {"=", 3}, [EXPR_NE] = {"!=", 3},
	[EXPR_LT] = {"<", 4}, [EXPR_LE] = {"<=", 4}, [EXPR_GT] = {">", 4}, [EXPR_GE] = {">=", 4},
	[EXPR_ADD] = {"+", 5}, [EXPR_SUB] = {"-", 5},
	[EXPR_MUL] = {"*", 6}, [EXPR_DIV] = {"div", 6}, [EXPR_MOD] = {"mod", 6},
};

static bool is_operator(enum expression_op op)
{
	return op >= EXPR_OR && op <= EXPR_MOD;
}

void expression_free(struct expression *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < e->n; i++)
		expression_free(e->operand[i]);
	expression_regex_free(e->regex);
	free(e->operand);
	free(e->text);
	free(e);
}

int expression_fields(const struct expression *e, int (*each)(void *ctx, const char *field),
                      void *ctx)
{
	int status = 0;

	if (e == NULL)
		return 0;
	if (e->op == EXPR_FIELD)
		return each(ctx, e->text);
	for (size_t i = 0; i < e->n && status == 0; i++)
		status = expression_fields(e->operand[i], each, ctx);
	return status;
}

static int see_field(void *ctx, const char *field)
{
	const char **one = ctx;

	if (*one != NULL && strcmp(*one, field) != 0)
		return 1;
	*one = field;
	return 0;
}

bool expression_one_field(const struct expression *e, const char **field)
{
	*field = NULL;
	return expression_fields(e, see_field, field) == 0;
}

bool expression_calls(const struct expression *e, const char *function)
{
	if (e == NULL)
		return false;
	if (e->op == EXPR_CALL && strcmp(e->text, function) == 0)
		return true;
	for (size_t i = 0; i < e->n; i++)
		if (expression_calls(e->operand[i], function))
			return true;
	return false;
}

static void write_operand(struct buf *out, const struct expression *e, int level)
{
	bool brackets = is_operator(e->op) && operators[e->op].level < level;

	if (brackets)
		buf_putc(out, '(');
	expression_write(out, e);
	if (brackets)
		buf_putc(out, ')');
}

static void write_call(struct buf *out, const struct expression *e)
{
	buf_printf(out, "%s(", e->text);
	for (size_t i = 0; i < e->n; i++) {
		if (i > 0)
			buf_puts(out, ", ");
		expression_write(out, e->operand[i]);
	}
	buf_putc(out, ')');
}

void expression_write(struct buf *out, const struct expression *e)
{
	char quote;

	switch (e->op) {
	case EXPR_NUMBER:
		expression_value_write_number(out, e->number);
		break;
	case EXPR_STRING:
		quote = strchr(e->text, '\'') != NULL ? '"' : '\'';
		buf_printf(out, "%c%s%c", quote, e->text, quote);
		break;
	case EXPR_FIELD:
		buf_printf(out, "${%s}", e->text);
		break;
	case EXPR_COLUMN:
		buf_puts(out, e->text);
		break;
	case EXPR_SELF:
		buf_putc(out, '.');
		break;
	case EXPR_NEGATE:
		buf_putc(out, '-');
		write_operand(out, e->operand[0], UNARY);
		break;
	case EXPR_CALL:
		write_call(out, e);
		break;
	default:
		write_operand(out, e->operand[0], operators[e->op].level);
		buf_printf(out, " %s ", operators[e->op].text);
		write_operand(out, e->operand[1], operators[e->op].level + 1);
		break;
	}
}
