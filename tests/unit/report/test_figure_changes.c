/*
 * test_figure_changes.c - two rounds side by side: which questions can be compared, which changes
 * are told, and that what changed in the questionnaire is not.
 */
#include "report/figure_part.h"
#include "tests/unit/report/figure_sample.h"

#include <stdlib.h>

static void test_comparable(void **state)
{
	struct figure_sample f;
	struct form_question *was;
	const struct form_question *q;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	q = figure_sample_question(&f, "covid_test");
	was = (struct form_question *)form_question(f.s.previous_form, "covid_test");
	assert_true(figure_comparable(&f.s.edition, q));
	was->n_choices--;
	assert_false(figure_comparable(&f.s.edition, q));
	was->n_choices++;
	was->type = FORM_SELECT_MULTIPLE;
	assert_false(figure_comparable(&f.s.edition, q));
	was->type = FORM_SELECT_ONE;
	was->id[0] = 'k';
	assert_false(figure_comparable(&f.s.edition, q));
	was->id[0] = 'c';
	assert_true(figure_comparable(&f.s.edition, q));
	((struct release_table *)release_table(f.s.previous, "covid_test", NULL, RELEASE_CHOICE))
		->slots[0]
		.base = 0;
	assert_false(figure_comparable(&f.s.edition, q));
	f.s.edition.previous = NULL;
	assert_false(figure_comparable(&f.s.edition, figure_sample_question(&f, "gender")));
	figure_sample_stop(&f);
}

static int greatest(const struct chart *c)
{
	int most = -1;

	for (size_t i = 0; i < c->n_rows; i++) {
		const int *t = c->rows[i].tenths;

		if (t[0] >= 0 && t[1] >= 0 && abs(t[1] - t[0]) > most)
			most = abs(t[1] - t[0]);
	}
	return most;
}

/* The greatest change first, at most eight, each of three points or more. */
static void test_chapter(void **state)
{
	struct figure_sample f;
	size_t charts = 0;
	int last = 1001;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	figure_changes(f.d);
	assert_string_equal(f.d->last->id, "changes");
	for (struct document_block *b = f.d->last->first; b; b = b->next) {
		if (b->kind != DOCUMENT_FIGURE)
			continue;
		charts++;
		assert_int_equal(b->chart->kind, CHART_CHANGE);
		assert_string_equal(b->chart->columns[0].label, "February 2020");
		assert_string_equal(b->chart->columns[1].label,
		                    "April 2020");
		assert_true(greatest(b->chart) >= 30 && greatest(b->chart) <= last);
		/* lines in the order of their change */
		assert_int_equal(abs(b->chart->rows[0].tenths[1] - b->chart->rows[0].tenths[0]),
		                 greatest(b->chart));
		last = greatest(b->chart);
		figure_sample_has(figure_sample_notes(&f, b), "Different people took part");
	}
	assert_int_equal(charts, 8);
	figure_sample_stop(&f);
}

/* The same people twice: nothing changed, and that is said. */
static void test_nothing_changed(void **state)
{
	struct figure_sample f;
	bool said = false;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	f.s.edition.previous = f.s.release;
	figure_changes(f.d);
	for (struct document_block *b = f.d->last->first; b; b = b->next) {
		assert_int_not_equal(b->kind, DOCUMENT_FIGURE);
		said |= b->kind == DOCUMENT_PARAGRAPH &&
		        strstr(document_words(f.d, &b->text), "In no question with choices");
	}
	assert_true(said);
	figure_sample_stop(&f);
}

/* What cannot be compared is listed with the reason, and its chart is of this round. */
static void test_not_compared(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	struct form_question *was;
	bool fresh = false, changed = false;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	was = (struct form_question *)form_question(f.s.previous_form, "covid_test");
	was->n_choices--;
	was = (struct form_question *)form_question(f.s.previous_form, "covid_cases");
	was->id[0] = 'k';
	figure_changes(f.d);
	for (struct document_block *b = f.d->last->first; b; b = document_next(b)) {
		const char *text = document_words(f.d, &b->text);

		changed |= strstr(text, "Have you been tested for COVID-19? – its choices have") !=
		           NULL;
		fresh |= strstr(text, "have had COVID-19? – asked only in this round") != NULL;
	}
	assert_true(changed && fresh);
	ask = figure_sample_ask(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_ROUND);
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->kind, CHART_BARS);
	figure_sample_has(figure_sample_notes(&f, f.chapter->last), "choices of this question have");
	was->id[0] = 'c';
	figure_sample_stop(&f);
}

