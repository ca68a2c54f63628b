/*
 * test_custodian.c - any quorum gives the secret, fewer give nothing, and every damage to a key
 * file has its own words.
 */
#include "analyzer/custodian.h"
#include "lib/base/file.h"
#include "tests/unit/test.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#define PASSPHRASE "willow kettle orbit"

static struct seal_key key_of(const struct custodian_secret *s, unsigned n, unsigned quorum)
{
	struct seal_key key = {.round = "2020-05", .custodians = n, .quorum = quorum};

	memcpy(key.box, s->box_public, SEAL_KEY);
	memcpy(key.sign, s->sign_public, SEAL_KEY);
	return key;
}

/* Does this set of shares (bit i: custodian i + 1) give the secret? */
static int try_set(const struct custodian_share *all, unsigned n, unsigned set,
                   const struct custodian_secret *secret, const struct seal_key *key,
                   struct err *err)
{
	struct custodian_share some[CUSTODIAN_MAX];
	struct custodian_secret *again;
	size_t given = 0;

	for (unsigned i = 0; i < n; i++)
		if (set >> i & 1)
			some[given++] = all[i];
	if (custodian_combine(&again, some, given, key, err) != 0)
		return -1;
	assert_memory_equal(again, secret, sizeof(*secret));
	custodian_secret_free(again);
	return 0;
}

static void test_every_quorum(void **state)
{
	static const struct {
		unsigned n, quorum;
	} cases[] = {{2, 2}, {3, 2}, {3, 3}, {5, 3}, {7, 2}, {8, 8}};

	(void)state;
	for (size_t c = 0; c < COUNT(cases); c++) {
		unsigned n = cases[c].n, quorum = cases[c].quorum;
		struct custodian_secret *secret;
		struct custodian_share shares[CUSTODIAN_MAX];
		struct seal_key key;
		struct err err = {0};

		assert_int_equal(custodian_secret_create(&secret, &err), 0);
		assert_int_equal(custodian_split(shares, n, quorum, secret, &err), 0);
		key = key_of(secret, n, quorum);
		for (unsigned set = 0; set < 1u << n; set++) {
			int given = __builtin_popcount(set);
			char text[80];

			snprintf(text, sizeof(text), "%u of %u custodians are needed, %d given",
			         quorum, n, given);
			if (given >= (int)quorum) {
				assert_int_equal(try_set(shares, n, set, secret, &key, &err), 0);
				continue;
			}
			assert_int_equal(try_set(shares, n, set, secret, &key, &err), -1);
			assert_int_equal(err.code, ERR_CRYPTO);
			assert_string_equal(err.msg, text);
		}
		custodian_secret_free(secret);
	}
}

/* Fewer shares than the quorum, interpolated all the same, are not the seed. */
static void test_too_few_say_nothing(void **state)
{
	struct custodian_secret *secret;
	struct custodian_share shares[5];
	struct seal_key key;
	struct err err = {0};

	(void)state;
	assert_int_equal(custodian_secret_create(&secret, &err), 0);
	assert_int_equal(custodian_split(shares, 5, 3, secret, &err), 0);
	key = key_of(secret, 5, 2); /* a public key that was changed to ask for two */
	assert_int_equal(try_set(shares, 5, 3, secret, &key, &err), -1);
	assert_non_null(strstr(err.msg, "do not give the key of round 2020-05"));
	for (unsigned i = 0; i < 5; i++)
		assert_memory_not_equal(shares[i].bytes, secret->seed, CUSTODIAN_SEED);
	custodian_secret_free(secret);
}

