/*
 * figure_chart.c - what is asked of a question enters; the kind of chart that shows it best, or
 * the one asked for, its words and its notes leave.
 */
#include "report/figure_part.h"

#include <string.h>

enum { COUNTRIES = 15, COLUMNS_MAX = 12, GROUPED_MAX = 4 };

static const char *const kind_names[] = {
	[CHART_BARS] = "bars",           [CHART_GROUPED] = "grouped bars",
	[CHART_STACKED] = "stacked bars", [CHART_HISTOGRAM] = "a histogram",
	[CHART_DOTS] = "dots",           [CHART_MULTIPLES] = "small multiples",
	[CHART_CHANGE] = "change",       [CHART_RANKING] = "a ranking",
};

static bool has_parts(const struct form_question *q)
{
	return q->type == FORM_MATRIX || q->type == FORM_SELECT_ONE || q->type == FORM_SCALE;
}

static bool has_order(const struct form_question *q)
{
	return q->type == FORM_SCALE || q->type == FORM_INTEGER || q->type == FORM_DECIMAL ||
	       q->type == FORM_DATE || q->type == FORM_SELECT_ONE;
}

/* Whether a kind of chart can show a question, whatever the release has of it. */
static bool can_show(const struct figure_ask *ask)
{
	const struct form_question *q = ask->question;
	bool whole = q->type == FORM_MATRIX && ask->row == FIGURE_ALL_ROWS;

	switch (ask->kind) {
	case CHART_BARS:
		return ask->by == FIGURE_TOTAL && !whole;
	case CHART_HISTOGRAM:
		return ask->by == FIGURE_TOTAL && has_order(q);
	case CHART_RANKING:
		return ask->by == FIGURE_TOTAL && q->type == FORM_RANKING;
	case CHART_STACKED:
		return has_parts(q) && (ask->by == FIGURE_TOTAL || !whole);
	case CHART_DOTS:
	case CHART_MULTIPLES:
		return ask->by == FIGURE_REGION || ask->by == FIGURE_LANGUAGE;
	case CHART_GROUPED:
		return ask->by != FIGURE_TOTAL;
	case CHART_CHANGE:
		return ask->by == FIGURE_ROUND;
	}
	return false;
}

static enum figure_result refuse(struct err *err, const struct figure_ask *ask, const char *what)
{
	err_set(err, ERR_INPUT, "%s: %s", ask->question->id, what);
	return FIGURE_FAULT;
}

static bool has_choice(const struct form_question *q, const char *value)
{
	return q->type == FORM_MATRIX && form_choice(q, value);
}

/* "needs: a histogram cannot show this. It can be: bars, stacked" */
static enum figure_result refuse_kind(struct err *err, const struct figure_ask *ask)
{
	struct figure_ask other = *ask;
	struct buf can = { 0 };

	for (size_t i = 0; i < CHART_KINDS; i++) {
		other.kind = (enum chart_kind)i;
		if (can_show(&other))
			buf_printf(&can, "%s%s", can.len ? ", " : ". It can be: ",
			           chart_kind_names[i]);
	}
	err_set(err, ERR_INPUT, "%s: %s cannot show this%s", ask->question->id,
	        kind_names[ask->kind], can.failed || !can.len ? "" : can.data);
	buf_finish(&can);
	return FIGURE_FAULT;
}

/* Does what is asked for make sense? */
static enum figure_result check(const struct figure_ask *ask, struct err *err)
{
	const struct form_question *q = ask->question;

	if (!form_is_asked(q->type))
		return refuse(err, ask, "this is not a question");
	if (ask->row != FIGURE_ALL_ROWS &&
	    (q->type != FORM_MATRIX || ask->row < 0 || (size_t)ask->row >= q->n_rows))
		return refuse(err, ask, "no such row");
	if (ask->answer && !has_choice(q, ask->answer))
		return refuse(err, ask, "no such choice of its rows");
	if (ask->chosen && !can_show(ask))
		return refuse_kind(err, ask);
	return FIGURE_DONE;
}

