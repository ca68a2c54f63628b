/*
 * test_disclose.c - what may be published: groups are merged, small counts are gone, and so is
 * what would give them back in a sum. An attacker who tries every table that fits the published
 * numbers looks at the outcome.
 */
#include "analyzer/disclose.h"
#include "forms/regions.h"
#include "tests/unit/analyzer/sample.h"
#include "tests/unit/analyzer/sheet.h"

/* A questionnaire of one question "q" in one section. */
static struct form *form_of(bool sensitive)
{
	static char id[] = "q";
	static struct form_question question;
	static struct form_section section;
	static struct form form;

	question = (struct form_question){.id = id, .type = FORM_SELECT_ONE, .sensitive = sensitive};
	section = (struct form_section){.n = 1};
	form = (struct form){.questions = &question, .n_questions = 1, .sections = &section,
		.n_sections = 1};
	return &form;
}

/* "..x|... x.x|..." : of each slot the answers and the kinds, x for a suppressed one. */
static void pattern(char *out, const struct release *r)
{
	const struct release_table *t = &r->tables[0];

	for (size_t i = 0; i < t->n_slots; i++) {
		const struct release_slot *s = &t->slots[i];
		const long kinds[] = {s->declined, s->blank, s->not_asked};

		for (size_t a = 0; a < t->n_answers; a++)
			*out++ = s->counts[a] == RELEASE_SUPPRESSED ? 'x' : '.';
		*out++ = '|';
		for (size_t k = 0; k < SHEET_KINDS; k++)
			*out++ = kinds[k] == RELEASE_SUPPRESSED ? 'x' : '.';
		*out++ = i + 1 < t->n_slots ? ' ' : '\0';
	}
	*out = '\0';
}

static long crosses(const char *found)
{
	long n = 0;

	for (; *found != '\0'; found++)
		n += *found == 'x';
	return n;
}

static const struct {
	const char *label;
	unsigned threshold, coalition;
	struct sheet sheet;
	const char *pattern, *note;
} cases[] = {
	{"nothing to hide", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 30}, {40, 50}}},
		"..|... ..|... ..|...", "language region_language"},
	{"a count of 0 is published", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{0, 30}, {40, 50}}},
		"..|... ..|... ..|...", NULL},
	/* The region by sex table whose cheapest pattern adds a man's count and row C. */
	{"two of four", 10, 1, {RELEASE_CHOICE, false, 4, 2,
		{{18, 2}, {14, 19}, {12, 10}, {11, 14}}},
		"..|... xx|... ..|... xx|... ..|...", NULL},
	{"threshold is published", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{5, 30}, {40, 50}}},
		"..|... ..|... ..|...", NULL},
	{"k-1 is not", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{4, 30}, {40, 50}}},
		"..|... xx|... xx|...", NULL},
	{"total too", 5, 1, {RELEASE_CHOICE, false, 2, 3, {{3, 30, 20}, {0, 50, 40}}},
		"x.x|... x.x|... ...|...", NULL},
	{"sum below k", 10, 1, {RELEASE_CHOICE, false, 2, 4, {{1, 2, 30, 40}, {20, 20, 20, 20}}},
		"....|... xxx.|... xxx.|...", NULL},
	{"several answers", 5, 1, {RELEASE_MULTIPLE, false, 3, 2,
		{{3, 40}, {15, 40}, {25, 40}}, {40, 40, 40}},
		"..|... x.|... x.|... ..|...", NULL},
	{"several answers, complement", 5, 1, {RELEASE_MULTIPLE, false, 3, 2,
		{{38, 40}, {15, 40}, {25, 40}}, {40, 40, 40}},
		"..|... x.|... x.|... ..|...", NULL},
	{"everybody, harmless", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{6, 0}, {20, 30}}},
		"..|... ..|... ..|...", NULL},
	/* Married: 6 full time, 0 part time. */
	{"everybody, sensitive", 5, 1, {RELEASE_CHOICE, true, 2, 2, {{6, 0}, {20, 30}}},
		"..|... xx|... xx|...", NULL},
	{"everybody in the total, sensitive", 5, 1, {RELEASE_CHOICE, true, 2, 2, {{6, 0}, {20, 0}}},
		"xx|... xx|... xx|...", NULL},
	{"kinds of non-response", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 30}, {40, 50}}, {0},
		{{2, 8, 0}, {30, 20, 0}}},
		"..|... ..|xx. ..|xx.", NULL},
	{"one kind of non-response", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 30}, {40, 50}}, {0},
		{{0, 3, 0}, {0, 0, 0}}},
		"..|.x. ..|.x. ..|...", NULL},
	{"breakdown left out", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{5, 4}, {40, 50}}, {0},
		{{0, 1, 0}, {0, 0, 0}}},
		"..|.x.", "region language region_language"},
	{"base of 0 stays", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{0, 0}, {40, 50}}, {0},
		{{0, 0, 12}, {0, 0, 0}}},
		"..|... ..|... ..|...", NULL},
	{"coalition", 10, 5, {RELEASE_CHOICE, false, 2, 2, {{3, 10}, {40, 50}}, {0},
		{{0, 20, 0}, {0, 0, 0}}},
		"..|...", "region language region_language"},
	{"withheld", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{4, 0}, {0, 5}}, {0},
		{{0, 0, 50}, {0, 0, 50}}}, "", "total"},
};

