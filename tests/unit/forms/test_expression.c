/* test_expression.c - the grammar and its borders, and where faults are found. */
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

static struct expression *parse(const char *text)
{
	struct expression *e = NULL;
	struct err err;

	if (expression_parse(&e, text, EXPRESSION_CONDITION, &err) != 0)
		fail_msg("%s: %s", text, err.msg);
	return e;
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
	{"${age} > 33", true}, {"${age} >= 34", true}, {"${age} < 34", false},
	{"${age} <= 34.0", true},
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
		struct expression *e = parse(values[i].text), *again;
		struct buf text = {0};

		CHECK(expression_true(e, &scope) == values[i].value, values[i].text);
		/* written and read again it means the same */
		expression_write(&text, e);
		again = parse(text.data);
		CHECK(expression_true(again, &scope) == values[i].value, text.data);
		expression_free(e);
		expression_free(again);
		buf_finish(&text);
	}
	answers_free(a);
}

#define REFUSED(column, name) "column " column ": " name "() is not supported: "
#define PATTERN(column) "column " column ": in the pattern of regex(): "

static const struct {
	const char *text, *message; /* the whole message: the place counts */
} bad[] = {
	{"", "column 1: the expression ends too early"},
	{"  ", "column 3: the expression ends too early"},
	{"1 +", "column 4: the expression ends too early"},
	{"not(1,", "column 7: the expression ends too early"},
	{"(1", "column 3: ')' is expected"},
	{"not(1", "column 6: ')' or ',' is expected"},
	{"not(1 2)", "column 7: ')' or ',' is expected"},
	{"1)", "column 2: something stands behind the end of the expression"},
	{"1 2", "column 3: something stands behind the end of the expression"},
	{"1e5", "column 2: something stands behind the end of the expression"},
	{"${a} 'x'", "column 6: something stands behind the end of the expression"},
	{"gender = 'x'", "column 1: a question is written ${name}, a text in quotes"},
	{"${a} = yes", "column 8: a question is written ${name}, a text in quotes"},
	{"${gender = 'x'", "column 1: a question is written ${name}"},
	{"1 = ${}", "column 5: a question is written ${name}"},
	{"${a/b/c}", "column 1: a question is written ${name}"},
	{"$a = 1", "column 1: a question is written ${name}"},
	{"{a} = 1", "column 1: a question is written ${name}"},
	{"${a b}", "column 1: a question is written ${name}"},
	{"${last-saved#a}", "column 1: answers of an earlier time are not kept"},
	{"1 = 'open", "column 5: a text without its closing quote"},
	{"1 = \u201copen", "column 5: a text without its closing quote"},
	{"\u00e9", "column 1: a question is written ${name}, a text in quotes"},
	{"'\u00e9\u00e9' = #", "column 8: unexpected character"},
	{"* 2", "column 1: unexpected character"},
	{"1 = = 2", "column 5: unexpected character"},
	{"\xff", "column 1: not UTF-8"},
	/* other languages, spreadsheets' signs, capitals */
	{"${a} == 'x'", "column 6: equal is written ="},
	{"${a} <> 'x'", "column 6: not equal is written !="},
	{"${a} => 1", "column 6: at least is written >="},
	{"${a} =< 1", "column 6: at most is written <="},
	{"${a} \u2264 1", "column 6: at most is written <="},
	{"${a} \u2265 1", "column 6: at least is written >="},
	{"${a} \u2260 1", "column 6: not equal is written !="},
	{"5 \u2013 3", "column 3: minus is written -"},
	{"\u22125", "column 1: minus is written -"},
	{"1 & 2", "column 3: and is written and"},
	{"${a} && ${b}", "column 6: and is written and"},
	{"${a} || ${b}", "column 6: or is written or"},
	{"${a} | ${b}", "column 6: paths are not supported; a question is written ${name}"},
	{"!${a}", "column 1: not is written not(...)"},
	{"!= 1", "column 1: a comparison has something on both sides"},
	{"4 / 2", "column 3: divided by is written div; paths are not supported"},
	{"4 % 2", "column 3: the remainder is written mod"},
	{"4 ^ 2", "column 3: a power is written pow(number, power)"},
	{"/data/a = 1", "column 1: paths are not supported; a question is written ${name}"},
	{"../a = 1", "column 1: paths are not supported; a question is written ${name}"},
	{"${a}[1]", "column 5: paths are not supported; a question is written ${name}"},
	{"selected(${a}; 'x')", "column 14: arguments have commas between them"},
	{"1 = 1 AND 2 = 2", "column 7: the operator is written and, in small letters"},
	{"1 = 1 Or 2 = 2", "column 7: the operator is written or, in small letters"},
	{"4 DIV 2", "column 3: the operator is written div, in small letters"},
	{"(4 Mod 2)", "column 4: the operator is written mod, in small letters"},
	/* functions */
	{"true", "column 1: the function is written true()"},
	{"1 = not", "column 5: the function is written not()"},
	{"Selected(${a}, 'x')", "column 1: the function is written selected()"},
	{"1 = TRUE()", "column 5: the function is written true()"},
	{"system('x')", "column 1: unknown function system()"},
	{"selected(${a})", "column 1: wrong number of arguments: selected() takes 2"},
	{"true(1)", "column 1: wrong number of arguments: true() takes 0"},
	{"1 + round(1, 2, 3)", "column 5: wrong number of arguments: round() takes 1 to 2"},
	{"concat()", "column 1: wrong number of arguments: concat() takes at least 1"},
	{"1 + random()", REFUSED("5", "random") "it would come out differently each time"},
	{"now()", REFUSED("1", "now")
		"the time of day would be kept with the answers; use today()"},
	{"uuid()", REFUSED("1", "uuid") "it would make an identifier of a person"},
	{"digest(${a}, 'MD5')", REFUSED("1", "digest") "it would make an identifier of an answer"},
	{"jr:choice-name(${a}, '${a}')", REFUSED("1", "jr:choice-name")
		"it depends on the language; compare the choice's name itself"},
	{"jr:itext('x')", REFUSED("1", "jr:itext")
		"it depends on the language; compare the choice's name itself"},
	{"pulldata('a', 'b', 'c', ${d})", REFUSED("1", "pulldata")
		"it looks into another list or file, which a page does not have"},
	{"instance('x')/root", REFUSED("1", "instance")
		"it looks into another list or file, which a page does not have"},
	{"indexed-repeat(${a}, ${b}, 1)", REFUSED("1", "indexed-repeat")
		"it belongs to repeats, which are not supported"},
	{"position(..)", REFUSED("1", "position") "it belongs to repeats, which are not supported"},
	{"count(${a})", REFUSED("1", "count")
		"it counts repeats, which are not supported; use count-selected()"},
	{"current()/../a", REFUSED("1", "current")
		"paths are not supported; a question is written ${name}"},
	/* patterns and formats are looked at now, too */
	{"regex(., ${a})", "column 10: the pattern of regex() must be a text in quotes"},
	{"regex(., 'a\u00e9(b')", PATTERN("13") "a ( without its )"},
	{"regex(., '\u00e9*+')", PATTERN("13") "possessive repetition is not known everywhere"},
	{"regex(., '(?i)a')", PATTERN("11") "flags within a pattern are not known everywhere"},
	{"format-date(., '%Y-\u00e9%q')", "column 21: a date's format has %Y %y %m %n %b %d %e %a"},
	{"format-date(., '%H')", "column 17: a date's format has %Y %y %m %n %b %d %e %a"},
	{"format-date-time(., '%')",
		"column 22: a date's format has %Y %y %m %n %b %d %e %a %H %h %M %S %3"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct expression *e = NULL;
		struct err err = {0};

		CHECK(expression_parse(&e, bad[i].text, EXPRESSION_CONDITION, &err) == -1,
			bad[i].text);
		CHECK(err.code == ERR_INPUT && e == NULL, bad[i].text);
		if (strcmp(err.msg, bad[i].message) != 0)
			fail_msg("bad-%s: %s", bad[i].text, err.msg);
	}
}

