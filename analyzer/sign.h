/* sign.h - signatures of releases: Ed25519 with the key that comes from the round's seed. */
#ifndef ANALYZER_SIGN_H
#define ANALYZER_SIGN_H

#include "analyzer/open.h"
#include "lib/base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { SIGN_BYTES = 64 };

/* Sign `n` bytes (release_write()'s). */
int sign_release(uint8_t out[SIGN_BYTES], const struct open_key *k, const void *bytes, size_t n,
                 struct err *err);

/* Is it the signature of these bytes by the owner of `key->sign`? Else ERR_CRYPTO. */
int sign_check(const uint8_t signature[SIGN_BYTES], const struct seal_key *key, const void *bytes,
               size_t n, struct err *err);

#endif
