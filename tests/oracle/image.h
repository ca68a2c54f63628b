/*
 * image.h - a database file as bytes, read without SQLite: where each row lies, and what lies there
 * that belongs to no row.
 */
#ifndef ORACLE_IMAGE_H
#define ORACLE_IMAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { IMAGE_TABLES = 3 }; /* core, short, long */
extern const char *const image_table[IMAGE_TABLES];

struct image_row {
	int table;
	uint32_t page, cell; /* pages from 1; the cell's place in the page's list */
	uint32_t overflow;   /* the first overflow page, or 0 */
	size_t at, n;        /* the row's bytes begin there in the file; how many */
};

struct image {
	uint8_t *bytes;
	size_t n;
	uint32_t page_size, pages;
	struct image_row *rows; /* by their places in the file */
	size_t n_rows;
	uint8_t *is_row;    /* for each byte of the file */
	uint8_t *page_seen; /* for each page, from 1 */
	uint64_t structure; /* digest of all bytes that belong to no row */
};

/*
 * Read a file. What a store must not have (free pages, freed cells, bytes in gaps, other tables) is
 * told to `fault`. False: it is not a database.
 */
bool image_load(struct image *m, const char *path, void (*fault)(const char *text));
void image_finish(struct image *m);

/* The row whose bytes hold the place `at`, or NULL. */
const struct image_row *image_row_at(const struct image *m, size_t at);

/* A whole file; NULL if it cannot be read. */
uint8_t *image_slurp(const char *path, size_t *n);

#endif
