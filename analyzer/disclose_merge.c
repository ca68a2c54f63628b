/*
 * disclose_merge.c - groups that are large enough. In: exact counts by every region and language.
 * Out: a plan in which small ones stand together. Bases are published and never suppressed, so
 * this is what protects them.
 */
#include "analyzer/disclose.h"

#include "forms/regions.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Groups of one breakdown while they are being merged. */
struct merge {
	const struct release *exact;
	const bool *steady; /* tables that decide */
	size_t first, n;    /* release groups first .. first+n-1 */
	size_t *group;      /* of each: its own index, that of a larger region, or OTHER */
	const struct regions *regions; /* NULL: these are languages */
	size_t *within;     /* of each: the place of the larger region, or OTHER */
	bool *larger;       /* of each: is it a larger region? Nobody is in one itself */
};

enum { OTHER = 100000 };

/* Is the question (and row) asked of everybody? Free texts do not decide. */
static bool asked_of_all(const struct form *f, const struct release_table *t)
{
	const struct form_question *q = form_question(f, t->question);

	if (t->measure == RELEASE_WRITTEN || t->measure == RELEASE_RANKED || q == NULL ||
		q->relevant != NULL || f->sections[q->section].relevant != NULL)
		return false;
	for (size_t i = 0; i < q->n_rows && t->row != NULL; i++)
		if (strcmp(q->rows[i].id, t->row) == 0)
			return q->rows[i].relevant == NULL;
	return true;
}

static bool *steady_tables(const struct release *exact, const struct form *f)
{
	bool *steady = calloc(exact->n_tables + 1, sizeof *steady);

	for (size_t i = 0; steady != NULL && i < exact->n_tables; i++) {
		const struct release_table *t = &exact->tables[i];

		steady[i] = asked_of_all(f, t) && t->slots[0].base * 2 >= exact->people;
	}
	return steady;
}

/* The smallest base of a group; people where no table decides. */
static long size_of(const struct merge *m, size_t group)
{
	long size = 0;

	for (size_t i = 0; i < m->n; i++)
		if (m->group[i] == group)
			size += m->exact->groups[m->first + i].people;
	for (size_t k = 0; k < m->exact->n_tables; k++) {
		const struct release_table *t = &m->exact->tables[k];
		long base = 0;

		for (size_t i = 0; i < m->n && m->steady[k]; i++)
			if (m->group[i] == group)
				base += t->slots[m->first + i].base;
		if (m->steady[k] && base < size)
			size = base;
	}
	return size;
}

static bool there(const struct merge *m, size_t group)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->group[i] == group)
			return true;
	return false;
}

static bool peopled(const struct merge *m, size_t i)
{
	return m->exact->groups[m->first + i].people > 0;
}

/* Everybody of a group goes to "other". */
static void give_up(struct merge *m, size_t group)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->group[i] == group)
			m->group[i] = OTHER;
}

static size_t find_within(const struct merge *m, size_t i)
{
	int at = m->regions != NULL ? regions_find(m->regions, m->exact->groups[m->first + i].id) : -1;
	const char *within = at < 0 ? NULL : m->regions->list[at].within;

	for (size_t k = 0; within != NULL && k < m->n; k++)
		if (strcmp(m->exact->groups[m->first + k].id, within) == 0)
			return k;
	return OTHER;
}

static void find_larger(struct merge *m)
{
	for (size_t i = 0; i < m->n; i++) {
		m->within[i] = find_within(m, i);
		if (m->within[i] != OTHER)
			m->larger[m->within[i]] = true;
	}
}

/* Where one region is small all within the same larger one become that. */
static void merge_within(struct merge *m, long minimum)
{
	for (size_t i = 0; i < m->n; i++) {
		size_t whole = m->within[i];

		if (whole == OTHER || m->group[i] != i || !peopled(m, i) || size_of(m, i) >= minimum)
			continue;
		for (size_t k = 0; k < m->n; k++)
			if (m->within[k] == whole)
				m->group[k] = whole;
	}
}

