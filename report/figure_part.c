/*
 * figure_part.c - a question enters, its tables in the release, their lines, columns and names
 * leave. A matrix or a ranking has several tables in the release, which are one figure here.
 */
#include "report/figure_part.h"

#include <string.h>

static bool has_figures(const struct release_table *t, const struct form_question *q)
{
	return !strcmp(t->question, q->id) && t->n_slots && t->n_answers && t->slots[0].base > 0;
}

size_t figure_tables(const struct release_table **out, size_t cap, const struct release *r,
                     const struct form_question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n_tables && n < cap; i++)
		if (has_figures(&r->tables[i], q) && r->tables[i].measure != RELEASE_WRITTEN)
			out[n++] = &r->tables[i];
	return n;
}

int figure_part_row(const struct form_question *q, const struct release_table *t)
{
	for (size_t i = 0; t->row && i < q->n_rows; i++)
		if (!strcmp(q->rows[i].id, t->row))
			return (int)i;
	return FIGURE_ALL_ROWS;
}

struct figure_block figure_part_block(const struct edition *e, const struct form_question *q,
                                      int row)
{
	struct figure_block b = { .q = q,
		                  .whole = q->type == FORM_MATRIX && row == FIGURE_ALL_ROWS };
	size_t n = figure_tables(b.list, FIGURE_TABLES, e->release, q);

	for (size_t i = 0; i < n; i++)
		if (row == FIGURE_ALL_ROWS || figure_part_row(q, b.list[i]) == row)
			b.list[b.n++] = b.list[i];
	for (size_t i = 0; i < e->release->n_tables; i++) {
		const struct release_table *t = &e->release->tables[i];

		if (t->measure == RELEASE_WRITTEN && has_figures(t, q))
			b.written = t;
	}
	return b;
}

int figure_part_share(const struct release_slot *slot, size_t answer)
{
	return slot ? release_tenths(slot->counts[answer], slot->base) : CHART_HIDDEN;
}

int figure_part_cell(const struct edition *e, const struct figure_item *line,
                     const struct figure_item *column)
{
	const struct release_table *t = line->table ? line->table : column->table;
	size_t answer = line->has_answer ? line->answer : column->answer;
	size_t group = line->group ? line->group : column->group;

	if (line->before || column->before)
		t = figure_round_before(e, t);
	return t ? figure_part_share(release_slot(t, group), answer) : CHART_HIDDEN;
}

static struct figure_side side_of(struct document *d, size_t cap)
{
	return (struct figure_side){ document_array(d, cap, sizeof(struct figure_item)), 0 };
}

static const char *base_of(struct document *d, const struct release_slot *slot)
{
	return slot ? document_fill(d, "figure.n", "base", document_count(d, slot->base), NULL)
	            : NULL;
}

struct figure_side figure_part_answers(struct document *d, const struct form_question *q,
                                       const struct release_table *t)
{
	struct figure_side s = side_of(d, t->n_answers);

	for (size_t i = 0; s.list && i < t->n_answers; i++)
		s.list[s.n++] = (struct figure_item){ .label = figure_part_answer(d, q, t, i),
			                              .table = t,
			                              .has_answer = true,
			                              .answer = i };
	return s;
}

/* Bases are named where they are not the same. */
struct figure_side figure_part_tables(struct document *d, const struct figure_block *b)
{
	struct figure_side s = side_of(d, b->n);
	bool differ = false;

	for (size_t i = 1; i < b->n; i++)
		differ |= b->list[i]->slots[0].base != b->list[0]->slots[0].base;
	for (size_t i = 0; s.list && i < b->n; i++)
		s.list[s.n++] = (struct figure_item){
			.label = figure_part_table(d, b->q, b->list[i]),
			.base = differ ? base_of(d, &b->list[i]->slots[0]) : NULL,
			.table = b->list[i],
		};
	return s;
}

static bool is_withheld(const struct release *r, const struct form_question *q, size_t row)
{
	for (size_t i = 0; i < r->n_tables; i++)
		if (has_figures(&r->tables[i], q) && r->tables[i].row &&
		    !strcmp(r->tables[i].row, q->rows[row].id))
			return false;
	return true;
}

size_t figure_part_withheld(const struct release *r, const struct form_question *q)
{
	size_t n = 0;

	for (size_t i = 0; i < q->n_rows; i++)
		n += is_withheld(r, q, i);
	return n;
}

const char *figure_part_withheld_names(struct document *d, const struct form_question *q)
{
	struct buf names = { 0 };

	for (size_t i = 0; i < q->n_rows; i++) {
		if (!is_withheld(d->edition->release, q, i))
			continue;
		if (names.len)
			buf_puts(&names, document_word(d, "list.semicolon"));
		buf_puts(&names, edition_text(d->edition, &q->rows[i].label));
	}
	return document_take(d, &names);
}

enum release_by figure_part_by(enum figure_by by)
{
	return by == FIGURE_REGION ? RELEASE_REGION : RELEASE_LANGUAGE;
}

static bool any_has(const struct figure_block *b, size_t group)
{
	for (size_t i = 0; i < b->n; i++)
		if (release_slot(b->list[i], group))
			return true;
	return false;
}

