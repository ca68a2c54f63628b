/*
 * disclose_leave.c - what is not published at all. In: exact counts. Out: the same without tables
 * and breakdowns that have a small base, without pairs of regions and languages that have few
 * people, and without what an earlier release left out.
 */
#include "analyzer/disclose_work.h"

#include <stdlib.h>
#include <string.h>

enum { PAIR_FACTOR = 2 }; /* pairs are published from twice the smallest base on */

static bool too_small(long base, long minimum)
{
	return base > 0 && base < minimum;
}

/* Add the name of a breakdown that is left out to the table's note. */
static int note(struct release_table *t, enum release_by by, struct err *err)
{
	const char *name = release_by_name(by);
	size_t n = t->note == NULL ? 0 : strlen(t->note);
	char *longer = realloc(t->note, n + strlen(name) + 2);

	if (longer == NULL)
		return err_nomem(err);
	t->note = longer;
	if (n > 0)
		t->note[n++] = ' ';
	strcpy(t->note + n, name);
	return 0;
}

/* Leave out the slots of one breakdown of a table. */
static void drop_slots(const struct release *r, struct release_table *t, enum release_by by)
{
	size_t kept = 0;

	for (size_t i = 0; i < t->n_slots; i++) {
		if (by == RELEASE_TOTAL || r->groups[t->slots[i].group].by == by)
			release_slot_finish(&t->slots[i]);
		else
			t->slots[kept++] = t->slots[i];
	}
	t->n_slots = kept;
}

/* Publish nothing of a table; not even which countries were named. */
static void forget_countries(struct release_table *t)
{
	for (size_t a = 0; a < t->n_answers && t->measure == RELEASE_COUNTRY; a++) {
		free(t->answers[a]);
		t->answers[a] = NULL;
	}
	if (t->measure == RELEASE_COUNTRY)
		t->n_answers = 0;
}

bool disclose_has(const struct release *r, size_t table, enum release_by by)
{
	const struct release_table *t = &r->tables[table];

	for (size_t i = 0; i < t->n_slots; i++)
		if (r->groups[t->slots[i].group].by == by)
			return true;
	return false;
}

int disclose_drop(struct disclose_work *w, size_t table, enum release_by by, struct err *err)
{
	struct release *const all[] = {w->published, w->exact, w->gain, w->seen};

	/* Pairs are read together with their regions and languages. */
	if ((by == RELEASE_REGION || by == RELEASE_LANGUAGE) &&
		disclose_has(w->published, table, RELEASE_REGION_LANGUAGE) &&
		disclose_drop(w, table, RELEASE_REGION_LANGUAGE, err) != 0)
		return -1;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		drop_slots(all[i], &all[i]->tables[table], by);
		if (by == RELEASE_TOTAL)
			forget_countries(&all[i]->tables[table]);
	}
	return note(&w->published->tables[table], by, err);
}

/* Are all bases of a breakdown large enough, in what is published and in what is protected? */
static bool large(const struct disclose_work *w, size_t table, enum release_by by)
{
	long minimum = disclose_base(&w->rule);
	const struct release_table *all = &w->exact->tables[table];
	const struct release_table *gain = &w->gain->tables[table];

	if (by == RELEASE_REGION_LANGUAGE)
		minimum *= PAIR_FACTOR;
	for (size_t i = 0; i < all->n_slots; i++)
		if (w->exact->groups[all->slots[i].group].by == by &&
			(too_small(all->slots[i].base, minimum) ||
				too_small(gain->slots[i].base, minimum)))
			return false;
	return true;
}

/* What an earlier release left out stays left out. */
static bool was_there(const struct disclose_work *w, size_t table, enum release_by by)
{
	const struct release_table *t = &w->published->tables[table], *before;

	if (w->earlier == NULL)
		return true;
	before = release_table(w->earlier->published, t->question, t->row, t->measure);
	for (size_t i = 0; before != NULL && i < before->n_slots; i++)
		if (w->earlier->published->groups[before->slots[i].group].by == by)
			return true;
	return false;
}

int disclose_leave_small(struct disclose_work *w, size_t table, struct err *err)
{
	const struct release_table *t = &w->exact->tables[table];
	long minimum = disclose_base(&w->rule);

	if (t->slots[0].base < minimum || !was_there(w, table, RELEASE_TOTAL) ||
		too_small(w->gain->tables[table].slots[0].base, minimum))
		return disclose_drop(w, table, RELEASE_TOTAL, err);
	for (enum release_by by = RELEASE_REGION; by <= RELEASE_REGION_LANGUAGE; by++) {
		/* Free texts do not know the region. */
		if (t->measure == RELEASE_WRITTEN && by != RELEASE_LANGUAGE)
			continue;
		if ((!disclose_has(w->exact, table, by) || !large(w, table, by) ||
			!was_there(w, table, by)) &&
			disclose_drop(w, table, by, err) != 0)
			return -1;
	}
	return 0;
}

static bool has_pairs(const struct release *r)
{
	return r->n_groups > 0 && r->groups[r->n_groups - 1].by == RELEASE_REGION_LANGUAGE;
}

void disclose_leave_pairs(struct release *r, const struct disclose_rule *rule,
	const struct release *earlier)
{
	size_t first = 0;
	bool small = earlier != NULL && !has_pairs(earlier);

	while (first < r->n_groups && r->groups[first].by != RELEASE_REGION_LANGUAGE)
		first++;
	for (size_t g = first; g < r->n_groups; g++)
		small |= too_small(r->groups[g].people, PAIR_FACTOR * disclose_base(rule));
	if (!small)
		return;
	for (size_t i = 0; i < r->n_tables; i++) {
		struct release_table *t = &r->tables[i];

		while (t->n_slots > 0 && t->slots[t->n_slots - 1].group >= first)
			release_slot_finish(&t->slots[--t->n_slots]);
	}
	while (r->n_groups > first) {
		struct release_group *g = &r->groups[--r->n_groups];

		free(g->id);
		free(g->members[0]);
		free(g->members[1]);
		free(g->members);
	}
}

/*
 * Where countries became regions the groups themselves say how many people each region has: a table
 * of the same numbers, suppressed by other rules, would only be a second look at them.
 */
void disclose_leave_country(struct release *r, const struct form *form)
{
	for (size_t i = r->n_tables; i-- > 0;)
		if (r->tables[i].measure == RELEASE_COUNTRY && !form->frozen.keep_country)
			release_remove_table(r, i);
}
