/* test_form.c - the questionnaire's JSON: everything it says is read, every fault is named. */
#include "tests/unit/forms/sample.h"

#include <math.h>

#define ONE(question) HEAD SECTION("s", "", question) "]}"

static void test_read(void **state)
{
	struct form *f = sample();
	const struct form_question *q;
	struct form_free_text texts[8];

	(void)state;
	assert_int_equal(f->n_questions, 12);
	assert_int_equal(f->n_sections, 2);
	assert_int_equal(f->sections[1].first, 6);
	assert_int_equal(f->sections[1].series, 1);
	assert_int_equal(form_language(f, "fr"), 1);
	assert_int_equal(form_language(f, "de"), -1);
	assert_string_equal(form_text(&f->title, 1), "Title (fr)");
	q = form_question(f, "used");
	assert_int_equal(q->type, FORM_SELECT_MULTIPLE);
	assert_string_equal(q->other->value, "other");
	assert_string_equal(q->other_field, "used/other");
	assert_true(form_choice(q, "none")->exclusive);
	assert_null(form_choice(q, "z"));
	assert_true(q->decline);
	q = form_question(f, "access");
	assert_string_equal(q->rows[1].field, "access/oat");
	assert_non_null(q->rows[1].relevant);
	q = form_question(f, "days");
	assert_int_equal(q->n_bands, 3);
	assert_true(q->max == 31 && isnan(q->step));
	assert_int_equal(form_question(f, "best")->ranks, 2);
	assert_int_equal(form_question(f, "since")->precision, FORM_MONTH);
	assert_false(form_question(f, "say")->decline);
	assert_null(form_question(f, "nobody"));
	assert_int_equal(form_free_texts(f, texts, 8), 3);
	assert_string_equal(texts[0].field, "used/other");
	assert_int_equal(texts[0].kind, RECORD_SHORT);
	assert_string_equal(texts[2].field, "say");
	assert_int_equal(texts[2].kind, RECORD_LONG);
	assert_true(form_right_to_left("ar") && !form_right_to_left("ru"));
	form_free(f);
}

static const struct {
	const char *label, *text, *place, *reason;
} bad[] = {
	{"bad-JSON", "{", "JSON", "line 1"},
	{"bad-format", "{\"format\":\"x\",\"version\":1}", "format", "must be"},
	{"bad-type", ONE(Q("a", "rnak", "")), "sections[0].questions[0]", "unknown type \"rnak\""},
	{"bad-member", ONE(Q("a", "country", ",\"colour\":1")), "sections[0].questions[0]",
		"unknown member \"colour\""},
	{"bad-member of another type", ONE(Q("a", "country", ",\"ranks\":1")),
		"sections[0].questions[0]", "unknown member \"ranks\""},
	{"bad-id", ONE(Q("Age", "country", "")), "sections[0].questions[0]", "\"id\" must be"},
	{"bad-id twice", ONE(Q("a", "note", "") "," Q("a", "note", "")), "sections[0].questions[1]",
		"stands twice"},
	{"bad-list", ONE(Q("a", "select_one", ",\"choices\":\"nix\"")), "sections[0].questions[0]",
		"no list of choices \"nix\""},
	{"bad-no choices", ONE(Q("a", "select_one", "")), "sections[0].questions[0]",
		"\"choices\" is missing"},
	{"bad-declined", ONE(Q("a", "select_one", ",\"choices\":[{\"value\":\"declined\",\"label\":"
		T("x") "}]")), "sections[0].questions[0].choices[0]", "is kept for"},
	{"bad-choice twice", ONE(Q("a", "select_one", ",\"choices\":[{\"value\":\"x\",\"label\":"
		T("x") "},{\"value\":\"x\",\"label\":" T("y") "}]")), "sections[0].questions[0]",
		"\"x\" stands twice"},
	{"bad-exclusive", ONE(Q("a", "select_one", ",\"choices\":\"more\"")),
		"sections[0].questions[0]", "for select_multiple only"},
	{"bad-language", ONE("{\"id\":\"a\",\"type\":\"note\",\"label\":{\"en\":\"x\",\"de\":\"y\"}}"),
		"sections[0].questions[0]", "language \"de\" is not in"},
	{"bad-source text", ONE("{\"id\":\"a\",\"type\":\"note\",\"label\":{\"fr\":\"x\"}}"),
		"sections[0].questions[0]", "no text in \"en\""},
	{"bad-expression", ONE(Q("a", "note", ",\"relevant\":\"1 +\"")), "sections[0].questions[0]",
		"column 4"},
	{"bad-reference", ONE(Q("a", "note", ",\"relevant\":\"${b} = 1\"")),
		"sections[0].questions[0].relevant", "is no question"},
	{"bad-forward reference", ONE(Q("a", "note", ",\"relevant\":\"${b} = 1\"") ","
		Q("b", "integer", "")), "sections[0].questions[0].relevant", "is asked later"},
	{"bad-reference to text", ONE(Q("b", "text", "") "," Q("a", "note",
		",\"relevant\":\"${b} = 1\"")), "sections[0].questions[1].relevant", "free text"},
	{"bad-reference to the country", ONE(Q("b", "country", "") "," Q("a", "note",
		",\"relevant\":\"${b} = 'FR'\"")), "sections[0].questions[1].relevant", "the country"},
	{"bad-bands", ONE(Q("a", "integer", ",\"bands\":[1,1]")), "sections[0].questions[0]",
		"must be numbers that rise"},
	{"bad-range", ONE(Q("a", "integer", ",\"min\":5,\"max\":1")), "sections[0].questions[0]",
		"\"max\" is below"},
	{"bad-fine date", ONE(Q("a", "date", ",\"precision\":\"day\",\"first\":\"2020-01-01\","
		"\"last\":\"2020-02-01\"")), "sections[0].questions[0]", "identify people"},
	{"bad-required text", ONE(Q("a", "text", ",\"required\":true")), "sections[0].questions[0]",
		"never \"required\""},
	{"bad-two countries", ONE(Q("a", "country", "") "," Q("b", "country", "")),
		"sections[0].questions[1]", "only one question"},
	{"bad-series", HEAD "{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"two\"],\"questions\":["
		Q("a", "note", "") "]}]}", "sections[0]", "unknown series \"two\""},
	{"bad-ranks", ONE(Q("a", "ranking", ",\"choices\":\"abc\",\"ranks\":4")),
		"sections[0].questions[0]", "more than there are"},
	{"bad-rows", ONE(Q("a", "matrix", ",\"choices\":\"abc\",\"rows\":[]")),
		"sections[0].questions[0]", "\"rows\" is empty"},
};

