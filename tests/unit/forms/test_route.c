/* test_route.c - who is asked what. */
#include "forms/route.h"
#include "tests/unit/forms/sample.h"

static void test_asked(void **state)
{
	struct form *f = sample();
	struct answers *a = given((const char *const[]){"well", "no", "days", "4", "+used", "a",
		NULL});
	const struct form_question *access = form_question(f, "access");
	struct err err;

	(void)state;
	assert_true(route_asked(f, form_question(f, "days"), a));
	assert_true(route_asked(f, form_question(f, "say"), a));
	assert_true(route_row_asked(f, access, &access->rows[1], a));
	answers_set(a, "days", "3", &err);
	assert_false(route_asked(f, form_question(f, "say"), a));
	answers_set(a, "well", "declined", &err);
	assert_false(route_asked(f, form_question(f, "days"), a));
	answers_remove(a, "used");
	assert_false(route_row_asked(f, access, &access->rows[1], a));
	assert_true(route_row_asked(f, access, &access->rows[0], a));
	answers_free(a);
	form_free(f);
}

/* A hidden answer counts as none for what depends on it, in one pass. */
static void test_prune_chain(void **state)
{
	static const char text[] = HEAD SECTION("s", "",
		Q("a", "select_one", ",\"choices\":\"yn\"") ","
		Q("b", "select_one", ",\"choices\":\"yn\",\"relevant\":\"${a} = 'yes'\"") ","
		Q("c", "select_one", ",\"choices\":\"yn\",\"relevant\":\"${b} = 'yes'\"") ","
		Q("d", "select_one", ",\"choices\":\"yn\",\"relevant\":\"not(${c} = 'yes')\"")) "]}";
	struct findings findings = {0};
	struct form *f;
	struct err err;
	struct answers *a = given((const char *const[]){"a", "no", "b", "yes", "c", "yes", "d", "no",
		NULL});
	char *left;

	(void)state;
	assert_int_equal(form_parse(&f, text, sizeof text - 1, &findings, &err), 0);
	assert_int_equal(route_prune(f, a, &err), 0);
	left = shown(a);
	assert_string_equal(left, "a=no;d=no");
	free(left);
	answers_free(a);
	form_free(f);
	findings_finish(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_asked),
		cmocka_unit_test(test_prune_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