static void test_cases(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct release *r = sheet_release(&cases[i].sheet);
		struct disclose_rule rule = {.threshold = cases[i].threshold, .coalition = cases[i].coalition};
		struct err err = {0};
		char found[200];

		if (disclose_protect(r, NULL, form_of(cases[i].sheet.sensitive), &rule, &err) != 0)
			fail_msg("%s: %s", cases[i].label, err.msg);
		pattern(found, r);
		if (strcmp(found, cases[i].pattern) != 0)
			fail_msg("%s: %s", cases[i].label, found);
		if (cases[i].note != NULL && strcmp(r->tables[0].note, cases[i].note) != 0)
			fail_msg("%s: note %s", cases[i].label, r->tables[0].note);
		CHECK(r->audited && r->threshold == rule.threshold, cases[i].label);
		CHECK(r->suppressed_primary + r->suppressed_complementary == crosses(found),
			cases[i].label);
		release_free(r);
	}
}

/* An attacker: every table of regions x answers that fits what is published. */
struct attack {
	const struct release_table *t;
	size_t cells[SHEET_REGIONS * SHEET_ANSWERS], n; /* suppressed: region * SHEET_ANSWERS + answer */
	long value[SHEET_REGIONS][SHEET_ANSWERS];
	long low[SHEET_REGIONS][SHEET_ANSWERS], high[SHEET_REGIONS][SHEET_ANSWERS];
	long tables;
};

static bool fits(const struct attack *a)
{
	for (size_t c = 0; c < a->t->n_answers; c++) {
		long sum = 0, total = a->t->slots[0].counts[c];

		for (size_t i = 1; i < a->t->n_slots; i++)
			sum += a->value[i - 1][c];
		if (total != RELEASE_SUPPRESSED && sum != total)
			return false;
	}
	return true;
}

/* What is left of a region's base for the suppressed cells from `at` on. */
static long left_over(const struct attack *a, size_t at)
{
	size_t region = a->cells[at] / SHEET_ANSWERS;
	long left = a->t->slots[region + 1].base;

	for (size_t c = 0; c < a->t->n_answers; c++)
		left -= a->value[region][c];
	return left;
}

static void enumerate(struct attack *a, size_t at)
{
	size_t region, answer;
	bool last;
	long left;

	if (at == a->n) {
		if (!fits(a))
			return;
		a->tables++;
		for (size_t i = 0; i < a->n; i++) {
			long *v = &a->value[a->cells[i] / SHEET_ANSWERS][a->cells[i] % SHEET_ANSWERS];
			long *low = &a->low[a->cells[i] / SHEET_ANSWERS][a->cells[i] % SHEET_ANSWERS];
			long *high = &a->high[a->cells[i] / SHEET_ANSWERS][a->cells[i] % SHEET_ANSWERS];

			*low = *v < *low ? *v : *low;
			*high = *v > *high ? *v : *high;
		}
		return;
	}
	region = a->cells[at] / SHEET_ANSWERS;
	answer = a->cells[at] % SHEET_ANSWERS;
	last = at + 1 == a->n || a->cells[at + 1] / SHEET_ANSWERS != region;
	left = left_over(a, at);
	for (long v = last ? left : 0; v <= left; v++) {
		a->value[region][answer] = v;
		enumerate(a, at + 1);
	}
	a->value[region][answer] = 0;
}

