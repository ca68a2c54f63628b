/*
 * disclose_repair.c - from a table to marks, and from holes to better marks. In: exact counts; what
 * the audit found. Out: more suppressions; where there are none that help, a breakdown less.
 */
#include "analyzer/disclose_work.h"

#include <stdlib.h>
#include <string.h>

static bool names(const struct release_route *route, const struct release_table *t)
{
	if (strcmp(route->question, t->question) != 0)
		return false;
	return route->row == NULL ? t->row == NULL
		: t->row != NULL && strcmp(route->row, t->row) == 0;
}

static bool in_route(const struct release_route *route, const struct release_table *t,
	size_t column)
{
	static const char *const kinds[DISCLOSE_KINDS] = {"declined", "blank", "not_asked"};
	const char *answer = column < t->n_answers ? t->answers[column]
		: kinds[column - t->n_answers];

	for (size_t i = 0; route->answers[i] != NULL; i++)
		if (strcmp(route->answers[i], answer) == 0)
			return true;
	return false;
}

/* Columns whose suppression would cost other tables their breakdowns. */
static void find_costly(bool *costly, const struct release *r, const struct release_table *t)
{
	for (size_t i = 0; i < r->n_tables; i++)
		for (size_t k = 0; k < r->tables[i].n_routes; k++)
			for (size_t c = 0; c < t->n_answers + DISCLOSE_KINDS; c++)
				costly[c] |= names(&r->tables[i].routes[k], t) &&
					in_route(&r->tables[i].routes[k], t, c);
}

/* Did an earlier release suppress this count? One of an answer that it did not have was 0. */
static bool was_suppressed(const struct release_table *before, const struct release_slot *s,
	const struct release_table *now, size_t column)
{
	if (column >= now->n_answers)
		return disclose_count(before, s, before->n_answers + column - now->n_answers) ==
			RELEASE_SUPPRESSED;
	for (size_t a = 0; a < before->n_answers; a++)
		if (strcmp(before->answers[a], now->answers[column]) == 0)
			return s->counts[a] == RELEASE_SUPPRESSED;
	return false;
}

/* What is small in what is published, too, and what an earlier release suppressed. */
static void inherit_marks(struct disclose_grid *g, const struct disclose_work *w, size_t table)
{
	const struct release_table *all = &w->exact->tables[table], *before;

	if (w->earlier == NULL)
		return;
	before = release_table(w->earlier->published, all->question, all->row, all->measure);
	for (size_t cell = 0; cell < g->slots * g->columns; cell++) {
		const struct release_slot *s = &all->slots[cell / g->columns], *b;
		size_t column = cell % g->columns;

		b = before == NULL ? NULL : release_slot(before, s->group);
		if (disclose_telling(g, cell, disclose_count(all, s, column), s->base) ||
			(b != NULL && was_suppressed(before, b, all, column)))
			g->mark[cell] = DISCLOSE_FIXED;
	}
}

/* The breakdown to give up for a slot: its own, or for the total the finest. */
static enum release_by finest(const struct disclose_work *w, size_t table, size_t slot)
{
	const struct release *r = w->published;
	enum release_by by = r->groups[r->tables[table].slots[slot].group].by;

	for (enum release_by b = RELEASE_REGION_LANGUAGE; by == RELEASE_TOTAL && b > RELEASE_TOTAL;
		b--)
		if (disclose_has(r, table, b))
			return b;
	return by;
}

/*
 * Everybody knows which region a country is in, and the people of a region are published: countries
 * are suppressed region by region, or not published where some have to be.
 */
static bool without_regions(const struct disclose_work *w, size_t table)
{
	const struct disclose_grid *g = &w->grid[table];
	bool regions = false;

	for (size_t i = 0; i < w->published->n_groups; i++)
		regions |= w->published->groups[i].by == RELEASE_REGION;
	if (g->table->measure != RELEASE_COUNTRY || !regions ||
		disclose_has(w->published, table, RELEASE_REGION))
		return false;
	for (size_t cell = 0; cell < g->slots * g->columns; cell++)
		if (g->mark[cell] != DISCLOSE_OPEN && cell % g->columns < g->table->n_answers)
			return true;
	return false;
}

int disclose_table(struct disclose_work *w, size_t table, struct err *err)
{
	struct disclose_grid *g = &w->grid[table];
	size_t failed = 0;
	bool done = false;

	while (!done) {
		bool *costly = calloc(w->gain->tables[table].n_answers + DISCLOSE_KINDS,
			sizeof *costly);

		disclose_grid_finish(g);
		if (costly == NULL)
			return err_nomem(err);
		find_costly(costly, w->gain, &w->gain->tables[table]);
		if (disclose_grid_create(g, w->gain, table, &w->rule, costly, err) != 0) {
			free(costly);
			return -1;
		}
		free(costly);
		inherit_marks(g, w, table);
		done = disclose_suppress(g, &failed);
		if (!done && disclose_drop(w, table, finest(w, table, failed / g->columns),
			err) != 0)
			return -1;
		if (done && without_regions(w, table)) {
			if (disclose_drop(w, table, RELEASE_TOTAL, err) != 0)
				return -1;
			done = false;
		}
	}
	return 0;
}

/* Leave out a breakdown and lay the table out again. */
static int coarsen(struct disclose_work *w, size_t table, enum release_by by, struct err *err)
{
	if (disclose_drop(w, table, by, err) != 0)
		return -1;
	return disclose_table(w, table, err);
}

