/*
 * test_figure_say.c - sentences and findings by rule: only from what is published, the same every
 * time, and never more than the figures say.
 */
#include "tests/unit/report/figure_sample.h"

static void set_counts(struct release_table *t, size_t slot, long base, const long *counts)
{
	t->slots[slot].base = base;
	for (size_t i = 0; i < t->n_answers; i++)
		t->slots[slot].counts[i] = counts[i];
}

static const char *say(struct figure_sample *f, const char *id, int row, enum figure_by by)
{
	return figure_say(f->d, figure_sample_question(f, id), row, by);
}

static void test_most(void **state)
{
	struct figure_sample f;
	struct release_table *t;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	t = figure_sample_table(&f, "covid_test", NULL, RELEASE_CHOICE);
	set_counts(t, 0, 1000, (const long[]){ 500, 300, 150, 50 });
	assert_string_equal(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                    "The answer given most often was “Yes” (50.0% of the 1,000 people who "
	                    "answered), followed by “No, I did not want or need a test” (30.0%).");
	/* what is hidden could be second, but not first */
	set_counts(t, 0, 1000, (const long[]){ 500, RELEASE_SUPPRESSED, 150, RELEASE_SUPPRESSED });
	assert_string_equal(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                    "The answer given most often was “Yes” (50.0% of the 1,000 people who "
	                    "answered).");
	/* it could be first */
	set_counts(t, 0, 1000, (const long[]){ 100, RELEASE_SUPPRESSED, 50, RELEASE_SUPPRESSED });
	assert_string_equal(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                    "“Yes” was the answer of 10.0% of the 1,000 people who answered.");
	set_counts(t, 0, 1000, (const long[]){ -1, -1, -1, -1 });
	figure_sample_has(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                  "No share of this question is published");
	figure_sample_stop(&f);
}

static void test_others(void **state)
{
	struct figure_sample f;
	struct release_table *t;

	(void)state;
	figure_sample_start(&f, "en", 1, true);
	t = figure_sample_table(&f, "needs_met", NULL, RELEASE_SCALE);
	t->slots[0].mean = 6.31;
	t->slots[0].median = 7;
	figure_sample_has(say(&f, "needs_met", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                  "the mean was 6.31 and the median 7.");
	figure_sample_has(say(&f, "services", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                  "the share of the answer “Could not get it at all” was greatest for");
	figure_sample_has(say(&f, "services", 0, FIGURE_TOTAL), "people who answered");
	figure_sample_has(say(&f, "priorities", FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                  "Most often put first was");
	figure_sample_has(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_LANGUAGE),
	                  "By language of the form, the greatest differences");
	figure_sample_has(say(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_ROUND),
	                  "(February 2020) to");
	figure_sample_has(say(&f, "country", FIGURE_ALL_ROWS, FIGURE_REGION),
	                  "Countries are not broken down by region.");
	t = figure_sample_table(&f, "stay_comment", NULL, RELEASE_WRITTEN);
	t->slots[0].counts[0] = 321;
	figure_sample_has(say(&f, "stay_comment", FIGURE_ALL_ROWS, FIGURE_TOTAL), "321");
	figure_sample_stop(&f);
}

/* A paragraph names its question only where no chart does. */
static void test_paragraph(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	ask = figure_sample_ask(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	figure_paragraph(f.d, f.chapter, ask.question, FIGURE_ALL_ROWS, FIGURE_TOTAL);
	figure_sample_has(document_words(f.d, &f.chapter->last->text),
	                  "Have you been tested for COVID-19? ");
	figure_sample_chart(&f, &ask);
	figure_paragraph(f.d, f.chapter, ask.question, FIGURE_ALL_ROWS, FIGURE_TOTAL);
	assert_null(strstr(document_words(f.d, &f.chapter->last->text), "Have you been tested"));
	figure_sample_stop(&f);
}

/* Every sentence in every language has all its places filled. */
static void test_languages(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct figure_sample f;

		figure_sample_start(&f, languages[i], 0, true);
		for (size_t k = 0; k < f.s.form->n_questions; k++)
			for (int by = FIGURE_TOTAL; by <= FIGURE_ROUND; by++) {
				const struct form_question *q = &f.s.form->questions[k];
				const char *text;

				if (!form_is_asked(q->type))
					continue;
				text = figure_say(f.d, q, FIGURE_ALL_ROWS, (enum figure_by)by);
				CHECK(text && *text && !strpbrk(text, "{}"), q->id);
			}
		figure_sample_stop(&f);
	}
}

static void test_findings(void **state)
{
	struct figure_finding list[8], again[8];
	struct figure_sample f;
	size_t n, kinds[3] = { 0 };

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	n = figure_findings(list, 8, &f.s.edition);
	assert_int_equal(n, 8);
	assert_int_equal(figure_findings(again, 8, &f.s.edition), 8);
	assert_memory_equal(list, again, sizeof list);
	for (size_t i = 0; i < n; i++) {
		const struct figure_finding *x = &list[i];

		kinds[x->kind]++;
		assert_true(edition_has(&f.s.edition, &f.s.form->sections[x->question->section]));
		assert_string_not_equal(f.s.form->sections[x->question->section].id, "about");
		if (i)
			assert_true(x->question->index > list[i - 1].question->index);
		if (x->kind != FIGURE_UNEVEN)
			assert_true(x->tenths >= 0);
		if (x->kind == FIGURE_UNEVEN)
			assert_true(x->most_tenths > x->least_tenths && x->least_tenths >= 0);
	}
	assert_true(kinds[FIGURE_LARGEST] && kinds[FIGURE_UNEVEN] && kinds[FIGURE_CHANGED]);
	figure_sample_stop(&f);
}

/* What is not published is no finding. */
static void test_hidden_findings(void **state)
{
	struct figure_finding list[8];
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	for (size_t i = 0; i < f.s.release->n_tables; i++)
		for (size_t k = 0; k < f.s.release->tables[i].n_slots; k++)
			for (size_t a = 0; a < f.s.release->tables[i].n_answers; a++)
				f.s.release->tables[i].slots[k].counts[a] = RELEASE_SUPPRESSED;
	assert_int_equal(figure_findings(list, 8, &f.s.edition), 0);
	figure_sample_stop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_most),      cmocka_unit_test(test_others),
		cmocka_unit_test(test_paragraph), cmocka_unit_test(test_languages),
		cmocka_unit_test(test_findings),  cmocka_unit_test(test_hidden_findings),
	};

	return cmocka_run_group_tests_name("figure_say", tests, NULL, NULL);
}
