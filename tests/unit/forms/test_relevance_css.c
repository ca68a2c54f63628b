/*
 * test_relevance_css.c - conditions as selectors: what each kind of expression becomes, what CSS
 * cannot see stays visible, and hidden answers never count. That the rules agree with the evaluator
 * is for a browser to say (tests/browser/10-skip.mjs).
 */
#include "forms/relevance_css.h"

#include "tests/unit/forms/sample.h"

#define ASKED(relevant) ",\"relevant\":\"" relevant "\""

/* A questionnaire whose last question depends on `relevant`. */
static struct form *form_with(const char *relevant)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct buf json = {0};
	struct err err;

	buf_puts(&json, HEAD SECTION("s", "", Q("yn", "select_one", ",\"choices\":\"yn\"") ","
		Q("many", "select_multiple", ",\"choices\":\"more\"") ","
		Q("n", "integer", ",\"min\":0,\"max\":9") ","
		Q("scale", "scale", ",\"min\":0,\"max\":3,\"low\":" T("L") ",\"high\":" T("H")) ","
		Q("next", "select_one", ",\"choices\":\"yn\"" ASKED("${yn} = 'yes'")) ","
		Q("grid", "matrix", ",\"choices\":\"abc\",\"rows\":[{\"id\":\"r\",\"label\":" T("R")
			",\"relevant\":\"selected(${many}, 'a')\"}]") ","
		Q("sum", "calculate", ",\"calculation\":\"${scale} + 1\"")));
	/* the last question goes in before the section's end, "]}" */
	json.len -= 2;
	buf_printf(&json, ",{\"id\":\"last\",\"type\":\"note\",\"label\":" T("Last")
		",\"relevant\":\"%s\"}]}]}", relevant);
	if (form_parse(&f, json.data, json.len, &findings, &err) != 0)
		fail_msg("%s: %s", relevant, err.msg);
	findings_finish(&findings);
	buf_finish(&json);
	return f;
}

#define NOT_ALONE ":not(:has(#q-many-none:checked,#q-many-declined:checked))"

static const struct {
	const char *relevant, *rule; /* NULL: always visible */
	bool exact;
} cases[] = {
	{"${yn} = 'yes'", "#form:not(:has(#q-yn-yes:checked))", true},
	{"'yes' = ${yn}", "#form:not(:has(#q-yn-yes:checked))", true},
	{"${yn} != 'yes'", "#form:has(#q-yn-yes:checked)", true},
	{"not(${yn} = 'yes')", "#form:has(#q-yn-yes:checked)", true},
	{"${yn} = 'yes' or ${yn} = 'no'", "#form:not(:has(#q-yn-yes:checked,#q-yn-no:checked))", true},
	{"${yn} != ''", "#form:not(:has([name=\"yn\"]:checked:not([value=\"\"])))", true},
	{"${yn} = ''", "#form:has([name=\"yn\"]:checked:not([value=\"\"]))", true},
	{"selected(${many}, 'a')", "#form:not(:has(#q-many-a:checked)" NOT_ALONE ")", true},
	{"selected(${many}, 'none')", "#form:not(:has(#q-many-none:checked))", true},
	{"selected(${many}, 'declined')",
	 "#form:not(:has(#q-many-declined:checked):not(:has(#q-many-none:checked)))", true},
	{"selected(${many}, 'a') or selected(${many}, 'b')",
	 "#form:not(:has(#q-many-a:checked,#q-many-b:checked)" NOT_ALONE ")", true},
	{"count-selected(${many}) >= 4",
	 "#form:not(:has(#q-many-a:checked):has(#q-many-b:checked):has(#q-many-c:checked)"
	 ":has(#q-many-other:checked)" NOT_ALONE ")", true},
	{"${scale} > 1", "#form:not(:has(#q-scale-2:checked,#q-scale-3:checked))", true},
	{"${sum} = 3", "#form:not(:has(#q-scale-2:checked))", true},
	{"${yn} = 'yes' and ${scale} = 0", "#form:not(:has(#q-yn-yes:checked):has(#q-scale-0:checked))",
	 true},
	{"${yn} = 'yes' or ${scale} = 0", "#form:not(:has(#q-yn-yes:checked,#q-scale-0:checked))", true},
	/* an answer to what is not asked is none */
	{"${next} = 'no'", "#form:not(:has(#q-next-no:checked):has(#q-yn-yes:checked))", true},
	{"${next} != 'no'", "#form:has(#q-next-no:checked):has(#q-yn-yes:checked)", true},
	{"${grid/r} = 'b'",
	 "#form:not(:has(#q-grid-r-b:checked):has(#q-many-a:checked)" NOT_ALONE ")", true},
	/* numbers that are typed cannot be seen: at most what is certain */
	{"${n} > 3", NULL, false},
	{"not(${n} > 3)", NULL, false},
	{"${n} > 3 or ${yn} = 'yes'", NULL, false},
	{"${n} > 3 and ${yn} = 'yes'", "#form:not(:has(#q-yn-yes:checked))", false},
	{"not(${n} > 3 or ${yn} = 'yes')", "#form:has(#q-yn-yes:checked)", false},
	{"starts-with(${many}, 'a')", NULL, false},
	{"today() > '2020-01-01'", NULL, false},
};

static void test_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form *f = form_with(cases[i].relevant);
		struct relevance_css *css;
		struct buf wanted = {0};
		const char *rules;
		struct err err;

		assert_int_equal(relevance_css_create(&css, f, &err), 0);
		rules = relevance_css_rules(css);
		if (relevance_css_exact(css, form_question(f, "last")->relevant) != cases[i].exact)
			fail_msg("%s: exact or not", cases[i].relevant);
		/* others may share the rule: the selector in front, and somewhere behind it the id */
		buf_printf(&wanted, "\n%s ", cases[i].rule != NULL ? cases[i].rule : "");
		if (cases[i].rule == NULL && strstr(rules, "#q-last") != NULL)
			fail_msg("%s: hidden: %s", cases[i].relevant, rules);
		if (cases[i].rule != NULL) {
			const char *at = strstr(rules, wanted.data);
			const char *end = at != NULL ? strchr(at + 1, '\n') : NULL;
			const char *id = at != NULL ? strstr(at, "#q-last") : NULL;

			if (id == NULL || id > end)
				fail_msg("%s: not %s but %s", cases[i].relevant, wanted.data, rules);
		}
		buf_finish(&wanted);
		relevance_css_free(css);
		form_free(f);
	}
}

/* Everything stands behind the guard, brackets match, and :has() is in no :has(). */
static void test_shape(void **state)
{
	struct form *f = sample();
	struct relevance_css *css;
	struct err err;
	const char *s;
	int depth = 0, has = 0;

	(void)state;
	assert_int_equal(relevance_css_create(&css, f, &err), 0);
	s = relevance_css_rules(css);
	assert_int_equal(strncmp(s, "@supports selector(:has(a)){", 28), 0);
	for (s = strstr(s, "#form"); *s != '\0' && *s != '{'; s++) {
		if (strncmp(s, ":has(", 5) == 0) {
			assert_int_equal(has, 0);
			has = depth + 1;
		}
		depth += (*s == '(') - (*s == ')');
		if (has > depth)
			has = 0;
	}
	assert_int_equal(depth, 0);
	assert_non_null(strstr(relevance_css_rules(css), "#s-second"));
	assert_false(relevance_css_exact(css, form_question(f, "say")->relevant));
	assert_true(relevance_css_exact(css, NULL));
	relevance_css_free(css);
	relevance_css_free(NULL);
	form_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules),
		cmocka_unit_test(test_shape),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
