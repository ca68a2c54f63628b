/* utf8.h - what text may be: well-formed UTF-8 (RFC 3629), counted in code points. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Well-formed: no overlong form, no surrogate, nothing above U+10FFFF. */
bool utf8_valid(const char *s, size_t n);

/* Code points of a well-formed string. */
size_t utf8_length(const char *s);

/*
 * Take one code point from `*s` (which ends at `end`) and step over it.
 * Returns it, or -1 (and does not step) where the bytes are malformed.
 */
int32_t utf8_next(const char **s, const char *end);

/*
 * Write a code point (a scalar value) as UTF-8. Returns how many bytes it took. `c` is no surrogate.
 */
size_t utf8_write(char out[4], int32_t c);

#endif
