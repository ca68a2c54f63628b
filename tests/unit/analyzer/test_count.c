/* test_count.c - counts are right in every group, bases are honest, published figures come out. */
#include "analyzer/count.h"
#include "analyzer/print.h"
#include "tests/unit/analyzer/sample.h"

#include <math.h>

static struct batch *create(const struct form *form)
{
	struct batch *b = NULL;
	struct err err = {0};

	if (batch_create(&b, form, &err) != 0)
		fail_msg("%s", err.msg);
	return b;
}

static struct release *count_all(const struct batch *b)
{
	struct count_plan plan;
	struct release *r = NULL;
	struct err err = {0};

	assert_int_equal(count_plan_all(&plan, b, &err), 0);
	assert_int_equal(count_release(&r, b, &plan, &err), 0);
	count_plan_finish(&plan);
	r->study = strdup("sample");
	r->round = strdup("r1");
	memset(r->questionnaire, '0', 64);
	r->number = 1;
	r->threshold = 10;
	r->coalition = 1;
	return r;
}

static const struct release_slot *slot(const struct release *r, const char *question,
	const char *row, enum release_measure m, const char *group)
{
	const struct release_table *t = release_table(r, question, row, m);

	CHECK(t != NULL, question);
	for (size_t i = 0; i < t->n_slots; i++)
		if (strcmp(r->groups[t->slots[i].group].id, group) == 0)
			return &t->slots[i];
	fail_msg("%s has no %s", question, group);
	return NULL;
}

/* Six people in two regions, two languages. */
static struct batch *people(const struct form *form)
{
	static char say[] = "say", fr[] = "words";
	struct record_text text = {say, "fr", NULL, fr};
	struct batch *b = create(form);

	sample_add(b, "en", "north", SAMPLE_PAIRS("tested", "yes", "used", "a b", "result",
		"positive", "trust", "0", "rank", "b a", "age", "20", "access/x", "better",
		"since", "2020-01"));
	sample_add(b, "en", "north", SAMPLE_PAIRS("tested", "yes", "used", "a", "result",
		"declined", "trust", "4", "rank", "b", "age", "30", "access/x", "worse"));
	sample_add(b, "fr", "north", SAMPLE_PAIRS("tested", "no", "used", "c", "trust", "4",
		"rank", "a c", "age", "41", "access/x", "worse", "access/y", "worse"));
	sample_add(b, "fr", "south", SAMPLE_PAIRS("tested", "declined", "used", "declined",
		"trust", "declined", "age", "17"));
	sample_add(b, "fr", "south", SAMPLE_PAIRS("tested", "yes", "trust", "3", "used", "b"));
	sample_add(b, "fr", NULL, SAMPLE_PAIRS("country", "declined", "rank", "declined"));
	batch_text(b, &text);
	batch_text(b, &text);
	return b;
}