static struct form_question *before(struct figure_sample *f, const char *id)
{
	return (struct form_question *)form_question(f->s.previous_form, id);
}

/* Does the chapter on changes have an item with this text? */
static bool is_listed(struct figure_sample *f, const char *text)
{
	for (struct document_block *b = f->d->last->first; b; b = document_next(b))
		if (strstr(document_words(f->d, &b->text), text))
			return true;
	return false;
}

/* Other words in any language: told, compared with care, never what changed most. */
static void test_reworded(void **state)
{
	static char other[] = "Другие слова";
	struct figure_finding list[64];
	const struct form_question *q;
	const struct release_table *t;
	struct figure_sample f;
	struct figure_ask ask;
	struct form_text *label;
	size_t answer, n;
	char *kept;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	q = figure_sample_question(&f, "covid_test");
	assert_false(figure_round_reworded(&f.s.edition, q));
	assert_true(figure_round_greatest(&f.s.edition, q, &t, &answer) >= 0);
	label = &before(&f, "covid_test")->label;
	n = (size_t)form_language(f.s.previous_form, "ru");
	kept = label->in[n];
	label->in[n] = other;
	assert_true(figure_round_reworded(&f.s.edition, q));
	assert_true(figure_comparable(&f.s.edition, q));
	assert_int_equal(figure_round_greatest(&f.s.edition, q, &t, &answer), -1);
	n = figure_findings(list, COUNT(list), &f.s.edition);
	for (size_t i = 0; i < n; i++)
		assert_false(list[i].question == q && list[i].kind == FIGURE_CHANGED);
	ask = figure_sample_ask(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_ROUND);
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->kind, CHART_CHANGE);
	figure_sample_has(figure_sample_notes(&f, f.chapter->last), "was worded differently in the");
	figure_changes(f.d);
	assert_true(is_listed(&f, "for COVID-19? – worded differently in the round before"));
	label->in[(size_t)form_language(f.s.previous_form, "ru")] = kept;
	figure_sample_stop(&f);
}

static void test_bounds_and_dropped(void **state)
{
	struct form_question *q;
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	before(&f, "needs_met")->max += 1;
	q = (struct form_question *)figure_sample_question(&f, "covid_cases");
	q->id[0] = 'k';
	figure_changes(f.d);
	assert_true(is_listed(&f, " – its bounds have changed"));
	assert_false(is_listed(&f, " – its choices have changed"));
	assert_true(is_listed(&f, " – asked only in the round before"));
	q->id[0] = 'c';
	figure_sample_stop(&f);
}

/* Rounds are named by their months where the study tells these apart. */
static void test_names(void **state)
{
	struct study_months rounds[] = {
		{ (char *)"2020-02", (char *)"2020-01", (char *)"2020-01", NULL },
		{ NULL, NULL, NULL, NULL },
	};
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	assert_string_equal(figure_round_name(f.d, true), "February 2020");
	assert_string_equal(figure_round_name(f.d, false), "April 2020");
	f.s.study.rounds = rounds;
	assert_string_equal(figure_round_name(f.d, true), "January 2020");
	assert_string_equal(figure_round_name(f.d, false), "April 2020 – June 2020");
	figure_sample_stop(&f);
}

static void test_first_round(void **state)
{
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_changes(f.d);
	assert_ptr_equal(f.d->last, f.chapter);
	figure_sample_stop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_comparable),      cmocka_unit_test(test_chapter),
		cmocka_unit_test(test_nothing_changed), cmocka_unit_test(test_not_compared),
		cmocka_unit_test(test_first_round),
		cmocka_unit_test(test_reworded),        cmocka_unit_test(test_bounds_and_dropped),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("figure_changes", tests, NULL, NULL);
}