/* --- routed questions --- */

/* Does a group of a table have suppressed counts among those that a route names, or beside them? */
static void look_at_route(const struct disclose_grid *from, size_t slot,
	const struct release_route *route, bool *in, bool *beside)
{
	const struct release_table *t = from->table;

	*in = *beside = false;
	for (size_t c = 0; c < from->columns; c++) {
		if (from->mark[slot * from->columns + c] == DISCLOSE_OPEN)
			continue;
		if (in_route(route, t, c))
			*in = true;
		else if (c < t->n_answers)
			*beside = true;
	}
}

/*
 * People less not asked would be a suppressed count of `from`: unless all that is suppressed in
 * that group stands in the sum, which is then known anyway.
 */
static bool gives_back(const struct disclose_work *w, size_t group,
	const struct release_route *route, size_t from)
{
	const struct disclose_grid *g = &w->grid[from];

	for (size_t i = 0; i < g->slots; i++) {
		bool in, beside;

		if (g->table->slots[i].group != group)
			continue;
		look_at_route(g, i, route, &in, &beside);
		return in && (beside || !release_exclusive(g->table->measure));
	}
	return false;
}

static int inherit_table(struct disclose_work *w, size_t table, size_t *slot,
	const struct release_route *route)
{
	const struct release_table *t = &w->gain->tables[table];

	for (size_t from = 0; from < w->gain->n_tables; from++) {
		const struct release_table *source = &w->gain->tables[from];

		if (from == table || source->measure == RELEASE_WRITTEN ||
			source->measure == RELEASE_RANKED || !names(route, source))
			continue;
		for (size_t i = 0; i < t->n_slots; i++)
			if (gives_back(w, t->slots[i].group, route, from)) {
				*slot = i;
				return 1;
			}
	}
	return 0;
}

int disclose_inherit(struct disclose_work *w, bool *changed, struct err *err)
{
	*changed = false;
	for (size_t i = 0; i < w->gain->n_tables; i++) {
		for (size_t k = 0; k < w->gain->tables[i].n_routes; k++) {
			const struct release_route *route = &w->gain->tables[i].routes[k];
			size_t slot;

			while (route->relation == RELEASE_EXACTLY &&
				inherit_table(w, i, &slot, route)) {
				const struct release *r = w->gain;

				*changed = true;
				if (coarsen(w, i, r->groups[r->tables[i].slots[slot].group].by,
					    err) != 0)
					return -1;
			}
		}
	}
	return 0;
}

/* --- holes --- */

/* All kinds of non-response everywhere: then only people less base is known of them. */
static bool hide_kinds(struct disclose_grid *g)
{
	bool any = false;

	for (size_t cell = 0; cell < g->slots * g->columns; cell++) {
		if (cell % g->columns < g->table->n_answers || !disclose_allowed(g, cell) ||
			g->mark[cell] != DISCLOSE_OPEN)
			continue;
		g->mark[cell] = DISCLOSE_COMPLEMENTARY;
		any = true;
	}
	return any;
}

/* A table that is tied to this one and can give up a breakdown: routed by it, or ranked. */
static size_t tied(const struct disclose_work *w, size_t table, enum release_by by)
{
	const struct release *r = w->published;
	const struct release_table *t = &r->tables[table];

	if (t->n_routes > 0)
		return table;
	for (size_t i = r->n_tables; i-- > 0;) {
		bool is = t->measure == RELEASE_FIRST && r->tables[i].measure == RELEASE_RANKED &&
			strcmp(r->tables[i].question, t->question) == 0;

		for (size_t k = 0; k < r->tables[i].n_routes; k++)
			is |= names(&r->tables[i].routes[k], t);
		if (is && disclose_has(r, i, by))
			return i;
	}
	return table;
}

static int mend_one(struct disclose_work *w, const struct audit_hole *hole, struct err *err)
{
	struct disclose_grid *g = &w->grid[hole->table];
	long need = (long)w->rule.threshold - 1;
	size_t cell = hole->slot * g->columns + hole->column;
	enum release_by by = finest(w, hole->table, hole->slot);
	size_t table = hole->table;

	if (hole->fault == AUDIT_NARROW && hole->column != SIZE_MAX &&
		g->mark[cell] != DISCLOSE_OPEN) {
		if (disclose_width(g, cell, need) < need && disclose_widen(g, cell, need))
			return 0;
		if (hole->column >= g->table->n_answers && hide_kinds(g))
			return 0;
		if (disclose_width(g, cell, need) >= need) {
			/* by itself it is open: another table narrows it */
			by = w->published->groups[g->table->slots[hole->slot].group].by;
			table = tied(w, hole->table, by);
		}
	}
	return coarsen(w, table, by, err);
}

int disclose_mend(struct disclose_work *w, const struct audit_report *report, struct err *err)
{
	size_t done = SIZE_MAX; /* a table that has just been laid out again */

	for (size_t i = 0; i < report->n_holes; i++) {
		const struct audit_hole *hole = &report->holes[i];
		size_t slots;

		if (hole->table == SIZE_MAX)
			return err_set(err, ERR_REFUSED, "a group of too few people");
		slots = w->published->tables[hole->table].n_slots;
		if (hole->table == done || hole->slot >= slots)
			continue;
		if (mend_one(w, hole, err) != 0)
			return -1;
		if (w->published->tables[hole->table].n_slots != slots)
			done = hole->table;
	}
	return 0;
}