static const struct {
	const char *question, *row;
	enum release_measure measure;
	const char *group;
	long base, declined, blank, not_asked, counts[6];
	double mean, median;
} cases[] = {
	{"tested", NULL, RELEASE_CHOICE, "", 4, 1, 1, 0, {3, 1, 0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "north", 3, 0, 0, 0, {2, 1, 0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "fr", 2, 1, 1, 0, {1, 1, 0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "none", 0, 0, 1, 0, {0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "east", 0, 0, 0, 0, {0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "south/fr", 1, 1, 0, 0, {1, 0, 0}, NAN, NAN},
	{"tested", NULL, RELEASE_CHOICE, "south/en", 0, 0, 0, 0, {0}, NAN, NAN},
	{"used", NULL, RELEASE_MULTIPLE, "", 4, 1, 1, 0, {2, 2, 1}, NAN, NAN},
	{"used", NULL, RELEASE_MULTIPLE, "en", 2, 0, 0, 0, {2, 1, 0}, NAN, NAN},
	{"result", NULL, RELEASE_CHOICE, "", 1, 1, 1, 3, {1, 0}, NAN, NAN},
	{"result", NULL, RELEASE_CHOICE, "south", 0, 0, 1, 1, {0, 0}, NAN, NAN},
	{"access", "x", RELEASE_CHOICE, "", 3, 0, 3, 0, {1, 2}, NAN, NAN},
	{"access", "y", RELEASE_CHOICE, "", 1, 0, 0, 5, {0, 1}, NAN, NAN},
	{"trust", NULL, RELEASE_SCALE, "", 4, 1, 1, 0, {1, 0, 0, 1, 2}, 2.75, 3.5},
	{"trust", NULL, RELEASE_SCALE, "north", 3, 0, 0, 0, {1, 0, 0, 0, 2}, 8 / 3.0, 4},
	{"trust", NULL, RELEASE_SCALE, "none", 0, 0, 1, 0, {0}, NAN, NAN},
	{"rank", NULL, RELEASE_FIRST, "", 3, 1, 2, 0, {1, 2, 0}, NAN, NAN},
	{"rank", NULL, RELEASE_RANKED, "", 3, 1, 2, 0, {2, 2, 1}, NAN, NAN},
	{"age", NULL, RELEASE_BANDS, "", 4, 0, 2, 0, {1, 1, 1, 1}, 27, 25},
	{"age", NULL, RELEASE_BANDS, "north", 3, 0, 0, 0, {0, 1, 1, 1}, 91 / 3.0, 30},
	{"since", NULL, RELEASE_DATE, "", 1, 0, 5, 0, {0, 0, 1, 0}, NAN, NAN},
	{"country", NULL, RELEASE_COUNTRY, "", 5, 1, 0, 0, {3, 2, 0}, NAN, NAN},
	{"tested", NULL, RELEASE_WRITTEN, "", 6, 0, 0, 0, {0}, NAN, NAN},
	{"say", NULL, RELEASE_WRITTEN, "", 6, 0, 0, 0, {2}, NAN, NAN},
	{"say", NULL, RELEASE_WRITTEN, "fr", 4, 0, 0, 0, {2}, NAN, NAN},
	{"say", NULL, RELEASE_WRITTEN, "en", 2, 0, 0, 0, {0}, NAN, NAN},
};

static bool same(double a, double b)
{
	return isnan(a) ? isnan(b) : fabs(a - b) < 1e-9;
}

static void test_counts(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form);
	struct release *r = count_all(b);

	(void)state;
	assert_int_equal(b->n, 6);
	for (size_t i = 0; i < COUNT(cases); i++) {
		const struct release_slot *s = slot(r, cases[i].question, cases[i].row,
			cases[i].measure, cases[i].group);
		const struct release_table *t = release_table(r, cases[i].question,
			cases[i].row, cases[i].measure);
		char label[100];

		snprintf(label, sizeof label, "%s %s", cases[i].question, cases[i].group);
		CHECK(s->base == cases[i].base, label);
		CHECK(s->declined == cases[i].declined, label);
		CHECK(s->blank == cases[i].blank, label);
		CHECK(s->not_asked == cases[i].not_asked, label);
		for (size_t a = 0; a < t->n_answers; a++)
			CHECK(s->counts[a] == cases[i].counts[a], label);
		CHECK(same(s->mean, cases[i].mean) && same(s->median, cases[i].median), label);
	}
	assert_null(release_slot(release_table(r, "say", NULL, RELEASE_WRITTEN), 1));
	release_free(r);
	batch_free(b);
	form_free(form);
}

/* The strict reader checks every sum. */
static void test_sums(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form);
	struct release *r = count_all(b), *back = NULL;
	struct buf text = {0};
	struct err err = {0};
	const uint8_t zero[64] = {0};

	(void)state;
	release_write_file(&text, r, zero);
	if (release_parse(&back, text.data, text.len, NULL, &err) != 0)
		fail_msg("%s", err.msg);
	release_free(back);
	release_free(r);
	buf_finish(&text);
	batch_free(b);
	form_free(form);
}

static void test_kept_country(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("keep"));
	struct batch *b = create(form);
	struct release *r;
	const struct release_table *t;

	(void)state;
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "DE"));
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "FR"));
	sample_add(b, "en", NULL, SAMPLE_PAIRS("country", "DE"));
	sample_add(b, "fr", NULL, SAMPLE_PAIRS("country", "BR"));
	r = count_all(b);
	t = release_table(r, "country", NULL, RELEASE_COUNTRY);
	assert_int_equal(t->n_answers, 3);
	assert_string_equal(t->answers[0], "BR");
	assert_string_equal(t->answers[1], "DE");
	assert_string_equal(t->answers[2], "FR");
	assert_null(t->answers[3]);
	assert_int_equal(t->slots[0].counts[1], 2);
	assert_int_equal(slot(r, "country", NULL, RELEASE_COUNTRY, "north")->base, 3);
	release_free(r);
	batch_free(b);
	form_free(form);
}

static void test_merged(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form);
	size_t region[] = {0, 1, 1, 1}, language[] = {0, 1, COUNT_NOWHERE};
	struct count_plan plan = {region, language, 2, 2, 1, COUNT_NOWHERE};
	struct release *r = NULL;
	struct err err = {0};

	(void)state;
	assert_int_equal(count_release(&r, b, &plan, &err), 0);
	assert_int_equal(r->n_groups, 1 + 2 + 2 + 4);
	assert_string_equal(r->groups[2].id, "other");
	assert_string_equal(r->groups[2].members[0], "south");
	assert_string_equal(r->groups[2].members[2], BATCH_NONE);
	assert_int_equal(r->groups[2].people, 3);
	assert_int_equal(slot(r, "tested", NULL, RELEASE_CHOICE, "other/fr")->counts[0], 1);
	assert_true(slot(r, "age", NULL, RELEASE_BANDS, "other")->mean == 17);
	release_free(r);

	/* no breakdown by region at all */
	plan.n_regions = 0;
	assert_int_equal(count_release(&r, b, &plan, &err), 0);
	assert_int_equal(r->n_groups, 3);
	assert_int_equal(slot(r, "tested", NULL, RELEASE_CHOICE, "fr")->counts[0], 1);
	release_free(r);
	batch_free(b);
	form_free(form);
}

