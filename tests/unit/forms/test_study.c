/* test_study.c - the study folder: made whole, read strictly. */
#include "forms/study.h"
#include "forms/study_new.h"
#include "lib/base/file.h"
#include "tests/unit/test.h"

#include <sys/stat.h>
#include <unistd.h>

static char root[64], folder[128];

static int set_up(void **state)
{
	(void)state;
	strcpy(root, "/tmp/peer-survey-study.XXXXXX");
	if (mkdtemp(root) == NULL)
		return -1;
	snprintf(folder, sizeof folder, "%s/study", root);
	return 0;
}

static int clear(void **state)
{
	char command[160];

	(void)state;
	snprintf(command, sizeof command, "rm -rf '%s'", root);
	return system(command);
}

static void put(const char *name, const char *text)
{
	char path[256];
	struct err err;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	if (file_replace(path, text, strlen(text), 0644, &err) != 0)
		fail_msg("%s", err.msg);
}

static void test_new(void **state)
{
	struct study *s;
	struct err err;
	char *round;

	(void)state;
	assert_int_equal(study_new(folder, "covid-peer-experience", &err), 0);
	assert_int_equal(study_load(&s, folder, &err), 0);
	assert_int_equal(s->threshold, 10);
	assert_int_equal(s->coalition, 1);
	assert_false(s->keep_country || s->text_region || s->demonstration);
	assert_string_equal(s->report_languages[5], "ar");
	assert_null(s->report_languages[6]);
	assert_true(strlen(study_text(s->title, "en")) > 0);
	assert_string_equal(study_text(s->title, "de"), study_text(s->title, "en"));
	assert_string_equal(study_text(s->contact, "en"), "");
	assert_int_equal(study_round(&round, s, NULL, &err), -1);
	assert_non_null(strstr(err.msg, "make its keys first"));
	assert_true(s->field_start == NULL && s->field_end == NULL);
	study_free(s);
}

