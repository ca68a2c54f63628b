/* test_batch.c - opened answers become codes; what is no answer is one of three other codes. */
#include "analyzer/batch.h"
#include "tests/unit/analyzer/sample.h"

#include <math.h>

static const struct batch_column *column(const struct batch *b, const char *question,
	const char *row)
{
	for (size_t i = 0; i < b->n_columns; i++) {
		const struct batch_column *c = &b->columns[i];

		if (strcmp(c->question->id, question) == 0 &&
			(row == NULL ? c->row == NULL
				     : c->row != NULL && strcmp(c->row->id, row) == 0))
			return c;
	}
	fail_msg("no column %s", question);
	return NULL;
}

/* The code of the last person as a word. */
static const char *coded(const struct batch *b, const struct batch_column *c, size_t rank)
{
	static const char *const specials[] = {"<declined>", "<blank>", "<not asked>"};
	size_t ranks = c->kind == BATCH_RANKS ? c->question->ranks : 1;
	unsigned code = batch_code(c, (b->n - 1) * ranks + rank);

	assert_true(code < c->n_answers + BATCH_SPECIALS);
	return code < c->n_answers ? c->answers[code] : specials[code - c->n_answers];
}

static unsigned bits(const struct batch *b, const struct batch_column *c)
{
	assert_int_equal(c->width, 1);
	return c->data[b->n - 1];
}

/* A person who gives just this answer, and what stands in a column then. */
static const struct {
	const char *label, *field, *value, *question, *row, *code;
} cases[] = {
	{"choice", "tested", "no", "tested", NULL, "no"},
	{"other choice", "tested", "else", "tested", NULL, "else"},
	{"blank", "tested", "no", "trust", NULL, "<blank>"},
	{"declined", "tested", "declined", "tested", NULL, "<declined>"},
	{"routed out", "tested", "no", "result", NULL, "<not asked>"},
	{"routed out by blank", "trust", "1", "result", NULL, "<not asked>"},
	{"routed in", "tested", "yes", "result", NULL, "<blank>"},
	{"row", "access/x", "worse", "access", "x", "worse"},
	{"row declined", "access/x", "declined", "access", "x", "<declined>"},
	{"row blank", "tested", "no", "access", "y", "<blank>"},
	{"row routed out", "tested", "yes", "access", "y", "<not asked>"},
	{"scale low", "trust", "0", "trust", NULL, "0"},
	{"scale high", "trust", "4", "trust", NULL, "4"},
	{"first band", "age", "18", "age", NULL, "18-24"},
	{"end of a band", "age", "24", "age", NULL, "18-24"},
	{"next band", "age", "25", "age", NULL, "25-34"},
	{"open band", "age", "99", "age", NULL, "35+"},
	{"below the bands", "age", "17", "age", NULL, "<18"},
	{"guessed band", "dose", "0.5", "dose", NULL, "0.5-<1"},
	{"number declined", "age", "declined", "age", NULL, "<declined>"},
	{"month", "since", "2019-12", "since", NULL, "2019-12"},
	{"month of next year", "since", "2020-02", "since", NULL, "2020-02"},
	{"region", "trust", "1", "country", NULL, "south"},
};

static struct batch *create(const struct form *form)
{
	struct batch *b = NULL;
	struct err err = {0};

	if (batch_create(&b, form, &err) != 0)
		fail_msg("%s", err.msg);
	return b;
}

static void test_codes(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		sample_add(b, "fr", "south", SAMPLE_PAIRS(cases[i].field, cases[i].value));
		assert_int_equal(b->n, i + 1);
		if (strcmp(coded(b, column(b, cases[i].question, cases[i].row), 0),
			    cases[i].code) != 0)
			fail_msg("%s: %s", cases[i].label,
				coded(b, column(b, cases[i].question, cases[i].row), 0));
	}
	assert_string_equal(b->regions[b->region[0]], "south");
	assert_string_equal(b->languages[b->language[0]], "fr");
	batch_free(b);
	form_free(form);
}

