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

struct list;

/* Every table of regions x answers that fits what is published. */
struct attack {
	const struct release *r;
	const struct release_table *t;
	size_t cell[CELLS], n; /* suppressed: region * SHEET_ANSWERS + answer */
	long value[SHEET_REGIONS][SHEET_ANSWERS];
	long low[CELLS], high[CELLS];                      /* of each suppressed cell */
	long low_total[SHEET_ANSWERS], high_total[SHEET_ANSWERS]; /* of suppressed totals */
	long tables, tried;
	struct list *list; /* or NULL */
	bool any;          /* no reason is asked for */
	size_t known; /* of `cell`: a coalition knows it is `knows`; n: nobody does */
	long knows;
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
	bool reason = a->any;

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

/* All tables that were found, one after the other, if somebody wants them. */
struct list {
	long (*value)[SHEET_REGIONS][SHEET_ANSWERS];
	size_t n;
};

enum { LISTED = 4000 };

static void note(struct attack *a)
{
	a->tables++;
	if (a->list != NULL && a->list->n < LISTED)
		memcpy(a->list->value[a->list->n++], a->value, sizeof a->value);
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
		if (at == a->known && v != a->knows)
			continue;
		a->value[region][answer] = v;
		if (a->t->slots[0].counts[answer] == RELEASE_SUPPRESSED ||
			column_sum(a, answer) <= a->t->slots[0].counts[answer])
			search(a, at + 1);
	}
	a->value[region][answer] = 0;
}

