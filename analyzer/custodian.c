/*
 * custodian.c - a round's seed, what comes from it, and splitting it among custodians.
 *
 * Enters: randomness, or the shares of a quorum. Leaves: the seed with its two key pairs, or
 * shares. The key pairs come from the seed by libsodium's crypto_kdf (BLAKE2b, named contexts);
 * the shares are Shamir's over GF(256) by libgfshare, whose generator is set to libsodium's here.
 * libgfshare keeps its working memory on the ordinary heap and overwrites it when it is freed.
 */
#include "analyzer/custodian.h"

#include <assert.h>
#include <libgfshare.h>
#include <sodium.h>
#include <string.h>

_Static_assert(CUSTODIAN_SEED == crypto_kdf_KEYBYTES, "the seed is the key of crypto_kdf");
_Static_assert(CUSTODIAN_SIGN == crypto_sign_SECRETKEYBYTES, "Ed25519");

/* Contexts and numbers of crypto_kdf: never change them, old rounds depend on it. */
static const char KDF_CONTEXT[crypto_kdf_CONTEXTBYTES + 1] = "PeerSurv";
enum { KDF_BOX = 1, KDF_SIGN = 2 };

static int derive(struct custodian_secret *s, struct err *err)
{
	uint8_t *seed = sodium_malloc(32);
	int status = -1;

	if (seed == NULL)
		return err_nomem(err);
	if (crypto_kdf_derive_from_key(seed, crypto_box_SEEDBYTES, KDF_BOX, KDF_CONTEXT,
	                               s->seed) != 0 ||
	    crypto_box_seed_keypair(s->box_public, s->box, seed) != 0 ||
	    crypto_kdf_derive_from_key(seed, crypto_sign_SEEDBYTES, KDF_SIGN, KDF_CONTEXT,
	                               s->seed) != 0 ||
	    crypto_sign_seed_keypair(s->sign_public, s->sign, seed) != 0)
		err_set(err, ERR_CRYPTO, "the keys could not be derived");
	else
		status = 0;
	sodium_free(seed);
	return status;
}

static struct custodian_secret *secret_room(struct err *err)
{
	struct custodian_secret *s;

	if (sodium_init() < 0) {
		err_set(err, ERR_CRYPTO, "libsodium does not start");
		return NULL;
	}
	s = sodium_malloc(sizeof(*s));
	if (s == NULL)
		err_nomem(err);
	else
		sodium_memzero(s, sizeof(*s));
	return s;
}

int custodian_secret_create(struct custodian_secret **out, struct err *err)
{
	struct custodian_secret *s = secret_room(err);

	if (s == NULL)
		return -1;
	randombytes_buf(s->seed, sizeof(s->seed));
	if (derive(s, err) != 0) {
		custodian_secret_free(s);
		return -1;
	}
	*out = s;
	return 0;
}

void custodian_secret_free(struct custodian_secret *s)
{
	sodium_free(s); /* wipes; accepts NULL */
}

struct custodian_share *custodian_shares_create(size_t n, struct err *err)
{
	struct custodian_share *shares = NULL;

	if (sodium_init() < 0)
		err_set(err, ERR_CRYPTO, "libsodium does not start");
	else if ((shares = sodium_allocarray(n, sizeof(*shares))) == NULL)
		err_nomem(err);
	else
		sodium_memzero(shares, n * sizeof(*shares));
	return shares;
}

void custodian_shares_free(struct custodian_share *shares)
{
	sodium_free(shares);
}

static void fill_random(unsigned char *bytes, unsigned int n)
{
	randombytes_buf(bytes, n);
}

int custodian_split(struct custodian_share *shares, unsigned n, unsigned quorum,
                    const struct custodian_secret *secret, struct err *err)
{
	unsigned char numbers[CUSTODIAN_MAX];
	uint8_t *seed;
	gfshare_ctx *ctx = NULL;

	assert(quorum >= CUSTODIAN_QUORUM_MIN && quorum <= n && n <= CUSTODIAN_MAX);
	gfshare_fill_rand = fill_random;
	for (unsigned i = 0; i < n; i++)
		numbers[i] = (unsigned char)(i + 1);
	seed = sodium_malloc(CUSTODIAN_SEED); /* libgfshare takes no const */
	if (seed != NULL)
		ctx = gfshare_ctx_init_enc(numbers, n, (unsigned char)quorum, CUSTODIAN_SEED);
	if (ctx == NULL) {
		sodium_free(seed);
		return err_nomem(err);
	}
	memcpy(seed, secret->seed, CUSTODIAN_SEED);
	gfshare_ctx_enc_setsecret(ctx, seed);
	for (unsigned i = 0; i < n; i++) {
		shares[i].number = i + 1;
		gfshare_ctx_enc_getshare(ctx, (unsigned char)i, shares[i].bytes);
	}
	gfshare_ctx_free(ctx);
	sodium_free(seed);
	return 0;
}

