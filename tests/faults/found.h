/*
 * found.h - which records are in a store's file, and is it a sound database: looked up by SQLite
 * itself and by the tags of the rows, without the code that opens stores.
 */
#ifndef FAULTS_FOUND_H
#define FAULTS_FOUND_H

#include "lib/record/store.h"

#include <stdbool.h>
#include <stddef.h>

enum { FOUND_SEALED = 16 }; /* first bytes of a sealed record, which name it */

struct found_row {
	enum record_kind kind;
	uint8_t key[STORE_ROW_KEY];
	uint8_t sealed[FOUND_SEALED];
};

/* The used rows. */
struct found {
	struct found_row *list;
	size_t n, room;
};

/*
 * 0, or -1 with a line on standard output: `PRAGMA integrity_check` is not content, or a table has
 * a row of another size than `shape` says. The file is opened for reading only.
 */
int found_load(struct found *f, const char *path, const struct store_shape *shape);
void found_finish(struct found *f);

/* Is there a row with this sealed record? How many rows have this key? */
bool found_sealed(const struct found *f, enum record_kind kind, const uint8_t *sealed);
size_t found_key(const struct found *f, enum record_kind kind, const uint8_t key[STORE_ROW_KEY]);

#endif
