/*
 * store_page.h - pages of SQLite's file format, sqlite.org/fileformat2.html 1.6 ("B-tree pages")
 * and 1.7 ("Overflow pages"), as far as a store has them. Nothing in a page is trusted.
 */
#ifndef RECORD_STORE_PAGE_H
#define RECORD_STORE_PAGE_H

#include "lib/record/store.h"

enum {
	STORE_PAGE_LEAF = 13,
	STORE_PAGE_INTERIOR = 5,
	STORE_PAGE_HEADER = 100,                        /* the file's, before page 1's own */
	STORE_PAGE_LOCK = 0x40000000 / STORE_PAGE + 1,  /* SQLite never uses it */
	STORE_PAGE_CHUNK = STORE_PAGE - 4,              /* of a payload, in an overflow page */
};

/* A cell of a leaf: one row. */
struct store_page_cell {
	uint64_t payload;   /* bytes, here and in overflow pages */
	uint64_t slot;      /* SQLite's rowid */
	const uint8_t *here; /* the first `local` bytes of the payload; borrowed from the page */
	size_t local;
	size_t overflow;    /* number of the first overflow page; 0: none is needed */
	size_t end;         /* of the cell, in the page */
};

/* A number of `n` bytes, the highest first. */
size_t store_page_number(const uint8_t *from, size_t n);

/* SQLite's variable-length number: its bytes; 0: it does not end within `n` bytes. */
size_t store_page_varint(uint64_t *out, const uint8_t *from, size_t n);

/* The cell at `at` of a leaf page; -1: it does not end within the page. */
int store_page_cell(struct store_page_cell *out, const uint8_t page[STORE_PAGE], size_t at);

/*
 * Is the page a leaf or interior page of a table, and does every byte behind its cell pointers
 * belong to just one cell or free block, or to the bytes it counts as lost? What SQLite's own check
 * (PRAGMA quick_check) asks of a page. `start`: of the page's header in it. The cells' pointers are
 * within the page if so.
 */
bool store_page_sound(const uint8_t page[STORE_PAGE], size_t start);

#endif
