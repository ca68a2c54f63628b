/*
 * fuzz_store.h - a small store, the same bytes in every process, and inputs that change it: a
 * store is too large, and too much of it random, to be an input itself.
 */
#ifndef TESTS_FUZZ_FUZZ_STORE_H
#define TESTS_FUZZ_FUZZ_STORE_H

#include "lib/base/file.h"
#include "lib/record/store.h"
#include "tests/fuzz/fuzz.h"

#include <sodium.h>

/* Random bytes that are the same every time. */
static inline void fuzz_random(void *out, const size_t n)
{
	static uint8_t seed[randombytes_SEEDBYTES];

	sodium_increment(seed, sizeof seed);
	randombytes_buf_deterministic(out, n, seed);
}

static inline const char *fuzz_random_name(void)
{
	return "fuzz";
}

static inline uint32_t fuzz_random_word(void)
{
	uint32_t word;

	fuzz_random(&word, sizeof word);
	return word;
}

static inline void fuzz_random_start(void)
{
	static struct randombytes_implementation same = {
		.implementation_name = fuzz_random_name,
		.random = fuzz_random_word,
		.buf = fuzz_random,
	};

	assert(randombytes_set_implementation(&same) == 0 && sodium_init() >= 0);
}

/*
 * One submission in a new store at `path`, whose records are sealed to nobody. In a `deep` one the
 * table of short texts has pages above its leaves, and long texts have overflow pages.
 */
static inline struct store *fuzz_store(const char *path, const struct seal_key *key, bool deep)
{
	enum { SHORT_TEXTS = 60, LONG_TEXT = 30000 };
	struct store_shape shape = {.round = "2020-04", .each = {1, deep ? SHORT_TEXTS : 1, 1}};
	struct store_submission sub = {0};
	static uint8_t records[1 << 16];
	struct buf text = {0};
	struct store *s = NULL;
	struct err err;
	bool known;

	seal_key_write(&text, key);
	seal_digest(shape.key, text.data, text.len);
	buf_finish(&text);
	for (int k = 0; k < RECORD_KINDS; k++) {
		shape.size[k] = encode_size(deep && k == RECORD_LONG ? LONG_TEXT : 300) +
			SEAL_OVERHEAD;
		assert(shape.size[k] * shape.each[k] <= sizeof records);
		sub.records[k] = records;
	}
	assert(store_create(path, &shape, 2, &err) == 0 &&
	       store_open(&s, path, &shape, &err) == 0 && store_begin(s, &err) == 0 &&
	       store_put(s, &sub, &known, &err) == 0 && store_commit(s, &err) == 0);
	return s;
}

/*
 * Change bytes as the input says: page (1 byte), place in it (2), how many (1), and the bytes
 * themselves; and again.
 */
static inline void fuzz_change(struct buf *bytes, const uint8_t *data, size_t n)
{
	while (n > 4) {
		size_t at = (size_t)data[0] * STORE_PAGE + ((size_t)data[1] << 8 | data[2]);
		size_t count = data[3] < n - 4 ? data[3] : n - 4;

		for (size_t i = 0; i < count; i++)
			bytes->data[(at + i) % bytes->len] = (char)data[4 + i];
		data += 4 + count;
		n -= 4 + count;
	}
}

#endif
