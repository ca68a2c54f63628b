/* narrative_percent.c - words enter, whether a percentage was typed in them leaves. */
#include "report/narrative_percent.h"

#include "lib/base/utf8.h"

/* The digits of scripts that reports are written in, each a row of ten. */
static bool is_digit(int32_t c)
{
	static const int32_t zeros[] = { '0',    0x660,  0x6f0,  0x966,  0x9e6,  0xe50,
		                         0x1040, 0x17e0, 0xff10 };

	for (size_t i = 0; i < sizeof zeros / sizeof *zeros; i++)
		if (c >= zeros[i] && c < zeros[i] + 10)
			return true;
	return false;
}

static bool is_percent(int32_t c)
{
	return c == '%' || c == 0x66a || c == 0xfe6a || c == 0xff05 || c == 0x2030 || c == 0x609;
}

static bool is_space(int32_t c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == 0xa0 || c == 0x202f ||
	       (c >= 0x2000 && c <= 0x200a);
}

/* Marks of direction and joiners, which nobody sees. */
static bool is_mark(int32_t c)
{
	return (c >= 0x200b && c <= 0x200f) || c == 0x61c || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0xad || c == 0xfeff;
}

bool narrative_percent(struct narrative_percent *s, const char *text, size_t n)
{
	const char *end = text + n;

	while (text < end) {
		int32_t c = utf8_next(&text, end);

		if (c < 0)
			return false;
		if (is_mark(c))
			continue;
		if ((is_percent(c) && s->digit) || (is_digit(c) && s->percent))
			return true;
		if (!is_space(c))
			s->digit = is_digit(c);
		s->percent = is_percent(c);
	}
	return false;
}

bool narrative_percent_number(struct narrative_percent *s)
{
	bool typed = s->percent;

	*s = (struct narrative_percent){ .digit = true };
	return typed;
}
