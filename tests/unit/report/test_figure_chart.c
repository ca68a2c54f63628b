/*
 * test_figure_chart.c - questions become charts: the kind that shows each best, the order of its
 * lines, what is hidden, the notes, the words; and what cannot be shown is refused.
 */
#include "tests/unit/report/figure_sample.h"

static const struct {
	const char *label, *question;
	int row;
	enum figure_by by;
	enum chart_kind kind;
	size_t rows, columns;
} kinds[] = {
	{ "one choice", "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_BARS, 4, 1 },
	{ "several choices", "barriers", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_BARS, 10, 1 },
	{ "scale", "needs_met", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_HISTOGRAM, 11, 1 },
	{ "bands", "days_used", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_HISTOGRAM, 3, 1 },
	{ "matrix", "services", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_STACKED, 9, 5 },
	{ "row", "services", 3, FIGURE_TOTAL, CHART_BARS, 5, 1 },
	{ "ranking", "priorities", FIGURE_ALL_ROWS, FIGURE_TOTAL, CHART_RANKING, 7, 2 },
	{ "by region", "covid_cases", FIGURE_ALL_ROWS, FIGURE_REGION, CHART_DOTS, 4, 6 },
	{ "by language", "covid_test", FIGURE_ALL_ROWS, FIGURE_LANGUAGE, CHART_DOTS, 4, 5 },
	{ "matrix by region", "services", FIGURE_ALL_ROWS, FIGURE_REGION, CHART_DOTS, 9, 6 },
	{ "row by region", "services", 0, FIGURE_REGION, CHART_STACKED, 6, 5 },
	{ "degrees by language", "use_change", FIGURE_ALL_ROWS, FIGURE_LANGUAGE, CHART_STACKED, 5,
	  6 },
	{ "scale by language", "needs_met", FIGURE_ALL_ROWS, FIGURE_LANGUAGE, CHART_MULTIPLES, 11,
	  5 },
	{ "by round", "covid_test", FIGURE_ALL_ROWS, FIGURE_ROUND, CHART_CHANGE, 4, 2 },
	{ "matrix by round", "services", FIGURE_ALL_ROWS, FIGURE_ROUND, CHART_CHANGE, 9, 2 },
	{ "row by round", "services", 3, FIGURE_ROUND, CHART_CHANGE, 5, 2 },
};

static void test_kinds(void **state)
{
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	for (size_t i = 0; i < COUNT(kinds); i++) {
		struct figure_ask ask = figure_sample_ask(&f, kinds[i].question, kinds[i].row,
		                                          kinds[i].by);
		const struct chart *c = figure_sample_chart(&f, &ask)->chart;

		CHECK(c->kind == kinds[i].kind, kinds[i].label);
		CHECK(c->n_rows == kinds[i].rows, kinds[i].label);
		CHECK(c->n_columns == kinds[i].columns, kinds[i].label);
	}
	figure_sample_stop(&f);
}

/* Shares of several choices fall, what is not published stands last and has no number. */
static void test_order(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	const struct chart *c;
	struct release_table *t;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	t = figure_sample_table(&f, "barriers", NULL, RELEASE_MULTIPLE);
	t->slots[0].counts[0] = RELEASE_SUPPRESSED;
	ask = figure_sample_ask(&f, "barriers", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	c = figure_sample_chart(&f, &ask)->chart;
	for (size_t i = 1; i < c->n_rows; i++)
		assert_true(c->rows[i].tenths[0] <= c->rows[i - 1].tenths[0]);
	assert_int_equal(c->rows[c->n_rows - 1].tenths[0], CHART_HIDDEN);
	assert_string_equal(c->rows[c->n_rows - 1].values[0], "not published");
	assert_string_equal(c->hidden, "not published");
	figure_sample_has(figure_sample_notes(&f, f.chapter->last), "Hatched: not published");
	ask = figure_sample_ask(&f, "use_change", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	c = figure_sample_chart(&f, &ask)->chart;
	assert_string_equal(c->rows[0].label, "Much less");
	assert_string_equal(c->rows[5].label, "Not sure");
	figure_sample_stop(&f);
}

/* Every figure is the release's share of its own base. */
static void test_shares(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	const struct release_table *t;
	const struct chart *c;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	t = figure_sample_table(&f, "covid_cases", NULL, RELEASE_CHOICE);
	ask = figure_sample_ask(&f, "covid_cases", FIGURE_ALL_ROWS, FIGURE_REGION);
	c = figure_sample_chart(&f, &ask)->chart;
	for (size_t i = 0; i < c->n_rows; i++)
		for (size_t g = 0; g < c->n_columns; g++)
			assert_int_equal(c->rows[i].tenths[g],
			                 release_tenths(t->slots[g].counts[i], t->slots[g].base));
	assert_string_equal(c->columns[0].label, "All");
	assert_string_equal(c->columns[5].label, "Other regions");
	assert_non_null(strstr(c->columns[0].base, "n = 1,"));
	figure_sample_stop(&f);
}

static void test_notes(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	struct release_table *t;
	const char *notes;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	t = figure_sample_table(&f, "needs_met", NULL, RELEASE_SCALE);
	t->slots[0].mean = 6.31;
	t->slots[0].median = 7;
	t->slots[0].declined = 12;
	t->slots[0].not_asked = RELEASE_SUPPRESSED;
	ask = figure_sample_ask(&f, "needs_met", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	notes = figure_sample_notes(&f, figure_sample_chart(&f, &ask));
	figure_sample_has(notes, "people who answered. Declined: 12;");
	figure_sample_has(notes, "not asked: not published.");
	figure_sample_has(notes, "From 0 (Not at all) to 10 (Completely).");
	figure_sample_has(notes, "Mean 6.31, median 7.");
	assert_string_equal(f.chapter->last->chart->low, "Not at all");
	ask = figure_sample_ask(&f, "services", FIGURE_ALL_ROWS, FIGURE_REGION);
	notes = figure_sample_notes(&f, figure_sample_chart(&f, &ask));
	figure_sample_has(notes, "the share who answered “Could not get it at all”");
	ask.answer = "easier";
	notes = figure_sample_notes(&f, figure_sample_chart(&f, &ask));
	figure_sample_has(notes, "the share who answered “Easier to get”");
	figure_sample_stop(&f);
}

/* A breakdown that is not there becomes the chart of everyone, and says so. */
static void test_absent(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	struct release_table *t;
	struct document_block *b;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	t = figure_sample_table(&f, "covid_cases", NULL, RELEASE_CHOICE);
	while (t->n_slots > 1)
		release_slot_finish(&t->slots[--t->n_slots]);
	ask = figure_sample_ask(&f, "covid_cases", FIGURE_ALL_ROWS, FIGURE_REGION);
	b = figure_sample_chart(&f, &ask);
	assert_int_equal(b->chart->kind, CHART_BARS);
	figure_sample_has(figure_sample_notes(&f, b), "A table by region is not published");
	assert_null(strstr(document_words(f.d, &b->title), "by region"));
	ask.by = FIGURE_ROUND;
	b = figure_sample_chart(&f, &ask);
	figure_sample_has(figure_sample_notes(&f, b), "There is no earlier round");
	figure_sample_stop(&f);
}

/* Of what is not published there is a note that names the question. */
static void test_not_published(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	struct err err;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_sample_table(&f, "covid_cases", NULL, RELEASE_CHOICE)->slots[0].base = 0;
	ask = figure_sample_ask(&f, "covid_cases", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	assert_int_equal(figure_chart(f.d, f.chapter, &ask, &err), FIGURE_NOT_PUBLISHED);
	assert_int_equal(f.chapter->last->kind, DOCUMENT_NOTE);
	figure_sample_has(document_words(f.d, &f.chapter->last->text),
	                  "who have had COVID-19? No figures are published for this question: they could "
	                  "show how a very small number of people answered, or were not asked.");
	assert_int_equal(figure_table(f.d, f.chapter, &ask, &err), FIGURE_NOT_PUBLISHED);
	ask = figure_sample_ask(&f, "services_comment", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	assert_int_equal(figure_chart(f.d, f.chapter, &ask, &err), FIGURE_NOT_PUBLISHED);
	figure_sample_has(document_words(f.d, &f.chapter->last->text), "in people’s own words");
	figure_sample_stop(&f);
}

/* A number that is not published is said in words, not with a dot that nothing explains. */
static void test_hidden_counts(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	const char *notes;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_sample_table(&f, "covid_test", NULL, RELEASE_CHOICE)->slots[0].blank =
		RELEASE_SUPPRESSED;
	ask = figure_sample_ask(&f, "covid_test", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	notes = figure_sample_notes(&f, figure_sample_chart(&f, &ask));
	figure_sample_has(notes, "left blank: not published;");
	assert_null(strstr(notes, edition_dot));
	figure_sample_stop(&f);
}

/* Rows of a matrix that are withheld are counted below its chart, and named in the annex. */
static void test_withheld_rows(void **state)
{
	struct figure_sample f;
	const struct document_block *table;
	struct figure_ask ask;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	ask = figure_sample_ask(&f, "services", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	assert_null(strstr(figure_sample_notes(&f, figure_sample_chart(&f, &ask)), "lines."));
	for (size_t i = 1; i < 3; i++)
		release_remove_table(f.s.release,
		                     (size_t)(figure_sample_table(&f, "services",
		                                                  ask.question->rows[i].id,
		                                                  RELEASE_CHOICE) -
		                              f.s.release->tables));
	figure_sample_has(figure_sample_notes(&f, figure_sample_chart(&f, &ask)),
	                  "Not published, to protect people: 2 of ");
	figure_sample_has(figure_say(f.d, ask.question, FIGURE_ALL_ROWS, FIGURE_TOTAL),
	                  "Of the published figures, the share of the answer");
	figure_sample_has(figure_say(f.d, ask.question, FIGURE_ALL_ROWS, FIGURE_REGION),
	                  "Not published, to protect people: 2 of ");
	figure_annex(f.d);
	table = document_find(f.d, "table-services");
	assert_non_null(table);
	figure_sample_has(figure_sample_notes(&f, table), "Lines that are not published: ");
	for (size_t i = 1; i < 3; i++)
		figure_sample_has(figure_sample_notes(&f, table),
		                  edition_text(&f.s.edition, &ask.question->rows[i].label));
	figure_sample_stop(&f);
}

static void test_alternative(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;
	struct document_block *b;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	ask = figure_sample_ask(&f, "covid_cases", FIGURE_ALL_ROWS, FIGURE_TOTAL);
	b = figure_sample_chart(&f, &ask);
	for (size_t i = 0; i < b->chart->n_rows; i++) {
		figure_sample_has(b->alternative, b->chart->rows[i].label);
		figure_sample_has(b->alternative, b->chart->rows[i].values[0]);
	}
	ask.by = FIGURE_REGION; /* 4 x 6 are few */
	b = figure_sample_chart(&f, &ask);
	assert_null(strstr(b->alternative, "The table has every figure."));
	for (size_t i = 0; i < b->chart->n_rows; i++)
		for (size_t k = 0; k < b->chart->n_columns; k++)
			figure_sample_has(b->alternative, b->chart->rows[i].values[k]);
	ask = figure_sample_ask(&f, "services", FIGURE_ALL_ROWS, FIGURE_REGION);
	b = figure_sample_chart(&f, &ask);
	figure_sample_has(b->alternative, "among everyone; the greatest share is");
	figure_sample_has(b->alternative, "The table has every figure.");
	figure_sample_stop(&f);
}

static const struct {
	const char *label, *question;
	int row;
	const char *answer;
	enum figure_by by;
	bool chosen;
	enum chart_kind kind;
} refused[] = {
	{ "bad-note", "policing_note", FIGURE_ALL_ROWS, NULL, FIGURE_TOTAL, false, CHART_BARS },
	{ "bad-row", "covid_test", 0, NULL, FIGURE_TOTAL, false, CHART_BARS },
	{ "bad-row-beyond", "services", 9, NULL, FIGURE_TOTAL, false, CHART_BARS },
	{ "bad-answer", "services", FIGURE_ALL_ROWS, "often", FIGURE_REGION, false, CHART_BARS },
	{ "bad-histogram", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_TOTAL, true,
	  CHART_HISTOGRAM },
	{ "bad-stacked", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_TOTAL, true, CHART_STACKED },
	{ "bad-ranking", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_TOTAL, true, CHART_RANKING },
	{ "bad-change", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_REGION, true, CHART_CHANGE },
	{ "bad-dots", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_TOTAL, true, CHART_DOTS },
	{ "bad-grouped-six", "barriers", FIGURE_ALL_ROWS, NULL, FIGURE_REGION, true,
	  CHART_GROUPED },
};

static void test_bad(void **state)
{
	struct figure_sample f;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct figure_ask ask = figure_sample_ask(&f, refused[i].question, refused[i].row,
		                                          refused[i].by);
		struct err err = { 0 };

		ask.answer = refused[i].answer;
		ask.chosen = refused[i].chosen;
		ask.kind = refused[i].kind;
		CHECK(figure_chart(f.d, f.chapter, &ask, &err) == FIGURE_FAULT, refused[i].label);
		CHECK(err.code == ERR_INPUT, refused[i].label);
		CHECK(strstr(err.msg, refused[i].question), refused[i].label);
	}
	assert_null(f.chapter->first);
	figure_sample_stop(&f);
}

/* Kinds that are asked for are drawn, in every breakdown that has them. */
static void test_chosen(void **state)
{
	struct figure_sample f;
	struct figure_ask ask;

	(void)state;
	figure_sample_start(&f, "ar", 0, true);
	ask = figure_sample_ask(&f, "covid_cases", FIGURE_ALL_ROWS, FIGURE_LANGUAGE);
	ask.chosen = true;
	ask.kind = CHART_MULTIPLES;
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->kind, CHART_MULTIPLES);
	ask.kind = CHART_STACKED;
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->n_columns, 4);
	ask.by = FIGURE_TOTAL;
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->n_rows, 1);
	ask.by = FIGURE_ROUND;
	ask.kind = CHART_GROUPED;
	assert_int_equal(figure_sample_chart(&f, &ask)->chart->kind, CHART_GROUPED);
	figure_sample_stop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_kinds),       cmocka_unit_test(test_order),
		cmocka_unit_test(test_shares),      cmocka_unit_test(test_notes),
		cmocka_unit_test(test_absent),      cmocka_unit_test(test_not_published),
		cmocka_unit_test(test_withheld_rows), cmocka_unit_test(test_hidden_counts),
		cmocka_unit_test(test_alternative), cmocka_unit_test(test_bad),
		cmocka_unit_test(test_chosen),
	};

	return cmocka_run_group_tests_name("figure_chart", tests, NULL, NULL);
}