/* A new study.json shows whatever can be set. */
static void test_new_whole(void **state)
{
	static const char *const names[] = {"format", "version", "id", "title", "contact",
		"support", "report_languages", "threshold", "coalition", "full_cells", "country",
		"text_region", "demonstration", "quick_exit", "tab_title", "field_start",
		"field_end", "report", "cherries"};
	struct buf text = {0};
	struct json *v;
	char path[320];
	struct err err;

	(void)state;
	snprintf(path, sizeof path, "%s/study.json", folder);
	assert_int_equal(file_read(&text, path, 1 << 16, &err), 0);
	assert_int_equal(json_parse(&v, text.data, text.len, &err), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (json_get(v, names[i]) == NULL)
			fail_msg("no \"%s\"", names[i]);
	assert_int_equal(json_count(v), sizeof names / sizeof *names);
	json_free(v);
	buf_finish(&text);
}

/* Each built-in narrative stands, byte for byte, where survey-report looks for it. */
static void test_narratives(void **state)
{
	static const char own[] = "covid-peer-experience/";
	char path[320], other[160];
	struct buf text = {0};
	struct err err;
	size_t n = 0;

	(void)state;
	for (const struct library_file *f = library_narratives; f->name != NULL; f++, n++) {
		assert_memory_equal(f->name, own, sizeof own - 1);
		snprintf(path, sizeof path, "%s/narratives/%s", folder, f->name + sizeof own - 1);
		assert_int_equal(file_read(&text, path, 1 << 20, &err), 0);
		assert_int_equal(text.len, f->n);
		assert_memory_equal(text.data, f->text, f->n);
		buf_finish(&text);
	}
	assert_int_equal(n, 12);
	snprintf(other, sizeof other, "%s/other", root);
	assert_int_equal(study_new(other, "stigma-and-services", &err), 0);
	snprintf(path, sizeof path, "%s/narratives", other);
	assert_false(file_exists(path));
	snprintf(path, sizeof path, "rm -rf '%s'", other);
	assert_int_equal(system(path), 0);
}

static void test_bad_new(void **state)
{
	char other[160];
	struct err err;

	(void)state;
	assert_int_equal(study_new(folder, "covid-peer-experience", &err), -1);
	assert_non_null(strstr(err.msg, "not an empty folder"));
	snprintf(other, sizeof other, "%s/other", root);
	assert_int_equal(study_new(other, "nix", &err), -1);
	assert_non_null(strstr(err.msg, "covid-peer-experience"));
	assert_false(file_exists(other));
	snprintf(other, sizeof other, "%s/no/such/place", root);
	assert_int_equal(study_new(other, "covid-peer-experience", &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void test_rounds(void **state)
{
	struct study *s;
	struct err err;
	char path[256], *round;

	(void)state;
	assert_int_equal(study_load(&s, folder, &err), 0);
	snprintf(path, sizeof path, "%s/rounds", folder);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/rounds/2020-05", folder);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/rounds/2020-11", folder);
	mkdir(path, 0755);
	snprintf(path, sizeof path, "%s/rounds/.2021", folder);
	mkdir(path, 0755);
	assert_int_equal(study_round(&round, s, NULL, &err), 0);
	assert_string_equal(round, "2020-11");
	free(round);
	assert_int_equal(study_round(&round, s, "2020-05", &err), -1); /* no key in it */
	assert_int_equal(study_round(&round, s, "../x", &err), -1);
	assert_true(study_round_valid("2020-05") && study_round_valid("R.1_a"));
	assert_false(study_round_valid("") || study_round_valid(".x") || study_round_valid("a/b") ||
		study_round_valid("12345678901234567890123456789012"));
	study_free(s);
}

#define STUDY "{\"format\":\"peer-survey-study\",\"version\":1,\"id\":\"x\""

static const char *const bad[][2] = {
	{"{", "study.json: line 1"},
	{"{}", "\"format\" must be"},
	{STUDY ",\"threshold\":4}", "threshold: must be a whole number of at least 5"},
	{STUDY ",\"threshold\":\"ten\"}", "threshold"},
	{STUDY ",\"coalition\":0}", "coalition"},
	{STUDY ",\"full_cells\":\"some\"}", "full_cells"},
	{STUDY ",\"full_cells\":1}", "full_cells"},
	{STUDY ",\"country\":\"both\"}", "country"},
	{STUDY ",\"quick_exit\":\"javascript:x\"}", "quick_exit"},
	{STUDY ",\"tab_title\":\"x\"}", "tab_title: must be an object"},
	{STUDY ",\"tab_title\":{\"en\":1}}", "tab_title"},
	{STUDY ",\"title\":\"x\"}", "title: must be an object"},
	{STUDY ",\"field_start\":\"spring\"}", "field_start: must be a month"},
	{STUDY ",\"field_end\":\"2020\"}", "field_end: must be a month"},
	{STUDY ",\"field_start\":\"2020-05\",\"field_end\":\"2020-04\"}", "before field_start"},
	{STUDY ",\"report\":\"x\"}", "report: must be an object"},
	{STUDY ",\"report\":{\"editor\":{}}}", "report: unknown member \"editor\""},
	{STUDY ",\"report\":{\"publisher\":\"P\"}}", "report: publisher: must be an object"},
	{STUDY ",\"report\":{\"published\":\"2020\"}}", "report: published: must be a month"},
	{STUDY ",\"report\":{\"published\":\"2020-00\"}}", "report: published"},
	{STUDY ",\"report\":{\"published\":\"2020-13\"}}", "report: published"},
	{STUDY ",\"report\":{\"published\":202009}}", "report: published"},
	{STUDY ",\"cherries\":[]}", "cherries: must be an object"},
	{STUDY ",\"cherries\":{\"published\":\"\"}}", "cherries: unknown member"},
	{STUDY ",\"cherries\":{\"context\":{\"en\":1}}}", "cherries: context"},
	{STUDY ",\"cherries\":{\"page_loads\":-1}}", "cherries: page_loads: must be a whole"},
	{STUDY ",\"cherries\":{\"started\":0.5}}", "cherries: started"},
	{STUDY ",\"ip_addresses\":true}", "unknown member \"ip_addresses\""},
};

static void test_bad_study(void **state)
{
	struct study *s;
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(bad); i++) {
		put("study.json", bad[i][0]);
		CHECK(study_load(&s, folder, &err) == -1, bad[i][0]);
		if (strstr(err.msg, bad[i][1]) == NULL)
			fail_msg("%s: %s", bad[i][0], err.msg);
	}
	assert_int_equal(study_load(&s, "/no/such/study", &err), -1);
	assert_non_null(strstr(err.msg, "no such study folder"));
}

static size_t missing(const struct study_report *r, const char *language, char text[2][256])
{
	struct findings f = {0};
	size_t n;

	text[0][0] = text[1][0] = '\0';
	if (language == NULL)
		study_report_missing(&f, FINDING_ADVICE, r);
	else
		study_report_untranslated(&f, FINDING_ADVICE, r, language);
	n = f.n;
	for (size_t i = 0; i < n && i < 2; i++)
		snprintf(text[i], sizeof text[i], "%s: %s", f.list[i].place, f.list[i].text);
	findings_finish(&f);
	return n;
}

/* What staff say of their reports, and what is told of what they have not said. */
static void test_report(void **state)
{
	struct study *s;
	struct err err;
	char text[2][256];

	(void)state;
	put("study.json", STUDY "}");
	assert_int_equal(study_load(&s, folder, &err), 0);
	assert_null(s->report.published);
	assert_int_equal(missing(&s->report, NULL, text), 2);
	assert_non_null(strstr(text[0], "report: publisher, authors, licence, published: empty"));
	assert_non_null(strstr(text[1], "cherries: irb_approval, development_and_testing, "
	                                "contact_mode, advertising, context, incentives: empty"));
	assert_int_equal(missing(&s->report, "en", text), 0);
	study_free(s);
	put("study.json", STUDY ",\"report\":{\"publisher\":{\"en\":\"P\"},"
	                  "\"authors\":{\"en\":\"A\",\"fr\":\"B\"},\"licence\":{\"en\":\"\"},"
	                  "\"published\":\"2020-09\"},\"cherries\":{\"context\":{\"en\":\"C\"},"
	                  "\"page_loads\":4012}}");
	assert_int_equal(study_load(&s, folder, &err), 0);
	assert_string_equal(s->report.published, "2020-09");
	assert_int_equal(s->report.loads[STUDY_PAGE_LOADS], 4012);
	assert_int_equal(s->report.loads[STUDY_STARTED], 0);
	assert_string_equal(study_text(s->report.imprint[STUDY_AUTHORS], "fr"), "B");
	assert_string_equal(study_text(s->report.items[STUDY_CONTEXT], "fr"), "C");
	assert_int_equal(missing(&s->report, NULL, text), 2);
	assert_non_null(strstr(text[0], "report: licence: empty"));
	assert_null(strstr(text[1], "context"));
	assert_int_equal(missing(&s->report, "fr", text), 2);
	assert_non_null(strstr(text[0], "report: publisher: printed in another language: "
	                                "study.json has no text in fr"));
	assert_non_null(strstr(text[1], "cherries: context: printed in"));
	study_free(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_new),
		cmocka_unit_test(test_new_whole),
		cmocka_unit_test(test_narratives),
		cmocka_unit_test(test_bad_new),
		cmocka_unit_test(test_rounds),
		cmocka_unit_test(test_bad_study),
		cmocka_unit_test(test_report),
	};

	return cmocka_run_group_tests(tests, set_up, clear);
}
