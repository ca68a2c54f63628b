/*
 * store_index.h - what is known of a table in memory: which key is in which slot, and which slots
 * are free. Slots are SQLite's row numbers, from 1.
 */
#ifndef RECORD_STORE_INDEX_H
#define RECORD_STORE_INDEX_H

#include "lib/record/store.h"

struct store_index {
	size_t rows, used, n_free;
	uint8_t (*keys)[STORE_ROW_KEY]; /* keys[slot - 1]; zeros where free */
	uint32_t *free;                 /* the free slots, in no order */
	uint32_t *table;                /* open addressing: slots by key, 0 is empty */
	size_t mask;
	uint8_t seed[16]; /* so that nobody can choose keys that collide */
};

/* Room for `rows` slots, none known yet. End with store_index_finish(). */
int store_index_init(struct store_index *x, size_t rows, struct err *err);
void store_index_finish(struct store_index *x);

/* While scanning: the slot is free, or used by `key`. */
void store_index_add_free(struct store_index *x, uint32_t slot);
void store_index_add_used(struct store_index *x, uint32_t slot, const uint8_t key[STORE_ROW_KEY]);

/* The slot of a key, or 0. */
uint32_t store_index_find(const struct store_index *x, const uint8_t key[STORE_ROW_KEY]);

/* Take a uniformly random free slot for a new key. There must be one. */
uint32_t store_index_take(struct store_index *x, const uint8_t key[STORE_ROW_KEY]);

/* Forget a key; its slot is free again. */
void store_index_release(struct store_index *x, const uint8_t key[STORE_ROW_KEY]);

/* The used slots in random order, owned by the caller; NULL with err set when out of memory. */
uint32_t *store_index_shuffled(const struct store_index *x, struct err *err);

#endif
