/*
 * open_seen.c - a set of sealed records. In: their bytes, in any number. Out: was it there before?
 *
 * Kept are 16 bytes of each: Poly1305 under a random key that never leaves this file. Nobody who
 * does not know it can make two records that agree (D. J. Bernstein, "The Poly1305-AES
 * message-authentication code": below 2^-87 a pair for records of 1 MiB), and here no tag is ever
 * shown, so that one key does for all. It costs less than BLAKE2b. The set is a table with open
 * addressing, at most three quarters full.
 */
#include "analyzer/open_seen.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DIGEST = crypto_onetimeauth_BYTES, FIRST = 4096 };

struct entry {
	uint8_t digest[DIGEST];
	uint32_t file;
	bool used;
};

struct open_seen {
	struct entry *table;
	size_t n, cap; /* a power of two */
	uint8_t key[crypto_onetimeauth_KEYBYTES];
};

struct open_seen *open_seen_create(void)
{
	struct open_seen *s = calloc(1, sizeof(*s));

	if (s == NULL)
		return NULL;
	s->cap = FIRST;
	s->table = calloc(s->cap, sizeof(*s->table));
	if (s->table == NULL) {
		free(s);
		return NULL;
	}
	crypto_onetimeauth_keygen(s->key);
	return s;
}

void open_seen_free(struct open_seen *s)
{
	if (s == NULL)
		return;
	free(s->table);
	sodium_memzero(s, sizeof(*s));
	free(s);
}

/* Where a digest stands, or would. */
static struct entry *place(struct entry *table, size_t cap, const uint8_t digest[DIGEST])
{
	size_t at;

	memcpy(&at, digest, sizeof(at));
	for (at &= cap - 1; table[at].used; at = (at + 1) & (cap - 1))
		if (memcmp(table[at].digest, digest, DIGEST) == 0)
			break;
	return &table[at];
}

static int grow(struct open_seen *s)
{
	size_t cap = 2 * s->cap;
	struct entry *table = calloc(cap, sizeof(*table));

	if (table == NULL)
		return -1;
	for (size_t i = 0; i < s->cap; i++)
		if (s->table[i].used)
			*place(table, cap, s->table[i].digest) = s->table[i];
	free(s->table);
	s->table = table;
	s->cap = cap;
	return 0;
}

int open_seen_add(struct open_seen *s, uint32_t *before, const uint8_t *sealed, size_t n,
                  uint32_t file)
{
	uint8_t digest[DIGEST];
	struct entry *entry;

	crypto_onetimeauth(digest, sealed, n, s->key);
	entry = place(s->table, s->cap, digest);
	if (entry->used) {
		*before = entry->file;
		entry->file = file;
		return 1;
	}
	if (s->n >= s->cap / 4 * 3) {
		if (grow(s) != 0)
			return -1;
		entry = place(s->table, s->cap, digest);
	}
	memcpy(entry->digest, digest, DIGEST);
	entry->file = file;
	entry->used = true;
	s->n++;
	return 0;
}
