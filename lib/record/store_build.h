/*
 * store_build.h - writing a new store file beside the old one, row by row; only a whole, durable
 * file ever gets the store's name.
 */
#ifndef RECORD_STORE_BUILD_H
#define RECORD_STORE_BUILD_H

#include "lib/record/store_file.h"

struct store_build;

/*
 * Start a new file for `path`, with this header. It is called PATH.new until it is published; what
 * a crash left under that name is removed.
 */
int store_build_create(struct store_build **out, const char *path, const struct store_header *h,
	struct err *err);
/* Ends in any state; what was not published is removed. NULL is fine. */
void store_build_free(struct store_build *b);

/*
 * Add the next row of the table; the tables are filled one after another, in the order of the
 * kinds. A `row` of NULL is a free one: random bytes.
 */
int store_build_add(struct store_build *b, enum record_kind kind, const uint8_t *row,
	struct err *err);

/*
 * Make it durable and give it the store's name: over the old file, or (`replace` false) ERR_INPUT
 * if there is one. On failure nothing has changed, unless `*renamed`.
 */
int store_build_publish(struct store_build *b, bool replace, bool *renamed, struct err *err);

/* Remove what a crash may have left; the caller holds the store's lock. */
int store_build_remove_stale(const char *path, struct err *err);

#endif