static void test_bad_combine(void **state)
{
	struct custodian_secret *secret, *other;
	struct custodian_share shares[3], others[3], given[3];
	struct seal_key key;
	struct err err = {0};

	(void)state;
	assert_int_equal(custodian_secret_create(&secret, &err), 0);
	assert_int_equal(custodian_secret_create(&other, &err), 0);
	assert_int_equal(custodian_split(shares, 3, 2, secret, &err), 0);
	assert_int_equal(custodian_split(others, 3, 2, other, &err), 0);
	key = key_of(secret, 3, 2);

	given[0] = given[1] = shares[1]; /* bad-twice */
	assert_int_equal(custodian_combine(&other, given, 2, &key, &err), -1);
	assert_string_equal(err.msg, "the share of custodian 2 is given twice");
	given[0] = others[0]; /* bad-of-another-secret */
	assert_int_equal(custodian_combine(&other, given, 2, &key, &err), -1);
	assert_non_null(strstr(err.msg, "do not give the key"));
	given[0] = shares[0]; /* bad-flipped-bit */
	given[0].bytes[31] ^= 1;
	assert_int_equal(custodian_combine(&other, given, 2, &key, &err), -1);
	assert_non_null(strstr(err.msg, "do not give the key"));
	given[0] = shares[0]; /* bad-number */
	given[0].number = 4;
	assert_int_equal(custodian_combine(&other, given, 2, &key, &err), -1);
	assert_non_null(strstr(err.msg, "a share of a custodian 4, of 3"));
	assert_int_equal(err.code, ERR_CRYPTO);
	custodian_secret_free(secret);
	custodian_secret_free(other);
}

/*
 * The derivation of survey-keys(1), pinned: a constant polynomial has the seed as every share.
 */
static void test_derivation(void **state)
{
	static const char box[] =
		"15f47b3d08d234b61acfa4a0c67ef3f103c14c76ba5b8ef2b781dacbc05fb937";
	static const char sign[] =
		"31bcd5c68ed133e7f3ba406ceb2969cdcd9b3905e3396864e32bb570de305998";
	struct custodian_share shares[2] = {{.number = 1}, {.number = 2}};
	struct custodian_secret *secret;
	uint8_t seed[32], kdf[32], secret_box[32], secret_sign[64];
	struct seal_key key = {.custodians = 2, .quorum = 2};
	char hex[65];
	struct err err = {0};

	(void)state;
	for (int i = 0; i < 32; i++)
		seed[i] = shares[0].bytes[i] = shares[1].bytes[i] = (uint8_t)i;
	crypto_kdf_derive_from_key(kdf, 32, 1, "PeerSurv", seed);
	crypto_box_seed_keypair(key.box, secret_box, kdf);
	crypto_kdf_derive_from_key(kdf, 32, 2, "PeerSurv", seed);
	crypto_sign_seed_keypair(key.sign, secret_sign, kdf);
	assert_int_equal(custodian_combine(&secret, shares, 2, &key, &err), 0);
	assert_memory_equal(secret->box, secret_box, 32);
	assert_memory_equal(secret->sign, secret_sign, 64);
	assert_string_equal(sodium_bin2hex(hex, 65, secret->box_public, 32), box);
	assert_string_equal(sodium_bin2hex(hex, 65, secret->sign_public, 32), sign);
	custodian_secret_free(secret);
}

/* A locked file of custodian 2 of 3. */
static struct custodian example(struct custodian_share *share)
{
	struct custodian c = {.study = "covid", .round = "2020-05", .custodians = 3, .quorum = 2};
	struct err err = {0};

	strcpy(c.fingerprint, "12345 12345 12345 12345 12345 12345 12345 12345");
	memset(c.key, 0xab, sizeof(c.key));
	share->number = 2;
	randombytes_buf(share->bytes, sizeof(share->bytes));
	assert_int_equal(custodian_lock(&c, share, PASSPHRASE, true, &err), 0);
	return c;
}

