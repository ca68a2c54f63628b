/*
 * sealed.h - a submission that was sealed before it came: in a browser, or in a kit. Its bytes are
 * a random number and the round's records, always as many (survey-record(5), SEALED SUBMISSION).
 */
#ifndef COLLECTOR_SEALED_H
#define COLLECTOR_SEALED_H

#include "collector/round.h"
#include "collector/submit.h"
#include "lib/base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Bytes of a sealed submission of this round. */
size_t sealed_size(const struct round *r);

/*
 * Take `n` bytes as a submission, which is copied. Any other number of bytes is ERR_INPUT; what is
 * in the records nobody here can know. On failure `out` is empty.
 */
int sealed_read(struct submit *out, const void *bytes, size_t n, const struct round *r,
                struct err *err);

#endif
