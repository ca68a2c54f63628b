/* die.h - bytes that follow from a seed in place of libsodium's randomness: runs repeat. */
#ifndef TESTS_DIE_H
#define TESTS_DIE_H

#include <sodium.h>
#include <stdint.h>
#include <string.h>

static struct {
	uint8_t key[crypto_stream_chacha20_KEYBYTES];
	uint64_t drawn;
} die;

static const char *die_name(void)
{
	return "seeded";
}

static void die_fill(void *to, size_t n)
{
	uint8_t nonce[crypto_stream_chacha20_NONCEBYTES];

	die.drawn++;
	memcpy(nonce, &die.drawn, sizeof nonce);
	crypto_stream_chacha20(to, n, nonce, die.key);
}

static uint32_t die_number(void)
{
	uint32_t v;

	die_fill(&v, sizeof v);
	return v;
}

/* Before sodium_init(), or again later. 0, or -1. */
static inline int die_seed(const char *seed)
{
	static struct randombytes_implementation seeded = {
		.implementation_name = die_name, .random = die_number, .buf = die_fill};

	die.drawn = 0;
	if (randombytes_set_implementation(&seeded) != 0 || sodium_init() < 0)
		return -1;
	return crypto_generichash(die.key, sizeof die.key, (const uint8_t *)seed, strlen(seed),
		NULL, 0);
}

#endif
