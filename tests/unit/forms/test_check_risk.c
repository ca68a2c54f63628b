/* test_check_risk.c - what could tell who somebody is, or harm people, is told; the rest is not. */
#include "tests/unit/forms/check_sample.h"

#define TWO(en, fr) "{\"en\":\"" en "\",\"fr\":\"" fr "\"}"
#define HINT ",\"hint\":" TWO("Please do not name anybody.", "Merci de ne nommer personne.")
#define ASK(id, type, en, fr, more)                                                            \
	"{\"id\":\"" id "\",\"type\":\"" type "\",\"label\":" TWO(en, fr) more "}"
#define TEXT(en, fr) ONE(ASK("q", "text", en, fr, HINT))
#define COMMENT(en, fr) ONE(ASK("q", "comment", en, fr, HINT))
#define NUMBER(en, fr) ONE(ASK("q", "integer", en, fr, ""))
#define PICK(en, fr, more) ONE(ASK("q", "select_one", en, fr, ",\"choices\":\"abc\"" more))
#define RISK(text) FINDING_WARNING, "q", text
#define NOTHING 0, NULL, NULL
#define AGE                                                                                        \
	ASK("age", "select_one", "How old are you?", "Quel âge avez-vous ?", ",\"choices\":\"abc\"")
#define GENDER ASK("gender", "select_one", "Your gender?", "Votre genre ?", ",\"choices\":\"abc\"")
#define WORK ASK("work", "select_one", "Your occupation?", "Votre métier ?", ",\"choices\":\"abc\"")

