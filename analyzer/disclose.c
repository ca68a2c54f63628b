/*
 * disclose.c - from exact counts to what may be published. In: counts of merged groups, and of an
 * earlier release of the round what it published and its exact counts. Out: the same release with
 * too small tables and breakdowns left out, counts suppressed, means gone where they would say more
 * than the counts, and the certificate of an audit that found nothing.
 *
 * Table by table counts are suppressed until each can change by k-1 (disclose_cells.c); then all
 * published numbers are audited together, and what the audit finds is mended until it finds
 * nothing. A later release protects what it adds, as a survey of its own (audit_chain.c says why).
 */
#include "analyzer/disclose.h"

#include "analyzer/disclose_work.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROUNDS = 400 };

int disclose_rule_check(const struct disclose_rule *rule, struct err *err)
{
	if (rule->threshold < DISCLOSE_THRESHOLD_MIN)
		return err_set(err, ERR_REFUSED, "a threshold of %u: it cannot be below %d",
			rule->threshold, DISCLOSE_THRESHOLD_MIN);
	if (rule->coalition < 1)
		return err_set(err, ERR_REFUSED, "a coalition of nobody: it is 1 or more");
	return 0;
}

long disclose_base(const struct disclose_rule *rule)
{
	return (long)rule->threshold + (long)rule->coalition - 1;
}

/* --- the two sides of a mark: what is published, and what an attacker sees --- */

static void apply(struct release_table *t, const struct release_table *exact,
	const struct disclose_grid *g)
{
	for (size_t cell = 0; cell < g->slots * g->columns; cell++) {
		size_t slot = cell / g->columns, column = cell % g->columns;

		disclose_set_count(t, &t->slots[slot], column,
			g->mark[cell] != DISCLOSE_OPEN ? RELEASE_SUPPRESSED
			: disclose_count(exact, &exact->slots[slot], column));
	}
}

static void apply_all(struct disclose_work *w)
{
	for (size_t i = 0; i < w->published->n_tables; i++) {
		apply(&w->published->tables[i], &w->exact->tables[i], &w->grid[i]);
		apply(&w->seen->tables[i], &w->gain->tables[i], &w->grid[i]);
	}
}

/* A mean of a scale is a sum of its counts; one of numbers says more than their bands. */
static void leave_means(struct release_table *t)
{
	bool any = false;

	for (size_t i = 0; i < t->n_slots; i++) {
		struct release_slot *s = &t->slots[i];

		for (size_t a = 0; a < t->n_answers; a++) {
			if (s->counts[a] != RELEASE_SUPPRESSED)
				continue;
			any = true;
			s->mean = s->median = NAN;
		}
	}
	for (size_t i = 0; i < t->n_slots && any && t->measure == RELEASE_BANDS; i++)
		t->slots[i].mean = t->slots[i].median = NAN;
}

static void count_marks(struct release *r, const struct disclose_grid *g)
{
	for (size_t cell = 0; cell < g->slots * g->columns; cell++) {
		r->suppressed_primary += g->mark[cell] == DISCLOSE_PRIMARY;
		r->suppressed_complementary += g->mark[cell] != DISCLOSE_OPEN &&
			g->mark[cell] != DISCLOSE_PRIMARY;
	}
}

/* --- people --- */

static int check_people(const struct release *r, long minimum, struct err *err)
{
	if (r->people < minimum)
		return err_set(err, ERR_REFUSED, "fewer than %ld people answered: nothing can be "
			"published", minimum);
	for (size_t g = 0; g < r->n_groups; g++)
		if (r->groups[g].by != RELEASE_REGION_LANGUAGE && r->groups[g].people > 0 &&
			r->groups[g].people < minimum)
			return err_set(err, ERR_REFUSED, "a group of fewer than %ld people",
				minimum);
	return 0;
}

/* What a later release adds: nobody, or enough people, in every group. */
static int check_gain(const struct disclose_work *w, struct err *err)
{
	long minimum = disclose_base(&w->rule);

	for (size_t g = 0; g < w->gain->n_groups; g++) {
		const struct release_group *group = &w->gain->groups[g];

		if (group->people > 0 && group->people < minimum)
			return err_set(err, ERR_REFUSED, "held: fewer than %ld people more than in "
				"the release before (%s%s%s); compared with it they would be given "
				"away", minimum, release_by_name(group->by),
				group->by == RELEASE_TOTAL ? "" : " ", group->id);
	}
	if (w->gain->people == 0)
		return err_set(err, ERR_REFUSED, "held: nobody answered since the release before");
	return 0;
}