static void attack(struct attack *a, const struct release *r)
{
	*a = (struct attack){.t = &r->tables[0]};
	for (size_t i = 1; i < a->t->n_slots; i++) {
		for (size_t c = 0; c < a->t->n_answers; c++) {
			long count = a->t->slots[i].counts[c];

			a->low[i - 1][c] = 1000000;
			a->high[i - 1][c] = -1;
			if (count == RELEASE_SUPPRESSED)
				a->cells[a->n++] = (i - 1) * SHEET_ANSWERS + c;
			else
				a->value[i - 1][c] = count;
		}
	}
	if (a->n > 0)
		enumerate(a, 0);
}

/* The attacker itself finds the intervals that are known for given patterns. */
static const struct {
	const char *label;
	struct sheet sheet;
	const char *hidden; /* region by region */
	long low[SHEET_REGIONS * SHEET_ANSWERS], high[SHEET_REGIONS * SHEET_ANSWERS]; /* in order */
} known[] = {
	{"rows 5,2 / 1,2 / 3,3", {RELEASE_CHOICE, false, 3, 2, {{5, 2}, {1, 2}, {3, 3}}}, "xx xx ..",
		{3, 1, 0, 0}, {6, 4, 3, 3}},
	{"young and old", {RELEASE_CHOICE, false, 2, 3, {{0, 2, 5}, {4, 3, 6}}}, "xx. xx.",
		{0, 0, 2, 3}, {2, 2, 4, 5}},
	{"a single hole", {RELEASE_CHOICE, false, 2, 2, {{7, 2}, {9, 9}}}, ".x ..", {2}, {2}},
};

static void test_attacker(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		struct release *r = sheet_release(&known[i].sheet);
		struct attack a;
		const char *h = known[i].hidden;

		for (size_t k = 1; k < r->tables[0].n_slots; k++, h++)
			for (size_t c = 0; c < r->tables[0].n_answers; c++, h++)
				if (*h == 'x')
					r->tables[0].slots[k].counts[c] = RELEASE_SUPPRESSED;
		attack(&a, r);
		for (size_t k = 0; k < a.n; k++) {
			size_t region = a.cells[k] / SHEET_ANSWERS, answer = a.cells[k] % SHEET_ANSWERS;

			if (a.low[region][answer] != known[i].low[k] ||
				a.high[region][answer] != known[i].high[k])
				fail_msg("%s: cell %zu: [%ld, %ld]", known[i].label, k,
					a.low[region][answer], a.high[region][answer]);
		}
		release_free(r);
	}
}

/* Region by sex: the pattern found leaves [0, 12] for the two women of A. */
static void test_interval(void **state)
{
	static const struct sheet sheet = {RELEASE_CHOICE, false, 4, 2,
		{{18, 2}, {14, 19}, {12, 10}, {11, 14}}};
	struct disclose_rule rule = {.threshold = 10, .coalition = 1};
	struct release *r = sheet_release(&sheet);
	struct attack a;
	struct err err = {0};

	(void)state;
	assert_int_equal(disclose_protect(r, NULL, form_of(false), &rule, &err), 0);
	attack(&a, r);
	assert_int_equal(a.low[0][1], 0);
	assert_int_equal(a.high[0][1], 12);
	release_free(r);
}

/*
 * Random small tables: a small count never stands there, and never comes back as one single value.
 * (That intervals are as wide as they should be is for the audit.)
 */