/* A bare name is a column only in a filter. */
static void test_filter(void **state)
{
	static const struct {
		const char *text;
		bool value;
	} cases[] = {
		{"country = 'ke'", true}, {"country = ${gender}", false}, {"country != 'tz'", true},
		{"name = 'x-1' and or = 'y'", true}, {"nothing = ''", true}, {"-depth = -2", true},
		{"selected('ke tz', country)", true}, {"depth > 1 and depth<3", true},
		{"r\u00e9gion = 'sud'", true}, {"true", false}, {"starts-with(country, 'k')", true},
	};
	const char *const columns[] = {"country", "ke", "name", "x-1", "or", "y", "depth", "2",
		"r\u00e9gion", "sud", NULL};
	struct answers *a = people();
	struct expression_scope scope = {.answers = a, .columns = columns}, none = {.answers = a};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct expression *e = NULL, *again = NULL;
		struct buf text = {0};
		struct err err;

		if (expression_parse(&e, cases[i].text, EXPRESSION_CHOICE_FILTER, &err) != 0)
			fail_msg("%s: %s", cases[i].text, err.msg);
		CHECK(expression_true(e, &scope) == cases[i].value, cases[i].text);
		expression_write(&text, e);
		if (expression_parse(&again, text.data, EXPRESSION_CHOICE_FILTER, &err) != 0)
			fail_msg("%s -> %s: %s", cases[i].text, text.data, err.msg);
		CHECK(expression_true(again, &scope) == cases[i].value, text.data);
		expression_true(e, &none);
		expression_free(e);
		expression_free(again);
		buf_finish(&text);
	}
	answers_free(a);
}

