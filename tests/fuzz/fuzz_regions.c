/* fuzz_regions.c - a map of regions that is taken is written into the frozen questionnaire, and
 * read from there as it was. */
#include "forms/regions.h"
#include "tests/fuzz/fuzz.h"

static void names(const struct regions *r)
{
	struct buf name = {0};

	for (size_t i = 0; i < r->n; i++) {
		assert(regions_find(r, r->list[i].id) == (int)i);
		regions_name(&name, r, r->list[i].id, "en");
		regions_name(&name, r, r->list[i].id, "ar");
		for (char **code = r->list[i].countries; *code != NULL; code++)
			assert(regions_of(r, *code) == (int)i);
	}
	assert(!name.failed);
	buf_finish(&name);
}

static void write_again(const struct regions *r)
{
	struct buf text = {0}, twice = {0};
	struct regions *again = NULL;
	struct json *v = NULL;
	struct err err;

	regions_write(&text, r);
	assert(!text.failed && json_parse(&v, text.data, text.len, &err) == 0);
	assert(regions_read(&again, v, &err) == 0);
	regions_write(&twice, again);
	assert(text.len == twice.len && memcmp(text.data, twice.data, text.len) == 0);
	regions_free(again);
	json_free(v);
	buf_finish(&text);
	buf_finish(&twice);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct regions *r = NULL;
	struct json *v = NULL;
	struct err err;

	if (json_parse(&v, (const char *)data, n, &err) != 0)
		return 0;
	if (regions_read(&r, v, &err) == 0) {
		fuzz_taken = true;
		names(r);
		write_again(r);
		regions_free(r);
	} else {
		assert(fuzz_refused(&err));
	}
	json_free(v);
	return 0;
}
