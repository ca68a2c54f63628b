/* test_err.c - one fault is one line, whatever it quotes. */
#include "lib/base/err.h"
#include "lib/base/utf8.h"
#include "tests/unit/test.h"

static void test_set(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(err_set(&err, ERR_INPUT, "line %d: %s", 3, "wrong"), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(err.msg, "line 3: wrong");
	assert_int_equal(err_prefix(&err, "form.json"), -1);
	assert_string_equal(err.msg, "form.json: line 3: wrong");
	assert_int_equal(err_status(&err), 1);
	err_set(&err, ERR_REFUSED, "no");
	assert_int_equal(err_status(&err), 3);
}

static void test_one_line(void **state)
{
	struct err err;

	(void)state;
	err_set(&err, ERR_INPUT, "a\nb\x1b[31mc\x7f");
	assert_string_equal(err.msg, "a?b?[31mc?");
}

static void test_cut_at_a_character(void **state)
{
	char text[2000] = "";
	struct err err;

	(void)state;
	for (int i = 0; i < 300; i++)
		strcat(text, "\xe2\x82\xac");
	err_set(&err, ERR_INPUT, "x%s", text);
	assert_true(strlen(err.msg) >= sizeof err.msg - 4);
	assert_true(utf8_valid(err.msg, strlen(err.msg)));
	err_prefix(&err, "%s", text);
	assert_true(utf8_valid(err.msg, strlen(err.msg)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set),
		cmocka_unit_test(test_one_line),
		cmocka_unit_test(test_cut_at_a_character),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
