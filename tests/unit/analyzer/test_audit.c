/*
 * test_audit.c - the audit finds what published numbers give away, and only that: the field's known
 * patterns, holes made by hand, tables that share people, several releases.
 */
#include "analyzer/audit.h"
#include "analyzer/audit_model.h"
#include "tests/unit/analyzer/sheet.h"

/* The hidden cells of each pattern, region by region, and their least and most. */
static const struct {
	const char *label;
	struct sheet sheet;
	const char *hidden;
	long low[SHEET_REGIONS * SHEET_ANSWERS], high[SHEET_REGIONS * SHEET_ANSWERS];
} known[] = {
	{"rows 5,2 / 1,2 / 3,3", {RELEASE_CHOICE, false, 3, 2, {{5, 2}, {1, 2}, {3, 3}}},
		"xx xx ..", {3, 1, 0, 0}, {6, 4, 3, 3}},
	{"young and old", {RELEASE_CHOICE, false, 2, 3, {{0, 2, 5}, {4, 3, 6}}}, "xx. xx.",
		{0, 0, 2, 3}, {2, 2, 4, 5}},
	{"a single hole", {RELEASE_CHOICE, false, 2, 2, {{7, 2}, {9, 9}}}, ".x ..", {2}, {2}},
	{"region by sex", {RELEASE_CHOICE, false, 4, 2,
		{{18, 2}, {14, 19}, {12, 10}, {11, 14}}}, "xx .. xx ..",
		{8, 0, 10, 0}, {20, 12, 22, 12}},
};

static void model_of(struct audit_model *m, const struct release *r)
{
	struct err err = {0};

	if (audit_model_create(m, r, &err) != 0 || audit_system_narrow(&m->system, &err) != 0)
		fail_msg("%s", err.msg);
}

/* Everything that can be known: far more values are asked for than there are. */
static void solve(struct audit_model *m)
{
	struct audit_demand demand = {1000000, false};
	struct audit_effort effort = {0};
	struct err err = {0};

	for (size_t i = 0; i < m->system.n_variables; i++) {
		m->system.variables[i].exempt = false;
		m->system.variables[i].small_first = 0;
		m->system.variables[i].small_last = 1000000;
	}
	if (audit_solve(&m->system, &demand, NULL, &effort, &err) != 0)
		fail_msg("%s", err.msg);
}

static void test_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(known); i++) {
		struct release *r = sheet_release(&known[i].sheet);
		struct audit_model m;

		sheet_hide(r, known[i].hidden);
		model_of(&m, r);
		solve(&m);
		for (size_t v = 0; v < m.system.n_variables; v++) {
			const struct audit_variable *found = &m.system.variables[v];

			if (found->low != known[i].low[v] || found->high != known[i].high[v] ||
				found->seen_low != found->low || found->seen_high != found->high)
				fail_msg("%s: cell %zu: [%ld, %ld]", known[i].label, v,
					found->low, found->high);
		}
		audit_model_finish(&m);
		release_free(r);
	}
}

/*
 * The killer case: two gaps or more in every line, and yet wb is exactly 47. One suppression more
 * opens it.
 */
static const struct {
	const char *label, *hidden;
	long low, high;
} killer[] = {
	{"killer", "xxx. x.x. .x.x .x.x", 47, 47},
	{"killer and xd", "xxx. x.xx .x.x .x.x", 0, 78},
	{"killer and xb", "xxx. xxx. .x.x .x.x", 0, 141},
	{"killer and yc", "xxx. x.x. .xxx .x.x", 0, 116},
	{"killer and zc", "xxx. x.x. .x.x .xxx", 0, 116},
};

