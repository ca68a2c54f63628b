/*
 * expression_parse.c - text -> typed tree. The grammar is XPath 1.0's expressions without paths,
 * with XLSForm's ${name} and ".": https://www.w3.org/TR/1999/REC-xpath-19991116, section 3.
 *
 * Precedence climbing, from loose to tight: or, and, = !=, < <= > >=, + -, * div mod, unary -.
 */
#include "forms/expression.h"

#include "lib/base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 8192, MAX_DEPTH = 100, MAX_ARGUMENTS = 16 };

struct parser {
	const char *start, *at;
	enum expression_kind kind;
	int depth;
	struct err *err;
};

static const struct function {
	const char *name;
	size_t least, most;
} functions[] = {
	{"not", 1, 1},    {"true", 0, 0},          {"false", 0, 0}, {"selected", 2, 2},
	{"number", 1, 1}, {"count-selected", 1, 1}, {"int", 1, 1},  {"string-length", 1, 1},
	{"if", 3, 3},     {"boolean", 1, 1},       {"string", 1, 1},
};

static const struct operator {
	const char *text;
	int level; /* higher binds tighter */
	enum expression_op op;
} operators[] = {
	{"or", 1, EXPR_OR},   {"and", 2, EXPR_AND}, {"!=", 3, EXPR_NE}, {"=", 3, EXPR_EQ},
	{"<=", 4, EXPR_LE},   {">=", 4, EXPR_GE},   {"<", 4, EXPR_LT},  {">", 4, EXPR_GT},
	{"+", 5, EXPR_ADD},   {"-", 5, EXPR_SUB},   {"*", 6, EXPR_MUL}, {"div", 6, EXPR_DIV},
	{"mod", 6, EXPR_MOD},
};

static int fault_at(struct parser *p, const char *at, const char *reason)
{
	size_t column = 1;

	for (const char *c = p->start; c < at; c++)
		column += (*c & 0xc0) != 0x80;
	return err_set(p->err, ERR_INPUT, "column %zu: %s", column, reason);
}

static int fault(struct parser *p, const char *reason)
{
	return fault_at(p, p->at, reason);
}

static void blanks(struct parser *p)
{
	while (*p->at == ' ' || *p->at == '\t' || *p->at == '\n' || *p->at == '\r')
		p->at++;
}

static bool name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-';
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static struct expression *node(struct parser *p, enum expression_op op)
{
	struct expression *e = calloc(1, sizeof *e);

	if (e == NULL) {
		err_nomem(p->err);
		return NULL;
	}
	e->op = op;
	e->at = (size_t)(p->at - p->start);
	return e;
}

/* Take over `operand`, also on failure. */
static int adopt(struct parser *p, struct expression *e, struct expression *operand)
{
	struct expression **list = reallocarray(e->operand, e->n + 1, sizeof *list);

	if (list == NULL) {
		expression_free(operand);
		return err_nomem(p->err);
	}
	e->operand = list;
	e->operand[e->n++] = operand;
	return 0;
}

static int parse_level(struct parser *p, int level, struct expression **out);

static int keep_text(struct parser *p, struct expression *e, const char *from, size_t n)
{
	e->text = strndup(from, n);
	return e->text != NULL ? 0 : err_nomem(p->err);
}

static int parse_string(struct parser *p, struct expression **out)
{
	const char *open = p->at, *close = strchr(open + 1, *open);

	if (close == NULL)
		return fault(p, "a text without its closing quote");
	*out = node(p, EXPR_STRING);
	if (*out == NULL)
		return -1;
	p->at = close + 1;
	return keep_text(p, *out, open + 1, (size_t)(close - open - 1));
}

static int parse_number(struct parser *p, struct expression **out)
{
	char text[40];
	size_t n = strspn(p->at, "0123456789");

	*out = node(p, EXPR_NUMBER);
	if (*out == NULL)
		return -1;
	if (p->at[n] == '.')
		n += 1 + strspn(p->at + n + 1, "0123456789");
	if (n >= sizeof text)
		return fault(p, "a number with too many digits");
	memcpy(text, p->at, n);
	text[n] = '\0';
	(*out)->number = strtod(text, NULL);
	p->at += n;
	return 0;
}

