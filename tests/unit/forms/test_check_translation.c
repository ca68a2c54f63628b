/* test_check_translation.c - texts that are missing, left as they were, repeated or too long. */
#include "tests/unit/forms/check_sample.h"

#define TWO(en, fr) "{\"en\":\"" en "\",\"fr\":\"" fr "\"}"
#define SAME(en) TWO(en, en)
#define NOTE(id, label) "{\"id\":\"" id "\",\"type\":\"note\",\"label\":" label "}"
#define ASK(id, label) "{\"id\":\"" id "\",\"type\":\"integer\",\"label\":" label "}"
#define PICK(choices)                                                                          \
	"{\"id\":\"a\",\"type\":\"select_one\",\"label\":" T("a") ",\"choices\":[" choices "]}"
#define C(value, label) "{\"value\":\"" value "\",\"label\":" label "}"
#define C2(value, label, filter)                                                               \
	"{\"value\":\"" value "\",\"label\":" label ",\"filter\":{\"r\":\"" filter "\"}}"
#define FIFTY "aaaa bbbb cccc dddd eeee ffff gggg hhhh iiii jjjj "

static const struct check_case cases[] = {
	{"sentence", ONE(NOTE("a", SAME("How are you today?"))), FINDING_WARNING, "a",
		"is the same in \"fr\" as in \"en\""},
	{"three words", ONE(NOTE("a", SAME("Not at all"))), FINDING_WARNING, "a", "is the same"},
	{"choice", ONE(PICK(C("x", SAME("Yes, more than once")) "," C("y", T("y")))),
		FINDING_WARNING, "a.choices.x", "is the same"},
	{"short word", ONE(NOTE("a", SAME("Cannabis"))), 0, NULL, NULL},
	{"two words", ONE(NOTE("a", SAME("Transport public"))), 0, NULL, NULL},
	{"word in brackets", ONE(NOTE("a", SAME("MDMA (ecstasy)"))), 0, NULL, NULL},
	{"names", ONE(NOTE("a", SAME("Médecins Sans Frontières"))), 0, NULL, NULL},
	{"codes", ONE(NOTE("a", SAME("HIV, HCV, HBV or STI B12"))), 0, NULL, NULL},
	{"numbers", ONE(NOTE("a", SAME("18-24 / 1 000 000"))), 0, NULL, NULL},
	{"shared list once", ONE(ABC("a", "") "," ABC("b", "")), 0, NULL, NULL},
	{"values in capitals", ONE(PICK(C("yes", T("a")) "," C("Yes", T("b")))), FINDING_WARNING,
		"a.choices", "differ only in capitals"},
	{"labels twice", ONE(PICK(C("x", TWO("One", "Un")) "," C("y", TWO("Two", "Un")))),
		FINDING_WARNING, "a.choices", "the same label in \"fr\""},
	{"labels twice, never together",
		ONE(PICK(C2("x", T("One"), "1") "," C2("y", T("One"), "2"))), 0, NULL, NULL},
	{"rows twice",
		ONE("{\"id\":\"m\",\"type\":\"matrix\",\"label\":" T(
			"m") ",\"choices\":\"yn\","
			     "\"rows\":[{\"id\":\"x\",\"label\":" T(
				     "One") "},{\"id\":\"y\",\"label\":" T("One") "}]}"),
		FINDING_WARNING, "m", "the rows \"x\" and \"y\""},
	{"long label", ONE(ASK("a", TWO(FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "x", "court"))),
		FINDING_ADVICE, "a", "has 301 characters in \"en\", over 300"},
	{"long in the translation",
		ONE(ASK("a", TWO("short", FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY "x"))),
		FINDING_ADVICE, "a", "in \"fr\""},
	{"as long as it may be", ONE(ASK("a", T(FIFTY FIFTY FIFTY FIFTY FIFTY))), 0, NULL, NULL},
	{"long note", ONE(NOTE("a", T(FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY FIFTY))), 0, NULL, NULL},
	{"long choice", ONE(PICK(C("x", T(FIFTY FIFTY FIFTY "x")) "," C("y", T("y")))),
		FINDING_ADVICE, "a.choices.x", "characters"},
	{"plural", ONE(NOTE("a", TWO("How many day(s)?", "Jours"))), FINDING_ADVICE, "a",
		"plural with \"(s)\""},
	{"piping", ONE(NOTE("a", TWO("You said ${b}.", "Bien."))), FINDING_WARNING, "a",
		"would stand there as it is"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form *f = parsed(cases[i].label, cases[i].form);
		struct findings findings = {0};

		check_form(f, &findings);
		expect_only(&cases[i], &findings);
		findings_finish(&findings);
		form_free(f);
	}
}

