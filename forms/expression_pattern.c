/*
 * expression_pattern.c - a pattern as authors write it for Java (ODK Collect) and JavaScript
 * (Enketo) -> an ICU pattern that means the same.
 *
 * It is read strictly and written anew, because the three differ in what . $ \d \w \s and \b are:
 * here they are JavaScript's, with characters as code points. Groups do not capture, as nothing can
 * refer to them.
 */
#include "forms/expression_pattern.h"

#include "lib/base/utf8.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	GROUPS_MOST = 50,
	COUNT_DIGITS = 4, /* {9999} at most */
};

#define WORD "A-Za-z0-9_"
#define WORD_BOUNDARY "(?<=[" WORD "])(?![" WORD "])|(?<![" WORD "])(?=[" WORD "])"
#define NOT_BOUNDARY "(?<=[" WORD "])(?=[" WORD "])|(?<![" WORD "])(?![" WORD "])"
#define LINE_END "\\n\\r\\x{2028}\\x{2029}"
#define SPACE                                                                                  \
	"\\t\\n\\x{b}\\f\\r\\x{20}\\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}" \
	"\\x{205f}\\x{3000}\\x{feff}"

struct translator {
	const char *at, *end;
	struct buf out;
	const char *reason;
	struct {
		const char *at;
		bool look; /* a look-ahead */
	} group[GROUPS_MOST]; /* that is open */
	size_t depth;
	bool atom; /* something stands before that can be repeated */
};

static int refuse(struct translator *t, const char *reason)
{
	t->reason = reason;
	return -1;
}

/* A character that stands for itself, for ICU in a class or out of one. */
static void put_literal(struct translator *t, int32_t c)
{
	bool plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

	if (plain)
		buf_putc(&t->out, (char)c);
	else
		buf_printf(&t->out, "\\x{%x}", (unsigned)c);
}

/* \d \D \w \W \s \S as the inside of a class; NULL if it is none of them. */
static const char *class_of(char c, bool *negated)
{
	*negated = c == 'D' || c == 'W' || c == 'S';
	switch (c) {
	case 'd':
	case 'D':
		return "0-9";
	case 'w':
	case 'W':
		return WORD;
	case 's':
	case 'S':
		return SPACE;
	default:
		return NULL;
	}
}

/* \p{L}, \p{Lu}, \p{Script=Arabic} after the p: what all three know. */
static int property(struct translator *t, char p)
{
	static const char categories[] = " L Lu Ll Lt Lm Lo M Mn Mc Me N Nd Nl No P Pc Pd Ps Pe Pi "
		"Pf Po S Sm Sc Sk So Z Zs Zl Zp C Cc Cf Cs Co Cn ";
	const char *name = t->at + 1, *close;
	char padded[8] = " ";
	size_t n;

	close = t->at < t->end && *t->at == '{' ? memchr(name, '}', (size_t)(t->end - name)) : NULL;
	if (close == NULL)
		return refuse(t, "a property is written \\p{L}");
	n = (size_t)(close - name);
	if (n == 1 || n == 2) {
		memcpy(padded + 1, name, n);
		padded[n + 1] = ' ';
		if (strstr(categories, padded) == NULL)
			return refuse(t, "an unknown property");
	} else if ((n < 8 || strncmp(name, "Script=", 7) != 0) &&
	           (n < 4 || strncmp(name, "sc=", 3) != 0)) {
		return refuse(t, "this property is not known everywhere: write \\p{L} or "
			"\\p{Script=Arabic}");
	}
	for (const char *c = name + (n > 2 ? strcspn(name, "=") + 1 : 0); c < close; c++)
		if ((*c < 'A' || *c > 'Z') && (*c < 'a' || *c > 'z') && *c != '_')
			return refuse(t, "an unknown property");
	buf_printf(&t->out, "\\%c{%.*s}", p, (int)n, name);
	t->at = close + 1;
	return 0;
}

static int32_t hexadecimal(struct translator *t, int n)
{
	int32_t value = 0;

	for (; n > 0; n--, t->at++) {
		char c = t->at < t->end ? *t->at : '\0';

		if (c >= '0' && c <= '9')
			value = value * 16 + (c - '0');
		else if ((c | 32) >= 'a' && (c | 32) <= 'f')
			value = value * 16 + ((c | 32) - 'a' + 10);
		else
			return -1;
	}
	return value;
}

