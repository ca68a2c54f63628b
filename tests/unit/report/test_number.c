/* test_number.c - figures as each language writes them, with the digits 0-9 everywhere. */
#include "report/number.h"
#include "tests/unit/test.h"

enum kind { COUNT_OF, PLAIN, PERCENT, TENTHS, DECIMAL };

struct number_case {
	const char *language;
	enum kind kind;
	double value;
	const char *expected;
};

static const struct number_case numbers[] = {
	{ "en", COUNT_OF, 1616, "1,616" },
	{ "en", COUNT_OF, 0, "0" },
	{ "en", PLAIN, 2020, "2020" },
	{ "en", PERCENT, 712, "71.2%" },
	{ "en", PERCENT, 1000, "100.0%" },
	{ "en", PERCENT, 0, "0.0%" },
	{ "en", TENTHS, 5, "0.5" },
	{ "en", DECIMAL, 6.3125, "6.31" },
	{ "en", DECIMAL, 7, "7" },
	{ "en", DECIMAL, 0.5, "0.5" },
	{ "fr", COUNT_OF, 1616, "1\u202f616" },
	{ "fr", PERCENT, 712, "71,2\u00a0%" },
	{ "es", COUNT_OF, 55811, "55.811" },
	{ "es", PERCENT, 712, "71,2\u00a0%" },
	{ "pt", PERCENT, 712, "71,2%" },
	{ "ru", COUNT_OF, 55811, "55\u00a0811" },
	{ "ru", PERCENT, 712, "71,2\u00a0%" },
	{ "ar", COUNT_OF, 1616, "1,616" },
	{ "ar", TENTHS, 712, "71.2" },
	{ "fa", TENTHS, 712, "71.2" },
	{ "ar-EG", COUNT_OF, 12, "12" },
};

static char *put(const struct number *n, const struct number_case *c)
{
	struct buf b = { 0 };

	switch (c->kind) {
	case COUNT_OF:
		number_count(&b, n, (long)c->value);
		break;
	case PLAIN:
		number_plain(&b, n, (long)c->value);
		break;
	case PERCENT:
		number_percent(&b, n, (int)c->value);
		break;
	case TENTHS:
		number_tenths(&b, n, (int)c->value);
		break;
	case DECIMAL:
		number_decimal(&b, n, c->value);
		break;
	}
	return buf_take(&b);
}

static void test_numbers(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(numbers); i++) {
		struct number *n;
		struct err err;
		char *text;

		assert_int_equal(number_create(&n, numbers[i].language, &err), 0);
		text = put(n, &numbers[i]);
		if (strcmp(text, numbers[i].expected))
			fail_msg("%s %g: \"%s\", not \"%s\"", numbers[i].language,
			         numbers[i].value, text, numbers[i].expected);
		free(text);
		number_free(n);
	}
}

/* Arabic percentages keep ICU's direction marks: the figures are what is looked for. */
static void test_arabic_percent(void **state)
{
	struct buf b = { 0 };
	struct number *n;
	struct err err;

	(void)state;
	assert_int_equal(number_create(&n, "ar", &err), 0);
	number_percent(&b, n, 712);
	assert_non_null(strstr(b.data, "71.2"));
	assert_non_null(strchr(b.data, '%'));
	buf_finish(&b);
	number_free(n);
}

static const struct {
	const char *language, *month, *expected;
} months[] = {
	{ "en", "2020-04", "April 2020" },
	{ "en", "2020-01", "January 2020" },
	{ "en", "2019-12", "December 2019" },
	{ "en", "2020", "2020" },
	{ "fr", "2020-08", "ao\u00fbt 2020" },
	{ "es", "2020-04", "abril de 2020" },
	{ "ru", "2020-02", "\u0444\u0435\u0432\u0440\u0430\u043b\u044c 2020\u202f\u0433." },
	{ "ar", "2020-04", "\u0623\u0628\u0631\u064a\u0644 2020" },
	{ "en", "2020-13", "2020-13" }, /* bad-month */
	{ "en", "spring", "spring" },   /* bad-word */
	{ "en", "2020-04-01", "2020-04-01" }, /* bad-day */
};

static void test_months(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(months); i++) {
		struct buf b = { 0 };
		struct number *n;
		struct err err;

		assert_int_equal(number_create(&n, months[i].language, &err), 0);
		number_month(&b, n, months[i].month);
		if (strcmp(b.data, months[i].expected))
			fail_msg("%s %s: \"%s\"", months[i].language, months[i].month, b.data);
		buf_finish(&b);
		number_free(n);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_arabic_percent),
		cmocka_unit_test(test_months),
	};

	return cmocka_run_group_tests_name("number", tests, NULL, NULL);
}