/* April 2020: 2,451 people; reasons and self-medication, as published. */
static void test_published(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = create(form);
	struct release *r;
	const struct release_slot *reasons, *medication;

	(void)state;
	for (int i = 0; i < 2451; i++) {
		const char *pairs[5] = {NULL};
		size_t n = 0;

		/* a: have fun 1,150; b: relax 1,041; c fills the base of 1,616 */
		if (i < 1616) {
			pairs[n++] = "used";
			pairs[n++] = i < 1150 ? (i >= 575 ? "a b" : "a") : i < 1616 ? "b" : "";
		}
		if (i < 1589) {
			pairs[n++] = "tested";
			pairs[n++] = i < 700 ? "yes" : "no";
		}
		sample_add(b, "en", i % 2 ? "north" : "south", pairs);
	}
	r = count_all(b);
	reasons = slot(r, "used", NULL, RELEASE_MULTIPLE, "");
	medication = slot(r, "tested", NULL, RELEASE_CHOICE, "");
	assert_int_equal(reasons->base, 1616);
	assert_int_equal(reasons->counts[0], 1150);
	assert_int_equal(reasons->counts[1], 1041);
	assert_int_equal(release_tenths(reasons->counts[0], reasons->base), 712);
	assert_int_equal(release_tenths(reasons->counts[1], reasons->base), 644);
	assert_int_equal(medication->blank, 862);
	assert_int_equal(release_tenths(medication->counts[0], medication->base), 441);
	assert_int_equal(release_tenths(medication->counts[0], r->people), 286);
	release_free(r);
	batch_free(b);
	form_free(form);
}

/* The same people in another order are the same bytes. */
static void test_order(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct buf bytes[2] = {{0}, {0}};

	(void)state;
	for (int turn = 0; turn < 2; turn++) {
		struct batch *b = create(form);
		struct release *r;

		for (int i = 0; i < 50; i++) {
			char dose[16];

			snprintf(dose, sizeof dose, "%.2f", (turn ? 49 - i : i) * 0.07 + 0.01);
			sample_add(b, "en", "north", SAMPLE_PAIRS("dose", dose));
		}
		r = count_all(b);
		release_write(&bytes[turn], r);
		release_free(r);
		batch_free(b);
	}
	assert_string_equal(bytes[0].data, bytes[1].data);
	buf_finish(&bytes[0]);
	buf_finish(&bytes[1]);
	form_free(form);
}

/* What leaves as CSV and tables. */
static void test_print(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));
	struct batch *b = people(form);
	struct release *r = count_all(b);
	struct print_view view = {form, 0, true, false};
	struct buf csv = {0}, table = {0}, json = {0};

	(void)state;
	print_select(r, RELEASE_REGION, "used");
	assert_int_equal(r->n_tables, 1);
	assert_int_equal(r->tables[0].n_slots, 4); /* total, north, south, none; nobody is east */
	print_csv(&csv, r, &view);
	assert_non_null(strstr(csv.data, "question,row,measure,by,group,answer,label,count,base,"
		"percent,status\r\n"));
	assert_non_null(strstr(csv.data,
		"used,,multiple,total,,a,\"Choice, A\",2,4,50.0,exact\r\n"));
	assert_non_null(strstr(csv.data, "used,,multiple,region,south,b,'=B,1,1,100.0,exact\r\n"));
	assert_non_null(strstr(csv.data, "used,,multiple,total,,declined,prefer not to say,1,,,"
		"non_response\r\n"));
	r->tables[0].slots[0].counts[0] = RELEASE_SUPPRESSED;
	view.exact = false;
	buf_clear(&csv);
	print_csv(&csv, r, &view);
	assert_non_null(strstr(csv.data,
		"used,,multiple,total,,a,\"Choice, A\",,4,,suppressed\r\n"));
	print_tables(&table, r, &view);
	assert_non_null(strstr(table.data, "\u00b7 not published"));
	assert_null(strstr(table.data, PRINT_NOTICE));
	view.exact = true;
	buf_clear(&table);
	print_tables(&table, r, &view);
	assert_non_null(strstr(table.data, PRINT_NOTICE));
	print_json(&json, r, true);
	assert_non_null(strstr(json.data, "{\"notice\":\"" PRINT_NOTICE "\",\"release\":{"));
	buf_finish(&csv);
	buf_finish(&table);
	buf_finish(&json);
	release_free(r);
	batch_free(b);
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_counts),
		cmocka_unit_test(test_sums),
		cmocka_unit_test(test_kept_country),
		cmocka_unit_test(test_merged),
		cmocka_unit_test(test_published),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_print),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
