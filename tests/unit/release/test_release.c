/* test_release.c - a release comes back as it was written, and only if it is right. */
#include "lib/release/release.h"
#include "tests/unit/test.h"

#include <math.h>
#include <sodium.h>
#include <unistd.h>

/* 40 people in two regions; a choice with suppressed counts, a scale, a free text. */
#define HEAD \
	"{\"version\":2,\"study\":\"covid\",\"round\":\"2020-05\",\"questionnaire\":\"" DIGEST \
	"\",\"number\":1,\"previous\":\"\",\"counts\":\"\",\"threshold\":10,\"coalition\":1," \
	"\"demonstration\":true,\"audited\":false,\"people\":40,\"set_aside\":2," \
	"\"suppressed\":{\"primary\":2,\"complementary\":2},"
#define DIGEST "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff"
#define GROUPS \
	"\"groups\":[{\"by\":\"total\",\"id\":\"\",\"members\":[],\"people\":40}," \
	"{\"by\":\"region\",\"id\":\"150\",\"members\":[\"150\"],\"people\":25}," \
	"{\"by\":\"region\",\"id\":\"other\",\"members\":[\"002\",\"009\"],\"people\":15}," \
	"{\"by\":\"language\",\"id\":\"other\",\"members\":[\"fr\"],\"people\":40}," \
	"{\"by\":\"region_language\",\"id\":\"150/other\",\"members\":[\"150\",\"other\"]," \
	"\"people\":25}," \
	"{\"by\":\"region_language\",\"id\":\"other/other\",\"members\":[\"other\",\"other\"]," \
	"\"people\":15}],"
#define GENDER \
	"{\"question\":\"gender\",\"measure\":\"choice\",\"answers\":[\"woman\",\"man\"]," \
	"\"slots\":[" \
	"{\"group\":0,\"base\":38,\"declined\":0,\"blank\":2,\"not_asked\":0," \
	"\"counts\":[18,20]}," \
	"{\"group\":1,\"base\":24,\"declined\":0,\"blank\":null,\"not_asked\":0," \
	"\"counts\":[null,null]}," \
	"{\"group\":2,\"base\":14,\"declined\":0,\"blank\":null,\"not_asked\":0," \
	"\"counts\":[null,null]}]}"
#define TRUST \
	"{\"question\":\"trust\",\"row\":\"police\",\"measure\":\"scale\",\"note\":\"region\"," \
	"\"answers\":[\"0\",\"1\"],\"slots\":[" \
	"{\"group\":0,\"base\":40,\"declined\":0,\"blank\":0,\"not_asked\":0," \
	"\"counts\":[10,30],\"mean\":0.75,\"median\":1}]}"
#define WORDS \
	"{\"question\":\"gender\",\"measure\":\"written\",\"answers\":[\"written\"]," \
	"\"slots\":[{\"group\":0,\"base\":40,\"declined\":0,\"blank\":0,\"not_asked\":0," \
	"\"counts\":[12]},{\"group\":3,\"base\":40,\"declined\":0,\"blank\":0," \
	"\"not_asked\":0,\"counts\":[12]}]}"
#define BODY HEAD GROUPS "\"tables\":[" GENDER "," TRUST "," WORDS "]}"
#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"
#define ZERO_SIGNATURE ZEROS ZEROS

static const char whole[] = "{\"release\":" BODY ",\"signature\":\"" ZERO_SIGNATURE "\"}\n";

