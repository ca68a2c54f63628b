/* pool.h - memory that is freed all at once: a questionnaire's strings and arrays. */
#ifndef FORMS_POOL_H
#define FORMS_POOL_H

#include <stdarg.h>
#include <stddef.h>

struct pool;

struct pool *pool_create(void); /* NULL: out of memory */
void pool_free(struct pool *p); /* NULL is fine */

/* Zeroed memory for `n` items of `size` bytes, or NULL; owned by the pool. n 0 gives memory too. */
void *pool_array(struct pool *p, size_t n, size_t size);
/* A copy of a string, or of its first `n` bytes. */
char *pool_string(struct pool *p, const char *s);
char *pool_stringn(struct pool *p, const char *s, size_t n);
/* A formatted string; NULL: out of memory. */
char *pool_print(struct pool *p, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));

#endif
