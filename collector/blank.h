/*
 * blank.h - the empty form, ready to be given out: made and compressed once in every language, with
 * a new random number for everybody.
 */
#ifndef COLLECTOR_BLANK_H
#define COLLECTOR_BLANK_H

#include "forms/page.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct blank;

/* Prepare the forms of a site, which is borrowed. The caller owns *out. */
int blank_create(struct blank **out, const struct page_site *site, struct err *err);
void blank_free(struct blank *b);

/*
 * Append the form in a language (its index) with a number of its own, as a gzip member if `gzip`.
 * `out` has failed if memory ran out.
 */
void blank_put(struct buf *out, const struct blank *b, size_t language, bool gzip);

#endif
