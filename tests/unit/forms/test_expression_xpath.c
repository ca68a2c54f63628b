/*
 * test_expression_xpath.c - the evaluator against the written rules: XPath 1.0 (conversions,
 * comparisons of every pair of types, numbers, its functions) and what ODK XForms adds. A case is
 * an expression and the text that it comes to.
 */
#include "forms/expression.h"
#include "tests/unit/test.h"

#include <math.h>

static struct answers *person(void)
{
	static const char *const fields[][2] = {
		{"gender", "woman"}, {"age", "34"}, {"zero", "0"}, {"half", "0.5"}, {"minus", "-3"},
		{"words", " two \t words\n"}, {"quit", "declined"}, {"true", "true"},
		{"false", "false"},
		{"day", "2020-04-05"}, {"month", "2020-04"}, {"year", "2020"},
		{"accents", "\u00e9t\u00e9"},
		{"list", "b c"}, {"access/nsp", "harder"},
	};
	struct answers *a = answers_create();
	struct err err;

	for (size_t i = 0; i < COUNT(fields); i++)
		assert_int_equal(answers_set(a, fields[i][0], fields[i][1], &err), 0);
	answers_add(a, "used", "heroin", &err);
	answers_add(a, "used", "cannabis", &err);
	answers_add(a, "one", "alone", &err);
	answers_add(a, "numbers", "1", &err);
	answers_add(a, "numbers", "2", &err);
	return a;
}

struct value {
	const char *expression, *text;
};

