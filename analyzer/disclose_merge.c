/*
 * disclose_merge.c - groups that are large enough. In: exact counts by every region and language.
 * Out: a plan in which small ones stand together. Bases are published and never suppressed, so
 * this is what protects them.
 */
#include "analyzer/disclose.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* Groups of one breakdown while they are being merged. */
struct merge {
	const struct release *exact;
	const bool *steady; /* tables that decide */
	size_t first, n;    /* release groups first .. first+n-1 */
	size_t *group;      /* of each: its own index, or OTHER */
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

static void merge_small(struct merge *m, long minimum)
{
	bool small = false;

	for (size_t i = 0; i < m->n; i++)
		small |= peopled(m, i) && size_of(m, i) < minimum;
	/* Where some are merged so are those without people: "other" does not tell them apart. */
	for (size_t i = 0; i < m->n && small; i++)
		if (size_of(m, i) < minimum)
			m->group[i] = OTHER;
	while (there(m, OTHER) && size_of(m, OTHER) < minimum) {
		size_t smallest = OTHER;

		for (size_t i = 0; i < m->n; i++)
			if (m->group[i] == i && (smallest == OTHER ||
				size_of(m, i) < size_of(m, smallest)))
				smallest = i;
		if (smallest == OTHER)
			return;
		m->group[smallest] = OTHER;
	}
}

/* Number the groups that are left, "other" last. */
static size_t number(struct merge *m, size_t *list, size_t *other)
{
	size_t n = 0;

	*other = COUNT_NOWHERE;
	for (size_t i = 0; i < m->n; i++)
		list[i] = m->group[i] == i && peopled(m, i) ? n++ : COUNT_NOWHERE;
	for (size_t i = 0; i < m->n; i++)
		if (m->group[i] == OTHER)
			list[i] = *other = n;
	return *other == COUNT_NOWHERE ? n : n + 1;
}

static int merge(size_t **list, size_t *n_groups, size_t *other, const struct release *exact,
	const bool *steady, enum release_by by, long minimum, struct err *err)
{
	struct merge m = {.exact = exact, .steady = steady};

	for (size_t g = 0; g < exact->n_groups; g++) {
		if (exact->groups[g].by != by)
			continue;
		if (m.n++ == 0)
			m.first = g;
	}
	m.group = calloc(m.n + 1, sizeof *m.group);
	*list = calloc(m.n + 1, sizeof **list);
	if (m.group == NULL || *list == NULL) {
		free(m.group);
		return err_nomem(err);
	}
	assert(m.n < OTHER);
	for (size_t i = 0; i < m.n; i++)
		m.group[i] = i;
	merge_small(&m, minimum);
	*n_groups = number(&m, *list, other);
	if (*n_groups == 1)
		*n_groups = 0;
	free(m.group);
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
	if (merge(&plan->region, &plan->n_regions, &plan->other_region, exact, steady,
		    RELEASE_REGION, minimum, err) == 0 &&
		merge(&plan->language, &plan->n_languages, &plan->other_language, exact, steady,
			RELEASE_LANGUAGE, minimum, err) == 0)
		status = 0;
	else
		count_plan_finish(plan);
	free(steady);
	return status;
}
