/* test_document.c - words with places, what the cover says, and that the reports' words are whole. */
#include "report/document.h"
#include "tests/unit/report/sample.h"
#include "tests/unit/words.h"

static const char form[] = SOURCE "/forms/library/covid-peer-experience.json";

static struct sample s;
static struct document *d;

static void start(const char *language)
{
	sample_start(&s, form, language, 0);
}

static void make(void)
{
	struct err err;

	assert_int_equal(document_create(&d, &s.edition, &err), 0);
	assert_false(document_fault(d, &err));
}

static void stop(void)
{
	document_free(d);
	sample_stop(&s);
	d = NULL;
}

/* The fact with this label, or NULL. */
static const struct document_fact *fact(const char *label)
{
	for (size_t i = 0; i < d->n_facts; i++)
		if (!strcmp(d->facts[i].label, label))
			return &d->facts[i];
	return NULL;
}

static const char *value(const char *label)
{
	const struct document_fact *f = fact(label);

	return f ? f->value : "(none)";
}

/* What fills one place may look like another. */
static void test_fill(void **state)
{
	(void)state;
	start("en");
	make();
	assert_string_equal(document_fill(d, "imprint.citation", "authors", "The {title} team",
	                                  "title", "{study}", "study", "S", "number", "{authors}",
	                                  "publisher", "P", "published", "2020", NULL),
	                    "The {title} team (2020): {study}. S, {authors}. P.");
	assert_string_equal(document_fill(d, "figure.table", "numbers", "x", NULL),
	                    "Table {number}");
	stop();
}

/* Months of the field work: two, one, not stated. */
static void test_field(void **state)
{
	static char july[] = "2020-07";
	const char *first, *last;

	(void)state;
	start("en");
	make();
	assert_string_equal(value("Field period"), "April 2020 – June 2020");
	stop();
	start("en");
	s.study.field_start = s.study.field_end = july;
	make();
	assert_string_equal(value("Field period"), "July 2020");
	assert_true(document_field(d, &first, &last));
	assert_string_equal(first, "July 2020");
	assert_null(last);
	stop();
	start("en");
	s.study.field_end = NULL;
	make();
	assert_null(fact("Field period"));
	stop();
}

static const struct {
	const char *label;
	const char *language, *given; /* of the report, of what staff wrote */
	bool isolated;
} staff[] = {
	{"its own language", "en", "en", false},
	{"another, in the same direction", "fr", "en", false},
	{"left to right in Arabic", "ar", "en", true},
	{"right to left in English", "en", "ar", true},
	{"its own, right to left", "ar", "ar", false},
};

/* A publisher and a study's title that are there in another language stand in their own order. */
static void test_staff(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof staff / sizeof *staff; i++) {
		const char *wanted = staff[i].isolated ? "\u2068INPUD (London).\u2069"
		                                       : "INPUD (London).";
		const char *language = strcmp(staff[i].language, staff[i].given) ? staff[i].given
		                                                                  : NULL;
		struct study_text text[] = {{(char *)staff[i].given, (char *)"INPUD (London)."},
		                            {NULL, NULL}};
		const struct document_fact *f;

		start(staff[i].language);
		s.study.title = s.study.report.imprint[STUDY_PUBLISHER] = text;
		make();
		f = fact(document_word(d, "cover.publisher"));
		assert_non_null(f);
		if (strcmp(f->value, wanted) || strcmp(d->over, wanted))
			fail_msg("%s: %s", staff[i].label, f->value);
		if (!language) {
			assert_null(f->language);
			assert_null(d->over_language);
		} else {
			assert_string_equal(f->language, language);
			assert_string_equal(d->over_language, language);
		}
		stop();
	}
}

/* The catalogue of the reports. */
static void test_words(void **state)
{
	(void)state;
	words_complete(words_report, "cherries.source");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_fill),
		cmocka_unit_test(test_field),
		cmocka_unit_test(test_staff),
		cmocka_unit_test(test_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
