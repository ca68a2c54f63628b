/*
 * seal.c - sealing. In: a padded plaintext. Out: a record that only the holders of the round's
 * secret can open: libsodium's sealed box (X25519, XSalsa20-Poly1305, an ephemeral key a record).
 */
#include "lib/record/seal.h"

#include <sodium.h>

_Static_assert(SEAL_OVERHEAD == crypto_box_SEALBYTES, "sealed box");
_Static_assert(SEAL_KEY == crypto_box_PUBLICKEYBYTES, "X25519 public key");

int seal_record(struct buf *out, const struct seal_key *key, const void *plain, size_t n,
	struct err *err)
{
	void *to;

	if (out->failed || n > SIZE_MAX - SEAL_OVERHEAD)
		return err_nomem(err);
	to = buf_room(out, n + SEAL_OVERHEAD);
	if (to == NULL)
		return err_nomem(err);
	if (crypto_box_seal(to, plain, n, key->box) != 0) {
		out->data[out->len] = '\0';
		return err_set(err, ERR_CRYPTO, "the round's public key cannot be sealed to");
	}
	out->len += n + SEAL_OVERHEAD;
	return 0;
}
