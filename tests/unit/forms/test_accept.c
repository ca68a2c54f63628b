/* test_accept.c - the rule book: canonical form, pruning, and every fault. */
#include "forms/accept.h"
#include "tests/unit/forms/sample.h"

enum { NONE = -1 };

static const struct {
	const char *label;
	const char *pairs[16];
	const char *canonical;
	int fault;
} cases[] = {
	{"nothing", {NULL}, "", NONE},
	{"order of the questionnaire", {"well", "yes", "country", "FR"}, "country=FR;well=yes", NONE},
	{"choices in order, once", {"+used", "b", "+used", "a", "+used", "b"}, "used=a,b", NONE},
	{"exclusive wins", {"+used", "b", "+used", "none", "+used", "a"}, "used=none", NONE},
	{"declined wins", {"+used", "b", "+used", "declined"}, "used=declined", NONE},
	{"a single value of many", {"used", "b"}, "used=b", NONE},
	{"other with its text", {"+used", "other", "used/other", " khat \r\n"},
		"used=other;used/other=khat", NONE},
	{"other text without its choice goes", {"+used", "a", "used/other", "khat"}, "used=a", NONE},
	{"blank goes", {"well", "", "country", ""}, "", NONE},
	{"hidden section goes", {"well", "yes", "days", "4", "say", "x"}, "well=yes", NONE},
	{"hidden by a hidden answer", {"well", "no", "days", "2", "say", "x"}, "well=no;days=2", NONE},
	{"shown", {"well", "no", "days", "4", "say", "x"}, "well=no;days=4;say=x", NONE},
	{"hidden nonsense is no fault", {"well", "yes", "days", "many"}, "well=yes", NONE},
	{"row that was not asked", {"access/nsp", "a", "access/oat", "b"}, "access/nsp=a", NONE},
	{"row that was asked", {"+used", "a", "access/oat", "b"}, "used=a;access/oat=b", NONE},
	{"declined row", {"access/nsp", "declined"}, "access/nsp=declined", NONE},
	{"numbers are shortened", {"well", "no", "days", " 007 ", "hours", "3.50"},
		"well=no;days=7;hours=3.5", NONE},
	{"Arabic digits and comma", {"well", "no", "days", "\u0661\u0662", "hours", "2,5"},
		"well=no;days=12;hours=2.5", NONE},
	{"Arabic decimal sign", {"well", "no", "days", "\u06f9", "hours", "\u0662\u066b\u0665"},
		"well=no;days=9;hours=2.5", NONE},
	{"scale", {"happy", "10"}, "happy=10", NONE},
	{"scale declined", {"happy", "declined"}, "happy=declined", NONE},
	{"ranking", {"+best", "c", "+best", "a"}, "best=c,a", NONE},
	{"ranking, one only", {"+best", "c", "+best", ""}, "best=c", NONE},
	{"date", {"well", "no", "since", "2020-04"}, "well=no;since=2020-04", NONE},
	{"text at its limit", {"well", "no", "word", "\u00e9\u00e9\u00e9\u00e9\u00e9"},
		"well=no;word=\u00e9\u00e9\u00e9\u00e9\u00e9", NONE},
	{"line ends of a comment", {"well", "no", "days", "5", "say", "a\r\nb\rc"},
		"well=no;days=5;say=a\nb\nc", NONE},
	{"right-to-left mark and emoji stay", {"well", "no", "days", "5", "say",
		"\u200f\U0001f642"}, "well=no;days=5;say=\u200f\U0001f642", NONE},
	{"the word declined is a text like any", {"well", "no", "days", "5", "say", "declined"},
		"well=no;days=5;say=declined", NONE},

	{"bad-field", {"who", "x"}, "who=x", ACCEPT_UNKNOWN_FIELD},
	{"bad-row", {"access/who", "a"}, "access/who=a", ACCEPT_UNKNOWN_FIELD},
	{"bad-matrix itself", {"access", "a"}, "access=a", ACCEPT_UNKNOWN_FIELD},
	{"bad-note", {"well", "no", "read", "x"}, "well=no;read=x", ACCEPT_UNKNOWN_FIELD},
	{"bad-other of none", {"well", "yes", "well/other", "x"}, "well=yes;well/other=x",
		ACCEPT_UNKNOWN_FIELD},
	{"bad-choice", {"well", "maybe"}, "well=maybe", ACCEPT_UNKNOWN_CHOICE},
	{"bad-choice of many", {"+used", "a", "+used", "z"}, "used=a,z", ACCEPT_UNKNOWN_CHOICE},
	{"bad-choice of row", {"access/nsp", "z"}, "access/nsp=z", ACCEPT_UNKNOWN_CHOICE},
	{"bad-country", {"country", "XX"}, "country=XX", ACCEPT_UNKNOWN_CHOICE},
	{"bad-country small", {"country", "fr"}, "country=fr", ACCEPT_UNKNOWN_CHOICE},
	{"bad-two of one", {"+well", "yes", "+well", "no"}, "well=yes,no", ACCEPT_TWICE},
	{"bad-ranked twice", {"+best", "a", "+best", "a"}, "best=a,a", ACCEPT_TWICE},
	{"bad-too many ranks", {"+best", "a", "+best", "b", "+best", "c"}, "best=a,b,c", ACCEPT_TWICE},
	{"bad-rank gap", {"+best", "", "+best", "a"}, "best=,a", ACCEPT_RANK_GAP},
	{"bad-number", {"happy", "ten"}, "happy=ten", ACCEPT_NOT_A_NUMBER},
	{"bad-two commas", {"well", "no", "hours", "1,000,5"}, "well=no;hours=1,000,5",
		ACCEPT_NOT_A_NUMBER},
	{"bad-endless", {"happy", "1111111111111111111111111111"},
		"happy=1111111111111111111111111111", ACCEPT_NOT_A_NUMBER},
	{"bad-hex", {"happy", "0x1"}, "happy=0x1", ACCEPT_NOT_A_NUMBER},
	{"bad-whole", {"happy", "1.5"}, "happy=1.5", ACCEPT_NOT_WHOLE},
	{"bad-small", {"happy", "-1"}, "happy=-1", ACCEPT_TOO_SMALL},
	{"bad-large", {"happy", "11"}, "happy=11", ACCEPT_TOO_LARGE},
	{"bad-step", {"well", "no", "days", "9", "hours", "1.3"}, "well=no;days=9;hours=1.3",
		ACCEPT_BAD_STEP},
	{"bad-rule", {"well", "no", "days", "0", "hours", "2"}, "well=no;days=0;hours=2",
		ACCEPT_CONSTRAINT},
	{"bad-long", {"well", "no", "word", "abcdef"}, "well=no;word=abcdef", ACCEPT_TOO_LONG},
	{"bad-control", {"well", "no", "word", "a\x01"}, "well=no;word=a\x01", ACCEPT_BAD_TEXT},
	{"bad-C1 control", {"well", "no", "word", "a\xc2\x85"}, "well=no;word=a\xc2\x85", ACCEPT_BAD_TEXT},
	{"bad-utf8", {"well", "no", "word", "a\xff"}, "well=no;word=a\xff", ACCEPT_BAD_TEXT},
	{"bad-month", {"well", "no", "since", "2020-13"}, "well=no;since=2020-13", ACCEPT_BAD_DATE},
	{"bad-early", {"well", "no", "since", "2019-12"}, "well=no;since=2019-12", ACCEPT_BAD_DATE},
	{"bad-day", {"well", "no", "since", "2020-04-01"}, "well=no;since=2020-04-01",
		ACCEPT_BAD_DATE},
};

