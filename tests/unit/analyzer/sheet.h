/* sheet.h - a small release of one question by region, for the tests of protection and audit. */
#ifndef TESTS_ANALYZER_SHEET_H
#define TESTS_ANALYZER_SHEET_H

#include "lib/release/release.h"
#include "tests/unit/test.h"

#include <math.h>

enum { SHEET_REGIONS = 5, SHEET_ANSWERS = 4, SHEET_KINDS = 3 };

/* A question by region; the total is added up. */
struct sheet {
	enum release_measure measure;
	bool sensitive;
	size_t regions, answers;
	long counts[SHEET_REGIONS][SHEET_ANSWERS];
	long base[SHEET_REGIONS]; /* 0: the sum of the counts */
	long kinds[SHEET_REGIONS][SHEET_KINDS]; /* declined, blank, not asked */
};

static inline void sheet_group(struct release *r, enum release_by by, const char *id, long people)
{
	struct release_group *g = &r->groups[r->n_groups++];

	g->by = by;
	g->id = strdup(id);
	g->members = calloc(2, sizeof *g->members);
	g->members[0] = by == RELEASE_TOTAL ? NULL : strdup(id);
	g->people = people;
}

static inline struct release_slot *sheet_slot(struct release_table *t, size_t group)
{
	struct release_slot *s = &t->slots[t->n_slots++];

	s->group = group;
	s->counts = calloc(t->n_answers, sizeof *s->counts);
	s->mean = s->median = t->measure == RELEASE_SCALE ? 1 : NAN;
	return s;
}

static inline void sheet_add(struct release_slot *total, const struct release_slot *s,
	size_t answers)
{
	total->base += s->base;
	total->declined += s->declined;
	total->blank += s->blank;
	total->not_asked += s->not_asked;
	for (size_t a = 0; a < answers; a++)
		total->counts[a] += s->counts[a];
}

static inline struct release *sheet_release(const struct sheet *sheet)
{
	struct release *r = calloc(1, sizeof *r);
	struct release_table *t;
	struct release_slot *total;

	r->threshold = 10;
	r->coalition = 1;
	r->groups = calloc(SHEET_REGIONS + 1, sizeof *r->groups);
	r->tables = t = calloc(1, sizeof *t);
	r->n_tables = 1;
	t->question = strdup("q");
	t->measure = sheet->measure;
	t->answers = calloc(sheet->answers + 1, sizeof *t->answers);
	for (; t->n_answers < sheet->answers; t->n_answers++)
		t->answers[t->n_answers] = strndup(&"0123"[t->n_answers], 1);
	t->slots = calloc(SHEET_REGIONS + 1, sizeof *t->slots);
	sheet_group(r, RELEASE_TOTAL, "", 0);
	total = sheet_slot(t, 0);
	for (size_t i = 0; i < sheet->regions; i++) {
		struct release_slot *s = sheet_slot(t, i + 1);
		char id[] = {(char)('A' + i), '\0'};

		for (size_t a = 0; a < sheet->answers; a++) {
			s->counts[a] = sheet->counts[i][a];
			s->base += sheet->base[i] == 0 ? s->counts[a] : 0;
		}
		s->base += sheet->base[i];
		s->declined = sheet->kinds[i][0];
		s->blank = sheet->kinds[i][1];
		s->not_asked = sheet->kinds[i][2];
		sheet_add(total, s, sheet->answers);
		sheet_group(r, RELEASE_REGION, id,
			s->base + s->declined + s->blank + s->not_asked);
		r->people += r->groups[i + 1].people;
	}
	r->groups[0].people = r->people;
	return r;
}

/* "xx. x.." for region by region: suppress the answers that an x stands for. */
static inline void sheet_hide(struct release *r, const char *hidden)
{
	for (size_t k = 1; k < r->tables[0].n_slots; k++, hidden++)
		for (size_t c = 0; c < r->tables[0].n_answers; c++, hidden++)
			if (*hidden == 'x')
				r->tables[0].slots[k].counts[c] = RELEASE_SUPPRESSED;
}

#endif