/* ${question} or ${question/row} */
static int parse_field(struct parser *p, struct expression **out)
{
	const char *name = p->at + 2, *end = name;
	int slashes = 0;

	while (name_character(*end) || *end == '/')
		slashes += *end++ == '/';
	if (*end != '}' || end == name || slashes > 1)
		return fault(p, "a question is written ${name}");
	*out = node(p, EXPR_FIELD);
	if (*out == NULL)
		return -1;
	p->at = end + 1;
	return keep_text(p, *out, name, (size_t)(end - name));
}

static int parse_arguments(struct parser *p, struct expression *call)
{
	blanks(p);
	if (*p->at == ')') {
		p->at++;
		return 0;
	}
	for (;;) {
		struct expression *argument = NULL;

		if (parse_level(p, 1, &argument) != 0) {
			expression_free(argument);
			return -1;
		}
		if (adopt(p, call, argument) != 0)
			return -1;
		blanks(p);
		if (*p->at == ')' || *p->at != ',' || call->n >= MAX_ARGUMENTS)
			break;
		p->at++;
	}
	if (*p->at != ')')
		return fault(p, "')' or ',' is expected");
	p->at++;
	return 0;
}

static int parse_call(struct parser *p, struct expression **out)
{
	const char *name = p->at;
	size_t n = 0;

	while (name_character(name[n]))
		n++;
	*out = node(p, EXPR_CALL);
	if (*out == NULL || keep_text(p, *out, name, n) != 0)
		return -1;
	p->at += n;
	blanks(p);
	if (*p->at != '(' && p->kind == EXPRESSION_CHOICE_FILTER) {
		(*out)->op = EXPR_COLUMN;
		return 0;
	}
	if (*p->at != '(')
		return fault_at(p, name, "a question is written ${name}, a text in quotes");
	p->at++;
	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
		if (strcmp(functions[i].name, (*out)->text) != 0)
			continue;
		if (parse_arguments(p, *out) != 0)
			return -1;
		if ((*out)->n < functions[i].least || (*out)->n > functions[i].most)
			return fault_at(p, name, "wrong number of arguments");
		return 0;
	}
	return fault_at(p, name, "unknown function");
}

static int parse_operand(struct parser *p, struct expression **out)
{
	blanks(p);
	if (*p->at == '\0')
		return fault(p, "the expression ends too early");
	if (*p->at == '\'' || *p->at == '"')
		return parse_string(p, out);
	if (*p->at == '$' && p->at[1] == '{')
		return parse_field(p, out);
	if (digit(*p->at) || (*p->at == '.' && digit(p->at[1])))
		return parse_number(p, out);
	if (*p->at == '.') {
		*out = node(p, EXPR_SELF);
		p->at++;
		return *out != NULL ? 0 : -1;
	}
	if (*p->at == '(') {
		p->at++;
		if (parse_level(p, 1, out) != 0)
			return -1;
		blanks(p);
		if (*p->at != ')')
			return fault(p, "')' is expected");
		p->at++;
		return 0;
	}
	if (*p->at == '-') {
		*out = node(p, EXPR_NEGATE);
		p->at++;
		if (*out == NULL)
			return -1;
		struct expression *operand = NULL;
		if (parse_level(p, 7, &operand) != 0) {
			expression_free(operand);
			return -1;
		}
		return adopt(p, *out, operand);
	}
	if (name_character(*p->at))
		return parse_call(p, out);
	return fault(p, "unexpected character");
}

/* The operator that stands here and binds at least as tightly as `level`. */
static const struct operator *next_operator(struct parser *p, int level)
{
	blanks(p);
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t n = strlen(operators[i].text);

		if (strncmp(p->at, operators[i].text, n) != 0)
			continue;
		if (operators[i].text[0] >= 'a' && name_character(p->at[n]))
			continue;
		return operators[i].level >= level ? &operators[i] : NULL;
	}
	return NULL;
}