static void test_lists(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);
	const struct batch_column *used = column(b, "used", NULL), *rank = column(b, "rank", NULL);

	(void)state;
	sample_add(b, "en", NULL, SAMPLE_PAIRS("used", "a c", "rank", "c a", "age", "40.0"));
	assert_int_equal(bits(b, used), 1 << 0 | 1 << 2);
	assert_string_equal(coded(b, rank, 0), "c");
	assert_string_equal(coded(b, rank, 1), "a");
	assert_true(column(b, "age", NULL)->numbers[0] == 40);
	assert_string_equal(b->regions[b->region[0]], BATCH_NONE);
	sample_add(b, "", NULL, SAMPLE_PAIRS("used", "declined", "rank", "b"));
	assert_int_equal(bits(b, used), 1 << (3 + BATCH_DECLINED));
	assert_string_equal(coded(b, rank, 0), "b");
	assert_string_equal(coded(b, rank, 1), "<blank>");
	assert_string_equal(b->languages[b->language[1]], BATCH_NONE);
	sample_add(b, "en", NULL, SAMPLE_PAIRS("trust", "1"));
	assert_int_equal(bits(b, used), 1 << (3 + BATCH_BLANK));
	assert_string_equal(coded(b, rank, 0), "<blank>");
	batch_free(b);
	form_free(form);
}

static void test_kept_country(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("keep"));
	struct batch *b = create(form);

	(void)state;
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "DE"));
	assert_string_equal(b->regions[b->region[0]], "north");
	assert_string_equal(coded(b, column(b, "country", NULL), 0), "DE");
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "NZ"));
	assert_string_equal(b->regions[b->region[1]], BATCH_NONE);
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "declined"));
	assert_string_equal(b->regions[b->region[2]], BATCH_NONE);
	assert_string_equal(coded(b, column(b, "country", NULL), 0), "<declined>");
	batch_free(b);
	form_free(form);
}

/* What no column can hold is set aside, whole. */
static const struct {
	const char *label, *language, *region, *field, *value;
} aside[] = {
	{"bad-language", "de", "south", "trust", "1"},
	{"bad-region", "en", "west", "trust", "1"},
	{"bad-choice", "en", "south", "tested", "maybe"},
	{"bad-option", "en", "south", "used", "a z"},
	{"bad-rank", "en", "south", "rank", "z"},
	{"bad-ranks", "en", "south", "rank", "a b c"},
	{"bad-scale", "en", "south", "trust", "5"},
	{"bad-scale half", "en", "south", "trust", "1.5"},
	{"bad-number", "en", "south", "age", "old"},
	{"bad-number infinite", "en", "south", "age", "inf"},
	{"bad-date", "en", "south", "since", "2021-01"},
	{"bad-row", "en", "south", "access/x", "sometimes"},
};

static void test_aside(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);

	(void)state;
	for (size_t i = 0; i < COUNT(aside); i++) {
		sample_add(b, aside[i].language, aside[i].region,
			SAMPLE_PAIRS(aside[i].field, aside[i].value));
		CHECK(b->n == 0 && b->aside == i + 1, aside[i].label);
	}
	batch_free(b);
	form_free(form);
}

static void test_texts(void **state)
{
	static char other[] = "tested/other", say[] = "say", none[] = "", some[] = "words",
		unknown[] = "zip";
	struct record_text texts[] = {
		{say, "fr", NULL, some}, {say, "fr", NULL, some}, {say, "en", NULL, none},
		{other, "en", NULL, some}, {unknown, "en", NULL, some}, {say, "de", NULL, some},
	};
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++)
		batch_text(b, &texts[i]);
	assert_int_equal(b->n_texts, 2);
	assert_string_equal(b->texts[0].text.field, "tested/other");
	assert_int_equal(b->texts[0].written[0], 1);
	assert_int_equal(b->texts[1].written[0], 0);
	assert_int_equal(b->texts[1].written[1], 2);
	assert_int_equal(b->texts_aside, 2);
	batch_free(b);
	form_free(form);
}

static void test_memory(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);
	size_t width = 2 * sizeof(uint16_t);

	(void)state;
	for (size_t i = 0; i < 5000; i++)
		sample_add(b, "en", "north", SAMPLE_PAIRS("trust", "3"));
	for (size_t i = 0; i < b->n_columns; i++)
		width += b->columns[i].width +
			(b->columns[i].numbers != NULL ? sizeof(double) : 0);
	assert_int_equal(b->n, 5000);
	assert_true(b->cap < 8000);
	/* 11 columns, of which two keep their numbers */
	assert_true(width <= 4 + 11 + 1 + 16);
	assert_int_equal(batch_code(column(b, "trust", NULL), 0), 3);
	assert_int_equal(batch_code(column(b, "trust", NULL), 4999), 3);
	batch_free(b);
	batch_free(NULL);
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codes),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_kept_country),
		cmocka_unit_test(test_aside),
		cmocka_unit_test(test_texts),
		cmocka_unit_test(test_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
