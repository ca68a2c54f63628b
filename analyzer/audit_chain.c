/*
 * audit_chain.c - several releases of a round. In: releases, the first first. Out: holes.
 *
 * Every release holds the people of the one before it and some more. "Each difference is 0 or at
 * least k" is not enough (two safe tables can give a count away together). What is: the later
 * release suppresses all that the earlier one did, and the increment, known wherever the later one
 * publishes, is protected as a survey of its own. The earlier counts and the increments are then
 * two systems without a common unknown, and a later count is their sum.
 */
#include "analyzer/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct pair {
	struct release *d; /* a copy of the later one, from which the earlier one is taken away */
	const struct release *earlier;
	struct audit_report *report;
};

static size_t group_of(const struct release *r, const struct release_group *g)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == g->by && strcmp(r->groups[i].id, g->id) == 0)
			return i;
	return SIZE_MAX;
}

static bool has_member(const struct release_group *g, const char *member)
{
	for (size_t i = 0; g->members[i] != NULL; i++)
		if (strcmp(g->members[i], member) == 0)
			return true;
	return false;
}

/* The same group, which may have been joined by codes that nobody had before. */
static bool same_members(const struct release_group *earlier, const struct release_group *later)
{
	for (size_t i = 0; earlier->members[i] != NULL; i++)
		if (!has_member(later, earlier->members[i]))
			return false;
	return true;
}

static int take_groups(struct pair *p, struct err *err)
{
	for (size_t g = 0; g < p->d->n_groups; g++) {
		size_t before = group_of(p->earlier, &p->d->groups[g]);

		if (before == SIZE_MAX ||
			!same_members(&p->earlier->groups[before], &p->d->groups[g])) {
			if (audit_report_add(p->report, AUDIT_REVEALED, SIZE_MAX, g, SIZE_MAX,
				    err) != 0)
				return -1;
			continue;
		}
		p->d->groups[g].people -= p->earlier->groups[before].people;
		if (p->d->groups[g].people >= 0)
			continue;
		p->d->groups[g].people = 0;
		if (audit_report_add(p->report, AUDIT_FEWER, SIZE_MAX, g, SIZE_MAX, err) != 0)
			return -1;
	}
	p->d->people = p->d->groups[0].people;
	return 0;
}

/* Later less earlier; what either suppresses is not known. */
static int take_count(struct pair *p, long *count, long before, const struct audit_hole *at,
	struct err *err)
{
	if (*count == RELEASE_SUPPRESSED)
		return 0;
	if (before == RELEASE_SUPPRESSED) {
		*count = RELEASE_SUPPRESSED;
		return audit_report_add(p->report, AUDIT_REVEALED, at->table, at->slot,
			at->column, err);
	}
	*count -= before;
	if (*count >= 0)
		return 0;
	*count = 0;
	return audit_report_add(p->report, AUDIT_FEWER, at->table, at->slot, at->column, err);
}

/* The earlier table's count of an answer; one that it does not have nobody had given. */
static long count_before(const struct release_table *t, const struct release_slot *s,
	const char *answer)
{
	for (size_t a = 0; a < t->n_answers; a++)
		if (strcmp(t->answers[a], answer) == 0)
			return s->counts[a];
	return 0;
}

static int take_slot(struct pair *p, size_t table, size_t slot, const struct release_table *before,
	const struct release_slot *s, struct err *err)
{
	struct release_table *t = &p->d->tables[table];
	struct release_slot *d = &t->slots[slot];
	struct audit_hole at = {.table = table, .slot = slot, .column = SIZE_MAX};

	if (take_count(p, &d->base, s->base, &at, err) != 0)
		return -1;
	for (at.column = 0; at.column < t->n_answers; at.column++)
		if (take_count(p, &d->counts[at.column],
			    count_before(before, s, t->answers[at.column]), &at, err) != 0)
			return -1;
	if (take_count(p, &d->declined, s->declined, &at, err) != 0)
		return -1;
	at.column++;
	if (take_count(p, &d->blank, s->blank, &at, err) != 0)
		return -1;
	at.column++;
	return take_count(p, &d->not_asked, s->not_asked, &at, err);
}

static bool has_answer(const struct release_table *t, const char *answer)
{
	for (size_t a = 0; a < t->n_answers; a++)
		if (strcmp(t->answers[a], answer) == 0)
			return true;
	return false;
}

/* A country that nobody named has no place in a table: one that is gone was withdrawn. */
static int check_answers(struct pair *p, size_t table, const struct release_table *before,
	struct err *err)
{
	const struct release_table *t = &p->d->tables[table];

	for (size_t a = 0; t->n_slots > 0 && before->n_slots > 0 && a < before->n_answers; a++)
		if (before->slots[0].counts[a] != 0 && !has_answer(t, before->answers[a]))
			return audit_report_add(p->report, AUDIT_FEWER, table, 0, SIZE_MAX, err);
	return 0;
}

static int take_table(struct pair *p, size_t table, struct err *err)
{
	struct release_table *t = &p->d->tables[table];
	const struct release_table *before =
		release_table(p->earlier, t->question, t->row, t->measure);

	if (before != NULL && check_answers(p, table, before, err) != 0)
		return -1;
	for (size_t i = 0; i < t->n_slots; i++) {
		size_t group = group_of(p->earlier, &p->d->groups[t->slots[i].group]);
		const struct release_slot *s = before == NULL || group == SIZE_MAX ? NULL
			: release_slot(before, group);
		int status;

		if (s == NULL)
			status = audit_report_add(p->report, AUDIT_REVEALED, table, i, SIZE_MAX,
				err);
		else
			status = take_slot(p, table, i, before, s, err);
		if (status != 0)
			return -1;
	}
	return 0;
}

int audit_increment(struct release **out, struct audit_report *report,
	const struct release *earlier, const struct release *later, struct err *err)
{
	struct pair p = {.earlier = earlier, .report = report};

	if (release_copy(&p.d, later, err) != 0)
		return -1;
	if (take_groups(&p, err) != 0)
		goto fault;
	for (size_t i = 0; i < p.d->n_tables; i++)
		if (take_table(&p, i, err) != 0)
			goto fault;
	*out = p.d;
	return 0;
fault:
	release_free(p.d);
	return -1;
}

static int check_same(const struct release *a, const struct release *b, struct err *err)
{
	if (strcmp(a->study, b->study) != 0 || strcmp(a->round, b->round) != 0 ||
		strcmp(a->questionnaire, b->questionnaire) != 0)
		return err_set(err, ERR_INPUT, "releases of different rounds");
	if (a->number >= b->number)
		return err_set(err, ERR_INPUT, "releases %u and %u are not in their order",
			a->number, b->number);
	if (a->threshold != b->threshold || a->coalition != b->coalition)
		return err_set(err, ERR_INPUT, "releases %u and %u have different thresholds",
			a->number, b->number);
	return 0;
}

int audit_chain(struct audit_report *report, size_t *last, struct release *const *releases,
	size_t n, struct err *err)
{
	*last = 0;
	/* A later one by itself: what it suppresses may have the reasons of those before it. */
	if (audit_release(report, releases[0], releases[0]->number > 1, err) != 0)
		return -1;
	for (size_t i = 1; i < n && report->n_holes == 0; i++) {
		struct release *d = NULL;
		int status;

		*last = i;
		if (check_same(releases[i - 1], releases[i], err) != 0 ||
			audit_increment(&d, report, releases[i - 1], releases[i], err) != 0)
			return -1;
		status = report->n_holes > 0 ? 0 : audit_release(report, d, true, err);
		release_free(d);
		if (status != 0)
			return -1;
	}
	return 0;
}