/* An expression of operators at `level` or tighter. On failure *out may hold a part of it. */
static int parse_level(struct parser *p, int level, struct expression **out)
{
	const struct operator *op;
	int status = -1;

	if (++p->depth > MAX_DEPTH)
		return fault(p, "nested too deeply");
	if (parse_operand(p, out) != 0)
		goto out;
	while ((op = next_operator(p, level)) != NULL) {
		struct expression *both = node(p, op->op), *right = NULL;

		if (both == NULL)
			goto out;
		if (adopt(p, both, *out) != 0) {
			expression_free(both);
			*out = NULL;
			goto out;
		}
		*out = both;
		p->at += strlen(op->text);
		if (parse_level(p, op->level + 1, &right) != 0) {
			expression_free(right);
			goto out;
		}
		if (adopt(p, both, right) != 0)
			goto out;
	}
	status = 0;
out:
	p->depth--;
	return status;
}

/* A copy in which typographic quotes are plain ones: 20% of real forms have them. */
static char *plain_quotes(const char *text)
{
	static const char *const from[] = {"\u2018", "\u2019", "\u201a", "\u201b",
		"\u201c", "\u201d", "\u201e", "\u201f", "\u00a0"};
	char *copy = strdup(text), *to = copy;

	while (copy != NULL && *text != '\0') {
		size_t i, n = sizeof from / sizeof *from;

		for (i = 0; i < n && strncmp(text, from[i], strlen(from[i])) != 0; i++)
			;
		if (i == n) {
			*to++ = *text++;
		} else {
			*to++ = i < 4 ? '\'' : i < 8 ? '"' : ' ';
			text += strlen(from[i]);
		}
	}
	if (copy != NULL)
		*to = '\0';
	return copy;
}

int expression_parse(struct expression **out, const char *text, enum expression_kind kind,
                     struct err *err)
{
	struct parser p = {.kind = kind, .err = err};
	struct expression *e = NULL;
	char *plain;
	int status = -1;

	if (strlen(text) > MAX_TEXT)
		return err_set(err, ERR_INPUT, "column %d: longer than %d bytes", MAX_TEXT, MAX_TEXT);
	if (!utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT, "column 1: not UTF-8");
	plain = plain_quotes(text);
	if (plain == NULL)
		return err_nomem(err);
	p.start = p.at = plain;
	if (parse_level(&p, 1, &e) != 0)
		goto out;
	blanks(&p);
	if (*p.at != '\0') {
		fault(&p, "something stands behind the end of the expression");
		goto out;
	}
	*out = e;
	e = NULL;
	status = 0;
out:
	expression_free(e);
	free(plain);
	return status;
}

void expression_free(struct expression *e)
{
	if (e == NULL)
		return;
	for (size_t i = 0; i < e->n; i++)
		expression_free(e->operand[i]);
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

static const struct operator *operator_of(enum expression_op op)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].op == op)
			return &operators[i];
	return NULL;
}

static void write_operand(struct buf *out, const struct expression *e, int level)
{
	const struct operator *op = operator_of(e->op);
	bool brackets = op != NULL && op->level < level;

	if (brackets)
		buf_putc(out, '(');
	expression_write(out, e);
	if (brackets)
		buf_putc(out, ')');
}

void expression_write(struct buf *out, const struct expression *e)
{
	const struct operator *op = operator_of(e->op);

	if (op != NULL) {
		write_operand(out, e->operand[0], op->level);
		buf_printf(out, " %s ", op->text);
		write_operand(out, e->operand[1], op->level + 1);
	} else if (e->op == EXPR_NUMBER) {
		buf_printf(out, "%.15g", e->number);
	} else if (e->op == EXPR_STRING) {
		char quote = strchr(e->text, '\'') != NULL ? '"' : '\'';

		buf_printf(out, "%c%s%c", quote, e->text, quote);
	} else if (e->op == EXPR_FIELD) {
		buf_printf(out, "${%s}", e->text);
	} else if (e->op == EXPR_COLUMN) {
		buf_puts(out, e->text);
	} else if (e->op == EXPR_SELF) {
		buf_putc(out, '.');
	} else if (e->op == EXPR_NEGATE) {
		buf_putc(out, '-');
		write_operand(out, e->operand[0], 7);
	} else {
		buf_printf(out, "%s(", e->text);
		for (size_t i = 0; i < e->n; i++) {
			if (i > 0)
				buf_puts(out, ", ");
			expression_write(out, e->operand[i]);
		}
		buf_putc(out, ')');
	}
}
