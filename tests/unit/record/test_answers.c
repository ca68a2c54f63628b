/* test_answers.c - answers keep their order, their values and nothing else. */
#include "lib/record/answers.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

static struct answers *filled(void)
{
	struct answers *a = answers_create();
	struct err err;

	assert_non_null(a);
	assert_int_equal(answers_set_language(a, "pt-BR", &err), 0);
	assert_int_equal(answers_set_region(a, "019", &err), 0);
	assert_int_equal(answers_set(a, "gender", "woman", &err), 0);
	assert_int_equal(answers_add(a, "used", "a", &err), 0);
	assert_int_equal(answers_add(a, "used", "b", &err), 0);
	assert_int_equal(answers_set(a, "age", ANSWER_DECLINED, &err), 0);
	return a;
}

static void test_set_and_get(void **state)
{
	struct answers *a = filled();

	(void)state;
	assert_string_equal(answers_value(a, "gender"), "woman");
	assert_false(answers_get(a, "gender")->many);
	assert_true(answers_get(a, "used")->many);
	assert_int_equal(answers_get(a, "used")->n, 2);
	assert_true(answers_has(a, "used", "b"));
	assert_false(answers_has(a, "used", "c"));
	assert_false(answers_has(a, "nothing", "c"));
	assert_null(answers_get(a, "nothing"));
	assert_null(answers_value(a, "nothing"));
	answers_free(a);
}

static void test_declined(void **state)
{
	struct answers *a = filled();
	struct err err;

	(void)state;
	assert_true(answers_declined(a, "age"));
	assert_false(answers_declined(a, "gender"));
	assert_false(answers_declined(a, "nothing"));
	assert_int_equal(answers_add(a, "age", "20", &err), 0);
	assert_false(answers_declined(a, "age"));
	answers_free(a);
}

static void test_set_replaces_in_place(void **state)
{
	struct answers *a = filled();
	struct err err;

	(void)state;
	assert_int_equal(answers_set(a, "used", "c", &err), 0);
	assert_int_equal(a->n, 3);
	assert_string_equal(a->list[1].field, "used");
	assert_int_equal(a->list[1].n, 1);
	assert_false(a->list[1].many);
	/* by the value that is replaced itself */
	assert_int_equal(answers_set(a, "used", answers_value(a, "used"), &err), 0);
	assert_string_equal(answers_value(a, "used"), "c");
	answers_free(a);
}

static void test_add_makes_a_list(void **state)
{
	struct answers *a = filled();
	struct err err;

	(void)state;
	assert_int_equal(answers_add(a, "gender", "other", &err), 0);
	assert_true(answers_get(a, "gender")->many);
	assert_int_equal(answers_get(a, "gender")->n, 2);
	assert_string_equal(answers_value(a, "gender"), "woman");
	answers_free(a);
}

static void test_remove(void **state)
{
	struct answers *a = filled();

	(void)state;
	answers_remove(a, "used");
	answers_remove(a, "nothing");
	assert_null(answers_get(a, "used"));
	assert_int_equal(a->n, 2);
	assert_string_equal(a->list[0].field, "gender");
	assert_string_equal(a->list[1].field, "age");
	answers_free(a);
	answers_free(NULL);
}

static void test_many_fields(void **state)
{
	struct answers *a = answers_create();
	struct err err;
	char field[16];

	(void)state;
	for (int i = 0; i < 500; i++) {
		snprintf(field, sizeof field, "q%d", i);
		assert_int_equal(answers_set(a, field, field, &err), 0);
	}
	assert_int_equal(a->n, 500);
	assert_string_equal(answers_value(a, "q499"), "q499");
	answers_free(a);
}

static void test_language_and_region(void **state)
{
	struct answers *a = filled();
	struct err err;

	(void)state;
	assert_string_equal(a->language, "pt-BR");
	assert_int_equal(answers_set_language(a, "ar", &err), 0);
	assert_string_equal(a->language, "ar");
	assert_int_equal(answers_set_region(a, NULL, &err), 0);
	assert_null(a->region);
	/* bad-: a code too long is refused and changes nothing */
	assert_int_equal(answers_set_language(a, "0123456789abcdef", &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_string_equal(a->language, "ar");
	answers_free(a);
}

enum change {
	SAME, LANGUAGE, REGION, NO_REGION, VALUE, FIELD_MORE, FIELD_LESS, VALUE_MORE, LIST_OF_ONE,
	ORDER
};

static void apply(struct answers *a, enum change change)
{
	struct err err;
	struct answer first;

	switch (change) {
	case SAME:
		break;
	case LANGUAGE:
		answers_set_language(a, "en", &err);
		break;
	case REGION:
		answers_set_region(a, "150", &err);
		break;
	case NO_REGION:
		answers_set_region(a, NULL, &err);
		break;
	case VALUE:
		answers_set(a, "gender", "man", &err);
		break;
	case FIELD_MORE:
		answers_set(a, "more", "x", &err);
		break;
	case FIELD_LESS:
		answers_remove(a, "age");
		break;
	case VALUE_MORE:
		answers_add(a, "used", "c", &err);
		break;
	case LIST_OF_ONE:
		answers_remove(a, "age");
		answers_add(a, "age", ANSWER_DECLINED, &err);
		break;
	case ORDER:
		first = a->list[0];
		a->list[0] = a->list[1];
		a->list[1] = first;
		break;
	}
}

static void test_equal(void **state)
{
	(void)state;
	for (int change = SAME; change <= ORDER; change++) {
		struct answers *a = filled(), *b = filled();

		apply(b, (enum change)change);
		assert_int_equal(answers_equal(a, b), change == SAME);
		assert_int_equal(answers_equal(b, a), change == SAME);
		answers_free(a);
		answers_free(b);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_and_get),
		cmocka_unit_test(test_declined),
		cmocka_unit_test(test_set_replaces_in_place),
		cmocka_unit_test(test_add_makes_a_list),
		cmocka_unit_test(test_remove),
		cmocka_unit_test(test_many_fields),
		cmocka_unit_test(test_language_and_region),
		cmocka_unit_test(test_equal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