static void test_lock(void **state)
{
	struct custodian_share share, again;
	struct custodian c = example(&share), changed;
	struct err err = {0};

	(void)state;
	assert_int_equal(c.number, 2);
	assert_int_equal(custodian_unlock(&again, &c, PASSPHRASE, &err), 0);
	assert_int_equal(again.number, 2);
	assert_memory_equal(again.bytes, share.bytes, sizeof(share.bytes));
	assert_int_equal(custodian_unlock(&again, &c, PASSPHRASE "s", &err), 1);
	assert_string_equal(err.msg, "wrong passphrase");

	changed = c; /* bad-number, bad-round, bad-quorum: the share is of another heading */
	changed.number = 3;
	assert_int_equal(custodian_unlock(&again, &changed, PASSPHRASE, &err), -1);
	assert_non_null(strstr(err.msg, "the share is damaged"));
	changed = c;
	changed.round[0] = '3';
	assert_int_equal(custodian_unlock(&again, &changed, PASSPHRASE, &err), -1);
	changed = c;
	changed.quorum = 3;
	assert_int_equal(custodian_unlock(&again, &changed, PASSPHRASE, &err), -1);
	changed = c;
	changed.key[0] ^= 1;
	assert_int_equal(custodian_unlock(&again, &changed, PASSPHRASE, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
}

/* Replace the first `from` in `text` by `to`. */
static char *edit(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *out;

	assert_non_null(at);
	assert_true(asprintf(&out, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)) > 0);
	return out;
}

static void test_file(void **state)
{
	static const struct {
		const char *label, *from, *to, *error; /* NULL: it reads as before */
	} cases[] = {
		{"whole", "format", "format", NULL},
		{"a comment more", "study:", "# mine\n\nstudy:", NULL},
		{"line ends of mail", "covid\n", "covid \r\n", NULL},
		{"no heading", "# Peer Survey", "# x", NULL},
		{"bad-format", "format: peer", "format: pear", "not a custodian's key file"},
		{"bad-no-format", "format: peer-survey-custodian-key 1\n", "",
		 "not a custodian's key file"},
		{"bad-version", "key 1\n", "key 2\n", "a key file of version 2"},
		{"bad-version-text", "key 1\n", "key one\n", "damaged"},
		{"bad-study", "study: covid", "study: covib", "damaged"},
		{"bad-round", "round: 2020-05", "round: ../../5", "damaged"},
		{"bad-number", "custodian: 2 of 3", "custodian: 1 of 3", "damaged"},
		{"bad-number-0", "custodian: 2 of 3", "custodian: 0 of 3", "damaged"},
		{"bad-number-above", "custodian: 2 of 3", "custodian: 4 of 3", "damaged"},
		{"bad-custodians", "2 of 3\n", "2 of 33\n", "damaged"},
		{"bad-quorum", "quorum: 2", "quorum: 1", "damaged"},
		{"bad-memory", "67108864", "99999999999999", "damaged"},
		{"bad-work", "argon2id13 2", "argon2id13 999", "damaged"},
		{"bad-hash", "argon2id13", "argon2i13", "damaged"},
		{"bad-hex", "public-key: ab", "public-key: ag", "damaged"},
		{"bad-odd-hex", "public-key: ab", "public-key: a", "damaged"},
		{"bad-digit", "public-key: ab", "public-key: ac", "damaged"},
		{"bad-missing-line", "quorum: 2\n", "", "damaged"},
		{"bad-line-more", "quorum: 2\n", "quorum: 2\nquorum: 2\n", "damaged"},
		{"bad-check", "check: ", "check: 0", "damaged"},
	};
	struct custodian_share share;
	struct custodian c = example(&share), again;
	struct buf text = {0};
	struct err err = {0};

	(void)state;
	custodian_write(&text, &c);
	assert_false(text.failed);
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *edited = edit(text.data, cases[i].from, cases[i].to);
		int status = custodian_read(&again, edited, strlen(edited), &err);

		if (status != (cases[i].error != NULL ? -1 : 0))
			fail_msg("%s: %s", cases[i].label, status ? err.msg : "was read");
		if (cases[i].error == NULL)
			assert_memory_equal(&again, &c, sizeof(c));
		else if (err.code != ERR_CRYPTO || strstr(err.msg, cases[i].error) == NULL)
			fail_msg("%s: %s", cases[i].label, err.msg);
		free(edited);
	}
	for (size_t n = 0; n < text.len - 1; n++) /* cut short anywhere */
		assert_int_equal(custodian_read(&again, text.data, n, &err), -1);
	buf_finish(&text);
}

static char *path_in(const char *folder, const char *name)
{
	struct err err;
	char *path = file_join(folder, name, &err);

	assert_non_null(path);
	return path;
}

