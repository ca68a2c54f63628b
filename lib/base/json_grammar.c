/*
 * json_grammar.c - the strict grammar in front of cJSON, which by itself accepts trailing bytes,
 * malformed UTF-8, raw control characters and numbers such as "01".
 *
 * In: bytes. Out: yes, or where and why not. A recursive descent along RFC 8259, section by
 * section.
 */
#include "lib/base/json_grammar.h"

#include "lib/base/utf8.h"

#include <stdbool.h>
#include <string.h>

struct cursor {
	const char *start, *at, *end;
	int depth;
	struct err *err;
};

static int fault(struct cursor *c, const char *reason)
{
	size_t line = 1, column = 1;

	for (const char *p = c->start; p < c->at && p < c->end; p++) {
		if (*p == '\n') {
			line++;
			column = 1;
		} else {
			column += (*p & 0xc0) != 0x80;
		}
	}
	return err_set(c->err, ERR_INPUT, "line %zu, column %zu: %s", line, column, reason);
}

static void blanks(struct cursor *c)
{
	while (c->at < c->end && strchr(" \t\n\r", *c->at) != NULL && *c->at != '\0')
		c->at++;
}

static bool next_is(struct cursor *c, char wanted)
{
	return c->at < c->end && *c->at == wanted;
}

/* The four digits behind \u; -1 where they are not hexadecimal. */
static int hex4(struct cursor *c)
{
	int value = 0;

	if (c->end - c->at < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		char digit = c->at[i];

		if (digit >= '0' && digit <= '9')
			value = value * 16 + (digit - '0');
		else if (digit >= 'a' && digit <= 'f')
			value = value * 16 + (digit - 'a' + 10);
		else if (digit >= 'A' && digit <= 'F')
			value = value * 16 + (digit - 'A' + 10);
		else
			return -1;
	}
	c->at += 4;
	return value;
}

static int escape(struct cursor *c)
{
	int unit;

	if (c->at >= c->end)
		return fault(c, "the text ends inside a string");
	if (*c->at != 'u') {
		if (*c->at == '\0' || strchr("\"\\/bfnrt", *c->at) == NULL)
			return fault(c, "unknown escape");
		c->at++;
		return 0;
	}
	c->at++;
	unit = hex4(c);
	if (unit < 0)
		return fault(c, "\\u needs four hexadecimal digits");
	if (unit == 0)
		return fault(c, "U+0000 is not allowed");
	if (unit >= 0xd800 && unit <= 0xdbff) {
		if (c->end - c->at < 6 || c->at[0] != '\\' || c->at[1] != 'u')
			return fault(c, "lone surrogate");
		c->at += 2;
		unit = hex4(c);
		if (unit < 0xdc00 || unit > 0xdfff)
			return fault(c, "lone surrogate");
	} else if (unit >= 0xdc00 && unit <= 0xdfff) {
		return fault(c, "lone surrogate");
	}
	return 0;
}

static int string(struct cursor *c)
{
	c->at++;
	while (c->at < c->end && *c->at != '"') {
		if (*c->at == '\\') {
			c->at++;
			if (escape(c) != 0)
				return -1;
		} else if ((unsigned char)*c->at < 0x20) {
			return fault(c, "control character in a string");
		} else if (utf8_next(&c->at, c->end) < 0) {
			return fault(c, "not UTF-8");
		}
	}
	if (c->at >= c->end)
		return fault(c, "the text ends inside a string");
	c->at++;
	return 0;
}

static bool digits(struct cursor *c)
{
	const char *first = c->at;

	while (c->at < c->end && *c->at >= '0' && *c->at <= '9')
		c->at++;
	return c->at > first;
}

static int number(struct cursor *c)
{
	if (next_is(c, '-'))
		c->at++;
	if (next_is(c, '0'))
		c->at++;
	else if (!digits(c))
		return fault(c, "unexpected character");
	if (next_is(c, '.')) {
		c->at++;
		if (!digits(c))
			return fault(c, "a number needs digits behind its point");
	}
	if (next_is(c, 'e') || next_is(c, 'E')) {
		c->at++;
		if (next_is(c, '+') || next_is(c, '-'))
			c->at++;
		if (!digits(c))
			return fault(c, "a number needs digits in its exponent");
	}
	return 0;
}

static int value(struct cursor *c);

/* Members or items up to `close`, separated by commas. */
static int members(struct cursor *c, char close)
{
	c->at++;
	if (--c->depth < 0)
		return fault(c, "nested too deeply");
	blanks(c);
	if (next_is(c, close))
		goto done;
	for (;;) {
		if (close == '}') {
			blanks(c);
			if (!next_is(c, '"'))
				return fault(c, "a name in quotes is expected");
			if (string(c) != 0)
				return -1;
			blanks(c);
			if (!next_is(c, ':'))
				return fault(c, "':' is expected");
			c->at++;
		}
		if (value(c) != 0)
			return -1;
		blanks(c);
		if (next_is(c, close))
			break;
		if (!next_is(c, ','))
			return fault(c, close == '}' ? "',' or '}' is expected"
			                             : "',' or ']' is expected");
		c->at++;
	}
done:
	c->at++;
	c->depth++;
	return 0;
}

static int value(struct cursor *c)
{
	static const char *const words[] = {"true", "false", "null"};

	blanks(c);
	if (c->at >= c->end)
		return fault(c, "the text ends too early");
	if (*c->at == '{')
		return members(c, '}');
	if (*c->at == '[')
		return members(c, ']');
	if (*c->at == '"')
		return string(c);
	for (size_t i = 0; i < 3; i++) {
		size_t n = strlen(words[i]);

		if ((size_t)(c->end - c->at) >= n && memcmp(c->at, words[i], n) == 0) {
			c->at += n;
			return 0;
		}
	}
	return number(c);
}

int json_grammar_check(const char *text, size_t n, int depth, struct err *err)
{
	struct cursor c = {text, text, text + n, depth, err};

	if (value(&c) != 0)
		return -1;
	blanks(&c);
	if (c.at < c.end)
		return fault(&c, "something stands behind the end of the value");
	return 0;
}
