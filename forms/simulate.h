/* simulate.h - plausible people for a pilot: same seed, same bytes. */
#ifndef FORMS_SIMULATE_H
#define FORMS_SIMULATE_H

#include "forms/form.h"
#include "forms/regions.h"
#include "lib/base/buf.h"

#include <stdint.h>

struct simulate {
	const struct form *form;
	const struct regions *regions; /* regions differ in their answers */
	uint64_t seed;
};

/*
 * Append person number `n` (0, 1, ...) as one line of JSON: a random-looking id of 32 hex digits,
 * that it is simulated, the language, and the answers by field, as survey-collect --import
 * reads it into a study that is marked as a demonstration:
 * {"id":"...","simulated":true,"language":"fr","answers":{"gender":"woman","services/nsp":"harder",
 *  "substances":["a","b"]}}
 * The person depends on the seed and `n` alone. Returns -1 with err set (ERR_NOMEM).
 */
int simulate_person(struct buf *out, const struct simulate *s, uint64_t n, struct err *err);

#endif
