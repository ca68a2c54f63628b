/* store_header.h - the one row of the table `header`: what a store is, in 256 bytes. */
#ifndef RECORD_STORE_HEADER_H
#define RECORD_STORE_HEADER_H

#include "lib/record/store.h"

enum { STORE_HEADER = 256 };

struct store_header {
	struct store_shape shape;
	size_t rows[RECORD_KINDS]; /* rows of each table, used or free */
};

/* Fit for a store: sizes and numbers in their bounds. */
bool store_header_valid(const struct store_header *h);

void store_header_write(uint8_t out[STORE_HEADER], const struct store_header *h);

/* `path` is for the message. ERR_INPUT. */
int store_header_read(struct store_header *h, const uint8_t *bytes, size_t n, const char *path,
	struct err *err);

/* Are key, questionnaire, round and sizes those expected? ERR_INPUT. `closed` is not compared. */
int store_header_expect(const struct store_shape *have, const struct store_shape *expected,
	const char *path, struct err *err);

#endif
