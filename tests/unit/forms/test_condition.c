/* test_condition.c - conditions in words, with questions by number as paper has them. */
#include "forms/condition.h"

#include "tests/unit/forms/sample.h"

/* The sample's questions: 1 country, 2 well, 3 used, 4 access, 5 happy, 6 best, 7 days, 8 hours, */
/* 9 since, then a note, 10 word, 11 say. */
static void number(size_t *numbers, const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n_questions; i++)
		numbers[i] = form_is_asked(f->questions[i].type) ? ++n : 0;
}

static const struct {
	const char *expression, *clause; /* NULL: cannot be said */
} cases[] = {
	{"${well} = 'yes'", "you answered “Yes” to question 2"},
	{"'yes' = ${well}", "you answered “Yes” to question 2"},
	{"${well} != 'yes'", "you did not answer “Yes” to question 2"},
	{"not(${well} != 'yes')", "you answered “Yes” to question 2"},
	{"not(not(${well} = 'yes'))", "you answered “Yes” to question 2"},
	{"${well} = ''", "you left question 2 empty"},
	{"not(${well} = '')", "you answered question 2"},
	{"${happy} = '3'", "you answered “3” to question 5"},
	{"${happy} = 3", "you answered 3 to question 5"},
	{"${days} > 3", "your answer to question 7 is more than 3"},
	{"3 >= ${days}", "your answer to question 7 is 3 or less"},
	{"selected(${used}, 'a') or selected(${used}, 'b') or selected(${used}, 'c')",
	 "you answered “A”, “B” or “C” to question 3"},
	{"selected(${used}, 'a') or selected(${used}, 'a')", "you answered “A” to question 3"},
	{"not(selected(${used}, 'a') or selected(${used}, 'b'))",
	 "you did not answer “A” or “B” to question 3"},
	{"selected(${used}, 'a') and selected(${used}, 'b')",
	 "you answered “A” to question 3 and you answered “B” to question 3"},
	{"not(${well} = 'yes' and ${days} = '')",
	 "you did not answer “Yes” to question 2 or you answered question 7"},
	/* how many */
	{"count-selected(${used}) > 1", "you ticked 2 or more answers to question 3"},
	{"count-selected(${used}) < 3", "you ticked 2 or fewer answers to question 3"},
	{"not(count-selected(${used}) >= 2)", "you ticked 1 or fewer answers to question 3"},
	{"2 = count-selected(${used})",
	 "the number of answers you ticked in question 3 is 2"},
	/* rows */
	{"${access/nsp} = 'a'", "you answered “A” to question 4.1"},
	{"${access/oat} = 'a' or ${access/nsp} = 'a'",
	 "you answered “A” in at least one line of question 4"},
	{"${access/nsp} = 'a' or ${access/oat} = 'a' or ${access/oat} = 'b' or ${access/nsp} = 'b'",
	 "you answered “A” or “B” in at least one line of question 4"},
	{"${access/nsp} = 'a' or ${access/oat} = 'b'",
	 "you answered “A” to question 4.1 or you answered “B” to question 4.2"},
	{"${access/nsp} = 'a' and ${access/oat} = 'a'",
	 "you answered “A” to question 4.1 and you answered “A” to question 4.2"},
	/* both kinds of list */
	{"${well} = 'yes' and (${days} > 1 or ${happy} > 2)",
	 "you answered “Yes” to question 2 and (your answer to question 7 is more than 1 or "
	 "your answer to question 5 is more than 2)"},
	{"${well} = 'yes' or (${days} > 1 and ${days} < 9)",
	 "you answered “Yes” to question 2 or (your answer to question 7 is more than 1 and "
	 "your answer to question 7 is less than 9)"},
	{"(${well} = 'yes' or ${well} = 'no') and ${days} > 1",
	 "you answered “Yes” or “No” to question 2 and your answer to question 7 is more than "
	 "1"},
	{"${days} > 1 and ${days} > 2 and ${days} > 3",
	 "your answer to question 7 is more than 1, your answer to question 7 is more than 2 and "
	 "your answer to question 7 is more than 3"},
	/* nothing that could be said shortly */
	{"not(${days} > 3)", NULL},
	{"${days} + 1 > 3", NULL},
	{"${days} > ${hours}", NULL},
	{"${well} = 'nonsense'", NULL},
	{"${read} = ''", NULL},
	{"count-selected(${used}) != 2", NULL},
	{"count-selected(${used}) > 1.5", NULL},
	{"${well} = 'yes' and (${days} > 1 or (${happy} > 2 and (${days} < 3 or ${happy} > 3)))",
	 NULL},
	{"true()", NULL},
	{"${days}=1 or ${days}=2 or ${days}=3 or ${days}=4 or ${days}=5 or ${days}=6 or "
	 "${days}=7 or ${days}=8 or ${days}=9", NULL},
};

static void test_numbered(void **state)
{
	struct form *f = sample();
	struct words *words = words_create(words_page);
	size_t numbers[32];
	const struct condition_words w = {f, words, 0, numbers};

	(void)state;
	number(numbers, f);
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct expression *e = NULL;
		struct buf out = {0};
		struct err err;

		CHECK(expression_parse(&e, cases[i].expression, EXPRESSION_CONDITION, &err) == 0,
			cases[i].expression);
		buf_puts(&out, "if ");
		if (condition_put(&out, &w, e) != 0) {
			CHECK(cases[i].clause == NULL, cases[i].expression);
			assert_string_equal(out.data, "if ");
		} else {
			assert_non_null(cases[i].clause);
			assert_string_equal(out.data + 3, cases[i].clause);
		}
		expression_free(e);
		buf_finish(&out);
	}
	words_free(words);
	form_free(f);
}

/* Every language says every kind of condition, with all its places filled. */
static void test_languages(void **state)
{
	static const char *const languages[] = {"en", "fr", "es", "pt", "ru", "ar"};
	struct form *f = sample();
	struct words *words = words_create(words_page);
	size_t numbers[32];

	(void)state;
	number(numbers, f);
	for (size_t k = 0; k < 2 * COUNT(languages); k++) {
		const struct condition_words w = {f, words, 0, k % 2 ? numbers : NULL};
		char *own = f->languages[0];

		f->languages[0] = (char *)languages[k / 2];
		for (size_t i = 0; i < COUNT(cases); i++) {
			struct expression *e = NULL;
			struct buf out = {0};
			struct err err;

			expression_parse(&e, cases[i].expression, EXPRESSION_CONDITION, &err);
			if (condition_put(&out, &w, e) == 0)
				CHECK(strpbrk(out.data, "{}") == NULL, out.data);
			expression_free(e);
			buf_finish(&out);
		}
		f->languages[0] = own;
	}
	words_free(words);
	form_free(f);
}

static void test_sources(void **state)
{
	struct form *f = sample();
	struct words *words = words_create(words_page);
	size_t numbers[32];
	const struct condition_words w = {f, words, 0, numbers};
	struct expression *e = NULL;
	struct buf out = {0};
	struct err err;

	(void)state;
	number(numbers, f);
	assert_int_equal(expression_parse(&e,
		"${hours} + ${days} > ${happy} or ${access/nsp} = 'a'",
		EXPRESSION_CONDITION, &err), 0);
	condition_sources(&out, &w, e);
	assert_string_equal(out.data, "4, 5, 7 and 8");
	expression_free(e);
	buf_finish(&out);
	words_free(words);
	form_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbered),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
