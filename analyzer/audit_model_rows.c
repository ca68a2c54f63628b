/*
 * audit_model_rows.c - what adds up. In: a release's variables. Out: rows: the parts of every
 * breakdown and their whole, answers and base, kinds of non-response and people less base; the
 * options of a question with several answers are at least its respondents.
 */
#include "analyzer/audit_model.h"

/* A count with a sign: to the running row where it is suppressed, else to what is known. */
void audit_model_put(struct audit_model *m, long *known, const struct audit_place *at, int sign)
{
	const struct release_table *t = &m->release->tables[at->table];
	size_t v = m->variable[at->table][at->slot * audit_model_columns(t) + at->column];

	if (v == SIZE_MAX)
		*known += sign * audit_model_count(t, &t->slots[at->slot], at->column);
	else
		audit_system_term(&m->system, v, sign);
}

/* The parts by `by` of one slot, for every column: parts less whole is 0. */
static void across(struct audit_model *m, size_t table, size_t whole, enum release_by by)
{
	const struct release_table *t = &m->release->tables[table];

	for (size_t c = 0; c < audit_model_columns(t); c++) {
		long known = 0;
		bool any = false;

		audit_system_row(&m->system);
		for (size_t i = 0; i < t->n_slots; i++) {
			if (!release_inside(m->release, t->slots[i].group, t->slots[whole].group,
				    by))
				continue;
			any = true;
			audit_model_put(m, &known, &(struct audit_place){table, i, c}, 1);
		}
		if (any)
			audit_model_put(m, &known, &(struct audit_place){table, whole, c}, -1);
		audit_system_close(&m->system, any ? -known : LONG_MIN, any ? -known : LONG_MAX);
	}
}

/* Columns first .. last of one slot; *known is what their published ones come to. */
static void begin_slot(struct audit_model *m, size_t table, size_t slot, size_t first, size_t last,
	long *known)
{
	*known = 0;
	audit_system_row(&m->system);
	for (size_t c = first; c < last; c++)
		audit_model_put(m, known, &(struct audit_place){table, slot, c}, 1);
}

static void within(struct audit_model *m, size_t table, size_t slot)
{
	const struct release_table *t = &m->release->tables[table];
	const struct release_slot *s = &t->slots[slot];
	long rest = m->release->groups[s->group].people - s->base, known;

	begin_slot(m, table, slot, 0, t->n_answers, &known);
	if (release_exclusive(t->measure))
		audit_system_close(&m->system, s->base - known, s->base - known);
	else if (t->measure == RELEASE_WRITTEN)
		audit_system_close(&m->system, LONG_MIN, LONG_MAX);
	else
		audit_system_close(&m->system, s->base - known, LONG_MAX);
	begin_slot(m, table, slot, t->n_answers, audit_model_columns(t), &known);
	audit_system_close(&m->system, rest - known, rest - known);
}

void audit_model_rows(struct audit_model *m)
{
	for (size_t table = 0; table < m->release->n_tables; table++) {
		const struct release_table *t = &m->release->tables[table];

		for (size_t i = 0; i < t->n_slots; i++) {
			for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++)
				across(m, table, i, by);
			within(m, table, i);
		}
	}
}
