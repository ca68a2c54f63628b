/*
 * figure_find.c - a release enters, what stands out leaves: the largest shares, the most uneven
 * between regions, the most changed since the round before. By rule, so that everybody finds the
 * same: candidates of each kind in the order of their size take turns; a question is taken once,
 * and a section only as often as its fair share while others still have candidates.
 */
#include "report/figure_part.h"

#include <stdlib.h>
#include <string.h>

enum { KINDS = 3, CHANGED_TENTHS = 30, UNEVEN_TENTHS = 50 };

/* One kind's best of every question, the greatest first. */
struct candidates {
	struct figure_finding list[FORM_QUESTIONS];
	size_t n;
};

static int size_of(const struct figure_finding *f)
{
	switch (f->kind) {
	case FIGURE_LARGEST:
		return f->tenths;
	case FIGURE_UNEVEN:
		return f->most_tenths - f->least_tenths;
	case FIGURE_CHANGED:
		return abs(f->tenths - f->before);
	}
	return 0;
}

/* That nothing happened, stayed the same or does not apply is no finding. */
static bool is_telling(const struct release_table *t, size_t answer)
{
	enum chart_role role[FORM_CHOICES];

	return figure_part_roles(role, t) && role[answer] != CHART_NONE &&
	       role[answer] != CHART_NEUTRAL && !figure_part_is_no(t->answers[answer]);
}

static bool is_choice(const struct release_table *t)
{
	return t->measure == RELEASE_CHOICE || t->measure == RELEASE_MULTIPLE ||
	       t->measure == RELEASE_FIRST;
}

static void measure_uneven(struct figure_finding *f, const struct edition *e)
{
	size_t n = 0;

	f->most_tenths = f->least_tenths = 0;
	for (size_t i = 0; i < f->table->n_slots; i++) {
		const struct release_slot *s = &f->table->slots[i];
		const struct release_group *g = &e->release->groups[s->group];
		int tenths = figure_part_share(s, f->answer);

		/* Regions with a name: "other regions" is a place for nobody. */
		if (g->by != RELEASE_REGION || tenths < 0 || (g->members[0] && g->members[1]))
			continue;
		if (!n || tenths > f->most_tenths) {
			f->most = s->group;
			f->most_tenths = tenths;
		}
		if (!n || tenths < f->least_tenths) {
			f->least = s->group;
			f->least_tenths = tenths;
		}
		n++;
	}
}

/* Measure one answer for one kind; is it a candidate? */
static bool measure(struct figure_finding *f, const struct edition *e)
{
	const struct release_table *was;

	f->tenths = figure_part_share(&f->table->slots[0], f->answer);
	switch (f->kind) {
	case FIGURE_LARGEST:
		return f->tenths >= 0;
	case FIGURE_UNEVEN:
		measure_uneven(f, e);
		return size_of(f) >= UNEVEN_TENTHS;
	case FIGURE_CHANGED:
		was = figure_round_before(e, f->table);
		f->before = was ? figure_part_share(&was->slots[0], f->answer) : CHART_HIDDEN;
		return f->tenths >= 0 && f->before >= 0 && figure_comparable(e, f->question) &&
		       !figure_round_reworded(e, f->question) && size_of(f) >= CHANGED_TENTHS;
	}
	return false;
}

/* A question's best of a kind. */
static bool best_of(struct figure_finding *out, const struct edition *e,
                    const struct form_question *q, enum figure_finding_kind kind)
{
	struct figure_block b = figure_part_block(e, q, FIGURE_ALL_ROWS);
	bool found = false;

	for (size_t i = 0; i < b.n; i++)
		for (size_t k = 0; is_choice(b.list[i]) && k < b.list[i]->n_answers; k++) {
			struct figure_finding f = { .kind = kind,
				                    .question = q,
				                    .row = figure_part_row(q, b.list[i]),
				                    .table = b.list[i],
				                    .answer = k };

			if (!is_telling(b.list[i], k) || !measure(&f, e) ||
			    (found && size_of(&f) <= size_of(out)))
				continue;
			*out = f;
			found = true;
		}
	return found;
}

/* Who took part is told elsewhere. */
static bool is_about(const struct form_section *s)
{
	return s->id && !strcmp(s->id, "about");
}

static void gather(struct candidates *c, const struct edition *e, enum figure_finding_kind kind)
{
	c->n = 0;
	for (size_t i = 0; i < e->form->n_questions; i++) {
		const struct form_question *q = &e->form->questions[i];
		const struct form_section *s = &e->form->sections[q->section];
		struct figure_finding f;
		size_t k;

		if (!edition_has(e, s) || is_about(s) || !best_of(&f, e, q, kind))
			continue;
		for (k = c->n++; k > 0 && size_of(&c->list[k - 1]) < size_of(&f); k--)
			c->list[k] = c->list[k - 1];
		c->list[k] = f;
	}
}

static size_t sections_of(const struct edition *e)
{
	size_t n = 0;

	for (size_t i = 0; i < e->form->n_sections; i++)
		n += edition_has(e, &e->form->sections[i]) && !is_about(&e->form->sections[i]);
	return n ? n : 1;
}

static bool may_take(const struct figure_finding *f, const struct figure_finding *taken, size_t n,
                     size_t fair)
{
	size_t same = 0;

	for (size_t i = 0; i < n; i++) {
		if (taken[i].question == f->question)
			return false;
		same += taken[i].question->section == f->question->section;
	}
	return same < fair;
}

/* The kinds take turns until none has anything more to give. */
static size_t take(struct figure_finding *out, size_t n, size_t cap, const struct candidates *c,
                   size_t fair)
{
	bool more = true;

	while (more && n < cap) {
		more = false;
		for (size_t kind = 0; kind < KINDS && n < cap; kind++)
			for (size_t i = 0; i < c[kind].n; i++) {
				if (!may_take(&c[kind].list[i], out, n, fair))
					continue;
				out[n++] = c[kind].list[i];
				more = true;
				break;
			}
	}
	return n;
}

static int by_question(const void *a, const void *b)
{
	const struct figure_finding *f = a, *g = b;

	return (f->question->index > g->question->index) -
	       (f->question->index < g->question->index);
}

size_t figure_findings(struct figure_finding *out, size_t cap, const struct edition *e)
{
	struct candidates c[KINDS];
	size_t sections = sections_of(e), n;

	for (size_t i = 0; i < KINDS; i++)
		gather(&c[i], e, (enum figure_finding_kind)i);
	n = take(out, 0, cap, c, (cap + sections - 1) / sections);
	n = take(out, n, cap, c, cap);
	qsort(out, n, sizeof *out, by_question);
	return n;
}