static void merge_small(struct merge *m, long minimum)
{
	merge_within(m, minimum);
	bool small = false;

	for (size_t i = 0; i < m->n; i++)
		small |= peopled(m, i) && size_of(m, m->group[i]) < minimum;
	/* Where some are merged so are those without people: "other" does not tell them apart. */
	for (size_t i = 0; i < m->n && small; i++)
		if (!m->larger[i] && size_of(m, m->group[i]) < minimum)
			give_up(m, m->group[i]);
	while (there(m, OTHER) && size_of(m, OTHER) < minimum) {
		size_t smallest = OTHER;

		for (size_t i = 0; i < m->n; i++)
			if (!m->larger[i] && m->group[i] != OTHER && (smallest == OTHER ||
				size_of(m, m->group[i]) < size_of(m, smallest)))
				smallest = m->group[i];
		if (smallest == OTHER)
			return;
		give_up(m, smallest);
	}
}

/* The group of the first that has the same one, where that was numbered already. */
static size_t numbered(const struct merge *m, const size_t *list, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (m->group[k] == m->group[i] && list[k] != COUNT_NOWHERE)
			return list[k];
	return COUNT_NOWHERE;
}

/*
 * Number the groups that are left, "other" last. `name` (by group, or NULL) gets the ids of larger
 * regions.
 */
static size_t number(struct merge *m, size_t *list, size_t *other, const char **name)
{
	size_t n = 0;

	*other = COUNT_NOWHERE;
	for (size_t i = 0; i < m->n; i++) {
		list[i] = COUNT_NOWHERE;
		if (m->group[i] == OTHER || m->larger[i] ||
			(m->group[i] == i && !peopled(m, i)))
			continue;
		list[i] = numbered(m, list, i);
		if (list[i] != COUNT_NOWHERE)
			continue;
		list[i] = n++;
		if (name != NULL && m->group[i] != i)
			name[list[i]] = m->regions->list[regions_find(m->regions,
				m->exact->groups[m->first + m->group[i]].id)].id;
	}
	for (size_t i = 0; i < m->n; i++)
		if (m->group[i] == OTHER && !m->larger[i])
			list[i] = *other = n;
	return *other == COUNT_NOWHERE ? n : n + 1;
}

static int merge(size_t **list, size_t *n_groups, size_t *other, const char ***name,
	struct merge m, enum release_by by, long minimum, struct err *err)
{
	const struct release *exact = m.exact;

	for (size_t g = 0; g < exact->n_groups; g++) {
		if (exact->groups[g].by != by)
			continue;
		if (m.n++ == 0)
			m.first = g;
	}
	m.group = calloc(m.n + 1, sizeof *m.group);
	m.within = calloc(m.n + 1, sizeof *m.within);
	m.larger = calloc(m.n + 1, sizeof *m.larger);
	*list = calloc(m.n + 1, sizeof **list);
	if (name != NULL)
		*name = calloc(m.n + 1, sizeof **name);
	if (m.group == NULL || m.within == NULL || m.larger == NULL || *list == NULL ||
		(name != NULL && *name == NULL)) {
		free(m.group);
		free(m.within);
		free(m.larger);
		return err_nomem(err);
	}
	assert(m.n < OTHER);
	for (size_t i = 0; i < m.n; i++)
		m.group[i] = i;
	find_larger(&m);
	merge_small(&m, minimum);
	*n_groups = number(&m, *list, other, name != NULL ? *name : NULL);
	if (*n_groups == 1)
		*n_groups = 0;
	free(m.group);
	free(m.within);
	free(m.larger);
	return 0;
}

int disclose_plan(struct count_plan *plan, const struct release *exact, const struct form *form,
	const struct disclose_rule *rule, struct err *err)
{
	bool *steady = steady_tables(exact, form);
	long minimum = disclose_base(rule);
	int status = -1;

	*plan = (struct count_plan){0};
	if (steady == NULL)
		return err_nomem(err);
	if (merge(&plan->region, &plan->n_regions, &plan->other_region, &plan->region_name,
		    (struct merge){.exact = exact, .steady = steady, .regions = form->regions},
		    RELEASE_REGION, minimum, err) == 0 &&
		merge(&plan->language, &plan->n_languages, &plan->other_language, NULL,
			(struct merge){.exact = exact, .steady = steady}, RELEASE_LANGUAGE,
			minimum, err) == 0)
		status = 0;
	else
		count_plan_finish(plan);
	free(steady);
	return status;
}
