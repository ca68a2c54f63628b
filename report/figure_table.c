/*
 * figure_table.c - a question's tables enter, one table leaves: counts and percentages of everyone,
 * percentages of each group or round, and their bases.
 */
#include "report/figure_part.h"

#include <stdlib.h>

/* A table while it is put together. */
struct making {
	struct document *d;
	const struct figure_block *b;
	enum figure_by by;
	bool numbers; /* how many, before the percentages of everyone */
	struct figure_side columns;
	size_t n_columns;
	struct table_row *rows;
	size_t n;
};

static const char **cells(const struct making *m)
{
	return document_array(m->d, m->n_columns, sizeof(const char *));
}

/* "+2.1" in points, or the dot. */
static const char *change(struct document *d, int before, int now)
{
	struct buf b = { 0 };

	if (before < 0 || now < 0)
		return edition_dot;
	if (now != before)
		buf_puts(&b, now > before ? "+" : "\u2212");
	number_tenths(&b, d->edition->number, abs(now - before));
	return document_code(d, document_take(d, &b));
}

static void add_answer(struct making *m, const struct release_table *t, size_t answer)
{
	struct figure_item line = { .table = t, .has_answer = true, .answer = answer };
	const char **c = cells(m);
	int tenths[2] = { 0, 0 };
	size_t k = 0;

	if (!c)
		return;
	if (m->numbers)
		c[k++] = document_count(m->d, t->slots[0].counts[answer]);
	for (size_t i = 0; i < m->columns.n; i++) {
		int share = figure_part_cell(m->d->edition, &line, &m->columns.list[i]);

		tenths[i != 0] = share;
		c[k++] = document_tenths(m->d, share);
	}
	if (m->by == FIGURE_ROUND)
		c[k] = change(m->d, tenths[0], tenths[1]);
	m->rows[m->n++] = (struct table_row){
		TABLE_FIGURES, figure_part_answer(m->d, m->b->q, t, answer), c };
}

static const struct release_slot *slot_of(const struct making *m, const struct release_table *t,
                                          const struct figure_item *column)
{
	if (column->before)
		t = figure_round_before(m->d->edition, t);
	return t ? release_slot(t, column->group) : NULL;
}

static void add_base(struct making *m, const struct release_table *t)
{
	const char **c = cells(m);
	size_t k = 0;

	if (!c)
		return;
	if (m->numbers)
		c[k++] = "";
	for (size_t i = 0; i < m->columns.n; i++) {
		const struct release_slot *slot = slot_of(m, t, &m->columns.list[i]);

		c[k++] = slot ? document_count(m->d, slot->base) : edition_dot;
	}
	if (m->by == FIGURE_ROUND)
		c[k] = "";
	m->rows[m->n++] =
		(struct table_row){ TABLE_BASE, document_word(m->d, "table.base"), c };
}

static bool add_rows(struct making *m)
{
	size_t n = 0;

	for (size_t i = 0; i < m->b->n; i++)
		n += m->b->list[i]->n_answers + 2;
	m->rows = document_array(m->d, n, sizeof *m->rows);
	if (!m->rows)
		return false;
	for (size_t i = 0; i < m->b->n; i++) {
		const struct release_table *t = m->b->list[i];

		if (m->b->n > 1)
			m->rows[m->n++] = (struct table_row){
				TABLE_GROUP, figure_part_table(m->d, m->b->q, t), NULL };
		for (size_t k = 0; k < t->n_answers; k++)
			add_answer(m, t, k);
		add_base(m, t);
	}
	return true;
}

static const char **heads(const struct making *m)
{
	const char **h = cells(m);
	size_t k = 0;

	if (!h)
		return NULL;
	if (m->numbers)
		h[k++] = document_word(m->d, "table.count");
	for (size_t i = 0; i < m->columns.n; i++)
		h[k++] = m->columns.list[i].group ? m->columns.list[i].label
		                                  : document_fill(m->d, "figure.percent", "group",
		                                                  m->columns.list[i].label, NULL);
	if (m->by == FIGURE_ROUND)
		h[k] = document_word(m->d, "figure.change");
	return h;
}

/* Columns that each part of a wide table repeats: those of everyone. */
static size_t fixed(const struct making *m, bool before)
{
	size_t n = 1U + m->numbers + before;

	return m->by == FIGURE_ROUND || n >= m->n_columns ? 0 : n;
}

/* The round before stands behind everyone. */
static struct figure_side with_before(struct document *d, struct figure_side groups)
{
	struct figure_side s = { document_array(d, groups.n + 1, sizeof *s.list), 0 };

	for (size_t i = 0; s.list && i < groups.n; i++) {
		s.list[s.n++] = groups.list[i];
		if (!i)
			s.list[s.n++] = (struct figure_item){
				.label = figure_round_name(d, true),
				.before = true,
			};
	}
	return s;
}

const struct table *figure_table_of(struct document *d, const struct figure_block *b,
                                    enum figure_by by, unsigned with)
{
	bool before = with & FIGURE_BEFORE && figure_comparable(d->edition, b->q);
	static const struct table none = { 0 };
	struct making m = { .d = d, .b = b, .by = by };
	struct table *t = document_array(d, 1, sizeof *t);

	m.columns = by == FIGURE_ROUND ? figure_round_sides(d, b->list[0])
	                               : figure_part_groups(d, b, by);
	if (before)
		m.columns = with_before(d, m.columns);
	m.numbers = with & FIGURE_NUMBERS && by != FIGURE_ROUND;
	m.n_columns = m.columns.n + m.numbers + (by == FIGURE_ROUND);
	if (!t || !add_rows(&m))
		return &none;
	*t = (struct table){ .corner = document_word(d, "table.answer"),
		             .heads = heads(&m),
		             .n_columns = m.n_columns,
		             .fixed = fixed(&m, before),
		             .rows = m.rows,
		             .n_rows = m.n };
	return d->failed ? &none : t;
}

const char *figure_table_title(struct document *d, const char *title, enum figure_by by)
{
	static const char *const words[] = { [FIGURE_REGION] = "figure.by_region",
		                             [FIGURE_LANGUAGE] = "figure.by_language",
		                             [FIGURE_ROUND] = "figure.by_round" };

	return by == FIGURE_TOTAL ? title : document_fill(d, words[by], "title", title, NULL);
}
