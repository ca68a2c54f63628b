/*
 * custodian_lock.c - locking a share with its custodian's passphrase.
 *
 * Enters: a share and a passphrase. Leaves: the locked bytes of the key file, and back. The
 * passphrase becomes a key by Argon2id, the key locks (share | checksum) by secretbox. The
 * checksum, BLAKE2b over what the file says about the share and over the share, ties the two
 * together: a share that was put under another heading is found, and libgfshare's shares carry no
 * check of their own.
 */
#include "analyzer/custodian.h"

#include <sodium.h>
#include <string.h>

/* What is locked, and the key that locks it. */
struct lock {
	uint8_t plain[CUSTODIAN_SEED + CUSTODIAN_CHECK];
	uint8_t key[crypto_secretbox_KEYBYTES];
	uint8_t check[CUSTODIAN_CHECK];
};

static int checksum(uint8_t out[CUSTODIAN_CHECK], const struct custodian *c,
                    const uint8_t share[CUSTODIAN_SEED], struct err *err)
{
	struct buf about = {0};
	crypto_generichash_state hash;

	buf_printf(&about, "peer-survey share 1\n%s\n%s\n%u of %u\n%u\n", c->study, c->round,
	           c->number, c->custodians, c->quorum);
	if (about.failed)
		return err_nomem(err);
	crypto_generichash_init(&hash, NULL, 0, CUSTODIAN_CHECK);
	crypto_generichash_update(&hash, (const uint8_t *)about.data, about.len);
	crypto_generichash_update(&hash, c->key, sizeof(c->key));
	crypto_generichash_update(&hash, share, CUSTODIAN_SEED);
	crypto_generichash_final(&hash, out, CUSTODIAN_CHECK);
	sodium_memzero(&hash, sizeof(hash));
	buf_finish(&about);
	return 0;
}

static struct lock *lock_room(struct err *err)
{
	struct lock *l = NULL;

	if (sodium_init() < 0)
		err_set(err, ERR_CRYPTO, "libsodium does not start");
	else if ((l = sodium_malloc(sizeof(*l))) == NULL)
		err_nomem(err);
	return l;
}

static int stretch(struct lock *l, const struct custodian *c, const char *passphrase,
                   struct err *err)
{
	if (crypto_pwhash(l->key, sizeof(l->key), passphrase, strlen(passphrase), c->salt,
	                  c->operations, (size_t)c->memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
		return err_nomem(err);
	return 0;
}

int custodian_lock(struct custodian *c, const struct custodian_share *share,
                   const char *passphrase, bool fast, struct err *err)
{
	struct lock *l = lock_room(err);
	int status = -1;

	if (l == NULL)
		return -1;
	c->number = share->number;
	c->operations = fast ? crypto_pwhash_OPSLIMIT_INTERACTIVE : crypto_pwhash_OPSLIMIT_MODERATE;
	c->memory = fast ? crypto_pwhash_MEMLIMIT_INTERACTIVE : crypto_pwhash_MEMLIMIT_MODERATE;
	randombytes_buf(c->salt, sizeof(c->salt));
	randombytes_buf(c->nonce, sizeof(c->nonce));
	memcpy(l->plain, share->bytes, CUSTODIAN_SEED);
	if (checksum(l->plain + CUSTODIAN_SEED, c, share->bytes, err) != 0 ||
	    stretch(l, c, passphrase, err) != 0)
		goto out;
	crypto_secretbox_easy(c->locked, l->plain, sizeof(l->plain), c->nonce, l->key);
	status = 0;
out:
	sodium_free(l);
	return status;
}

int custodian_unlock(struct custodian_share *share, const struct custodian *c,
                     const char *passphrase, struct err *err)
{
	struct lock *l = lock_room(err);
	int status = -1;

	if (l == NULL)
		return -1;
	if (stretch(l, c, passphrase, err) != 0)
		goto out;
	if (crypto_secretbox_open_easy(l->plain, c->locked, sizeof(c->locked), c->nonce,
	                               l->key) != 0) {
		err_set(err, ERR_CRYPTO, "wrong passphrase");
		status = 1;
		goto out;
	}
	if (checksum(l->check, c, l->plain, err) != 0)
		goto out;
	if (sodium_memcmp(l->check, l->plain + CUSTODIAN_SEED, CUSTODIAN_CHECK) != 0) {
		err_set(err, ERR_CRYPTO, "the share is damaged, or of another file");
		goto out;
	}
	share->number = c->number;
	memcpy(share->bytes, l->plain, CUSTODIAN_SEED);
	status = 0;
out:
	sodium_free(l);
	return status;
}
