/* test_json.c - strict in, one form out. */
#include "lib/base/json.h"
#include "tests/unit/test.h"

static const struct {
	const char *label, *text, *canonical; /* canonical NULL: must be refused */
	const char *reason;
} cases[] = {
	{"object", " { \"b\" : 1 , \"a\" : [ true , false , null ] } \n",
		"{\"b\":1,\"a\":[true,false,null]}", NULL},
	{"numbers", "[0,-1,1.5,1e3,0.1,-0,12345678901]", "[0,-1,1.5,1000,0.1,0,12345678901]", NULL},
	{"escapes", "\"\\u00e9\\n\\t\\\"\\\\\\/\\u0001\"", "\"\u00e9\\n\\t\\\"\\\\/\\u0001\"", NULL},
	{"surrogate pair", "\"\\ud83d\\ude42\"", "\"\xf0\x9f\x99\x82\"", NULL},
	{"empty object", "{}", "{}", NULL},
	{"same name in two objects", "[{\"a\":1},{\"a\":1}]", "[{\"a\":1},{\"a\":1}]", NULL},
	{"bad-empty", "", NULL, "line 1, column 1: the text ends too early"},
	{"bad-behind", "{} x", NULL, "behind the end"},
	{"bad-two values", "1 2", NULL, "behind the end"},
	{"bad-comma", "[1,]", NULL, "unexpected character"},
	{"bad-no comma", "[1 2]", NULL, "',' or ']' is expected"},
	{"bad-colon", "{\"a\" 1}", NULL, "':' is expected"},
	{"bad-name", "{a:1}", NULL, "a name in quotes"},
	{"bad-open", "{\"a\":[1", NULL, "',' or ']' is expected"},
	{"bad-string open", "\"abc", NULL, "ends inside a string"},
	{"bad-zero", "01", NULL, "behind the end"},
	{"bad-plus", "+1", NULL, "unexpected"},
	{"bad-point", "1.", NULL, "digits behind its point"},
	{"bad-exponent", "1e", NULL, "exponent"},
	{"bad-huge number", "1e999", NULL, "out of range"},
	{"bad-NaN", "NaN", NULL, "unexpected"},
	{"bad-control", "\"a\nb\"", NULL, "control character"},
	{"bad-escape", "\"\\x\"", NULL, "unknown escape"},
	{"bad-u", "\"\\u12g4\"", NULL, "four hexadecimal"},
	{"bad-u0000", "\"\\u0000\"", NULL, "U+0000"},
	{"bad-lone high", "\"\\ud800\"", NULL, "lone surrogate"},
	{"bad-lone low", "\"\\udc00\"", NULL, "lone surrogate"},
	{"bad-utf8", "\"\xff\"", NULL, "not UTF-8"},
	{"bad-overlong", "\"\xc0\xaf\"", NULL, "not UTF-8"},
	{"bad-duplicate", "{\"a\":1,\"b\":2,\"a\":3}", NULL, "stands twice"},
	{"bad-place", "{\n\t\"a\": tru\n}", NULL, "line 2, column 7"},
	{"bad-bom", "\xef\xbb\xbf{}", NULL, "unexpected"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct json *v = NULL;
		struct buf b = {0};
		struct err err = {0};
		int status = json_parse(&v, cases[i].text, strlen(cases[i].text), &err);

		if (cases[i].canonical == NULL) {
			CHECK(status == -1 && err.code == ERR_INPUT, cases[i].label);
			if (strstr(err.msg, cases[i].reason) == NULL)
				fail_msg("%s: %s", cases[i].label, err.msg);
			continue;
		}
		if (status != 0)
			fail_msg("%s: %s", cases[i].label, err.msg);
		json_put(&b, v, 0);
		assert_string_equal(b.data, cases[i].canonical);
		buf_finish(&b);
		json_free(v);
	}
}

static void test_depth(void **state)
{
	char text[2 * (JSON_DEPTH + 1) + 1] = "";
	struct json *v = NULL;
	struct err err;

	(void)state;
	memset(text, '[', JSON_DEPTH + 1);
	memset(text + JSON_DEPTH + 1, ']', JSON_DEPTH + 1);
	assert_int_equal(json_parse(&v, text, 2 * (JSON_DEPTH + 1), &err), -1);
	assert_non_null(strstr(err.msg, "nested too deeply"));
	assert_int_equal(json_parse(&v, text + 1, 2 * JSON_DEPTH, &err), 0);
	json_free(v);
}

static void test_access(void **state)
{
	static const char text[] = "{\"s\":\"x\",\"n\":2.5,\"t\":true,\"l\":[1,2,3]}";
	struct json *v;
	struct err err;
	double sum = 0;

	(void)state;
	assert_int_equal(json_parse(&v, text, sizeof text - 1, &err), 0);
	assert_int_equal(json_type(v), JSON_OBJECT);
	assert_string_equal(json_string(json_get(v, "s")), "x");
	assert_null(json_string(json_get(v, "n")));
	assert_null(json_get(v, "S"));
	assert_null(json_get(json_get(v, "l"), "s"));
	assert_true(json_number(json_get(v, "n"), 0) == 2.5);
	assert_true(json_number(json_get(v, "s"), 7) == 7);
	assert_true(json_bool(json_get(v, "t"), false));
	assert_int_equal(json_count(json_get(v, "l")), 3);
	for (const struct json *m = json_first(json_get(v, "l")); m != NULL; m = json_next(m))
		sum += json_number(m, 0);
	assert_true(sum == 6);
	assert_string_equal(json_name(json_first(v)), "s");
	json_free(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_depth),
		cmocka_unit_test(test_access),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
