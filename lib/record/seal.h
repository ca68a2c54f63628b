/* seal.h - the round's public key, and turning plaintext into a record only custodians can open. */
#ifndef RECORD_SEAL_H
#define RECORD_SEAL_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/encode.h"

#include <stdint.h>

enum {
	SEAL_KEY = 32,        /* X25519 or Ed25519 public key */
	SEAL_OVERHEAD = 48,   /* crypto_box_SEALBYTES */
	SEAL_FINGERPRINT = 48, /* "12345 67890 ..." 8 groups of 5 digits, and a NUL */
	SEAL_SHA256 = 32,
};

/* rounds/R/public.key: text, one "name: value" a line, specified in survey-record(5). */
struct seal_key {
	char round[32];              /* [A-Za-z0-9][A-Za-z0-9._-]{0,30} */
	uint8_t box[SEAL_KEY];       /* records are sealed to this */
	uint8_t sign[SEAL_KEY];      /* releases are signed by its secret half */
	uint8_t form[RECORD_DIGEST]; /* digest of rounds/R/form.json */
	unsigned custodians, quorum;
};

/* Only the bytes that seal_key_write() makes are right. Else ERR_INPUT, and `key` unchanged. */
int seal_key_load(struct seal_key *key, const char *path, struct err *err);
/* The bytes of public.key. */
void seal_key_write(struct buf *out, const struct seal_key *key);
/* 40 decimal digits over all of the key: what people compare. */
void seal_fingerprint(char out[SEAL_FINGERPRINT], const struct seal_key *key);

/* BLAKE2b-256, of the frozen questionnaire among others. */
void seal_digest(uint8_t out[RECORD_DIGEST], const void *bytes, size_t n);

/* SHA-256, which browsers compare scripts with. */
void seal_sha256(uint8_t out[SEAL_SHA256], const void *bytes, size_t n);

/* The fingerprint of any bytes, as people compare it; `domain` says of what. */
void seal_fingerprint_of(char out[SEAL_FINGERPRINT], const char *domain, const void *bytes,
                         size_t n);

/*
 * Seal `n` bytes to `key` and append n + SEAL_OVERHEAD bytes to `out`.
 * On failure `out` is unchanged. ERR_NOMEM, ERR_CRYPTO.
 */
int seal_record(struct buf *out, const struct seal_key *key, const void *plain, size_t n,
                struct err *err);

#endif
