/*
 * inspect_token.c - bytes of a content stream or a CMap enter, tokens leave (ISO 32000-1, 7.2 and
 * 7.3).
 */
#include "report/inspect_parts.h"

#include "lib/base/utf8.h"

#include <string.h>

enum { NESTING = 16, STRING_MAX = 1 << 20 };

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_regular(char c)
{
	return !is_space(c) && !strchr("()<>[]{}/%", c);
}

static int hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void skip(struct inspect_scan *s)
{
	while (s->at < s->end && (is_space(*s->at) || *s->at == '%')) {
		if (*s->at == '%')
			while (s->at < s->end && *s->at != '\n' && *s->at != '\r')
				s->at++;
		else
			s->at++;
	}
}

/* Behind "<". */
static enum inspect_kind hex_string(struct inspect_scan *s)
{
	int high = -1;

	for (; s->at < s->end && *s->at != '>'; s->at++) {
		int digit = hex(*s->at);

		if (digit < 0 && !is_space(*s->at))
			return INSPECT_BAD;
		if (digit < 0)
			continue;
		if (high < 0) {
			high = digit;
		} else {
			buf_putc(&s->string, (char)(high << 4 | digit));
			high = -1;
		}
	}
	if (s->at == s->end)
		return INSPECT_BAD;
	s->at++;
	if (high >= 0)
		buf_putc(&s->string, (char)(high << 4));
	return s->string.failed || s->string.len > STRING_MAX ? INSPECT_BAD : INSPECT_STRING;
}

/* Behind a backslash. */
static void escape(struct inspect_scan *s)
{
	static const char from[] = "nrtbf()\\", to[] = "\n\r\t\b\f()\\";
	const char *known;
	char c = *s->at++;
	int octal = 0;

	if (c >= '0' && c <= '7') {
		octal = c - '0';
		for (int i = 0; i < 2 && s->at < s->end && *s->at >= '0' && *s->at <= '7'; i++)
			octal = octal * 8 + (*s->at++ - '0');
		buf_putc(&s->string, (char)(octal & 0xff));
		return;
	}
	if (c == '\n')
		return;
	if (c == '\r') {
		s->at += s->at < s->end && *s->at == '\n';
		return;
	}
	known = c ? strchr(from, c) : NULL;
	buf_putc(&s->string, known ? to[known - from] : c);
}

/* Behind "(". */
static enum inspect_kind literal_string(struct inspect_scan *s)
{
	int depth = 1;

	while (s->at < s->end) {
		char c = *s->at++;

		if (c == '\\' && s->at < s->end) {
			escape(s);
			continue;
		}
		if (c == '(' && ++depth > NESTING)
			return INSPECT_BAD;
		if (c == ')' && --depth == 0)
			return s->string.failed || s->string.len > STRING_MAX ? INSPECT_BAD
			                                                      : INSPECT_STRING;
		buf_putc(&s->string, c);
	}
	return INSPECT_BAD;
}

static bool read_number(struct inspect_scan *s)
{
	double value = 0, unit = 1;
	size_t i = 0, digits = 0;
	bool minus = s->n && s->word[0] == '-', point = false;

	if (s->n && (s->word[0] == '-' || s->word[0] == '+'))
		i = 1;
	for (; i < s->n && digits < 40; i++) {
		char c = s->word[i];

		if (c == '.' && !point) {
			point = true;
		} else if (c >= '0' && c <= '9') {
			digits++;
			value = value * 10 + (c - '0');
			unit *= point ? 10 : 1;
		} else {
			return false;
		}
	}
	s->number = (minus ? -value : value) / unit;
	return digits > 0 && i == s->n;
}

static enum inspect_kind regular(struct inspect_scan *s)
{
	s->word = s->at;
	while (s->at < s->end && is_regular(*s->at))
		s->at++;
	s->n = (size_t)(s->at - s->word);
	return INSPECT_WORD;
}

static enum inspect_kind scan(struct inspect_scan *s)
{
	char c, next;

	skip(s);
	if (s->at == s->end)
		return INSPECT_END;
	c = *s->at;
	next = s->end - s->at > 1 ? s->at[1] : '\0';
	if (is_regular(c)) {
		regular(s);
		return read_number(s) ? INSPECT_NUMBER : INSPECT_WORD;
	}
	s->at++;
	switch (c) {
	case '/':
		regular(s);
		return INSPECT_NAME;
	case '(':
		return literal_string(s);
	case '[':
		return INSPECT_ARRAY;
	case ']':
		return INSPECT_ARRAY_END;
	case '<':
		if (next != '<')
			return hex_string(s);
		s->at++;
		return INSPECT_DICT;
	case '>':
		if (next != '>')
			return INSPECT_BAD;
		s->at++;
		return INSPECT_DICT_END;
	default:
		return INSPECT_BAD;
	}
}

enum inspect_kind inspect_next(struct inspect_scan *s)
{
	buf_clear(&s->string);
	s->word = "";
	s->n = 0;
	s->kind = scan(s);
	return s->kind;
}

bool inspect_word(const struct inspect_scan *s, const char *word)
{
	return s->n == strlen(word) && !memcmp(s->word, word, s->n);
}

void inspect_utf16(struct buf *out, const void *bytes, size_t n)
{
	const uint8_t *b = bytes;

	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t c = (uint32_t)(b[i] << 8 | b[i + 1]);
		char utf8[4];
		uint32_t low = i + 3 < n ? (uint32_t)(b[i + 2] << 8 | b[i + 3]) : 0;

		if ((c & 0xFC00) == 0xD800 && (low & 0xFC00) == 0xDC00) {
			c = 0x10000 + ((c & 0x3FF) << 10 | (low & 0x3FF));
			i += 2;
		} else if ((c & 0xF800) == 0xD800) {
			c = 0xFFFD;
		}
		if (i == 0 && c == 0xFEFF)
			continue;
		buf_put(out, utf8, utf8_write(utf8, c ? (int32_t)c : ' '));
	}
}
