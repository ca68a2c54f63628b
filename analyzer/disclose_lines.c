/*
 * disclose_lines.c - what adds up in a published table. In: a table. Out: its lines: across the
 * regions, the languages, the pairs of a region and of a language; in a slot the answers of which
 * each person gives one (they add up to the base); in a slot declined, blank and not asked (they
 * add up to people less base).
 */
#include "analyzer/disclose_private.h"

#include <assert.h>
#include <stdlib.h>

long disclose_value(const struct disclose_grid *g, size_t cell)
{
	const struct release_slot *s = &g->table->slots[cell / g->columns];
	size_t column = cell % g->columns;

	if (column < g->table->n_answers)
		return s->counts[column];
	switch (column - g->table->n_answers) {
	case 0:
		return s->declined;
	case 1:
		return s->blank;
	default:
		return s->not_asked;
	}
}

bool disclose_hidden(const struct disclose_grid *g, size_t cell)
{
	if (g->mark != NULL)
		return g->mark[cell] != DISCLOSE_OPEN;
	return disclose_value(g, cell) == RELEASE_SUPPRESSED;
}

bool disclose_structural(const struct disclose_grid *g, size_t column)
{
	return column >= g->table->n_answers && disclose_value(g, column) == 0;
}

bool disclose_given(const struct disclose_grid *g, size_t cell)
{
	size_t column = cell % g->columns;

	if (column < g->table->n_answers)
		return false;
	for (size_t c = g->table->n_answers; c < g->columns; c++)
		if (c != column && !disclose_structural(g, c))
			return false;
	return true;
}

/* The slot `whole` and the slots of breakdown `by` inside it, for one column. */
static void across(const struct disclose_grid *g, struct disclose_line *line, size_t whole,
	enum release_by by, size_t column)
{
	const struct release_table *t = g->table;

	line->whole = true;
	line->column = column;
	line->cell[0] = whole * g->columns + column;
	line->n = 1;
	for (size_t i = 0; i < t->n_slots; i++)
		if (release_inside(g->release, t->slots[i].group, t->slots[whole].group, by))
			line->cell[line->n++] = i * g->columns + column;
}

static int all_across(const struct disclose_grid *g, struct disclose_line *line,
	int (*each)(void *ctx, const struct disclose_line *line), void *ctx)
{
	int status = 0;

	for (size_t s = 0; s < g->table->n_slots; s++) {
		for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++) {
			for (size_t c = 0; c < g->columns && status == 0; c++) {
				across(g, line, s, by, c);
				if (line->n > 1)
					status = each(ctx, line);
			}
		}
	}
	return status;
}

static int all_within(const struct disclose_grid *g, struct disclose_line *line,
	int (*each)(void *ctx, const struct disclose_line *line), void *ctx)
{
	size_t n = g->table->n_answers;
	int status = 0;

	line->whole = false;
	line->column = SIZE_MAX;
	for (size_t s = 0; s < g->table->n_slots && status == 0; s++) {
		line->n = 0;
		for (size_t c = 0; c < n && release_exclusive(g->table->measure); c++)
			line->cell[line->n++] = s * g->columns + c;
		if (line->n > 0)
			status = each(ctx, line);
		line->n = 0;
		for (size_t c = n; c < g->columns; c++)
			line->cell[line->n++] = s * g->columns + c;
		if (status == 0)
			status = each(ctx, line);
	}
	return status;
}

int disclose_lines(const struct disclose_grid *g,
	int (*each)(void *ctx, const struct disclose_line *line), void *ctx, struct err *err)
{
	struct disclose_line line = {0};
	int status;

	assert(g->columns == g->table->n_answers + DISCLOSE_KINDS);
	line.cell = calloc(g->table->n_slots + g->columns + 1, sizeof *line.cell);
	if (line.cell == NULL)
		return err_nomem(err);
	status = all_across(g, &line, each, ctx);
	if (status == 0)
		status = all_within(g, &line, each, ctx);
	free(line.cell);
	return status;
}