/* False: too many tables to try. */
static bool attack_as(struct attack *a, const struct release *r)
{
	a->r = r;
	a->t = &r->tables[0];
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

static bool attack_with(struct attack *a, const struct release *r, size_t known, long knows)
{
	*a = (struct attack){.known = known, .knows = knows};
	return attack_as(a, r);
}

static bool attack(struct attack *a, const struct release *r)
{
	return attack_with(a, r, SIZE_MAX, 0);
}

/* All tables; false: too many. */
static bool attack_list(struct list *out, const struct release *r, bool any)
{
	struct attack a = {.known = SIZE_MAX, .list = out, .any = any};

	out->n = 0;
	return attack_as(&a, r) && out->n < LISTED;
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

/*
 * A few people who together are one suppressed count know it; small counts of others keep k values
 * to them. (Their own count and their answer's total, where that is the very same people, do not.)
 */
static void test_coalition(void **state)
{
	long attacks = 0;

	(void)state;
	for (int turn = 0; turn < TABLES; turn++) {
		struct disclose_rule rule = {.threshold = 5, .coalition = 1 + (unsigned)turn % 2};
		struct sheet sheet = random_sheet();
		struct release *r;
		struct err err = {0};
		struct attack all, a;

		for (size_t i = 0; i < sheet.regions; i++)
			sheet.counts[i][0] += 2;
		r = sheet_release(&sheet);
		if (disclose_protect(r, NULL, one_question(), &rule, &err) != 0)
			fail_msg("turn %d: %s", turn, err.msg);
		for (size_t u = 0; attack(&all, r) && u < all.n && r->tables[0].n_slots > 1; u++) {
			long truth = sheet.counts[all.cell[u] / SHEET_ANSWERS][all.cell[u] %
				SHEET_ANSWERS];

			if (truth < 1 || truth > (long)rule.coalition ||
				!attack_with(&a, r, u, truth))
				continue;
			attacks++;
			for (size_t i = 0; i < a.n; i++) {
				long count = sheet.counts[a.cell[i] / SHEET_ANSWERS][a.cell[i] %
					SHEET_ANSWERS];

				if (i != u && count > 0 && count < 5 &&
					a.high[i] - a.low[i] + 1 < 5)
					fail_msg("turn %d: narrowed to a coalition", turn);
			}
		}
		release_free(r);
	}
	print_message("%ld coalitions\n", attacks);
	assert_true(attacks > 100);
}

/* --- two releases: every pair of tables of which the second has all people of the first --- */

struct joint {
	long low[3][SHEET_REGIONS][SHEET_ANSWERS]; /* of the first, the second, what it adds */
	long high[3][SHEET_REGIONS][SHEET_ANSWERS];
	long pairs;
};

static bool contains(long (*second)[SHEET_ANSWERS], long (*first)[SHEET_ANSWERS])
{
	for (size_t i = 0; i < SHEET_REGIONS; i++)
		for (size_t c = 0; c < SHEET_ANSWERS; c++)
			if (second[i][c] < first[i][c])
				return false;
	return true;
}

static void join(struct joint *j, const struct list *first, const struct list *second)
{
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < SHEET_REGIONS; i++)
			for (size_t c = 0; c < SHEET_ANSWERS; c++) {
				j->low[k][i][c] = 1000000;
				j->high[k][i][c] = -1;
			}
	j->pairs = 0;
	for (size_t a = 0; a < first->n; a++)
		for (size_t b = 0; b < second->n; b++) {
			if (!contains(second->value[b], first->value[a]))
				continue;
			j->pairs++;
			for (size_t i = 0; i < SHEET_REGIONS; i++)
				for (size_t c = 0; c < SHEET_ANSWERS; c++) {
					long x = first->value[a][i][c];
					long y = second->value[b][i][c];

					widen(&j->low[0][i][c], &j->high[0][i][c], x);
					widen(&j->low[1][i][c], &j->high[1][i][c], y);
					widen(&j->low[2][i][c], &j->high[2][i][c], y - x);
				}
		}
}

/* Small counts of the first, the second and the increment: is any narrower than k? */
static bool joint_narrow(const struct joint *j, const struct sheet *first,
	const struct sheet *second)
{
	for (size_t i = 0; i < first->regions; i++)
		for (size_t c = 0; c < first->answers; c++) {
			long x = first->counts[i][c], y = second->counts[i][c];
			const long truth[] = {x, y, y - x};

			for (size_t k = 0; k < 3; k++)
				if (truth[k] > 0 && truth[k] < 5 &&
					j->high[k][i][c] - j->low[k][i][c] + 1 < 5)
					return true;
		}
	return false;
}

static void test_releases(void **state)
{
	struct disclose_rule rule = {.threshold = 5, .coalition = 1};
	struct list first = {.value = calloc(LISTED, sizeof *first.value)};
	struct list second = {.value = calloc(LISTED, sizeof *second.value)};
	static struct joint j;
	long tried = 0, held = 0;

	(void)state;
	for (int turn = 0; turn < 4 * TABLES; turn++) {
		struct sheet before = random_sheet(), now = before;
		struct release *r, *exact, *later;
		struct disclose_earlier earlier;
		struct err err = {0};

		for (size_t i = 0; i < now.regions; i++)
			for (size_t c = 0; c < now.answers; c++)
				now.counts[i][c] += random_below(9);
		r = sheet_release(&before);
		exact = sheet_release(&before);
		later = sheet_release(&now);
		assert_int_equal(disclose_protect(r, NULL, one_question(), &rule, &err), 0);
		earlier = (struct disclose_earlier){r, exact, 1};
		if (disclose_protect(later, &earlier, one_question(), &rule, &err) != 0) {
			assert_int_equal(err.code, ERR_REFUSED);
			held++;
		} else if (r->tables[0].n_slots > 1 && later->tables[0].n_slots > 1 &&
			attack_list(&first, r, false) && attack_list(&second, later, true)) {
			join(&j, &first, &second);
			tried += j.pairs > 0;
			if (j.pairs > 0 && joint_narrow(&j, &before, &now))
				fail_msg("turn %d: narrowed by both together", turn);
		}
		release_free(r);
		release_free(exact);
		release_free(later);
	}
	free(first.value);
	free(second.value);
	print_message("%ld pairs of releases, %ld held\n", tried, held);
	assert_true(tried > 200);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_protected),
		cmocka_unit_test(test_patterns),
		cmocka_unit_test(test_holes),
		cmocka_unit_test(test_coalition),
		cmocka_unit_test(test_releases),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