static void test_random(void **state)
{
	uint32_t seed = 1;
	long hidden = 0;

	(void)state;
	for (int turn = 0; turn < 300; turn++) {
		struct sheet sheet = {RELEASE_CHOICE, false, 3, 3, {{0}}};
		struct disclose_rule rule = {.threshold = 5, .coalition = 1};
		struct release *r;
		struct attack a;
		struct err err = {0};

		for (size_t i = 0; i < 3; i++)
			for (size_t c = 0; c < 3; c++) {
				seed = seed * 1664525 + 1013904223;
				sheet.counts[i][c] = (seed >> 16) % 13;
			}
		for (size_t i = 0; i < 3; i++)
			sheet.counts[i][0] += 5;
		r = sheet_release(&sheet);
		if (disclose_protect(r, NULL, form_of(false), &rule, &err) != 0)
			fail_msg("turn %d: %s", turn, err.msg);
		for (size_t i = 0; i < r->tables[0].n_slots; i++)
			for (size_t c = 0; c < 3; c++) {
				long count = r->tables[0].slots[i].counts[c];

				assert_false(count > 0 && count < 5);
			}
		attack(&a, r);
		for (size_t k = 0; k < a.n; k++) {
			size_t region = a.cells[k] / SHEET_ANSWERS, answer = a.cells[k] % SHEET_ANSWERS;

			hidden++;
			assert_true(a.low[region][answer] < a.high[region][answer]);
		}
		release_free(r);
	}
	assert_true(hidden > 1000);
}

static void test_means(void **state)
{
	static const struct sheet sheet = {RELEASE_SCALE, false, 3, 3,
		{{4, 30, 20}, {40, 50, 20}, {60, 60, 60}}};
	struct disclose_rule rule = {.threshold = 5, .coalition = 1};
	struct release *r = sheet_release(&sheet);
	const struct release_slot *s = r->tables[0].slots;
	struct err err = {0};

	(void)state;
	assert_int_equal(disclose_protect(r, NULL, form_of(false), &rule, &err), 0);
	assert_true(!isnan(s[0].mean) && !isnan(s[3].median));
	assert_true(isnan(s[1].mean) && isnan(s[1].median) && isnan(s[2].mean));
	release_free(r);
}

