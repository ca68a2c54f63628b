/*
 * expression_parse.c - text -> typed tree. The grammar is XPath 1.0's expressions without paths,
 * with XLSForm's ${name} and ".": https://www.w3.org/TR/1999/REC-xpath-19991116, section 3.
 *
 * Precedence climbing, from loose to tight: or, and, = !=, < <= > >=, + -, * div mod, unary -.
 */
#include "forms/expression.h"

#include "forms/expression_advice.h"
#include "forms/expression_date.h"
#include "forms/expression_function.h"
#include "forms/expression_regex.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_TEXT = 8192, MAX_DEPTH = 100, MAX_OPERATORS = 1000, UNARY = 7 };

struct parser {
	const char *start, *at;
	enum expression_kind kind;
	int depth, operators;
	struct err *err;
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

static int fault_column(struct parser *p, size_t column, const char *reason)
{
	return err_set(p->err, ERR_INPUT, "column %zu: %s", column, reason);
}

static size_t characters(const char *from, const char *to)
{
	size_t n = 0;

	for (; from < to; from++)
		n += (*from & 0xc0) != 0x80;
	return n;
}

static size_t column_of(const struct parser *p, const char *at)
{
	return 1 + characters(p->start, at);
}

static int fault_at(struct parser *p, const char *at, const char *reason)
{
	return fault_column(p, column_of(p, at), reason);
}

static int fault(struct parser *p, const char *reason)
{
	return fault_at(p, p->at, reason);
}

static void blanks(struct parser *p)
{
	p->at += strspn(p->at, " \t\r\n");
}

/* Names are XML's, of any script, as far as it takes to tell where they end. */
static bool name_character(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || c == '-' || c == '.' || (c & 0x80) != 0;
}

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool name_start(char c)
{
	return name_character(c) && !digit(c) && c != '-' && c != '.';
}

/* The name here; a colon as in jr:itext is part of it. */
static size_t name_length(const char *s)
{
	size_t n = 0;

	while (name_character(s[n]) || (s[n] == ':' && name_start(s[n + 1])))
		n++;
	return n;
}

static struct expression *node(struct parser *p, enum expression_op op)
{
	struct expression *e = calloc(1, sizeof *e);

	if (e == NULL) {
		err_nomem(p->err);
		return NULL;
	}
	e->op = op;
	e->at = column_of(p, p->at);
	return e;
}

/* Take over `operand`, also on failure. */
static int adopt(struct parser *p, struct expression *e, struct expression *operand)
{
	struct expression **list;

	if (operand == NULL)
		return -1;
	list = reallocarray(e->operand, e->n + 1, sizeof *list);
	if (list == NULL) {
		expression_free(operand);
		return err_nomem(p->err);
	}
	e->operand = list;
	e->operand[e->n++] = operand;
	return 0;
}

static int parse_level(struct parser *p, int level, struct expression **out);

/* An operand of `e`, of operators at `level` or tighter. */
static int parse_into(struct parser *p, struct expression *e, int level)
{
	struct expression *operand = NULL;

	if (parse_level(p, level, &operand) != 0) {
		expression_free(operand);
		return -1;
	}
	return adopt(p, e, operand);
}

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
	size_t n = strspn(p->at, "0123456789");
	char *text;

	if (p->at[n] == '.')
		n += 1 + strspn(p->at + n + 1, "0123456789");
	text = strndup(p->at, n); /* strtod() would read 1e5 and 0x1, too */
	*out = node(p, EXPR_NUMBER);
	if (*out != NULL && text != NULL)
		(*out)->number = strtod(text, NULL);
	free(text);
	if (*out == NULL || text == NULL)
		return err_nomem(p->err);
	if (!isfinite((*out)->number))
		return fault(p, "a number with too many digits");
	p->at += n;
	return 0;
}

