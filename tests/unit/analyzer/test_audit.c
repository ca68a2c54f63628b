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
	if (audit_solve(&m->system, &demand, &effort, &err) != 0)
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

/* Two suppressed countries hide each other, but not where the people of their regions are known. */
static void test_countries(void **state)
{
	(void)state;
	for (int country = 0; country < 2; country++) {
		struct sheet sheet = {country ? RELEASE_COUNTRY : RELEASE_CHOICE, false, 2, 3,
			{{22, 0, 0}, {0, 3, 50}}};
		struct release *r = sheet_release(&sheet);
		struct release_table *t = &r->tables[0];
		struct audit_report report = {0};
		struct err err = {0};

		while (t->n_slots > 1)
			free(t->slots[--t->n_slots].counts);
		t->slots[0].counts[0] = t->slots[0].counts[1] = RELEASE_SUPPRESSED;
		if (audit_release(&report, r, false, &err) != 0)
			fail_msg("%s", err.msg);
		assert_true(country ? report.n_holes > 0 : report.n_holes == 0);
		audit_report_finish(&report);
		release_free(r);
	}
}

/*
 * Two releases of one table, region by region: what the second adds, and what is wrong with both
 * together. `hidden` is suppressed in both, `more` in the second, `less` in the first only.
 */
static const struct {
	const char *label;
	long first[2][2], second[2][2];
	const char *hidden, *more, *less;
	int fault;
} chains[] = {
	{"40 more everywhere", {{20, 30}, {40, 50}}, {{60, 70}, {80, 90}}, ".. ..", "", "", -1},
	{"nothing new in one region", {{20, 30}, {40, 50}}, {{20, 30}, {80, 90}}, ".. ..", "", "",
		-1},
	{"bad-52 then 50: the difference is 2", {{50, 40}, {60, 60}}, {{52, 60}, {80, 80}},
		".. ..", "", "", AUDIT_SMALL},
	{"bad-55 then 54: the difference is 1", {{54, 40}, {60, 60}}, {{55, 60}, {80, 80}},
		".. ..", "", "", AUDIT_SMALL},
	{"bad-alone in its line", {{54, 40}, {60, 60}}, {{55, 60}, {80, 80}}, ".. ..", "x. ..", "",
		AUDIT_NARROW},
	{"52 then 50 in a ring", {{50, 40}, {60, 60}}, {{52, 60}, {80, 80}}, ".. ..", "xx xx", "",
		-1},
	{"bad-few more people", {{50, 40}, {60, 60}}, {{53, 43}, {80, 80}}, ".. ..", "xx xx", "",
		AUDIT_GAIN},
	{"bad-fewer than before", {{50, 40}, {60, 60}}, {{40, 80}, {80, 80}}, ".. ..", "", "",
		AUDIT_FEWER},
	{"bad-come back", {{3, 40}, {60, 60}}, {{33, 80}, {80, 80}}, "", "", "xx xx",
		AUDIT_REVEALED},
	{"suppressed in both", {{3, 40}, {60, 60}}, {{33, 80}, {80, 80}}, "xx xx", "", "", -1},
};

static struct release *chain_release(const long counts[2][2], unsigned number)
{
	struct sheet sheet = {RELEASE_CHOICE, false, 2, 2,
		{{counts[0][0], counts[0][1]}, {counts[1][0], counts[1][1]}}};
	struct release *r = sheet_release(&sheet);

	r->study = strdup("s");
	r->round = strdup("r");
	r->number = number;
	return r;
}

static void hide_if(struct release *r, const char *hidden)
{
	if (*hidden != '\0')
		sheet_hide(r, hidden);
}

static void test_chain(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(chains); i++) {
		struct release *list[] = {chain_release(chains[i].first, 1),
			chain_release(chains[i].second, 2)};
		struct audit_report report = {0};
		struct err err = {0};
		size_t last;
		bool found;

		hide_if(list[0], chains[i].hidden);
		hide_if(list[0], chains[i].less);
		hide_if(list[1], chains[i].hidden);
		hide_if(list[1], chains[i].more);
		if (audit_chain(&report, &last, list, 2, &err) != 0)
			fail_msg("%s: %s", chains[i].label, err.msg);
		CHECK(last == 1, chains[i].label);
		found = chains[i].fault == -1 && report.n_holes == 0;
		for (size_t k = 0; k < report.n_holes; k++)
			found |= (int)report.holes[k].fault == chains[i].fault;
		if (!found)
			fail_msg("%s: %zu holes", chains[i].label, report.n_holes);
		audit_report_finish(&report);
		release_free(list[0]);
		release_free(list[1]);
	}
}

