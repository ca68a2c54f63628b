/*
 * audit.c - one release examined. In: published numbers. Out: holes: places where less than the
 * rule asks for is left open. Some are seen at once (a small count, a small base); for suppressed
 * counts the least and the most are worked out over all tables together (audit_solve.c).
 */
#include "analyzer/audit.h"

#include "analyzer/audit_model.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const char *const audit_not_modelled[] = {
	"choice_of_complementary", /* which of several counts the method suppresses */
	"non_response_total",      /* people less base is published on purpose */
	"unpublished_pairs",       /* sizes of region x language that several tables share */
	"routes_by_several",       /* conditions on several questions, beyond what bounds them */
	"numbers_behind_means",    /* a mean of numbers says more than their bands */
	"written_others",          /* who wrote an "other" text chose that answer */
	"replaced_records",        /* a record withdrawn for another with the same answers */
	NULL};

void audit_report_finish(struct audit_report *report)
{
	free(report->holes);
	*report = (struct audit_report){0};
}

int audit_report_add(struct audit_report *report, enum audit_fault fault, size_t table,
	size_t slot, size_t column, struct err *err)
{
	if (report->n_holes == report->cap_holes) {
		size_t cap = 2 * report->cap_holes + 16;
		struct audit_hole *more = reallocarray(report->holes, cap, sizeof *more);

		if (more == NULL)
			return err_nomem(err);
		report->holes = more;
		report->cap_holes = cap;
	}
	report->holes[report->n_holes++] = (struct audit_hole){fault, table, slot, column};
	return 0;
}

static bool below(long count, long limit)
{
	return count > 0 && count < limit;
}

static long smallest_base(const struct release *r)
{
	return (long)r->threshold + (long)r->coalition - 1;
}

static int check_groups(struct audit_report *report, const struct release *r, bool increment,
	struct err *err)
{

	for (size_t g = 0; g < r->n_groups; g++)
		if (below(r->groups[g].people, smallest_base(r)) &&
			audit_report_add(report, increment ? AUDIT_GAIN : AUDIT_BASE, SIZE_MAX, g,
				SIZE_MAX, err) != 0)
			return -1;
	return 0;
}

/* A published answer: small, all but a small number, or everybody? */
static int check_count(struct audit_report *report, const struct release *r, size_t table,
	size_t slot, size_t column, struct err *err)
{
	const struct release_table *t = &r->tables[table];
	const struct release_slot *s = &t->slots[slot];
	long count = s->counts[column], k = (long)r->threshold;

	if (count == RELEASE_SUPPRESSED)
		return 0;
	if (below(count, k) || (!release_exclusive(t->measure) && below(s->base - count, k)))
		return audit_report_add(report, AUDIT_SMALL, table, slot, column, err);
	if (t->full && count > 0 && count == s->base)
		return audit_report_add(report, AUDIT_FULL, table, slot, column, err);
	return 0;
}

static bool anything_hidden(const struct release_table *t)
{
	for (size_t i = 0; i < t->n_slots; i++)
		for (size_t a = 0; a < t->n_answers; a++)
			if (t->slots[i].counts[a] == RELEASE_SUPPRESSED)
				return true;
	return false;
}

/*
 * What is suppressed of one slot's answers, as a sum that everybody can work out: members of a
 * coalition take themselves away from it.
 */
static bool rest_too_small(const struct release *r, const struct release_table *t,
	const struct release_slot *s)
{
	long rest = s->base;
	bool hidden = false;

	for (size_t a = 0; a < t->n_answers; a++) {
		hidden |= s->counts[a] == RELEASE_SUPPRESSED;
		if (s->counts[a] != RELEASE_SUPPRESSED)
			rest -= s->counts[a];
	}
	return hidden && release_exclusive(t->measure) && below(rest, smallest_base(r));
}

/* Whoever knows the map knows each country's region, and people of regions are published. */
static bool countries_alone(const struct release *r, const struct release_table *t)
{
	bool groups = false, slots = false;

	for (size_t g = 0; g < r->n_groups; g++)
		groups |= r->groups[g].by == RELEASE_REGION;
	for (size_t i = 0; i < t->n_slots; i++)
		slots |= r->groups[t->slots[i].group].by == RELEASE_REGION;
	return t->measure == RELEASE_COUNTRY && t->n_slots > 0 && groups && !slots;
}