static const struct check_case cases[] = {
	/* what identifies */
	{"bad-name", TEXT("What is your name?", "Un mot ?"), RISK("asks for a name")},
	{"bad-name in French", TEXT("In a word?", "Quel est votre nom ?"),
		RISK("in \"fr\" asks for a name")},
	{"bad-name in the hint",
		ONE(ASK("q", "text", "A word", "Un mot",
			",\"hint\":" TWO(
				"Your first name. Name nobody else, do not identify others.",
				"Ne nommez personne."))),
		RISK("asks for a name")},
	{"bad-phone", NUMBER("Phone number", "Combien ?"), RISK("asks for a phone number")},
	{"bad-e-mail", TEXT("Your e-mail", "Un mot"), RISK("asks for a phone number, an e-mail")},
	{"bad-address", TEXT("What is your postcode?", "Un mot"), RISK("asks for an address")},
	{"bad-document", TEXT("Passport number", "Un mot"), RISK("document")},
	{"bad-birth",
		ONE(ASK("q", "date", "When were you born?", "Quand ?",
			",\"precision\":\"month\",\"first\":\"1940-01\",\"last\":\"2002-12\"")),
		RISK("asks for a date or year of birth")},
	{"bad-year of birth", NUMBER("Year of birth", "Quand ?"), RISK("year of birth")},
	{"bad-exact date", TEXT("On what date were you stopped?", "Un mot"), RISK("exact date")},
	{"bad-town", TEXT("Which town do you live in?", "Un mot"), RISK("asks for a place")},
	{"bad-where", COMMENT("Where did it happen?", "Dites."), RISK("asks where")},
	{"bad-id", ONE(ASK("phone", "text", "Text", "Texte", HINT)), FINDING_WARNING, "phone",
		"asks for a phone number"},
	{"bad-id of another word", ONE(ASK("q_dob", "integer", "Number", "Nombre", "")),
		FINDING_WARNING, "q_dob", "birth"},
	{"bad-id alone", ONE(ASK("gps_point", "text", "Text", "Texte", HINT)), FINDING_WARNING,
		"gps_point", "asks for an address"},
	{"bad-surname in the id", ONE(ASK("q_lastname", "text", "Text", "Texte", HINT)),
		FINDING_WARNING, "q_lastname", "id of a question that identifies"},
	{"where among choices", PICK("Where do you sleep most nights?", "Où dormez-vous ?", ""),
		NOTHING},
	{"town among choices", PICK("Is it a city or town?", "En ville ?", ""), NOTHING},
	{"phone among choices",
		PICK("Do you have your phone with you?", "Avez-vous un téléphone ?", ""), NOTHING},
	{"what it says not to do",
		COMMENT("Tell us. Do not write your name or your address.", "Racontez."), NOTHING},
	{"names of drugs", TEXT("What do people call this drug?", "Quel mot ?"), NOTHING},
	{"days", NUMBER("On how many days?", "Combien de jours ?"), NOTHING},
	{"coarse date",
		ONE(ASK("q", "date", "In which month did it begin?", "Quel mois ?",
			",\"precision\":\"month\",\"first\":\"2020-01\",\"last\":\"2020-12\"")),
		NOTHING},
	{"country", ONE(Q("q", "country", "")), NOTHING},
	/* free text */
	{"bad-comment without a warning", ONE(ASK("q", "comment", "Tell us", "Racontez", "")),
		RISK("ask people in \"en\", \"fr\" to leave out names and places")},
	{"bad-comment without it in one language",
		ONE(ASK("q", "comment", "Tell us", "Racontez",
			",\"hint\":" TWO("Please do not name anybody.", "Ce que vous voulez."))),
		RISK("ask people in \"fr\" to leave")},
	{"bad-short text without a warning", ONE(ASK("q", "text", "Say", "Dites", "")),
		RISK("ask people in \"en\", \"fr\"")},
	{"warning in the label",
		ONE(ASK("q", "comment", "Tell us, but do not name anybody",
			"Racontez sans nommer personne", "")),
		NOTHING},
	{"warning in the section",
		HEAD SECTION("s",
			",\"note\":" TWO("Please do not name anybody.", "Ne nommez personne."),
			ASK("q", "comment", "Tell", "Dites", "")) "]}",
		NOTHING},
	/* sensitive */
	{"bad-not marked", PICK("Have you been in prison?", "Avez-vous été en prison ?", ""),
		FINDING_ADVICE, "q", "is about \"prison\" but not marked sensitive"},
	{"bad-not marked, in a row",
		ONE("{\"id\":\"q\",\"type\":\"matrix\",\"label\":" T(
			"m") ",\"choices\":\"yn\",\"rows\":"
			     "[{\"id\":\"x\",\"label\":" TWO("HIV testing", "Dépistage") "}]}"),
		FINDING_ADVICE, "q", "\"hiv\""},
	{"bad-cannot be declined",
		PICK("Anything?", "Et ?", ",\"sensitive\":true,\"decline\":false"),
		RISK("sensitive and cannot be declined")},
	{"bad-others cannot be declined", PICK("Anything?", "Et ?", ",\"decline\":false"),
		FINDING_ADVICE, "questionnaire", "1 question (\"q\") cannot be declined"},
	{"marked",
		PICK("Have you been in prison?", "Avez-vous été en prison ?",
			",\"sensitive\":true"),
		NOTHING},
	{"a comment is not a table", COMMENT("Tell us about prison", "Parlez de la prison"),
		NOTHING},
	/* groups */
	{"bad-exact age",
		ONE(ASK("q", "integer", "How old are you?", "Quel âge avez-vous ?",
			",\"min\":18,\"max\":99")),
		FINDING_ADVICE, "q", "keeps the exact age"},
	{"bad-three", ONE(AGE "," GENDER "," WORK), FINDING_ADVICE, "questionnaire",
		"\"age\" (3), \"gender\" (3) and \"work\" (3) together sort people into 27 groups"},
	{"bad-with the country", ONE(Q("c", "country", "") "," AGE "," GENDER), FINDING_ADVICE,
		"questionnaire",
		"\"c\" (6), \"age\" (3) and \"gender\" (3) together sort people into 54"},
	{"two small ones", ONE(AGE "," GENDER), NOTHING},
	/* the day */
	{"bad-today", ONE(YN("a", IF("today() > '2020-01-01'"))), FINDING_WARNING, "a",
		"depending on the day"},
};

/* What the tests' introduction lacks is another case. */
static void without_introduction(struct findings *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++) {
		if (strcmp(f->list[i].place, "introduction") == 0) {
			free(f->list[i].place);
			free(f->list[i].text);
		} else {
			f->list[n++] = f->list[i];
		}
	}
	f->n = n;
}

static void test_cases(void **state)
{
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct form *f = parsed(cases[i].label, cases[i].form);
		struct findings findings = {0};

		assert_int_equal(check_risks(f, NULL, 0, &findings, &err), 0);
		without_introduction(&findings);
		expect_only(&cases[i], &findings);
		findings_finish(&findings);
		form_free(f);
	}
}