/* XPath 1.0 and nothing else: any conforming processor gives the same (no question in it). */
static const struct value pure[] = {
	/* string(number), 4.2: no exponent, NaN, infinities, no minus on zero */
	{"string(0)", "0"}, {"string(-0)", "0"}, {"string(0 * -1)", "0"}, {"string(5)", "5"},
	{"string(-5)", "-5"}, {"string(5.0)", "5"}, {"string(5.)", "5"}, {"string(.5)", "0.5"},
	{"string(-.5)", "-0.5"}, {"string(007)", "7"}, {"string(1.50)", "1.5"},
	{"string(1 div 0)", "Infinity"}, {"string(-1 div 0)", "-Infinity"},
	{"string(1 div -0)", "-Infinity"}, {"string(0 div 0)", "NaN"}, {"string(1 div 2)", "0.5"},
	{"string(1 div 4)", "0.25"}, {"string(1000000)", "1000000"},
	{"string(123456789012)", "123456789012"}, {"string(0.001)", "0.001"},
	{"string(10 * 0.1)", "1"}, {"string(100000 * 100000)", "10000000000"},
	/* number(text), 4.4 */
	{"number('5')", "5"}, {"number(' 5 ')", "5"}, {"number('\t5\n')", "5"},
	{"number('-5')", "-5"},
	{"number('- 5')", "NaN"}, {"number('+5')", "NaN"}, {"number('5.')", "5"},
	{"number('.5')", "0.5"}, {"number('-.5')", "-0.5"}, {"number('.')", "NaN"},
	{"number('-')", "NaN"}, {"number('')", "NaN"}, {"number(' ')", "NaN"},
	{"number('five')", "NaN"}, {"number('5 6')", "NaN"}, {"number('5a')", "NaN"},
	{"number('1e3')", "NaN"}, {"number('0x10')", "NaN"}, {"number('1,000')", "NaN"},
	{"number('Infinity')", "NaN"}, {"number('NaN')", "NaN"}, {"number('--5')", "NaN"},
	{"number('1.2.3')", "NaN"}, {"number('00012')", "12"},
	/* number(boolean) */
	{"number(true())", "1"}, {"number(false())", "0"}, {"true() + true()", "2"},
	/* boolean(), 4.3 */
	{"boolean(0)", "false"}, {"boolean(-0)", "false"}, {"boolean(0 div 0)", "false"},
	{"boolean(1)", "true"}, {"boolean(-1)", "true"}, {"boolean(0.1)", "true"},
	{"boolean(1 div 0)", "true"}, {"boolean('')", "false"}, {"boolean(' ')", "true"},
	{"boolean('0')", "true"}, {"boolean('false')", "true"}, {"boolean(false())", "false"},
	{"not(0)", "true"}, {"not('')", "true"}, {"not('a')", "false"}, {"not(1 = 1)", "false"},
	{"string(true())", "true"}, {"string(false())", "false"}, {"string(1 = 2)", "false"},
	/* equality, 3.4: boolean wins, then number, then text */
	{"true() = true()", "true"}, {"true() = false()", "false"}, {"true() != false()", "true"},
	{"true() = 1", "true"}, {"true() = 2", "true"}, {"true() = 0", "false"},
	{"false() = 0", "true"}, {"false() = (0 div 0)", "true"}, {"true() = 'false'", "true"},
	{"true() = ''", "false"}, {"false() = ''", "true"}, {"false() = '0'", "false"},
	{"'0' = false()", "false"}, {"1 = 1.0", "true"}, {"0 = -0", "true"}, {"1 = '1'", "true"},
	{"1 = ' 1 '", "true"}, {"1 = '1.0'", "true"}, {"'1' = '1.0'", "false"}, {"1 = ''", "false"},
	{"0 = ''", "false"}, {"0 != ''", "true"}, {"1 = 'one'", "false"}, {"1 != 'one'", "true"},
	{"'a' = 'a'", "true"}, {"'a' = 'A'", "false"}, {"'a' = 'a '", "false"}, {"'' = ''", "true"},
	{"'a' != 'b'", "true"}, {"'a' != 'a'", "false"},
	{"(0 div 0) = (0 div 0)", "false"}, {"(0 div 0) != (0 div 0)", "true"},
	{"'NaN' = 'NaN'", "true"}, {"(1 div 0) = (1 div 0)", "true"},
	{"(1 div 0) = (-1 div 0)", "false"}, {"0.1 + 0.2 = 0.3", "false"},
	/* order, 3.4: both as numbers, whatever they are */
	{"1 < 2", "true"}, {"2 < 1", "false"}, {"1 < 1", "false"}, {"1 <= 1", "true"},
	{"2 > 1", "true"}, {"1 > 1", "false"}, {"1 >= 1", "true"}, {"1 >= 2", "false"},
	{"'1' < '2'", "true"}, {"'10' < '9'", "false"}, {"'10' > '9'", "true"},
	{"'a' < 'b'", "false"},
	{"'a' > 'b'", "false"}, {"'a' <= 'a'", "false"}, {"'' < 1", "false"}, {"'' >= 0", "false"},
	{"'' <= 0", "false"}, {"true() > false()", "true"}, {"true() < false()", "false"},
	{"true() >= 1", "true"}, {"true() > '0'", "true"}, {"false() < '1'", "true"},
	{"true() < 2", "true"}, {"2 > true()", "true"}, {"'2' > true()", "true"},
	{"(0 div 0) < 1", "false"}, {"(0 div 0) > 1", "false"}, {"(0 div 0) <= (0 div 0)", "false"},
	{"(0 div 0) >= (0 div 0)", "false"}, {"1 < (1 div 0)", "true"}, {"-1 div 0 < -1", "true"},
	{"(1 div 0) <= (1 div 0)", "true"}, {"-0 < 0", "false"}, {"-0 >= 0", "true"},
	/* arithmetic, 3.5 */
	{"1 + 2", "3"}, {"1 - 2", "-1"}, {"2 * 3", "6"}, {"6 div 4", "1.5"}, {"5 mod 2", "1"},
	{"5 mod -2", "1"}, {"-5 mod 2", "-1"}, {"-5 mod -2", "-1"}, {"1.5 mod 0.5", "0"},
	{"5 mod 0", "NaN"}, {"0 mod 5", "0"}, {"5 mod (1 div 0)", "5"}, {"(1 div 0) mod 5", "NaN"},
	{"1 div 0", "Infinity"}, {"-1 div 0", "-Infinity"}, {"0 div 0", "NaN"}, {"0 div 5", "0"},
	{"1 div (-1 div 0)", "0"}, {"1 div (0 * -1)", "-Infinity"}, {"'3' + '4'", "7"},
	{"'a' + 1", "NaN"}, {"1 - '1'", "0"}, {"true() * 5", "5"}, {"-'5'", "-5"}, {"--5", "5"},
	{"-(-5)", "5"}, {"- - - 5", "-5"}, {"-true()", "-1"}, {"-'x'", "NaN"},
	{"(1 div 0) - (1 div 0)", "NaN"}, {"(1 div 0) * 0", "NaN"}, {"5-3", "2"}, {"5 -3", "2"},
	{"5- -3", "8"}, {"5*-3", "-15"}, {"2*3+4", "10"}, {"2+3*4", "14"}, {"(2+3)*4", "20"},
	/* precedence and grouping, from loose to tight: or, and, = !=, < <= > >=, + -, * div mod */
	{"3 > 2 > 1", "false"}, {"1 < 2 < 3", "true"}, {"3 > 2 = 1", "true"}, {"1 = 3 > 2", "true"},
	{"1 = 1 = 1", "true"}, {"2 = 2 = 2", "true"}, {"1 != 2 != 0", "true"},
	{"10 - 4 - 3", "3"}, {"10 - (4 - 3)", "9"}, {"24 div 4 div 2", "3"},
	{"24 div (4 div 2)", "12"},
	{"10 mod 4 * 3", "6"}, {"2 * 7 mod 4", "2"}, {"-2 * -3", "6"}, {"-2 + 5", "3"},
	{"1 + 1 = 2", "true"}, {"1 < 2 and 2 < 3", "true"}, {"1 = 1 or 1 = 2 and 1 = 3", "true"},
	{"(1 = 1 or 1 = 2) and 1 = 3", "false"}, {"1 = 2 and 1 = 1 or 1 = 1", "true"},
	{"false() and false() or true()", "true"}, {"false() and (false() or true())", "false"},
	{"true() or false() and false()", "true"}, {"1 and 0", "false"}, {"1 or 0", "true"},
	{"'' or 'a'", "true"}, {"'a' and ''", "false"}, {"0 or ''", "false"},
	{"(0 div 0) or false()", "false"}, {"1 = 1 and 2", "true"}, {"((((1))))", "1"},
	{"1=1and 2=2", "true"}, {"6 div 2*3", "9"}, {"'a'='a'or'b'='c'", "true"},
	/* functions on numbers, 4.4 */
	{"floor(2.6)", "2"}, {"floor(-2.6)", "-3"}, {"floor(2)", "2"}, {"floor('x')", "NaN"},
	{"ceiling(2.2)", "3"}, {"ceiling(-2.2)", "-2"}, {"ceiling(0 div 0)", "NaN"},
	{"1 div ceiling(-0.5)", "-Infinity"}, {"round(2.5)", "3"}, {"round(-2.5)", "-2"},
	{"round(2.4)", "2"}, {"round(-2.6)", "-3"}, {"round(0.49999999999999994)", "0"},
	{"1 div round(-0.2)", "-Infinity"}, {"1 div round(-0.5)", "-Infinity"},
	{"1 div round(0.2)", "Infinity"}, {"round(0 div 0)", "NaN"}, {"round(1 div 0)", "Infinity"},
	{"round('2.5')", "3"}, {"round(true())", "1"},
	/* functions on texts, 4.2 */
	{"concat('a', 'b')", "ab"}, {"concat('a', 1, true())", "a1true"}, {"concat('', '')", ""},
	{"concat('a', 0 div 0)", "aNaN"}, {"starts-with('abc', 'ab')", "true"},
	{"starts-with('abc', 'bc')", "false"}, {"starts-with('abc', '')", "true"},
	{"starts-with('', 'a')", "false"}, {"contains('abc', 'bc')", "true"},
	{"contains('abc', 'ac')", "false"}, {"contains('abc', '')", "true"},
	{"contains('', '')", "true"}, {"contains(123, 2)", "true"},
	{"substring-before('1999/04/01', '/')", "1999"}, {"substring-before('abc', 'x')", ""},
	{"substring-before('abc', '')", ""}, {"substring-after('1999/04/01', '/')", "04/01"},
	{"substring-after('1999/04/01', '19')", "99/04/01"}, {"substring-after('abc', 'x')", ""},
	{"substring-after('abc', '')", "abc"}, {"substring('12345', 2, 3)", "234"},
	{"substring('12345', 2)", "2345"}, {"substring('12345', 1.5, 2.6)", "234"},
	{"substring('12345', 0, 3)", "12"}, {"substring('12345', 0 div 0, 3)", ""},
	{"substring('12345', 1, 0 div 0)", ""}, {"substring('12345', -42, 1 div 0)", "12345"},
	{"substring('12345', -1 div 0, 1 div 0)", ""}, {"substring('12345', 6)", ""},
	{"substring('12345', 3, 0)", ""}, {"substring('12345', 3, -1)", ""},
	{"string-length('')", "0"}, {"string-length('abc')", "3"}, {"string-length(1234)", "4"},
	{"string-length(true())", "4"}, {"string-length(1 div 0)", "8"},
	{"string-length('\u00e9\u4e2d')", "2"}, {"normalize-space('  a  b ')", "a b"},
	{"normalize-space('\ta\n\r b')", "a b"}, {"normalize-space('   ')", ""},
	{"normalize-space('')", ""}, {"translate('bar', 'abc', 'ABC')", "BAr"},
	{"translate('--aaa--', 'abc-', 'ABC')", "AAA"}, {"translate('aab', 'aa', 'xy')", "xxb"},
	{"translate('abc', '', 'x')", "abc"}, {"translate('a\u00e9b', '\u00e9', 'e')", "aeb"},
	{"substring('h\u00e9llo', 2, 1)", "\u00e9"},
};

