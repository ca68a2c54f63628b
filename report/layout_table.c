/*
 * layout_table.c - rows of figures or sentences enter, tagged tables leave. Figures stand under
 * each other at the end of their column: Noto's digits are all equally wide. A row is never cut, a
 * short group neither; a heading stays with two rows below it, a base with the row above it. The
 * head is repeated on every page, and a table with more columns than fit is drawn in parts.
 */
#include "report/layout_parts.h"

#include "report/pdf_tag.h"

static const double LABEL_LEAST = 0.26; /* of the whole width */
static const double COLUMN_LEAST = 38, COLUMN_MOST = 66;
static const double PAD = 5; /* between columns */
static const double ROW_PAD = 4;
static const double TITLE_GAP = 3;

enum { GROUP_WHOLE = 12 }; /* rows of a group that is not cut; sentences are long and are */

/* A part while it is drawn. */
struct part {
	const struct document_block *block;
	const struct table *t;
	size_t from, to;  /* columns behind the fixed ones */
	double width;     /* of a column of figures */
	double label;     /* of the labels' column */
	double notes;     /* height of the notes below the last row */
	const char *title, *continued;
};

static double full(const struct layout *l)
{
	return l->grid.right - l->grid.left;
}

static double free_width(const struct layout *l)
{
	return full(l) * (1 - LABEL_LEAST);
}

static double least_width(struct layout *l, const struct table *t)
{
	double least = COLUMN_LEAST;

	for (size_t i = 0; i < t->n_columns; i++) {
		double word = type_word(l->type, TYPE_CELL_HEAD, t->heads[i]) + PAD;

		if (word > least)
			least = word;
	}
	return least < COLUMN_MOST ? least : COLUMN_MOST;
}

static size_t parts_of(struct layout *l, const struct table *t)
{
	size_t fit, each;

	if (t->shares || t->n_columns <= t->fixed)
		return 1;
	fit = (size_t)(free_width(l) / least_width(l, t));
	each = fit > t->fixed ? fit - t->fixed : 1;
	return (t->n_columns - t->fixed + each - 1) / each;
}

static double notes_height(struct layout *l, const struct document_block *b)
{
	double h = b->first ? ROW_PAD : 0;

	for (const struct document_block *n = b->first; n; n = n->next)
		h += layout_rich_height(l, &n->text, TYPE_NOTE, full(l));
	return h;
}

static struct part part_of(struct layout *l, const struct document_block *b, size_t part,
                           size_t parts)
{
	const struct table *t = b->table;
	struct part p = { .block = b, .t = t, .from = t->fixed, .to = t->n_columns };
	size_t loose, each;

	p.notes = notes_height(l, b);
	if (t->shares) {
		p.label = full(l) * t->shares[0];
		return p;
	}
	loose = t->n_columns - t->fixed;
	each = (loose + parts - 1) / parts;
	p.from = t->fixed + part * each;
	p.to = p.from + each < t->n_columns ? p.from + each : t->n_columns;
	p.width = free_width(l) / (double)(t->fixed + each);
	if (p.width > COLUMN_MOST)
		p.width = COLUMN_MOST;
	p.label = full(l) - p.width * (double)(t->fixed + p.to - p.from);
	return p;
}

static double column_width(struct layout *l, const struct part *p, size_t column)
{
	return p->t->shares ? full(l) * p->t->shares[column + 1] : p->width;
}

static double row_height(struct layout *l, const struct part *p, const struct table_row *r)
{
	enum type_style style = r->kind == TABLE_GROUP ? TYPE_CELL_BOLD : TYPE_CELL;
	double width = r->kind == TABLE_GROUP ? full(l) : p->label - PAD, most;

	most = type_height(l->type, style, r->label, width);
	for (size_t i = 0; p->t->shares && r->cells && i < p->t->n_columns; i++) {
		double h = type_height(l->type, TYPE_CELL, r->cells[i],
		                       column_width(l, p, i) - PAD);

		most = h > most ? h : most;
	}
	return most + ROW_PAD;
}

static double head_height(struct layout *l, const struct part *p)
{
	double most = type_height(l->type, TYPE_CELL_HEAD, p->t->corner, p->label - PAD);

	for (size_t i = 0; i < p->t->n_columns; i++) {
		double h = type_height(l->type, TYPE_CELL_HEAD, p->t->heads[i],
		                       column_width(l, p, i) - PAD);

		if (h > most)
			most = h;
	}
	return most + ROW_PAD + 2;
}

