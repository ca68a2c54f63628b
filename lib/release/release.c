/*
 * release.c - the release in memory: finding a table in it, its names, the percentage that is
 * printed, and letting go of it. Reading is release_read.c, writing release_write.c.
 */
#include "lib/release/release.h"

#include "lib/release/release_parts.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static const char *const measure_names[] = {
	[RELEASE_CHOICE] = "choice",
	[RELEASE_MULTIPLE] = "multiple",
	[RELEASE_SCALE] = "scale",
	[RELEASE_BANDS] = "bands",
	[RELEASE_FIRST] = "first",
	[RELEASE_RANKED] = "ranked",
	[RELEASE_DATE] = "date",
	[RELEASE_COUNTRY] = "country",
	[RELEASE_WRITTEN] = "written",
};

static const char *const by_names[] = {
	[RELEASE_TOTAL] = "total",
	[RELEASE_REGION] = "region",
	[RELEASE_LANGUAGE] = "language",
	[RELEASE_REGION_LANGUAGE] = "region_language",
	[RELEASE_CROSSED] = "crossed",
};

const char *release_measure_name(enum release_measure m)
{
	assert((size_t)m < sizeof measure_names / sizeof *measure_names);
	return measure_names[m];
}

const char *release_by_name(enum release_by by)
{
	assert((size_t)by < sizeof by_names / sizeof *by_names);
	return by_names[by];
}

bool release_exclusive(enum release_measure m)
{
	return m != RELEASE_MULTIPLE && m != RELEASE_RANKED && m != RELEASE_WRITTEN;
}

const struct release_table *release_table(const struct release *r, const char *question,
	const char *row, enum release_measure measure)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];

		if (t->measure != measure || strcmp(t->question, question) != 0)
			continue;
		if (row == NULL ? t->row == NULL : t->row != NULL && strcmp(t->row, row) == 0)
			return t;
	}
	return NULL;
}

const struct release_slot *release_slot(const struct release_table *t, size_t group)
{
	for (size_t i = 0; i < t->n_slots; i++)
		if (t->slots[i].group == group)
			return &t->slots[i];
	return NULL;
}

bool release_inside(const struct release *r, size_t part, size_t whole, enum release_by by)
{
	const struct release_group *p = &r->groups[part], *w = &r->groups[whole];

	if (p->by != by)
		return false;
	if (w->by == RELEASE_TOTAL)
		return by != RELEASE_TOTAL;
	if (by != RELEASE_REGION_LANGUAGE || w->by == RELEASE_REGION_LANGUAGE)
		return false;
	return strcmp(p->members[w->by == RELEASE_REGION ? 0 : 1], w->id) == 0;
}

int release_tenths(long count, long base)
{
	if (count < 0 || base <= 0)
		return -1;
	assert(count <= base && base <= INT32_MAX);
	return (int)(((int64_t)count * 2000 + base) / (2 * (int64_t)base));
}

static void free_list(char **list)
{
	for (size_t i = 0; list != NULL && list[i] != NULL; i++)
		free(list[i]);
	free(list);
}

void release_slot_finish(struct release_slot *s)
{
	free(s->counts);
	free(s->ranks);
}

static void table_finish(struct release_table *t)
{
	free(t->question);
	free(t->row);
	free_list(t->answers);
	for (size_t i = 0; t->slots != NULL && i < t->n_slots; i++)
		release_slot_finish(&t->slots[i]);
	free(t->slots);
	free(t->note);
	release_routes_free(t);
}

void release_remove_table(struct release *r, size_t table)
{
	assert(table < r->n_tables);
	table_finish(&r->tables[table]);
	r->n_tables--;
	memmove(r->tables + table, r->tables + table + 1,
		(r->n_tables - table) * sizeof *r->tables);
}

void release_free(struct release *r)
{
	if (r == NULL)
		return;
	free(r->study);
	free(r->round);
	for (size_t i = 0; r->groups != NULL && i < r->n_groups; i++) {
		free(r->groups[i].id);
		free_list(r->groups[i].members);
	}
	free(r->groups);
	for (size_t i = 0; r->tables != NULL && i < r->n_tables; i++)
		table_finish(&r->tables[i]);
	free(r->tables);
	release_certificate_free(r->certificate);
	free(r);
}
