/* store_scan.h - every row of a store, in the order of the file. */
#ifndef RECORD_STORE_SCAN_H
#define RECORD_STORE_SCAN_H

#include "lib/record/store_file.h"

/*
 * Called for each row; `row` (key, record, tag) is borrowed for the call. A nonzero return stops
 * the scan and is its result.
 */
typedef int store_scan_row(void *ctx, enum record_kind kind, uint32_t slot, const uint8_t *row,
	size_t n, bool used);

/*
 * Returns 0, what `each` returned, or -1 with err set: ERR_INPUT if a table has not exactly the
 * rows that the header says, ERR_IO, ERR_NOMEM.
 */
int store_scan(const struct store_file *f, const struct store_header *h, store_scan_row *each,
	void *ctx, struct err *err);

#endif