/* After a backslash: the one character that is meant, or -1 with the reason set. */
static int32_t escaped(struct translator *t)
{
	static const char letters[] = "tnrf", meant[] = "\t\n\r\f";
	char c = t->at < t->end ? *t->at++ : '\0';
	const char *known = c != '\0' ? strchr(letters, c) : NULL;
	int32_t value;

	if (known != NULL)
		return meant[known - letters];
	if (c == 'x' || c == 'u') {
		value = hexadecimal(t, c == 'x' ? 2 : 4);
		if (value <= 0 || (value >= 0xd800 && value < 0xe000))
			return refuse(t, "a character's code is written \\x41 or \\u0041");
		return value;
	}
	if (c == '\0')
		return refuse(t, "nothing stands behind the backslash");
	if (c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
	    (c < 'a' || c > 'z'))
		return c;
	if (c == ' ')
		return c;
	if (c >= '1' && c <= '9')
		return refuse(t, "references back to a group are not supported");
	return refuse(t, "this escape does not mean the same everywhere");
}

/* A backslash outside a class. */
static int escape(struct translator *t)
{
	const char *from = t->at++, *inside;
	char c = t->at < t->end ? *t->at : '\0';
	bool negated;
	int32_t one;

	t->atom = true;
	inside = class_of(c, &negated);
	if (inside != NULL) {
		t->at++;
		buf_printf(&t->out, "[%s%s]", negated ? "^" : "", inside);
		return 0;
	}
	if (c == 'b' || c == 'B') {
		t->at++;
		buf_printf(&t->out, "(?:%s)", c == 'b' ? WORD_BOUNDARY : NOT_BOUNDARY);
		t->atom = false;
		return 0;
	}
	if (c == 'p' || c == 'P') {
		t->at++;
		if (property(t, c) == 0)
			return 0;
		t->at = from;
		return -1;
	}
	one = escaped(t);
	if (one < 0) {
		t->at = from;
		return -1;
	}
	put_literal(t, one);
	return 0;
}

/*
 * One member of a class: a character, or -2 for what is several and was written, or -1 with the
 * reason set.
 */
static int32_t member(struct translator *t)
{
	const char *from = t->at, *inside;
	bool negated;
	int32_t one;

	if (*t->at == '[')
		return refuse(t, "within [ ] a [ is written \\[");
	if (*t->at == '&' && t->at + 1 < t->end && t->at[1] == '&')
		return refuse(t, "&& within [ ] does not mean the same everywhere");
	if (*t->at != '\\') {
		one = utf8_next(&t->at, t->end);
		return one >= 0 ? one : refuse(t, "not UTF-8");
	}
	t->at++;
	inside = class_of(t->at < t->end ? *t->at : '\0', &negated);
	if (inside != NULL) {
		t->at++;
		buf_printf(&t->out, negated ? "[^%s]" : "%s", inside);
		return -2;
	}
	if (t->at < t->end && (*t->at == 'p' || *t->at == 'P')) {
		t->at++;
		one = property(t, t->at[-1]) == 0 ? -2 : -1;
	} else {
		one = escaped(t);
	}
	if (one == -1)
		t->at = from;
	return one;
}

static int class(struct translator *t)
{
	const char *from = t->at++;

	buf_putc(&t->out, '[');
	if (t->at < t->end && *t->at == '^') {
		buf_putc(&t->out, '^');
		t->at++;
	}
	if (t->at < t->end && *t->at == ']')
		return refuse(t, "a class of no characters; within [ ] a ] is written \\]");
	while (t->at < t->end && *t->at != ']') {
		const char *start = t->at;
		int32_t first = member(t), last;

		if (first == -1)
			return -1;
		if (first < 0)
			continue;
		put_literal(t, first);
		if (t->end - t->at < 2 || *t->at != '-' || t->at[1] == ']')
			continue;
		buf_putc(&t->out, '-');
		t->at++;
		last = *t->at == '\\' && t->at + 1 < t->end &&
			strchr("dDwWsSpP", t->at[1]) != NULL ? -2 : member(t);
		if (last == -1)
			return -1;
		if (last < first) { /* also a-\d */
			t->at = start;
			return refuse(t, "a range that runs backwards");
		}
		put_literal(t, last);
	}
	if (t->at == t->end) {
		t->at = from;
		return refuse(t, "a [ without its ]");
	}
	buf_putc(&t->out, ']');
	t->at++;
	t->atom = true;
	return 0;
}

