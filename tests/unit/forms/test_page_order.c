/* test_page_order.c - random order of choices: all there, "other" and "none" last, stable. */
#include "forms/page_parts.h"
#include "tests/unit/forms/sample.h"

static struct form *shuffled(void)
{
	static const char text[] = HEAD SECTION("s", "",
		Q("a", "select_multiple", ",\"choices\":\"more\",\"randomize\":true") ","
		Q("b", "select_multiple", ",\"choices\":[{\"value\":\"other\",\"label\":" T("o")
			",\"other\":true},{\"value\":\"x\",\"label\":" T("x")
			"},{\"value\":\"y\",\"label\":" T("y") "}]")) "]}";
	struct findings findings = {0};
	struct form *f;
	struct err err;

	if (form_parse(&f, text, sizeof text - 1, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	return f;
}

static void test_order(void **state)
{
	struct form *f = shuffled();
	const struct form_question *q = form_question(f, "a");
	size_t first[3] = {0};

	(void)state;
	for (int i = 0; i < 3000; i++) {
		char number[33];
		struct page p = {.number = number};
		size_t order[5], again[5];
		unsigned seen = 0;

		snprintf(number, sizeof number, "%032x", i * 7919);
		page_order(order, &p, q);
		page_order(again, &p, q);
		assert_memory_equal(order, again, sizeof order);
		for (int k = 0; k < 5; k++)
			seen |= 1u << order[k];
		assert_int_equal(seen, 31);
		assert_int_equal(order[3], 3); /* other */
		assert_int_equal(order[4], 4); /* none */
		first[order[0]]++;
	}
	for (int i = 0; i < 3; i++)
		assert_in_range(first[i], 850, 1150);
	form_free(f);
}

static void test_not_asked_for(void **state)
{
	struct form *f = shuffled();
	struct page p = {.number = "00000000000000000000000000000001"}, preview = {0};
	size_t order[5];

	(void)state;
	page_order(order, &p, form_question(f, "b"));
	assert_true(order[0] == 0 && order[1] == 1 && order[2] == 2);
	page_order(order, &preview, form_question(f, "a"));
	assert_true(order[0] == 0 && order[1] == 1 && order[2] == 2);
	form_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_not_asked_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
