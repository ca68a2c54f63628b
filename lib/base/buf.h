/*
 * buf.h - growable bytes. Writing never returns an error: a failure is kept in `failed`, later
 * writes do nothing, and the owner looks once at the end. The bytes are always followed by a NUL
 * that `len` does not count, so a buf of text can be read as a string.
 */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

/* Start as `struct buf b = {0}`; end with buf_finish() or, for secrets, buf_wipe(). */
struct buf {
	char *data;
	size_t len, cap;
	bool failed; /* out of memory, or a size that overflows */
};

void buf_put(struct buf *b, const void *bytes, size_t n);
void buf_puts(struct buf *b, const char *s);
void buf_putc(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void buf_hex(struct buf *b, const void *bytes, size_t n);

/* Make room for `n` bytes more and return where they go, or NULL. The caller adds to `len`. */
void *buf_room(struct buf *b, size_t n);

/* Forget the content, keep the memory. */
void buf_clear(struct buf *b);

/* The text, owned by the caller, and `b` empty again; NULL if the buf has failed. */
char *buf_take(struct buf *b);

void buf_finish(struct buf *b);
/* The same, wiping the memory first. Growth wipes what it leaves, too. */
void buf_wipe(struct buf *b);

#endif
