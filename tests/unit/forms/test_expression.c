/* test_expression.c - the grammar's borders, and values by XPath 1.0's rules. */
#include "forms/expression.h"
#include "tests/unit/test.h"

static struct answers *people(void)
{
	struct answers *a = answers_create();
	struct err err;

	answers_set(a, "gender", "woman", &err);
	answers_set(a, "age", "34", &err);
	answers_set(a, "zero", "0", &err);
	answers_add(a, "used", "heroin", &err);
	answers_add(a, "used", "cannabis", &err);
	answers_set(a, "access/nsp", "harder", &err);
	answers_set(a, "quit", "declined", &err);
	return a;
}

static const struct {
	const char *text;
	bool value;
} values[] = {
	{"true()", true}, {"false()", false}, {"not(false())", true},
	{"${gender} = 'woman'", true}, {"${gender} = \"man\"", false}, {"${gender} != 'man'", true},
	{"${gender}", true}, {"${nothing}", false}, {"not(${nothing})", true},
	{"${nothing} = ''", true}, {"${nothing} != 'x'", true}, {"${nothing} = 0", false},
	{"${nothing} < 5", false}, {"${nothing} >= 5", false}, {"${nothing} != 0", true},
	{"${age} > 33", true}, {"${age} >= 34", true}, {"${age} < 34", false}, {"${age} <= 34.0", true},
	{"${age} = '34'", true}, {"${age} = '34.0'", false}, {"${age} = 34.0", true},
	{"${zero}", true}, {"${zero} + 0", false}, {"boolean(${zero})", true}, {"'' or 1", true},
	{"selected(${used}, 'heroin')", true}, {"selected(${used}, 'hero')", false},
	{"selected(${used}, '')", false}, {"selected(${nothing}, 'x')", false},
	{"selected(${gender}, 'woman')", true},
	{"${used} = 'heroin cannabis'", true}, {"${used} = 'heroin'", false},
	{"${used} = 'heroin cannabis '", false},
	{"count-selected(${used}) = 2", true}, {"count-selected(${nothing}) = 0", true},
	{"count-selected(${gender}) = 1", true},
	{"${access/nsp} = 'harder'", true}, {"${access/oat} = 'harder'", false},
	{"${quit} = 'declined'", true},
	{"1 + 2 * 3 = 7", true}, {"(1 + 2) * 3 = 9", true}, {"10 - 2 - 3 = 5", true},
	{"7 mod 3 = 1", true}, {"-7 mod 3 = -1", true}, {"8 div 2 div 2 = 2", true},
	{"1 div 0 > 1000000", true}, {"0 div 0 = 0 div 0", false}, {"0 div 0 != 0 div 0", true},
	{"not(0 div 0)", true}, {"-${age} = -34", true}, {"- -1 = 1", true},
	{"true() = 'x'", true}, {"false() = ''", true}, {"true() = 1", true}, {"true() = 2", true},
	{"1 = '1'", true}, {"1 = ' 1 '", true}, {"1 = '1e0'", false}, {"16 = '0x10'", false},
	{"'a' < 'b'", false}, {"number('x') = number('x')", false}, {"int(3.9) = 3", true},
	{"int(-3.9) = -3", true}, {"number('.5') = 0.5", true}, {"number('-') = 0", false},
	{"string-length(${gender}) = 5", true}, {"string-length('\u00e9\u00e9') = 2", true},
	{"string-length(${used}) = 15", true},
	{"if(${age} > 30, 'a', 'b') = 'a'", true}, {"if(false(), 1, 2) = 2", true},
	{"1 = 1 and 2 = 2 or false()", true}, {"true() or false() and false()", true},
	{"(true() or false()) and false()", false}, {"1 < 2 = true()", true},
	{"\u2018woman\u2019 = ${gender}", true}, {"${gender}\u00a0=\u00a0\u201cwoman\u201d", true},
	{"${a-b} = ''", true}, {"1-1=0", true}, {".='34'", true}, {". > 30 and . < 40", true},
	{"'or' = 'or'", true}, {"3 div 2 = 1.5", true}, {".5 + .5 = 1", true},
	{"string(1 div 2) = '0.5'", true}, {"string(true()) = 'true'", true},
};

