/*
 * ledger.c - the releases of a round read back. In: the study's releases/. Out: the releases, in
 * order, and the last one's exact counts, which only the round's key opens.
 */
#include "analyzer/ledger.h"

#include "lib/base/file.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COUNTS_BLOCK = 64 << 10 };

char *ledger_path(const struct study *study, const char *round, unsigned number,
	const char *suffix, struct err *err)
{
	char name[64];

	snprintf(name, sizeof name, "releases/%s-%02u.%s", round, number, suffix);
	return study_path(study, name, err);
}

static void hex_digest(char out[65], const struct buf *bytes)
{
	uint8_t digest[RECORD_DIGEST];

	seal_digest(digest, bytes->data, bytes->len);
	sodium_bin2hex(out, 65, digest, sizeof digest);
}

int ledger_digest(char out[65], const char *path, struct err *err)
{
	struct buf bytes = {0};
	int status = file_read(&bytes, path, RELEASE_FILE, err);

	if (status == 0)
		hex_digest(out, &bytes);
	buf_finish(&bytes);
	return status;
}

void ledger_finish(struct ledger *l)
{
	for (size_t i = 0; i < l->n; i++)
		release_free(l->releases[i]);
	*l = (struct ledger){0};
}

static int check_next(const struct ledger *l, const struct release *r, const struct study *study,
	const char *round, struct err *err)
{
	if (strcmp(r->study, study->id) != 0 || strcmp(r->round, round) != 0 ||
		r->number != l->n + 1)
		return err_set(err, ERR_INPUT, "not release %zu of round %s of this study",
			l->n + 1, round);
	if (strcmp(r->previous, l->last) != 0)
		return err_set(err, ERR_INPUT, "the release before it is not the one that it names");
	if (r->threshold != study->threshold || r->coalition != study->coalition)
		return err_set(err, ERR_REFUSED, "it was protected with threshold %u and coalition "
			"%u; later releases of the round need the same", r->threshold, r->coalition);
	return 0;
}

static int load_next(struct ledger *l, const char *path, const uint8_t *sign,
	const struct study *study, const char *round, struct err *err)
{
	if (release_load(&l->releases[l->n], path, sign, err) != 0)
		return -1;
	if (check_next(l, l->releases[l->n], study, round, err) != 0 ||
		ledger_digest(l->last, path, err) != 0) {
		release_free(l->releases[l->n]);
		return err_prefix(err, "%s", path);
	}
	l->n++;
	return 0;
}

int ledger_load(struct ledger *out, const struct study *study, const char *round,
	struct err *err)
{
	uint8_t sign[32];
	char fingerprint[48];
	bool more = true;

	*out = (struct ledger){0};
	if (study_sign_key(sign, fingerprint, study, round, err) != 0)
		return -1;
	while (more && out->n < LEDGER_RELEASES) {
		char *path = ledger_path(study, round, (unsigned)out->n + 1, "json", err);
		int status = path == NULL ? -1 : 0;

		if (status == 0) {
			more = file_exists(path);
			if (more)
				status = load_next(out, path, sign, study, round, err);
		}
		free(path);
		if (status != 0) {
			ledger_finish(out);
			return -1;
		}
	}
	return 0;
}

/* The plaintext is a release's canonical bytes and padding (ISO/IEC 7816-4). */
static int parse_exact(struct release **out, struct buf *plain, struct err *err)
{
	static const char zero[] =
		"0000000000000000000000000000000000000000000000000000000000000000";
	struct buf file = {0};
	size_t n = plain->len;
	int status = -1;

	while (n > 0 && plain->data[n - 1] == '\0')
		n--;
	if (n == 0 || (unsigned char)plain->data[n - 1] != 0x80)
		return err_set(err, ERR_INPUT, "not exact counts");
	buf_puts(&file, "{\"release\":");
	buf_put(&file, plain->data, n - 1);
	buf_printf(&file, ",\"signature\":\"%s%s\"}", zero, zero);
	if (file.failed)
		err_nomem(err);
	else
		status = release_parse(out, file.data, file.len, NULL, err);
	buf_wipe(&file);
	return status;
}

int ledger_exact(struct release **out, const struct ledger *l, const struct study *study,
	const char *round, const struct open_key *key, struct err *err)
{
	char *path = ledger_path(study, round, (unsigned)l->n, "counts", err);
	struct buf sealed = {0}, plain = {0};
	char digest[65];
	int status = -1;

	if (path == NULL || file_read(&sealed, path, RELEASE_FILE, err) != 0)
		goto out;
	hex_digest(digest, &sealed);
	if (strcmp(digest, l->releases[l->n - 1]->counts) != 0)
		err_set(err, ERR_CRYPTO, "not the exact counts that release %zu names", l->n);
	else if (open_sealed(&plain, key, sealed.data, sealed.len, err) == 0)
		status = parse_exact(out, &plain, err);
	if (status != 0)
		err_prefix(err, "%s", path);
out:
	free(path);
	buf_finish(&sealed);
	buf_wipe(&plain);
	return status;
}

/* crypto_box_seal() with a given ephemeral key: its public half, the box under a nonce of both. */
static int seal_with(struct buf *out, const uint8_t *ephemeral, const uint8_t *public,
	const struct buf *plain, struct err *err)
{
	uint8_t nonce[crypto_box_NONCEBYTES];
	uint8_t half[crypto_box_PUBLICKEYBYTES];
	crypto_generichash_state state;
	size_t n = plain->len + crypto_box_SEALBYTES;
	uint8_t *to = buf_room(out, n);

	if (to == NULL)
		return err_nomem(err);
	crypto_scalarmult_base(half, ephemeral);
	crypto_generichash_init(&state, NULL, 0, sizeof nonce);
	crypto_generichash_update(&state, half, sizeof half);
	crypto_generichash_update(&state, public, crypto_box_PUBLICKEYBYTES);
	crypto_generichash_final(&state, nonce, sizeof nonce);
	memcpy(to, half, sizeof half);
	if (crypto_box_easy(to + sizeof half, (const uint8_t *)plain->data, plain->len, nonce,
		    public, ephemeral) != 0)
		return err_set(err, ERR_CRYPTO, "the exact counts cannot be sealed");
	out->len += n;
	return 0;
}

int ledger_seal(struct buf *out, const struct release *exact, const struct open_key *key,
	struct err *err)
{
	const struct custodian_secret *secret = open_key_secret(key);
	struct buf plain = {0};
	uint8_t *ephemeral = sodium_malloc(crypto_box_SECRETKEYBYTES);
	size_t rest;
	int status = -1;

	release_write(&plain, exact);
	buf_putc(&plain, (char)0x80);
	rest = (COUNTS_BLOCK - plain.len % COUNTS_BLOCK) % COUNTS_BLOCK;
	if (buf_room(&plain, rest) != NULL) {
		memset(plain.data + plain.len, 0, rest);
		plain.len += rest;
	}
	if (plain.failed || ephemeral == NULL) {
		err_nomem(err);
		goto out;
	}
	crypto_generichash(ephemeral, crypto_box_SECRETKEYBYTES, (const uint8_t *)plain.data,
		plain.len, secret->seed, sizeof secret->seed);
	status = seal_with(out, ephemeral, open_key_public(key)->box, &plain, err);
out:
	sodium_free(ephemeral);
	buf_wipe(&plain);
	return status;
}
