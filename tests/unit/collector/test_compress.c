/*
 * test_compress.c - what was compressed once is, with other bytes in its place every time, one
 * whole gzip member that zlib's own reader takes: length and check sum included.
 */
#include "collector/compress.h"

#include "tests/unit/test.h"

#include <zlib.h>

static const char *const texts[] = {"", "a", "one two three one two three one two three",
	"<p>\xd8\xa7\xd9\x84\xd8\xb9\xd8\xb1\xd8\xa8\xd9\x8a\xd8\xa9</p>\n"};

/* The whole of `gzip`, or a failure where it is not one member and nothing else. */
static void inflated(struct buf *out, const struct buf *gzip)
{
	z_stream z = {.next_in = (Bytef *)gzip->data, .avail_in = (uInt)gzip->len};
	int status;

	assert_int_equal(inflateInit2(&z, 16 + MAX_WBITS), Z_OK);
	z.next_out = buf_room(out, 1 << 20);
	z.avail_out = 1 << 20;
	status = inflate(&z, Z_FINISH);
	if (status != Z_STREAM_END)
		fail_msg("inflate: %d %s", status, z.msg != NULL ? z.msg : "");
	assert_int_equal(z.avail_in, 0);
	out->len = (1 << 20) - z.avail_out;
	inflateEnd(&z);
}

static void check(const char *text, size_t n, size_t at, size_t size)
{
	struct compress *c;
	struct err err;

	assert_int_equal(compress_create(&c, text, n, at, size, &err), 0);
	for (int copy = 0; copy < 3; copy++) {
		struct buf gzip = {0}, plain = {0};
		char bytes[40];

		memset(bytes, 'A' + copy, sizeof bytes);
		compress_put(&gzip, c, bytes);
		inflated(&plain, &gzip);
		assert_int_equal(plain.len, n);
		assert_memory_equal(plain.data, text, at);
		assert_memory_equal(plain.data + at, bytes, size);
		assert_memory_equal(plain.data + at + size, text + at + size, n - at - size);
		buf_finish(&gzip);
		buf_finish(&plain);
	}
	compress_free(c);
}

static void test_short(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		size_t n = strlen(texts[i]);

		for (size_t at = 0; at <= n; at++)
			for (size_t size = 0; size <= 3 && at + size <= n; size++)
				check(texts[i], n, at, size);
	}
	compress_free(NULL);
}

/* Longer than the window of deflate, with its number at the beginning, in the middle, at the end. */
static void test_long(void **state)
{
	enum { LONG = 200000, NUMBER = 32 };
	char *text = malloc(LONG);
	struct buf gzip = {0};
	struct compress *c;
	struct err err;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < LONG; i++)
		text[i] = "abcdefgh <>\n"[(i * i / 7 + i) % 12];
	check(text, LONG, 0, NUMBER);
	check(text, LONG, LONG / 2, NUMBER);
	check(text, LONG, LONG - NUMBER, NUMBER);
	/* it does compress, and the number stands in it as it is */
	assert_int_equal(compress_create(&c, text, LONG, LONG / 2, NUMBER, &err), 0);
	compress_put(&gzip, c, "0123456789abcdef0123456789abcdef");
	assert_true(gzip.len < LONG / 4);
	assert_non_null(memmem(gzip.data, gzip.len, "0123456789abcdef0123456789abcdef", NUMBER));
	compress_free(c);
	buf_finish(&gzip);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_short),
		cmocka_unit_test(test_long),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
