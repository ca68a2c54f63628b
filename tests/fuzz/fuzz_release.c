/* fuzz_release.c - a release that is taken can be signed, and is the same when it is read again. */
#include "lib/release/release.h"
#include "tests/fuzz/fuzz.h"

/* What a report does with it. */
static void print(const struct release *r)
{
	for (size_t t = 0; t < r->n_tables; t++)
		for (size_t i = 0; i < r->tables[t].n_slots; i++) {
			const struct release_slot *s = &r->tables[t].slots[i];

			assert(s->base >= 0);
			assert(release_slot(&r->tables[t], s->group) == s);
			for (size_t a = 0; a < r->tables[t].n_answers; a++)
				assert(release_tenths(s->counts[a], s->base) <= 1000);
		}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint8_t signature[64];
	struct release *r = NULL, *again = NULL;
	struct buf file = {0}, twice = {0};
	struct err err;

	if (release_parse(&r, (const char *)data, n, NULL, &err) != 0) {
		assert(fuzz_refused(&err));
		return 0;
	}
	fuzz_taken = true;
	print(r);
	release_write_file(&file, r, signature);
	assert(!file.failed && release_parse(&again, file.data, file.len, NULL, &err) == 0);
	release_write_file(&twice, again, signature);
	assert(file.len == twice.len && memcmp(file.data, twice.data, file.len) == 0);
	release_free(r);
	release_free(again);
	buf_finish(&file);
	buf_finish(&twice);
	return 0;
}
