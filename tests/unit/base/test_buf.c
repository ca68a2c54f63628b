/* test_buf.c - growable bytes: content, the NUL behind them, sticky failure. */
#include "lib/base/buf.h"
#include "tests/unit/test.h"

static void test_grow(void **state)
{
	struct buf b = {0};

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_printf(&b, "%d,", i % 10);
	assert_false(b.failed);
	assert_int_equal(b.len, 10000);
	assert_int_equal(strlen(b.data), 10000);
	buf_clear(&b);
	assert_int_equal(b.len, 0);
	buf_puts(&b, "x");
	buf_putc(&b, 'y');
	buf_put(&b, "\0z", 2);
	buf_hex(&b, "\x0f\xa0", 2);
	assert_int_equal(b.len, 8);
	assert_memory_equal(b.data, "xy\0z0fa0", 9);
	buf_wipe(&b);
	assert_null(b.data);
}

static void test_take(void **state)
{
	struct buf b = {0};
	char *text = buf_take(&b);

	(void)state;
	assert_string_equal(text, "");
	free(text);
	buf_puts(&b, "abc");
	text = buf_take(&b);
	assert_string_equal(text, "abc");
	assert_int_equal(b.len, 0);
	free(text);
}

static void test_bad_too_large(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_puts(&b, "kept");
	assert_null(buf_room(&b, SIZE_MAX - 2));
	assert_true(b.failed);
	buf_puts(&b, "more");
	assert_int_equal(b.len, 4);
	assert_string_equal(b.data, "kept");
	assert_null(buf_take(&b));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_grow),
		cmocka_unit_test(test_take),
		cmocka_unit_test(test_bad_too_large),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