/* The file with one thing replaced; every case but the first must be refused. */
static const struct {
	const char *label, *from, *to, *reason;
} cases[] = {
	{"good", "{", "{", NULL},
	{"bad-not JSON", "{\"release\"", "\"release\"", "behind the end"},
	{"bad-unknown beside", "{\"release\"", "{\"a\":1,\"release\"", "unknown member \"a\""},
	{"bad-unknown in release", "\"study\"", "\"a\":1,\"study\"", "unknown member \"a\""},
	{"bad-unknown in group", "\"by\":\"language\"", "\"a\":1,\"by\":\"language\"",
		"groups[3]: unknown member \"a\""},
	{"bad-unknown in table", "\"row\"", "\"a\":1,\"row\"", "tables[1]: unknown member"},
	{"bad-unknown in slot", "\"group\":1", "\"a\":1,\"group\":1",
		"tables[0]: slots[1]: unknown member"},
	{"bad-version", "\"version\":2", "\"version\":3", "version 3 is not known"},
	{"bad-no version", "\"version\":2,", "", "\"version\" is missing"},
	{"bad-study", "\"covid\"", "7", "study: not a text"},
	{"bad-digest", "\"questionnaire\":\"00", "\"questionnaire\":\"0G", "questionnaire: not a"},
	{"bad-previous", "\"previous\":\"\"", "\"previous\":\"12\"", "previous: not a digest"},
	{"bad-number", "\"number\":1", "\"number\":0", "number: not a whole number"},
	{"bad-threshold", "\"threshold\":10", "\"threshold\":4", "threshold: not a whole number"},
	{"bad-bool", "true", "1", "demonstration: neither true nor false"},
	{"bad-people", "\"people\":40,\"set", "\"people\":41,\"set", "groups[0].people: not the"},
	{"bad-people fraction", "\"people\":40,\"set", "\"people\":40.5,\"set", "people: not a"},
	{"bad-people negative", "\"set_aside\":2", "\"set_aside\":-2", "set_aside: not a"},
	{"bad-suppressed", "\"primary\":2", "\"primary\":-1", "suppressed: primary"},
	{"bad-group order", "\"by\":\"language\"", "\"by\":\"total\"", "groups[3]: not in the order"},
	{"bad-group by", "\"by\":\"language\"", "\"by\":\"town\"", "groups[3]: by: unknown"},
	{"bad-group twice", "\"id\":\"other\"", "\"id\":\"150\"", "groups[2]: the same group again"},
	{"bad-group without members", "[\"fr\"]", "[]", "groups[3]: members"},
	{"bad-member twice", "[\"002\",\"009\"]", "[\"002\",\"002\"]", "members[1]: named twice"},
	{"bad-pair", "\"150/other\"", "\"other/150\"", "id and members are different"},
	{"bad-pair of nobody", "\"150/other\",\"members\":[\"150\"", "\"9/other\",\"members\":[\"9\"",
		"groups that are not there"},
	{"bad-region sum", "\"002\",\"009\"],\"people\":15", "\"002\",\"009\"],\"people\":16",
		"groups[0].people: not the sum of its parts by region"},
	{"bad-pair sum", "[\"other\",\"other\"],\"people\":15", "[\"other\",\"other\"],\"people\":14",
		"groups[0].people: not the sum of its parts by region_language"},
	{"bad-measure", "\"choice\"", "\"vote\"", "tables[0]: measure: unknown"},
	{"bad-table twice", "\"measure\":\"written\",\"answers\":[\"written\"]",
		"\"measure\":\"choice\",\"answers\":[\"written\"]", "tables[2]: the same table"},
	{"bad-answer twice", "\"woman\",\"man\"", "\"man\",\"man\"", "answers[1]: named twice"},
	{"bad-counts few", "[18,20]", "[18]", "counts: not one for each answer"},
	{"bad-counts negative", "[18,20]", "[-18,20]", "counts[0]: neither a count nor null"},
	{"bad-counts fraction", "[18,20]", "[18.5,20]", "counts[0]: neither a count nor null"},
	{"bad-counts text", "[18,20]", "[\"18\",20]", "counts[0]: neither a count nor null"},
	{"bad-counts huge", "[18,20]", "[18e18,20]", "counts[0]: neither a count nor null"},
	{"bad-answers above base", "[18,20]", "[19,20]", "the answers do not add up to the base"},
	{"bad-answers below base", "[18,20]", "[17,20]", "the answers do not add up to the base"},
	{"bad-open sum above base", "\"counts\":[null,null]", "\"counts\":[25,null]",
		"slots[1]: counts[0]: more than the base"},
	{"bad-base suppressed", "\"base\":38", "\"base\":null", "base: not a whole number"},
	{"bad-base above people", "\"base\":24", "\"base\":26", "tables[0]: slots[1]: base, declined"},
	{"bad-base sum", "\"base\":24", "\"base\":23", "slots[0]: not the sum of its parts"},
	{"bad-people sum", "\"blank\":2", "\"blank\":1", "do not add up to the group's people"},
	{"bad-declined", "\"declined\":0", "\"declined\":-1", "declined: neither"},
	{"bad-written sum", "\"counts\":[12]}]", "\"counts\":[13]}]", "parts by language"},
	{"bad-slot group", "\"group\":2", "\"group\":7", "group: not a whole number from 0 to 5"},
	{"bad-slot order", "\"group\":1", "\"group\":2", "slots[2]: not in the groups' order"},
	{"bad-slot missing", ",{\"group\":3,\"base\":40,", ",{\"group\":4,\"base\":25,",
		"not every group by region_language"},
	{"bad-mean", "\"mean\":0.75", "\"mean\":\"0\"", "mean: not a number"},
	{"bad-mean of words", "\"counts\":[12]}]", "\"counts\":[12],\"mean\":1}]", "no numbers"},
	{"bad-mean hidden", "\"counts\":[10,30],\"mean\"", "\"counts\":[null,30],\"mean\"",
		"beside a suppressed count"},
	{"bad-signature", ZERO_SIGNATURE, "00", "signature: not 128"},
	{"bad-cut", "\"tables\"", "\"table", "expected"},
};