static void test_study(void **state)
{
	char *no_languages[] = {NULL}, folder[] = "/nowhere";
	struct study study = {.folder = folder, .threshold = 10, .coalition = 1,
		.report_languages = no_languages, .text_region = true, .keep_country = true};
	struct form *f = parsed("study", ONE(Q("c", "country", "") ","
		ASK("q", "comment", "Tell", "Dites", HINT)));
	struct findings findings = {0};
	struct err err;

	(void)state;
	assert_int_equal(check_risks(f, &study, 0, &findings, &err), 0);
	without_introduction(&findings);
	assert_int_equal(findings.n, 7);
	assert_true(found(&findings, FINDING_WARNING, "text_region", "carry the region"));
	assert_true(found(&findings, FINDING_ADVICE, "c", "the country is kept"));
	assert_true(found(&findings, FINDING_ADVICE, "contact", "is empty"));
	assert_true(found(&findings, FINDING_ADVICE, "support", "is empty"));
	assert_true(found(&findings, FINDING_ADVICE, "field_start, field_end", "empty in"));
	assert_true(found(&findings, FINDING_ADVICE, "report", "publisher, authors"));
	assert_true(found(&findings, FINDING_ADVICE, "cherries", "empty in"));
	findings_finish(&findings);
	form_free(f);
}

/* Few people make small cells, many do not. */
static void test_expect(void **state)
{
	struct form *f = parsed("expect", ONE(Q("c", "country", "") "," AGE));
	struct findings few = {0}, many = {0}, alone = {0};
	struct err err;

	(void)state;
	assert_int_equal(check_risks(f, NULL, 100, &few, &err), 0);
	assert_true(found(&few, FINDING_ADVICE, "age", "with 100 responses "));
	assert_true(found(&few, FINDING_ADVICE, "age", "groups of region by \"age\""));
	assert_true(found(&few, FINDING_ADVICE, "age", "fewer than 10 people"));
	assert_true(found(&few, FINDING_ADVICE, "c", "groups of region ("));
	assert_true(found(&few, FINDING_ADVICE, "c", "the smallest Oceania"));
	assert_int_equal(check_risks(f, NULL, 1000000, &many, &err), 0);
	assert_false(found(&many, FINDING_ADVICE, "age", "responses"));
	assert_false(found(&many, FINDING_ADVICE, "c", "responses"));
	form_free(f);
	f = parsed("alone", ONE(AGE));
	assert_int_equal(check_risks(f, NULL, 12, &alone, &err), 0);
	assert_true(found(&alone, FINDING_ADVICE, "age", "groups of \"age\""));
	form_free(f);
	findings_finish(&few);
	findings_finish(&many);
	findings_finish(&alone);
}

#define PROMISE(text)                                                                          \
	"{\"format\":\"peer-survey-questionnaire\",\"version\":1,\"id\":\"x\",\"languages\":"      \
	"[\"en\",\"ar\"],\"title\":{\"en\":\"x\"},\"introduction\":" text                         \
	",\"consent\":{\"en\":\"x\"},\"thanks\":{\"en\":\"x\"},\"series\":[{\"id\":\"one\","    \
	"\"title\":{\"en\":\"x\"}}],\"sections\":[{\"id\":\"s\",\"title\":{\"en\":\"x\"},"      \
	"\"series\":[\"one\"],\"questions\":[{\"id\":\"a\",\"type\":\"country\",\"label\":"      \
	"{\"en\":\"x\"}}]}]}"

static void test_minutes(void **state)
{
	static const struct check_case promises[] = {
		{"bad-nothing said", PROMISE("{\"en\":\"Hello\"}"), FINDING_ADVICE, "introduction",
			"does not say how long it takes: about 1 minute for"},
		{"bad-too much", PROMISE("{\"en\":\"It takes 20 to 25 minutes.\"}"), FINDING_ADVICE,
			"introduction",
			"says 25 minutes in \"en\", but a typical person needs about 1"},
		{"bad-in Arabic digits", PROMISE("{\"en\":\"A minute.\",\"ar\":\"نحو ٢٥ دقيقة\"}"),
			FINDING_ADVICE, "introduction", "says 25 minutes in \"ar\""},
		{"right", PROMISE("{\"en\":\"About 1 minute of 20 questions.\"}"), NOTHING},
	};
	struct findings findings;
	struct form *f;
	struct err err;

	(void)state;
	for (size_t i = 0; i < COUNT(promises); i++) {
		findings = (struct findings){0};
		f = parsed(promises[i].label, promises[i].form);
		assert_int_equal(check_risks(f, NULL, 0, &findings, &err), 0);
		if (promises[i].text != NULL)
			CHECK(found(&findings, promises[i].grade, promises[i].place,
				      promises[i].text),
				promises[i].label);
		else
			CHECK(findings.n == 0, promises[i].label);
		findings_finish(&findings);
		form_free(f);
	}
	findings = (struct findings){0};
	assert_int_equal(
		form_load(&f, SOURCE "/forms/library/covid-peer-experience.json", &findings, &err),
		0);
	assert_in_range((uintmax_t)check_minutes(f, NULL, &err), 10, 18);
	form_free(f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_study),
		cmocka_unit_test(test_expect),
		cmocka_unit_test(test_minutes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