static void test_cases(void **state)
{
	struct form *f = sample();

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct answers *a = given(cases[i].pairs);
		struct accept_report report = {0};
		struct err err;
		int status = accept_answers(a, f, &report, &err);
		char *text = shown(a);

		if (strcmp(text, cases[i].canonical) != 0)
			fail_msg("%s: %s", cases[i].label, text);
		CHECK(status == (cases[i].fault != NONE), cases[i].label);
		CHECK(report.n == (cases[i].fault != NONE), cases[i].label);
		if (report.n > 0)
			CHECK((int)report.list[0].fault == cases[i].fault, cases[i].label);
		/* canonical form stays as it is */
		accept_report_finish(&report);
		accept_answers(a, f, &report, &err);
		free(text);
		text = shown(a);
		CHECK(strcmp(text, cases[i].canonical) == 0, cases[i].label);
		free(text);
		accept_report_finish(&report);
		answers_free(a);
	}
	form_free(f);
}

static void test_required(void **state)
{
	static const char text[] = HEAD SECTION("s", "",
		Q("a", "select_one", ",\"choices\":\"yn\",\"required\":true,\"decline\":false") ","
		Q("c", "country", ",\"required\":true,\"relevant\":\"${a} = 'yes'\"") ","
		Q("m", "matrix", ",\"choices\":\"abc\",\"required\":true,\"rows\":[{\"id\":\"x\","
			"\"label\":" T("x") "},{\"id\":\"y\",\"label\":" T("y") "}]")) "]}";
	struct findings findings = {0};
	struct form *f;
	struct err err;
	struct accept_report report = {0};
	struct answers *a = given((const char *const[]){"m/x", "a", NULL});

	(void)state;
	assert_int_equal(form_parse(&f, text, sizeof text - 1, &findings, &err), 0);
	assert_int_equal(accept_answers(a, f, &report, &err), 1);
	assert_int_equal(report.n, 2);
	assert_int_equal(report.list[0].fault, ACCEPT_REQUIRED);
	assert_string_equal(report.list[0].question->id, "a");
	assert_string_equal(report.list[1].row->id, "y");
	accept_report_finish(&report);
	answers_set(a, "a", "declined", &err);
	answers_set(a, "m/y", "declined", &err);
	assert_int_equal(accept_answers(a, f, &report, &err), 1);
	assert_int_equal(report.list[0].fault, ACCEPT_NO_DECLINE);
	accept_report_finish(&report);
	answers_set(a, "a", "yes", &err);
	assert_int_equal(accept_answers(a, f, &report, &err), 1);
	assert_string_equal(report.list[0].question->id, "c");
	accept_report_finish(&report);
	/* a country that was reduced to its region has been answered */
	answers_set_region(a, "150", &err);
	assert_int_equal(accept_answers(a, f, &report, &err), 0);
	accept_report_finish(&report);
	answers_free(a);
	form_free(f);
	findings_finish(&findings);
}