static void test_values(void **state)
{
	struct answers *a = people();
	struct expression_scope scope = {.answers = a, .self = "age"};

	(void)state;
	for (size_t i = 0; i < COUNT(values); i++) {
		struct expression *e = NULL, *again = NULL;
		struct buf text = {0};
		struct err err;

		if (expression_parse(&e, values[i].text, EXPRESSION_CONDITION, &err) != 0)
			fail_msg("%s: %s", values[i].text, err.msg);
		CHECK(expression_true(e, &scope) == values[i].value, values[i].text);
		/* written and read again it means the same */
		expression_write(&text, e);
		if (expression_parse(&again, text.data, EXPRESSION_CONDITION, &err) != 0)
			fail_msg("%s -> %s: %s", values[i].text, text.data, err.msg);
		CHECK(expression_true(again, &scope) == values[i].value, text.data);
		expression_free(e);
		expression_free(again);
		buf_finish(&text);
	}
	answers_free(a);
}

static const struct {
	const char *text, *reason;
} bad[] = {
	{"", "column 1: the expression ends too early"},
	{"  ", "ends too early"},
	{"1 +", "column 4: the expression ends too early"},
	{"(1", "column 3: ')' is expected"},
	{"1)", "column 2: something stands behind"},
	{"1 2", "something stands behind"},
	{"gender = 'x'", "column 1: a question is written ${name}"},
	{"${gender = 'x'", "a question is written ${name}"},
	{"${}", "a question is written ${name}"},
	{"${a/b/c}", "a question is written ${name}"},
	{"'open", "without its closing quote"},
	{"selected(${a})", "wrong number of arguments"},
	{"true(1)", "wrong number of arguments"},
	{"system('x')", "column 1: unknown function"},
	{"not(1", "')' or ',' is expected"},
	{"1 = = 2", "column 5: unexpected character"},
	{"1 & 2", "something stands behind"},
	{"${a} == 'x'", "unexpected character"},
	{"\u00e9", "unexpected character"},
	{"not(1,", "ends too early"},
	{"\xff", "not UTF-8"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct expression *e = NULL;
		struct err err = {0};

		CHECK(expression_parse(&e, bad[i].text, EXPRESSION_CONDITION, &err) == -1, bad[i].text);
		CHECK(err.code == ERR_INPUT && e == NULL, bad[i].text);
		if (strstr(err.msg, bad[i].reason) == NULL)
			fail_msg("%s: %s", bad[i].text, err.msg);
	}
}

static void test_bad_depth(void **state)
{
	char text[4001];
	struct expression *e = NULL;
	struct err err;

	(void)state;
	memset(text, '(', 4000);
	text[4000] = '\0';
	assert_int_equal(expression_parse(&e, text, EXPRESSION_CONDITION, &err), -1);
	assert_non_null(strstr(err.msg, "nested too deeply"));
	memset(text, '-', 4000);
	assert_int_equal(expression_parse(&e, text, EXPRESSION_CONDITION, &err), -1);
	assert_non_null(strstr(err.msg, "nested too deeply"));
}

static int count_field(void *ctx, const char *field)
{
	strcat(ctx, field);
	strcat(ctx, ";");
	return 0;
}

static void test_fields(void **state)
{
	struct expression *e;
	struct err err;
	char seen[100] = "";

	(void)state;
	assert_int_equal(expression_parse(&e, "${a} = 1 and not(selected(${b/c}, ${d})) or . = 2", EXPRESSION_CONDITION,
		&err), 0);
	expression_fields(e, count_field, seen);
	assert_string_equal(seen, "a;b/c;d;");
	expression_free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_bad_depth),
		cmocka_unit_test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
