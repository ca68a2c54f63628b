/* store_pages.h - a store's pages, each read once: checked, and their rows handed on. */
#ifndef RECORD_STORE_PAGES_H
#define RECORD_STORE_PAGES_H

#include "lib/record/store_scan.h"

/*
 * store_scan() and SQLite's check of the pages in one reading, for who only reads: the file must be
 * open for reading with SQLite's lock held (store_file_header() has read from it), or be the `n`
 * bytes at `image`. `h` is its header. Rows are handed on before the pages behind them have been
 * seen: what was made of them is of use only if 0 is returned. All rows of a closed store are
 * `used`, whatever their tags. Returns as store_scan() does; ERR_INPUT ("damaged") also if a page is
 * not sound, is there twice, or belongs to no table.
 */
int store_pages_scan(const struct store_file *f, const void *image, size_t n,
	const struct store_header *h, store_scan_row *each, void *ctx, struct err *err);

#endif
