/* fuzz_custodian.c - a custodian's key file: what is read from it, it says again when written. */
#include "analyzer/custodian.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct custodian c, again;
	struct buf text = {0}, twice = {0};
	struct err err;

	if (custodian_read(&c, (const char *)data, n, &err) != 0) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	assert(c.number >= 1 && c.number <= c.custodians && c.custodians <= CUSTODIAN_MAX);
	assert(c.quorum >= CUSTODIAN_QUORUM_MIN && c.quorum <= c.custodians);
	custodian_write(&text, &c);
	assert(custodian_read(&again, text.data, text.len, &err) == 0);
	custodian_write(&twice, &again);
	assert(text.len == twice.len && memcmp(text.data, twice.data, text.len) == 0);
	buf_finish(&text);
	buf_finish(&twice);
	return 0;
}
