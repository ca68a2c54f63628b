/* test_methods.c - what the chapter on methods says: it is asked for by what the system knows. */
#include "report/methods.h"
#include "tests/unit/report/sample.h"

static const char form[] = SOURCE "/forms/library/covid-peer-experience.json";

static struct sample s;
static struct document *d;

static void start(const char *language)
{
	sample_start(&s, form, language, 0);
	s.edition.custodians = 5;
	s.edition.quorum = 3;
}

static void make(void (*write)(struct document *d))
{
	struct err err;

	assert_int_equal(document_create(&d, &s.edition, &err), 0);
	write(d);
	assert_false(document_fault(d, &err));
}

static void stop(void)
{
	document_free(d);
	sample_stop(&s);
}

/* Does a block say this? */
static bool says(const char *text)
{
	for (struct document_block *b = d->first; b; b = document_next(b))
		if (strstr(document_words(d, &b->text), text) ||
		    strstr(document_words(d, &b->title), text))
			return true;
	return false;
}

static void certify(void)
{
	struct release_certificate *c = calloc(1, sizeof *c);

	c->cells = 1041;
	c->narrowest = 12;
	c->non_response = 280;
	c->releases = 2;
	memset(c->digest, 'a', 64);
	c->not_modelled = sample_list("written_others", "a_new_thing", NULL);
	s.release->audited = true;
	s.release->certificate = c;
}

static void test_known(void **state)
{
	static const char *const words[] = {
		"from April 2020 to June 2020",
		"Languages of the form: English, French, Spanish, Portuguese, Russian, Arabic.",
		"opt-in sample",
		"the custodians: 5.",
		"to open the answers: 3.",
		"the country was left out",
		"at least 10 people",
		"from 1 to 9 is shown",
		"knows their own answers",
		"Other regions, counted together: Oceania, Northern America, Not given.",
		"Other languages, counted together: ",
		"too few people: 61; because they would give away another: 44",
		"each proved to stay open: 1,041.",
		"can still have: 12.",
		"published bases: 280.",
		"this one among them: 2.",
		"aaaaaaaa aaaaaaaa",
		"must also have chosen that answer",
		"something that the release names “a_new_thing”",
		"no answers were weighted",
		"stored apart",
		"valid answers to the questionnaire: 2.",
		"release 1 of round 2020-04",
		"12345 67890",
		"00112233 44556677",
	};

	(void)state;
	start("en");
	certify();
	make(methods_chapter);
	assert_string_equal(d->first->id, "methods");
	assert_ptr_equal(d->first, d->last);
	for (struct document_block *b = d->first->first; b; b = b->next)
		assert_true(b->kind == DOCUMENT_SECTION && b->level == 2);
	for (size_t i = 0; i < COUNT(words); i++)
		CHECK(says(words[i]), words[i]);
	CHECK(!says("has not been made for this release"), "audited");
	stop();
}

/* Settings that change what is said. */
static void test_other(void **state)
{
	(void)state;
	start("en");
	s.study.field_start = s.study.field_end = (char *)"2020-04";
	s.release->coalition = 3;
	s.form->frozen.keep_country = s.form->frozen.text_region = true;
	s.edition.custodians = 0;
	make(methods_chapter);
	CHECK(says("collected in April 2020."), "one month");
	CHECK(says("up to 3, put together") && says("no base is smaller than 12"), "coalition");
	CHECK(says("was kept with their sealed answers"), "country");
	CHECK(says("only with the part of the world"), "region of texts");
	CHECK(says("has not been made for this release"), "not audited");
	CHECK(!says("the custodians:") && !says("proved to stay open"), "what is not known");
	stop();
	start("en");
	s.study.field_start = NULL;
	make(methods_chapter);
	CHECK(says("is not stated"), "field");
	stop();
	start("fr");
	make(methods_chapter);
	CHECK(says("Langues du questionnaire\u00a0: anglais, français, espagnol"), "within a sentence");
	stop();
}

