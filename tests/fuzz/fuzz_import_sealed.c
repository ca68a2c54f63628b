/*
 * fuzz_import_sealed.c - a kit's file: taken as a whole, or refused in one line. What is taken has
 * its submissions where they should be, and every one can be read.
 *
 * A corpus file is a word and what stands behind it, so that the questionnaire may change: "whole N"
 * makes a good file of N submissions, "raw" is the file itself, "change AT" flips a bit of a good
 * file of two, "cut N" takes as many bytes from its end.
 */
#include "collector/import_sealed.h"
#include "collector/sealed.h"
#include "tests/fuzz/fuzz_round.h"

#include <sodium.h>

static void make(struct buf *file, size_t submissions)
{
	const struct round *r = &fuzz_round()->round;
	uint8_t digest[RECORD_DIGEST];
	uint8_t *room;

	buf_puts(file, IMPORT_SEALED_MAGIC);
	buf_put(file, r->digest, RECORD_DIGEST);
	buf_put(file, r->key.box, SEAL_KEY);
	for (size_t i = 0; i < submissions; i++) {
		room = buf_room(file, sealed_size(r));
		assert(room != NULL);
		memset(room, (int)i + 1, sealed_size(r));
		file->len += sealed_size(r);
	}
	seal_digest(digest, file->data, file->len);
	buf_put(file, digest, sizeof digest);
}

/* The file that an input stands for. */
static void build(struct buf *file, const uint8_t *data, size_t n)
{
	char words[64] = "";
	unsigned long number = 0;

	memcpy(words, data, n < sizeof words - 1 ? n : sizeof words - 1);
	if (sscanf(words, "whole %lu", &number) == 1 && number < 200) {
		make(file, number);
	} else if (sscanf(words, "change %lu", &number) == 1) {
		make(file, 2);
		file->data[number % file->len] ^= 1;
	} else if (sscanf(words, "cut %lu", &number) == 1) {
		make(file, 2);
		file->len -= number % (file->len + 1);
	} else {
		buf_put(file, data, n);
	}
	assert(!file->failed);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	const struct round *r = &fuzz_round()->round;
	struct buf file = {0};
	size_t submissions = 0;
	struct submit one;
	struct err err;

	build(&file, data, n);
	fuzz_taken = import_sealed_read(&submissions, file.data, file.len, r, &err) == 0;
	assert(fuzz_taken || (err.code == ERR_INPUT && fuzz_line(err.msg)));
	if (fuzz_taken)
		assert(file.len == IMPORT_SEALED_HEAD + submissions * sealed_size(r) +
			RECORD_DIGEST);
	for (size_t i = 0; i < submissions; i++) {
		assert(sealed_read(&one, file.data + IMPORT_SEALED_HEAD + i * sealed_size(r),
			sealed_size(r), r, &err) == 0);
		submit_finish(&one);
	}
	buf_finish(&file);
	return 0;
}