/* Answers, and what ODK XForms adds. */
static const struct value more[] = {
	/* exact digits: as many as tell a number from its neighbours */
	{"0.1 + 0.2", "0.30000000000000004"}, {"1 div 3", "0.3333333333333333"},
	{"100000000000000000000 * 10", "1000000000000000000000"}, {"0.0000001", "0.0000001"},
	{"1 div 1000000000000", "0.000000000001"}, {"9007199254740993", "9007199254740992"},
	{"pow(2, 70)", "1180591620717411303424"}, {"123456.789", "123456.789"},
	/* an answer is its text; a missing one is the empty text */
	{"${gender}", "woman"}, {"${nothing}", ""}, {"${used}", "heroin cannabis"},
	{"${one}", "alone"},
	{"${quit}", "declined"}, {"${access/nsp}", "harder"}, {"${access/oat}", ""}, {".", "34"},
	{"${ gender }", "woman"}, {"${\ngender\n}", "woman"},
	{"${age} + 1", "35"}, {"${nothing} + 1", "NaN"}, {"${used} + 1", "NaN"},
	{"${quit} + 1", "NaN"},
	{"-${minus}", "3"}, {"${half} * 2", "1"}, {"${age} div ${zero}", "Infinity"},
	{"${zero} div ${zero}", "NaN"}, {"${age} mod 10", "4"}, {"${numbers} + 0", "NaN"},
	{"${nothing} = 0", "false"}, {"${nothing} != 0", "true"}, {"${nothing} < 1", "false"},
	{"${nothing} >= 0", "false"}, {"${nothing} = ''", "true"},
	{"${nothing} = ${nothing}", "true"},
	{"${nothing} = false()", "true"}, {"${zero} = false()", "false"}, {"${zero} = 0", "true"},
	{"${age} = '34'", "true"}, {"${age} = '34.0'", "false"}, {"${age} = 34.0", "true"},
	{"${age} > ${minus}", "true"}, {"${gender} > 1", "false"},
	{"${used} = 'heroin cannabis'", "true"},
	{"${used} = 'cannabis heroin'", "false"}, {"${used} = ${used}", "true"},
	{"${true} = true()", "true"}, {"${false} = false()", "false"}, {"not(${nothing})", "true"},
	{"boolean(${false})", "true"}, {"boolean-from-string(${false})", "false"},
	{"boolean-from-string('true')", "true"}, {"boolean-from-string(1)", "true"},
	{"boolean-from-string('yes')", "false"}, {"boolean-from-string(true())", "true"},
	{"number()", "34"}, {"string()", "34"}, {"string-length()", "2"},
	{"normalize-space()", "34"},
	{"normalize-space(${words})", "two words"}, {"string-length(${accents})", "3"},
	{"string-length(${used})", "15"}, {"string(${used})", "heroin cannabis"},
	/* if, coalesce, once */
	{"if(${age} > 30, 'a', 'b')", "a"}, {"if('', 'a', 'b')", "b"}, {"if(0, 1, 2)", "2"},
	{"if(true(), 1, 2) + 1", "2"}, {"if(false(), 'x', ${nothing})", ""},
	{"if(1, if(0, 'a', 'b'), 'c')", "b"}, {"selected(if(1, ${used}, ''), 'heroin')", "true"},
	{"coalesce(${nothing}, 'x')", "x"}, {"coalesce(${gender}, 'x')", "woman"},
	{"coalesce('', '')", ""}, {"coalesce(${nothing}, '', 3)", "3"}, {"once(1 + 1)", "2"},
	{"once(${gender})", "woman"},
	/* lists */
	{"selected(${used}, 'heroin')", "true"}, {"selected(${used}, 'hero')", "false"},
	{"selected(${used}, '')", "false"}, {"selected(${used}, ' heroin ')", "true"},
	{"selected(${used}, 'heroin cannabis')", "false"}, {"selected(${nothing}, 'x')", "false"},
	{"selected(${nothing}, '')", "false"}, {"selected(${gender}, 'woman')", "true"},
	{"selected('a b c', 'b')", "true"}, {"selected('a  b', '')", "false"},
	{"selected(${list}, 'c')", "true"}, {"selected(${numbers}, 2)", "true"},
	{"selected(${one}, 'alone')", "true"}, {"selected-at(${used}, 0)", "heroin"},
	{"selected-at(${used}, 1)", "cannabis"}, {"selected-at(${used}, 2)", ""},
	{"selected-at(${used}, -1)", ""}, {"selected-at(${used}, 'x')", ""},
	{"selected-at('a b', 1)", "b"}, {"selected-at(${nothing}, 0)", ""},
	{"count-selected(${used})", "2"}, {"count-selected(${nothing})", "0"},
	{"count-selected(${gender})", "1"}, {"count-selected('a b c')", "3"},
	{"count-selected(' ')", "0"}, {"count-selected(${one})", "1"},
	{"count-non-empty(${gender}, ${nothing}, ${age})", "2"}, {"count-non-empty('')", "0"},
	/* numbers */
	{"int(3.9)", "3"}, {"int(-3.9)", "-3"}, {"int('x')", "NaN"}, {"int('7.2')", "7"},
	{"int(1 div 0)", "Infinity"}, {"round(2.567, 2)", "2.57"}, {"round(2.567, 0)", "3"},
	{"round(1234, -2)", "1200"}, {"round(-2.55, 1)", "-2.5"}, {"round(2.5, 'x')", "NaN"},
	{"round('x', 2)", "NaN"}, {"round(1.5, 100)", "1.5"}, {"round(1 div 0, 2)", "Infinity"},
	{"abs(-3)", "3"}, {"abs('x')", "NaN"}, {"pow(2, 3)", "8"}, {"pow(2, -1)", "0.5"},
	{"pow(-8, 0.5)", "NaN"}, {"sqrt(16)", "4"}, {"sqrt(-1)", "NaN"}, {"log10(1000)", "3"},
	{"log(exp(2))", "2"}, {"log(0)", "-Infinity"}, {"min(3, 1, 2)", "1"}, {"max(3, 1, 2)", "3"},
	{"min(5)", "5"}, {"max(1, 'x')", "NaN"}, {"min(1, ${nothing})", "NaN"},
	{"max('2', 10)", "10"},
	{"max(-1, -2)", "-1"}, {"sum(1, 2, 3)", "6"}, {"sum(${age}, 1)", "35"},
	{"sum(1, ${nothing})", "NaN"}, {"sum(0.5)", "0.5"},
	/* texts */
	{"concat('only')", "only"}, {"concat(${gender}, '-', ${age})", "woman-34"},
	{"concat(${used}, '!')", "heroin cannabis!"}, {"join(', ', 'a', 'b', 'c')", "a, b, c"},
	{"join('-', 'a')", "a"}, {"ends-with('abc', 'bc')", "true"},
	{"ends-with('abc', 'ab')", "false"},
	{"ends-with('abc', '')", "true"}, {"ends-with('c', 'abc')", "false"},
	{"substr('hello', 1)", "ello"}, {"substr('hello', 1, 3)", "el"},
	{"substr('hello', 0, 99)", "hello"},
	{"substr('hello', 3, 1)", ""}, {"substr('hello', -3)", "llo"},
	{"substr('hello', 0, -1)", "hell"},
	{"substr('hello', -99)", "hello"}, {"substr('hello', 'x')", ""},
	{"substr(${accents}, 1, 2)", "t"},
	{"contains(${used}, 'in can')", "true"}, {"starts-with(${gender}, 'wo')", "true"},
	/* dates: days since 1970, coarse ones their first day */
	{"today()", "2020-04-10"}, {"number('1970-01-01')", "0"}, {"number('1970-01-02')", "1"},
	{"number('1969-12-31')", "-1"}, {"number('2000-02-29')", "11016"},
	{"number('2001-02-29')", "NaN"}, {"number('1900-02-29')", "NaN"},
	{"number('2020-04')", "18353"},
	{"number('2020')", "2020"}, {"number('2020-13')", "NaN"}, {"number('2020-4-5')", "NaN"},
	{"number('2020-04-05T10:00:00')", "NaN"}, {"number('0001-01-01')", "-719162"},
	{"number('9999-12-31')", "2932896"}, {"number('0000-01-01')", "NaN"},
	{"today() - ${day}", "5"}, {"${day} < today()", "true"}, {"${day} <= '2020-04-05'", "true"},
	{"${day} > today()", "false"}, {"${month} <= today()", "true"},
	{"${month} < '2020-04-01'", "false"},
	{"${month} >= '2020-04-01'", "true"}, {"${month} > '2020-03'", "true"},
	{"${month} < '2020-04-02'", "true"}, {"${year} <= today()", "true"},
	{"${year} < '2020-02'", "true"},
	{"'2021' > today()", "true"}, {"${year} >= '2020-01'", "true"}, {"${year} < 2021", "true"},
	{"${year} <= '2020'", "true"}, {"${nothing} <= today()", "false"},
	{"${quit} <= today()", "false"},
	{"today() = '2020-04-10'", "true"}, {"${month} = '2020-04'", "true"},
	{"${month} = '2020-04-01'", "false"}, {"today() > 18000", "true"},
	{"int((today() - '1986-04-11') div 365.25)", "33"}, {"date(0)", "1970-01-01"},
	{"date(18357)", "2020-04-05"}, {"date(18357.9)", "2020-04-05"}, {"date(-1)", "1969-12-31"},
	{"date('2020-04-05')", "2020-04-05"}, {"date('2020-04')", "2020-04-01"},
	{"date('2020')", "2020-01-01"}, {"date(2020)", "1975-07-14"}, {"date('x')", ""},
	{"date(${nothing})", ""}, {"date(1 div 0)", ""}, {"date(99999999)", ""},
	{"date(today() - 30)", "2020-03-11"}, {"decimal-date-time('2020-04-05')", "18357"},
	{"decimal-date-time('x')", "NaN"}, {"decimal-date-time('2020')", "18262"},
	{"format-date(${day}, '%Y-%m-%d')", "2020-04-05"},
	{"format-date(${day}, '%e/%n/%y')", "5/4/20"},
	{"format-date(${day}, '%a %e %b %Y')", "Sun 5 Apr 2020"}, {"format-date(0, '%a')", "Thu"},
	{"format-date(-1, '%a')", "Wed"}, {"format-date(${month}, '%b %Y')", "Apr 2020"},
	{"format-date(${nothing}, '%Y')", ""}, {"format-date('x', '%Y')", ""},
	{"format-date-time(today(), '%H:%M:%S.%3 %h')", "00:00:00.000 0"},
	{"format-date(today(), concat('%', 'q'))", "%q"}, {"format-date(today(), 'year')", "year"},
	{"number(format-date(today(), '%Y')) - 1986", "34"},
};

