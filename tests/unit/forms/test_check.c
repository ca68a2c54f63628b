/* test_check.c - the linter finds what harms before a survey goes live. */
#include "forms/check.h"
#include "tests/unit/forms/sample.h"

static bool found(const struct findings *f, enum finding_grade grade, const char *place,
                  const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].grade == grade && strcmp(f->list[i].place, place) == 0 &&
		    strstr(f->list[i].text, text) != NULL)
			return true;
	return false;
}

static void test_clean(void **state)
{
	struct form *f = sample();
	struct findings findings = {0};

	(void)state;
	check_form(f, &findings);
	assert_int_equal(findings.n, 0);
	form_free(f);
}

static void test_findings(void **state)
{
	static const char text[] =
		"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"x\","
		"\"languages\":[\"en\",\"fr\"],\"title\":" T("t") ",\"introduction\":" T("i")
		",\"consent\":" T("c") ",\"thanks\":{\"en\":\"only English\"},"
		"\"series\":[{\"id\":\"one\",\"title\":" T("o") "}],\"sections\":[{\"id\":\"s\","
		"\"title\":" T("s") ",\"questions\":[{\"id\":\"a\",\"type\":\"select_one\",\"label\":"
		"{\"en\":\"x\"},\"choices\":[{\"value\":\"y\",\"label\":{\"en\":\"y\"}}],"
		"\"required\":true,\"decline\":false}]}]}";
	struct findings findings = {0};
	struct form *f;
	struct err err;

	(void)state;
	assert_int_equal(form_parse(&f, text, sizeof text - 1, &findings, &err), 0);
	check_form(f, &findings);
	assert_true(found(&findings, FINDING_ERROR, "thanks", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_ERROR, "a", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_ERROR, "a.choices.y", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_WARNING, "a", "only one choice"));
	assert_true(found(&findings, FINDING_WARNING, "a", "cannot be declined"));
	assert_true(found(&findings, FINDING_WARNING, "reviewers", "\"fr\" has not been reviewed"));
	assert_true(found(&findings, FINDING_ADVICE, "sections.s", "is in no series"));
	form_free(f);
	findings_finish(&findings);
}

/* Many missing translations are a few lines and a number, not a wall. */
static void test_many_missing(void **state)
{
	static const char note[] = "{\"id\":\"n%d\",\"type\":\"note\",\"label\":{\"en\":\"x\"}}%s";
	struct findings findings = {0};
	struct buf text = {0};
	struct form *f;
	struct err err;

	(void)state;
	buf_puts(&text, HEAD "{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"one\"],\"questions\":[");
	for (int i = 0; i < 50; i++)
		buf_printf(&text, note, i, i < 49 ? "," : "]}]}");
	assert_int_equal(form_parse(&f, text.data, text.len, &findings, &err), 0);
	check_form(f, &findings);
	assert_int_equal(findings_count(&findings, FINDING_ERROR), 4);
	assert_true(found(&findings, FINDING_ERROR, "languages", "47 more translations into \"fr\""));
	buf_finish(&text);
	form_free(f);
	findings_finish(&findings);
}

/* The shipped questionnaires have no error; their translations wait for reviewers. */
static void test_library(void **state)
{
	struct findings findings = {0};
	struct form *f;
	struct err err;

	(void)state;
	assert_int_equal(form_load(&f, SOURCE "/forms/library/covid-peer-experience.json", &findings,
		&err), 0);
	check_form(f, &findings);
	for (size_t i = 0; i < findings.n; i++)
		if (findings.list[i].grade == FINDING_ERROR)
			fail_msg("%s: %s", findings.list[i].place, findings.list[i].text);
	assert_int_equal(findings_count(&findings, FINDING_ADVICE), 0);
	assert_true(found(&findings, FINDING_WARNING, "reviewers", "\"ar\" has not been reviewed"));
	form_free(f);
	findings_finish(&findings);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_many_missing),
		cmocka_unit_test(test_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
