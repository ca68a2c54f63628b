/* test_seal.c - public keys, fingerprints, and records that only the secret key opens. */
#include "lib/base/file.h"
#include "lib/base/json.h"
#include "lib/record/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define OPEN "peer-survey public key 1\n"

static char path[] = "/tmp/test-seal-XXXXXX";

static void put(const char *bytes, size_t n)
{
	struct err err;

	assert_int_equal(file_replace(path, bytes, n, 0600, &err), 0);
}

static const struct json *vectors_of(struct json **vectors, const char *name)
{
	struct err err;

	if (json_load(vectors, RECORD_VECTORS, 1 << 20, &err) != 0)
		fail_msg("%s", err.msg);
	return json_first(json_get(*vectors, name));
}

static void test_key_vectors(void **state)
{
	struct json *vectors;
	size_t n = 0;

	(void)state;
	for (const struct json *v = vectors_of(&vectors, "keys"); v != NULL; v = json_next(v)) {
		const char *file = json_string(json_get(v, "file"));
		char fingerprint[SEAL_FINGERPRINT];
		struct seal_key key;
		struct buf again = {0};
		struct err err;

		put(file, strlen(file));
		if (seal_key_load(&key, path, &err) != 0)
			fail_msg("%s", err.msg);
		seal_fingerprint(fingerprint, &key);
		assert_string_equal(fingerprint, json_string(json_get(v, "fingerprint")));
		seal_key_write(&again, &key);
		assert_string_equal(again.data, file);
		buf_finish(&again);
		n++;
	}
	assert_int_equal(n, 2);
	json_free(vectors);
}

/* Every byte of the file counts: whatever is changed, cut off or added is found. */
static void test_bad_key_bytes(void **state)
{
	struct json *vectors;
	const char *file = json_string(json_get(vectors_of(&vectors, "keys"), "file"));
	size_t n = strlen(file);
	char *copy = calloc(1, n + 2);
	struct seal_key key;
	struct err err;

	(void)state;
	for (size_t i = 0; i < n; i++) {
		memcpy(copy, file, n);
		copy[i] ^= 1;
		put(copy, n);
		assert_int_equal(seal_key_load(&key, path, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.msg, path));
		put(file, i);
		assert_int_equal(seal_key_load(&key, path, &err), -1);
	}
	memcpy(copy, file, n);
	copy[n] = '\n';
	put(copy, n + 1);
	assert_int_equal(seal_key_load(&key, path, &err), -1);
	free(copy);
	json_free(vectors);
}

/* Files whose fingerprint is right, but that no ceremony makes. */
static const struct {
	const char *label, *round;
	unsigned custodians, quorum;
	const char *reason;
} bad_keys[] = {
	{"bad-round empty", "", 3, 2, "round"},
	{"bad-round dots", "..", 3, 2, "round"},
	{"bad-round slash", "a/b", 3, 2, "round"},
	{"bad-round blank", "a b", 3, 2, "round"},
	{"bad-no custodian", "R", 0, 0, "custodians"},
	{"bad-no quorum", "R", 3, 0, "quorum"},
	{"bad-quorum above", "R", 3, 4, "quorum"},
	{"bad-many custodians", "R", 256, 2, "custodians"},
};

static void test_bad_keys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof bad_keys / sizeof *bad_keys; i++) {
		struct seal_key key = {.custodians = bad_keys[i].custodians,
			.quorum = bad_keys[i].quorum};
		struct buf text = {0};
		struct err err;

		snprintf(key.round, sizeof key.round, "%s", bad_keys[i].round);
		seal_key_write(&text, &key);
		put(text.data, text.len);
		if (seal_key_load(&key, path, &err) == 0)
			fail_msg("%s was taken", bad_keys[i].label);
		assert_int_equal(err.code, ERR_INPUT);
		assert_non_null(strstr(err.msg, bad_keys[i].reason));
		buf_finish(&text);
	}
}

