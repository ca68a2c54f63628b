/*
 * disclose_cells.c - which counts of a table are suppressed. In: exact counts of large enough
 * groups. Out: marks.
 *
 * Primary: a count of 1 to k-1; where people may give several answers, also one that all but 1 to
 * k-1 gave; of sensitive questions, also one that everybody gave. Complementary: lines are gone
 * through again and again until none gives a suppressed count back: where just one is suppressed,
 * or the suppressed ones together are fewer than k people, the smallest further count goes, too.
 * Then all lines of the table are looked at together: for a count that they determine all the same
 * the smallest count in its lines goes. This is the usual greedy method; a later audit replaces the
 * choice and proves that every interval is wide enough.
 */
#include "analyzer/disclose_private.h"

#include <stdlib.h>

enum { NONE = -1 };

static bool small(const struct disclose_grid *g, long count)
{
	return count > 0 && count < g->threshold;
}

static bool primary(const struct disclose_grid *g, size_t cell)
{
	const struct release_table *t = g->table;
	long count = disclose_value(g, cell), base = t->slots[cell / g->columns].base;

	if (small(g, count))
		return true;
	if (cell % g->columns >= t->n_answers || base == 0)
		return false;
	if (g->sensitive && count == base)
		return true;
	return !release_exclusive(t->measure) && small(g, base - count);
}

/* What is suppressed in the parts of a line. */
struct gap {
	size_t cells;
	long sum, complement; /* people; those of the same slots who did not give the answer */
};

static struct gap gap_of(const struct disclose_grid *g, const struct disclose_line *line)
{
	struct gap gap = {0};

	for (size_t i = line->whole; i < line->n; i++) {
		size_t cell = line->cell[i];

		if (g->mark[cell] == DISCLOSE_OPEN)
			continue;
		gap.cells++;
		gap.sum += disclose_value(g, cell);
		gap.complement += g->table->slots[cell / g->columns].base - disclose_value(g, cell);
	}
	return gap;
}

/* Does the line give a suppressed count back, or a sum of fewer than k people? */
static bool weak(const struct disclose_grid *g, const struct disclose_line *line)
{
	struct gap gap = gap_of(g, line);
	bool several = line->column < g->table->n_answers && !release_exclusive(g->table->measure);

	if (line->whole && g->mark[line->cell[0]] != DISCLOSE_OPEN)
		return gap.cells == 0;
	if (gap.cells == 0)
		return false;
	return gap.cells == 1 || gap.sum < g->threshold ||
		(several && gap.complement < g->threshold);
}

/* Among counts of 0 the whole first, then one of an answer that is common in the total. */
static bool better(const struct disclose_grid *g, size_t cell, size_t than)
{
	long a = disclose_value(g, cell), b = disclose_value(g, than);

	if (a != 0 && b != 0)
		return a < b;
	if (a != 0 || b != 0)
		return a != 0;
	return disclose_value(g, cell % g->columns) > disclose_value(g, than % g->columns);
}

/* The count of a line that is suppressed next, or NONE. */
static long choose(const struct disclose_grid *g, const struct disclose_line *line)
{
	long best = NONE;

	for (size_t i = 0; i < line->n; i++) {
		size_t cell = line->cell[i];

		if (g->mark[cell] != DISCLOSE_OPEN ||
			(!line->whole && disclose_structural(g, cell % g->columns)))
			continue;
		if (best == NONE || better(g, cell, (size_t)best))
			best = (long)cell;
	}
	return best;
}

struct pass {
	struct disclose_grid *grid;
	bool changed;
};

static int strengthen(void *ctx, const struct disclose_line *line)
{
	struct pass *pass = ctx;

	while (weak(pass->grid, line)) {
		long cell = choose(pass->grid, line);

		if (cell == NONE)
			break;
		pass->grid->mark[cell] = DISCLOSE_COMPLEMENTARY;
		pass->changed = true;
	}
	return 0;
}

static int until_stable(struct disclose_grid *g, struct err *err)
{
	struct pass pass = {.grid = g, .changed = true};

	while (pass.changed) {
		pass.changed = false;
		if (disclose_lines(g, strengthen, &pass, err) != 0)
			return -1;
	}
	return 0;
}

/* The best further count in the lines of one cell. */
struct neighbours {
	const struct disclose_grid *grid;
	size_t cell;
	long best;
};

static int look_beside(void *ctx, const struct disclose_line *line)
{
	struct neighbours *near = ctx;
	bool in = false;
	long candidate;

	for (size_t i = 0; i < line->n; i++)
		in |= line->cell[i] == near->cell;
	candidate = in ? choose(near->grid, line) : NONE;
	if (candidate != NONE &&
		(near->best == NONE || better(near->grid, (size_t)candidate, (size_t)near->best)))
		near->best = candidate;
	return 0;
}

/* Suppress one count more for each that is determined; *more says whether there was any. */
static int loosen(struct disclose_grid *g, bool *determined, bool *more, struct err *err)
{
	*more = false;
	if (disclose_solve(determined, g, err) != 0)
		return -1;
	for (size_t cell = 0; cell < g->table->n_slots * g->columns; cell++) {
		struct neighbours near = {g, cell, NONE};

		if (!determined[cell] || disclose_given(g, cell))
			continue;
		if (disclose_lines(g, look_beside, &near, err) != 0)
			return -1;
		if (near.best == NONE)
			continue;
		g->mark[near.best] = DISCLOSE_COMPLEMENTARY;
		*more = true;
	}
	return 0;
}

int disclose_suppress(struct disclose_grid *g, struct err *err)
{
	size_t cells = g->table->n_slots * g->columns;
	bool *determined = calloc(cells + 1, sizeof *determined), more = true;
	int status = 0;

	if (determined == NULL)
		return err_nomem(err);
	for (size_t cell = 0; cell < cells; cell++)
		g->mark[cell] = primary(g, cell) ? DISCLOSE_PRIMARY : DISCLOSE_OPEN;
	while (status == 0 && more) {
		status = until_stable(g, err);
		if (status == 0)
			status = loosen(g, determined, &more, err);
	}
	free(determined);
	return status;
}