/* {n} {n,} {n,m} */
static int count(struct translator *t)
{
	const char *c = t->at + 1;
	size_t least = strspn(c, "0123456789"), most = 0;
	long from, to;

	c += least;
	if (*c == ',') {
		c++;
		most = strspn(c, "0123456789");
		c += most;
	}
	if (least == 0 || *c != '}')
		return refuse(t, "a count is written {2} or {2,5}; the sign { itself \\{");
	if (least > COUNT_DIGITS || most > COUNT_DIGITS)
		return refuse(t, "a count above 9999");
	from = strtol(t->at + 1, NULL, 10);
	to = most > 0 ? strtol(c - most, NULL, 10) : from;
	if (to < from)
		return refuse(t, "a count that runs backwards");
	buf_put(&t->out, t->at, (size_t)(c + 1 - t->at));
	t->at = c + 1;
	return 0;
}

static int repeat(struct translator *t)
{
	if (!t->atom)
		return refuse(t, "nothing that could be repeated");
	if (*t->at == '{') {
		if (count(t) != 0)
			return -1;
	} else {
		buf_putc(&t->out, *t->at++);
	}
	if (t->at < t->end && *t->at == '?')
		buf_putc(&t->out, *t->at++);
	if (t->at < t->end && *t->at == '+')
		return refuse(t, "possessive repetition is not known everywhere");
	t->atom = false;
	return 0;
}

static int open_group(struct translator *t)
{
	const char *after = t->at + 1;
	bool look = false;

	if (t->depth == GROUPS_MOST)
		return refuse(t, "too many groups within each other");
	if (*after != '?') {
		buf_puts(&t->out, "(?:");
	} else if (after[1] == ':' || after[1] == '=' || after[1] == '!') {
		look = after[1] != ':';
		buf_putc(&t->out, '(');
		buf_put(&t->out, after, 2);
		after += 2;
	} else if (after[1] == '>') {
		return refuse(t, "atomic groups are not known everywhere");
	} else if (after[1] == '<' && (after[2] == '=' || after[2] == '!')) {
		return refuse(t, "looking behind is not known everywhere");
	} else if (after[1] == '<' || after[1] == 'P') {
		return refuse(t, "groups have no names here");
	} else {
		return refuse(t, "flags within a pattern are not known everywhere");
	}
	t->group[t->depth].at = t->at;
	t->group[t->depth++].look = look;
	t->at = after;
	t->atom = false;
	return 0;
}

static int close_group(struct translator *t)
{
	if (t->depth == 0)
		return refuse(t, "a ) without its (");
	buf_putc(&t->out, ')');
	t->atom = !t->group[--t->depth].look;
	t->at++;
	return 0;
}

static int next(struct translator *t)
{
	int32_t c;

	switch (*t->at) {
	case '(':
		return open_group(t);
	case ')':
		return close_group(t);
	case '[':
		return class(t);
	case '\\':
		return escape(t);
	case '*':
	case '+':
	case '?':
	case '{':
		return repeat(t);
	case '^':
	case '$':
	case '|':
		buf_puts(&t->out, *t->at == '$' ? "\\z" : *t->at == '^' ? "^" : "|");
		t->atom = false;
		t->at++;
		return 0;
	case '.':
		buf_puts(&t->out, "[^" LINE_END "]");
		t->at++;
		break;
	default:
		c = utf8_next(&t->at, t->end);
		if (c <= 0)
			return refuse(t, "not UTF-8");
		put_literal(t, c);
		break;
	}
	t->atom = true;
	return 0;
}

int expression_pattern_translate(struct buf *out, const char *pattern, size_t *at,
                                 const char **reason)
{
	struct translator t = {.at = pattern, .end = pattern + strlen(pattern)};
	int status = 0;

	while (status == 0 && t.at < t.end)
		status = next(&t);
	if (status == 0 && t.depth > 0) {
		t.at = t.group[t.depth - 1].at;
		status = refuse(&t, "a ( without its )");
	}
	*at = (size_t)(t.at - pattern);
	*reason = t.reason;
	if (status == 0)
		buf_puts(out, t.out.len > 0 ? t.out.data : "(?:)");
	out->failed = out->failed || t.out.failed;
	buf_finish(&t.out);
	return status == 0 && !out->failed ? 0 : -1;
}
