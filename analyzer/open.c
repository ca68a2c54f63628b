/*
 * open.c - the round's secret and the opening of one record.
 *
 * Enters: key files of a quorum with their passphrases; sealed bytes. Leaves: plaintext. The
 * format is libsodium's crypto_box_seal, as survey-record(5) says. The public half is at hand, so
 * that one record costs one X25519 and nothing else of weight.
 */
#include "analyzer/open.h"
#include "lib/base/file.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(SEAL_OVERHEAD == crypto_box_SEALBYTES, "crypto_box_seal");

enum { PUBLIC_FILE = 65536 };

struct open_key {
	struct custodian_secret *secret; /* guarded */
	struct seal_key public;
	uint8_t digest[RECORD_DIGEST];
};

/* Read public.key and the digest of its bytes. */
static int load_public(struct seal_key *key, uint8_t digest[RECORD_DIGEST], const char *path,
                       struct err *err)
{
	struct buf bytes = {0};
	int status = file_read(&bytes, path, PUBLIC_FILE, err);

	if (status == 0) {
		seal_digest(digest, bytes.data, bytes.len);
		status = seal_key_load(key, path, err);
	}
	buf_finish(&bytes);
	return status;
}

int open_key_create(struct open_key **out, struct custodian_secret *secret, const char *path,
                    struct err *err)
{
	struct open_key *k = calloc(1, sizeof(*k));

	if (k == NULL) {
		custodian_secret_free(secret);
		return err_nomem(err);
	}
	k->secret = secret;
	if (load_public(&k->public, k->digest, path, err) != 0)
		goto fail;
	if (memcmp(k->public.box, secret->box_public, SEAL_KEY) != 0 ||
	    memcmp(k->public.sign, secret->sign_public, SEAL_KEY) != 0) {
		err_set(err, ERR_CRYPTO, "%s: not the public half of this secret", path);
		goto fail;
	}
	*out = k;
	return 0;
fail:
	open_key_free(k);
	return -1;
}

void open_key_free(struct open_key *k)
{
	if (k == NULL)
		return;
	custodian_secret_free(k->secret);
	free(k);
}

const struct seal_key *open_key_public(const struct open_key *k)
{
	return &k->public;
}

const uint8_t *open_key_digest(const struct open_key *k)
{
	return k->digest;
}

const struct custodian_secret *open_key_secret(const struct open_key *k)
{
	return k->secret;
}

/* Read all key files and see that they are a quorum of this round's custodians. */
static int load_quorum(struct custodian *list, char *const *files, size_t n,
                       const struct study *study, const char *public_path, struct seal_key *key,
                       struct err *err)
{
	uint8_t digest[RECORD_DIGEST];

	if (load_public(key, digest, public_path, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (custodian_place(files[i], study->folder, err) != 0 ||
		    custodian_load(&list[i], files[i], err) != 0)
			return -1;
		if (custodian_match(&list[i], study->id, key, digest, err) != 0)
			return err_prefix(err, "%s", files[i]);
	}
	return custodian_enough(list, n, err);
}

static int combine(struct custodian_secret **out, const struct custodian *list,
                   char *const *files, const struct seal_key *key,
                   struct custodian_source *passphrases, struct err *err)
{
	struct custodian_share *shares = custodian_shares_create(key->quorum, err);
	int status = shares == NULL ? -1 : 0;

	for (size_t i = 0; status == 0 && i < key->quorum; i++)
		status = custodian_source_unlock(&shares[i], passphrases, &list[i], files[i], i,
		                                 err);
	if (status == 0)
		status = custodian_combine(out, shares, key->quorum, key, err);
	custodian_shares_free(shares);
	return status;
}

int open_key_load(struct open_key **out, const struct study *study, const char *round,
                  char *const *files, size_t n, struct custodian_source *passphrases,
                  struct err *err)
{
	char *path = study_round_path(study, round, "public.key", err);
	struct custodian *list = NULL;
	struct custodian_secret *secret;
	struct seal_key key;
	int status = -1;

	if (path == NULL)
		return -1;
	list = calloc(n + 1, sizeof(*list));
	if (list == NULL) {
		err_nomem(err);
		goto out;
	}
	if (load_quorum(list, files, n, study, path, &key, err) != 0 ||
	    combine(&secret, list, files, &key, passphrases, err) != 0)
		goto out;
	status = open_key_create(out, secret, path, err);
out:
	free(list);
	free(path);
	return status;
}

int open_record(const struct open_key *k, uint8_t *plain, const uint8_t *sealed, size_t n,
                struct err *err)
{
	if (n < SEAL_OVERHEAD || crypto_box_seal_open(plain, sealed, n, k->secret->box_public,
	                                              k->secret->box) != 0)
		return err_set(err, ERR_CRYPTO, "a record cannot be opened");
	return 0;
}

int open_sealed(struct buf *out, const struct open_key *k, const void *sealed, size_t n,
                struct err *err)
{
	uint8_t *room;

	if (n < SEAL_OVERHEAD)
		return err_set(err, ERR_CRYPTO, "too short to have been sealed");
	room = buf_room(out, n - SEAL_OVERHEAD);
	if (room == NULL)
		return err_nomem(err);
	if (open_record(k, room, sealed, n, err) != 0)
		return -1;
	out->len += n - SEAL_OVERHEAD;
	return 0;
}
