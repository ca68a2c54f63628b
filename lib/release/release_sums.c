/*
 * release_sums.c - a release whose numbers contradict each other was changed or made wrongly. In:
 * a release that was read. Out: nothing, or the first place that is wrong. Where all parts of a
 * sum are published it must be exact; where some are suppressed the rest must not be more than it.
 */
#include "lib/release/release_sums.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

/* What has been added up: published counts, and whether there was a suppressed one. */
struct sum {
	long published;
	bool open;
};

static void sum_add(struct sum *s, long count)
{
	if (count == RELEASE_SUPPRESSED)
		s->open = true;
	else
		s->published += count;
}

static bool sum_fits(const struct sum *s, long total)
{
	if (total == RELEASE_SUPPRESSED)
		return true;
	return s->open ? s->published <= total : s->published == total;
}

static int slot_check(const struct release *r, const struct release_table *t,
	const struct release_slot *s, struct err *err)
{
	struct sum answers = {0}, people = {0};

	for (size_t a = 0; a < t->n_answers; a++) {
		if (s->counts[a] > s->base)
			return err_set(err, ERR_INPUT, "counts[%zu]: more than the base", a);
		sum_add(&answers, s->counts[a]);
	}
	if (release_exclusive(t->measure) && !sum_fits(&answers, s->base))
		return err_set(err, ERR_INPUT, "the answers do not add up to the base");
	sum_add(&people, s->base);
	sum_add(&people, s->declined);
	sum_add(&people, s->blank);
	sum_add(&people, s->not_asked);
	if (!sum_fits(&people, r->groups[s->group].people))
		return err_set(err, ERR_INPUT,
			"base, declined, blank and not asked do not add up to the group's people");
	return 0;
}

/* A count of a slot by its place: the answers, then declined, blank, not asked, base. */
static long cell(const struct release_table *t, const struct release_slot *s, size_t at)
{
	if (at < t->n_answers)
		return s->counts[at];
	switch (at - t->n_answers) {
	case 0:
		return s->declined;
	case 1:
		return s->blank;
	case 2:
		return s->not_asked;
	default:
		return s->base;
	}
}

/* One slot against the slots of breakdown `by` inside it, count by count. */
static int parts_check(const struct release *r, const struct release_table *t,
	const struct release_slot *whole, enum release_by by, struct err *err)
{
	for (size_t at = 0; at < t->n_answers + 4; at++) {
		struct sum sum = {0};
		bool any = false;

		for (size_t i = 0; i < t->n_slots; i++) {
			if (!release_inside(r, t->slots[i].group, whole->group, by))
				continue;
			any = true;
			sum_add(&sum, cell(t, &t->slots[i], at));
		}
		if (any && !sum_fits(&sum, cell(t, whole, at)))
			return err_set(err, ERR_INPUT, "not the sum of its parts by %s",
				release_by_name(by));
	}
	return 0;
}

static int table_check(const struct release *r, const struct release_table *t, struct err *err)
{
	static const enum release_by finer[] = {
		RELEASE_REGION, RELEASE_LANGUAGE, RELEASE_REGION_LANGUAGE};

	for (size_t i = 0; i < t->n_slots; i++)
		if (slot_check(r, t, &t->slots[i], err) != 0)
			return err_prefix(err, "slots[%zu]", i);
	for (size_t i = 0; i < t->n_slots; i++) {
		if (r->groups[t->slots[i].group].by == RELEASE_REGION_LANGUAGE)
			continue;
		for (size_t b = 0; b < sizeof finer / sizeof *finer; b++)
			if (parts_check(r, t, &t->slots[i], finer[b], err) != 0)
				return err_prefix(err, "slots[%zu]", i);
	}
	return 0;
}

static int people_check(const struct release *r, size_t whole, enum release_by by,
	struct err *err)
{
	struct sum sum = {0};
	bool any = false;

	for (size_t g = 0; g < r->n_groups; g++) {
		if (!release_inside(r, g, whole, by))
			continue;
		any = true;
		sum_add(&sum, r->groups[g].people);
	}
	if (any && !sum_fits(&sum, r->groups[whole].people))
		return err_set(err, ERR_INPUT, "groups[%zu].people: not the sum of its parts by %s",
			whole, release_by_name(by));
	return 0;
}

int release_sums_check(const struct release *r, struct err *err)
{
	if (r->groups[0].people != r->people)
		return err_set(err, ERR_INPUT, "groups[0].people: not the people of the release");
	for (size_t g = 0; g < r->n_groups; g++)
		for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++)
			if (r->groups[g].by != RELEASE_REGION_LANGUAGE &&
				people_check(r, g, by, err) != 0)
				return -1;
	for (size_t i = 0; i < r->n_tables; i++)
		if (table_check(r, &r->tables[i], err) != 0)
			return err_prefix(err, "tables[%zu]", i);
	return 0;
}
