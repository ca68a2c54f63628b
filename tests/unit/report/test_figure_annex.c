/*
 * test_figure_annex.c - the chapters of all figures and of who took part: every published figure,
 * tables numbered as they stand, identifiers that are there once, every chart's table there.
 */
#include "tests/unit/report/figure_sample.h"

/* A chart of every question of the series, in every breakdown, then the annex. */
static void write_all(struct figure_sample *f)
{
	struct err err;

	for (size_t i = 0; i < f->s.form->n_questions; i++)
		for (int by = FIGURE_TOTAL; by <= FIGURE_ROUND; by++) {
			struct figure_ask ask = { .question = &f->s.form->questions[i],
				                  .row = FIGURE_ALL_ROWS,
				                  .by = (enum figure_by)by };

			if (form_is_asked(ask.question->type))
				assert_int_not_equal(
					figure_chart(f->d, f->chapter, &ask, &err), FIGURE_FAULT);
		}
	figure_people(f->d);
	figure_annex(f->d);
}

static void check_links(struct figure_sample *f, const char *label)
{
	size_t tables = 0;

	for (struct document_block *b = f->d->first; b; b = document_next(b)) {
		const struct document_block *table;

		if (b->id)
			CHECK(document_find(f->d, b->id) == b, b->id);
		if (b->kind == DOCUMENT_TABLE && b->data_name)
			tables++;
		if (b->kind != DOCUMENT_FIGURE)
			continue;
		CHECK(b->alternative && *b->alternative, label);
		if (!b->data)
			continue;
		table = document_find(f->d, b->data);
		CHECK(table && table->kind == DOCUMENT_TABLE, b->data);
		CHECK(!strcmp(table->data_name, b->data_name), b->data);
	}
	CHECK(tables > 20, label);
}

static void test_links(void **state)
{
	static const char *const languages[] = { "en", "fr", "es", "pt", "ru", "ar" };

	(void)state;
	for (size_t i = 0; i < COUNT(languages); i++) {
		struct figure_sample f;

		figure_sample_start(&f, languages[i], i % 2, true);
		write_all(&f);
		check_links(&f, languages[i]);
		figure_sample_stop(&f);
	}
}

/* "Table 1", "Table 2", ... in reading order, in the titles, too. */
static void test_numbers(void **state)
{
	struct figure_sample f;
	unsigned number = 0;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_annex(f.d);
	for (struct document_block *b = f.d->first; b; b = document_next(b)) {
		char name[32];

		if (b->kind != DOCUMENT_TABLE)
			continue;
		snprintf(name, sizeof name, "Table %u", ++number);
		assert_string_equal(b->data_name, name);
		assert_string_equal(figure_table_number(f.d, b->id), name);
		figure_sample_has(document_words(f.d, &b->title), name);
	}
	assert_true(number > 20);
	assert_null(figure_table_number(f.d, "table-nothing"));
	figure_sample_stop(&f);
}

/* Number, everyone, the round before, the regions; dots for what is not published. */
static void test_table(void **state)
{
	struct figure_sample f;
	const struct table *t;

	(void)state;
	figure_sample_start(&f, "en", 0, true);
	figure_sample_table(&f, "covid_cases", NULL, RELEASE_CHOICE)->slots[2].counts[1] =
		RELEASE_SUPPRESSED;
	figure_sample_table(&f, "covid_cases", NULL, RELEASE_CHOICE)->slots[0].counts[0] = 1234;
	figure_annex(f.d);
	t = document_find(f.d, "table-covid_cases")->table;
	assert_int_equal(t->n_columns, 8);
	assert_int_equal(t->fixed, 3);
	assert_string_equal(t->heads[0], "Number");
	assert_string_equal(t->heads[1], "All, %");
	assert_string_equal(t->heads[2], "February 2020, %");
	assert_string_equal(t->heads[3], "Africa");
	assert_string_equal(t->rows[0].cells[0], "1,234");
	assert_string_equal(t->rows[1].cells[4], "•");
	assert_int_equal(t->rows[4].kind, TABLE_BASE);
	assert_string_equal(t->rows[4].cells[0], "");
	t = document_find(f.d, "table-services-language")->table;
	assert_int_equal(t->rows[0].kind, TABLE_GROUP);
	assert_string_equal(t->rows[0].label, "Needle and syringe programmes");
	assert_int_equal(t->n_rows, 9 * 7);
	t = document_find(f.d, "table-access-written")->table;
	assert_int_equal(t->n_columns, 5);
	assert_null(document_find(f.d, "table-police_change")); /* of the other series */
	figure_sample_stop(&f);
}

/* A question of which nothing is published still stands there. */
static void test_hidden_question(void **state)
{
	struct figure_sample f;
	bool found = false;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_sample_table(&f, "covid_test", NULL, RELEASE_CHOICE)->slots[0].base = 0;
	figure_annex(f.d);
	assert_null(document_find(f.d, "table-covid_test"));
	for (struct document_block *b = f.d->first; b; b = document_next(b))
		found |= b->kind == DOCUMENT_NOTE &&
		         strstr(document_words(f.d, &b->text),
		                "Have you been tested for COVID-19? No figures are published");
	assert_true(found);
	figure_sample_stop(&f);
}

static size_t boxes(const struct document *d)
{
	size_t n = 0;

	for (struct document_block *b = d->first; b; b = document_next(b))
		n += b->kind == DOCUMENT_BOX;
	return n;
}

/* Europe is over half of the sample: that is said; the merged are named. */
static void test_people(void **state)
{
	struct figure_sample f;
	struct document_block *b;

	(void)state;
	figure_sample_start(&f, "en", 0, false);
	figure_people(f.d);
	assert_string_equal(f.d->last->id, "people");
	assert_int_equal(boxes(f.d), 1);
	figure_annex(f.d);
	b = document_find(f.d, "people-table-region");
	assert_string_equal(b->table->rows[3].label, "Europe");
	assert_string_equal(b->table->rows[3].cells[0], "853");
	assert_string_equal(b->table->rows[5].cells[0], "1,642");
	figure_sample_has(figure_sample_notes(&f, b), "counted together: Oceania");
	figure_sample_stop(&f);

	figure_sample_start(&f, "en", 0, false);
	f.s.release->groups[4].people = SAMPLE_PEOPLE / 2;
	figure_people(f.d);
	assert_int_equal(boxes(f.d), 0);
	figure_sample_stop(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_links),           cmocka_unit_test(test_numbers),
		cmocka_unit_test(test_table),           cmocka_unit_test(test_hidden_question),
		cmocka_unit_test(test_people),
	};

	return cmocka_run_group_tests_name("figure_annex", tests, NULL, NULL);
}
