/*
 * test_xlsform.c - a questionnaire written as a workbook and read again is the same questionnaire;
 * languages are told from the names in headers. (What authors' own workbooks give is in
 * tests/flow/15-xlsform.sh.)
 */
#include "forms/workbook.h"
#include "forms/xlsform.h"
#include "forms/xlsform_import.h"
#include "tests/unit/forms/sample.h"

#include <unistd.h>

static char *path_of(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "/tmp/test_xlsform.%d.%s", (int)getpid(), name);
	return path;
}

static struct form *parse(const char *text, const char *label)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err = {0};

	if (form_parse(&f, text, strlen(text), &findings, &err) != 0)
		fail_msg("%s: %s", label, err.msg);
	findings_finish(&findings);
	return f;
}

/* Write, read, and compare by the one layout. */
static void round_trip(const struct form *f, const char *label)
{
	struct findings findings = {0};
	struct workbook *w = NULL;
	struct form *back = NULL;
	struct buf before = {0}, after = {0};
	struct err err = {0};
	const char *path = path_of("xlsx");

	if (xlsform_export(f, path, &err) != 0)
		fail_msg("%s: export: %s", label, err.msg);
	if (workbook_load(&w, path, &err) != 0)
		fail_msg("%s: workbook: %s", label, err.msg);
	if (xlsform_import(&back, w, path, &findings, &err) != 0)
		fail_msg("%s: import: %s: %s", label, findings.n ? findings.list[0].place : err.msg,
			findings.n ? findings.list[0].text : "");
	if (findings.n > 0)
		fail_msg("%s: %s: %s", label, findings.list[0].place, findings.list[0].text);
	form_write(&before, f);
	form_write(&after, back);
	if (before.len != after.len || memcmp(before.data, after.data, before.len) != 0) {
		size_t i = 0;

		while (before.data[i] == after.data[i])
			i++;
		fail_msg("%s: differs: %.60s | %.60s", label, before.data + i, after.data + i);
	}
	unlink(path);
	buf_finish(&before);
	buf_finish(&after);
	form_free(back);
	workbook_free(w);
	findings_finish(&findings);
}

#define YN ",\"choices\":\"yn\""
#define ONE(question) HEAD SECTION("s", "", question) "]}"

