/* test_check.c - the linter finds what harms before a survey goes live. */
#include "tests/unit/forms/check_sample.h"

static void test_clean(void **state)
{
	struct form *f = sample();
	struct findings findings = {0};

	(void)state;
	check_form(f, &findings);
	expect_only(&(struct check_case){.label = "sample"}, &findings);
	form_free(f);
}

static void test_findings(void **state)
{
	static const char text[] =
		"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"x\","
		"\"languages\":[\"en\",\"fr\"],\"title\":" T("t") ",\"introduction\":" T(
			"i") ",\"consent\":" T("c") ",\"thanks\":{\"en\":\"only English\"},"
						    "\"series\":[{\"id\":\"one\",\"title\":" T(
							    "o") "}],\"sections\":[{\"id\":\"s\","
								 "\"title\":" T(
									 "s") ",\"questions\":[{"
									      "\"id\":\"a\","
									      "\"type\":\"select_"
									      "one\",\"label\":"
									      "{\"en\":\"x\"},"
									      "\"choices\":[{"
									      "\"value\":\"y\","
									      "\"label\":{\"en\":"
									      "\"y\"}}],"
									      "\"required\":true,"
									      "\"decline\":false,"
									      "\"constraint\":\". "
									      "!= ''\"}]}]}";
	struct findings findings = {0};
	struct form *f = parsed("findings", text);

	(void)state;
	check_form(f, &findings);
	assert_true(found(&findings, FINDING_ERROR, "thanks", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_ERROR, "a", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_ERROR, "a.choices.y", "into \"fr\" is missing"));
	assert_true(found(&findings, FINDING_WARNING, "a", "only one choice"));
	assert_true(found(&findings, FINDING_WARNING, "a", "cannot be declined"));
	assert_true(found(&findings, FINDING_WARNING, "a", "no constraint_message"));
	assert_true(found(&findings, FINDING_WARNING, "reviewers", "\"fr\" has not been reviewed"));
	assert_true(found(&findings, FINDING_ADVICE, "sections.s", "is in no series"));
	form_free(f);
	findings_finish(&findings);
}

/* 300 questions of 60 choices with long values do not fit; the largest is named with its size. */
static void test_too_long(void **state)
{
	struct findings findings = {0};
	struct buf text = {0};
	struct form *f;

	(void)state;
	buf_puts(&text,
		HEAD "{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"one\"],\"questions\":[");
	for (int i = 0; i < 300; i++) {
		buf_printf(&text, "%s{\"id\":\"q%d\",\"type\":\"select_multiple\",\"label\":" T("q")
			",\"choices\":[", i ? "," : "", i);
		for (int k = 0; k < (i == 7 ? 80 : 60); k++)
			buf_printf(&text, "%s{\"value\":\"%060d\",\"label\":" T("%d") "}",
				k ? "," : "", k, k, k);
		buf_puts(&text, "]}");
	}
	buf_puts(&text, "]}]}");
	f = parsed("too long", text.data);
	check_form(f, &findings);
	assert_true(found(&findings, FINDING_ERROR, "questionnaire", "is too long for a record"));
	assert_true(found(&findings, FINDING_ERROR, "questionnaire", "bytes"));
	assert_true(found(&findings, FINDING_ERROR, "questionnaire", "what takes most: \"q7\" ("));
	form_free(f);
	buf_finish(&text);
	findings_finish(&findings);
}

/* The shipped questionnaires: reviewers are missing, groups are to be thought of; no more. */
static void test_library(void **state)
{
	static const char *const names[] = {"covid-peer-experience", "stigma-and-services"};
	struct findings findings = {0};
	char path[512];
	struct form *f;
	struct err err;

	(void)state;
	for (size_t k = 0; k < COUNT(names); k++) {
		snprintf(path, sizeof path, "%s/forms/library/%s.json", SOURCE, names[k]);
		assert_int_equal(form_load(&f, path, &findings, &err), 0);
		check_form(f, &findings);
		assert_int_equal(check_risks(f, NULL, 0, &findings, &err), 0);
		for (size_t i = 0; i < findings.n; i++)
			if (strstr(findings.list[i].text, "has not been reviewed") == NULL &&
			    strstr(findings.list[i].text, "together sort people") == NULL)
				fail_msg("%s: %s: %s", names[k], findings.list[i].place,
					findings.list[i].text);
		assert_int_equal(findings_count(&findings, FINDING_WARNING), 6);
		assert_int_equal(findings_count(&findings, FINDING_ADVICE), 1);
		form_free(f);
		findings_finish(&findings);
		findings = (struct findings){0};
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_clean),
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
