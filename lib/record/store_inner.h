/* store_inner.h - the inside of struct store, for the store's own files. */
#ifndef RECORD_STORE_INNER_H
#define RECORD_STORE_INNER_H

#include "lib/record/store_file.h"
#include "lib/record/store_index.h"

struct store {
	struct store_file file;
	struct store_header header;
	struct store_index index[RECORD_KINDS];
	sqlite3_blob *blob[RECORD_KINDS]; /* open from the first write of a group to its commit */
	uint8_t *row;                     /* one row of the largest kind */
	bool writing;                     /* between begin and commit */
	bool failed;                      /* a write failed: nothing is acknowledged any more */
};

/* Open the file at `path` and fill `s`, which is zeros; on failure `s` is finished. */
int store_inner_load(struct store *s, const char *path, struct err *err);
void store_inner_finish(struct store *s);

/* ERR_IO once a write has failed. */
int store_inner_usable(const struct store *s, struct err *err);
/* Bytes of a row. */
size_t store_inner_row(const struct store *s, enum record_kind kind);

#endif