/* ${question} or ${question/row} */
static int parse_field(struct parser *p, struct expression **out)
{
	const char *name = p->at + 2, *end;
	int slashes = 0;

	name += strspn(name, " \t\r\n");
	for (end = name; name_character(*end) || *end == '/'; end++)
		slashes += *end == '/';
	if (*end == '#')
		return fault(p, "answers of an earlier time are not kept");
	if (end[strspn(end, " \t\r\n")] != '}' || end == name || slashes > 1)
		return fault(p, "a question is written ${name}");
	*out = node(p, EXPR_FIELD);
	if (*out == NULL)
		return -1;
	p->at = strchr(end, '}') + 1;
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
		if (parse_into(p, call, 1) != 0)
			return -1;
		blanks(p);
		if (*p->at == ')' || *p->at != ',')
			break;
		if (call->n >= EXPRESSION_ARGUMENTS)
			return fault(p, "too many arguments");
		p->at++;
	}
	if (*p->at != ')')
		return fault(p, "')' or ',' is expected");
	p->at++;
	return 0;
}

/* A pattern is compiled, once. */
static int check_regex(struct parser *p, struct expression *call)
{
	const struct expression *pattern = call->operand[1];
	const char *reason;
	size_t at;

	if (pattern->op != EXPR_STRING)
		return fault_column(p, pattern->at,
			"the pattern of regex() must be a text in quotes");
	if (expression_regex_compile(&call->regex, pattern->text, &at, &reason) == 0)
		return 0;
	if (reason == NULL)
		return err_nomem(p->err);
	return err_set(p->err, ERR_INPUT, "column %zu: in the pattern of regex(): %s",
		pattern->at + 1 + characters(pattern->text, pattern->text + at), reason);
}

static int check_date_format(struct parser *p, const struct expression *call)
{
	const struct expression *format = call->operand[1];
	bool time = strcmp(call->text, "format-date-time") == 0;
	const char *bad;

	if (format->op != EXPR_STRING)
		return 0;
	bad = expression_date_fault(format->text, time);
	if (bad == NULL)
		return 0;
	return fault_column(p, format->at + 1 + characters(format->text, bad),
		time ? "a date's format has %Y %y %m %n %b %d %e %a %H %h %M %S %3"
		     : "a date's format has %Y %y %m %n %b %d %e %a");
}

/* What can be wrong with an argument is known now if that is a text. */
static int check_arguments(struct parser *p, struct expression *call)
{
	if (strcmp(call->text, "regex") == 0)
		return check_regex(p, call);
	if (strcmp(call->text, "format-date") == 0 || strcmp(call->text, "format-date-time") == 0)
		return check_date_format(p, call);
	return 0;
}

static int parse_call(struct parser *p, struct expression **out)
{
	const struct expression_function *f;
	const char *name = p->at;
	size_t n = name_length(name);

	*out = node(p, EXPR_CALL);
	if (*out == NULL || keep_text(p, *out, name, n) != 0)
		return -1;
	p->at += n;
	blanks(p);
	if (*p->at != '(') {
		if (p->kind != EXPRESSION_CHOICE_FILTER)
			return expression_advice_name(column_of(p, name), name, n, p->err);
		(*out)->op = EXPR_COLUMN;
		p->at = name + n;
		return 0;
	}
	p->at++;
	f = expression_function(name, n);
	if (f == NULL)
		return expression_advice_function(column_of(p, name), name, n, p->err);
	if (parse_arguments(p, *out) != 0)
		return -1;
	if ((*out)->n == 0 && f->self && adopt(p, *out, node(p, EXPR_SELF)) != 0)
		return -1;
	if ((*out)->n < f->least || (*out)->n > f->most)
		return expression_advice_count(column_of(p, name), f, p->err);
	return check_arguments(p, *out);
}

static int parse_brackets(struct parser *p, struct expression **out)
{
	p->at++;
	if (parse_level(p, 1, out) != 0)
		return -1;
	blanks(p);
	if (*p->at != ')')
		return fault(p, "')' is expected");
	p->at++;
	return 0;
}