static const struct {
	const char *label, *text;
} trips[] =
	{
		{"every type", SAMPLE},
		{"sections and questions of one name",
			HEAD SECTION("a", "",
				Q("a", "integer", "") "," Q("b", "integer", "")) "," SECTION("b",
				",\"relevant\":\"${a} = 1\"",
				Q("section_b", "integer", "")) "," SECTION("section_a", "",
				Q("c", "integer", ",\"relevant\":\"${b} = 2\"")) "]}"},
		{"a section in no series, with a note",
			HEAD "{\"id\":\"s\",\"title\":" T("S") ",\"note\":" T(
				"Note") ",\"questions\":[" Q("a", "integer", "") "]}]}"},
		{"matrix rows that look alike",
			ONE(
				Q("a", "matrix",
					",\"choices\":\"abc\",\"rows\":[{\"id\":\"b_c\","
					"\"label\":" T("1") "},{\"id\":\"x\",\"label\":" T(
						"2") "}]") "," Q("a_b", "matrix",
					",\"choices\":\"abc\",\"required\":true,\"required_"
					"message\":" T("Please") ",\"rows\":[{\"id\":\"c\","
								 "\"label\":" T(
									 "3") "}]") "," Q("a_x",
					"integer",
					",\"relevant\":\"${a/b_c} = 'a' and ${a_b/c} = 'b' and "
					"${a/x} = 'c'\""))},
		{"bounds and rules", ONE(
					     Q("a", "integer",
						     ",\"min\":0,\"max\":30,\"step\":5,"
						     "\"constraint\":\". != 5\"") "," Q("b",
						     "integer", ",\"min\":-5") "," Q("c", "decimal",
						     ",\"max\":7.25") "," Q("d", "decimal",
						     ",\"min\":1,\"constraint\":\". >= 3 or . = "
						     "2\"") "," Q("e", "integer",
						     ",\"constraint\":\". >= 0 and . <= "
						     "9\",\"constraint_message\":" T(
							     "Small")) "," Q("f", "integer",
						     ",\"min\":1,\"max\":2,\"constraint\":\". >= 1 "
						     "and . <= 2\"") "," Q("g", "integer",
						     ",\"max\":2,\"constraint\":\". = 1 and . = "
						     "2\",\"bands\":"
						     "[-1,0,2.5]"))},
		{"all that only we have", ONE(Q("a", "select_one",
						  YN ",\"decline\":false,\"sensitive\":true,"
						     "\"crossing\":true,"
						     "\"level\":\"ordinal\",\"randomize\":true,"
						     "\"required\":true,"
						     "\"required_message\":" T("Do")) "," Q("b",
						  "scale",
						  ",\"min\":-2,\"max\":2,\"low\":" T(
							  "Low") ",\"high\":" T("High")) "," Q("c",
						  "ranking",
						  ",\"choices\":\"abc\",\"ranks\":1,\"decline\":"
						  "false") "," Q("d", "date",
						  ",\"precision\":\"year\",\"first\":\"1950\","
						  "\"last\":\"2010\"") "," Q("e", "text",
						  ",\"max_length\":7") "," Q("f", "comment",
						  ",\"max_length\":4000"))},
		{"filters and calculations",
			HEAD SECTION("s", "",
				"{\"id\":\"a\",\"type\":\"select_one\",\"label\":" T(
					"A") ",\"choices\":[{\"value\":"
					     "\"x\",\"label\":" T(
						     "X") ",\"filter\":{\"town\":\"North "
							  "East\",\"size\":\"1\"}},"
							  "{\"value\":\"refused\",\"label\":" T(
								  "R") "}]},"
								       "{\"id\":\"n\",\"type\":"
								       "\"calculate\","
								       "\"calculation\":\"count-"
								       "selected(${a}) + 1\"},"
								       "{\"id\":\"m\",\"type\":"
								       "\"calculate\","
								       "\"calculation\":\"${n} * "
								       "2\",\"level\":"
								       "\"numeric\"},"
								       "{\"id\":\"b\",\"type\":"
								       "\"select_multiple\","
								       "\"label\":" T(
									       "B") ",\"choices\":"
										    "\"a\","
										    "\"choice_"
										    "filter\":"
										    "\"town = ${m} "
										    "or size = "
										    "'1'\"}") "]}"},
		{"texts that look like something else",
			HEAD SECTION("s", "", Q("a", "note", ",\"hint\":" T("=1+1"))) "," SECTION(
				"t", "",
				Q("b", "note",
					",\"hint\":" T(
						"a \\\"b\\\" <c> & 'd' {e} 100%\\n\\nx")) "," Q("c",
					"note", ",\"hint\":" T("1.0")) "," Q("d", "note",
					",\"hint\":" T("TRUE"))) "]}"},
		{"conditions with texts in quotes",
			ONE(Q("a", "select_one", YN) "," Q("b", "integer",
				",\"relevant\":\"${a} = '${a/b}' or ${a} = \\\"it's\\\" or "
				"not(${a} = 'yes')\"") "," Q("c", "integer",
				",\"relevant\":\"-${b} - -1 < 2 * (3 - ${b}) div 4\""))},
		{"one language, with a country",
			"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"x-1\","
			"\"languages\":"
			"[\"zh-Hant\"],\"title\":{\"zh-Hant\":\"T\"},\"introduction\":{\"zh-Hant\":"
			"\"I\"},"
			"\"consent\":{\"zh-Hant\":\"C\"},\"thanks\":{\"zh-Hant\":\"D\"},\"series\":"
			"[{\"id\":"
			"\"one\",\"title\":{\"zh-Hant\":\"O\"},\"subtitle\":{\"zh-Hant\":\"P\"}}],"
			"\"sections\":[{\"id\":\"s\",\"title\":{\"zh-Hant\":\"S\"},\"questions\":["
			"{\"id\":\"land\",\"type\":\"country\",\"label\":{\"zh-Hant\":\"L\"},"
			"\"decline\":"
			"false}]}]}"},
};

static void test_round_trips(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(trips); i++) {
		struct form *f = parse(trips[i].text, trips[i].label);

		round_trip(f, trips[i].label);
		form_free(f);
	}
}