static int find_gain(struct disclose_work *w, struct err *err)
{
	struct audit_report report = {0};
	int status;

	if (w->earlier == NULL)
		return release_copy(&w->gain, w->exact, err);
	status = audit_increment(&w->gain, &report, w->earlier->exact, w->exact, err);
	for (size_t i = 0; i < report.n_holes && status == 0; i++)
		if (report.holes[i].fault == AUDIT_FEWER)
			status = err_set(err, ERR_REFUSED, "records of the release before were "
				"withdrawn: a count is smaller than it was; compared with each other "
				"the releases would give people away");
	audit_report_finish(&report);
	return status == 0 ? check_gain(w, err) : -1;
}

/* --- all tables together --- */

static int begin(struct disclose_work *w, struct err *err)
{
	struct release *r = w->published;

	r->threshold = w->rule.threshold;
	r->coalition = w->rule.coalition;
	r->audited = false;
	r->suppressed_primary = r->suppressed_complementary = 0;
	disclose_leave_country(r, w->form);
	disclose_leave_pairs(r, &w->rule, w->earlier != NULL ? w->earlier->published : NULL);
	if (disclose_route(r, w->form, w->rule.full, err) != 0 ||
		release_copy(&w->exact, r, err) != 0 || find_gain(w, err) != 0 ||
		release_copy(&w->seen, w->gain, err) != 0)
		return -1;
	w->grid = calloc(r->n_tables + 1, sizeof *w->grid);
	if (w->grid == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < r->n_tables; i++)
		if (disclose_leave_small(w, i, err) != 0 || disclose_table(w, i, err) != 0)
			return -1;
	return 0;
}

static int refuse(const struct disclose_work *w, const struct audit_report *report,
	struct err *err)
{
	struct buf text = {0};

	audit_hole_put(&text, w->seen, &report->holes[0]);
	if (text.failed)
		err_nomem(err);
	else
		err_set(err, ERR_REFUSED, "%s; %zu such places", text.data, report->n_holes);
	buf_finish(&text);
	return -1;
}

/* Audit and mend until there is nothing to mend; `report` is the last audit's. */
static int until_safe(struct disclose_work *w, struct audit_report *report, struct err *err)
{
	for (int turn = 0; turn < ROUNDS; turn++) {
		bool changed = true;

		while (changed)
			if (disclose_inherit(w, &changed, err) != 0)
				return -1;
		apply_all(w);
		audit_report_finish(report);
		if (audit_release(report, w->seen, w->earlier != NULL, err) != 0)
			return -1;
		if (report->n_holes == 0)
			return 0;
		if (disclose_mend(w, report, err) != 0)
			return -1;
	}
	return refuse(w, report, err);
}

static int certify(struct release *r, const struct disclose_work *w,
	const struct audit_report *report, struct err *err)
{
	struct release_certificate *c = calloc(1, sizeof *c);
	size_t n = 0;

	if (c == NULL)
		return err_nomem(err);
	release_certificate_free(r->certificate);
	r->certificate = c;
	while (audit_not_modelled[n] != NULL)
		n++;
	c->not_modelled = calloc(n + 1, sizeof *c->not_modelled);
	if (c->not_modelled == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		c->not_modelled[i] = strdup(audit_not_modelled[i]);
		if (c->not_modelled[i] == NULL)
			return err_nomem(err);
	}
	c->cells = report->cells;
	c->narrowest = report->narrowest;
	c->non_response = report->non_response;
	c->releases = 1 + (w->earlier != NULL ? w->earlier->releases : 0);
	r->audited = true;
	return release_tables_digest(c->digest, r, err);
}

static void work_finish(struct disclose_work *w)
{
	for (size_t i = 0; w->grid != NULL && i < w->published->n_tables; i++)
		disclose_grid_finish(&w->grid[i]);
	free(w->grid);
	release_free(w->exact);
	release_free(w->gain);
	release_free(w->seen);
}

int disclose_protect(struct release *r, const struct disclose_earlier *earlier,
	const struct form *form, const struct disclose_rule *rule, struct err *err)
{
	struct disclose_work w = {.published = r, .earlier = earlier, .form = form, .rule = *rule};
	struct audit_report report = {0};
	int status = -1;

	if (disclose_rule_check(rule, err) != 0 || check_people(r, disclose_base(rule), err) != 0 ||
		begin(&w, err) != 0 || until_safe(&w, &report, err) != 0)
		goto out;
	for (size_t i = 0; i < r->n_tables; i++) {
		leave_means(&r->tables[i]);
		count_marks(r, &w.grid[i]);
	}
	status = certify(r, &w, &report, err);
out:
	audit_report_finish(&report);
	work_finish(&w);
	return status;
}
