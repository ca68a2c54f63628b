/*
 * figure_round.c - a question enters; whether and how it compares with the round before leaves.
 * Two rounds are of different people, so that a difference is only shown, never tested.
 */
#include "report/figure_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool same_form(const struct form_question *a, const struct form_question *b)
{
	if (a->type != b->type || a->n_choices != b->n_choices || a->n_rows != b->n_rows ||
	    a->ranks != b->ranks)
		return false;
	for (size_t i = 0; i < a->n_choices; i++)
		if (strcmp(a->choices[i].value, b->choices[i].value))
			return false;
	for (size_t i = 0; i < a->n_rows; i++)
		if (strcmp(a->rows[i].id, b->rows[i].id))
			return false;
	return true;
}

static bool same_number(double a, double b)
{
	return isnan(a) ? isnan(b) : a >= b && a <= b;
}

static bool same_name(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

/* Is it answered with a number or a date, within bounds? */
static bool has_bounds(const struct form_question *q)
{
	return q->type == FORM_SCALE || q->type == FORM_INTEGER || q->type == FORM_DECIMAL ||
	       q->type == FORM_DATE;
}

static bool same_bounds(const struct form_question *a, const struct form_question *b)
{
	if (!has_bounds(a))
		return true;
	if (!same_number(a->min, b->min) || !same_number(a->max, b->max) ||
	    a->n_bands != b->n_bands || a->precision != b->precision ||
	    !same_name(a->first, b->first) || !same_name(a->last, b->last))
		return false;
	for (size_t i = 0; i < a->n_bands; i++)
		if (!same_number(a->bands[i], b->bands[i]))
			return false;
	return true;
}

static bool same_answers(const struct release_table *a, const struct release_table *b)
{
	if (a->n_answers != b->n_answers)
		return false;
	for (size_t i = 0; i < a->n_answers; i++)
		if (strcmp(a->answers[i], b->answers[i]))
			return false;
	return true;
}

static const struct release_table *twin(const struct edition *e, const struct release_table *t)
{
	const struct release_table *b =
		e->previous ? release_table(e->previous, t->question, t->row, t->measure) : NULL;

	return b && b->n_slots && b->slots[0].base > 0 ? b : NULL;
}

const struct release_table *figure_round_before(const struct edition *e,
                                                const struct release_table *t)
{
	const struct release_table *b = t ? twin(e, t) : NULL;

	return b && same_answers(t, b) ? b : NULL;
}

enum figure_round figure_round_state(const struct edition *e, const struct form_question *q)
{
	struct figure_block b = figure_part_block(e, q, FIGURE_ALL_ROWS);
	const struct form_question *was;
	size_t both = 0;

	if (!e->previous || !e->previous_form)
		return FIGURE_ROUND_FIRST;
	was = form_question(e->previous_form, q->id);
	if (!was)
		return FIGURE_ROUND_NEW;
	if (!same_form(q, was))
		return FIGURE_ROUND_CHANGED;
	if (!same_bounds(q, was))
		return FIGURE_ROUND_BOUNDS;
	for (size_t i = 0; i < b.n; i++) {
		const struct release_table *t = twin(e, b.list[i]);

		if (t && !same_answers(t, b.list[i]))
			return has_bounds(q) ? FIGURE_ROUND_BOUNDS : FIGURE_ROUND_CHANGED;
		both += t != NULL;
	}
	return both ? FIGURE_ROUND_SAME : FIGURE_ROUND_HIDDEN;
}

static bool same_words(const struct edition *e, const struct form_text *a,
                       const struct form_text *b)
{
	for (size_t i = 0; i < e->form->n_languages; i++) {
		int k = form_language(e->previous_form, e->form->languages[i]);

		if (k >= 0 && a->in && b->in && a->in[i] && b->in[k] &&
		    strcmp(a->in[i], b->in[k]))
			return false;
	}
	return true;
}

bool figure_round_reworded(const struct edition *e, const struct form_question *q)
{
	const struct form_question *was =
		e->previous_form ? form_question(e->previous_form, q->id) : NULL;

	if (!was || !same_form(q, was))
		return false;
	if (!same_words(e, &q->label, &was->label) || !same_words(e, &q->low, &was->low) ||
	    !same_words(e, &q->high, &was->high))
		return true;
	for (size_t i = 0; i < q->n_choices; i++)
		if (!same_words(e, &q->choices[i].label, &was->choices[i].label))
			return true;
	for (size_t i = 0; i < q->n_rows; i++)
		if (!same_words(e, &q->rows[i].label, &was->rows[i].label))
			return true;
	return false;
}

bool figure_comparable(const struct edition *e, const struct form_question *q)
{
	return figure_round_state(e, q) == FIGURE_ROUND_SAME;
}

/* The months of both rounds, where the study tells them apart. */
static bool have_months(const struct edition *e, struct study_months *now,
                        struct study_months *before)
{
	*now = study_months_of(e->study, e->release->round);
	*before = study_months_of(e->study, e->previous->round);
	return now->start && now->end && before->start && before->end &&
	       (strcmp(now->start, before->start) || strcmp(now->end, before->end));
}

static const char *months(struct document *d, const struct study_months *m)
{
	const char *start = document_month(d, m->start), *end = document_month(d, m->end);

	if (!strcmp(m->start, m->end))
		return start;
	return document_fill(d, "cover.months", "start", start, "end", end, NULL);
}

const char *figure_round_name(struct document *d, bool before)
{
	const struct edition *e = d->edition;
	const char *round = before ? e->previous->round : e->release->round, *name;
	struct study_months now, was;
	struct buf b = { 0 };

	if (have_months(e, &now, &was))
		return months(d, before ? &was : &now);
	number_month(&b, e->number, round);
	name = document_take(d, &b);
	return strcmp(name, round) ? name : document_code(d, round);
}

struct figure_side figure_round_sides(struct document *d, const struct release_table *t)
{
	const struct release_table *was = figure_round_before(d->edition, t);
	struct figure_side s = { document_array(d, 2, sizeof *s.list), 0 };

	if (!s.list)
		return s;
	for (s.n = 0; s.n < 2; s.n++) {
		const struct release_table *of = s.n ? t : was;

		s.list[s.n] = (struct figure_item){
			.label = figure_round_name(d, s.n == 0),
			.base = of ? document_fill(d, "figure.n", "base",
			                           document_count(d, of->slots[0].base), NULL)
			           : NULL,
			.before = s.n == 0,
		};
	}
	return s;
}

/* Numbers in bands and scales change in many values a little: they are not looked for. */
static bool is_choice(const struct release_table *t)
{
	return t->measure == RELEASE_CHOICE || t->measure == RELEASE_MULTIPLE ||
	       t->measure == RELEASE_RANKED;
}

int figure_round_greatest(const struct edition *e, const struct form_question *q,
                          const struct release_table **table, size_t *answer)
{
	struct figure_block b = figure_part_block(e, q, FIGURE_ALL_ROWS);
	int greatest = -1;

	if (!figure_comparable(e, q) || figure_round_reworded(e, q))
		return -1;
	for (size_t i = 0; i < b.n; i++) {
		const struct release_table *t = b.list[i], *was = figure_round_before(e, t);

		for (size_t k = 0; was && is_choice(t) && k < t->n_answers; k++) {
			int now = figure_part_share(&t->slots[0], k);
			int then = figure_part_share(&was->slots[0], k);

			if (now < 0 || then < 0 || abs(now - then) <= greatest)
				continue;
			greatest = abs(now - then);
			*table = t;
			*answer = k;
		}
	}
	return greatest;
}