static int check_table(struct audit_report *report, const struct release *r, size_t table,
	bool increment, struct err *err)
{
	const struct release_table *t = &r->tables[table];
	bool hidden = anything_hidden(t);

	if (hidden && countries_alone(r, t) &&
		audit_report_add(report, AUDIT_NARROW, table, 0, SIZE_MAX, err) != 0)
		return -1;
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct release_slot *s = &t->slots[i];

		if (below(s->base, smallest_base(r)) &&
			audit_report_add(report, increment ? AUDIT_GAIN : AUDIT_BASE, table, i,
				SIZE_MAX, err) != 0)
			return -1;
		if (rest_too_small(r, t, s) &&
			audit_report_add(report, AUDIT_REST, table, i, SIZE_MAX, err) != 0)
			return -1;
		if (hidden && t->measure == RELEASE_BANDS &&
			(!isnan(s->mean) || !isnan(s->median)) &&
			audit_report_add(report, AUDIT_MEAN, table, i, SIZE_MAX, err) != 0)
			return -1;
		for (size_t a = 0; a < t->n_answers; a++)
			if (check_count(report, r, table, i, a, err) != 0)
				return -1;
	}
	return 0;
}

static bool might(const struct audit_variable *v, long first, long last)
{
	return first <= last && v->low <= last && v->high >= first;
}

static int gather(struct audit_report *report, const struct audit_model *m, struct err *err)
{
	for (size_t i = 0; i < m->system.n_variables; i++) {
		const struct audit_variable *v = &m->system.variables[i];
		const struct audit_place *at = &m->place[i];

		report->suppressed++;
		report->non_response += v->exempt;
		if (v->exempt || (!might(v, v->small_first, v->small_last) &&
			!might(v, v->great_first, v->great_last)))
			continue;
		report->cells++;
		if (v->unsafe) {
			if (audit_report_add(report, AUDIT_NARROW, at->table, at->slot,
				    at->column, err) != 0)
				return -1;
		} else if (report->narrowest == 0 ||
			v->seen_high - v->seen_low + 1 < report->narrowest) {
			report->narrowest = v->seen_high - v->seen_low + 1;
		}
	}
	return 0;
}

int audit_release(struct audit_report *report, const struct release *r, bool increment,
	struct err *err)
{
	struct audit_demand demand = {(long)r->threshold, !increment};
	struct audit_model m;
	int status = -1;

	if (audit_model_create(&m, r, err) != 0 || check_groups(report, r, increment, err) != 0)
		goto out;
	for (size_t i = 0; i < r->n_tables; i++)
		if (check_table(report, r, i, increment, err) != 0)
			goto out;
	if (audit_system_narrow(&m.system, err) != 0 ||
		audit_solve(&m.system, &demand, &report->effort, err) != 0 ||
		gather(report, &m, err) != 0)
		goto out;
	status = 0;
out:
	audit_model_finish(&m);
	return status;
}

static const char *fault_text(enum audit_fault fault)
{
	static const char *const texts[] = {
		[AUDIT_NARROW] = "a suppressed count could be narrowed to fewer values than the threshold",
		[AUDIT_SMALL] = "a count below the threshold is published",
		[AUDIT_FULL] = "it is published that everybody gave one answer",
		[AUDIT_BASE] = "a base below the smallest that may be published",
		[AUDIT_GAIN] = "too few people more than in the release before",
		[AUDIT_REST] = "what is suppressed is too few people for the coalition",
		[AUDIT_MEAN] = "a mean or median beside suppressed counts",
		[AUDIT_REVEALED] = "published, though an earlier release suppressed it",
		[AUDIT_FEWER] = "fewer than in an earlier release: records were withdrawn",
	};

	return texts[fault];
}

static void put_group(struct buf *out, const struct release_group *g)
{
	if (g->by == RELEASE_TOTAL)
		buf_puts(out, ", total");
	else
		buf_printf(out, ", by %s: %s", release_by_name(g->by), g->id);
}

void audit_hole_put(struct buf *out, const struct release *r, const struct audit_hole *hole)
{
	static const char *const kinds[AUDIT_KINDS] = {"declined", "blank", "not_asked"};
	const struct release_table *t;

	if (hole->table == SIZE_MAX) {
		buf_puts(out, "people");
		put_group(out, &r->groups[hole->slot]);
		buf_printf(out, ": %s", fault_text(hole->fault));
		return;
	}
	t = &r->tables[hole->table];
	buf_printf(out, "%s%s%s (%s)", t->question, t->row != NULL ? "/" : "",
		t->row != NULL ? t->row : "", release_measure_name(t->measure));
	put_group(out, &r->groups[t->slots[hole->slot].group]);
	if (hole->column < t->n_answers)
		buf_printf(out, ", %s", t->answers[hole->column]);
	else if (hole->column != SIZE_MAX)
		buf_printf(out, ", %s", kinds[hole->column - t->n_answers]);
	buf_printf(out, ": %s", fault_text(hole->fault));
}
