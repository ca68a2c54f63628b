/* fuzz_words.c - catalogues of words: English up to the first NUL of the input, then French. */
#include "forms/words.h"
#include "lib/base/json.h"
#include "tests/fuzz/fuzz.h"

/* Every word of the English catalogue is there in every language. */
static void look_up(const struct words *w, const struct words_file *english)
{
	struct buf out = {0};
	struct json *v = NULL;
	struct err err;

	assert(json_parse(&v, english->json, english->n, &err) == 0);
	for (const struct json *m = json_first(v); m != NULL; m = json_next(m)) {
		assert(strcmp(words_get(w, "en", json_name(m)), json_string(m)) == 0);
		words_put(&out, w, "fr-CA", json_name(m), "n", "1", "name", "{n}", (char *)NULL);
		words_put(&out, w, "xx", json_name(m), (char *)NULL);
	}
	assert(!out.failed);
	buf_finish(&out);
	json_free(v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const uint8_t *nul = n > 0 ? memchr(data, '\0', n) : NULL;
	size_t first = nul != NULL ? (size_t)(nul - data) : n;
	struct words_file files[3] = {
		{"en", (const char *)data, first},
		{nul != NULL ? "fr" : NULL, (const char *)data + first + 1, n - first - 1},
	};
	struct words *w = words_create(files);

	fuzz_taken = w != NULL;
	if (w != NULL)
		look_up(w, &files[0]);
	words_free(w);
	return 0;
}
