/*
 * buf.c - growable bytes with a sticky failure. Memory that growth leaves behind is wiped, because
 * any buf may have held an answer.
 */
#include "lib/base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int reserve(struct buf *b, size_t n)
{
	size_t need, cap;
	char *data;

	if (b->failed)
		return -1;
	if (__builtin_add_overflow(b->len, n, &need) || __builtin_add_overflow(need, 1, &need) ||
	    need > SIZE_MAX / 2) {
		b->failed = true;
		return -1;
	}
	if (need <= b->cap)
		return 0;
	cap = b->cap * 2 > need ? b->cap * 2 : need + 64;
	data = malloc(cap);
	if (data == NULL) {
		b->failed = true;
		return -1;
	}
	if (b->data != NULL) {
		memcpy(data, b->data, b->len);
		explicit_bzero(b->data, b->cap);
		free(b->data);
	} else {
		data[0] = '\0';
	}
	b->data = data;
	b->cap = cap;
	return 0;
}

void *buf_room(struct buf *b, size_t n)
{
	if (reserve(b, n) != 0)
		return NULL;
	b->data[b->len + n] = '\0';
	return b->data + b->len;
}

void buf_put(struct buf *b, const void *bytes, size_t n)
{
	char *to = buf_room(b, n);

	if (to == NULL)
		return;
	if (n > 0)
		memcpy(to, bytes, n);
	b->len += n;
}

void buf_puts(struct buf *b, const char *s)
{
	buf_put(b, s, strlen(s));
}

void buf_putc(struct buf *b, char c)
{
	char *to = buf_room(b, 1);

	if (to == NULL)
		return;
	*to = c;
	b->len++;
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list args, again;
	int n;
	char *to;

	va_start(args, fmt);
	va_copy(again, args);
	n = vsnprintf(NULL, 0, fmt, args);
	va_end(args);
	if (n < 0) {
		b->failed = true;
	} else if ((to = buf_room(b, (size_t)n)) != NULL) {
		vsnprintf(to, (size_t)n + 1, fmt, again);
		b->len += (size_t)n;
	}
	va_end(again);
}

void buf_hex(struct buf *b, const void *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	const unsigned char *p = bytes;

	for (size_t i = 0; i < n; i++) {
		buf_putc(b, digits[p[i] >> 4]);
		buf_putc(b, digits[p[i] & 15]);
	}
}

void buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

char *buf_take(struct buf *b)
{
	char *text;

	if (b->data == NULL)
		reserve(b, 0);
	if (b->failed) {
		buf_wipe(b);
		return NULL;
	}
	text = b->data;
	*b = (struct buf){0};
	return text;
}

void buf_finish(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}

void buf_wipe(struct buf *b)
{
	if (b->data != NULL)
		explicit_bzero(b->data, b->cap);
	buf_finish(b);
}
