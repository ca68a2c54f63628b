/*
 * store_row.c - rows and their sizes. In: receipts and records. Out: keys, tags, and the row sizes
 * that fill pages, from SQLite's file format (sqlite.org/fileformat2.html, "B-tree pages").
 * Nothing here needs SQLite.
 */
#include "lib/record/store_row.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

static const char receipt_domain[] = "peer-survey receipt 1\n";
static const char key_domain[] = "peer-survey row key 1\n";
static const char tag_domain[] = "peer-survey row tag 1\n";

static void hash_start(crypto_generichash_state *state, const char *domain, size_t n)
{
	crypto_generichash_init(state, NULL, 0, n);
	crypto_generichash_update(state, (const uint8_t *)domain, strlen(domain));
}

void store_receipt(uint8_t out[STORE_RECEIPT], const uint8_t number[STORE_NUMBER],
	const uint8_t content[RECORD_DIGEST])
{
	crypto_generichash_state state;

	hash_start(&state, receipt_domain, STORE_RECEIPT);
	crypto_generichash_update(&state, number, STORE_NUMBER);
	crypto_generichash_update(&state, content, RECORD_DIGEST);
	crypto_generichash_final(&state, out, STORE_RECEIPT);
}

void store_row_key(uint8_t out[STORE_ROW_KEY], const uint8_t receipt[STORE_RECEIPT],
	enum record_kind kind, size_t index)
{
	const uint8_t place[5] = {(uint8_t)kind, (uint8_t)(index >> 24), (uint8_t)(index >> 16),
		(uint8_t)(index >> 8), (uint8_t)index};
	crypto_generichash_state state;

	hash_start(&state, key_domain, STORE_ROW_KEY);
	crypto_generichash_update(&state, receipt, STORE_RECEIPT);
	crypto_generichash_update(&state, place, sizeof place);
	crypto_generichash_final(&state, out, STORE_ROW_KEY);
}

static void compute_tag(uint8_t out[STORE_ROW_TAG], const uint8_t *row, size_t n,
	enum record_kind kind)
{
	const uint8_t place = (uint8_t)kind;
	crypto_generichash_state state;

	assert(n > STORE_ROW_FRAME);
	hash_start(&state, tag_domain, STORE_ROW_TAG);
	crypto_generichash_update(&state, &place, 1);
	crypto_generichash_update(&state, row, n - STORE_ROW_TAG);
	crypto_generichash_final(&state, out, STORE_ROW_TAG);
}

void store_row_tag(uint8_t *row, size_t n, enum record_kind kind)
{
	compute_tag(row + n - STORE_ROW_TAG, row, n, kind);
}

bool store_row_used(const uint8_t *row, size_t n, enum record_kind kind)
{
	uint8_t tag[STORE_ROW_TAG];

	compute_tag(tag, row, n, kind);
	return memcmp(tag, row + n - STORE_ROW_TAG, STORE_ROW_TAG) == 0;
}

/* Bytes of a SQLite varint. */
static size_t varint(size_t v)
{
	size_t n = 1;

	while ((v >>= 7) > 0)
		n++;
	return n;
}

/* What a row costs: whole overflow pages, and its share of a leaf page. */
struct cost {
	size_t overflow;
	size_t a_leaf; /* rows in one leaf page */
};

/*
 * A cell of a table's leaf page is: payload size, row number (4 bytes at most), payload, overflow
 * page number if there is one; and 2 bytes point to it. The payload is a record header (its size,
 * type 0 for the slot, type 12 + 2n for a blob) and the blob.
 */
static struct cost row_cost(size_t n)
{
	const size_t page = STORE_PAGE, room = page - 8, chunk = page - 4;
	const size_t local_max = page - 35, local_min = (page - 12) * 32 / 255 - 23;
	size_t payload = 2 + varint(12 + 2 * n) + n;
	size_t local = payload, overflow = 0, cell;

	if (payload > local_max) {
		local = local_min + (payload - local_min) % chunk;
		if (local > local_max)
			local = local_min;
		overflow = (payload - local + chunk - 1) / chunk;
	}
	cell = 2 + varint(payload) + 4 + local + (overflow > 0 ? 4 : 0);
	return (struct cost){overflow, room / cell};
}

size_t store_row_size(size_t minimum)
{
	struct cost cost = row_cost(minimum), next;

	/* at most one page further the cost has changed */
	for (size_t n = minimum;; n++) {
		next = row_cost(n + 1);
		if (next.overflow != cost.overflow || next.a_leaf != cost.a_leaf)
			return n;
	}
}