/* Many missing translations are a few lines and a number, not a wall. */
static void test_many_missing(void **state)
{
	static const char note[] = "{\"id\":\"n%d\",\"type\":\"note\",\"label\":{\"en\":\"x\"}}%s";
	struct findings findings = {0};
	struct buf text = {0};
	struct form *f;

	(void)state;
	buf_puts(&text,
		HEAD "{\"id\":\"s\",\"title\":" T("s") ",\"series\":[\"one\"],\"questions\":[");
	for (int i = 0; i < 50; i++)
		buf_printf(&text, note, i, i < 49 ? "," : "]}]}");
	f = parsed("many", text.data);
	check_form(f, &findings);
	assert_int_equal(findings_count(&findings, FINDING_ERROR), 4);
	assert_true(
		found(&findings, FINDING_ERROR, "languages", "47 more translations into \"fr\""));
	buf_finish(&text);
	form_free(f);
	findings_finish(&findings);
}

/* One short word may be the same; most of them together have been forgotten. */
static void test_many_short(void **state)
{
	struct findings findings = {0};
	struct form *f = parsed("short", ONE(PICK(
		C("a", SAME("Red")) "," C("b", SAME("Green")) "," C("c", SAME("Blue")) ","
		C("d", SAME("White")) "," C("e", SAME("Black")) "," C("f", SAME("Yellow")))));

	(void)state;
	check_form(f, &findings);
	expect_only(&(struct check_case){"short", NULL, FINDING_WARNING, "languages",
		"short texts are the same in \"fr\" as in \"en\""}, &findings);
	findings_finish(&findings);
	form_free(f);
}

#define PAIR(a, b)                                                                             \
	"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"x\",\"languages\":[\"" a \
	"\",\"" b "\"],\"reviewers\":{\"" a "\":\"A\",\"" b "\":\"B\"},\"title\":{\"" a        \
	"\":\"1\",\"" b "\":\"1\"},\"introduction\":{\"" a "\":\"2\",\"" b                      \
	"\":\"2\"},\"consent\":{\"" a "\":\"3\",\"" b "\":\"3\"},\"thanks\":{\"" a               \
	"\":\"4\",\"" b "\":\"4\"},\"series\":[{\"id\":\"one\",\"title\":{\"" a "\":\"5\",\"" b  \
	"\":\"5\"}}],\"sections\":[{\"id\":\"s\",\"title\":{\"" a "\":\"6\",\"" b              \
	"\":\"6\"},\"series\":[\"one\"],\"questions\":[{\"id\":\"a\",\"type\":\"note\","        \
	"\"label\":{\"" a "\":\"Twice a week\",\"" b "\":\"Twice a week\"}},"                   \
	"{\"id\":\"b\",\"type\":\"note\",\"label\":{\"" a "\":\"Each day\",\"" b               \
	"\":\"Each day\"}}]}]}"

static void test_pairs(void **state)
{
	static const struct check_case pairs[] = {
		{"another script", PAIR("en", "ru"), FINDING_WARNING, "b", "is the same in \"ru\""},
		{"the same script", PAIR("en", "fr"), 0, NULL, NULL},
		{"a dialect", PAIR("en", "en-GB"), 0, NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < COUNT(pairs); i++) {
		struct form *f = parsed(pairs[i].label, pairs[i].form);
		struct findings findings = {0};

		check_form(f, &findings);
		if (pairs[i].text != NULL)
			CHECK(found(&findings, pairs[i].grade, pairs[i].place, pairs[i].text),
				pairs[i].label);
		CHECK(found(&findings, FINDING_WARNING, "b", "is the same") ==
				(pairs[i].text != NULL),
			pairs[i].label);
		findings_finish(&findings);
		form_free(f);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_many_missing),
		cmocka_unit_test(test_many_short),
		cmocka_unit_test(test_pairs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