static void check_table(const struct value *table, size_t n)
{
	struct answers *a = person();
	struct expression_scope scope = {.answers = a, .self = "age", .today = "2020-04-10"};

	for (size_t i = 0; i < n; i++) {
		struct expression *e = NULL, *again = NULL;
		struct buf text = {0}, written = {0};
		struct err err;

		if (expression_parse(&e, table[i].expression, EXPRESSION_CONDITION, &err) != 0)
			fail_msg("%s: %s", table[i].expression, err.msg);
		expression_text(&text, e, &scope);
		if (strcmp(text.data, table[i].text) != 0)
			fail_msg("%s is '%s', not '%s'", table[i].expression, text.data,
				table[i].text);
		/* written and read again it is the same */
		expression_write(&written, e);
		if (expression_parse(&again, written.data, EXPRESSION_CONDITION, &err) != 0)
			fail_msg("%s -> %s: %s", table[i].expression, written.data, err.msg);
		buf_clear(&text);
		expression_text(&text, again, &scope);
		if (strcmp(text.data, table[i].text) != 0)
			fail_msg("%s -> %s is '%s'", table[i].expression, written.data, text.data);
		expression_free(e);
		expression_free(again);
		buf_finish(&written);
		buf_finish(&text);
	}
	answers_free(a);
}