static void test_save(void **state)
{
	char *path = path_in(*state, "custodian-2.key");
	struct custodian_share share;
	struct custodian c = example(&share), again;
	struct stat about;
	struct err err = {0};

	assert_int_equal(custodian_save(&c, path, &err), 0);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 07777, 0600);
	assert_int_equal(custodian_load(&again, path, &err), 0);
	assert_memory_equal(&again, &c, sizeof(c));
	assert_int_equal(custodian_save(&c, path, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "custodian-2.key: already exists"));
	unlink(path);
	free(path);
}

static void test_place(void **state)
{
	static const struct {
		const char *path;
		bool refused;
	} cases[] = {
		{"", false},
		{"keys", false},
		{"keys/new/deeper", false},
		{"study2", false}, /* begins like the study's name */
		{"study", true},
		{"study/", true},
		{"study/new", true},
		{"study/rounds/new/deeper", true},
		{"keys/../study/new", true},
		{"link", true},
		{"link/new/deeper", true},
		{"keys/into", true},
	};
	const char *folder = *state;
	char *study = path_in(folder, "study"), *keys = path_in(folder, "keys");
	char *link = path_in(folder, "link"), *into = path_in(folder, "keys/into");
	char *mark = path_in(folder, "study/study.json"), *nowhere = path_in(folder, "none");
	struct err err = {0};

	assert_int_equal(mkdir(study, 0700), 0);
	assert_int_equal(mkdir(keys, 0700), 0);
	assert_int_equal(symlink("study", link), 0);
	assert_int_equal(symlink(study, into), 0);
	for (int with = 0; with < 2; with++) { /* given by name; found by its study.json */
		if (with == 1)
			assert_int_equal(file_replace(mark, "{}", 2, 0644, &err), 0);
		for (size_t i = 0; i < COUNT(cases); i++) {
			char *path = path_in(folder, cases[i].path);
			int status = custodian_place(path, with == 0 ? study : NULL, &err);

			if (status != (cases[i].refused ? -1 : 0))
				fail_msg("%s: %s", cases[i].path, status ? err.msg : "allowed");
			if (status != 0)
				assert_int_equal(err.code, ERR_REFUSED);
			free(path);
		}
	}
	assert_int_equal(custodian_place(keys, nowhere, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	unlink(mark);
	unlink(link);
	unlink(into);
	rmdir(keys);
	rmdir(study);
	free(study);
	free(keys);
	free(link);
	free(into);
	free(mark);
	free(nowhere);
}

static void test_match(void **state)
{
	struct custodian c = {.study = "covid", .round = "2020-05"};
	struct seal_key key = {.round = "2020-05", .custodians = 3, .quorum = 2};
	uint8_t digest[RECORD_DIGEST] = {1, 2, 3};
	struct err err = {0};

	(void)state;
	memcpy(c.key, digest, sizeof(digest));
	assert_int_equal(custodian_match(&c, "covid", &key, digest, &err), 0);
	assert_int_equal(custodian_match(&c, "hiv", &key, digest, &err), -1);
	assert_string_equal(err.msg, "a share of another study, covid, not of hiv");
	strcpy(key.round, "2020-06");
	assert_int_equal(custodian_match(&c, "covid", &key, digest, &err), -1);
	assert_string_equal(err.msg, "a share of another round, 2020-05, not of 2020-06");
	strcpy(key.round, "2020-05");
	digest[0] = 7;
	assert_int_equal(custodian_match(&c, "covid", &key, digest, &err), -1);
	assert_non_null(strstr(err.msg, "a share of other keys for round 2020-05"));
	seal_fingerprint(c.fingerprint, &key);
	assert_int_equal(custodian_match(&c, "covid", &key, digest, &err), -1);
	assert_non_null(strstr(err.msg, "public.key of round 2020-05 is not as it was"));
	assert_int_equal(err.code, ERR_CRYPTO);
}

static void test_enough(void **state)
{
	struct custodian list[3] = {
		{.number = 1, .custodians = 3, .quorum = 2},
		{.number = 3, .custodians = 3, .quorum = 2},
		{.number = 1, .custodians = 3, .quorum = 2},
	};
	struct err err = {0};

	(void)state;
	assert_int_equal(custodian_enough(list, 2, &err), 0);
	assert_int_equal(custodian_enough(list, 1, &err), -1);
	assert_string_equal(err.msg, "2 of 3 custodians are needed, 1 given");
	assert_int_equal(custodian_enough(list, 3, &err), -1);
	assert_string_equal(err.msg, "the share of custodian 1 is given twice");
	assert_int_equal(custodian_enough(list, 0, &err), -1);
	assert_string_equal(err.msg, "no custodian's key file is given");
}

/* Which line of a passphrase file is whose. */
static void test_source(void **state)
{
	static const struct {
		const char *label, *text;
		unsigned custodians, number;
		size_t position;
		const char *line, *error;
	} cases[] = {
		{"by number", "aaaaaaaaaaaa\nbbbbbbbbbbbb\ncccccccccccc\n", 3, 3, 0, "cccccccccccc",
		 NULL},
		{"by position", "aaaaaaaaaaaa\nbbbbbbbbbbbb\n", 3, 3, 1, "bbbbbbbbbbbb", NULL},
		{"no last newline", "aaaaaaaaaaaa\nbbbbbbbbbbbb", 3, 1, 1, "bbbbbbbbbbbb", NULL},
		{"carriage returns", "aaaaaaaaaaaa\r\n", 3, 1, 0, "aaaaaaaaaaaa", NULL},
		{"twelve characters, more bytes", "\xc3\xa9t\xc3\xa9 \xc3\xa0 la mer\n", 3, 1, 0,
		 "\xc3\xa9t\xc3\xa9 \xc3\xa0 la mer", NULL},
		{"bad-no-line-left", "aaaaaaaaaaaa\n", 3, 1, 1, NULL,
		 "no line of the passphrase file"},
		{"bad-short", "aaaaaaaaaaaa\naaaaaaaaaaa\n", 3, 1, 0, NULL,
		 "line 2: the passphrase has fewer than 12 characters"},
		{"bad-empty", "", 3, 1, 0, NULL, "no passphrase in it"},
		{"bad-utf-8", "aaaaaaaaaaaaaaa\xff\n", 3, 1, 0, NULL, "not UTF-8"},
	};
	char *path = path_in(*state, "passphrases"), *passphrase;
	struct err err = {0};

	passphrase = custodian_passphrase_create(&err);
	assert_non_null(passphrase);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct custodian c = {.number = cases[i].number, .custodians = cases[i].custodians};
		size_t n = strlen(cases[i].text);
		struct custodian_source *s;
		int status;

		assert_int_equal(file_replace(path, cases[i].text, n, 0600, &err), 0);
		status = custodian_source_create(&s, &path, 1, &err);
		if (status == 0) {
			assert_false(custodian_source_typed(s));
			status = custodian_source_ask(passphrase, s, &c, "k", cases[i].position,
			                              &err);
			custodian_source_free(s);
		}
		if ((status == 0) != (cases[i].error == NULL))
			fail_msg("%s: %s", cases[i].label, status ? err.msg : "was taken");
		if (cases[i].error == NULL)
			assert_string_equal(passphrase, cases[i].line);
		else if (strstr(err.msg, cases[i].error) == NULL)
			fail_msg("%s: %s", cases[i].label, err.msg);
	}
	custodian_passphrase_free(passphrase);
	unlink(path);
	free(path);
}

static int make_folder(void **state)
{
	char *folder = strdup("/tmp/test-custodian.XXXXXX");

	*state = folder;
	return folder != NULL && mkdtemp(folder) != NULL && sodium_init() >= 0 ? 0 : -1;
}

static int remove_folder(void **state)
{
	int status = rmdir(*state); /* a test that leaves something fails here */

	free(*state);
	return status;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_quorum),
		cmocka_unit_test(test_too_few_say_nothing),
		cmocka_unit_test(test_bad_combine),
		cmocka_unit_test(test_derivation),
		cmocka_unit_test(test_lock),
		cmocka_unit_test(test_file),
		cmocka_unit_test(test_save),
		cmocka_unit_test(test_place),
		cmocka_unit_test(test_match),
		cmocka_unit_test(test_enough),
		cmocka_unit_test(test_source),
	};

	return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
