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
			if (edition_has(&s.edition, &s.form->sections[q->section]) &&
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
		for (struct document_block *b = d->first; b; b = document_next(b), n++)
			CHECK(!strchr(document_words(d, &b->text), '{'), languages[i]);
		CHECK(i == 0 || n == blocks, languages[i]);
		blocks = n;
		stop();
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_other),
		cmocka_unit_test(test_left_out),
		cmocka_unit_test(test_languages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
