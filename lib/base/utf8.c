/*
 * utf8.c - well-formed UTF-8 by the table of RFC 3629, section 4.
 */
#include "lib/base/utf8.h"

int32_t utf8_next(const char **s, const char *end)
{
	const unsigned char *p = (const unsigned char *)*s;
	size_t room = (size_t)(end - *s);
	unsigned more;
	int32_t c, least;

	if (room == 0)
		return -1;
	if (p[0] < 0x80) {
		*s += 1;
		return p[0];
	}
	if (p[0] >= 0xc2 && p[0] <= 0xdf) {
		more = 1, c = p[0] & 0x1f, least = 0x80;
	} else if (p[0] >= 0xe0 && p[0] <= 0xef) {
		more = 2, c = p[0] & 0x0f, least = 0x800;
	} else if (p[0] >= 0xf0 && p[0] <= 0xf4) {
		more = 3, c = p[0] & 0x07, least = 0x10000;
	} else {
		return -1;
	}
	if (room <= more)
		return -1;
	for (unsigned i = 1; i <= more; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return -1;
		c = c << 6 | (p[i] & 0x3f);
	}
	if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return -1;
	*s += more + 1;
	return c;
}

bool utf8_valid(const char *s, size_t n)
{
	const char *end = s + n;

	while (s < end)
		if (utf8_next(&s, end) < 0)
			return false;
	return true;
}

size_t utf8_length(const char *s)
{
	size_t n = 0;

	for (; *s != '\0'; s++)
		n += (*s & 0xc0) != 0x80;
	return n;
}

size_t utf8_write(char out[4], int32_t c)
{
	if (c < 0x80) {
		out[0] = (char)c;
		return 1;
	}
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}
