/*
 * html.c - text in, escaped HTML out. Everything that a page shows and that is not markup of our
 * own goes through html_put(), be it a label of the questionnaire or what a person typed.
 * The five characters are those of the HTML standard, 13.1.2.3 and 13.1.4.
 */
#include "forms/html.h"

#include "lib/base/utf8.h"

#include <string.h>

#define REPLACEMENT "\xEF\xBF\xBD" /* U+FFFD */

static void put_code_point(struct buf *out, int32_t c, const char *bytes, size_t n)
{
	switch (c) {
	case '&':
		buf_puts(out, "&amp;");
		break;
	case '<':
		buf_puts(out, "&lt;");
		break;
	case '>':
		buf_puts(out, "&gt;");
		break;
	case '"':
		buf_puts(out, "&quot;");
		break;
	case '\'':
		buf_puts(out, "&#39;");
		break;
	case '\t':
	case '\n':
		buf_putc(out, (char)c);
		break;
	default:
		if (c < 0x20 || (c >= 0x7F && c < 0xA0))
			buf_puts(out, REPLACEMENT);
		else
			buf_put(out, bytes, n);
	}
}

static void html_put(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *from = s;
		int32_t c = utf8_next(&s, end);

		if (c < 0) {
			buf_puts(out, REPLACEMENT);
			s = from + 1;
		} else {
			put_code_point(out, c, from, (size_t)(s - from));
		}
	}
}

void html_text(struct buf *out, const char *s)
{
	html_put(out, s, strlen(s));
}

static void put_lines(struct buf *out, const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end) {
		const char *newline = memchr(s, '\n', (size_t)(end - s));

		if (newline == NULL) {
			html_put(out, s, (size_t)(end - s));
			return;
		}
		html_put(out, s, (size_t)(newline - s));
		buf_puts(out, "<br>");
		s = newline + 1;
	}
}

void html_lines(struct buf *out, const char *s)
{
	for (size_t n; s[n = strcspn(s, "\n")]; s += n + 1) {
		html_put(out, s, n);
		buf_puts(out, "<br/>");
	}
	html_text(out, s);
}

void html_paragraphs(struct buf *out, const char *s, const char *class)
{
	while (*s != '\0') {
		const char *gap = strstr(s, "\n\n");
		size_t n = gap != NULL ? (size_t)(gap - s) : strlen(s);

		if (n > 0) {
			buf_puts(out, "<p");
			if (class != NULL)
				html_attribute(out, "class", class);
			buf_putc(out, '>');
			put_lines(out, s, n);
			buf_puts(out, "</p>\n");
		}
		s += n;
		while (*s == '\n')
			s++;
	}
}

void html_attribute(struct buf *out, const char *name, const char *value)
{
	buf_putc(out, ' ');
	buf_puts(out, name);
	buf_puts(out, "=\"");
	html_text(out, value);
	buf_putc(out, '"');
}
