/* submit.h - accepted answers -> the sealed records of one submission. */
#ifndef COLLECTOR_SUBMIT_H
#define COLLECTOR_SUBMIT_H

#include "collector/round.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"
#include "lib/record/store.h"

#include <stddef.h>
#include <stdint.h>

/* One submission, sealed: nothing in it can be read on this machine. */
struct submit {
	struct store_submission sealed; /* points into `bytes` */
	uint8_t *bytes;                 /* owned */
};

/*
 * Reduce the country to its region (unless the round keeps it), take the free texts apart, encode,
 * and seal one core record and one record for each free text of the questionnaire. `a` must have
 * passed accept_answers(); what is not part of the core record is gone from it afterwards.
 * The receipt comes from `number` and from the digest of the whole plaintext, so that the same
 * answers under the same number are the same submission.
 * All plaintext is wiped. ERR_NOMEM, ERR_CRYPTO, ERR_INPUT (does not fit: a fault of the sizes).
 */
int submit_seal(struct submit *out, struct answers *a, const uint8_t number[STORE_NUMBER],
                const struct round *r, struct err *err);
void submit_finish(struct submit *s);

#endif
