/*
 * disclose_cells.c - which counts of a table are suppressed. In: a grid of exact counts. Out:
 * marks.
 *
 * Primary: a count of 1 to k-1; where people may give several answers, also one that all but 1 to
 * k-1 gave; with `full`, also one that everybody gave. Complementary: for each of these, the
 * smallest first, the cheapest further counts until it can change by k-1 (disclose_cycle.c): what
 * opens one often opens the next. Last, complementary counts that none of them needs are published
 * again.
 */
#include "analyzer/disclose_private.h"

#include <stdlib.h>

static bool primary(const struct disclose_grid *g, size_t cell)
{
	return disclose_telling(g, cell, g->value[cell], g->table->slots[cell / g->columns].base) &&
		!(g->routed && cell % g->columns == g->columns - 1);
}

/* Must the cell stay open? */
static bool guarded(const struct disclose_grid *g, size_t cell)
{
	return g->mark[cell] == DISCLOSE_PRIMARY && !disclose_given(g, cell);
}

static long need_of(const struct disclose_grid *g)
{
	return (long)g->rule.threshold - 1;
}

/* Cells of one value after the other; the few that everybody gave last. */
static bool widen_all(struct disclose_grid *g, size_t *failed)
{
	size_t cells = g->slots * g->columns;

	for (long turn = 1; turn <= (long)g->rule.threshold; turn++) {
		for (size_t cell = 0; cell < cells; cell++) {
			bool now = turn < (long)g->rule.threshold ? g->value[cell] == turn
				: g->value[cell] >= turn;

			if (!now || !guarded(g, cell) || disclose_width(g, cell, need_of(g)) >=
				need_of(g) || disclose_widen(g, cell, need_of(g)))
				continue;
			*failed = cell;
			return false;
		}
	}
	return true;
}

/* What is suppressed in a slot must be more than a coalition and k-1 others. */
static bool fill_slot(struct disclose_grid *g, size_t slot)
{
	const struct release_table *t = g->table;
	long rest = 0, minimum = disclose_base(&g->rule);
	size_t first = slot * g->columns, hidden = SIZE_MAX;

	for (size_t c = 0; c < t->n_answers; c++) {
		if (g->mark[first + c] == DISCLOSE_OPEN)
			continue;
		rest += g->value[first + c];
		if (g->value[first + c] > 0)
			hidden = first + c;
	}
	if (rest == 0 || rest >= minimum)
		return true;
	return disclose_widen(g, hidden, disclose_width(g, hidden, 4 * minimum) + minimum - rest);
}

/* Which cells prove each guarded one; NULL: out of memory. */
struct proofs {
	size_t *cell, n;
	uint8_t *used; /* [guarded * cells] */
};

static bool proofs_create(struct proofs *p, struct disclose_grid *g)
{
	size_t cells = g->slots * g->columns;

	*p = (struct proofs){0};
	p->cell = calloc(cells + 1, sizeof *p->cell);
	if (p->cell == NULL)
		return false;
	for (size_t cell = 0; cell < cells; cell++)
		if (guarded(g, cell))
			p->cell[p->n++] = cell;
	p->used = calloc(p->n + 1, cells + 1);
	if (p->used == NULL)
		return false;
	for (size_t i = 0; i < p->n; i++)
		disclose_witness(p->used + i * cells, g, p->cell[i], need_of(g));
	return true;
}

/* Would all guarded cells still be open without this one? Their proofs follow if so. */
static bool dispensable(struct proofs *p, struct disclose_grid *g, size_t cell)
{
	size_t cells = g->slots * g->columns;

	for (size_t i = 0; i < p->n; i++)
		if (p->used[i * cells + cell] &&
			disclose_width(g, p->cell[i], need_of(g)) < need_of(g))
			return false;
	for (size_t i = 0; i < p->n; i++)
		if (p->used[i * cells + cell])
			disclose_witness(p->used + i * cells, g, p->cell[i], need_of(g));
	return true;
}

/* Publish again what is suppressed and not needed, totals first. */
static void relent(struct disclose_grid *g)
{
	struct proofs p;
	size_t cells = g->slots * g->columns;

	if (proofs_create(&p, g)) {
		for (size_t cell = 0; cell < cells; cell++) {
			if (g->mark[cell] != DISCLOSE_COMPLEMENTARY)
				continue;
			g->mark[cell] = DISCLOSE_OPEN;
			if (!dispensable(&p, g, cell))
				g->mark[cell] = DISCLOSE_COMPLEMENTARY;
		}
	}
	free(p.cell);
	free(p.used);
}

bool disclose_suppress(struct disclose_grid *g, size_t *failed)
{
	size_t cells = g->slots * g->columns;
	bool any = false;

	for (size_t cell = 0; cell < cells; cell++) {
		if (primary(g, cell))
			g->mark[cell] = DISCLOSE_PRIMARY;
		any |= g->mark[cell] != DISCLOSE_OPEN;
	}
	if (!any)
		return true;
	if (!widen_all(g, failed))
		return false;
	relent(g);
	for (size_t slot = 0; slot < g->slots && release_exclusive(g->table->measure); slot++)
		for (int turn = 0; turn < 3 && !fill_slot(g, slot); turn++)
			continue;
	return true;
}
