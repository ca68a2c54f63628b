/*
 * count_groups.c - who is counted together. In: a batch and a plan. Out: the groups of a release,
 * the total first, then regions, languages and pairs, each with its people; and the pair that each
 * person is in, the atom that is counted.
 */
#include "analyzer/count_private.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int plan_list(size_t **list, size_t n, struct err *err)
{
	*list = calloc(n, sizeof **list);
	if (*list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++)
		(*list)[i] = i;
	return 0;
}

int count_plan_all(struct count_plan *plan, const struct batch *b, struct err *err)
{
	*plan = (struct count_plan){.n_regions = b->n_regions, .n_languages = b->n_languages,
		.other_region = COUNT_NOWHERE, .other_language = COUNT_NOWHERE};
	if (plan_list(&plan->region, b->n_regions, err) != 0 ||
		plan_list(&plan->language, b->n_languages, err) != 0) {
		count_plan_finish(plan);
		return -1;
	}
	return 0;
}

void count_plan_finish(struct count_plan *plan)
{
	free(plan->region);
	free(plan->language);
	free(plan->region_name);
	*plan = (struct count_plan){0};
}

/* The names of those that the plan puts into this group. */
static int members(struct release_group *g, const char *const *names, const size_t *groups,
	size_t n, size_t group, struct err *err)
{
	size_t k = 0;

	g->members = calloc(n + 1, sizeof *g->members);
	if (g->members == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		if (groups[i] != group)
			continue;
		g->members[k] = strdup(names[i]);
		if (g->members[k++] == NULL)
			return err_nomem(err);
	}
	return 0;
}

/* One group of one breakdown: named by its only member, or merged. */
static int single(struct release *r, enum release_by by, const struct batch *b,
	const struct count_plan *plan, size_t group, struct err *err)
{
	struct release_group *g = &r->groups[r->n_groups++];
	bool region = by == RELEASE_REGION;
	int status;

	g->by = by;
	if (region)
		status = members(g, b->regions, plan->region, b->n_regions, group, err);
	else
		status = members(g, b->languages, plan->language, b->n_languages, group, err);
	if (status != 0)
		return -1;
	assert(g->members[0] != NULL);
	if (region && plan->region_name != NULL && plan->region_name[group] != NULL)
		g->id = strdup(plan->region_name[group]);
	else
		g->id = strdup(group == (region ? plan->other_region : plan->other_language)
			? COUNT_OTHER : g->members[0]);
	return g->id == NULL ? err_nomem(err) : 0;
}

static int pair(struct release *r, const struct release_group *region,
	const struct release_group *language, struct err *err)
{
	struct release_group *g = &r->groups[r->n_groups++];

	g->by = RELEASE_REGION_LANGUAGE;
	g->members = calloc(3, sizeof *g->members);
	if (g->members == NULL)
		return err_nomem(err);
	g->members[0] = strdup(region->id);
	g->members[1] = strdup(language->id);
	if (g->members[0] == NULL || g->members[1] == NULL ||
		asprintf(&g->id, "%s/%s", region->id, language->id) < 0) {
		g->id = NULL;
		return err_nomem(err);
	}
	return 0;
}

/* Is pair `pair` of region and language groups inside group `g` of the release? */
static bool inside(const struct release *r, const struct count_plan *plan, size_t group,
	size_t pair)
{
	size_t languages = plan->n_languages > 0 ? plan->n_languages : 1, before = 1;

	switch (r->groups[group].by) {
	case RELEASE_TOTAL:
		return true;
	case RELEASE_REGION:
		return pair / languages == group - before;
	case RELEASE_LANGUAGE:
		return pair % languages == group - before - plan->n_regions;
	default:
		return pair == group - before - plan->n_regions - plan->n_languages;
	}
}

/* The pair of groups that each person is in. */
static int atoms(struct count_people *p, const struct release *r, const struct count_plan *plan,
	struct err *err)
{
	const struct batch *b = p->batch;
	size_t n_l = plan->n_languages > 0 ? plan->n_languages : 1;

	p->n_groups = r->n_groups;
	p->n_atoms = (plan->n_regions > 0 ? plan->n_regions : 1) * n_l;
	if (p->n_atoms > UINT16_MAX)
		return err_set(err, ERR_INPUT, "too many pairs of regions and languages");
	p->atom = calloc(b->n + 1, sizeof *p->atom);
	p->inside = calloc(p->n_groups * p->n_atoms, 1);
	if (p->atom == NULL || p->inside == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < b->n; i++) {
		size_t region = plan->n_regions > 0 ? plan->region[b->region[i]] : 0;
		size_t language = plan->n_languages > 0 ? plan->language[b->language[i]] : 0;

		assert(region != COUNT_NOWHERE && language != COUNT_NOWHERE);
		p->atom[i] = (uint16_t)(region * n_l + language);
	}
	for (size_t g = 0; g < p->n_groups; g++)
		for (size_t k = 0; k < p->n_atoms; k++)
			p->inside[g * p->n_atoms + k] = inside(r, plan, g, k);
	return 0;
}

int count_groups_people(struct release *r, const struct count_people *p, struct err *err)
{
	long *count = calloc(p->n_atoms, sizeof *count);

	if (count == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < p->batch->n; i++)
		count[p->atom[i]]++;
	for (size_t g = 0; g < r->n_groups; g++)
		for (size_t k = 0; k < p->n_atoms; k++)
			if (p->inside[g * p->n_atoms + k])
				r->groups[g].people += count[k];
	r->people = (long)p->batch->n;
	free(count);
	return 0;
}

void count_people_finish(struct count_people *p)
{
	if (p->atom != NULL)
		explicit_bzero(p->atom, p->batch->n * sizeof *p->atom);
	free(p->atom);
	free(p->inside);
	*p = (struct count_people){0};
}

int count_groups_begin(struct release *r, size_t n, struct err *err)
{
	r->groups = calloc(n, sizeof *r->groups);
	if (r->groups == NULL)
		return err_nomem(err);
	r->n_groups = 1;
	r->groups[0].by = RELEASE_TOTAL;
	r->groups[0].id = strdup("");
	r->groups[0].members = calloc(1, sizeof *r->groups[0].members);
	if (r->groups[0].id == NULL || r->groups[0].members == NULL)
		return err_nomem(err);
	return 0;
}

int count_groups(struct release *r, struct count_people *p, const struct batch *b,
	const struct count_plan *plan, struct err *err)
{
	size_t n_r = plan->n_regions, n_l = plan->n_languages;

	if (count_groups_begin(r, 1 + n_r + n_l + n_r * n_l, err) != 0)
		return -1;
	for (size_t i = 0; i < n_r; i++)
		if (single(r, RELEASE_REGION, b, plan, i, err) != 0)
			return -1;
	for (size_t i = 0; i < n_l; i++)
		if (single(r, RELEASE_LANGUAGE, b, plan, i, err) != 0)
			return -1;
	for (size_t i = 0; i < n_r; i++)
		for (size_t k = 0; k < n_l; k++)
			if (pair(r, &r->groups[1 + i], &r->groups[1 + n_r + k], err) != 0)
				return -1;
	*p = (struct count_people){.batch = b};
	return atoms(p, r, plan, err) != 0 ? -1 : count_groups_people(r, p, err);
}
