/*
 * open_seen.c - a set of sealed records. In: what they begin with. Out: was it there before?
 *
 * A sealed box begins with its ephemeral public key and the Poly1305 tag of the rest (libsodium,
 * "Sealed boxes"). Of two boxes that open and agree in both, the key and the nonce agree, which
 * come from the ephemeral and the round's public key; so the rest agrees, too, unless who sealed
 * them knew that key and made two texts with one tag: then one of his own is not counted. A box
 * that does not open proves nothing: anybody can put an honest record's beginning before other
 * bytes, so such boxes are never asked for in this set (open_block.c), only when whole files are
 * compared.
 *
 * Kept are 16 bytes of each: Poly1305 of the beginning, under a random key that never leaves this
 * file, so that nobody can choose records that collide here or crowd one part of the table (D. J.
 * Bernstein, "The Poly1305-AES message-authentication code"; no tag is ever shown, so that one key
 * does for all). The set is a table with open addressing, at most three quarters full.
 */
#include "analyzer/open_seen.h"

#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST = 4096 };

_Static_assert(sizeof(struct open_seen_tag) == crypto_onetimeauth_BYTES, "Poly1305");

struct entry {
	struct open_seen_tag tag;
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

static size_t first_place(const struct open_seen_tag *tag, size_t cap)
{
	size_t at;

	memcpy(&at, tag->bytes, sizeof(at));
	return at & (cap - 1);
}

/* Where a tag stands, or would. */
static struct entry *place(struct entry *table, size_t cap, const struct open_seen_tag *tag)
{
	size_t at;

	for (at = first_place(tag, cap); table[at].used; at = (at + 1) & (cap - 1))
		if (memcmp(&table[at].tag, tag, sizeof(*tag)) == 0)
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
			*place(table, cap, &s->table[i].tag) = s->table[i];
	free(s->table);
	s->table = table;
	s->cap = cap;
	return 0;
}

void open_seen_tag(struct open_seen_tag *out, const struct open_seen *s, const uint8_t *sealed,
                   size_t n)
{
	crypto_onetimeauth(out->bytes, sealed, n < crypto_box_SEALBYTES ? n : crypto_box_SEALBYTES,
	                   s->key);
}

void open_seen_expect(const struct open_seen *s, const struct open_seen_tag *tag)
{
	__builtin_prefetch(&s->table[first_place(tag, s->cap)]);
}

int open_seen_add(struct open_seen *s, uint32_t *before, const struct open_seen_tag *tag,
                  uint32_t file)
{
	struct entry *entry = place(s->table, s->cap, tag);

	if (entry->used) {
		*before = entry->file;
		entry->file = file;
		return 1;
	}
	if (s->n >= s->cap / 4 * 3) {
		if (grow(s) != 0)
			return -1;
		entry = place(s->table, s->cap, tag);
	}
	entry->tag = *tag;
	entry->file = file;
	entry->used = true;
	s->n++;
	return 0;
}
