/* hash.h - a hash of short names, for look-ups in memory. Not for what others may choose freely. */
#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stdint.h>
#include <string.h>

/* Eight bytes a step: names are short. */
static inline uint32_t hash_name(const char *name)
{
	const uint64_t factor = 0x9e3779b97f4a7c15;
	size_t n = strlen(name);
	uint64_t h = n * factor, word;

	for (; n >= sizeof word; n -= sizeof word, name += sizeof word) {
		memcpy(&word, name, sizeof word);
		h = (h ^ word) * factor;
		h ^= h >> 32;
	}
	word = 0;
	while (n > 0)
		word = word << 8 | (uint8_t)name[--n];
	h = (h ^ word) * factor;
	return (uint32_t)(h >> 32);
}

#endif
