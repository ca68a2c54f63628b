/*
 * test_attacker.c - somebody who tries everything. For 300 random small tables protected by us, and
 * for random patterns that the audit calls safe, an exhaustive search over whole numbers (its own
 * code, no graphs and no linear programming) finds all tables that fit what is published and give a
 * reason for suppressing; no suppressed count that might be small has fewer than k values. And
 * when one suppression is taken out by hand, the audit finds whatever the search does.
 */
#include "analyzer/audit.h"
#include "analyzer/disclose.h"
#include "tests/unit/analyzer/sheet.h"

enum { CELLS = SHEET_REGIONS * SHEET_ANSWERS, TABLES = 300, MOST = 400000 };

/* Every table of regions x answers that fits what is published. */
struct attack {
	const struct release *r;
	const struct release_table *t;
	size_t cell[CELLS], n; /* suppressed: region * SHEET_ANSWERS + answer */
	long value[SHEET_REGIONS][SHEET_ANSWERS];
	long low[CELLS], high[CELLS];                      /* of each suppressed cell */
	long low_total[SHEET_ANSWERS], high_total[SHEET_ANSWERS]; /* of suppressed totals */
	long tables, tried;
};

static long column_sum(const struct attack *a, size_t answer)
{
	long sum = 0;

	for (size_t i = 1; i < a->t->n_slots; i++)
		sum += a->value[i - 1][answer];
	return sum;
}

static bool small(const struct attack *a, long count)
{
	return count > 0 && count < (long)a->r->threshold;
}

/* Do the sums fit, and is there a small count among what is suppressed? */
static bool fits(const struct attack *a)
{
	bool reason = false;

	for (size_t c = 0; c < a->t->n_answers; c++) {
		long total = a->t->slots[0].counts[c];

		if (total == RELEASE_SUPPRESSED)
			reason |= small(a, column_sum(a, c));
		else if (column_sum(a, c) != total)
			return false;
	}
	for (size_t i = 0; i < a->n; i++)
		reason |= small(a, a->value[a->cell[i] / SHEET_ANSWERS][a->cell[i] % SHEET_ANSWERS]);
	return reason;
}

static void widen(long *low, long *high, long value)
{
	*low = value < *low ? value : *low;
	*high = value > *high ? value : *high;
}

static void note(struct attack *a)
{
	a->tables++;
	for (size_t i = 0; i < a->n; i++)
		widen(&a->low[i], &a->high[i],
			a->value[a->cell[i] / SHEET_ANSWERS][a->cell[i] % SHEET_ANSWERS]);
	for (size_t c = 0; c < a->t->n_answers; c++)
		if (a->t->slots[0].counts[c] == RELEASE_SUPPRESSED)
			widen(&a->low_total[c], &a->high_total[c], column_sum(a, c));
}

static void search(struct attack *a, size_t at)
{
	size_t region, answer;
	long left;
	bool last;

	if (a->tried++ > MOST)
		return;
	if (at == a->n) {
		if (fits(a))
			note(a);
		return;
	}
	region = a->cell[at] / SHEET_ANSWERS;
	answer = a->cell[at] % SHEET_ANSWERS;
	left = a->t->slots[region + 1].base;
	for (size_t c = 0; c < a->t->n_answers; c++)
		left -= a->value[region][c];
	last = at + 1 == a->n || a->cell[at + 1] / SHEET_ANSWERS != region;
	for (long v = last ? left : 0; v <= left; v++) {
		a->value[region][answer] = v;
		if (a->t->slots[0].counts[answer] == RELEASE_SUPPRESSED ||
			column_sum(a, answer) <= a->t->slots[0].counts[answer])
			search(a, at + 1);
	}
	a->value[region][answer] = 0;
}

/* False: too many tables to try. */
static bool attack(struct attack *a, const struct release *r)
{
	*a = (struct attack){.r = r, .t = &r->tables[0]};
	for (size_t i = 0; i < CELLS; i++) {
		a->low[i] = 1000000;
		a->high[i] = -1;
	}
	for (size_t c = 0; c < SHEET_ANSWERS; c++) {
		a->low_total[c] = 1000000;
		a->high_total[c] = -1;
	}
	for (size_t i = 1; i < a->t->n_slots; i++) {
		for (size_t c = 0; c < a->t->n_answers; c++) {
			long count = a->t->slots[i].counts[c];

			if (count == RELEASE_SUPPRESSED)
				a->cell[a->n++] = (i - 1) * SHEET_ANSWERS + c;
			else
				a->value[i - 1][c] = count;
		}
	}
	search(a, 0);
	return a->tried <= MOST;
}

static bool narrow(const struct attack *a, long low, long high)
{
	return low <= high && low < (long)a->r->threshold && high > 0 &&
		high - low + 1 < (long)a->r->threshold;
}

/* Suppressed counts that might be small and have fewer than k values. */
static size_t narrowed(const struct attack *a)
{
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += narrow(a, a->low[i], a->high[i]);
	for (size_t c = 0; c < a->t->n_answers; c++)
		n += narrow(a, a->low_total[c], a->high_total[c]);
	return n;
}