/* Calls `each` for the columns of a part, with their logical edges. */
static void columns(struct layout *l, const struct part *p,
                    void (*each)(struct layout *, const struct part *, size_t, double, void *),
                    void *ctx)
{
	double x = l->grid.left + p->label;

	for (size_t i = 0; i < p->t->fixed; x += column_width(l, p, i), i++)
		each(l, p, i, x, ctx);
	for (size_t i = p->from; i < p->to; x += column_width(l, p, i), i++)
		each(l, p, i, x, ctx);
}

struct head {
	double height;
	bool tagged;
};

static void head_text(struct layout *l, const struct head *h, const char *text, double x,
                      double width, enum canvas_align align)
{
	double own = type_height(l->type, TYPE_CELL_HEAD, text, width);

	if (h->tagged) {
		layout_open(l, "TH");
		if (!l->draft)
			pdf_tag_header(l->pdf, "Column", 1);
		layout_content(l);
	}
	layout_block(l, TYPE_CELL_HEAD, text, x, l->y - h->height + ROW_PAD / 2 + own, width,
	             align, l->color->accent);
	if (h->tagged) {
		layout_content_end(l);
		layout_close(l);
	}
}

static void head_cell(struct layout *l, const struct part *p, size_t column, double x, void *ctx)
{
	bool prose = p->t->shares != NULL;

	head_text(l, ctx, p->t->heads[column], prose ? x : x + PAD,
	          column_width(l, p, column) - PAD, prose ? CANVAS_START : CANVAS_END);
}

static void draw_head(struct layout *l, const struct part *p, bool tagged)
{
	struct head h = { .height = head_height(l, p), .tagged = tagged };

	if (tagged)
		layout_open(l, "TR");
	head_text(l, &h, p->t->corner, l->grid.left, p->label - PAD, CANVAS_START);
	columns(l, p, head_cell, &h);
	if (tagged) {
		layout_close(l);
		layout_artifact(l, "Layout");
	}
	l->y -= h.height;
	layout_line(l, l->grid.left, l->y, l->grid.right, l->y, 0.8, l->color->accent);
	if (tagged)
		layout_artifact_end(l);
}

static void cell(struct layout *l, const struct part *p, size_t column, double x, void *ctx)
{
	const struct table_row *r = ctx;
	bool base = r->kind == TABLE_BASE, prose = p->t->shares != NULL;
	bool bold = !prose && !base && column < p->t->fixed;

	layout_open(l, "TD");
	layout_content(l);
	layout_block(l, bold ? TYPE_CELL_BOLD : TYPE_CELL, r->cells[column], prose ? x : x + PAD,
	             l->y - ROW_PAD / 2, column_width(l, p, column) - PAD,
	             prose ? CANVAS_START : CANVAS_END, base ? l->color->muted : l->color->ink);
	layout_content_end(l);
	layout_close(l);
}

static void draw_row(struct layout *l, const struct part *p, const struct table_row *r)
{
	double height = row_height(l, p, r);
	bool group = r->kind == TABLE_GROUP;
	size_t across = 1 + p->t->fixed + (p->to - p->from);

	if (group) {
		layout_artifact(l, "Layout");
		layout_box(l, l->grid.left, l->y - height, full(l), height, l->color->tint);
		layout_artifact_end(l);
	}
	layout_open(l, "TR");
	layout_open(l, "TH");
	if (!l->draft)
		pdf_tag_header(l->pdf, group ? "Column" : "Row", group ? (int)across : 1);
	layout_content(l);
	layout_block(l, group ? TYPE_CELL_BOLD : TYPE_CELL, r->label,
	             l->grid.left + (group ? 3 : 0), l->y - ROW_PAD / 2,
	             group ? full(l) - 6 : p->label - PAD, CANVAS_START,
	             r->kind == TABLE_BASE ? l->color->muted : l->color->ink);
	layout_content_end(l);
	layout_close(l);
	if (!group)
		columns(l, p, cell, (void *)r);
	layout_close(l);
	l->y -= height;
	layout_artifact(l, "Layout");
	layout_line(l, l->grid.left, l->y, l->grid.right, l->y, 0.4, l->color->hair);
	layout_artifact_end(l);
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
		if (t->shares)
			last = end - 1 < at + 1 ? end - 1 : at + 1;
		else
			last = end - at <= GROUP_WHOLE ? end - 1 : at + 2;
	}
	if (last + 1 < t->n_rows && t->rows[last + 1].kind == TABLE_BASE)
		last++;
	for (; at <= last && at < t->n_rows; at++)
		height += row_height(l, p, &t->rows[at]);
	return at == t->n_rows ? height + p->notes : height;
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
	height = row_height(l, p, &p->t->rows[at]);
	layout_box(l, l->grid.left, l->y - height, full(l), height, l->color->tint);
	layout_block(l, TYPE_CELL_BOLD, p->t->rows[at].label, l->grid.left + 3,
	             l->y - ROW_PAD / 2, full(l) - 6, CANVAS_START, l->color->muted);
	l->y -= height;
}

