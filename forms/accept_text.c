/* accept_text.c - one form for texts and numbers that people type, whatever keyboard they have. */
#include "forms/accept_text.h"

#include "forms/form.h"
#include "lib/base/utf8.h"

#include <string.h>
#include <unicode/uchar.h>

static void trim(char *s)
{
	char *start = s;
	size_t n;

	while (*start == ' ' || *start == '\n' || *start == '\t')
		start++;
	n = strlen(start);
	while (n > 0 && (start[n - 1] == ' ' || start[n - 1] == '\n' || start[n - 1] == '\t'))
		n--;
	memmove(s, start, n);
	explicit_bzero(s + n, (size_t)(start - s) + strlen(start + n));
	s[n] = '\0';
}

void accept_text_tidy(char *s, bool lines)
{
	size_t n = 0;
	char *to = s;

	/* most are tidy */
	while (s[n] != '\0' && s[n] != '\r' && s[n] != '\n' && s[n] != '\t')
		n++;
	if (s[n] == '\0' && (n == 0 || (s[0] != ' ' && s[n - 1] != ' ')))
		return;
	for (const char *from = s; *from != '\0'; from++) {
		char c = *from;

		if (c == '\r') {
			if (from[1] == '\n')
				continue;
			c = '\n';
		}
		if (c == '\t' || (c == '\n' && !lines))
			c = ' ';
		*to++ = c;
	}
	*to = '\0';
	trim(s);
}

bool accept_text_valid(const char *s)
{
	const char *end = s + strlen(s);

	while (s < end) {
		int32_t c = utf8_next(&s, end);

		if (c < 0 || (c < 0x20 && c != '\n') || (c >= 0x7f && c < 0xa0))
			return false;
	}
	return true;
}

/* The ASCII character that a code point stands for in a number, or 0. */
static char number_character(int32_t c)
{
	int32_t digit = u_charDigitValue(c);

	if (digit >= 0 && digit <= 9)
		return (char)('0' + digit);
	if (c == '.' || c == ',' || c == 0x066b)
		return '.';
	if (c == '-' || c == 0x2212)
		return '-';
	return 0;
}

/* Cut superfluous zeros of a number that is otherwise right. */
static void shorten(char *s)
{
	char *first = s + (*s == '-'), *point = strchr(s, '.');
	size_t zeros = strspn(first, "0");

	if (point != NULL) {
		char *last = s + strlen(s) - 1;

		while (last > point && *last == '0')
			*last-- = '\0';
		if (last == point)
			*last = '\0';
	}
	if (zeros > 0 && (first[zeros] == '\0' || first[zeros] == '.'))
		zeros--;
	memmove(first, first + zeros, strlen(first + zeros) + 1);
	if (strcmp(s, "-0") == 0)
		strcpy(s, "0");
}

bool accept_text_is_number(const char *s)
{
	size_t whole, part;

	if (strlen(s) > FORM_NUMBER_LENGTH)
		return false;
	s += *s == '-';
	whole = strspn(s, "0123456789");
	if (whole == 0)
		return false;
	if (s[whole] == '\0')
		return true;
	part = strspn(s + whole + 1, "0123456789");
	return s[whole] == '.' && part > 0 && s[whole + 1 + part] == '\0';
}

void accept_text_number(char *s)
{
	char digits[FORM_NUMBER_LENGTH + 1];
	const char *from, *end;
	size_t n = 0;

	accept_text_tidy(s, false);
	from = s;
	end = s + strlen(s);
	while (from < end) {
		int32_t c = utf8_next(&from, end);
		char ascii = c < 0 ? 0 : number_character(c);

		if (ascii == 0 || n + 1 >= sizeof digits)
			return;
		digits[n++] = ascii;
	}
	digits[n] = '\0';
	if (accept_text_is_number(digits)) {
		strcpy(s, digits);
		shorten(s);
	}
	explicit_bzero(digits, sizeof digits);
}
