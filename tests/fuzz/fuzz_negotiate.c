/* fuzz_negotiate.c - an Accept-Language header: always a language of the questionnaire. */
#include "collector/negotiate.h"
#include "tests/fuzz/fuzz_round.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct form *f = fuzz_round()->round.form;
	char *header = fuzz_string(data, n);

	assert(negotiate_language(f, header) < f->n_languages);
	fuzz_taken = true;
	free(header);
	return 0;
}
