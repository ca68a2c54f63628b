/*
 * sealed.c - bytes that somebody else sealed. In: what was sent. Out: a submission like those that
 * submit.c makes, or a refusal. Nothing is known of it but its length: whether it answers the
 * questionnaire is found out when it is opened (analyzer/open_check.c), and until then it is
 * trusted with a row of the store and nothing else.
 *
 * The receipt is made as that of a plain submission, from the number and a digest of the content,
 * which here is that of the sealed records: the same bytes sent twice are one submission, the same
 * answers sealed anew are another. The number must be random and kept to oneself: with it alone
 * could somebody who has the store find out which records came together.
 */
#include "collector/sealed.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

size_t sealed_size(const struct round *r)
{
	return STORE_NUMBER + round_submission_size(r);
}

int sealed_read(struct submit *out, const void *bytes, size_t n, const struct round *r,
                struct err *err)
{
	const uint8_t *number = bytes;
	uint8_t content[RECORD_DIGEST];
	size_t records = round_submission_size(r), at = 0;

	*out = (struct submit){0};
	if (n != STORE_NUMBER + records)
		return err_set(err, ERR_INPUT, "not the length of a sealed submission");
	out->bytes = malloc(records);
	if (out->bytes == NULL)
		return err_nomem(err);
	memcpy(out->bytes, number + STORE_NUMBER, records);
	seal_digest(content, out->bytes, records);
	store_receipt(out->sealed.receipt, number, content);
	for (size_t kind = 0; kind < RECORD_KINDS; kind++) {
		out->sealed.records[kind] = out->bytes + at;
		at += r->shape.size[kind] * r->shape.each[kind];
	}
	sodium_memzero(content, sizeof content);
	return 0;
}