static void test_bad(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct findings findings = {0};
		struct form *f = NULL;
		struct err err = {0};

		CHECK(form_parse(&f, bad[i].text, strlen(bad[i].text), &findings, &err) == -1,
			bad[i].label);
		CHECK(f == NULL && err.code == ERR_INPUT && findings.n > 0, bad[i].label);
		if (strcmp(findings.list[0].place, bad[i].place) != 0 ||
		    strstr(findings.list[0].text, bad[i].reason) == NULL)
			fail_msg("%s: %s: %s", bad[i].label, findings.list[0].place,
				findings.list[0].text);
		findings_finish(&findings);
	}
}

/* All faults are named at once, not one a run. */
static void test_many_faults(void **state)
{
	static const char text[] = ONE(Q("A", "rnak", "") "," Q("b", "scale", ",\"min\":0"));
	struct findings findings = {0};
	struct form *f;
	struct err err;

	(void)state;
	assert_int_equal(form_parse(&f, text, sizeof text - 1, &findings, &err), -1);
	assert_int_equal(findings_count(&findings, FINDING_ERROR), 4);
	findings_finish(&findings);
}

static void test_library(void **state)
{
	struct findings findings = {0};
	struct form *f;
	struct err err;
	bool seen[FORM_NOTE + 1] = {false};
	size_t questions = 0, comments = 0;

	(void)state;
	if (form_load(&f, SOURCE "/forms/library/covid-peer-experience.json", &findings, &err) != 0)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < f->n_questions; i++) {
		seen[f->questions[i].type] = true;
		questions += f->questions[i].type != FORM_NOTE;
		comments += f->questions[i].type == FORM_COMMENT;
	}
	for (size_t i = 0; i < COUNT(seen); i++)
		CHECK(seen[i], form_type_name((enum form_type)i));
	assert_in_range(questions, 35, 45);
	assert_in_range(comments, 3, 5);
	assert_int_equal(f->n_series, 2);
	assert_int_equal(f->n_languages, 6);
	form_free(f);
	findings_finish(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_bad),
		cmocka_unit_test(test_many_faults),
		cmocka_unit_test(test_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
