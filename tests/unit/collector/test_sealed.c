/*
 * test_sealed.c - a sealed submission is its number and as many bytes of records as the round has;
 * its receipt is that of survey-record(5)'s vectors.
 */
#include "collector/sealed.h"
#include "lib/base/json.h"
#include "tests/unit/collector/fixture.h"

static uint8_t *hex(const struct json *v, const char *name, size_t *n)
{
	const char *digits = json_string(json_get(v, name));
	uint8_t *bytes = malloc(strlen(digits) / 2 + 1);

	assert_non_null(bytes);
	assert_int_equal(sodium_hex2bin(bytes, strlen(digits) / 2 + 1, digits, strlen(digits), NULL,
		n, NULL), 0);
	return bytes;
}

/* Only the sizes of a round count here. */
static void check_vector(const struct json *v)
{
	struct round r = {.shape.each = {1}};
	size_t records, n;
	uint8_t *number = hex(v, "number", &n), *sealed = hex(v, "records", &records);
	uint8_t *receipt = hex(v, "receipt", &n), *bytes = malloc(STORE_NUMBER + records);
	struct submit s;
	struct err err;

	assert_non_null(bytes);
	r.shape.size[RECORD_CORE] = records;
	memcpy(bytes, number, STORE_NUMBER);
	memcpy(bytes + STORE_NUMBER, sealed, records);
	assert_int_equal(sealed_size(&r), STORE_NUMBER + records);
	assert_int_equal(sealed_read(&s, bytes, STORE_NUMBER + records, &r, &err), 0);
	assert_memory_equal(s.sealed.receipt, receipt, STORE_RECEIPT);
	assert_memory_equal(s.sealed.records[RECORD_CORE], sealed, records);
	submit_finish(&s);
	free(number);
	free(sealed);
	free(receipt);
	free(bytes);
}

static void test_vectors(void **state)
{
	struct json *vectors = NULL;
	struct err err;
	size_t n = 0;

	(void)state;
	assert_int_equal(json_load(&vectors, RECORD_VECTORS, 1 << 20, &err), 0);
	for (const struct json *v = json_first(json_get(vectors, "submissions")); v != NULL;
	     v = json_next(v), n++)
		check_vector(v);
	assert_int_equal(n, 2);
	json_free(vectors);
}

/* Where each record is found, and what any other length is. */
static void test_lengths(void **state)
{
	struct fixture f;
	struct submit s;
	struct err err = {0};
	uint8_t *bytes;
	size_t n;

	(void)state;
	fixture_init(&f, "region", false);
	n = sealed_size(&f.round);
	bytes = malloc(n + 1);
	assert_non_null(bytes);
	randombytes_buf(bytes, n + 1);
	assert_int_equal(sealed_read(&s, bytes, n, &f.round, &err), 0);
	assert_memory_equal(s.sealed.records[RECORD_CORE], bytes + STORE_NUMBER,
		f.round.shape.size[RECORD_CORE]);
	assert_memory_equal(s.sealed.records[RECORD_LONG],
		bytes + n - f.round.shape.size[RECORD_LONG], f.round.shape.size[RECORD_LONG]);
	submit_finish(&s);
	for (size_t bad = 0; bad <= n + 1; bad += bad == 0 ? 1 : bad < n - 1 ? n - 2 : 1) {
		if (bad == n)
			continue;
		assert_int_equal(sealed_read(&s, bytes, bad, &f.round, &err), -1);
		assert_int_equal(err.code, ERR_INPUT);
		assert_null(s.bytes);
	}
	free(bytes);
	fixture_finish(&f);
}

/* The same bytes are one submission; another number or another bit makes another. */
static void test_receipts(void **state)
{
	struct fixture f;
	struct submit one, two;
	struct err err;
	uint8_t *bytes;
	size_t n;

	(void)state;
	fixture_init(&f, "region", false);
	n = sealed_size(&f.round);
	bytes = malloc(n);
	assert_non_null(bytes);
	randombytes_buf(bytes, n);
	assert_int_equal(sealed_read(&one, bytes, n, &f.round, &err), 0);
	for (size_t at = 0; at <= n; at += n / 8) {
		if (at > 0)
			bytes[at - 1] ^= 1;
		assert_int_equal(sealed_read(&two, bytes, n, &f.round, &err), 0);
		assert_int_equal(memcmp(one.sealed.receipt, two.sealed.receipt, STORE_RECEIPT) == 0,
			at == 0);
		submit_finish(&two);
		if (at > 0)
			bytes[at - 1] ^= 1;
	}
	submit_finish(&one);
	free(bytes);
	fixture_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_vectors),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_receipts),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
