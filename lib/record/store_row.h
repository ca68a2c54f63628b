/* store_row.h - one row of a store: its size, its key and the tag that says it is used. */
#ifndef RECORD_STORE_ROW_H
#define RECORD_STORE_ROW_H

#include "lib/record/store.h"

enum { STORE_SLOTS_MAX = (1 << 28) - 1 }; /* rows of a table: SQLite row numbers of 4 bytes */

/* Bytes around the record in a row. */
enum { STORE_ROW_FRAME = STORE_ROW_KEY + STORE_ROW_TAG };

/* The key of record `index` of its kind in a submission. */
void store_row_key(uint8_t out[STORE_ROW_KEY], const uint8_t receipt[STORE_RECEIPT],
	enum record_kind kind, size_t index);

/* Set the tag of a row of `n` bytes that has its key and record: the row is used. */
void store_row_tag(uint8_t *row, size_t n, enum record_kind kind);
/* Is the tag right? */
bool store_row_used(const uint8_t *row, size_t n, enum record_kind kind);

#endif
