/*
 * disclose_check.c - a second look at what is published, from the published numbers alone: no
 * line may have a single suppressed count, and all lines of a table together may determine none.
 * Non-response of the only kind that occurs is excepted: people less base says how many.
 */
#include "analyzer/disclose.h"
#include "analyzer/disclose_private.h"

#include <stdlib.h>

struct look {
	const struct disclose_grid *grid;
	bool hole;
};

static int look_at(void *ctx, const struct disclose_line *line)
{
	struct look *look = ctx;
	const struct disclose_grid *g = look->grid;
	size_t holes = 0, last = 0;

	for (size_t i = 0; i < line->n; i++) {
		if (!disclose_hidden(g, line->cell[i]))
			continue;
		holes++;
		last = line->cell[i];
	}
	if (holes == 1 && !(line->column == SIZE_MAX && disclose_given(g, last)))
		look->hole = true;
	return 0;
}

/* Do the lines together give a suppressed count back? */
static int look_together(struct look *look, struct err *err)
{
	const struct disclose_grid *g = look->grid;
	size_t cells = g->table->n_slots * g->columns;
	bool *determined = calloc(cells + 1, sizeof *determined);
	int status = -1;

	if (determined == NULL)
		return err_nomem(err);
	if (disclose_solve(determined, g, err) == 0) {
		for (size_t cell = 0; cell < cells; cell++)
			if (determined[cell] && !disclose_given(g, cell))
				look->hole = true;
		status = 0;
	}
	free(determined);
	return status;
}

int disclose_check(const struct release *r, struct err *err)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];
		struct disclose_grid g = {.release = r, .table = t,
			.columns = t->n_answers + DISCLOSE_KINDS};
		struct look look = {.grid = &g};

		if (disclose_lines(&g, look_at, &look, err) != 0 ||
			look_together(&look, err) != 0)
			return -1;
		if (look.hole)
			return err_set(err, ERR_REFUSED,
				"%s%s%s (%s): a suppressed count could be computed",
				t->question, t->row != NULL ? "/" : "",
				t->row != NULL ? t->row : "", release_measure_name(t->measure));
	}
	return 0;
}