static void test_rule(void **state)
{
	static const struct sheet sheet = {RELEASE_CHOICE, false, 1, 2, {{20, 30}}};
	static const struct sheet few = {RELEASE_CHOICE, false, 1, 2, {{2, 3}}};
	struct disclose_rule weak = {.threshold = 4, .coalition = 1};
	struct disclose_rule nobody = {.threshold = 10}, rule = {.threshold = 10, .coalition = 3};
	struct release *r = sheet_release(&sheet);
	struct err err = {0};

	(void)state;
	assert_int_equal(disclose_base(&rule), 12);
	assert_int_equal(disclose_protect(r, NULL, form_of(false), &weak, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	assert_int_equal(disclose_protect(r, NULL, form_of(false), &nobody, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	release_free(r);
	r = sheet_release(&few);
	assert_int_equal(disclose_protect(r, NULL, form_of(false), &rule, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	release_free(r);
}

/* Regions by size, and the group each is in then; 9: nowhere. */
static const struct {
	const char *label;
	long people[SHEET_REGIONS];
	const char *groups;
	size_t n, other; /* 9: none */
} plans[] = {
	{"all large", {20, 30, 40, 50, 60}, "01234", 5, 9},
	{"two small ones", {20, 30, 4, 50, 7}, "01323", 4, 3},
	{"other is small, too", {20, 30, 4, 50, 25}, "30312", 4, 3},
	{"small, and nobody", {20, 30, 4, 50, 0}, "20212", 3, 2},
	{"nobody", {20, 30, 40, 50, 0}, "01239", 4, 9},
	{"one is left", {20, 3, 2, 1, 0}, "00000", 0, 0},
	{"only one", {20, 0, 0, 0, 0}, "09999", 0, 9},
};

static size_t digit(size_t n)
{
	return n == COUNT_NOWHERE ? 9 : n;
}

static void test_plan(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(plans); i++) {
		struct sheet sheet = {RELEASE_CHOICE, false, SHEET_REGIONS, 1, {{0}}};
		struct disclose_rule rule = {.threshold = 10, .coalition = 1};
		struct count_plan plan;
		struct release *r;
		struct err err = {0};

		for (size_t k = 0; k < SHEET_REGIONS; k++)
			sheet.counts[k][0] = plans[i].people[k];
		r = sheet_release(&sheet);
		assert_int_equal(disclose_plan(&plan, r, form_of(false), &rule, &err), 0);
		CHECK(plan.n_regions == plans[i].n, plans[i].label);
		CHECK(digit(plan.other_region) == plans[i].other, plans[i].label);
		for (size_t k = 0; k < SHEET_REGIONS; k++)
			CHECK((char)('0' + digit(plan.region[k])) == plans[i].groups[k],
				plans[i].label);
		count_plan_finish(&plan);
		release_free(r);
	}
}

/*
 * Regions A and B are within D, which has nobody itself; C and E are in none. Sizes, and the group
 * each is in then; 9: nowhere.
 */
static const struct {
	const char *label;
	long people[SHEET_REGIONS];
	const char *groups, *name; /* name: of the first group */
	size_t n;
} larger[] = {
	{"all large", {20, 30, 40, 0, 60}, "01293", "A", 4},
	{"one of a larger region is small", {4, 30, 40, 0, 60}, "00192", "D", 3},
	{"both are, together they are not", {6, 7, 40, 0, 60}, "00192", "D", 3},
	{"even together", {3, 4, 40, 0, 9}, "11091", "C", 2},
	{"another is small", {20, 30, 4, 0, 7}, "01292", "A", 3},
};

static void test_larger(void **state)
{
	static char id[5][2] = {"A", "B", "C", "D", "E"}, *none[] = {NULL};
	static struct region list[5];
	struct regions regions = {list, 5};

	(void)state;
	for (size_t i = 0; i < 5; i++)
		list[i] = (struct region){.id = id[i], .countries = none,
			.within = i < 2 ? id[3] : NULL};
	for (size_t i = 0; i < COUNT(larger); i++) {
		struct sheet sheet = {RELEASE_CHOICE, false, SHEET_REGIONS, 1, {{0}}};
		struct disclose_rule rule = {.threshold = 10, .coalition = 1};
		struct form form = *form_of(false);
		struct count_plan plan;
		struct release *r;
		struct err err = {0};
		const char *name;

		form.regions = &regions;
		for (size_t k = 0; k < SHEET_REGIONS; k++)
			sheet.counts[k][0] = larger[i].people[k];
		r = sheet_release(&sheet);
		assert_int_equal(disclose_plan(&plan, r, &form, &rule, &err), 0);
		CHECK(plan.n_regions == larger[i].n, larger[i].label);
		for (size_t k = 0; k < SHEET_REGIONS; k++)
			if ((char)('0' + digit(plan.region[k])) != larger[i].groups[k])
				fail_msg("%s: region %zu in %zu", larger[i].label, k,
					digit(plan.region[k]));
		name = plan.region_name[0];
		CHECK((name == NULL) == (strcmp(larger[i].name, "D") != 0), larger[i].label);
		CHECK(name == NULL || strcmp(name, "D") == 0, larger[i].label);
		count_plan_finish(&plan);
		release_free(r);
	}
}

/* A question that few of a region's people answered decides, one that few of all did does not. */
static void test_plan_bases(void **state)
{
	static const struct {
		long base, rest; /* of the region, of the others */
		size_t n;
	} rows[] = {{25, 100, 2}, {9, 100, 0}, {9, 20, 2}};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct sheet sheet = {RELEASE_CHOICE, false, 2, 1,
			{{rows[i].base}, {rows[i].rest}}, {0},
			{{0, 30 - rows[i].base, 0}, {0, 100 - rows[i].rest, 0}}};
		struct disclose_rule rule = {.threshold = 10, .coalition = 1};
		struct count_plan plan;
		struct release *r = sheet_release(&sheet);
		struct err err = {0};

		assert_int_equal(disclose_plan(&plan, r, form_of(false), &rule, &err), 0);
		assert_int_equal(plan.n_regions, rows[i].n);
		count_plan_finish(&plan);
		release_free(r);
	}
}

/* People of two regions and two languages, all the way: plan, count, protect, write, read. */
static const struct {
	const char *label;
	int people[2][2]; /* by region, language */
	size_t groups;    /* of the release */
	const char *note; /* of the question "trust" */
} wholes[] = {
	{"pairs", {{40, 20}, {30, 60}}, 1 + 2 + 2 + 4, NULL},
	{"a pair without people", {{40, 0}, {30, 60}}, 1 + 2 + 2 + 4, NULL},
	{"a small pair", {{40, 8}, {30, 60}}, 1 + 2 + 2, "region_language"},
	{"a small region", {{3, 5}, {30, 60}}, 1 + 2, "region region_language"},
	{"a small language", {{60, 3}, {40, 2}}, 1 + 2, "language region_language"},
};

static void add_people(struct batch *b, const int people[2][2])
{
	static const char *const regions[] = {"north", "south"}, *const languages[] = {"en", "fr"};

	for (int i = 0; i < 2; i++)
		for (int k = 0; k < 2; k++)
			for (int n = 0; n < people[i][k]; n++)
				sample_add(b, languages[k], regions[i], SAMPLE_PAIRS(
					"trust", n % 3 == 0 ? "1" : n % 7 == 0 ? "3" : "4",
					"used", n % 2 == 0 ? "a" : "a c",
					"tested", n % 11 == 0 ? "declined" : "yes",
					"access/x", "worse", "age", n % 5 ? "20" : "40",
					"rank", n % 4 ? "a b" : "c", "dose", "1",
					"since", "2020-01"));
}

/* Who is asked "result" answered yes to "tested"; row y of "access": no. */
static void check_routes(const struct release *r, const char *label)
{
	const struct release_table *result = release_table(r, "result", NULL, RELEASE_CHOICE);
	const struct release_table *row = release_table(r, "access", "y", RELEASE_CHOICE);

	CHECK(result->n_routes == 1 && result->routes[0].relation == RELEASE_EXACTLY, label);
	CHECK(strcmp(result->routes[0].question, "tested") == 0, label);
	CHECK(strcmp(result->routes[0].answers[0], "yes") == 0, label);
	CHECK(result->routes[0].answers[1] == NULL && !result->routes[0].others, label);
	CHECK(row->n_routes == 1 && strcmp(row->routes[0].answers[0], "no") == 0, label);
	CHECK(release_table(r, "used", NULL, RELEASE_MULTIPLE)->full, label);
	CHECK(!result->full, label);
}

static void test_whole(void **state)
{
	struct form *form = sample_form(SAMPLE_FORM("region"));

	(void)state;
	for (size_t i = 0; i < COUNT(wholes); i++) {
		struct disclose_rule rule = {.threshold = 10, .coalition = 1};
		struct count_plan all, plan;
		struct batch *b = NULL;
		struct release *exact = NULL, *r = NULL, *back = NULL;
		struct buf text = {0};
		struct err err = {0};
		const uint8_t zero[64] = {0};
		const char *note;

		assert_int_equal(batch_create(&b, form, &err), 0);
		add_people(b, wholes[i].people);
		assert_int_equal(count_plan_all(&all, b, &err), 0);
		assert_int_equal(count_release(&exact, b, &all, &err), 0);
		assert_int_equal(disclose_plan(&plan, exact, form, &rule, &err), 0);
		assert_int_equal(count_release(&r, b, &plan, &err), 0);
		if (disclose_protect(r, NULL, form, &rule, &err) != 0)
			fail_msg("%s: %s", wholes[i].label, err.msg);
		CHECK(r->n_groups == wholes[i].groups, wholes[i].label);
		note = release_table(r, "trust", NULL, RELEASE_SCALE)->note;
		CHECK(note == NULL ? wholes[i].note == NULL
			: wholes[i].note != NULL && strcmp(note, wholes[i].note) == 0,
			wholes[i].label);
		check_routes(r, wholes[i].label);
		r->study = strdup("sample");
		r->round = strdup("r1");
		memset(r->questionnaire, '0', 64);
		r->number = 1;
		release_write_file(&text, r, zero);
		if (release_parse(&back, text.data, text.len, NULL, &err) != 0)
			fail_msg("%s: %s", wholes[i].label, err.msg);
		release_free(back);
		release_free(r);
		release_free(exact);
		buf_finish(&text);
		count_plan_finish(&all);
		count_plan_finish(&plan);
		batch_free(b);
	}
	form_free(form);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rule),
		cmocka_unit_test(test_plan),
		cmocka_unit_test(test_larger),
		cmocka_unit_test(test_plan_bases),
		cmocka_unit_test(test_cases),
		cmocka_unit_test(test_means),
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_attacker),
		cmocka_unit_test(test_interval),
		cmocka_unit_test(test_random),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
