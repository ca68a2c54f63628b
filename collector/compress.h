/*
 * compress.h - a page that is compressed once and given out many times, though a few bytes of it,
 * its random number, differ every time.
 *
 * For pages that are the same for everybody but for that number. What holds something that a person
 * typed, or a receipt, is not compressed at all: the length of what is compressed tells more of the
 * content than a plain length does (the attacks named CRIME and BREACH). The number itself is never
 * compressed, and nothing of a request is in these pages.
 */
#ifndef COLLECTOR_COMPRESS_H
#define COLLECTOR_COMPRESS_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stddef.h>

struct compress;

/*
 * Compress `n` bytes of `text` in which the `size` bytes from `at` on will differ; `size` 0: none.
 * `text` is borrowed for this call only. The caller owns *out. Errors: ERR_NOMEM.
 */
int compress_create(struct compress **out, const char *text, size_t n, size_t at, size_t size,
                    struct err *err);
void compress_free(struct compress *c);

/* Append the whole as one gzip member, with `bytes` (`size` of them) in their place. */
void compress_put(struct buf *out, const struct compress *c, const char *bytes);

#endif
