/*
 * seal_key.c - rounds/R/public.key and digests. In: the file. Out: a round's public halves, and
 * the fingerprint that people compare. (Apart from seal.c, so that programs that only check
 * releases hold no sealing code.) Reading is strict: only the bytes that writing makes are right.
 */
#include "lib/record/seal.h"

#include "lib/base/file.h"

#include <assert.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(SEAL_KEY == crypto_sign_PUBLICKEYBYTES, "Ed25519 public key");
_Static_assert(RECORD_DIGEST == crypto_generichash_BYTES, "BLAKE2b-256");

enum { KEY_FILE = 1024, CUSTODIANS = 255 };

static const char title[] = "peer-survey public key 1\n";

void seal_digest(uint8_t out[RECORD_DIGEST], const void *bytes, size_t n)
{
	crypto_generichash(out, RECORD_DIGEST, bytes, n, NULL, 0);
}

/* Everything but the fingerprint, on the stack: a fingerprint must not fail. Returns its length. */
static size_t put_lines(char out[KEY_FILE], const struct seal_key *key)
{
	char form[2 * RECORD_DIGEST + 1], box[2 * SEAL_KEY + 1], sign[2 * SEAL_KEY + 1];
	int n;

	sodium_bin2hex(form, sizeof form, key->form, sizeof key->form);
	sodium_bin2hex(box, sizeof box, key->box, sizeof key->box);
	sodium_bin2hex(sign, sizeof sign, key->sign, sizeof key->sign);
	n = snprintf(out, KEY_FILE,
		"%sround: %s\nform: %s\nbox: %s\nsign: %s\ncustodians: %u\nquorum: %u\n", title,
		key->round, form, box, sign, key->custodians, key->quorum);
	assert(n > 0 && n < KEY_FILE);
	return (size_t)n;
}

void seal_sha256(uint8_t out[SEAL_SHA256], const void *bytes, size_t n)
{
	crypto_hash_sha256(out, bytes, n);
}

void seal_fingerprint_of(char out[SEAL_FINGERPRINT], const char *domain, const void *bytes,
	size_t n)
{
	crypto_generichash_state state;
	uint8_t hash[40];

	crypto_generichash_init(&state, NULL, 0, sizeof hash);
	crypto_generichash_update(&state, (const uint8_t *)domain, strlen(domain));
	crypto_generichash_update(&state, bytes, n);
	crypto_generichash_final(&state, hash, sizeof hash);
	for (size_t i = 0; i < 8; i++) {
		uint64_t group = 0;

		for (size_t j = 0; j < 5; j++)
			group = group << 8 | hash[5 * i + j];
		snprintf(out + 6 * i, 6, "%05u", (unsigned)(group % 100000));
		if (i < 7)
			out[6 * i + 5] = ' ';
	}
}

void seal_fingerprint(char out[SEAL_FINGERPRINT], const struct seal_key *key)
{
	char lines[KEY_FILE];
	size_t n = put_lines(lines, key);

	seal_fingerprint_of(out, "peer-survey fingerprint 1\n", lines, n);
}

void seal_key_write(struct buf *out, const struct seal_key *key)
{
	char lines[KEY_FILE], fingerprint[SEAL_FINGERPRINT];

	buf_put(out, lines, put_lines(lines, key));
	seal_fingerprint(fingerprint, key);
	buf_printf(out, "fingerprint: %s\n", fingerprint);
}

static bool round_valid(const char *round)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789._-";
	size_t n = strlen(round);

	/* a round is also the name of a folder: neither "." nor ".." */
	return n >= 1 && n <= 31 && strchr("._-", round[0]) == NULL &&
	       strspn(round, allowed) == n;
}

/* The text behind "name: " in the line at `*at`, cut off at its end; steps to the next line. */
static const char *take_line(char **at, const char *name)
{
	char *value = *at, *end = strchr(*at, '\n');
	size_t n = strlen(name);

	if (end == NULL || strncmp(value, name, n) != 0 || strncmp(value + n, ": ", 2) != 0)
		return NULL;
	*end = '\0';
	*at = end + 1;
	return value + n + 2;
}

static bool take_hex(char **at, const char *name, uint8_t out[32])
{
	const char *hex = take_line(at, name);
	size_t n;

	return hex != NULL &&
	       sodium_hex2bin(out, 32, hex, strlen(hex), NULL, &n, NULL) == 0 && n == 32;
}

static bool take_number(char **at, const char *name, unsigned *out)
{
	const char *digits = take_line(at, name);
	size_t n = digits == NULL ? 0 : strlen(digits);

	if (n < 1 || n > 3 || strspn(digits, "0123456789") != n)
		return false;
	*out = (unsigned)strtoul(digits, NULL, 10);
	return true;
}

/* The place of the first fault in the text, or NULL. Cuts the text up. */
static const char *parse(struct seal_key *key, char *text)
{
	const char *round;

	if (strncmp(text, title, sizeof title - 1) != 0)
		return "not a public key of a round";
	text += sizeof title - 1;
	round = take_line(&text, "round");
	if (round == NULL || !round_valid(round))
		return "line \"round\" is missing or bad";
	snprintf(key->round, sizeof key->round, "%s", round);
	if (!take_hex(&text, "form", key->form))
		return "line \"form\" is missing or bad";
	if (!take_hex(&text, "box", key->box))
		return "line \"box\" is missing or bad";
	if (!take_hex(&text, "sign", key->sign))
		return "line \"sign\" is missing or bad";
	if (!take_number(&text, "custodians", &key->custodians) || key->custodians > CUSTODIANS ||
	    key->custodians < 1)
		return "line \"custodians\" is missing or bad";
	if (!take_number(&text, "quorum", &key->quorum) || key->quorum < 1 ||
	    key->quorum > key->custodians)
		return "line \"quorum\" is missing or bad";
	return NULL;
}

int seal_key_load(struct seal_key *key, const char *path, struct err *err)
{
	struct buf text = {0}, copy = {0}, again = {0};
	struct seal_key read = {0};
	const char *fault;
	int status = -1;

	if (file_read(&text, path, KEY_FILE, err) != 0)
		goto out;
	buf_put(&copy, text.data, text.len);
	if (copy.failed) {
		err_nomem(err);
		goto out;
	}
	fault = parse(&read, copy.data);
	if (fault != NULL) {
		err_set(err, ERR_INPUT, "%s: %s", path, fault);
		goto out;
	}
	seal_key_write(&again, &read);
	if (again.failed) {
		err_nomem(err);
	} else if (again.len != text.len || memcmp(again.data, text.data, text.len) != 0) {
		err_set(err, ERR_INPUT, "%s: damaged: the fingerprint does not fit the rest", path);
	} else {
		*key = read;
		status = 0;
	}
out:
	buf_finish(&text);
	buf_finish(&copy);
	buf_finish(&again);
	return status;
}
