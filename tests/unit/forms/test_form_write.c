/* test_form_write.c - one layout: reading what was written gives the same bytes again. */
#include "tests/unit/forms/sample.h"

#include "lib/base/file.h"

#include <dirent.h>

static struct form *parsed(const char *text, size_t n)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, text, n, &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

/* A form that has every member there is. */
#define WHOLE                                                                                  \
	HEAD SECTION("s", ",\"note\":" T("note"),                                              \
		Q("where", "select_one", ",\"choices\":[{\"value\":\"n\",\"label\":" T("N")     \
			"},{\"value\":\"s\",\"label\":" T("S") "}],\"crossing\":true,"          \
			"\"level\":\"nominal\"") ","                                           \
		Q("town", "select_one", ",\"choices\":[{\"value\":\"n1\",\"label\":" T("N1")    \
			",\"filter\":{\"part\":\"n\"}},{\"value\":\"s1\",\"label\":" T("S1")     \
			",\"filter\":{\"part\":\"s\",\"size\":\"2\"}},{\"value\":\"x\",\"label\":"\
			T("X") ",\"other\":true}],\"choice_filter\":\"part = ${where} or "      \
			"part = ''\",\"randomize\":true,\"required\":true,"                     \
			"\"required_message\":" T("please") ",\"hint\":" T("hint")) ","         \
		Q("days", "integer", ",\"min\":0,\"max\":31,\"bands\":[0,1,10],\"step\":1,"    \
			"\"constraint\":\". < 31\",\"constraint_message\":" T("less")           \
			",\"decline\":false,\"sensitive\":true,\"level\":\"numeric\"") ","      \
		"{\"id\":\"many\",\"type\":\"calculate\",\"calculation\":"                     \
		"\"if(${days} > 10, 'yes', 'no')\"},"                                          \
		Q("then", "comment", ",\"max_length\":300,\"relevant\":\"${many} = 'yes'\""))  \
	"]}"

static void test_round_trip(void **state)
{
	static const char *const texts[] = {SAMPLE, WHOLE};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct form *f = parsed(texts[i], strlen(texts[i])), *again;
		struct buf one = {0}, two = {0};

		form_write(&one, f);
		again = parsed(one.data, one.len);
		form_write(&two, again);
		assert_string_equal(one.data, two.data);
		assert_int_equal(again->n_questions, f->n_questions);
		form_free(f);
		form_free(again);
		buf_finish(&one);
		buf_finish(&two);
	}
}

static void test_all_members(void **state)
{
	static const char *const members[] = {"\"note\": {", "\"crossing\": true",
		"\"level\": \"nominal\"", "\"choices\": \"where\"", "\"part\": \"s\"",
		"\"size\": \"2\"", "\"choice_filter\": \"part = ${where} or part = ''\"",
		"\"randomize\": true", "\"required\": true", "\"required_message\": {",
		"\"hint\": {", "\"bands\": [0, 1, 10]", "\"constraint\": \". < 31\"",
		"\"decline\": false", "\"sensitive\": true", "\"max_length\": 300",
		"\"calculation\": \"if(${days} > 10, 'yes', 'no')\"",
		"\"relevant\": \"${many} = 'yes'\"", "\"reviewers\": {", "\"other\": true"};
	struct form *f = parsed(WHOLE, strlen(WHOLE));
	struct buf b = {0};

	(void)state;
	form_write(&b, f);
	for (size_t i = 0; i < COUNT(members); i++)
		CHECK(strstr(b.data, members[i]) != NULL, members[i]);
	form_free(f);
	buf_finish(&b);
}

/* The library's files stand in this layout, so that a change shows as what it is. */
static void test_library(void **state)
{
	DIR *folder = opendir(SOURCE "/forms/library");
	struct dirent *entry;
	size_t n = 0;

	(void)state;
	assert_non_null(folder);
	while ((entry = readdir(folder)) != NULL) {
		char path[512];
		struct buf text = {0}, written = {0};
		struct form *f;
		struct err err;

		if (strstr(entry->d_name, ".json") == NULL)
			continue;
		snprintf(path, sizeof path, SOURCE "/forms/library/%.200s", entry->d_name);
		assert_int_equal(file_read(&text, path, FORM_FILE, &err), 0);
		f = parsed(text.data, text.len);
		form_write(&written, f);
		CHECK(strcmp(text.data, written.data) == 0, entry->d_name);
		form_free(f);
		buf_finish(&text);
		buf_finish(&written);
		n++;
	}
	closedir(folder);
	assert_true(n >= 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trip),
		cmocka_unit_test(test_all_members),
		cmocka_unit_test(test_library),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