static struct form *parsed(const char *text)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, text, strlen(text), &findings, &err) != 0)
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

/* Cascading choices: what is not offered for the earlier answer is a fault, not another answer. */
static void test_choice_filter(void **state)
{
	struct form *f = parsed(HEAD SECTION("s", "",
		Q("part", "select_one", ",\"choices\":[{\"value\":\"n\",\"label\":" T("N")
			"},{\"value\":\"s\",\"label\":" T("S") "}]") ","
		Q("town", "select_one", ",\"choice_filter\":\"part = ${part}\",\"choices\":["
			"{\"value\":\"n1\",\"label\":" T("1") ",\"filter\":{\"part\":\"n\"}},"
			"{\"value\":\"s1\",\"label\":" T("2") ",\"filter\":{\"part\":\"s\"}}]"))
		"]}");
	struct answers *a = given((const char *const[]){"part", "n", "town", "n1", NULL});
	struct accept_report report = {0};
	struct err err;

	(void)state;
	assert_int_equal(accept_answers(a, f, &report, &err), 0);
	answers_set(a, "part", "s", &err);
	assert_int_equal(accept_answers(a, f, &report, &err), 1);
	assert_int_equal(report.list[0].fault, ACCEPT_NOT_OFFERED);
	assert_string_equal(report.list[0].question->id, "town");
	accept_report_finish(&report);
	answers_free(a);
	form_free(f);
}

/* Calculations are worked out, whatever was sent, and conditions see them. */
static void test_calculation(void **state)
{
	struct form *f = parsed(HEAD SECTION("s", "",
		Q("days", "integer", "") ","
		"{\"id\":\"often\",\"type\":\"calculate\",\"calculation\":"
		"\"if(${days} > 10, 'yes', '')\"},"
		Q("why", "select_one", ",\"choices\":\"yn\",\"relevant\":\"${often} = 'yes'\""))
		"]}");
	struct answers *a = given((const char *const[]){"why", "yes", "often", "no", "days", "12",
		NULL});
	struct accept_report report = {0};
	struct err err;
	char *text;

	(void)state;
	assert_int_equal(accept_answers(a, f, &report, &err), 0);
	text = shown(a);
	assert_string_equal(text, "days=12;often=yes;why=yes");
	free(text);
	answers_set(a, "days", "3", &err);
	assert_int_equal(accept_answers(a, f, &report, &err), 0);
	text = shown(a);
	assert_string_equal(text, "days=3");
	free(text);
	answers_free(a);
	form_free(f);
}

static void test_words(void **state)
{
	(void)state;
	for (int i = 0; i < ACCEPT_FAULTS; i++) {
		assert_non_null(accept_fault_text((enum accept_fault)i));
		assert_memory_equal(accept_fault_key((enum accept_fault)i), "error.", 6);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_required),
		cmocka_unit_test(test_choice_filter),
		cmocka_unit_test(test_calculation),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