static void test_bad_key_file(void **state)
{
	struct seal_key key;
	struct err err;

	(void)state;
	assert_int_equal(seal_key_load(&key, "/nonexistent/public.key", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	put("", 0);
	assert_int_equal(seal_key_load(&key, path, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	put(OPEN "round: R\0\n", sizeof OPEN + 10);
	assert_int_equal(seal_key_load(&key, path, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
}

/* Each part of the key changes the fingerprint. */
static void test_fingerprint(void **state)
{
	struct seal_key key = {.round = "R", .custodians = 3, .quorum = 2}, other;
	char first[SEAL_FINGERPRINT], second[SEAL_FINGERPRINT];

	(void)state;
	seal_fingerprint(first, &key);
	assert_int_equal(strlen(first), 47);
	for (int part = 0; part < 6; part++) {
		other = key;
		if (part == 0)
			other.round[0] = 'S';
		else if (part == 1)
			other.box[31] ^= 1;
		else if (part == 2)
			other.sign[0] ^= 1;
		else if (part == 3)
			other.form[5] ^= 1;
		else if (part == 4)
			other.custodians++;
		else
			other.quorum++;
		seal_fingerprint(second, &other);
		assert_string_not_equal(first, second);
	}
}

static size_t unhex(uint8_t *out, size_t max, const struct json *v, const char *name)
{
	const char *digits = json_string(json_get(v, name));
	size_t n;

	assert_int_equal(sodium_hex2bin(out, max, digits, strlen(digits), NULL, &n, NULL), 0);
	return n;
}

/* libsodium opens what the vectors hold, and what is sealed here; sealing is never the same. */
static void test_sealed_vectors(void **state)
{
	uint8_t seed[32], public[32], secret[32], plain[256], sealed[512], opened[256];
	struct json *vectors;
	size_t count = 0;

	(void)state;
	for (const struct json *v = vectors_of(&vectors, "sealed"); v != NULL; v = json_next(v)) {
		size_t n = unhex(plain, sizeof plain, v, "plain");
		size_t m = unhex(sealed, sizeof sealed, v, "sealed");
		struct seal_key key = {0};
		struct buf out = {0};
		struct err err;

		unhex(seed, sizeof seed, v, "seed");
		crypto_box_seed_keypair(public, secret, seed);
		unhex(key.box, sizeof key.box, v, "public");
		assert_memory_equal(public, key.box, sizeof public);
		assert_int_equal(m, n + SEAL_OVERHEAD);
		assert_int_equal(crypto_box_seal_open(opened, sealed, m, public, secret), 0);
		assert_memory_equal(opened, plain, n);

		buf_puts(&out, "before");
		assert_int_equal(seal_record(&out, &key, plain, n, &err), 0);
		assert_int_equal(seal_record(&out, &key, plain, n, &err), 0);
		assert_int_equal(out.len, 6 + 2 * (n + SEAL_OVERHEAD));
		assert_memory_not_equal(out.data + 6, out.data + 6 + n + SEAL_OVERHEAD, 32);
		memset(opened, 0, sizeof opened);
		assert_int_equal(crypto_box_seal_open(opened, (uint8_t *)out.data + 6,
					 n + SEAL_OVERHEAD, public, secret),
			0);
		assert_memory_equal(opened, plain, n);
		/* bad-: another secret key */
		secret[0] ^= 8;
		assert_int_not_equal(crypto_box_seal_open(opened, sealed, m, public, secret), 0);
		buf_finish(&out);
		count++;
	}
	assert_int_equal(count, 2);
	json_free(vectors);
}

static void test_bad_public_key(void **state)
{
	struct seal_key key = {0}; /* the point of order 1 */
	struct buf out = {0};
	struct err err;

	(void)state;
	buf_puts(&out, "before");
	assert_int_equal(seal_record(&out, &key, "x", 1, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
	assert_int_equal(out.len, 6);
	assert_string_equal(out.data, "before");
	buf_finish(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_key_vectors),
		cmocka_unit_test(test_bad_key_bytes),
		cmocka_unit_test(test_bad_keys),
		cmocka_unit_test(test_bad_key_file),
		cmocka_unit_test(test_fingerprint),
		cmocka_unit_test(test_sealed_vectors),
		cmocka_unit_test(test_bad_public_key),
	};
	int fd = mkstemp(path), status;

	if (sodium_init() < 0 || fd < 0)
		return 1;
	close(fd);
	status = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return status;
}
