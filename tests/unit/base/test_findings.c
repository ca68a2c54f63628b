/* test_findings.c - many findings, each with its grade and place. */
#include "lib/base/findings.h"
#include "tests/unit/test.h"

static void test_add(void **state)
{
	struct findings f = {0};

	(void)state;
	for (int i = 0; i < 100; i++)
		findings_add(&f, i % 3 == 0 ? FINDING_ERROR : FINDING_ADVICE, "questions[1]",
			"number %d", i);
	assert_int_equal(f.n, 100);
	assert_int_equal(findings_count(&f, FINDING_ERROR), 34);
	assert_int_equal(findings_count(&f, FINDING_WARNING), 0);
	assert_int_equal(findings_count(&f, FINDING_ADVICE), 66);
	assert_string_equal(f.list[99].text, "number 99");
	assert_string_equal(f.list[0].place, "questions[1]");
	assert_string_equal(finding_grade_name(FINDING_WARNING), "warning");
	findings_add(&f, FINDING_ERROR, "a\nb", "c\x1b[31m\u00e9%s", "\t\x7f");
	assert_string_equal(f.list[100].place, "a?b");
	assert_string_equal(f.list[100].text, "c?[31m\u00e9??");
	findings_finish(&f);
	assert_int_equal(f.n, 0);
}

/* A place that was cut in the middle of a character stays UTF-8. */
static void test_cut(void **state)
{
	struct findings f = {0};

	(void)state;
	findings_add(&f, FINDING_ERROR, "choices.x\xc3[0]", "%s", "\xe2\x82 \xc3\xa9\xff");
	assert_string_equal(f.list[0].place, "choices.x?[0]");
	assert_string_equal(f.list[0].text, "?? \xc3\xa9?");
	findings_finish(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_add), cmocka_unit_test(test_cut)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