/*
 * Counts 1, 2, 1, 0 in one line, threshold 2. To everybody two suppressed singles hide each other;
 * whoever is one of them knows the other. One suppression more is needed then.
 */
static const struct {
	const char *label, *hidden;
	bool knows; /* the attacker is the first of the singles */
	bool safe;
} singles[] = {
	{"singles, nobody knows", "x.x.", false, true},
	{"bad-singles know themselves", "x.x.", true, false},
	{"singles and one more", "xxx.", true, true},
};

static void test_singles(void **state)
{
	static const struct sheet sheet = {RELEASE_CHOICE, false, 1, 4, {{1, 2, 1, 0}}};

	(void)state;
	for (size_t i = 0; i < COUNT(singles); i++) {
		struct release *r = sheet_release(&sheet);
		struct audit_demand demand = {2, false};
		struct audit_effort effort = {0};
		struct audit_model m;
		struct err err = {0};
		bool safe = true;

		r->threshold = 2;
		sheet_hide(r, singles[i].hidden);
		for (size_t c = 0; c < 4; c++)
			r->tables[0].slots[0].counts[c] = r->tables[0].slots[1].counts[c];
		model_of(&m, r);
		for (size_t v = 0; v < m.system.n_variables && singles[i].knows; v++)
			if (m.place[v].column == 0) {
				m.system.variables[v].low = m.system.variables[v].high = 1;
				m.system.variables[v].exempt = true;
			}
		assert_int_equal(audit_system_narrow(&m.system, &err), 0);
		assert_int_equal(audit_solve(&m.system, &demand, &effort, &err), 0);
		for (size_t v = 0; v < m.system.n_variables; v++)
			safe &= !m.system.variables[v].unsafe;
		CHECK(safe == singles[i].safe, singles[i].label);
		audit_model_finish(&m);
		release_free(r);
	}
}

/*
 * A second question that is asked only of those who answered 0 to the first: people less its
 * not_asked is that answer's count.
 */
static void add_routed(struct release *r)
{
	static const long base[] = {62, 22, 40};
	const struct release_table *q;
	struct release_table *t;

	r->tables = realloc(r->tables, 2 * sizeof *r->tables);
	q = &r->tables[0];
	t = &r->tables[r->n_tables++];
	*t = (struct release_table){.question = strdup("then"), .measure = RELEASE_CHOICE,
		.n_answers = 1, .answers = calloc(2, sizeof *t->answers),
		.slots = calloc(q->n_slots, sizeof *t->slots), .routes = calloc(1, sizeof *t->routes),
		.n_routes = 1};
	t->answers[0] = strdup("a");
	t->routes[0] = (struct release_route){.relation = RELEASE_EXACTLY, .question = strdup("q"),
		.answers = calloc(2, sizeof(char *))};
	t->routes[0].answers[0] = strdup("0");
	for (; t->n_slots < q->n_slots; t->n_slots++) {
		struct release_slot *s = &t->slots[t->n_slots];

		s->group = t->n_slots;
		s->mean = s->median = NAN;
		s->counts = calloc(1, sizeof *s->counts);
		s->base = s->counts[0] = base[t->n_slots];
		s->not_asked = r->groups[t->n_slots].people - s->base;
	}
}

static void test_routed(void **state)
{
	static const struct sheet sheet = {RELEASE_CHOICE, false, 2, 3,
		{{22, 3, 21}, {40, 50, 20}}};

	(void)state;
	for (int routed = 0; routed < 2; routed++) {
		struct release *r = sheet_release(&sheet);
		struct audit_report report = {0};
		struct err err = {0};

		/* open to each other only through the answer that routes */
		sheet_hide(r, "xx. xx.");
		if (routed)
			add_routed(r);
		if (audit_release(&report, r, false, &err) != 0)
			fail_msg("%s", err.msg);
		assert_true(routed ? report.n_holes > 0 : report.n_holes == 0);
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
		cmocka_unit_test(test_singles),
		cmocka_unit_test(test_routed),
		cmocka_unit_test(test_countries),
		cmocka_unit_test(test_chain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
