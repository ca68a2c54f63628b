/* fuzz_decode.c - a posted body: refused, or answers that can be shown again, checked, sealed. */
#include "collector/decode.h"
#include "tests/fuzz/fuzz_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf value = {0};
	struct decoded d;
	struct err err;

	if (decode_form(&d, (const char *)data, n, fuzz_round()->round.form, &err) == 0) {
		assert(strlen(d.number) == DECODE_NUMBER);
		fuzz_taken = fuzz_answers(d.answers, true);
		decode_finish(&d);
	} else {
		assert(fuzz_refused(&err) && d.answers == NULL);
	}
	if (decode_field(&value, (const char *)data, n, "receipt", &err) == 0) {
		fuzz_taken = true;
		assert(utf8_valid(value.data, value.len) && strlen(value.data) == value.len);
	} else {
		assert(fuzz_refused(&err));
	}
	buf_finish(&value);
	return 0;
}
