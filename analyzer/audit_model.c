/*
 * audit_model.c - every suppressed count as a variable. In: a release. Out: for each the values it
 * may have by its base, and which of them would give somebody away.
 */
#include "analyzer/audit_model.h"

#include <stdlib.h>

long audit_model_count(const struct release_table *t, const struct release_slot *s, size_t column)
{
	if (column < t->n_answers)
		return s->counts[column];
	switch (column - t->n_answers) {
	case 0:
		return s->declined;
	case 1:
		return s->blank;
	default:
		return s->not_asked;
	}
}

size_t audit_model_columns(const struct release_table *t)
{
	return t->n_answers + AUDIT_KINDS;
}

/* Is not_asked a count of another question, by the routes? */
static bool routed(const struct release_table *t)
{
	for (size_t i = 0; i < t->n_routes; i++)
		if (t->routes[i].relation == RELEASE_EXACTLY)
			return true;
	return false;
}

/*
 * Is a count of non-response given on purpose? People less base is published (and less not_asked
 * where another question says that): where that is hardly more than k, or only one kind occurs in
 * the table, its parts cannot stay open.
 */
static bool given(const struct audit_model *m, const struct release_table *t,
	const struct release_slot *s)
{
	long rest = m->release->groups[s->group].people - s->base;
	size_t kinds = 0;

	if (routed(t) && s->not_asked != RELEASE_SUPPRESSED)
		rest -= s->not_asked;
	for (size_t c = t->n_answers; c + routed(t) < audit_model_columns(t); c++)
		kinds += audit_model_count(t, &t->slots[0], c) != 0;
	return rest <= (long)m->release->threshold || kinds < 2;
}

static struct audit_variable variable_of(const struct audit_model *m,
	const struct release_table *t, const struct release_slot *s, size_t column)
{
	long k = (long)m->release->threshold, base = s->base;
	struct audit_variable v = {.low = 0, .high = base, .small_first = 1, .small_last = k - 1,
		.great_first = 1, .great_last = 0};

	if (column >= t->n_answers) {
		v.high = m->release->groups[s->group].people - base;
		v.exempt = given(m, t, s);
		return v;
	}
	if (!release_exclusive(t->measure)) {
		v.great_first = base - k + 1 > 0 ? base - k + 1 : 0;
		v.great_last = base - 1;
	}
	if (t->full) {
		v.great_last = base;
		if (release_exclusive(t->measure))
			v.great_first = base;
	}
	return v;
}

static int add_table(struct audit_model *m, size_t table, struct err *err)
{
	const struct release_table *t = &m->release->tables[table];
	size_t columns = audit_model_columns(t);

	m->variable[table] = calloc(t->n_slots * columns + 1, sizeof **m->variable);
	if (m->variable[table] == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < t->n_slots; i++) {
		for (size_t c = 0; c < columns; c++) {
			struct audit_variable v;
			size_t *at = &m->variable[table][i * columns + c];

			*at = SIZE_MAX;
			if (audit_model_count(t, &t->slots[i], c) != RELEASE_SUPPRESSED)
				continue;
			v = variable_of(m, t, &t->slots[i], c);
			*at = audit_system_variable(&m->system, &v);
		}
	}
	return 0;
}

static int find_places(struct audit_model *m, struct err *err)
{
	m->place = calloc(m->system.n_variables + 1, sizeof *m->place);
	if (m->place == NULL || m->system.failed)
		return err_nomem(err);
	for (size_t i = 0; i < m->release->n_tables; i++) {
		const struct release_table *t = &m->release->tables[i];
		size_t columns = audit_model_columns(t);

		for (size_t c = 0; c < t->n_slots * columns; c++)
			if (m->variable[i][c] != SIZE_MAX)
				m->place[m->variable[i][c]] =
					(struct audit_place){i, c / columns, c % columns};
	}
	return 0;
}

int audit_model_create(struct audit_model *m, const struct release *r, struct err *err)
{
	*m = (struct audit_model){.release = r};
	m->variable = calloc(r->n_tables + 1, sizeof *m->variable);
	if (m->variable == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < r->n_tables; i++)
		if (add_table(m, i, err) != 0)
			return -1;
	if (find_places(m, err) != 0)
		return -1;
	audit_model_rows(m);
	audit_model_routes(m);
	return m->system.failed ? err_nomem(err) : 0;
}

void audit_model_finish(struct audit_model *m)
{
	for (size_t i = 0; m->variable != NULL && i < m->release->n_tables; i++)
		free(m->variable[i]);
	free(m->variable);
	free(m->place);
	audit_system_finish(&m->system);
}
