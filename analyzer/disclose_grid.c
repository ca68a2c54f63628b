/*
 * disclose_grid.c - a table laid out for protection. In: exact counts of one table. Out: a grid of
 * slots and columns with the graph of its sums and the price of every count.
 *
 * The price follows what a reader loses: a total more than a margin, a margin more than a pair, a
 * large count a little more than a small one.
 */
#include "analyzer/disclose_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

long disclose_count(const struct release_table *t, const struct release_slot *s, size_t column)
{
	const long kinds[DISCLOSE_KINDS] = {s->declined, s->blank, s->not_asked};

	return column < t->n_answers ? s->counts[column] : kinds[column - t->n_answers];
}

void disclose_set_count(const struct release_table *t, struct release_slot *s, size_t column,
	long count)
{
	long *const kinds[DISCLOSE_KINDS] = {&s->declined, &s->blank, &s->not_asked};

	if (column < t->n_answers)
		s->counts[column] = count;
	else
		*kinds[column - t->n_answers] = count;
}

static bool has(const struct disclose_grid *g, enum release_by by)
{
	for (size_t i = 0; i < g->slots; i++)
		if (g->release->groups[g->table->slots[i].group].by == by)
			return true;
	return false;
}

/* The place of a pair's region or language among those before it. */
static size_t place(const struct disclose_grid *g, enum release_by by, const char *id)
{
	size_t n = 0;

	for (size_t i = 0; i < g->slots; i++) {
		const struct release_group *group =
			&g->release->groups[g->table->slots[i].group];

		if (group->by != by)
			continue;
		if (strcmp(group->id, id) == 0)
			return n;
		n++;
	}
	return n;
}

/* Nodes: 0 the start, 1 the end, then one for each region, then one for each language. */
static void connect(struct disclose_grid *g, size_t slot, size_t regions, bool pairs, bool both)
{
	const struct release_group *group = &g->release->groups[g->table->slots[slot].group];
	size_t *from = &g->graph.from[slot], *to = &g->graph.to[slot];

	switch (group->by) {
	case RELEASE_TOTAL:
		*from = 1;
		*to = 0;
		break;
	case RELEASE_REGION:
		*from = 0;
		*to = pairs ? 2 + place(g, RELEASE_REGION, group->id) : both ? 2 : 1;
		break;
	case RELEASE_LANGUAGE:
		*from = pairs ? 2 + regions + place(g, RELEASE_LANGUAGE, group->id) : both ? 2 : 0;
		*to = 1;
		break;
	default:
		*from = 2 + place(g, RELEASE_REGION, group->members[0]);
		*to = 2 + regions + place(g, RELEASE_LANGUAGE, group->members[1]);
		break;
	}
}

static void lay_out(struct disclose_grid *g)
{
	bool region = has(g, RELEASE_REGION), language = has(g, RELEASE_LANGUAGE);
	bool pairs = has(g, RELEASE_REGION_LANGUAGE);
	size_t regions = 0;

	for (size_t i = 0; i < g->slots; i++)
		regions += g->release->groups[g->table->slots[i].group].by == RELEASE_REGION;
	g->graph.nodes = 3 + (pairs ? g->slots : 0);
	for (size_t i = 0; i < g->slots; i++) {
		connect(g, i, regions, pairs, region && language);
		if (!region && !language) /* a total that nothing else adds up to */
			g->graph.to[i] = g->graph.from[i];
	}
}

static double price(const struct disclose_grid *g, size_t slot, long count, bool costly)
{
	static const double weight[] = {[RELEASE_TOTAL] = 20, [RELEASE_REGION] = 4,
		[RELEASE_LANGUAGE] = 4, [RELEASE_REGION_LANGUAGE] = 1};
	double w = weight[g->release->groups[g->table->slots[slot].group].by];

	return w * (1 + 0.15 * log(1 + (double)count)) * (costly ? 4 : 1);
}

int disclose_grid_create(struct disclose_grid *g, const struct release *r, size_t table,
	const struct disclose_rule *rule, const bool *costly, struct err *err)
{
	const struct release_table *t = &r->tables[table];
	size_t cells;

	*g = (struct disclose_grid){.release = r, .table = t, .rule = *rule, .full = t->full,
		.slots = t->n_slots, .columns = t->n_answers + DISCLOSE_KINDS};
	for (size_t i = 0; i < t->n_routes; i++)
		g->routed |= t->routes[i].relation == RELEASE_EXACTLY;
	cells = g->slots * g->columns;
	g->value = calloc(cells + 1, sizeof *g->value);
	g->mark = calloc(cells + 1, sizeof *g->mark);
	g->cost = calloc(cells + 1, sizeof *g->cost);
	g->moved = calloc(cells + 1, sizeof *g->moved);
	g->graph.from = calloc(g->slots + 1, sizeof *g->graph.from);
	g->graph.to = calloc(g->slots + 1, sizeof *g->graph.to);
	if (g->value == NULL || g->mark == NULL || g->cost == NULL || g->moved == NULL ||
		g->graph.from == NULL || g->graph.to == NULL) {
		disclose_grid_finish(g);
		return err_nomem(err);
	}
	for (size_t cell = 0; cell < cells; cell++) {
		size_t slot = cell / g->columns, column = cell % g->columns;

		g->value[cell] = disclose_count(t, &t->slots[slot], column);
		g->cost[cell] = price(g, slot, g->value[cell],
			costly != NULL && costly[column]);
	}
	lay_out(g);
	return 0;
}

void disclose_grid_finish(struct disclose_grid *g)
{
	free(g->value);
	free(g->mark);
	free(g->cost);
	free(g->moved);
	free(g->graph.from);
	free(g->graph.to);
	*g = (struct disclose_grid){0};
}

static bool small(const struct disclose_grid *g, long count)
{
	return count > 0 && count < (long)g->rule.threshold;
}

bool disclose_telling(const struct disclose_grid *g, size_t cell, long count, long base)
{
	const struct release_table *t = g->table;

	if (small(g, count))
		return true;
	if (cell % g->columns >= t->n_answers || base == 0)
		return false;
	return (g->full && count == base) ||
		(!release_exclusive(t->measure) && small(g, base - count));
}

bool disclose_given(const struct disclose_grid *g, size_t cell)
{
	size_t slot = cell / g->columns, n = g->table->n_answers, kinds = 0;
	size_t last = g->routed ? g->columns - 1 : g->columns;
	long rest = 0;

	if (cell % g->columns < n)
		return false;
	for (size_t c = n; c < last; c++) {
		rest += g->value[slot * g->columns + c];
		kinds += g->value[c] != 0;
	}
	return rest <= (long)g->rule.threshold || kinds < 2;
}

bool disclose_allowed(const struct disclose_grid *g, size_t cell)
{
	size_t column = cell % g->columns;

	/* A country is in one region; others have nobody from there, and everybody knows. */
	if (column < g->table->n_answers)
		return g->table->measure != RELEASE_COUNTRY || g->value[cell] != 0;
	if (g->routed && column == g->columns - 1)
		return false;
	return g->value[column] != 0;
}