/* The breakdown that is published: the one asked for, or everyone. */
static enum figure_by published(struct document *d, const struct figure_block *b,
                                enum figure_by by)
{
	if (by == FIGURE_ROUND)
		return figure_comparable(d->edition, b->q) ? by : FIGURE_TOTAL;
	if (by != FIGURE_TOTAL && figure_part_groups(d, b, by).n < 2)
		return FIGURE_TOTAL;
	return by;
}

static enum chart_kind kind_of_total(const struct figure_block *b)
{
	const struct release_table *t = b->list[0];

	if (b->q->type == FORM_RANKING)
		return b->n == 2 ? CHART_RANKING : CHART_BARS;
	if (b->whole)
		return CHART_STACKED;
	if (t->n_answers <= COLUMNS_MAX &&
	    (t->measure == RELEASE_SCALE || t->measure == RELEASE_BANDS ||
	     t->measure == RELEASE_DATE))
		return CHART_HISTOGRAM;
	return CHART_BARS;
}

static enum chart_kind kind_of_groups(const struct figure_block *b, size_t n)
{
	bool whole = b->whole;

	if (!whole && b->q->type != FORM_RANKING) {
		if (b->list[0]->measure != RELEASE_CHOICE && figure_part_is_ordered(b))
			return CHART_MULTIPLES;
		if (figure_part_is_degrees(b))
			return CHART_STACKED;
	}
	return n <= GROUPED_MAX ? CHART_GROUPED : CHART_DOTS;
}

/* A figure on its way. */
struct plan {
	struct figure_block block;
	enum figure_by by;
	enum chart_kind kind;
	struct figure_side lines, columns;
	const char *shown; /* which share each line shows, or NULL */
};

static void plan_total(struct document *d, struct plan *p)
{
	const struct figure_block *b = &p->block;

	if (p->kind == CHART_STACKED) {
		p->lines = figure_part_tables(d, b);
		p->columns = figure_part_answers(d, b->q, b->list[0]);
		return;
	}
	p->lines = figure_part_answers(d, b->q, b->list[b->n - 1]);
	if (p->kind == CHART_RANKING) {
		p->columns = figure_part_tables(d, b);
		for (size_t i = 0; i < p->lines.n; i++)
			p->lines.list[i].table = NULL; /* the column's */
	} else {
		p->columns = figure_part_groups(d, &(struct figure_block){ .q = b->q }, p->by);
		p->shown = b->q->type == FORM_RANKING
		                   ? document_word(d, "figure.shown_ranked")
		                   : NULL;
	}
	if (p->kind != CHART_HISTOGRAM && !figure_part_is_ordered(b))
		figure_shape_sort(d->edition, &p->lines, &p->columns, false);
	if (b->list[0]->measure == RELEASE_COUNTRY && p->lines.n > COUNTRIES)
		p->lines.n = COUNTRIES;
}

static void say_shown(struct document *d, struct plan *p)
{
	const struct figure_block *b = &p->block;

	if (b->q->type == FORM_RANKING)
		p->shown = document_word(d, "figure.shown_ranked");
	else if (b->whole && p->lines.n)
		p->shown = document_fill(d, "figure.shown", "answer",
		                         figure_part_answer(d, b->q, b->list[0],
		                                            p->lines.list[0].answer),
		                         NULL);
}

static void plan_sides(struct document *d, struct plan *p, const char *choice)
{
	const struct figure_block *b = &p->block;
	bool rounds = p->by == FIGURE_ROUND;
	struct figure_side sides = rounds ? figure_round_sides(d, b->list[b->n - 1])
	                                  : figure_part_groups(d, b, p->by);

	if (rounds && b->whole)
		for (size_t i = 0; i < sides.n; i++)
			sides.list[i].base = NULL; /* each row has its own */
	if (p->kind == CHART_STACKED) {
		p->lines = sides;
		p->columns = figure_part_answers(d, b->q, b->list[0]);
		return;
	}
	p->lines = figure_part_lines(d, b, choice);
	p->columns = sides;
	for (size_t i = 0; i < p->lines.n; i++)
		p->lines.list[i].base = NULL;
	if (!figure_part_is_ordered(b) || (rounds && b->list[0]->measure == RELEASE_CHOICE))
		figure_shape_sort(d->edition, &p->lines, &p->columns, rounds);
	say_shown(d, p);
}

