/*
 * import_sealed.c - what a kit hands over. In: a file that anybody may have written. Out: how many
 * submissions are in it, or a refusal as a whole: a file that was damaged on its way is fetched
 * again, rather than taken in halves.
 */
#include "collector/import_sealed.h"

#include "collector/sealed.h"

#include <string.h>

enum { MAGIC = sizeof IMPORT_SEALED_MAGIC - 1 };

int import_sealed_read(size_t *submissions, const void *bytes, size_t n, const struct round *r,
                       struct err *err)
{
	const uint8_t *at = bytes;
	const size_t size = sealed_size(r);
	uint8_t digest[RECORD_DIGEST];

	if (n < MAGIC || memcmp(at, IMPORT_SEALED_MAGIC, MAGIC) != 0)
		return err_set(err, ERR_INPUT, "not a file that a kit has written");
	if (n < IMPORT_SEALED_HEAD + RECORD_DIGEST)
		return err_set(err, ERR_INPUT, "the file is cut short");
	if (memcmp(at + MAGIC, r->digest, RECORD_DIGEST) != 0)
		return err_set(err, ERR_INPUT, "of another questionnaire than that of round %s",
			r->name);
	if (memcmp(at + MAGIC + RECORD_DIGEST, r->key.box, SEAL_KEY) != 0)
		return err_set(err, ERR_INPUT, "sealed to another key than that of round %s",
			r->name);
	n -= RECORD_DIGEST;
	seal_digest(digest, at, n);
	if ((n - IMPORT_SEALED_HEAD) % size != 0 || memcmp(digest, at + n, RECORD_DIGEST) != 0)
		return err_set(err, ERR_INPUT, "the file is damaged or cut short");
	*submissions = (n - IMPORT_SEALED_HEAD) / size;
	return 0;
}
