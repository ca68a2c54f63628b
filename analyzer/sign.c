/*
 * sign.c - signing a release.
 *
 * Enters: the canonical bytes of a release. Leaves: a detached Ed25519 signature, by the key that
 * comes from the round's seed: only a quorum of the custodians can make it.
 */
#include "analyzer/sign.h"

#include <sodium.h>

_Static_assert(SIGN_BYTES == crypto_sign_BYTES, "Ed25519");

int sign_release(uint8_t out[SIGN_BYTES], const struct open_key *k, const void *bytes, size_t n,
                 struct err *err)
{
	const struct custodian_secret *secret = open_key_secret(k);

	if (crypto_sign_detached(out, NULL, bytes, n, secret->sign) != 0)
		return err_set(err, ERR_CRYPTO, "the release cannot be signed");
	return sign_check(out, open_key_public(k), bytes, n, err);
}

int sign_check(const uint8_t signature[SIGN_BYTES], const struct seal_key *key, const void *bytes,
               size_t n, struct err *err)
{
	if (crypto_sign_verify_detached(signature, bytes, n, key->sign) != 0)
		return err_set(err, ERR_CRYPTO, "the signature is not by the keys of round %s",
		               key->round);
	return 0;
}
