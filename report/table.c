/*
 * table.c - rows of set figures enter, tagged tables leave. Figures stand under each other at the
 * end of their column: Noto's digits are all equally wide. A row is never cut, a short group
 * neither; a heading stays with two rows below it, a base with the row above it.
 */
#include "report/table.h"

#include "report/pdf_tag.h"

static const double LABEL_LEAST = 0.26; /* of the column of text */
static const double COLUMN_LEAST = 38, COLUMN_MOST = 66;
static const double PAD = 5; /* between columns */
static const double ROW_PAD = 4;
static const double NOTE = 28; /* kept below the last row: what explains the dots */

enum { GROUP_WHOLE = 12 }; /* rows of a group that is not cut */

/* A part while it is drawn. */
struct part {
	const struct table *t;
	size_t from, to; /* columns behind the fixed ones */
	double width;    /* of a column */
	double label;    /* of the labels' column */
	const char *continued;
};

static double free_width(void)
{
	return LAYOUT_COLUMN * (1 - LABEL_LEAST);
}

static double least_width(struct layout *l, const struct table *t)
{
	double least = COLUMN_LEAST;

	for (size_t i = 0; i < t->n_columns; i++) {
		double word = layout_word_width(l, LAYOUT_CELL_HEAD, t->heads[i]) + PAD;

		if (word > least)
			least = word;
	}
	return least < COLUMN_MOST ? least : COLUMN_MOST;
}

size_t table_parts(struct layout *l, const struct table *t)
{
	size_t fit = (size_t)(free_width() / least_width(l, t)), each;

	each = fit > t->fixed ? fit - t->fixed : 1;
	return (t->n_columns - t->fixed + each - 1) / each;
}

static struct part part_of(const struct table *t, size_t part, size_t parts)
{
	size_t loose = t->n_columns - t->fixed, each = (loose + parts - 1) / parts;
	struct part p = { .t = t, .from = t->fixed + part * each };

	p.to = p.from + each < t->n_columns ? p.from + each : t->n_columns;
	p.width = free_width() / (double)(t->fixed + each);
	if (p.width > COLUMN_MOST)
		p.width = COLUMN_MOST;
	p.label = LAYOUT_COLUMN - p.width * (double)(t->fixed + p.to - p.from);
	return p;
}

static double label_height(struct layout *l, const struct part *p, const struct table_row *r)
{
	enum layout_style style = r->kind == TABLE_GROUP ? LAYOUT_CELL_BOLD : LAYOUT_CELL;
	double width = r->kind == TABLE_GROUP ? LAYOUT_COLUMN - PAD : p->label - PAD;

	return layout_text_height(l, style, r->label, width) + ROW_PAD;
}

static double head_height(struct layout *l, const struct part *p)
{
	double most = layout_text_height(l, LAYOUT_CELL_HEAD, p->t->corner, p->label - PAD);

	for (size_t i = 0; i < p->t->n_columns; i++) {
		double h = layout_text_height(l, LAYOUT_CELL_HEAD, p->t->heads[i], p->width - PAD);

		if (h > most)
			most = h;
	}
	return most + ROW_PAD + 2;
}

/* Calls `each` for the columns of a part, with their logical left edges. */
static void columns(struct layout *l, const struct part *p,
                    void (*each)(struct layout *, const struct part *, size_t, double, void *),
                    void *ctx)
{
	double x = LAYOUT_LEFT + p->label;

	for (size_t i = 0; i < p->t->fixed; i++, x += p->width)
		each(l, p, i, x, ctx);
	for (size_t i = p->from; i < p->to; i++, x += p->width)
		each(l, p, i, x, ctx);
}

struct head {
	double height;
	bool tagged;
};

