/*
 * figure_changes.c - this round and the one before enter; the chapter on what changed between them
 * leaves: the greatest changes as charts, and what cannot be compared.
 */
#include "report/figure_part.h"

#include <string.h>

enum { MOST = 8, LEAST_TENTHS = 30 };

struct changed {
	const struct form_question *q;
	const struct release_table *table;
	int tenths;
};

/* Keep the greatest, in the order of their size; the same size in the questionnaire's order. */
static size_t insert(struct changed *list, size_t n, struct changed c)
{
	size_t k = n < MOST ? n : MOST;

	if (n == MOST && list[MOST - 1].tenths >= c.tenths)
		return n;
	for (k = n < MOST ? n : MOST - 1; k > 0 && list[k - 1].tenths < c.tenths; k--)
		list[k] = list[k - 1];
	list[k] = c;
	return n < MOST ? n + 1 : n;
}

static bool is_ours(const struct edition *e, const struct form_question *q)
{
	return form_is_asked(q->type) && edition_has(e, &e->form->sections[q->section]);
}

static size_t greatest(struct changed *list, const struct edition *e)
{
	size_t n = 0, answer;

	for (size_t i = 0; i < e->form->n_questions; i++) {
		struct changed c = { .q = &e->form->questions[i] };

		if (!is_ours(e, c.q))
			continue;
		c.tenths = figure_round_greatest(e, c.q, &c.table, &answer);
		if (c.tenths >= LEAST_TENTHS)
			n = insert(list, n, c);
	}
	return n;
}

static void put_intro(struct document *d, struct document_block *chapter)
{
	const struct edition *e = d->edition;

	document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
	                  document_fill(d, "changes.intro", "before", figure_round_name(d, true),
	                                "now", figure_round_name(d, false), "before_people",
	                                document_count(d, e->previous->people), "people",
	                                document_count(d, e->release->people), NULL))
		->lead = true;
	document_add_text(d, chapter, DOCUMENT_PARAGRAPH, document_word(d, "changes.people"));
}

static const char *points(struct document *d)
{
	return document_count(d, LEAST_TENTHS / 10);
}

static void put_charts(struct document *d, struct document_block *chapter)
{
	struct changed list[MOST];
	size_t n = greatest(list, d->edition);
	struct err err;

	if (!n) {
		document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
		                  document_fill(d, "changes.none", "points", points(d), NULL));
		return;
	}
	document_add_text(d, chapter, DOCUMENT_PARAGRAPH,
	                  document_fill(d, "changes.rule", "points", points(d), "most",
	                                document_count(d, MOST), NULL));
	for (size_t i = 0; i < n; i++) {
		struct figure_ask ask = { .question = list[i].q,
			                  .row = figure_part_row(list[i].q, list[i].table),
			                  .by = FIGURE_ROUND };

		if (figure_chart(d, chapter, &ask, &err) == FIGURE_FAULT)
			document_fail(d, &err);
	}
}

static const char *reason(const struct edition *e, const struct form_question *q)
{
	switch (figure_round_state(e, q)) {
	case FIGURE_ROUND_NEW:
		return "changes.new";
	case FIGURE_ROUND_CHANGED:
		return "changes.changed";
	case FIGURE_ROUND_BOUNDS:
		return "changes.bounds";
	case FIGURE_ROUND_HIDDEN:
		return "changes.hidden";
	case FIGURE_ROUND_SAME:
		return figure_round_reworded(e, q) ? "changes.worded" : NULL;
	case FIGURE_ROUND_FIRST:
		break;
	}
	return NULL;
}

/* Of free text there is nothing to compare. */
static bool has_shares(const struct form_question *q)
{
	return q->type != FORM_TEXT && q->type != FORM_COMMENT;
}

/* A country question of which nothing was kept is in neither round. */
static bool is_left_out(const struct edition *e, const struct form_question *q)
{
	return !is_ours(e, q) || !has_shares(q) || !reason(e, q) ||
	       (q->type == FORM_COUNTRY && !e->form->frozen.keep_country);
}

/* Questions with a reason, in a section that begins with the first of them. */
struct listing {
	struct document *d;
	struct document_block *chapter, *list;
};

static void put_item(struct listing *l, const char *question, const char *why)
{
	struct document *d = l->d;
	struct document_block *item;

	if (!l->list) {
		const char *title = document_word(d, "changes.not_compared");

		l->list = document_add(d, document_add_section(d, l->chapter, 2, title),
		                       DOCUMENT_LIST);
	}
	item = document_add(d, l->list, DOCUMENT_ITEM);
	document_add_text(d, item, DOCUMENT_PARAGRAPH,
	                  document_fill(d, "changes.item", "question", question, "reason",
	                                document_word(d, why), NULL));
}

/* Of the series that has the same name as this one. */
static bool was_ours(const struct edition *e, const struct form_question *was)
{
	const struct form *f = e->previous_form;
	uint64_t in = f->sections[was->section].series;

	for (size_t i = 0; i < f->n_series; i++)
		if (in >> i & 1 && !strcmp(f->series[i].id, e->form->series[e->series].id))
			return true;
	return false;
}

static const char *label_before(const struct edition *e, const struct form_question *was)
{
	int language = form_language(e->previous_form, e->language);

	return form_text(&was->label, language < 0 ? 0 : (size_t)language);
}

static void put_not_compared(struct document *d, struct document_block *chapter)
{
	const struct edition *e = d->edition;
	const struct form *f = e->previous_form;
	struct listing l = { d, chapter, NULL };

	for (size_t i = 0; i < e->form->n_questions; i++) {
		const struct form_question *q = &e->form->questions[i];

		if (!is_left_out(e, q))
			put_item(&l, edition_text(e, &q->label), reason(e, q));
	}
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *was = &f->questions[i];

		if (form_is_asked(was->type) && has_shares(was) && was_ours(e, was) &&
		    !form_question(e->form, was->id))
			put_item(&l, label_before(e, was), "changes.dropped");
	}
}

void figure_changes(struct document *d)
{
	struct document_block *chapter;

	if (!d->edition->previous || !d->edition->previous_form)
		return;
	chapter = document_add_section(d, NULL, 1, document_word(d, "changes.title"));
	chapter->id = "changes";
	put_intro(d, chapter);
	put_charts(d, chapter);
	put_not_compared(d, chapter);
}
