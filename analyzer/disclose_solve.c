/*
 * disclose_solve.c - what the sums of one table give back together. In: a table and what is
 * suppressed in it. Out: the suppressed counts that are exactly determined, although no single
 * line does it.
 *
 * Every line is a linear equation in the suppressed counts; one of them is determined if and only
 * if elimination (Gauss-Jordan, here modulo the prime 2^31 - 1) ends with an equation that holds
 * it alone. That a count is at least 0, or small, is not used here.
 */
#include "analyzer/disclose_private.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t prime = (UINT64_C(1) << 31) - 1;

struct system {
	const struct disclose_grid *grid;
	size_t *variable; /* of each cell that is suppressed */
	size_t n;         /* variables */
	uint32_t **row;   /* each with a 1 in its pivot, where all others have 0 */
	size_t *pivot;
	size_t rank, cap;
};

static void row_subtract(uint32_t *row, const uint32_t *other, uint64_t factor, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (other[i] != 0)
			row[i] = (uint32_t)((row[i] + (prime - factor) * other[i]) % prime);
}

static uint64_t inverse(uint64_t v)
{
	uint64_t result = 1;

	for (uint64_t e = prime - 2; e > 0; e >>= 1, v = v * v % prime)
		if (e & 1)
			result = result * v % prime;
	return result;
}

static int make_room(struct system *s)
{
	size_t cap = 2 * s->cap + 16;
	uint32_t **row;
	size_t *pivot;

	if (s->rank < s->cap)
		return 0;
	row = reallocarray(s->row, cap, sizeof *row);
	if (row == NULL)
		return -1;
	s->row = row;
	pivot = reallocarray(s->pivot, cap, sizeof *pivot);
	if (pivot == NULL)
		return -1;
	s->pivot = pivot;
	s->cap = cap;
	return 0;
}

/* Take an equation into the system; it is owned by the system, or freed where it says nothing. */
static int take_row(struct system *s, uint32_t *row)
{
	uint64_t scale;
	size_t p = 0;

	for (size_t k = 0; k < s->rank; k++)
		if (row[s->pivot[k]] != 0)
			row_subtract(row, s->row[k], row[s->pivot[k]], s->n);
	while (p < s->n && row[p] == 0)
		p++;
	if (p == s->n || make_room(s) != 0) {
		free(row);
		return p == s->n ? 0 : -1;
	}
	scale = inverse(row[p]);
	for (size_t i = 0; i < s->n; i++)
		row[i] = (uint32_t)(row[i] * scale % prime);
	for (size_t k = 0; k < s->rank; k++)
		if (s->row[k][p] != 0)
			row_subtract(s->row[k], row, s->row[k][p], s->n);
	s->row[s->rank] = row;
	s->pivot[s->rank++] = p;
	return 0;
}

static int take_line(void *ctx, const struct disclose_line *line)
{
	struct system *s = ctx;
	uint32_t *row = NULL;

	for (size_t i = 0; i < line->n; i++) {
		if (!disclose_hidden(s->grid, line->cell[i]))
			continue;
		if (row == NULL && (row = calloc(s->n, sizeof *row)) == NULL)
			return -1;
		row[s->variable[line->cell[i]]] =
			line->whole && i == 0 ? (uint32_t)(prime - 1) : 1;
	}
	return row == NULL ? 0 : take_row(s, row);
}

/* Variables that stand alone in their equation. */
static void find_alone(const struct system *s, bool *determined, size_t cells)
{
	for (size_t k = 0; k < s->rank; k++) {
		size_t others = 0;

		for (size_t i = 0; i < s->n; i++)
			others += s->row[k][i] != 0;
		for (size_t cell = 0; cell < cells && others == 1; cell++)
			if (disclose_hidden(s->grid, cell) && s->variable[cell] == s->pivot[k])
				determined[cell] = true;
	}
}

int disclose_solve(bool *determined, const struct disclose_grid *g, struct err *err)
{
	size_t cells = g->table->n_slots * g->columns;
	struct system s = {.grid = g};
	int status = 0;

	memset(determined, 0, cells * sizeof *determined);
	s.variable = calloc(cells + 1, sizeof *s.variable);
	if (s.variable == NULL)
		return err_nomem(err);
	for (size_t cell = 0; cell < cells; cell++)
		if (disclose_hidden(g, cell))
			s.variable[cell] = s.n++;
	if (disclose_lines(g, take_line, &s, err) != 0)
		status = err_nomem(err);
	else
		find_alone(&s, determined, cells);
	for (size_t k = 0; k < s.rank; k++)
		free(s.row[k]);
	free(s.row);
	free(s.pivot);
	free(s.variable);
	return status;
}