/* `whole` with the first `from` replaced, in memory of the caller. */
static char *replaced(const char *from, const char *to)
{
	const char *at = strstr(whole, from);
	char *text = malloc(sizeof whole + strlen(to));

	assert_non_null(at);
	assert_non_null(text);
	memcpy(text, whole, (size_t)(at - whole));
	strcpy(text + (at - whole), to);
	strcat(text, at + strlen(from));
	return text;
}

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *text = replaced(cases[i].from, cases[i].to);
		struct release *r = NULL;
		struct err err = {0};
		int status = release_parse(&r, text, strlen(text), NULL, &err);

		if (cases[i].reason == NULL) {
			if (status != 0)
				fail_msg("%s: %s", cases[i].label, err.msg);
		} else {
			CHECK(status == -1 && err.code == ERR_INPUT && r == NULL, cases[i].label);
			if (strstr(err.msg, cases[i].reason) == NULL)
				fail_msg("%s: %s", cases[i].label, err.msg);
		}
		release_free(r);
		free(text);
	}
}

static struct release *good(void)
{
	struct release *r = NULL;
	struct err err = {0};

	if (release_parse(&r, whole, strlen(whole), NULL, &err) != 0)
		fail_msg("%s", err.msg);
	return r;
}

static void test_read(void **state)
{
	struct release *r = good();
	const struct release_table *t = release_table(r, "trust", "police", RELEASE_SCALE);
	const struct release_table *written = release_table(r, "gender", NULL, RELEASE_WRITTEN);

	(void)state;
	assert_non_null(t);
	assert_ptr_equal(written, &r->tables[2]);
	assert_null(release_table(r, "trust", NULL, RELEASE_SCALE));
	assert_null(release_table(r, "gender", NULL, RELEASE_MULTIPLE));
	assert_string_equal(t->note, "region");
	assert_int_equal(release_slot(t, 0)->counts[1], 30);
	assert_true(release_slot(t, 0)->mean == 0.75 && release_slot(t, 0)->median == 1);
	assert_null(release_slot(t, 1));
	assert_true(isnan(r->tables[0].slots[0].mean));
	assert_int_equal(r->tables[0].slots[1].counts[0], RELEASE_SUPPRESSED);
	assert_int_equal(r->tables[0].slots[1].blank, RELEASE_SUPPRESSED);
	assert_string_equal(r->groups[2].members[1], "009");
	assert_true(release_inside(r, 4, 1, RELEASE_REGION_LANGUAGE));
	assert_true(release_inside(r, 4, 3, RELEASE_REGION_LANGUAGE));
	assert_true(release_inside(r, 4, 0, RELEASE_REGION_LANGUAGE));
	assert_false(release_inside(r, 5, 1, RELEASE_REGION_LANGUAGE));
	assert_false(release_inside(r, 1, 3, RELEASE_REGION));
	release_free(r);
	release_free(NULL);
}

