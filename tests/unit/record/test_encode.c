/*
 * test_encode.c - plaintexts against the vectors of survey-record(5), which another implementation
 * wrote: the same bytes out, the same answers back, everything that is not canonical refused.
 */
#include "lib/base/json.h"
#include "lib/record/encode.h"
#include "lib/record/seal.h"
#include "lib/record/store_row.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct json *load(void **state)
{
	struct json *vectors = NULL;
	struct err err;

	(void)state;
	if (json_load(&vectors, RECORD_VECTORS, 1 << 20, &err) != 0)
		fail_msg("%s", err.msg);
	return vectors;
}

static const char *text(const struct json *v, const char *name)
{
	return json_string(json_get(v, name));
}

static size_t number(const struct json *v, const char *name)
{
	return (size_t)json_number(json_get(v, name), 0);
}

/* The bytes of a hexadecimal member, followed by a NUL. */
static uint8_t *hex(const struct json *v, const char *name, size_t *n)
{
	const char *digits = text(v, name);
	uint8_t *bytes;

	assert_non_null(digits);
	bytes = calloc(1, strlen(digits) / 2 + 1);
	assert_int_equal(sodium_hex2bin(bytes, strlen(digits) / 2 + 1, digits, strlen(digits), NULL,
				 n, NULL),
		0);
	return bytes;
}

/* The questionnaire's digest of all vectors. */
static void form(uint8_t digest[RECORD_DIGEST], const struct json *vectors)
{
	size_t n;
	uint8_t *bytes = hex(vectors, "form", &n);

	assert_int_equal(n, RECORD_DIGEST);
	memcpy(digest, bytes, n);
	free(bytes);
}

static struct answers *read_answers(const struct json *v)
{
	struct answers *a = answers_create();
	struct err err;

	assert_int_equal(answers_set_language(a, text(v, "language"), &err), 0);
	assert_int_equal(answers_set_region(a, text(v, "region"), &err), 0);
	for (v = json_first(json_get(v, "answers")); v != NULL; v = json_next(v)) {
		const char *field = json_string(json_first(v));
		const struct json *value = json_next(json_first(v));

		if (json_type(value) == JSON_STRING)
			assert_int_equal(answers_set(a, field, json_string(value), &err), 0);
		for (value = json_first(value); value != NULL; value = json_next(value))
			assert_int_equal(answers_add(a, field, json_string(value), &err), 0);
	}
	return a;
}

