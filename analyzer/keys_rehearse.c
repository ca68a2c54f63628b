/*
 * keys_rehearse.c - the rehearsal: everything that the analysis will have to do, with the files
 * that were written, while the custodians are still here.
 */
#include "analyzer/keys_rehearse.h"
#include "analyzer/custodian.h"
#include "analyzer/open.h"
#include "analyzer/sign.h"

#include <stdio.h>
#include <string.h>

static const char LETTER[] = "If you can read this, the answers of this round can be opened.";

/* Seal and sign with the public key's file and the secret that a quorum gives, and undo both. */
static int try_quorum(const struct custodian_share *shares, const struct seal_key *key,
                      const char *public, struct err *err)
{
	struct custodian_secret *secret;
	struct open_key *open = NULL;
	struct buf sealed = {0}, plain = {0};
	uint8_t signature[SIGN_BYTES];
	int status = -1;

	if (custodian_combine(&secret, shares, key->quorum, key, err) != 0 ||
	    open_key_create(&open, secret, public, err) != 0)
		return -1;
	if (seal_record(&sealed, key, LETTER, sizeof(LETTER), err) != 0 ||
	    open_sealed(&plain, open, sealed.data, sealed.len, err) != 0)
		goto out;
	if (plain.len != sizeof(LETTER) || memcmp(plain.data, LETTER, sizeof(LETTER)) != 0) {
		err_set(err, ERR_CRYPTO, "a test answer did not come out as it was sealed");
		goto out;
	}
	status = sign_release(signature, open, LETTER, sizeof(LETTER), err);
out:
	buf_finish(&sealed);
	buf_finish(&plain);
	open_key_free(open);
	return status;
}

static int try_from(const struct custodian_share *shares, unsigned first,
                    const struct seal_key *key, const char *public, struct err *err)
{
	if (try_quorum(shares + first, key, public, err) != 0)
		return -1;
	printf("  custodians");
	for (unsigned i = 0; i < key->quorum; i++)
		printf("%s%u", i == 0 ? " " : i + 1 == key->quorum ? " and " : ", ", first + i + 1);
	puts(" together: a test answer was sealed, and opened again");
	fflush(stdout);
	return 0;
}

int keys_rehearse(char *const *files, char *const *passphrases, unsigned n, const char *public,
                  struct err *err)
{
	struct custodian_share *shares = custodian_shares_create(n, err);
	struct seal_key key;
	int status = -1;

	if (shares == NULL)
		return -1;
	if (seal_key_load(&key, public, err) != 0)
		goto out;
	for (unsigned i = 0; i < n; i++) {
		struct custodian c;

		if (custodian_load(&c, files[i], err) != 0)
			goto out;
		if (custodian_unlock(&shares[i], &c, passphrases[i], err) != 0) {
			err_prefix(err, "%s", files[i]);
			goto out;
		}
		printf("  custodian %u: the file opens with its passphrase\n", i + 1);
		fflush(stdout);
	}
	status = try_from(shares, 0, &key, public, err);
	if (status == 0 && key.quorum < n)
		status = try_from(shares, n - key.quorum, &key, public, err);
out:
	custodian_shares_free(shares);
	return status;
}
