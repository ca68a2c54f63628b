/*
 * err.c - one fault, set where it is found, said in one line.
 *
 * In: a code and a format. Out: a filled struct err. Messages stay on one line whatever text they
 * quote, so that a program's error is always one line on stderr.
 */
#include "lib/base/err.h"

#include "lib/base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* Cut what snprintf cut in the middle of a character; make it one line. */
static void tidy(char *msg)
{
	size_t n = strlen(msg);
	size_t back = 0;

	while (n > 0 && back < 4 && !utf8_valid(msg, n)) {
		n--;
		back++;
	}
	if (utf8_valid(msg, n))
		msg[n] = '\0';
	for (char *c = msg; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
}

int err_set(struct err *err, enum err_code code, const char *fmt, ...)
{
	va_list args;

	err->code = code;
	va_start(args, fmt);
	vsnprintf(err->msg, sizeof err->msg, fmt, args);
	va_end(args);
	tidy(err->msg);
	return -1;
}

int err_prefix(struct err *err, const char *fmt, ...)
{
	char place[sizeof err->msg];
	char whole[2 * sizeof err->msg + 2];
	va_list args;

	va_start(args, fmt);
	vsnprintf(place, sizeof place, fmt, args);
	va_end(args);
	snprintf(whole, sizeof whole, "%s: %s", place, err->msg);
	snprintf(err->msg, sizeof err->msg, "%.*s", (int)sizeof err->msg - 1, whole);
	tidy(err->msg);
	return -1;
}

int err_nomem(struct err *err)
{
	return err_set(err, ERR_NOMEM, "out of memory");
}

int err_status(const struct err *err)
{
	return err->code == ERR_REFUSED ? 3 : 1;
}
