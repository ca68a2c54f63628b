/*
 * ledger_plan.c - a later release has the groups of the first. In: an earlier release. Out: a plan
 * that puts today's people into its groups; and exact counts, which are kept by every region and
 * language, added up to them.
 */
#include "analyzer/ledger.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool has_member(const struct release_group *g, const char *code)
{
	for (size_t i = 0; g->members[i] != NULL; i++)
		if (strcmp(g->members[i], code) == 0)
			return true;
	return false;
}

static long people_of(const struct release *exact, enum release_by by, const char *code)
{
	for (size_t g = 0; g < exact->n_groups; g++)
		if (exact->groups[g].by == by && strcmp(exact->groups[g].id, code) == 0)
			return exact->groups[g].people;
	return 0;
}

/* The group of one code: its place among the groups of its breakdown. */
static size_t place(const struct release *published, enum release_by by, const char *code,
	size_t *n, size_t *other)
{
	size_t found = COUNT_NOWHERE;

	*n = 0;
	*other = COUNT_NOWHERE;
	for (size_t g = 0; g < published->n_groups; g++) {
		if (published->groups[g].by != by)
			continue;
		if (has_member(&published->groups[g], code))
			found = *n;
		if (strcmp(published->groups[g].id, COUNT_OTHER) == 0)
			*other = *n;
		++*n;
	}
	return found;
}

static int plan_by(size_t **list, size_t *n_groups, size_t *other, const struct release *published,
	const struct release *exact, enum release_by by, const char *const *codes, size_t n,
	struct err *err)
{
	bool lost = false;

	*list = calloc(n + 1, sizeof **list);
	if (*list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		size_t at = place(published, by, codes[i], n_groups, other);

		if (at == COUNT_NOWHERE && people_of(exact, by, codes[i]) > 0) {
			at = *other;
			lost |= at == COUNT_NOWHERE;
		}
		(*list)[i] = at;
	}
	if (lost)
		*n_groups = 0;
	return 0;
}

/* A merged region keeps the name that it was published with. */
static int name_regions(struct count_plan *plan, const struct release *published, struct err *err)
{
	size_t n = 0;

	plan->region_name = calloc(published->n_groups + 1, sizeof *plan->region_name);
	if (plan->region_name == NULL)
		return err_nomem(err);
	for (size_t g = 0; g < published->n_groups; g++)
		if (published->groups[g].by == RELEASE_REGION)
			plan->region_name[n++] = published->groups[g].id;
	return 0;
}

int ledger_plan(struct count_plan *plan, const struct release *published,
	const struct release *exact, const struct batch *b, struct err *err)
{
	*plan = (struct count_plan){0};
	if (plan_by(&plan->region, &plan->n_regions, &plan->other_region, published, exact,
		    RELEASE_REGION, b->regions, b->n_regions, err) == 0 &&
		plan_by(&plan->language, &plan->n_languages, &plan->other_language, published,
			exact, RELEASE_LANGUAGE, b->languages, b->n_languages, err) == 0 &&
		name_regions(plan, published, err) == 0)
		return 0;
	count_plan_finish(plan);
	return -1;
}

/* --- exact counts in other groups --- */

static const struct release_group *find_group(const struct release *r, enum release_by by,
	const char *id)
{
	for (size_t g = 0; g < r->n_groups; g++)
		if (r->groups[g].by == by && strcmp(r->groups[g].id, id) == 0)
			return &r->groups[g];
	return NULL;
}

/* Is a group of single codes part of a merged one? */
static bool part_of(const struct release *like, const struct release_group *whole,
	const struct release_group *part)
{
	const struct release_group *region, *language;

	if (part->by != whole->by)
		return false;
	if (whole->by == RELEASE_TOTAL)
		return true;
	if (whole->by != RELEASE_REGION_LANGUAGE)
		return has_member(whole, part->id);
	region = find_group(like, RELEASE_REGION, whole->members[0]);
	language = find_group(like, RELEASE_LANGUAGE, whole->members[1]);
	return region != NULL && language != NULL && has_member(region, part->members[0]) &&
		has_member(language, part->members[1]);
}

static long answer_count(const struct release_table *t, const struct release_slot *s,
	const char *answer)
{
	for (size_t a = 0; a < t->n_answers; a++)
		if (strcmp(t->answers[a], answer) == 0)
			return s->counts[a];
	return 0;
}

static void regroup_slot(struct release *d, struct release_table *t, struct release_slot *s,
	const struct release *exact, const struct release_table *from)
{
	s->base = s->declined = s->blank = s->not_asked = 0;
	s->mean = s->median = NAN;
	for (size_t a = 0; a < t->n_answers; a++)
		s->counts[a] = 0;
	for (size_t i = 0; from != NULL && i < from->n_slots; i++) {
		const struct release_slot *part = &from->slots[i];

		if (!part_of(d, &d->groups[s->group], &exact->groups[part->group]))
			continue;
		s->base += part->base;
		s->declined += part->declined;
		s->blank += part->blank;
		s->not_asked += part->not_asked;
		for (size_t a = 0; a < t->n_answers; a++)
			s->counts[a] += answer_count(from, part, t->answers[a]);
	}
}

int ledger_regroup(struct release **out, const struct release *exact, const struct release *like,
	struct err *err)
{
	struct release *d = NULL;

	if (release_copy(&d, like, err) != 0)
		return -1;
	for (size_t g = 0; g < d->n_groups; g++) {
		d->groups[g].people = 0;
		for (size_t i = 0; i < exact->n_groups; i++)
			if (part_of(d, &d->groups[g], &exact->groups[i]))
				d->groups[g].people += exact->groups[i].people;
	}
	d->people = exact->people;
	for (size_t i = 0; i < d->n_tables; i++) {
		struct release_table *t = &d->tables[i];
		const struct release_table *from =
			release_table(exact, t->question, t->row, t->measure);

		for (size_t s = 0; s < t->n_slots; s++)
			regroup_slot(d, t, &t->slots[s], exact, from);
	}
	*out = d;
	return 0;
}