/* `head`, `times` times `part`, `tail`: can it be read? If not, this must be why. */
static void check_size(const char *head, const char *part, size_t times, const char *tail,
	const char *reason)
{
	struct expression_scope scope = {0};
	struct expression *e = NULL;
	struct buf text = {0}, again = {0};
	struct err err = {0};
	int status;

	buf_puts(&text, head);
	for (size_t i = 0; i < times; i++)
		buf_puts(&text, part);
	buf_puts(&text, tail);
	status = expression_parse(&e, text.data, EXPRESSION_CONDITION, &err);
	if (reason == NULL && status != 0)
		fail_msg("%zu times %s: %s", times, part, err.msg);
	if (reason != NULL && (status == 0 || strstr(err.msg, reason) == NULL))
		fail_msg("bad-%zu times %s: %s", times, part, status == 0 ? "was read" : err.msg);
	if (e != NULL) {
		expression_true(e, &scope);
		expression_constant(e);
		expression_write(&again, e);
	}
	expression_free(e);
	buf_finish(&again);
	buf_finish(&text);
}

static void test_size(void **state)
{
	(void)state;
	check_size("", "(", 90, "1", "')' is expected");
	check_size("", "(", 4000, "", "nested too deeply");
	check_size("", "-", 90, "1", NULL);
	check_size("", "-", 4000, "1", "nested too deeply");
	check_size("", "not(", 4000 / 4, "", "nested too deeply");
	check_size("", "if(1,", 90, "1", "')' or ',' is expected");
	check_size("1", "+1", 1000, "", NULL);
	check_size("1", "+1", 1001, "", "too many operators");
	check_size("1", " or 1", 1001, "", "too many operators");
	check_size("concat(1", ",1", 63, ")", NULL);
	check_size("concat(1", ",1", 64, ")", "too many arguments");
	check_size("", " ", 8191, "1", NULL);
	check_size("", " ", 8192, "1", "column 8192: longer than 8192 bytes");
	check_size("", "9", 300, "", NULL);
	check_size("", "9", 310, "", "a number with too many digits");
	check_size("0.", "0", 400, "1", NULL);
	check_size("", "f", 4000, "()", "unknown function");
	check_size("", "f", 4000, "", "a question is written ${name}");
	check_size("${", "f", 4000, "}", NULL);
	check_size("regex('', '", "(", 60, "')", "too many groups");
	check_size("regex('', '", "a{9999}", 1000, "')", NULL);
}

static void test_constant(void **state)
{
	static const struct {
		const char *text;
		int constant;
	} cases[] = {
		{"true()", 1}, {"false()", 0}, {"1 = 1", 1}, {"1 > 2", 0}, {"'a' = 'b' or 3", 1},
		{"${a} = 1", -1}, {". > 1", -1}, {"${a} = 1 or true()", 1}, {"true() or ${a}", 1},
		{"${a} = 1 and false()", 0}, {"${a} and 1 = 2 and ${b}", 0},
		{"${a} = 1 and true()", -1},
		{"${a} or false()", -1}, {"not(${a} and 0)", 1}, {"not(1)", 0}, {"not(${a})", -1},
		{"boolean(${a} or 1)", 1}, {"if(1, ${a}, 0)", -1}, {"if(0, ${a}, 0)", 0},
		{"if(${a}, 1, 'x')", 1}, {"if(${a}, 1, 0)", -1}, {"today() > '2000-01-01'", -1},
		{"regex('a', '[a-z]')", 1}, {"selected(${a}, '')", -1}, {"string-length()", -1},
		{"string-length('') = 0", 1}, {"0 div 0", 0}, {"once(2)", 1},
	};

	(void)state;
	assert_int_equal(expression_constant(NULL), 1);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct expression *e = parse(cases[i].text);

		if (expression_constant(e) != cases[i].constant)
			fail_msg("%s: %d", cases[i].text, expression_constant(e));
		expression_free(e);
	}
}

static void test_calls(void **state)
{
	struct expression *e = parse("1 = 2 or not(${a} <= today())");

	(void)state;
	assert_true(expression_calls(e, "today"));
	assert_true(expression_calls(e, "not"));
	assert_false(expression_calls(e, "a"));
	assert_false(expression_calls(NULL, "today"));
	expression_free(e);
}

/* Nodes know their columns in the text as it was given. */
static void test_places(void **state)
{
	struct expression *e = parse("${a} = \u201c\u00e9\u201d\nor ${b}");

	(void)state;
	assert_int_equal(e->at, 12);
	assert_int_equal(e->operand[0]->at, 6);
	assert_int_equal(e->operand[0]->operand[1]->at, 8);
	assert_int_equal(e->operand[1]->at, 15);
	expression_free(e);
}

static int count_field(void *ctx, const char *field)
{
	strcat(ctx, field);
	strcat(ctx, ";");
	return 0;
}

static void test_fields(void **state)
{
	struct expression *e = parse("${a} = 1 and not(selected(${b/c}, ${d})) or . = 2");
	char seen[100] = "";

	(void)state;
	expression_fields(e, count_field, seen);
	assert_string_equal(seen, "a;b/c;d;");
	expression_free(e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_filter),
		cmocka_unit_test(test_size),
		cmocka_unit_test(test_constant),
		cmocka_unit_test(test_calls),
		cmocka_unit_test(test_places),
		cmocka_unit_test(test_fields),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