static void test_same_bytes(void **state)
{
	struct release *r = good();
	struct buf file = {0}, bytes = {0};
	const uint8_t zero[64] = {0};

	(void)state;
	release_write(&bytes, r);
	release_write_file(&file, r, zero);
	assert_false(bytes.failed || file.failed);
	assert_string_equal(bytes.data, BODY);
	assert_string_equal(file.data, whole);
	buf_finish(&bytes);
	buf_finish(&file);
	release_free(r);
}

static void test_signature(void **state)
{
	uint8_t public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	uint8_t other[crypto_sign_PUBLICKEYBYTES], unused[crypto_sign_SECRETKEYBYTES];
	uint8_t signature[64];
	struct release *r = good(), *back = NULL;
	struct buf bytes = {0}, file = {0};
	struct err err = {0};
	char *at;

	(void)state;
	assert_true(sodium_init() >= 0);
	crypto_sign_keypair(public, secret);
	crypto_sign_keypair(other, unused);
	release_message(&bytes, r);
	crypto_sign_detached(signature, NULL, (const uint8_t *)bytes.data, bytes.len, secret);
	release_write_file(&file, r, signature);
	assert_int_equal(release_parse(&back, file.data, file.len, public, &err), 0);
	release_free(back);
	assert_int_equal(release_parse(&back, file.data, file.len, other, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
	/* both counts changed so that the sums stay right */
	at = strstr(file.data, "[18,20]");
	memcpy(at, "[20,18]", 7);
	assert_int_equal(release_parse(&back, file.data, file.len, NULL, &err), 0);
	release_free(back);
	assert_int_equal(release_parse(&back, file.data, file.len, public, &err), -1);
	assert_int_equal(err.code, ERR_CRYPTO);
	buf_finish(&bytes);
	buf_finish(&file);
	release_free(r);
}

static void test_load(void **state)
{
	char path[] = "/tmp/release-test-XXXXXX";
	int fd = mkstemp(path);
	struct release *r = NULL;
	struct err err = {0};

	(void)state;
	assert_true(fd >= 0);
	assert_int_equal(write(fd, whole, strlen(whole)), (ssize_t)strlen(whole));
	assert_int_equal(release_load(&r, path, NULL, &err), 0);
	assert_int_equal(r->people, 40);
	release_free(r);
	assert_int_equal(ftruncate(fd, 700), 0);
	assert_int_equal(release_load(&r, path, NULL, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_memory_equal(err.msg, path, strlen(path));
	close(fd);
	unlink(path);
}

static void test_tenths(void **state)
{
	static const struct {
		long count, base;
		int tenths;
	} rows[] = {
		/* April 2020, 2,451 people: published figures */
		{1150, 1616, 712}, {1041, 1616, 644}, {700, 1589, 441}, {700, 2451, 286},
		/* Montreal, with its changing bases */
		{20, 168, 119}, {6, 168, 36}, {142, 168, 845}, {14, 92, 152}, {13, 92, 141},
		{65, 92, 707}, {11, 93, 118}, {13, 91, 143},
		/* half up, ends, nothing to print */
		{1, 2000, 1}, {1, 2001, 0}, {1, 16, 63}, {0, 7, 0}, {7, 7, 1000}, {0, 0, -1},
		{RELEASE_SUPPRESSED, 20, -1},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (release_tenths(rows[i].count, rows[i].base) != rows[i].tenths)
			fail_msg("%ld of %ld: %d", rows[i].count, rows[i].base,
				release_tenths(rows[i].count, rows[i].base));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_signature),
		cmocka_unit_test(test_load),
		cmocka_unit_test(test_tenths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