static void head_text(struct layout *l, const struct head *h, const char *text, double x,
                      double width, enum layout_align align)
{
	double own = layout_text_height(l, LAYOUT_CELL_HEAD, text, width);

	if (h->tagged) {
		pdf_tag_open(l->pdf, "TH");
		pdf_tag_header(l->pdf, "Column", 1);
		pdf_tag_content(l->pdf);
	}
	layout_block(l, LAYOUT_CELL_HEAD, text, x, l->y - h->height + ROW_PAD / 2 + own, width,
	             align, l->color.accent);
	if (h->tagged) {
		pdf_tag_content_end(l->pdf);
		pdf_tag_close(l->pdf);
	}
}

static void head_cell(struct layout *l, const struct part *p, size_t column, double x, void *ctx)
{
	head_text(l, ctx, p->t->heads[column], x + PAD, p->width - PAD, LAYOUT_END);
}

static void draw_head(struct layout *l, const struct part *p, bool tagged)
{
	struct head h = { .height = head_height(l, p), .tagged = tagged };

	if (tagged)
		pdf_tag_open(l->pdf, "TR");
	head_text(l, &h, p->t->corner, LAYOUT_LEFT, p->label - PAD, LAYOUT_START);
	columns(l, p, head_cell, &h);
	if (tagged) {
		pdf_tag_close(l->pdf);
		pdf_tag_artifact(l->pdf, "Layout");
	}
	l->y -= h.height;
	layout_line(l, LAYOUT_LEFT, l->y, LAYOUT_RIGHT, l->y, 1, l->color.accent);
	if (tagged)
		pdf_tag_artifact_end(l->pdf);
}

static void figure(struct layout *l, const struct part *p, size_t column, double x, void *ctx)
{
	const struct table_row *r = ctx;
	bool base = r->kind == TABLE_BASE;

	pdf_tag_open(l->pdf, "TD");
	pdf_tag_content(l->pdf);
	layout_block(l, base ? LAYOUT_CELL : column < p->t->fixed ? LAYOUT_CELL_BOLD : LAYOUT_CELL,
	             r->cells[column], x + PAD, l->y - ROW_PAD / 2, p->width - PAD, LAYOUT_END,
	             base ? l->color.muted : l->color.ink);
	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
}

static void draw_row(struct layout *l, const struct part *p, const struct table_row *r)
{
	double height = label_height(l, p, r), group = r->kind == TABLE_GROUP;
	size_t across = 1 + p->t->fixed + (p->to - p->from);

	if (group) {
		pdf_tag_artifact(l->pdf, "Layout");
		layout_box(l, LAYOUT_LEFT, l->y - height, LAYOUT_COLUMN, height, l->color.tint);
		pdf_tag_artifact_end(l->pdf);
	}
	pdf_tag_open(l->pdf, "TR");
	pdf_tag_open(l->pdf, "TH");
	pdf_tag_header(l->pdf, group ? "Column" : "Row", group ? (int)across : 1);
	pdf_tag_content(l->pdf);
	layout_block(l, group ? LAYOUT_CELL_BOLD : LAYOUT_CELL, r->label, LAYOUT_LEFT,
	             l->y - ROW_PAD / 2, (group ? LAYOUT_COLUMN : p->label) - PAD, LAYOUT_START,
	             r->kind == TABLE_BASE ? l->color.muted : l->color.ink);
	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
	if (!group)
		columns(l, p, figure, (void *)r);
	pdf_tag_close(l->pdf);
	l->y -= height;
	pdf_tag_artifact(l->pdf, "Layout");
	layout_line(l, LAYOUT_LEFT, l->y, LAYOUT_RIGHT, l->y, 0.4, l->color.hair);
	pdf_tag_artifact_end(l->pdf);
}