struct figure_side figure_part_groups(struct document *d, const struct figure_block *b,
                                      enum figure_by by)
{
	const struct release *r = d->edition->release;
	struct figure_side s = side_of(d, r->n_groups);
	/* Countries by region would only say which region a country is in. */
	bool none = !b->n || by == FIGURE_TOTAL || by == FIGURE_ROUND ||
	            (b->q->type == FORM_COUNTRY && by == FIGURE_REGION);
	bool one_base = !b->whole;

	for (size_t g = 0; s.list && g < r->n_groups; g++) {
		if (g && (none || r->groups[g].by != figure_part_by(by) || !any_has(b, g)))
			continue;
		s.list[s.n++] = (struct figure_item){
			.label = document_group(d, &r->groups[g]),
			.base = one_base && b->n ? base_of(d, release_slot(b->list[0], g)) : NULL,
			.group = g,
		};
	}
	return s;
}

static struct figure_side rows_of(struct document *d, const struct figure_block *b,
                                  const char *choice)
{
	struct figure_side s = figure_part_tables(d, b);

	for (size_t i = 0; i < s.n; i++) {
		const struct release_table *t = s.list[i].table;

		s.list[i].has_answer = true;
		s.list[i].answer = figure_part_telling(t);
		for (size_t k = 0; choice && k < t->n_answers; k++)
			if (!strcmp(t->answers[k], choice))
				s.list[i].answer = k;
	}
	return s;
}

struct figure_side figure_part_lines(struct document *d, const struct figure_block *b,
                                     const char *choice)
{
	if (b->whole)
		return rows_of(d, b, choice);
	return figure_part_answers(d, b->q, b->list[b->n - 1]); /* of a ranking: ranked at all */
}

bool figure_part_is_ordered(const struct figure_block *b)
{
	switch (b->list[0]->measure) {
	case RELEASE_CHOICE:
		return !b->whole;
	case RELEASE_SCALE:
	case RELEASE_BANDS:
	case RELEASE_DATE:
		return true;
	default:
		return false;
	}
}

bool figure_part_roles(enum chart_role *out, const struct release_table *t)
{
	struct chart_column list[FORM_CHOICES] = { 0 };

	if (t->n_answers > FORM_CHOICES)
		return false;
	chart_roles(list, (const char *const *)t->answers, t->n_answers);
	for (size_t i = 0; i < t->n_answers; i++)
		out[i] = list[i].role;
	return true;
}

bool figure_part_is_degrees(const struct figure_block *b)
{
	enum chart_role role[FORM_CHOICES];
	bool before = false, after = false;

	if (b->list[0]->measure != RELEASE_CHOICE || !figure_part_roles(role, b->list[0]))
		return false;
	if (b->q->type == FORM_MATRIX || b->q->level == FORM_ORDINAL)
		return true;
	for (size_t i = 0; i < b->list[0]->n_answers; i++) {
		before |= role[i] == CHART_BEFORE;
		after |= role[i] == CHART_AFTER;
	}
	return before && after;
}

bool figure_part_is_no(const char *value)
{
	static const char *const no[] = { "no", "none", "never", "not_at_all", "0" };

	for (size_t i = 0; i < sizeof no / sizeof *no; i++)
		if (!strcmp(value, no[i]))
			return true;
	return false;
}

size_t figure_part_telling(const struct release_table *t)
{
	enum chart_role role[FORM_CHOICES];
	size_t first = 0, last = 0;
	bool found = false;

	if (!figure_part_roles(role, t))
		return 0;
	for (size_t i = 0; i < t->n_answers; i++) {
		if (role[i] == CHART_NEUTRAL || role[i] == CHART_NONE)
			continue;
		first = found ? first : i;
		last = i;
		found = true;
	}
	return figure_part_is_no(t->answers[first]) ? last : first;
}

const char *figure_part_answer(struct document *d, const struct form_question *q,
                               const struct release_table *t, size_t answer)
{
	struct buf text = { 0 };

	edition_answer(&text, d->edition, q, t, answer);
	return document_take(d, &text);
}

const char *figure_part_table(struct document *d, const struct form_question *q,
                              const struct release_table *t)
{
	int row = figure_part_row(q, t);

	if (t->measure == RELEASE_FIRST)
		return document_word(d, "question.ranking_first");
	if (t->measure == RELEASE_RANKED)
		return document_word(d, "question.ranking_ranked");
	if (row >= 0)
		return edition_text(d->edition, &q->rows[row].label);
	return t->row ? t->row : document_word(d, "group.all");
}

const char *figure_part_title(struct document *d, const struct form_question *q, int row)
{
	const char *label = edition_text(d->edition, &q->label);

	if (row == FIGURE_ALL_ROWS)
		return label;
	return document_fill(d, "figure.row_title", "row",
	                     edition_text(d->edition, &q->rows[row].label), "question", label,
	                     NULL);
}

const char *figure_part_decimal(struct document *d, double value)
{
	struct buf b = { 0 };

	number_decimal(&b, d->edition->number, value);
	return document_take(d, &b);
}