/* Breakdowns that are left out are counted by question, in this series only. */
static void test_left_out(void **state)
{
	size_t n = 0;

	(void)state;
	start("en");
	for (size_t i = 0; i < s.release->n_tables; i++) {
		free(s.release->tables[i].note);
		s.release->tables[i].note = NULL;
	}
	for (size_t i = 0; i < s.form->n_questions && n < 2; i++) {
		const struct form_question *q = &s.form->questions[i];

		for (size_t t = 0; t < s.release->n_tables; t++)
			if (q->type != FORM_COUNTRY &&
			    edition_has(&s.edition, &s.form->sections[q->section]) &&
			    !strcmp(s.release->tables[t].question, q->id)) {
				s.release->tables[t].note =
					strdup(n++ ? "region language" : "region_language region");
				break;
			}
	}
	make(methods_chapter);
	CHECK(says("too small: 2. Without figures by language: 1. Without any figures: 0."),
	      "left out");
	stop();
	start("en");
	for (size_t i = 0; i < s.release->n_tables; i++) {
		struct release_table *t = &s.release->tables[i];

		free(t->note);
		t->note = !strcmp(t->question, "ways_of_using") && t->measure != RELEASE_WRITTEN
		                  ? strdup("region_language total")
		                  : NULL;
		if (!strcmp(t->question, "country"))
			release_remove_table(s.release, i--);
	}
	make(methods_chapter);
	CHECK(says("Without figures by language: 0. Without any figures: 1."), "one is hidden");
	stop();
	start("en");
	while (s.release->n_tables)
		release_remove_table(s.release, 0);
	make(methods_chapter);
	CHECK(!says("Without any figures: 0."), "nothing published");
	stop();
}

/* Every language says all of it, and nothing keeps its {place}. */
static void test_languages(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };
	size_t blocks = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		size_t n = 0;

		start(languages[i]);
		certify();
		make(methods_chapter);
		methods_imprint(d);
		methods_cherries(d);
		for (struct document_block *b = d->first; b; b = document_next(b), n++) {
			CHECK(!strchr(document_words(d, &b->text), '{'), languages[i]);
			for (size_t k = 0; b->table && k < b->table->n_rows; k++)
				CHECK(!b->table->rows[k].cells ||
				              !strchr(b->table->rows[k].cells[0], '{'),
				      languages[i]);
		}
		CHECK(i == 0 || n == blocks, languages[i]);
		blocks = n;
		stop();
	}
}

/* The item's text, or NULL. */
static const char *item(const char *name)
{
	const struct table *t = document_find(d, "cherries")->first->next->table;

	for (size_t i = 0; i < t->n_rows; i++)
		if (!strcmp(t->rows[i].label, name))
			return t->rows[i].cells[0];
	fail_msg("no item %s", name);
	return NULL;
}

#define ITEM(name, part) CHECK(strstr(item(name), part), item(name))

static void set(struct study_text *list, char *language, const char *text)
{
	strcpy(language, "en");
	list[0] = (struct study_text){ language, (char *)text };
	list[1].language = NULL;
}

static void test_cherries(void **state)
{
	size_t items = 0, groups = 0;
	const struct table *t;

	(void)state;
	start("en");
	make(methods_cherries);
	assert_true(d->first->annex);
	t = document_find(d, "cherries")->first->next->table;
	assert_true(t->shares && t->n_columns == 1);
	for (size_t i = 0; i < t->n_rows; i++) {
		if (t->rows[i].kind == TABLE_GROUP)
			groups++;
		else
			items += t->rows[i].cells[0][0] != '\0';
	}
	assert_int_equal(items, 30);
	assert_int_equal(groups, 8);
	ITEM("Informed consent", "agree: “I am 18 or older.");
	ITEM("Data protection", "See “Methods and limits”.");
	ITEM("Data protection", "the custodians: 5.");
	ITEM("Number of items", "Questions: 44; parts: ");
	ITEM("Number of items", "one by one, within these questions: ");
	ITEM("Adaptive questioning", " of 44.");
	ITEM("Completeness check", " of 44.");
	ITEM("Mandatory or voluntary", "Every question could be left empty.");
	ITEM("Randomisation of items or questionnaires", "order");
	ITEM("Incomplete questionnaires", "set aside: 2.");
	ITEM("Time and date", "from April 2020 to June 2020.");
	ITEM("Approval by an ethics board (IRB)", "Not stated.");
	ITEM("Development and testing", "Not stated.");
	ITEM("Incentives", "Not stated.");
	ITEM("View rate", "Not computed");
	ITEM("Participation rate", "Not computed");
	ITEM("Completion rate", "Not computed");
	stop();
}