static void test_pure(void **state)
{
	(void)state;
	check_table(pure, COUNT(pure));
}

static void test_more(void **state)
{
	(void)state;
	check_table(more, COUNT(more));
}

/* Without a day in the scope, today() is the clock's. */
static void test_today(void **state)
{
	struct expression_scope scope = {0};
	struct expression *e;
	struct buf text = {0};
	struct err err;

	(void)state;
	assert_int_equal(expression_parse(&e, "today() >= '2024-01-01' and today() = today() and "
		"string-length(today()) = 10", EXPRESSION_CONDITION, &err), 0);
	assert_true(expression_true(e, &scope));
	expression_free(e);
	assert_int_equal(expression_parse(&e, "date(number(today()))", EXPRESSION_CONDITION,
		&err), 0);
	expression_text(&text, e, &scope);
	assert_int_equal(text.len, 10);
	buf_finish(&text);
	expression_free(e);
}

/* Every number that is written reads back as the same one. */
static void test_numbers(void **state)
{
	uint64_t bits = 88172645463325252u;
	struct expression_scope scope = {0};

	(void)state;
	for (int i = 0; i < 1000; i++) {
		struct expression *e;
		struct buf written = {0}, text = {0};
		struct err err;
		double n;

		bits ^= bits << 13;
		bits ^= bits >> 7;
		bits ^= bits << 17;
		memcpy(&n, &bits, sizeof n);
		if (!isfinite(n))
			continue;
		buf_printf(&text, "%.*f", 1080, fabs(n));
		if (expression_parse(&e, text.data, EXPRESSION_CONDITION, &err) != 0)
			fail_msg("%s: %s", text.data, err.msg);
		CHECK(e->number == fabs(n), text.data);
		expression_write(&written, e);
		CHECK(strpbrk(written.data, "eE") == NULL, written.data);
		CHECK(strtod(written.data, NULL) == fabs(n), written.data);
		buf_clear(&text);
		expression_text(&text, e, &scope);
		CHECK(strcmp(text.data, written.data) == 0, written.data);
		expression_free(e);
		buf_finish(&written);
		buf_finish(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pure),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_today),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