static void check_core(const struct json *v, const uint8_t digest[RECORD_DIGEST])
{
	struct answers *a = read_answers(v), *back = NULL;
	struct buf plain = {0}, json = {0};
	struct err err = {0};
	size_t n;
	uint8_t *expected = hex(v, "plain", &n);

	buf_puts(&plain, "before");
	if (encode_core(&plain, a, digest, number(v, "size"), &err) != 0)
		fail_msg("%s: %s", text(v, "label"), err.msg);
	assert_int_equal(plain.len, 6 + n);
	assert_memory_equal(plain.data + 6, expected, n);
	encode_json(&json, a);
	assert_string_equal(json.data, text(v, "json"));
	if (encode_read_core(&back, expected, n, digest, &err) != 0)
		fail_msg("%s: %s", text(v, "label"), err.msg);
	assert_true(answers_equal(a, back));
	buf_clear(&plain);
	/* bad-: a size one byte too small writes nothing */
	assert_int_equal(
		encode_core(&plain, a, digest, RECORD_HEADER + json.len, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(plain.len, 0);
	buf_finish(&plain);
	buf_finish(&json);
	answers_free(a);
	answers_free(back);
	free(expected);
}

static void test_core_vectors(void **state)
{
	struct json *vectors = load(state);
	uint8_t digest[RECORD_DIGEST];
	size_t n = 0;

	form(digest, vectors);
	for (const struct json *v = json_first(json_get(vectors, "core")); v; v = json_next(v), n++)
		check_core(v, digest);
	assert_true(n >= 7);
	json_free(vectors);
}

static void check_text(const struct json *v, const uint8_t digest[RECORD_DIGEST])
{
	struct record_text t = {0}, back;
	enum record_kind kind = (enum record_kind)number(v, "kind");
	struct buf plain = {0};
	struct err err = {0};
	size_t n;
	uint8_t *expected = hex(v, "plain", &n);

	t.field = (char *)(uintptr_t)text(v, "question");
	t.region = (char *)(uintptr_t)text(v, "region");
	t.text = (char *)(uintptr_t)text(v, "text");
	snprintf(t.language, sizeof t.language, "%s", text(v, "language"));
	if (encode_text(&plain, &t, kind, digest, number(v, "size"), &err) != 0)
		fail_msg("%s: %s", text(v, "label"), err.msg);
	assert_int_equal(plain.len, n);
	assert_memory_equal(plain.data, expected, n);
	if (encode_read_text(&back, kind, expected, n, digest, &err) != 0)
		fail_msg("%s: %s", text(v, "label"), err.msg);
	assert_string_equal(back.field, t.field);
	assert_string_equal(back.language, t.language);
	assert_int_equal(back.region == NULL, t.region == NULL);
	if (strchr(t.text, '\r') == NULL)
		assert_string_equal(back.text, t.text);
	else
		assert_null(strchr(back.text, '\r'));
	record_text_finish(&back);
	buf_finish(&plain);
	free(expected);
}

static void test_text_vectors(void **state)
{
	struct json *vectors = load(state);
	uint8_t digest[RECORD_DIGEST];
	size_t n = 0;

	form(digest, vectors);
	for (const struct json *v = json_first(json_get(vectors, "text")); v; v = json_next(v), n++)
		check_text(v, digest);
	assert_true(n >= 7);
	json_free(vectors);
}

static void test_bad_texts(void **state)
{
	struct json *vectors = load(state);
	uint8_t digest[RECORD_DIGEST];
	size_t n = 0, length;

	form(digest, vectors);
	for (const struct json *v = json_first(json_get(vectors, "refused")); v; v = json_next(v)) {
		struct record_text t = {.field = (char *)(uintptr_t)text(v, "question"),
			.language = "en"};
		struct buf plain = {0};
		struct err err = {0};

		t.text = (char *)hex(v, "text", &length);
		if (encode_text(&plain, &t, RECORD_LONG, digest, number(v, "size"), &err) == 0)
			fail_msg("%s was taken", text(v, "label"));
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(plain.len, 0);
		/* the message says where, never what */
		assert_null(strstr(err.msg, t.text));
		assert_non_null(strstr(err.msg, "comment"));
		free(t.text);
		buf_finish(&plain);
		n++;
	}
	assert_true(n >= 12);
	json_free(vectors);
}

static void test_bad_plaintexts(void **state)
{
	struct json *vectors = load(state);
	uint8_t digest[RECORD_DIGEST];
	size_t count = 0, n;

	form(digest, vectors);
	for (const struct json *v = json_first(json_get(vectors, "invalid")); v; v = json_next(v)) {
		enum record_kind kind = (enum record_kind)number(v, "kind");
		uint8_t *plain = hex(v, "plain", &n);
		struct answers *a = NULL;
		struct record_text t;
		struct err err = {0};
		int status = kind == RECORD_CORE
			? encode_read_core(&a, plain, n, digest, &err)
			: encode_read_text(&t, kind, plain, n, digest, &err);

		if (status == 0)
			fail_msg("%s was taken", text(v, "label"));
		assert_int_equal(err.code, ERR_INPUT);
		if (strstr(err.msg, text(v, "reason")) == NULL)
			fail_msg("%s: \"%s\" instead of \"%s\"", text(v, "label"), err.msg,
				text(v, "reason"));
		free(plain);
		count++;
	}
	assert_true(count >= 50);
	json_free(vectors);
}

/* Answers that no core record may hold; pairs of field and value, many if the value has '|'. */
static const struct {
	const char *label, *pairs[8];
} bad_answers[] = {
	{"bad-empty value", {"q", ""}},
	{"bad-control", {"q", "a\nb"}},
	{"bad-tab", {"q", "a\tb"}},
	{"bad-utf8", {"q", "\xff"}},
	{"bad-field upper", {"Q", "x"}},
	{"bad-field empty", {"", "x"}},
	{"bad-field digit", {"1q", "x"}},
	{"bad-field parts", {"a/b/c", "x"}},
	{"bad-field open", {"a/", "x"}},
	{"bad-field quote", {"a\"", "x"}},
	{"bad-value and parts", {"a", "x", "a/b", "y"}},
	{"bad-parts and value", {"a/b", "y", "a", "x"}},
	{"bad-parts apart", {"a/b", "x", "c", "y", "a/d", "z"}},
};

static void test_bad_answers(void **state)
{
	const uint8_t digest[RECORD_DIGEST] = {0};

	(void)state;
	for (size_t i = 0; i < sizeof bad_answers / sizeof *bad_answers; i++) {
		struct answers *a = answers_create();
		struct buf plain = {0};
		struct err err = {0};

		answers_set_language(a, "en", &err);
		for (size_t k = 0; bad_answers[i].pairs[k] != NULL; k += 2)
			answers_set(a, bad_answers[i].pairs[k], bad_answers[i].pairs[k + 1], &err);
		if (encode_core(&plain, a, digest, 512, &err) == 0)
			fail_msg("%s was taken", bad_answers[i].label);
		assert_int_equal(err.code, ERR_INPUT);
		assert_int_equal(plain.len, 0);
		answers_free(a);
		buf_finish(&plain);
	}
}

/* A line of JSONL may hold free text beside its question: then the name stays whole. */
static void test_json_with_text(void **state)
{
	struct answers *a = answers_create();
	struct buf json = {0};
	struct err err;

	(void)state;
	answers_set(a, "gender", "other", &err);
	answers_set(a, "gender/other", "two\nlines", &err);
	answers_set(a, "m/r", "1", &err);
	encode_json(&json, a);
	assert_string_equal(json.data, "{\"language\":\"\",\"answers\":{\"gender\":\"other\","
				       "\"gender/other\":\"two\\nlines\",\"m\":{\"r\":\"1\"}}}");
	answers_free(a);
	buf_finish(&json);
}

static void test_size(void **state)
{
	const size_t frame = STORE_ROW_FRAME + SEAL_OVERHEAD;

	(void)state;
	for (size_t n = 0; n < 40000; n += 13) {
		size_t size = encode_size(n);

		assert_true(size >= RECORD_HEADER + n + 1);
		/* as large as a page allows: asking for all of it gives the same */
		assert_int_equal(encode_size(size - RECORD_HEADER - 1), size);
		assert_int_equal(store_row_size(size + frame), size + frame);
	}
	assert_int_not_equal(encode_size(1000000), 0);
	assert_int_equal(encode_size(1 << 20), 0);
	assert_int_equal(encode_size(SIZE_MAX), 0);
	assert_int_equal(encode_size(SIZE_MAX / 2), 0);
}

static void test_row_vectors(void **state)
{
	struct json *vectors = load(state);
	size_t n;

	for (const struct json *v = json_first(json_get(vectors, "rows")); v; v = json_next(v)) {
		uint8_t *page = hex(v, "number", &n), *content = hex(v, "content", &n);
		uint8_t *expected = hex(v, "receipt", &n), receipt[STORE_RECEIPT];

		store_receipt(receipt, page, content);
		assert_memory_equal(receipt, expected, STORE_RECEIPT);
		for (const struct json *r = json_first(json_get(v, "rows")); r; r = json_next(r)) {
			enum record_kind kind = (enum record_kind)number(r, "kind");
			uint8_t *key = hex(r, "key", &n), *tag = hex(r, "tag", &n);
			uint8_t *sealed = hex(r, "sealed", &n), row[STORE_ROW_FRAME + 64] = {0};

			assert_int_equal(n, 64);
			store_row_key(row, receipt, kind, number(r, "index"));
			assert_memory_equal(row, key, STORE_ROW_KEY);
			memcpy(row + STORE_ROW_KEY, sealed, n);
			assert_false(store_row_used(row, sizeof row, kind));
			store_row_tag(row, sizeof row, kind);
			assert_memory_equal(row + STORE_ROW_KEY + n, tag, STORE_ROW_TAG);
			assert_true(store_row_used(row, sizeof row, kind));
			/* bad-: a row of another kind */
			assert_false(store_row_used(row, sizeof row,
				(enum record_kind)((kind + 1) % RECORD_KINDS)));
			free(key);
			free(tag);
			free(sealed);
		}
		free(page);
		free(content);
		free(expected);
	}
	json_free(vectors);
}

/* What is read from these bytes, if anything, is written as the same bytes. 1: it was read. */
static int read_is_written(enum record_kind kind, const uint8_t *plain, size_t n)
{
	static const uint8_t digest[RECORD_DIGEST];
	struct record_text t = {0};
	struct answers *a = NULL;
	struct buf again = {0};
	struct err err;
	int status = kind == RECORD_CORE ? encode_read_core(&a, plain, n, digest, &err)
					 : encode_read_text(&t, kind, plain, n, digest, &err);

	if (status == 0) {
		status = kind == RECORD_CORE ? encode_core(&again, a, digest, n, &err)
					     : encode_text(&again, &t, kind, digest, n, &err);
		assert_int_equal(status, 0);
		assert_memory_equal(again.data, plain, n);
		answers_free(a);
		record_text_finish(&t);
		buf_finish(&again);
	}
	return status == 0;
}

static int read_json(enum record_kind kind, const char *json, size_t json_n)
{
	uint8_t plain[512] = {RECORD_VERSION, (uint8_t)kind};

	assert_true(RECORD_HEADER + json_n < sizeof plain);
	memcpy(plain + RECORD_HEADER, json, json_n);
	plain[RECORD_HEADER + json_n] = 0x80;
	return read_is_written(kind, plain, sizeof plain);
}

static const struct {
	enum record_kind kind;
	const char *json;
} plain_to_see[] = {
	{RECORD_CORE, "{\"language\":\"fr\",\"region\":\"150\",\"answers\":{"
		"\"a\":\"x\",\"b\":[\"y\",\"z\"],"
		"\"c\":{\"d\":\"1\",\"e\":[\"2\"]},\"c_f\":\"\xc3\xa9\"}}"},
	{RECORD_CORE, "{\"language\":\"\",\"answers\":{}}"},
	{RECORD_SHORT, "{\"question\":\"a/other\",\"language\":\"fr\",\"region\":\"150\","
		"\"text\":\"\"}"},
	{RECORD_LONG, "{\"question\":\"a\",\"language\":\"\",\"text\":\"\"}"},
};

/* Every byte of a record replaced by every other, left out, and there twice. */
static void test_bad_bytes(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof plain_to_see / sizeof *plain_to_see; i++) {
		const char *json = plain_to_see[i].json;
		enum record_kind kind = plain_to_see[i].kind;
		size_t n = strlen(json);
		char other[512];

		assert_int_equal(read_json(kind, json, n), 1);
		for (size_t at = 0; at < n; at++) {
			for (int byte = 0; byte < 256; byte++) {
				memcpy(other, json, n);
				other[at] = (char)byte;
				read_json(kind, other, n);
			}
			memcpy(other, json, at);
			memcpy(other + at, json + at + 1, n - at - 1);
			read_json(kind, other, n - 1);
			memcpy(other, json, at + 1);
			memcpy(other + at + 1, json + at, n - at);
			read_json(kind, other, n + 1);
		}
	}
}

/* JSON that is strict, but not as it would be written. */
static void test_bad_forms(void **state)
{
	static const char *const answers[] = {
		"\"a\":[]", "\"a\":{}", "\"a\":\"\"", "\"a\":[\"\"]", "\"A\":\"x\"", "\"\":\"x\"",
		"\"a\":\"x\",\"a\":\"x\"", "\"a\":[\"x\"],\"a\":[\"y\"]", "\"a/b\":\"x\"",
		"\"a\":\"x\",\"a\":{\"b\":\"y\"}", "\"a\":{\"b\":\"x\"},\"a\":\"y\"",
		"\"a\":{\"b\":\"x\"},\"a\":{\"c\":\"y\"}", "\"a\":{\"b\":\"x\",\"b\":\"y\"}",
		"\"a\":{\"b\":\"x\"},\"c\":\"z\",\"a\":{\"d\":\"y\"}", "\"a\":{\"b/c\":\"x\"}",
		"\"a\":{\"b\":{\"c\":\"x\"}}", "\"a\":\"\\u0078\"",
		"\"a\":\"\x7f\"", "\"a\":\"\xc3\"",
		"\"a\":\"x\",", "\"a\":[\"x\",]", "\"a\":[\"x\"", "\"a\": \"x\"", "\"a\":1",
		"\"a\":\"\xc2\x85\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++) {
		char json[256];

		snprintf(json, sizeof json, "{\"language\":\"fr\",\"answers\":{%s}}", answers[i]);
		assert_int_equal(read_json(RECORD_CORE, json, strlen(json)), 0);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_core_vectors),
		cmocka_unit_test(test_text_vectors),
		cmocka_unit_test(test_bad_texts),
		cmocka_unit_test(test_bad_plaintexts),
		cmocka_unit_test(test_bad_answers),
		cmocka_unit_test(test_bad_bytes),
		cmocka_unit_test(test_bad_forms),
		cmocka_unit_test(test_json_with_text),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_row_vectors),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
