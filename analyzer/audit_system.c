/*
 * audit_system.c - the attacker's knowledge as sums of hidden counts. In: variables and rows, one
 * by one. Out: what each row by itself says about its variables (interval propagation), and which
 * variables have to be looked at together.
 */
#include "analyzer/audit_system.h"

#include <assert.h>
#include <stdlib.h>

enum { PASSES = 200 };

/* Room for one more element of `size` bytes. */
static bool room(struct audit_system *s, void **list, size_t n, size_t *cap, size_t size)
{
	size_t more = 2 * *cap + 64;
	void *longer;

	if (s->failed)
		return false;
	if (n < *cap)
		return true;
	longer = reallocarray(*list, more, size);
	if (longer == NULL) {
		s->failed = true;
		return false;
	}
	*list = longer;
	*cap = more;
	return true;
}

size_t audit_system_variable(struct audit_system *s, const struct audit_variable *v)
{
	void *list = s->variables;

	if (!room(s, &list, s->n_variables, &s->cap_variables, sizeof *s->variables))
		return 0;
	s->variables = list;
	s->variables[s->n_variables] = *v;
	return s->n_variables++;
}

void audit_system_row(struct audit_system *s)
{
	void *list = s->rows;

	if (!room(s, &list, s->n_rows, &s->cap_rows, sizeof *s->rows))
		return;
	s->rows = list;
	s->rows[s->n_rows++] = (struct audit_row){.first = s->n_terms};
}

void audit_system_term(struct audit_system *s, size_t variable, int coefficient)
{
	void *list = s->terms;

	if (!room(s, &list, s->n_terms, &s->cap_terms, sizeof *s->terms))
		return;
	s->terms = list;
	assert(variable < s->n_variables);
	s->terms[s->n_terms++] = (struct audit_term){variable, coefficient};
	s->rows[s->n_rows - 1].n++;
}

void audit_system_close(struct audit_system *s, long low, long high)
{
	struct audit_row *row;

	if (s->failed)
		return;
	row = &s->rows[s->n_rows - 1];
	if (row->n == 0) {
		s->n_rows--;
		return;
	}
	row->low = low;
	row->high = high;
}

void audit_system_finish(struct audit_system *s)
{
	free(s->variables);
	free(s->rows);
	free(s->terms);
	*s = (struct audit_system){0};
}

/* The least and the most that a term can be. */
static long least(const struct audit_system *s, const struct audit_term *t)
{
	const struct audit_variable *v = &s->variables[t->variable];

	return t->coefficient > 0 ? t->coefficient * v->low : t->coefficient * v->high;
}

static long most(const struct audit_system *s, const struct audit_term *t)
{
	const struct audit_variable *v = &s->variables[t->variable];

	return t->coefficient > 0 ? t->coefficient * v->high : t->coefficient * v->low;
}

/* Coefficients are 1 and -1: what is left for a term is left for its variable. */
static bool narrow_term(struct audit_system *s, const struct audit_term *t, long low, long high)
{
	struct audit_variable *v = &s->variables[t->variable];
	bool changed = false;

	assert(t->coefficient == 1 || t->coefficient == -1);
	if (t->coefficient < 0) {
		long swap = low;

		low = high == LONG_MAX ? LONG_MIN : -high;
		high = swap == LONG_MIN ? LONG_MAX : -swap;
	}
	if (low > v->low) {
		v->low = low;
		changed = true;
	}
	if (high < v->high) {
		v->high = high;
		changed = true;
	}
	return changed;
}

static bool narrow_row(struct audit_system *s, const struct audit_row *row)
{
	long sum_least = 0, sum_most = 0;
	bool changed = false;

	for (size_t i = 0; i < row->n; i++) {
		sum_least += least(s, &s->terms[row->first + i]);
		sum_most += most(s, &s->terms[row->first + i]);
	}
	for (size_t i = 0; i < row->n; i++) {
		const struct audit_term *t = &s->terms[row->first + i];
		long own_least = least(s, t), own_most = most(s, t);
		long low = row->low == LONG_MIN ? LONG_MIN : row->low - (sum_most - own_most);
		long high = row->high == LONG_MAX ? LONG_MAX : row->high - (sum_least - own_least);

		if (!narrow_term(s, t, low, high))
			continue;
		changed = true;
		sum_least += least(s, t) - own_least;
		sum_most += most(s, t) - own_most;
	}
	return changed;
}

int audit_system_narrow(struct audit_system *s, struct err *err)
{
	bool changed = true;

	if (s->failed)
		return err_nomem(err);
	for (int pass = 0; pass < PASSES && changed; pass++) {
		changed = false;
		for (size_t r = 0; r < s->n_rows; r++)
			changed |= narrow_row(s, &s->rows[r]);
		for (size_t v = 0; v < s->n_variables; v++)
			if (s->variables[v].low > s->variables[v].high)
				return err_set(err, ERR_INPUT, "the published numbers contradict "
					"each other");
	}
	return 0;
}

static bool known(const struct audit_variable *v)
{
	return v->low == v->high;
}

static size_t root(size_t *parent, size_t v)
{
	while (parent[v] != v)
		v = parent[v] = parent[parent[v]];
	return v;
}

static void join_row(size_t *parent, const struct audit_system *s, const struct audit_row *row)
{
	size_t first = SIZE_MAX;

	for (size_t i = 0; i < row->n; i++) {
		size_t v = s->terms[row->first + i].variable;

		if (known(&s->variables[v]))
			continue;
		if (first == SIZE_MAX)
			first = root(parent, v);
		else
			parent[root(parent, v)] = first;
		first = root(parent, first);
	}
}

int audit_system_components(size_t **component, size_t *n, const struct audit_system *s,
	struct err *err)
{
	size_t *parent = calloc(s->n_variables + 1, sizeof *parent);
	size_t *number = calloc(s->n_variables + 1, sizeof *number);

	*n = 0;
	if (parent == NULL || number == NULL) {
		free(parent);
		free(number);
		return err_nomem(err);
	}
	for (size_t v = 0; v < s->n_variables; v++)
		parent[v] = v;
	for (size_t r = 0; r < s->n_rows; r++)
		join_row(parent, s, &s->rows[r]);
	for (size_t v = 0; v < s->n_variables; v++)
		if (root(parent, v) == v)
			number[v] = (*n)++;
	for (size_t v = 0; v < s->n_variables; v++)
		if (root(parent, v) != v)
			number[v] = number[root(parent, v)];
	free(parent);
	*component = number;
	return 0;
}