static uint32_t seed = 1;

static long random_below(long n)
{
	seed = seed * 1664525 + 1013904223;
	return (long)(seed >> 16) % n;
}

static struct sheet random_sheet(void)
{
	struct sheet sheet = {RELEASE_CHOICE, false, 2 + (size_t)random_below(2),
		2 + (size_t)random_below(2), {{0}}};

	for (size_t i = 0; i < sheet.regions; i++)
		for (size_t c = 0; c < sheet.answers; c++)
			sheet.counts[i][c] = random_below(13) + (c == 0 ? 5 : 0);
	return sheet;
}

static struct form *one_question(void)
{
	static char id[] = "q";
	static struct form_question question = {.id = id, .type = FORM_SELECT_ONE};
	static struct form_section section = {.n = 1};
	static struct form form = {.questions = &question, .n_questions = 1,
		.sections = &section, .n_sections = 1};

	return &form;
}

static size_t holes(const struct release *r)
{
	struct audit_report report = {0};
	struct err err = {0};
	size_t n;

	if (audit_release(&report, r, false, &err) != 0)
		fail_msg("%s", err.msg);
	n = report.n_holes;
	audit_report_finish(&report);
	return n;
}

static void test_protected(void **state)
{
	struct disclose_rule rule = {.threshold = 5, .coalition = 1};
	long hidden = 0, tables = 0;

	(void)state;
	for (int turn = 0; turn < TABLES; turn++) {
		struct sheet sheet = random_sheet();
		struct release *r = sheet_release(&sheet);
		struct attack a;
		struct err err = {0};

		if (disclose_protect(r, NULL, one_question(), &rule, &err) != 0)
			fail_msg("turn %d: %s", turn, err.msg);
		for (size_t i = 0; i < r->tables[0].n_slots; i++)
			for (size_t c = 0; c < sheet.answers; c++)
				assert_false(r->tables[0].slots[i].counts[c] > 0 &&
					r->tables[0].slots[i].counts[c] < 5);
		if (r->tables[0].n_slots > 1 && attack(&a, r)) {
			hidden += (long)a.n;
			tables++;
			if (narrowed(&a) > 0)
				fail_msg("turn %d: narrowed", turn);
		}
		release_free(r);
	}
	print_message("%ld tables, %ld suppressed counts\n", tables, hidden);
	assert_true(tables > TABLES / 2 && hidden > 500);
}

/* Random patterns: where the audit finds nothing, the search finds nothing; and the reverse. */
static void test_patterns(void **state)
{
	long safe = 0, unsafe = 0, cautious = 0;

	(void)state;
	for (int turn = 0; turn < 2 * TABLES; turn++) {
		struct sheet sheet = random_sheet();
		struct release *r = sheet_release(&sheet);
		struct attack a;
		bool found;

		r->threshold = 5;
		for (size_t i = 0; i < r->tables[0].n_slots; i++)
			for (size_t c = 0; c < sheet.answers; c++)
				if ((r->tables[0].slots[i].counts[c] > 0 &&
					r->tables[0].slots[i].counts[c] < 5) ||
					random_below(3) == 0)
					r->tables[0].slots[i].counts[c] = RELEASE_SUPPRESSED;
		if (!attack(&a, r)) {
			release_free(r);
			continue;
		}
		found = holes(r) > 0;
		if (!found && narrowed(&a) > 0)
			fail_msg("turn %d: called safe and narrowed", turn);
		safe += !found;
		unsafe += narrowed(&a) > 0;
		cautious += found && narrowed(&a) == 0;
		release_free(r);
	}
	print_message("%ld safe, %ld narrowed, %ld called unsafe without\n", safe, unsafe, cautious);
	assert_true(safe > 20 && unsafe > 20);
}

/* Take one suppression out of a protected table: what the search then narrows is found. */
static void test_holes(void **state)
{
	struct disclose_rule rule = {.threshold = 5, .coalition = 1};
	long made = 0, found = 0;

	(void)state;
	for (int turn = 0; turn < TABLES / 2; turn++) {
		struct sheet sheet = random_sheet();
		struct release *r = sheet_release(&sheet), *exact = sheet_release(&sheet);
		struct err err = {0};
		struct attack a;

		assert_int_equal(disclose_protect(r, NULL, one_question(), &rule, &err), 0);
		for (size_t i = 0; i < r->tables[0].n_slots; i++)
			for (size_t c = 0; c < sheet.answers; c++) {
				long *count = &r->tables[0].slots[i].counts[c];
				long truth = exact->tables[0].slots[i].counts[c];

				if (*count != RELEASE_SUPPRESSED)
					continue;
				*count = truth;
				if ((truth > 0 && truth < 5) ||
					(r->tables[0].n_slots > 1 && attack(&a, r) &&
						a.tables > 0 && narrowed(&a) > 0)) {
					made++;
					found += holes(r) > 0;
				}
				*count = RELEASE_SUPPRESSED;
			}
		release_free(r);
		release_free(exact);
	}
	print_message("%ld holes made, %ld found\n", made, found);
	assert_true(made > 300);
	assert_int_equal(made, found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_protected),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_holes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