/* What must stand together from row `at` on: a short group whole, of others the beginning. */
static double together(struct layout *l, const struct part *p, size_t at)
{
	const struct table *t = p->t;
	size_t last = at, end = at + 1;
	double height = 0;

	if (t->rows[at].kind == TABLE_GROUP) {
		while (end < t->n_rows && t->rows[end].kind != TABLE_GROUP)
			end++;
		last = end - at <= GROUP_WHOLE ? end - 1 : at + 2;
	}
	if (last + 1 < t->n_rows && t->rows[last + 1].kind == TABLE_BASE)
		last++;
	for (; at <= last && at < t->n_rows; at++)
		height += label_height(l, p, &t->rows[at]);
	return at == t->n_rows && t->noted ? height + NOTE : height;
}

/* The heading over row `at` once more, on a new page. */
static void repeat_group(struct layout *l, const struct part *p, size_t at)
{
	double height;

	if (p->t->rows[at].kind == TABLE_GROUP)
		return;
	while (at > 0 && p->t->rows[at].kind != TABLE_GROUP)
		at--;
	if (p->t->rows[at].kind != TABLE_GROUP)
		return;
	height = label_height(l, p, &p->t->rows[at]);
	layout_box(l, LAYOUT_LEFT, l->y - height, LAYOUT_COLUMN, height, l->color.tint);
	layout_block(l, LAYOUT_CELL_BOLD, p->t->rows[at].label, LAYOUT_LEFT, l->y - ROW_PAD / 2,
	             LAYOUT_COLUMN - PAD, LAYOUT_START, l->color.muted);
	l->y -= height;
}

/* The table goes on: its head again, as decoration, since it is tagged once. */
static void go_on(struct layout *l, const struct part *p, size_t at)
{
	layout_page(l);
	pdf_tag_artifact(l->pdf, "Pagination");
	l->y -= layout_block(l, LAYOUT_CAPTION, p->continued, LAYOUT_LEFT, l->y, LAYOUT_COLUMN,
	                     LAYOUT_START, l->color.muted);
	draw_head(l, p, false);
	repeat_group(l, p, at);
	pdf_tag_artifact_end(l->pdf);
}

static void draw_caption(struct layout *l, const char *title)
{
	pdf_tag_open(l->pdf, "Caption");
	pdf_tag_content(l->pdf);
	l->y -= layout_block(l, LAYOUT_CAPTION, title, LAYOUT_LEFT, l->y, LAYOUT_COLUMN,
	                     LAYOUT_START, l->color.ink);
	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
}

/* Begin on a new page where that keeps a table whole or its beginning in one piece. */
static void place(struct layout *l, const struct part *p, const char *title)
{
	double start, all, whole = LAYOUT_TOP - LAYOUT_FOOT;

	start = layout_text_height(l, LAYOUT_CAPTION, title, LAYOUT_COLUMN) + head_height(l, p);
	all = start + (p->t->noted ? NOTE : 0);
	for (size_t i = 0; i < p->t->n_rows; i++) {
		all += label_height(l, p, &p->t->rows[i]);
		if (i < 3)
			start += label_height(l, p, &p->t->rows[i]);
	}
	if (p->t->n_rows)
		start += together(l, p, 0);
	if (all <= whole * 0.4 || (all <= whole && layout_room(l) < all * 0.5))
		layout_need(l, all);
	else
		layout_need(l, start);
}

void table_draw(struct layout *l, const struct table *t, size_t part, size_t parts,
                const char *title, const char *continued)
{
	struct part p = part_of(t, part, parts);

	p.continued = continued;
	place(l, &p, title);
	pdf_tag_open(l->pdf, "Table");
	draw_caption(l, title);
	pdf_tag_open(l->pdf, "THead");
	draw_head(l, &p, true);
	pdf_tag_close(l->pdf);
	pdf_tag_open(l->pdf, "TBody");
	for (size_t i = 0; i < t->n_rows && !pdf_failed(l->pdf); i++) {
		if (together(l, &p, i) > layout_room(l))
			go_on(l, &p, i);
		draw_row(l, &p, &t->rows[i]);
	}
	pdf_tag_close(l->pdf);
	pdf_tag_close(l->pdf);
	l->y -= LAYOUT_STEP;
}
