/*
 * series_figures.c - a question's tables enter, tables by region and by language leave: counts and
 * percentages of everyone, percentages of each group, and their bases.
 */
#include "report/series_block.h"

enum { FIXED = 2 }; /* columns of everyone: number and percentage */

/* A table by region or language while it is put together. */
struct figures {
	enum release_by by;
	const size_t *groups; /* the columns behind the fixed ones */
	size_t n_groups;
	struct table_row *rows;
	size_t n;
	bool hidden; /* is there a dot? */
};

static const char **cells(struct series *s, const struct figures *f)
{
	return series_part_array(s, FIXED + f->n_groups, sizeof(const char *));
}

static void add_row(struct series *s, struct figures *f, const struct release_table *t,
                    const char *label, size_t answer)
{
	const char **c = cells(s, f);

	if (!c)
		return;
	c[0] = series_part_count(s, t->slots[0].counts[answer]);
	c[1] = series_part_tenths(s, series_block_share(&t->slots[0], answer));
	f->hidden |= t->slots[0].counts[answer] == RELEASE_SUPPRESSED;
	for (size_t i = 0; i < f->n_groups; i++) {
		const struct release_slot *slot = release_slot(t, f->groups[i]);
		int share = slot ? series_block_share(slot, answer) : -1;

		c[FIXED + i] = series_part_tenths(s, share);
		f->hidden |= share < 0;
	}
	f->rows[f->n++] = (struct table_row){ TABLE_FIGURES, label, c };
}

static void add_base(struct series *s, struct figures *f, const struct release_table *t)
{
	const char **c = cells(s, f);

	if (!c)
		return;
	c[0] = "";
	c[1] = series_part_count(s, t->slots[0].base);
	for (size_t i = 0; i < f->n_groups; i++) {
		const struct release_slot *slot = release_slot(t, f->groups[i]);

		c[FIXED + i] = slot ? series_part_count(s, slot->base) : edition_dot;
	}
	f->rows[f->n++] = (struct table_row){ TABLE_BASE, series_part_word(s, "table.base"), c };
}

static bool add_rows(struct series *s, struct figures *f, const struct series_block *b)
{
	size_t n = 0;

	for (size_t i = 0; i < b->n; i++)
		n += b->list[i]->n_answers + 2;
	f->rows = series_part_array(s, n, sizeof *f->rows);
	if (!f->rows)
		return false;
	for (size_t i = 0; i < b->n; i++) {
		const struct release_table *t = b->list[i];

		if (b->n > 1)
			f->rows[f->n++] = (struct table_row){
				TABLE_GROUP, series_block_table(s, b, t), NULL };
		for (size_t a = 0; a < t->n_answers; a++)
			add_row(s, f, t, series_block_answer(s, b, t, a), a);
		add_base(s, f, t);
	}
	return true;
}

/* The groups of a breakdown that any table of the block has. */
static size_t groups_of(size_t *out, const struct series *s, const struct series_block *b,
                        enum release_by by)
{
	const struct release *r = s->edition->release;
	size_t n = 0;

	for (size_t g = 0; g < r->n_groups; g++) {
		bool there = false;

		for (size_t i = 0; r->groups[g].by == by && i < b->n; i++)
			there |= release_slot(b->list[i], g) != NULL;
		if (there)
			out[n++] = g;
	}
	return n;
}

static const char **heads(struct series *s, const struct figures *f)
{
	const char **h = cells(s, f);

	if (!h)
		return NULL;
	h[0] = series_part_word(s, "table.count");
	h[1] = series_part_word(s, "group.all");
	for (size_t i = 0; i < f->n_groups; i++)
		h[FIXED + i] = series_part_group(s, &s->edition->release->groups[f->groups[i]]);
	return h;
}

static bool is_broken_down(const struct release *r, enum release_by by)
{
	for (size_t i = 0; i < r->n_groups; i++)
		if (r->groups[i].by == by)
			return true;
	return false;
}

/* Without a breakdown there is still a table of everyone: `always`. */
static void draw_table(struct series *s, const struct series_block *b, enum release_by by,
                       bool always, const char *title, const char *missing)
{
	const struct release *r = s->edition->release;
	size_t *groups = series_part_array(s, r->n_groups, sizeof *groups);
	struct figures f = { .by = by, .groups = groups };
	struct table t;

	if (!groups)
		return;
	/* Countries by region would only say which region a country is in. */
	if (b->q->type != FORM_COUNTRY || by != RELEASE_REGION)
		f.n_groups = groups_of(groups, s, b, by);
	if (f.n_groups || always) {
		t = (struct table){ .corner = series_part_word(s, "table.answer"),
			            .heads = heads(s, &f),
			            .n_columns = FIXED + f.n_groups,
			            .fixed = f.n_groups ? FIXED : FIXED - 1 };
		if (!t.heads || !add_rows(s, &f, b))
			return;
		t.rows = f.rows;
		t.n_rows = f.n;
		t.noted = f.hidden;
		series_part_table(s, &t, series_part_word(s, f.n_groups ? title : "table.all"));
	}
	if (f.hidden)
		series_block_note(s, series_part_fill(s, "table.dot", "dot", edition_dot,
		                                      "methods",
		                                      series_part_word(s, "methods.title"),
		                                      NULL));
	if (!f.n_groups && is_broken_down(r, by) && b->q->type != FORM_COUNTRY)
		series_block_note(s, series_part_word(s, missing));
	layout_skip(s->layout, LAYOUT_STEP);
}

void series_figures_draw(struct series *s, const struct series_block *b)
{
	draw_table(s, b, RELEASE_REGION, true, "table.by_region", "question.not_by_region");
	draw_table(s, b, RELEASE_LANGUAGE, false, "table.by_language",
	           "question.not_by_language");
}
