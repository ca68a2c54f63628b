/*
 * disclose_cycle.c - the cheapest counts to suppress. In: a suppressed count that is not open
 * enough. Out: marks on a cycle through its slot.
 *
 * A cycle of slots in which people can be moved between two columns opens the count by as many as
 * every count on it can spare. The cheapest one, by the price of what it would suppress, is a
 * shortest path (Bellman and Ford) from one end of the count's slot to the other.
 */
#include "analyzer/disclose_private.h"

#include <math.h>
#include <stdlib.h>

enum { AMOUNTS = 4, ROUNDS = 24 };

static const double step = 0.01; /* even what is suppressed already makes a cycle longer */

struct cycle {
	const struct disclose_grid *g;
	struct disclose_pair pair;
	size_t cell;
	bool up;
	long amount;
	double *length; /* by node */
	size_t *by;     /* by node: the slot that leads to it */
	size_t *before; /* by node */
};

/* The price of suppressing both columns in a slot; infinite where that is not possible. */
static double price(const struct cycle *c, size_t slot)
{
	const struct disclose_grid *g = c->g;
	size_t a = slot * g->columns + c->pair.a;
	size_t b = c->pair.b == SIZE_MAX ? a : slot * g->columns + c->pair.b;
	double sum = step;

	if (!disclose_allowed(g, a) || !disclose_allowed(g, b))
		return INFINITY;
	if (g->mark[a] == DISCLOSE_OPEN)
		sum += g->cost[a];
	if (b != a && g->mark[b] == DISCLOSE_OPEN)
		sum += g->cost[b];
	return sum;
}

/* Can `amount` people be moved into the first column of the slot, or out of it? */
static bool able(const struct cycle *c, size_t slot, bool in)
{
	return disclose_spare(c->g, &c->pair, slot, !in, c->cell) >= c->amount;
}

static bool relax(struct cycle *c, size_t slot, size_t from, size_t to, bool in)
{
	double length = c->length[from];

	if (isinf(length) || !able(c, slot, in))
		return false;
	length += price(c, slot);
	if (!(length < c->length[to] - 1e-9))
		return false;
	c->length[to] = length;
	c->by[to] = slot;
	c->before[to] = from;
	return true;
}

/* The cycle's price, or infinity. */
static double shortest(struct cycle *c)
{
	const struct disclose_graph *graph = &c->g->graph;
	size_t own = c->cell / c->g->columns;
	size_t start = c->up ? graph->to[own] : graph->from[own];
	size_t end = c->up ? graph->from[own] : graph->to[own];
	bool changed = true;

	if (!able(c, own, c->up))
		return INFINITY;
	for (size_t n = 0; n < graph->nodes; n++)
		c->length[n] = INFINITY;
	c->length[start] = price(c, own);
	for (size_t turn = 0; turn < graph->nodes && changed; turn++) {
		changed = false;
		for (size_t e = 0; e < c->g->slots; e++) {
			if (e == own)
				continue;
			changed |= relax(c, e, graph->from[e], graph->to[e], true);
			changed |= relax(c, e, graph->to[e], graph->from[e], false);
		}
	}
	return c->length[end];
}

static void mark(struct disclose_grid *g, size_t cell)
{
	if (g->mark[cell] == DISCLOSE_OPEN)
		g->mark[cell] = DISCLOSE_COMPLEMENTARY;
}

static void mark_slot(struct disclose_grid *g, const struct disclose_pair *pair, size_t slot)
{
	mark(g, slot * g->columns + pair->a);
	if (pair->b != SIZE_MAX)
		mark(g, slot * g->columns + pair->b);
}

/* Mark the cycle that shortest() has just found. */
static void take(struct disclose_grid *g, const struct cycle *c)
{
	size_t own = c->cell / g->columns;
	size_t start = c->up ? g->graph.to[own] : g->graph.from[own];
	size_t end = c->up ? g->graph.from[own] : g->graph.to[own];

	mark_slot(g, &c->pair, own);
	for (size_t n = end; n != start; n = c->before[n])
		mark_slot(g, &c->pair, c->by[n]);
}

/* The cheapest cycle one way, for each person moved, in the table as flow left it. */
static void cheapest(struct cycle *best, double *found, struct cycle *c,
	const struct disclose_pair *pairs, size_t n, long missing, long back)
{
	const long amounts[] = {missing, missing - back, (missing + 1) / 2, (missing + 3) / 4};

	for (size_t i = 0; i < n; i++) {
		for (int k = 0; k < AMOUNTS; k++) {
			double length;

			c->pair = pairs[i];
			c->amount = amounts[k];
			if (c->amount < 1)
				continue;
			length = shortest(c);
			/* one that carries less than what is missing needs others beside it */
			if (k > 1)
				length *= (double)((missing + c->amount - 1) / c->amount);
			if (length < *found) {
				*found = length;
				*best = *c;
			}
		}
	}
}

/* Suppress one cycle more. False: there is none. */
static bool extend(struct disclose_grid *g, struct cycle *c, const struct disclose_pair *pairs,
	size_t n, long need)
{
	struct cycle best = {0};
	double found = INFINITY;
	long up = disclose_flow(g, c->cell, true, need), down;

	down = disclose_flow(g, c->cell, false, need);
	c->up = false;
	cheapest(&best, &found, c, pairs, n, need - up - down, 0);
	disclose_flow(g, c->cell, true, need);
	c->up = true;
	cheapest(&best, &found, c, pairs, n, need - up - down,
		g->value[c->cell] > down ? g->value[c->cell] - 1 - down : 0);
	if (isinf(found))
		return false;
	if (!best.up)
		disclose_flow(g, c->cell, false, need);
	*c = best;
	if (isinf(shortest(c)))
		return false;
	take(g, c);
	return true;
}

static bool widen(struct disclose_grid *g, struct cycle *c, const struct disclose_pair *pairs,
	size_t n, long need)
{
	long width = disclose_width(g, c->cell, need), before;
	int idle = 0;

	for (int turn = 0; turn < ROUNDS && width < need && idle < 2; turn++) {
		before = width;
		if (!extend(g, c, pairs, n, need))
			return false;
		width = disclose_width(g, c->cell, need);
		idle = width > before ? 0 : idle + 1;
	}
	return width >= need;
}

bool disclose_widen(struct disclose_grid *g, size_t cell, long need)
{
	struct cycle c = {.g = g, .cell = cell};
	struct disclose_pair *pairs = calloc(g->columns + 1, sizeof *pairs);
	bool done = false;

	c.length = calloc(g->graph.nodes + 1, sizeof *c.length);
	c.by = calloc(g->graph.nodes + 1, sizeof *c.by);
	c.before = calloc(g->graph.nodes + 1, sizeof *c.before);
	if (pairs != NULL && c.length != NULL && c.by != NULL && c.before != NULL)
		done = widen(g, &c, pairs, disclose_partners(g, cell % g->columns, pairs), need);
	free(pairs);
	free(c.length);
	free(c.by);
	free(c.before);
	return done;
}
