/*
 * disclose_flow.c - how open is a suppressed count? In: a grid with its marks. Out: by how much the
 * count can change while all published numbers stay.
 *
 * People are moved from one answer to another (or to "did not give it"), slot by slot, along
 * suppressed counts only: a circulation in the graph of slots, found by augmenting paths. Each is a
 * whole table that fits, so that the width is proved; with two answers it is exact. Nobody is moved
 * out of a count until it is 0 (an attacker who knows the rule knows that something small is
 * suppressed), nor in or out of a count of s people or fewer, whom a coalition of them knows.
 */
#include "analyzer/disclose_private.h"

#include <stdlib.h>
#include <string.h>

enum { FIELD = 4096 }; /* slots of one table that are looked at */

/* Count of a pair's first or second column in the table as it is now. */
static long now(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot,
	bool first, const long *table)
{
	size_t at = slot * g->columns;

	if (first)
		return table[at + pair->a];
	if (pair->b != SIZE_MAX)
		return table[at + pair->b];
	return g->table->slots[slot].base - table[at + pair->a];
}

static bool hidden(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot)
{
	const uint8_t *mark = g->mark + slot * g->columns;

	return mark[pair->a] != DISCLOSE_OPEN &&
		(pair->b == SIZE_MAX || mark[pair->b] != DISCLOSE_OPEN);
}

/* Do members of a coalition make up this count? Not where it is the very people of `keep`. */
static bool theirs(const struct disclose_grid *g, size_t slot, size_t column, size_t keep)
{
	size_t cell = slot * g->columns + column;
	long count = g->value[cell];

	if (column >= g->table->n_answers || count < 1 || count > (long)g->rule.coalition)
		return false;
	if (cell == keep)
		return false;
	return !(keep % g->columns == column && g->value[keep] == count);
}

/* How many people the count can spare. -1: it must not be touched. */
static long spare_of(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot,
	bool first, size_t keep, const long *table)
{
	long count = now(g, pair, slot, first, table);
	bool kind = pair->a >= g->table->n_answers;

	if (theirs(g, slot, pair->a, keep) ||
		(pair->b != SIZE_MAX && theirs(g, slot, pair->b, keep)))
		return -1;
	if (pair->b == SIZE_MAX && slot * g->columns + pair->a != keep) {
		long others = g->table->slots[slot].base - g->value[slot * g->columns + pair->a];

		if (others >= 1 && others <= (long)g->rule.coalition)
			return -1;
	}
	return kind || count == 0 ? count : count - 1;
}

long disclose_spare(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot,
	bool first, size_t keep)
{
	return spare_of(g, pair, slot, first, keep, g->moved);
}

size_t disclose_partners(const struct disclose_grid *g, size_t column, struct disclose_pair *out)
{
	size_t n = g->table->n_answers, first = column < n ? 0 : n;
	size_t last = column < n ? n : g->columns, found = 0;

	if (column < n && !release_exclusive(g->table->measure)) {
		out[0] = (struct disclose_pair){column, SIZE_MAX};
		return 1;
	}
	for (size_t b = first; b < last; b++)
		if (b != column && disclose_allowed(g, b))
			out[found++] = (struct disclose_pair){column, b};
	return found;
}

/* Move people in one slot: into the first column, or out of it. */
static void move(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot,
	long people)
{
	g->moved[slot * g->columns + pair->a] += people;
	if (pair->b != SIZE_MAX)
		g->moved[slot * g->columns + pair->b] -= people;
}

struct search {
	struct disclose_grid *g;
	const struct disclose_pair *pair;
	size_t keep, slot; /* the cell, and its slot */
	size_t by[FIELD];  /* node: slot that it was reached by, +1; 0: not reached */
	bool forth[FIELD]; /* along the slot's direction: into the first column */
	size_t queue[FIELD];
};

/* May more people move into (`in`) or out of the first column of a slot? How many? */
static long room_in(struct search *s, size_t slot, bool in)
{
	if (!hidden(s->g, s->pair, slot))
		return 0;
	return spare_of(s->g, s->pair, slot, !in, s->keep, s->g->moved);
}

static void reach(struct search *s, size_t node, size_t slot, bool forth, size_t *tail)
{
	if (s->by[node] != 0)
		return;
	s->by[node] = slot + 1;
	s->forth[node] = forth;
	s->queue[(*tail)++] = node;
}

