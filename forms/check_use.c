/*
 * check_use.c - how conditions use a field. In: expressions. Out: what the field is compared with,
 * whether it is counted or ordered, or that it is used in a way that is not understood here.
 */
#include "forms/check_search.h"

#include "forms/pool.h"
#include "lib/base/buf.h"

#include <string.h>

struct scan {
	struct check_use *use;
	const char *field;
	const char *self;
	struct pool *pool;
	size_t *steps;
	struct err *err;
};

bool check_use_self(const struct expression *e)
{
	static const char *const functions[] = {"number", "string", "string-length",
		"normalize-space"};

	for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
		if (e->op == EXPR_CALL && e->n == 0 && strcmp(e->text, functions[i]) == 0)
			return true;
	return e->op == EXPR_SELF;
}

static bool is_field(const struct scan *s, const struct expression *e)
{
	if (e->op == EXPR_FIELD)
		return strcmp(e->text, s->field) == 0;
	return e->op == EXPR_SELF && s->self != NULL && strcmp(s->self, s->field) == 0;
}

static bool is_call(const struct expression *e, const char *name)
{
	return e->op == EXPR_CALL && strcmp(e->text, name) == 0;
}

/* The field itself, or as a number or a text. */
static bool is_plain(const struct scan *s, const struct expression *e)
{
	while ((is_call(e, "number") || is_call(e, "string")) && e->n == 1)
		e = e->operand[0];
	return is_field(s, e);
}

static bool is_constant(const struct expression *e)
{
	if (e->op == EXPR_FIELD || e->op == EXPR_COLUMN || check_use_self(e))
		return false;
	for (size_t i = 0; i < e->n; i++)
		if (!is_constant(e->operand[i]))
			return false;
	return true;
}

static bool known(const struct check_use *u, const char *text)
{
	for (size_t i = 0; i < u->n_texts; i++)
		if (strcmp(u->texts[i], text) == 0)
			return true;
	return false;
}

/* A constant that the field is compared with. */
static int mention(struct scan *s, const struct expression *e)
{
	struct answers none = {0};
	struct expression_scope scope = {.answers = &none};
	struct check_use *u = s->use;
	struct buf text = {0};
	const char *copy;

	expression_text(&text, e, &scope);
	copy = text.failed ? NULL : pool_string(s->pool, text.data != NULL ? text.data : "");
	buf_finish(&text);
	if (copy == NULL)
		return err_nomem(s->err);
	/* dates equal other dates of the same day */
	u->complex |= strspn(copy, "0123456789") == 4 && copy[4] == '-';
	if (known(u, copy))
		return 0;
	if (u->n_texts == u->cap) {
		size_t cap = u->cap ? 2 * u->cap : 8;
		const char **texts = pool_array(s->pool, cap, sizeof *texts);

		if (texts == NULL)
			return err_nomem(s->err);
		if (u->n_texts > 0)
			memcpy(texts, u->texts, u->n_texts * sizeof *texts);
		u->texts = texts;
		u->cap = cap;
	}
	u->texts[u->n_texts++] = copy;
	return 0;
}

static int scan(struct scan *s, const struct expression *e, bool condition);

static int scan_operands(struct scan *s, const struct expression *e, bool condition)
{
	for (size_t i = 0; i < e->n; i++)
		if (scan(s, e->operand[i], condition) != 0)
			return -1;
	return 0;
}

static int scan_comparison(struct scan *s, const struct expression *e)
{
	for (size_t i = 0; i < 2; i++) {
		if (!is_plain(s, e->operand[i]) || !is_constant(e->operand[1 - i]))
			continue;
		s->use->ordered |= e->op != EXPR_EQ && e->op != EXPR_NE;
		return mention(s, e->operand[1 - i]);
	}
	return scan_operands(s, e, false);
}

static int scan_call(struct scan *s, const struct expression *e, bool condition)
{
	if (check_use_self(e)) {
		s->use->complex |= s->self != NULL && strcmp(s->self, s->field) == 0;
		return 0;
	}
	if (is_call(e, "selected") && e->n == 2 && is_field(s, e->operand[0]) &&
	    is_constant(e->operand[1]))
		return mention(s, e->operand[1]);
	if (is_call(e, "count-selected") && e->n == 1 && is_field(s, e->operand[0])) {
		s->use->counted = true;
		return 0;
	}
	if (is_call(e, "not") || is_call(e, "boolean"))
		return scan_operands(s, e, true);
	if (is_call(e, "if") && e->n == 3)
		return scan(s, e->operand[0], true) != 0 ||
				       scan(s, e->operand[1], condition) != 0 ||
				       scan(s, e->operand[2], condition) != 0
			       ? -1
			       : 0;
	return scan_operands(s, e, false);
}

/* `condition`: only whether it is true matters, which for an answer is whether there is one. */
static int scan(struct scan *s, const struct expression *e, bool condition)
{
	++*s->steps;
	switch (e->op) {
	case EXPR_OR:
	case EXPR_AND:
		return scan_operands(s, e, true);
	case EXPR_EQ:
	case EXPR_NE:
	case EXPR_LT:
	case EXPR_LE:
	case EXPR_GT:
	case EXPR_GE:
		return scan_comparison(s, e);
	case EXPR_CALL:
		return scan_call(s, e, condition);
	case EXPR_FIELD:
	case EXPR_SELF:
		s->use->complex |= is_field(s, e) && !condition;
		return 0;
	default:
		return scan_operands(s, e, false);
	}
}

int check_use_add(struct check_use *use, const struct expression *e, const char *field,
                     const char *self, struct pool *pool, size_t *steps, struct err *err)
{
	struct scan s = {use, field, self, pool, steps, err};

	return e == NULL ? 0 : scan(&s, e, true);
}
