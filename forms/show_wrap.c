/*
 * show_wrap.c - text for a terminal. In: UTF-8 of a questionnaire. Out: lines that fit. Breaks are
 * ICU's (UAX #14), widths those of UAX #11; a line that holds right-to-left letters is isolated
 * (UAX #9: FSI, PDI), so that it cannot reorder what stands around it. Control characters, which
 * a terminal would obey, become U+FFFD.
 */
#include "forms/show_wrap.h"

#include "lib/base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/utext.h>

#define FSI "\xE2\x81\xA8"
#define PDI "\xE2\x81\xA9"
#define REPLACEMENT "\xEF\xBF\xBD"

static bool is_control(int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0);
}

static size_t columns(int32_t c)
{
	int8_t type = u_charType(c);
	int width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);

	if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR)
		return 0;
	return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

static size_t width(const char *s, const char *end)
{
	size_t n = 0;

	while (s < end) {
		int32_t c = utf8_next(&s, end);

		n += c < 0 || is_control(c) ? 1 : columns(c);
		if (c < 0)
			s++;
	}
	return n;
}

size_t show_wrap_width(const char *text)
{
	return width(text, text + strlen(text));
}

static bool right_to_left(const char *s, const char *end)
{
	while (s < end) {
		int32_t c = utf8_next(&s, end);
		UCharDirection d = c < 0 ? U_LEFT_TO_RIGHT : u_charDirection(c);

		if (d == U_RIGHT_TO_LEFT || d == U_RIGHT_TO_LEFT_ARABIC)
			return true;
		if (c < 0)
			s++;
	}
	return false;
}

static void put_safe(struct buf *out, const char *s, const char *end)
{
	while (s < end) {
		const char *from = s;
		int32_t c = utf8_next(&s, end);

		if (c < 0)
			s++;
		if (c < 0 || is_control(c))
			buf_puts(out, REPLACEMENT);
		else
			buf_put(out, from, (size_t)(s - from));
	}
}

/* Where a line from `s` ends: behind the last break that fits, or at the end of the first word. */
static const char *line_end(const char *s, const char *end, UBreakIterator *breaks,
                            const char *text, size_t room)
{
	const char *best = NULL;
	int32_t at = breaks != NULL ? ubrk_following(breaks, (int32_t)(s - text)) : UBRK_DONE;

	for (; at != UBRK_DONE && text + at <= end; at = ubrk_next(breaks)) {
		const char *to = text + at, *shown = to;

		while (shown > s && (shown[-1] == ' ' || shown[-1] == '\n'))
			shown--;
		if (best != NULL && width(s, shown) > room)
			break;
		best = to;
	}
	return best != NULL ? best : end;
}

static void put_line(struct buf *out, const char *s, const char *end, const char *on,
                     const char *off)
{
	bool isolate;

	while (end > s && end[-1] == ' ')
		end--;
	isolate = right_to_left(s, end);
	buf_puts(out, on);
	if (isolate)
		buf_puts(out, FSI);
	put_safe(out, s, end);
	if (isolate)
		buf_puts(out, PDI);
	buf_puts(out, off);
	buf_putc(out, '\n');
}

/* One paragraph of the text, without a newline. */
static void put_paragraph(struct buf *out, const char *first, size_t indent, const char *s,
                          const char *end, const char *on, const char *off)
{
	const char *text = s;
	UErrorCode status = U_ZERO_ERROR;
	UText *u = utext_openUTF8(NULL, s, (int64_t)(end - s), &status);
	UBreakIterator *breaks = ubrk_open(UBRK_LINE, "", NULL, 0, &status);
	size_t room = indent < SHOW_WIDTH ? SHOW_WIDTH - indent : 1;

	if (breaks != NULL)
		ubrk_setUText(breaks, u, &status);
	if (U_FAILURE(status)) {
		ubrk_close(breaks);
		breaks = NULL;
	}
	do {
		const char *to = line_end(s, end, breaks, text, room);

		if (first != NULL)
			buf_puts(out, first);
		else if (to > s)
			buf_printf(out, "%*s", (int)indent, "");
		put_line(out, s, to, on, off);
		first = NULL;
		s = to;
	} while (s < end);
	ubrk_close(breaks);
	utext_close(u);
}

void show_wrap(struct buf *out, const char *first, size_t indent, const char *text,
               const char *on, const char *off)
{
	for (;;) {
		const char *end = text + strcspn(text, "\n");

		put_paragraph(out, first, indent, text, end, on, off);
		if (*end == '\0')
			return;
		text = end + 1;
		first = NULL;
	}
}