/* The table goes on: its head again, as decoration, since it is tagged once. */
static void go_on(struct layout *l, const struct part *p, size_t at)
{
	layout_page(l);
	layout_artifact(l, "Pagination");
	l->y -= layout_block(l, TYPE_CAPTION, p->continued, l->grid.left, l->y, full(l),
	                     CANVAS_START, l->color->muted) + TITLE_GAP;
	draw_head(l, p, false);
	repeat_group(l, p, at);
	layout_artifact_end(l);
}

static void draw_caption(struct layout *l, const struct part *p)
{
	layout_open(l, "Caption");
	layout_content(l);
	l->y -= layout_block(l, TYPE_CAPTION, p->title, l->grid.left, l->y, full(l), CANVAS_START,
	                     l->color->ink) + TITLE_GAP;
	layout_content_end(l);
	layout_close(l);
}

static double start_height(struct layout *l, const struct part *p)
{
	return type_height(l->type, TYPE_CAPTION, p->title, full(l)) + TITLE_GAP +
	       head_height(l, p);
}

static double whole_height(struct layout *l, const struct part *p)
{
	double h = start_height(l, p) + p->notes;

	for (size_t i = 0; i < p->t->n_rows; i++)
		h += row_height(l, p, &p->t->rows[i]);
	return h;
}

/* Begin on a new page where that keeps a table whole or its beginning in one piece. */
static double least_height(struct layout *l, const struct part *p)
{
	double start = start_height(l, p), all = whole_height(l, p);
	double page = l->grid.top - l->grid.foot;

	if (all <= page * 0.4)
		return all;
	for (size_t i = 0; i < 3 && i < p->t->n_rows; i++)
		start += row_height(l, p, &p->t->rows[i]);
	if (p->t->n_rows)
		start += together(l, p, 0);
	return start < all ? start : all;
}

static void draw_notes(struct layout *l, const struct document_block *b)
{
	l->y -= b->first ? ROW_PAD : 0;
	for (const struct document_block *n = b->first; n; n = n->next) {
		layout_open(l, "P");
		l->y -= layout_rich_block(l, &n->text, TYPE_NOTE, l->grid.left, l->y, full(l),
		                          l->color->muted);
		layout_close(l);
	}
}

static void draw_part(struct layout *l, const struct part *p)
{
	layout_need(l, least_height(l, p));
	layout_open(l, "Table");
	if (*p->title)
		draw_caption(l, p);
	layout_open(l, "THead");
	draw_head(l, p, true);
	layout_close(l);
	layout_open(l, "TBody");
	for (size_t i = 0; i < p->t->n_rows && !pdf_failed(l->pdf); i++) {
		if (together(l, p, i) > layout_room(l) && !layout_fresh(l))
			go_on(l, p, i);
		draw_row(l, p, &p->t->rows[i]);
	}
	layout_close(l);
	layout_close(l);
}

static void name(struct layout *l, struct part *p, size_t part, size_t parts)
{
	p->title = document_words(l->d, &p->block->title);
	if (parts > 1)
		p->title = document_fill(l->d, "table.part", "title", p->title, "part",
		                         document_count(l->d, (long)part + 1), "parts",
		                         document_count(l->d, (long)parts), NULL);
	p->continued = document_fill(l->d, "table.continued", "title", p->title, NULL);
}

double layout_table_height(struct layout *l, const struct document_block *b)
{
	size_t parts = parts_of(l, b->table);
	struct part p = part_of(l, b, 0, parts);

	name(l, &p, 0, parts);
	return least_height(l, &p);
}

void layout_table(struct layout *l, const struct document_block *b)
{
	size_t parts = parts_of(l, b->table);

	for (size_t i = 0; i < parts && !pdf_failed(l->pdf); i++) {
		struct part p = part_of(l, b, i, parts);

		name(l, &p, i, parts);
		draw_part(l, &p);
		if (i + 1 < parts)
			layout_skip(l, LAYOUT_STEP);
	}
	draw_notes(l, b);
	layout_skip(l, 2 * LAYOUT_STEP);
	layout_snap(l);
	if (l->y < l->side_y)
		l->side_y = l->y;
}
