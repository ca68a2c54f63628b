/* narrative_percent.c - words enter, whether a percentage was typed in them leaves. */
#include "report/narrative_percent.h"

#include "lib/base/utf8.h"

#include <string.h>

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

/* "percentage points" is none of them. */
static const char *const in_words[] = {
	"percent",    "per cent",      "pour cent",   "por ciento", "por cento",
	"процент",    "процента",      "процентов",   "в процентах", "процентами",
	"في المئة",   "في المائة",     "بالمئة",      "بالمائة",     "في المية",
};

enum { IN_WORDS = sizeof in_words / sizeof *in_words };

bool narrative_percent_end(const struct narrative_percent *s)
{
	for (size_t i = 0; i < IN_WORDS; i++)
		if (strlen(in_words[i]) == s->n_word && !memcmp(s->word, in_words[i], s->n_word))
			return true;
	return false;
}

static bool is_letter(int32_t c)
{
	return (c >= 'a' && c <= 'z') || (c >= 0xc0 && c < 0x2000 && !is_mark(c) && !is_digit(c));
}

/*
 * One more character behind digits: a letter goes on with a word, a space may. Is a percentage in
 * words complete before it?
 */
static bool take(struct narrative_percent *s, int32_t c, bool behind_digits)
{
	char bytes[4];
	size_t n;

	if (c >= 'A' && c <= 'Z')
		c += 'a' - 'A';
	if (is_space(c))
		c = ' ';
	if (!is_letter(c) && narrative_percent_end(s))
		return true;
	n = utf8_write(bytes, c);
	if ((!is_letter(c) && c != ' ') || (!behind_digits && !s->n_word) ||
	    s->n_word + n > sizeof s->word) {
		s->n_word = 0;
		return false;
	}
	if (c != ' ' || (s->n_word && s->word[s->n_word - 1] != ' ')) {
		memcpy(s->word + s->n_word, bytes, n);
		s->n_word += n;
	}
	return false;
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
		if ((is_percent(c) && s->digit) || (is_digit(c) && s->percent) ||
		    take(s, c, s->digit))
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