static bool make_plan(struct document *d, struct plan *p, const struct figure_ask *ask,
                      struct err *err)
{
	size_t n;

	p->by = published(d, &p->block, ask->by);
	n = figure_part_groups(d, &p->block, p->by).n;
	if (ask->chosen && p->by == ask->by)
		p->kind = ask->kind;
	else if (p->by == FIGURE_TOTAL)
		p->kind = kind_of_total(&p->block);
	else
		p->kind = p->by == FIGURE_ROUND ? CHART_CHANGE : kind_of_groups(&p->block, n);
	if (p->kind == CHART_GROUPED && p->by != FIGURE_ROUND && n > GROUPED_MAX) {
		err_set(err, ERR_INPUT, "%s: %zu groups are too many for grouped bars",
		        ask->question->id, n);
		return false;
	}
	if (p->kind == CHART_RANKING && p->block.n < 2)
		p->kind = CHART_BARS;
	if (p->by == FIGURE_TOTAL)
		plan_total(d, p);
	else
		plan_sides(d, p, ask->answer);
	return true;
}

static void put_chart(struct document *d, struct document_block *parent, const struct plan *p,
                      const struct figure_ask *ask)
{
	struct document_block *f = document_add(d, parent, DOCUMENT_FIGURE);
	const struct chart *c =
		figure_shape_chart(d, p->kind, &p->lines, &p->columns, ask->question);
	const char *title = figure_part_title(d, ask->question, ask->row);

	f->title = document_plain(d, figure_table_title(d, title, p->by));
	f->chart = c;
	f->data = figure_annex_id(d, ask->question, p->by);
	f->data_name = f->data ? figure_table_number(d, f->data) : NULL;
	f->alternative = figure_alternative_of(
		d, c, document_count(d, p->block.list[0]->slots[0].base), f->data != NULL);
	figure_note_add(d, f,
	                &(struct figure_notes){ .block = &p->block,
	                                        .by = p->by,
	                                        .wanted = ask->by,
	                                        .shown = p->shown,
	                                        .hatched = c->hidden != NULL });
}

static enum figure_result result(const struct document *d, enum figure_result r, struct err *err)
{
	return document_fault(d, err) ? FIGURE_FAULT : r;
}

enum figure_result figure_chart(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err)
{
	struct plan p = { .block = figure_part_block(d->edition, ask->question, ask->row) };

	if (check(ask, err))
		return FIGURE_FAULT;
	if (!p.block.n) {
		figure_note_missing(d, parent, &p.block);
		return result(d, FIGURE_NOT_PUBLISHED, err);
	}
	if (!make_plan(d, &p, ask, err))
		return FIGURE_FAULT;
	put_chart(d, parent, &p, ask);
	return result(d, FIGURE_DONE, err);
}

enum figure_result figure_table(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err)
{
	struct figure_block b = figure_part_block(d->edition, ask->question, ask->row);
	struct figure_ask plain = { .question = ask->question, .row = ask->row };
	struct document_block *t;
	enum figure_by by;

	if (check(&plain, err))
		return FIGURE_FAULT;
	if (!b.n) {
		figure_note_missing(d, parent, &b);
		return result(d, FIGURE_NOT_PUBLISHED, err);
	}
	by = published(d, &b, ask->by);
	t = document_add(d, parent, DOCUMENT_TABLE);
	t->title = document_plain(
		d, figure_table_title(d, figure_part_title(d, b.q, ask->row), by));
	t->table = figure_table_of(d, &b, by, FIGURE_NUMBERS);
	figure_note_add(d, t,
	                &(struct figure_notes){ .block = &b, .by = by, .wanted = ask->by });
	return result(d, FIGURE_DONE, err);
}