static int interpolate(struct custodian_secret *s, const struct custodian_share *shares, size_t n,
                       struct err *err)
{
	unsigned char numbers[CUSTODIAN_MAX];
	struct custodian_share *copy; /* libgfshare takes no const */
	gfshare_ctx *ctx = NULL;

	gfshare_fill_rand = fill_random;
	for (size_t i = 0; i < n; i++)
		numbers[i] = (unsigned char)shares[i].number;
	copy = sodium_malloc(sizeof(*copy));
	if (copy != NULL)
		ctx = gfshare_ctx_init_dec(numbers, (unsigned)n, CUSTODIAN_SEED);
	if (ctx == NULL) {
		sodium_free(copy);
		return err_nomem(err);
	}
	for (size_t i = 0; i < n; i++) {
		memcpy(copy, &shares[i], sizeof(*copy));
		gfshare_ctx_dec_giveshare(ctx, (unsigned char)i, copy->bytes);
	}
	gfshare_ctx_dec_extract(ctx, s->seed);
	gfshare_ctx_free(ctx);
	sodium_free(copy);
	return 0;
}

static int twice(struct err *err, unsigned number)
{
	return err_set(err, ERR_CRYPTO, "the share of custodian %u is given twice", number);
}

static int too_few(struct err *err, unsigned quorum, unsigned custodians, size_t given)
{
	return err_set(err, ERR_CRYPTO, "%u of %u custodians are needed, %zu given", quorum,
	               custodians, given);
}

int custodian_combine(struct custodian_secret **out, const struct custodian_share *shares,
                      size_t n, const struct seal_key *key, struct err *err)
{
	struct custodian_secret *s;

	if (n < key->quorum)
		return too_few(err, key->quorum, key->custodians, n);
	if (n > CUSTODIAN_MAX)
		return err_set(err, ERR_CRYPTO, "more than %d shares", CUSTODIAN_MAX);
	for (size_t i = 0; i < n; i++) {
		if (shares[i].number < 1 || shares[i].number > key->custodians)
			return err_set(err, ERR_CRYPTO, "a share of a custodian %u, of %u",
			               shares[i].number, key->custodians);
		for (size_t j = 0; j < i; j++)
			if (shares[i].number == shares[j].number)
				return twice(err, shares[i].number);
	}
	s = secret_room(err);
	if (s == NULL)
		return -1;
	if (interpolate(s, shares, n, err) != 0 || derive(s, err) != 0)
		goto fail;
	if (sodium_memcmp(s->box_public, key->box, SEAL_KEY) != 0 ||
	    sodium_memcmp(s->sign_public, key->sign, SEAL_KEY) != 0) {
		err_set(err, ERR_CRYPTO, "the shares together do not give the key of round %s",
		        key->round);
		goto fail;
	}
	*out = s;
	return 0;
fail:
	custodian_secret_free(s);
	return -1;
}

int custodian_match(const struct custodian *c, const char *study, const struct seal_key *key,
                    const uint8_t digest[RECORD_DIGEST], struct err *err)
{
	char fingerprint[SEAL_FINGERPRINT];

	if (strcmp(c->study, study) != 0)
		return err_set(err, ERR_CRYPTO, "a share of another study, %s, not of %s", c->study,
		               study);
	if (strcmp(c->round, key->round) != 0)
		return err_set(err, ERR_CRYPTO, "a share of another round, %s, not of %s", c->round,
		               key->round);
	if (memcmp(c->key, digest, RECORD_DIGEST) == 0)
		return 0;
	seal_fingerprint(fingerprint, key);
	if (strcmp(c->fingerprint, fingerprint) == 0)
		return err_set(err, ERR_CRYPTO, "public.key of round %s is not as it was when this "
		               "share was made", c->round);
	return err_set(err, ERR_CRYPTO,
	               "a share of other keys for round %s: its fingerprint is %s, not %s",
	               c->round, c->fingerprint, fingerprint);
}

int custodian_enough(const struct custodian *list, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < i; j++)
			if (list[i].number == list[j].number)
				return twice(err, list[i].number);
	if (n == 0)
		return err_set(err, ERR_CRYPTO, "no custodian's key file is given");
	if (n < list[0].quorum)
		return too_few(err, list[0].quorum, list[0].custodians, n);
	return 0;
}
