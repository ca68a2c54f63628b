/* fuzz_json.c - what the strict JSON reader takes, it writes in one form, and reads again. */
#include "lib/base/json.h"
#include "tests/fuzz/fuzz.h"

static void read_again(const struct json *v, int indent, const struct buf *canonical)
{
	struct buf text = {0}, again = {0};
	struct json *copy = NULL;
	struct err err;

	json_put(&text, v, indent);
	assert(!text.failed && json_parse(&copy, text.data, text.len, &err) == 0);
	json_put(&again, copy, 0);
	assert(again.len == canonical->len && memcmp(again.data, canonical->data, again.len) == 0);
	json_free(copy);
	buf_finish(&text);
	buf_finish(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct buf canonical = {0};
	struct json *v = NULL;
	struct err err;

	if (json_parse(&v, (const char *)data, n, &err) != 0) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	json_put(&canonical, v, 0);
	assert(!canonical.failed && utf8_valid(canonical.data, canonical.len));
	read_again(v, 0, &canonical);
	read_again(v, 1, &canonical);
	json_free(v);
	buf_finish(&canonical);
	return 0;
}
