/* fuzz_public_key.c - a round's public.key: taken only as the bytes that writing it makes. */
#include "lib/record/seal.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct seal_key key;
	struct buf again = {0};
	struct err err;

	if (seal_key_load(&key, fuzz_file(data, n), &err) != 0) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	assert(key.quorum >= 1 && key.quorum <= key.custodians && key.round[0] != '\0');
	seal_key_write(&again, &key);
	assert(again.len == n && memcmp(again.data, data, n) == 0);
	buf_finish(&again);
	return 0;
}
