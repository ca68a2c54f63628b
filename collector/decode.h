/*
 * decode.h - the body of a posted form (application/x-www-form-urlencoded) -> answers.
 *
 * Strict, because every body that our own pages make is well-formed: anything else was cut off,
 * altered or made up, and is refused as a whole. Mistakes of people are not found here but by
 * forms/accept.h.
 */
#ifndef COLLECTOR_DECODE_H
#define COLLECTOR_DECODE_H

#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	DECODE_NUMBER = 32, /* hex digits of a page's number */
	DECODE_NAME = 160,  /* bytes a field's name may have */
};

/* A posted questionnaire. */
struct decoded {
	struct answers *answers; /* owned; not checked yet */
	char number[DECODE_NUMBER + 1];
	bool consent; /* the box was ticked */
	bool decoy;   /* the hidden field was filled in */
};

/* The most bytes that a body which answers this questionnaire may have. */
size_t decode_limit(const struct form *f);

/*
 * Decode a posted questionnaire. ERR_INPUT: bad encoding, NUL or invalid UTF-8, a field that is
 * not in the questionnaire or stands twice where it cannot, too many fields, no number.
 * The caller owns `out` after success and ends it with decode_finish(), which wipes.
 */
int decode_form(struct decoded *out, const char *body, size_t n, const struct form *f,
                struct err *err);
void decode_finish(struct decoded *d);

/* The one field of a form that has just that, appended to `value`. ERR_INPUT as above. */
int decode_field(struct buf *value, const char *body, size_t n, const char *name, struct err *err);

#endif