static int parse_operand(struct parser *p, struct expression **out)
{
	const char *advice;

	blanks(p);
	if (*p->at == '\0')
		return fault(p, "the expression ends too early");
	if (*p->at == '\'' || *p->at == '"')
		return parse_string(p, out);
	if (*p->at == '$' && p->at[1] == '{')
		return parse_field(p, out);
	if (digit(*p->at) || (*p->at == '.' && digit(p->at[1])))
		return parse_number(p, out);
	if (*p->at == '(')
		return parse_brackets(p, out);
	advice = expression_advice(p->at, EXPRESSION_OPERAND);
	if (advice != NULL)
		return fault(p, advice);
	if (*p->at == '.' || *p->at == '-') {
		*out = node(p, *p->at == '.' ? EXPR_SELF : EXPR_NEGATE);
		if (*out == NULL)
			return -1;
		return *p->at++ == '.' ? 0 : parse_into(p, *out, UNARY);
	}
	if (name_start(*p->at))
		return parse_call(p, out);
	return fault(p, "unexpected character");
}

/* The operator that stands here and binds at least as tightly as `level`. */
static const struct operator *next_operator(const struct parser *p, int level)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
		size_t n = strlen(operators[i].text);

		if (strncmp(p->at, operators[i].text, n) != 0)
			continue;
		if (operators[i].text[0] >= 'a' && name_character(p->at[n]) && p->at[n] != '.' &&
		    p->at[n] != '-')
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
	for (;;) {
		struct expression *both;
		const char *advice;

		blanks(p);
		advice = expression_advice(p->at, EXPRESSION_OPERATOR);
		if (advice != NULL) {
			fault(p, advice);
			goto out;
		}
		op = next_operator(p, level);
		if (op == NULL)
			break;
		if (++p->operators > MAX_OPERATORS) {
			fault(p, "too many operators");
			goto out;
		}
		both = node(p, op->op);
		if (both == NULL)
			goto out;
		status = adopt(p, both, *out);
		*out = both;
		p->at += strlen(op->text);
		if (status != 0 || (status = parse_into(p, both, op->level + 1)) != 0)
			goto out;
		status = -1;
	}
	status = 0;
out:
	p->depth--;
	return status;
}

/* A copy in which typographic quotes and blanks are plain ones, one character for one: 20% of real
 * expressions have them. */
static char *plain(const char *text)
{
	static const struct {
		const char *from;
		char to;
	} signs[] = {
		{"\u2018", '\''}, {"\u2019", '\''}, {"\u201a", '\''}, {"\u201b", '\''},
		{"\u201c", '"'},  {"\u201d", '"'},  {"\u201e", '"'},  {"\u201f", '"'},
		{"\u00a0", ' '},  {"\u202f", ' '},  {"\u2009", ' '},  {"\u200b", ' '},
		{"\ufeff", ' '},
	};
	char *copy = strdup(text), *to = copy;

	while (copy != NULL && *text != '\0') {
		size_t i = 0, n = sizeof signs / sizeof *signs;

		while (i < n && strncmp(text, signs[i].from, strlen(signs[i].from)) != 0)
			i++;
		*to++ = i < n ? signs[i].to : *text;
		text += i < n ? strlen(signs[i].from) : 1;
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
	char *copy;
	int status = -1;

	if (strlen(text) > MAX_TEXT)
		return err_set(err, ERR_INPUT, "column %d: longer than %d bytes", MAX_TEXT,
			MAX_TEXT);
	if (!utf8_valid(text, strlen(text)))
		return err_set(err, ERR_INPUT, "column 1: not UTF-8");
	copy = plain(text);
	if (copy == NULL)
		return err_nomem(err);
	p.start = p.at = copy;
	if (parse_level(&p, 1, &e) != 0)
		goto out;
	if (*p.at != '\0') {
		fault(&p, "something stands behind the end of the expression");
		goto out;
	}
	*out = e;
	e = NULL;
	status = 0;
out:
	expression_free(e);
	free(copy);
	return status;
}
