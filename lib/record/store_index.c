/*
 * store_index.c - keys and free slots of one table. In: what the scan found, then every change.
 * Out: slots. The free list has no order and slots are drawn with libsodium's uniform generator:
 * a position in the file says nothing about a time.
 */
#include "lib/record/store_index.h"

#include "lib/record/store_row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof((struct store_index *)0)->seed == crypto_shorthash_KEYBYTES, "SipHash key");

int store_index_init(struct store_index *x, size_t rows, struct err *err)
{
	size_t slots = 16;

	assert(rows <= STORE_SLOTS_MAX);
	while (slots < 2 * rows)
		slots *= 2;
	*x = (struct store_index){.rows = rows, .mask = slots - 1};
	x->keys = calloc(rows + 1, sizeof *x->keys);
	x->free = calloc(rows + 1, sizeof *x->free);
	x->table = calloc(slots, sizeof *x->table);
	if (x->keys == NULL || x->free == NULL || x->table == NULL) {
		store_index_finish(x);
		return err_nomem(err);
	}
	crypto_shorthash_keygen(x->seed);
	return 0;
}

void store_index_finish(struct store_index *x)
{
	if (x->keys != NULL)
		sodium_memzero(x->keys, x->rows * sizeof *x->keys);
	free(x->keys);
	free(x->free);
	free(x->table);
	sodium_memzero(x, sizeof *x);
}

/* Where a key's search begins. */
static size_t home(const struct store_index *x, const uint8_t key[STORE_ROW_KEY])
{
	uint64_t hash;

	crypto_shorthash((uint8_t *)&hash, key, STORE_ROW_KEY, x->seed);
	return (size_t)hash & x->mask;
}

/* The place of a key in the table, or the empty place where it would be. */
static size_t place(const struct store_index *x, const uint8_t key[STORE_ROW_KEY])
{
	size_t at = home(x, key);

	while (x->table[at] != 0 && memcmp(x->keys[x->table[at] - 1], key, STORE_ROW_KEY) != 0)
		at = (at + 1) & x->mask;
	return at;
}

uint32_t store_index_find(const struct store_index *x, const uint8_t key[STORE_ROW_KEY])
{
	return x->table[place(x, key)];
}

void store_index_add_free(struct store_index *x, uint32_t slot)
{
	assert(x->n_free < x->rows);
	x->free[x->n_free++] = slot;
}

void store_index_add_used(struct store_index *x, uint32_t slot, const uint8_t key[STORE_ROW_KEY])
{
	size_t at = place(x, key);

	/* a key that is there twice stays where it was found first */
	if (x->table[at] == 0)
		x->table[at] = slot;
	memcpy(x->keys[slot - 1], key, STORE_ROW_KEY);
	x->used++;
}

uint32_t store_index_take(struct store_index *x, const uint8_t key[STORE_ROW_KEY])
{
	uint32_t at, slot;

	assert(x->n_free > 0);
	at = randombytes_uniform((uint32_t)x->n_free);
	slot = x->free[at];
	x->free[at] = x->free[--x->n_free];
	store_index_add_used(x, slot, key);
	return slot;
}

/* Empty a place of the table, moving back what was pushed behind it (Knuth 6.4, algorithm R). */
static void empty_place(struct store_index *x, size_t hole)
{
	size_t at = hole;

	for (;;) {
		size_t wanted;

		x->table[hole] = 0;
		do {
			at = (at + 1) & x->mask;
			if (x->table[at] == 0)
				return;
			wanted = home(x, x->keys[x->table[at] - 1]);
		} while (((at - wanted) & x->mask) < ((at - hole) & x->mask));
		x->table[hole] = x->table[at];
		hole = at;
	}
}

void store_index_release(struct store_index *x, const uint8_t key[STORE_ROW_KEY])
{
	size_t at = place(x, key);
	uint32_t slot = x->table[at];

	assert(slot != 0);
	empty_place(x, at);
	memset(x->keys[slot - 1], 0, STORE_ROW_KEY);
	x->used--;
	store_index_add_free(x, slot);
}

uint32_t *store_index_shuffled(const struct store_index *x, struct err *err)
{
	uint8_t *is_free = calloc(x->rows + 1, 1);
	uint32_t *slots = calloc(x->rows + 1, sizeof *slots);
	size_t n = 0;

	if (is_free == NULL || slots == NULL) {
		err_nomem(err);
		free(slots);
		slots = NULL;
		goto out;
	}
	for (size_t i = 0; i < x->n_free; i++)
		is_free[x->free[i]] = 1;
	for (size_t slot = 1; slot <= x->rows; slot++) {
		/* Fisher and Yates, inside out */
		if (is_free[slot])
			continue;
		uint32_t at = randombytes_uniform((uint32_t)n + 1);

		slots[n++] = slots[at];
		slots[at] = (uint32_t)slot;
	}
	assert(n == x->used);
out:
	free(is_free);
	return slots;
}
