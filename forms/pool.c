/* pool.c - a list of allocations that live and die together. */
#include "forms/pool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	struct piece *next;
	max_align_t bytes[];
};

struct pool {
	struct piece *pieces;
};

struct pool *pool_create(void)
{
	return calloc(1, sizeof(struct pool));
}

void pool_free(struct pool *p)
{
	if (p == NULL)
		return;
	while (p->pieces != NULL) {
		struct piece *next = p->pieces->next;

		free(p->pieces);
		p->pieces = next;
	}
	free(p);
}

void *pool_array(struct pool *p, size_t n, size_t size)
{
	size_t bytes;
	struct piece *piece;

	if (__builtin_mul_overflow(n, size, &bytes) ||
	    __builtin_add_overflow(bytes, sizeof *piece, &bytes))
		return NULL;
	piece = calloc(1, bytes);
	if (piece == NULL)
		return NULL;
	piece->next = p->pieces;
	p->pieces = piece;
	return piece->bytes;
}

char *pool_stringn(struct pool *p, const char *s, size_t n)
{
	char *copy = pool_array(p, n + 1, 1);

	if (copy != NULL)
		memcpy(copy, s, n);
	return copy;
}

char *pool_string(struct pool *p, const char *s)
{
	return pool_stringn(p, s, strlen(s));
}

char *pool_print(struct pool *p, const char *fmt, va_list args)
{
	char *text, *copy;

	if (vasprintf(&text, fmt, args) < 0)
		return NULL;
	copy = pool_string(p, text);
	free(text);
	return copy;
}