/* Both shipped questionnaires, and translations that are not finished. */
static void test_library(void **state)
{
	static const char *const names[] = {"covid-peer-experience", "stigma-and-services"};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct findings findings = {0};
		struct form *f = NULL;
		struct err err = {0};
		char path[300];

		snprintf(path, sizeof path, SOURCE "/forms/library/%s.json", names[i]);
		assert_int_equal(form_load(&f, path, &findings, &err), 0);
		round_trip(f, names[i]);
		f->questions[0].label.in[2] = NULL;
		f->sections[0].title.in[3] = NULL;
		f->thanks.in[1] = NULL;
		f->reviewer[4] = f->id;
		round_trip(f, "missing translations");
		form_free(f);
		findings_finish(&findings);
	}
}

static void test_too_long(void **state)
{
	struct form *f = parse(SAMPLE, "sample");
	char *kept = f->thanks.in[1], *text = calloc(1, 40000);
	struct err err = {0};

	(void)state;
	assert_non_null(text);
	memset(text, 'x', 32767);
	f->thanks.in[1] = text;
	assert_int_equal(xlsform_export(f, path_of("long"), &err), 0);
	memset(text, 'x', 32768);
	assert_int_equal(xlsform_export(f, path_of("long"), &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "32767"));
	/* what was there before is still there */
	assert_int_equal(access(path_of("long"), R_OK), 0);
	unlink(path_of("long"));
	assert_int_equal(xlsform_export(f, "/nowhere/at/all.xlsx", &err), -1);
	assert_int_equal(err.code, ERR_IO);
	f->thanks.in[1] = kept;
	free(text);
	form_free(f);
}

/* Columns for choice_filter that a sheet cannot have under their own name. */
static void test_misfits(void **state)
{
	static const char *const names[] = {"label", "Name", "list-name", "a b", "peer::other", ""};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		struct form *f;
		struct err err = {0};
		char text[4000];

		snprintf(text, sizeof text, ONE("{\"id\":\"a\",\"type\":\"select_one\",\"label\":"
			T("A") ",\"choices\":[{\"value\":\"x\",\"label\":" T("X")
			",\"filter\":{\"%s\":\"1\"}}]}"), names[i]);
		f = parse(text, names[i]);
		CHECK(xlsform_export(f, path_of("bad"), &err) == -1, names[i]);
		CHECK(err.code == ERR_INPUT && strstr(err.msg, "cannot have the column"), names[i]);
		form_free(f);
	}
}

static const struct {
	const char *spoken, *code; /* NULL: no language */
} languages[] = {
	{"English (en)", "en"},
	{"English(en)", "en"},
	{"english", "en"},
	{"ENGLISH", "en"},
	{"en", "en"},
	{"EN", "en"},
	{"eng", "en"},
	{"English ( en )", "en"},
	{"Français (fr)", "fr"},
	{"Francais", "fr"},
	{"français", "fr"},
	{"French", "fr"},
	{"Español", "es"},
	{"espanol", "es"},
	{"Português (pt)", "pt"},
	{"Português (BR)", "pt"},
	{"Português (Brasil) (pt-BR)", "pt-BR"},
	{"Русский", "ru"},
	{"العربية", "ar"},
	{"Arabic (ar)", "ar"},
	{"English (UK)", "en"},
	{"Ukrainian (uk)", "uk"},
	{"Kiswahili", "sw"},
	{"Swahili (sw)", "sw"},
	{"Dari", "fa-AF"},
	{"Farsi", "fa"},
	{"Myanmar", "my"},
	{"中文 (zh_Hans)", "zh-Hans"},
	{"Haitian Creole", "ht"},
	{"Bislama (bi)", "bi"},
	{"Something (qqq)", "qqq"},
	{"Tiếng Việt", "vi"},
	{"हिन्दी", "hi"},
	{"bad-Klatchian", NULL},
	{"", NULL},
	{"()", NULL},
	{"(", NULL},
	{"Klatchian ()", NULL},
	{"Klatchian (x)", NULL},
	{"Klatchian (-en)", NULL},
	{"12", NULL},
	{"\xff\xfe", NULL},
};

static void test_languages(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		char code[16] = "";
		bool known = import_language_code(code, languages[i].spoken);

		CHECK(known == (languages[i].code != NULL), languages[i].spoken);
		if (known && strcmp(code, languages[i].code) != 0)
			fail_msg("%s: %s", languages[i].spoken, code);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_round_trips),
		cmocka_unit_test(test_library),
		cmocka_unit_test(test_too_long),
		cmocka_unit_test(test_misfits),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