/* What staff say is printed; rates come from numbers that can be a part and a whole only. */
static void test_stated(void **state)
{
	struct study_text irb[2], time[2], design[2];
	struct findings f = { 0 };
	char language[3][4];

	(void)state;
	start("en");
	set(irb, language[0], "Reviewed by a board of peers.");
	set(time, language[1], "Borders closed in May.");
	set(design, language[2], "For adults.");
	s.study.report.items[STUDY_IRB_APPROVAL] = irb;
	s.study.report.items[STUDY_TIME_AND_DATE] = time;
	s.study.report.items[STUDY_DESIGN] = design;
	s.study.report.loads[STUDY_SITE_LOADS] = 9000;
	s.study.report.loads[STUDY_PAGE_LOADS] = 4105;
	s.form->questions[0].required = true;
	s.form->consent.in[0][0] = '\0';
	make(methods_cherries);
	ITEM("Approval by an ethics board (IRB)", "Reviewed by a board of peers.");
	ITEM("Time and date", "to June 2020. Borders closed in May.");
	ITEM("Survey design", "a list. For adults.");
	ITEM("View rate", "45.6% (4,105 of 9,000). Loads of pages, not people");
	ITEM("Participation rate", "40.0% (1,642 of 4,105). Loads of pages");
	ITEM("Completion rate", "Not computed");
	ITEM("Mandatory or voluntary", "had to be answered: 1.");
	ITEM("Informed consent", "by sending their answers");
	document_free(d);
	s.study.report.loads[STUDY_STARTED] = 2000;
	s.study.report.loads[STUDY_SITE_LOADS] = 4000;
	s.study.field_start = NULL;
	make(methods_cherries);
	ITEM("View rate", "Not computed");
	ITEM("Participation rate", "48.7% (2,000 of 4,105)");
	ITEM("Completion rate", "82.1% (1,642 of 2,000). How many began");
	CHECK(!strcmp(item("Time and date"), "Borders closed in May."), "time");
	methods_missing(&f, &s.edition);
	methods_missing(&f, &s.edition);
	assert_int_equal(f.n, 4);
	assert_string_equal(f.list[0].place, "field_start, field_end");
	assert_non_null(strstr(f.list[1].text, "publisher, authors, licence, published"));
	assert_non_null(strstr(f.list[2].text, "development_and_testing, contact_mode"));
	assert_null(strstr(f.list[2].text, "irb_approval"));
	assert_non_null(strstr(f.list[3].text, "become fewer in this order"));
	findings_finish(&f);
	stop();
}

/* A text in another language stands in its own direction within Arabic. */
static void test_direction(void **state)
{
	struct study_text irb[2];
	char language[4];

	(void)state;
	start("ar");
	set(irb, language, "Reviewed.");
	s.study.report.items[STUDY_IRB_APPROVAL] = irb;
	make(methods_cherries);
	ITEM("موافقة لجنة أخلاقيات (IRB)", "\u2068Reviewed.\u2069");
	document_free(d);
	strcpy(language, "ar");
	make(methods_cherries);
	CHECK(!strcmp(item("موافقة لجنة أخلاقيات (IRB)"), "Reviewed."), "its own language");
	stop();
}

static void test_imprint(void **state)
{
	struct study_text publisher[2], authors[2], licence[2], citation[2];
	char language[4][4];

	(void)state;
	start("en");
	make(methods_imprint);
	CHECK(says("Imprint") && says("Not stated.") && !says("Suggested"), "nothing is known");
	document_free(d);
	set(publisher, language[0], "The Network");
	set(authors, language[1], "A. and B.");
	set(licence, language[2], "CC BY 4.0");
	s.study.report.imprint[STUDY_PUBLISHER] = publisher;
	s.study.report.imprint[STUDY_AUTHORS] = authors;
	s.study.report.imprint[STUDY_LICENCE] = licence;
	s.study.report.published = (char *)"2020-09";
	make(methods_chapter);
	methods_imprint(d);
	assert_ptr_equal(d->first, d->last);
	assert_string_equal(d->first->last->id, "imprint");
	CHECK(says("Published by: The Network") && says("Authors: A. and B."), "who");
	CHECK(says("Published: September 2020") && says("Licence: CC BY 4.0"), "when");
	CHECK(says("Suggested citation: A. and B. (September 2020): COVID-19 and health services. "
	           "Our experiences, our rights, Report 1. The Network."),
	      "citation");
	assert_int_equal(d->n_facts, 5);
	assert_string_equal(d->facts[3].value, "The Network");
	assert_string_equal(d->facts[4].value, "September 2020");
	document_free(d);
	set(citation, language[3], "As we say.");
	s.study.report.imprint[STUDY_CITATION] = citation;
	make(methods_imprint);
	CHECK(says("Suggested citation: As we say."), "own citation");
	s.study.report.published = NULL;
	stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_languages),
		cmocka_unit_test(test_cherries),
		cmocka_unit_test(test_stated),
		cmocka_unit_test(test_direction),
		cmocka_unit_test(test_imprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
