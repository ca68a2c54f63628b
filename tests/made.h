/*
 * made.h - made-up submissions that can be made again from their number: what the programs that try
 * the store share. Nothing is really sealed: random bytes serve as well as sealed ones.
 */
#ifndef TESTS_MADE_H
#define TESTS_MADE_H

#include "lib/base/file.h"
#include "lib/record/encode.h"
#include "lib/record/seal.h"
#include "lib/record/store.h"

#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum {
	MADE_LONG = 1500,        /* bytes of JSON in a long record, unless said otherwise */
	MADE_BACKUP_PREFIX = 61, /* bytes of a backup that all backups of a round have */
};

struct made {
	uint8_t *bytes; /* owned; all records, kind by kind */
	struct store_submission sub;
};

/* A round's public key and its secret half; always the same ones. */
static inline void made_key(struct seal_key *key, uint8_t secret[crypto_box_SECRETKEYBYTES])
{
	static const uint8_t seed[crypto_box_SEEDBYTES] = "made up";

	*key = (struct seal_key){.round = "2020-05", .custodians = 3, .quorum = 2};
	crypto_box_seed_keypair(key->box, secret, seed);
}

/* The shape of its store: one core record, three short texts, two comments. */
static inline void made_shape(struct store_shape *shape, const struct seal_key *key, size_t comment)
{
	struct buf text = {0};

	seal_key_write(&text, key);
	*shape = (struct store_shape){.round = "2020-05", .each = {1, 3, 2}};
	seal_digest(shape->key, text.data, text.len);
	seal_digest(shape->form, "form", 4);
	shape->size[RECORD_CORE] = encode_size(700) + SEAL_OVERHEAD;
	shape->size[RECORD_SHORT] = encode_size(200) + SEAL_OVERHEAD;
	shape->size[RECORD_LONG] = encode_size(comment) + SEAL_OVERHEAD;
	buf_finish(&text);
}

/*
 * Submission `number`. Sent again it is sealed anew: `attempt` gives other records under the same
 * receipt.
 */
static inline void made_init(struct made *m, const struct store_shape *shape, uint32_t number,
	uint32_t attempt)
{
	uint8_t seed[randombytes_SEEDBYTES] = {'m', 'a', 'd', 'e'};
	size_t n = 0, at = 0;

	memcpy(seed + 8, &number, sizeof number);
	randombytes_buf_deterministic(m->sub.receipt, STORE_RECEIPT, seed);
	memcpy(seed + 12, &attempt, sizeof attempt);
	seed[16] = 1;
	for (int k = 0; k < RECORD_KINDS; k++)
		n += shape->size[k] * shape->each[k];
	m->bytes = malloc(n);
	if (m->bytes == NULL)
		abort();
	randombytes_buf_deterministic(m->bytes, n, seed);
	for (int k = 0; k < RECORD_KINDS; k++) {
		m->sub.records[k] = m->bytes + at;
		at += shape->size[k] * shape->each[k];
	}
}

/* survey-record(5), BACKUP: append the image of the store in it. 0, or -1: not a whole backup. */
static inline int made_open_backup(struct buf *image, const char *path,
	const uint8_t secret[crypto_box_SECRETKEYBYTES])
{
	enum { SEALED = 32 + crypto_box_SEALBYTES, MORE = 17, CHUNK = 65536 + MORE };
	crypto_secretstream_xchacha20poly1305_state state;
	uint8_t box[crypto_box_PUBLICKEYBYTES], key[32], *at, *end, *plain, tag = 0;
	struct buf bytes = {0};
	struct err err;
	int status = -1;

	crypto_scalarmult_base(box, secret);
	if (file_read(&bytes, path, 1u << 30, &err) != 0 ||
	    bytes.len < MADE_BACKUP_PREFIX + SEALED + 24)
		goto out;
	at = (uint8_t *)bytes.data + MADE_BACKUP_PREFIX;
	end = (uint8_t *)bytes.data + bytes.len;
	if (crypto_box_seal_open(key, at, SEALED, box, secret) != 0 ||
	    crypto_secretstream_xchacha20poly1305_init_pull(&state, at + SEALED, key) != 0)
		goto out;
	for (at += SEALED + crypto_secretstream_xchacha20poly1305_HEADERBYTES; at < end;) {
		size_t n = end - at < CHUNK ? (size_t)(end - at) : CHUNK;

		plain = (uint8_t *)buf_room(image, n);
		if (plain == NULL || crypto_secretstream_xchacha20poly1305_pull(&state, plain, NULL,
					     &tag, at, n, (uint8_t *)bytes.data,
					     MADE_BACKUP_PREFIX) != 0)
			goto out;
		image->len += n - MORE;
		at += n;
	}
	if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
		status = 0;
out:
	buf_finish(&bytes);
	return status;
}

static inline void made_finish(struct made *m)
{
	free(m->bytes);
	m->bytes = NULL;
}

#endif