static void test_killer(void **state)
{
	static const struct sheet sheet = {RELEASE_CHOICE, false, 4, 4,
		{{30, 47, 64, 89}, {90, 124, 5, 31}, {92, 100, 59, 85}, {800, 991, 651, 685}}};

	(void)state;
	for (size_t i = 0; i < COUNT(killer); i++) {
		struct release *r = sheet_release(&sheet);
		struct audit_model m;

		sheet_hide(r, killer[i].hidden);
		model_of(&m, r);
		solve(&m);
		/* wb is the second suppressed cell */
		if (m.system.variables[1].low != killer[i].low ||
			m.system.variables[1].high != killer[i].high)
			fail_msg("%s: wb [%ld, %ld]", killer[i].label,
				m.system.variables[1].low, m.system.variables[1].high);
		audit_model_finish(&m);
		release_free(r);
	}
}

/* What the audit says of patterns, by threshold. `fault` -1: nothing. */
static const struct {
	const char *label;
	unsigned threshold, coalition;
	struct sheet sheet;
	const char *hidden;
	int fault;
} verdicts[] = {
	{"all published, all large", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 30}, {40, 50}}},
		".. ..", -1},
	{"bad-small published", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 3}, {40, 50}}},
		".. ..", AUDIT_SMALL},
	{"bad-alone in its line", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 3}, {40, 50}}},
		".x ..", AUDIT_NARROW},
	{"a ring", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{20, 3}, {40, 50}}}, "xx xx", -1},
	{"bad-a ring without room", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{12, 3}, {40, 5}}},
		"xx xx", AUDIT_NARROW},
	{"bad-base", 10, 1, {RELEASE_CHOICE, false, 2, 2, {{9, 0}, {40, 50}}}, ".. ..",
		AUDIT_BASE},
	{"bad-base of a coalition", 10, 3, {RELEASE_CHOICE, false, 2, 2, {{11, 0}, {40, 50}}},
		".. ..", AUDIT_BASE},
	{"bad-everybody", 5, 1, {RELEASE_CHOICE, true, 2, 2, {{6, 0}, {20, 30}}}, ".. ..",
		AUDIT_FULL},
	{"everybody, harmless", 5, 1, {RELEASE_CHOICE, false, 2, 2, {{6, 0}, {20, 30}}}, ".. ..",
		-1},
	{"bad-everybody, the nought published", 5, 1,
		{RELEASE_CHOICE, true, 2, 2, {{6, 0}, {20, 30}}}, "x. x.", AUDIT_NARROW},
	{"everybody, a ring", 5, 1, {RELEASE_CHOICE, true, 2, 2, {{6, 0}, {20, 30}}}, "xx xx", -1},
	{"several answers", 10, 1, {RELEASE_MULTIPLE, false, 2, 2, {{3, 40}, {20, 40}}, {40, 40}},
		"x. x.", -1},
	{"bad-several answers, all but a few", 10, 1,
		{RELEASE_MULTIPLE, false, 2, 2, {{37, 40}, {20, 40}}, {40, 40}}, ".. ..",
		AUDIT_SMALL},
	{"bad-coalition of four in a line", 10, 4,
		{RELEASE_CHOICE, false, 2, 3, {{6, 5, 20}, {20, 30, 30}}}, "xx. xx.",
		AUDIT_REST},
};

static void test_verdicts(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(verdicts); i++) {
		struct release *r = sheet_release(&verdicts[i].sheet);
		struct audit_report report = {0};
		struct err err = {0};
		bool found;

		r->threshold = verdicts[i].threshold;
		r->coalition = verdicts[i].coalition;
		r->tables[0].full = verdicts[i].sheet.sensitive;
		sheet_hide(r, verdicts[i].hidden);
		if (audit_release(&report, r, false, &err) != 0)
			fail_msg("%s: %s", verdicts[i].label, err.msg);
		found = verdicts[i].fault == -1 && report.n_holes == 0;
		for (size_t k = 0; k < report.n_holes; k++)
			found |= (int)report.holes[k].fault == verdicts[i].fault;
		if (!found)
			fail_msg("%s: %zu holes", verdicts[i].label, report.n_holes);
		CHECK(report.n_holes > 0 || report.cells == 0 ||
			report.narrowest >= (long)r->threshold, verdicts[i].label);
		audit_report_finish(&report);
		release_free(r);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_known),
		cmocka_unit_test(test_killer),
		cmocka_unit_test(test_verdicts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
