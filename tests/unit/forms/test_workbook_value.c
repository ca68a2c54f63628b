/* test_workbook_value.c - numbers, dates and escapes of cells as a person reads them. */
#include "forms/workbook_parts.h"
#include "tests/unit/test.h"

static void test_number(void **state)
{
	static const struct {
		const char *raw, *want;
	} cases[] = {
		{"1", "1"}, {"1.0", "1"}, {"0.1", "0.1"}, {"0", "0"}, {"-0", "0"}, {"0.0", "0"},
		{"-3", "-3"}, {"-3.50", "-3.5"}, {"007", "7"},
		{"00.5", "0.5"}, {".5", "0.5"}, {"5.", "5"}, {"-0.5", "-0.5"}, {"-0.0", "0"},
		{"1.50", "1.5"}, {"10", "10"}, {"-10", "-10"}, {"0.10000000000000001", "0.1"},
		{"0.30000000000000004", "0.3"}, {"2.2000000000000002", "2.2"},
		{"1E-3", "0.001"}, {"1.5e3", "1500"}, {"0.00001", "0.00001"},
		{"1e-10", "0.0000000001"}, {"1e-11", "1E-11"}, {"1.25e-20", "1.25E-20"},
		{"447700900123", "447700900123"}, {"4.47700900123E11", "447700900123"},
		{"1e20", "100000000000000000000"}, {"1e21", "1E+21"}, {"-1.5e300", "-1.5E+300"},
		{"12345678901234567890", "12345678901234567890"},
		{"99999999999999.9", "99999999999999.9"},
		{"999999999999999.9", "1000000000000000"},
		/* no numbers */
		{"", ""}, {"-", "-"}, {"abc", "abc"}, {"nan", "nan"}, {"inf", "inf"},
		{"0x10", "0x10"}, {"1e999", "1e999"}, {"1.2.3", "1.2.3"}, {"1 ", "1 "},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char room[WORKBOOK_VALUE_ROOM];
		const char *is = workbook_value_number(room, cases[i].raw);

		if (strcmp(is, cases[i].want) != 0)
			fail_msg("%s: read as %s", cases[i].raw, is);
	}
}

static void test_date(void **state)
{
	static const struct {
		const char *raw;
		bool from_1904;
		const char *want; /* NULL: no date */
	} cases[] = {
		{"1", false, "1900-01-01"}, {"59", false, "1900-02-28"},
		{"61", false, "1900-03-01"}, {"25569", false, "1970-01-01"},
		{"43922", false, "2020-04-01"}, {"43922.0", false, "2020-04-01"},
		{"36585", false, "2000-02-29"}, {"2958465", false, "9999-12-31"},
		{"43922.4375", false, "2020-04-01T10:30:00"},
		{"43921.999999", false, "2020-04-01"},
		{"0", true, "1904-01-01"}, {"42460", true, "2020-04-01"},
		{"60", false, NULL}, {"0", false, NULL}, {"0.5", false, NULL}, {"-1", false, NULL},
		{"2958466", false, NULL}, {"2958465.999999", false, NULL}, {"2958465", true, NULL},
		{"1e300", false, NULL}, {"abc", false, NULL}, {"", false, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char room[WORKBOOK_VALUE_ROOM];
		bool is = workbook_value_date(room, cases[i].raw, cases[i].from_1904);

		CHECK(is == (cases[i].want != NULL), cases[i].raw);
		if (is && strcmp(room, cases[i].want) != 0)
			fail_msg("%s: read as %s", cases[i].raw, room);
	}
}

static void test_date_format(void **state)
{
	static const char *const dates[] = {"dd/mm/yyyy", "YYYY\\-MM\\-DD", "mmm", "d",
		"[$-409]d\\ mmm\\ yy;@", "yyyy-mm-dd hh:mm:ss", "\"on \"dd.mm.", "[Red]m/yy"};
	static const char *const others[] = {"General", "0", "0.00%", "@", "h:mm", "mm:ss",
		"h:mm AM/PM", "[h]:mm", "0\" days\"", "0;[Red]-0;\"d\"", "#,##0\\ \\d", "[$USD] 0",
		"_d0", "0 \"unclosed d", ""};

	(void)state;
	for (size_t i = 0; i < COUNT(dates); i++)
		CHECK(workbook_value_date_format(dates[i]), dates[i]);
	for (size_t i = 0; i < COUNT(others); i++)
		CHECK(!workbook_value_date_format(others[i]), others[i]);
	assert_true(workbook_value_date_id(14) && workbook_value_date_id(22));
	assert_false(workbook_value_date_id(0) || workbook_value_date_id(9) ||
	             workbook_value_date_id(21) || workbook_value_date_id(49));
}

static void test_unescape(void **state)
{
	static const struct {
		const char *raw, *want;
	} cases[] = {
		{"plain_text_", "plain_text_"}, {"a_x000D_\nb", "a\r\nb"},
		{"_x005F_x0041_", "_x0041_"},
		{"_x0041_", "A"}, {"_x00e9_", "\xc3\xa9"}, {"_x20AC_", "\xe2\x82\xac"},
		{"a_x0000__x0001_b", "ab"}, {"_xd83d_", "_xd83d_"}, {"_x00g1_", "_x00g1_"},
		{"_x000", "_x000"}, {"_x000D", "_x000D"}, {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		char *s = strdup(cases[i].raw);
		size_t n;

		assert_non_null(s);
		n = workbook_value_unescape(s, strlen(s));
		if (n != strlen(cases[i].want) || memcmp(s, cases[i].want, n) != 0)
			fail_msg("%s: read as %.*s", cases[i].raw, (int)n, s);
		free(s);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_date),
		cmocka_unit_test(test_date_format),
		cmocka_unit_test(test_unescape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
