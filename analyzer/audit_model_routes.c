/*
 * audit_model_routes.c - tables that share people. In: a release's variables. Out: rows: who was
 * asked a question is a sum of another question's counts, or is bounded by one; whoever was put
 * first was ranked.
 */
#include "analyzer/audit_model.h"

#include <string.h>

static const char *const kinds[AUDIT_KINDS] = {"declined", "blank", "not_asked"};

/* The table that a route names: not of who wrote or was ranked. */
static size_t source_of(const struct release *r, const struct release_route *route)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];

		if (t->measure == RELEASE_WRITTEN || t->measure == RELEASE_RANKED ||
			strcmp(t->question, route->question) != 0)
			continue;
		if (route->row == NULL ? t->row == NULL
			: t->row != NULL && strcmp(t->row, route->row) == 0)
			return i;
	}
	return SIZE_MAX;
}

static size_t column_of(const struct release_table *t, const char *answer)
{
	for (size_t a = 0; a < t->n_answers; a++)
		if (strcmp(t->answers[a], answer) == 0)
			return a;
	for (size_t k = 0; k < AUDIT_KINDS; k++)
		if (strcmp(kinds[k], answer) == 0)
			return t->n_answers + k;
	return SIZE_MAX;
}

static size_t slot_of(const struct release_table *t, size_t group)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (t->slots[i].group == group)
			return i;
	return SIZE_MAX;
}

/* Asked less those who gave one of the answers (or less all who did not), in one group. */
static void tie(struct audit_model *m, size_t table, size_t slot, const struct release_route *route,
	size_t source, size_t source_slot)
{
	const struct release_table *t = &m->release->tables[table];
	const struct release_table *from = &m->release->tables[source];
	long known = 0, people = m->release->groups[t->slots[slot].group].people;

	audit_system_row(&m->system);
	audit_model_put(m, &known, &(struct audit_place){table, slot, t->n_answers + 2}, -1);
	known += people;
	for (size_t i = 0; route->answers[i] != NULL; i++) {
		size_t c = column_of(from, route->answers[i]);

		if (c != SIZE_MAX)
			audit_model_put(m, &known, &(struct audit_place){source, source_slot, c},
				route->others ? 1 : -1);
	}
	if (route->others)
		known -= people;
	/* The row is asked less source; it is 0, at most 0 or at least 0. */
	audit_system_close(&m->system, route->relation == RELEASE_AT_MOST ? LONG_MIN : -known,
		route->relation == RELEASE_AT_LEAST ? LONG_MAX : -known);
}

static void ties_of(struct audit_model *m, size_t table)
{
	const struct release_table *t = &m->release->tables[table];

	for (size_t i = 0; i < t->n_routes; i++) {
		size_t source = source_of(m->release, &t->routes[i]);

		/* nobody is routed by the question itself, whatever a file says */
		for (size_t s = 0; s < t->n_slots && source != SIZE_MAX && source != table; s++) {
			size_t from = slot_of(&m->release->tables[source], t->slots[s].group);

			if (from != SIZE_MAX)
				tie(m, table, s, &t->routes[i], source, from);
		}
	}
}

/* Ranked less first is not negative. */
static void first_and_ranked(struct audit_model *m, size_t first, size_t ranked)
{
	const struct release_table *f = &m->release->tables[first];
	const struct release_table *r = &m->release->tables[ranked];

	for (size_t i = 0; i < f->n_slots; i++) {
		size_t slot = slot_of(r, f->slots[i].group);

		for (size_t a = 0; a < f->n_answers && slot != SIZE_MAX; a++) {
			size_t c = column_of(r, f->answers[a]);
			long known = 0;

			if (c >= r->n_answers)
				continue;
			audit_system_row(&m->system);
			audit_model_put(m, &known, &(struct audit_place){ranked, slot, c}, 1);
			audit_model_put(m, &known, &(struct audit_place){first, i, a}, -1);
			audit_system_close(&m->system, -known, LONG_MAX);
		}
	}
}

void audit_model_routes(struct audit_model *m)
{
	for (size_t i = 0; i < m->release->n_tables; i++) {
		const struct release_table *t = &m->release->tables[i];

		ties_of(m, i);
		for (size_t k = 0; k < m->release->n_tables && t->measure == RELEASE_FIRST; k++)
			if (m->release->tables[k].measure == RELEASE_RANKED &&
				strcmp(m->release->tables[k].question, t->question) == 0)
				first_and_ranked(m, i, k);
	}
}