/* Breadth first from `start` to `end`; the cell's own slot is not used. */
static bool path(struct search *s, size_t start, size_t end)
{
	const struct disclose_graph *graph = &s->g->graph;
	size_t head = 0, tail = 0;

	memset(s->by, 0, (graph->nodes + 1) * sizeof *s->by);
	s->by[start] = SIZE_MAX;
	s->queue[tail++] = start;
	while (head < tail && s->by[end] == 0) {
		size_t node = s->queue[head++];

		for (size_t e = 0; e < s->g->slots; e++) {
			if (e == s->slot)
				continue;
			if (graph->from[e] == node && room_in(s, e, true) > 0)
				reach(s, graph->to[e], e, true, &tail);
			else if (graph->to[e] == node && room_in(s, e, false) > 0)
				reach(s, graph->from[e], e, false, &tail);
		}
	}
	return s->by[end] != 0;
}

/* Move up to `want` people along the path that was found; how many? */
static long augment(struct search *s, size_t start, size_t end, long want)
{
	const struct disclose_graph *graph = &s->g->graph;

	for (size_t node = end; node != start;) {
		size_t e = s->by[node] - 1;
		long room = room_in(s, e, s->forth[node]);

		want = room < want ? room : want;
		node = s->forth[node] ? graph->from[e] : graph->to[e];
	}
	for (size_t node = end; node != start;) {
		size_t e = s->by[node] - 1;

		move(s->g, s->pair, e, s->forth[node] ? want : -want);
		node = s->forth[node] ? graph->from[e] : graph->to[e];
	}
	return want;
}

/* Change the cell by up to `need` by means of one pair; adds to what was moved before. */
static long pair_flow(struct search *s, bool up, long need)
{
	const struct disclose_graph *graph = &s->g->graph;
	size_t start = up ? graph->to[s->slot] : graph->from[s->slot];
	size_t end = up ? graph->from[s->slot] : graph->to[s->slot];
	long got = 0;

	while (got < need) {
		long want = room_in(s, s->slot, up);

		want = need - got < want ? need - got : want;
		if (want <= 0 || (start != end && !path(s, start, end)))
			break;
		if (start != end)
			want = augment(s, start, end, want);
		move(s->g, s->pair, s->slot, up ? want : -want);
		got += want;
	}
	return got;
}

static long one_way(struct search *s, const struct disclose_pair *pairs, size_t n, bool up,
	long need)
{
	struct disclose_grid *g = s->g;
	long got = 0;

	memcpy(g->moved, g->value, g->slots * g->columns * sizeof *g->moved);
	for (size_t i = 0; i < n && got < need; i++) {
		s->pair = &pairs[i];
		got += pair_flow(s, up, need - got);
	}
	return got;
}

long disclose_flow(struct disclose_grid *g, size_t cell, bool up, long need)
{
	struct search *s = NULL;
	struct disclose_pair *pairs = NULL;
	long got = 0;

	if (g->mark[cell] == DISCLOSE_OPEN || g->graph.nodes >= FIELD)
		return 0;
	s = malloc(sizeof *s);
	pairs = calloc(g->columns + 1, sizeof *pairs);
	if (s != NULL && pairs != NULL) {
		s->g = g;
		s->keep = cell;
		s->slot = cell / g->columns;
		got = one_way(s, pairs, disclose_partners(g, cell % g->columns, pairs), up, need);
	}
	free(s);
	free(pairs);
	return got;
}

long disclose_width(struct disclose_grid *g, size_t cell, long need)
{
	long got = disclose_flow(g, cell, true, need);

	return got < need ? got + disclose_flow(g, cell, false, need - got) : got;
}

long disclose_witness(uint8_t *used, struct disclose_grid *g, size_t cell, long need)
{
	size_t cells = g->slots * g->columns;
	long got = disclose_flow(g, cell, true, need);

	memset(used, 0, cells);
	for (size_t i = 0; i < cells; i++)
		used[i] = g->moved[i] != g->value[i];
	if (got >= need)
		return got;
	got += disclose_flow(g, cell, false, need - got);
	for (size_t i = 0; i < cells; i++)
		used[i] |= g->moved[i] != g->value[i];
	return got;
}
