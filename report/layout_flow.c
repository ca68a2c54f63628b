/*
 * layout_flow.c - blocks enter in reading order, pages are filled. A heading stays with what
 * follows it, a paragraph leaves no line alone on either side of a page's end, and a figure that
 * does not fit waits for the next page while the text goes on.
 */
#include "report/layout_parts.h"

#include "report/pdf_tag.h"

#include <stdio.h>

static const double INDENT = 14; /* of a list's items */
static const double BOX_PAD = 12;

static const struct document_block *block(struct layout *l, const struct document_block *b,
                                          double beside);

/* How many lines from `at` on go on this page, with their footnotes: none alone on either side. */
static size_t lines_here(struct layout *l, const struct layout_rich *r, size_t at)
{
	size_t n = r->text->n, left = n - at, fit = 0;
	double room = layout_room(l), leading = type_leading(r->style);

	for (double used = 0; at + fit < n; fit++) {
		used += leading + layout_rich_notes(l, r, at + fit);
		if (used > room + 0.01)
			break;
	}
	if (fit >= left)
		return left;
	if (left - fit < 2)
		fit = left - 2 < fit ? left - 2 : fit;
	return fit < 2 ? 0 : fit;
}

/* Set a text over as many pages as it takes, as content of the open element. */
static void flow(struct layout *l, const struct layout_rich *r, double indent, struct color color)
{
	double leading = type_leading(r->style);

	for (size_t at = 0; at < r->text->n && !pdf_failed(l->pdf);) {
		size_t here = lines_here(l, r, at);

		if (!here && !layout_fresh(l)) {
			layout_page(l);
			continue;
		}
		if (!here)
			here = 1; /* its footnotes alone are more than a page */
		layout_rich_lines(l, r, at, at + here, l->grid.left + indent, l->y, color);
		for (size_t i = at; i < at + here; i++)
			layout_rich_note(l, r, i);
		l->y -= (double)here * leading;
		at += here;
	}
}

void layout_paragraph(struct layout *l, const struct document_text *t, enum type_style style,
                      const char *type, struct color color)
{
	const struct layout_rich *r = layout_rich(l, t, style, l->grid.column - l->indent);

	if (!r)
		return;
	layout_open(l, type);
	flow(l, r, l->indent, color);
	layout_close(l);
}

/* --- headings --- */

static enum type_style heading_style(unsigned level)
{
	return level == 1 ? TYPE_CHAPTER : level == 2 ? TYPE_HEADING : TYPE_SUBHEADING;
}

/* Height of the first lines of a block: what a heading takes along. */
static double beginning(struct layout *l, const struct document_block *b)
{
	double room = l->grid.top - l->grid.foot;

	if (!b)
		return 0;
	switch (b->kind) {
	case DOCUMENT_FIGURE:
		return layout_figure_height(l, b);
	case DOCUMENT_TABLE:
		return layout_table_height(l, b);
	case DOCUMENT_CALLOUT:
		return layout_callouts_height(l, b, layout_callouts(b));
	case DOCUMENT_SECTION:
		return layout_rich_height(l, &b->title, heading_style(b->level), l->grid.column) +
		       3 * LAYOUT_STEP + beginning(l, b->first);
	default: {
		double h = layout_rich_height(l, &b->text, TYPE_BODY, l->grid.column);
		double three = 3 * type_leading(TYPE_BODY);

		h = b->first ? three : h < three ? h : three;
		return h < room ? h : room;
	}
	}
}

/* Does it stand right behind another figure? Then text in its place would seem to be about that. */
static bool follows_figure(const struct document_block *b)
{
	const struct document_block *before = NULL;

	for (const struct document_block *c = b->parent ? b->parent->first : NULL; c && c != b;
	     c = c->next)
		if (c->kind != DOCUMENT_SIDE && c->kind != DOCUMENT_NOTE)
			before = c;
	return before && (before->kind == DOCUMENT_FIGURE || before->kind == DOCUMENT_TABLE);
}

/* The text behind a figure that can go on while the figure waits for the next page, or NULL. */
static const struct document_block *text_behind(const struct layout *l,
                                                const struct document_block *b)
{
	if (b->kind != DOCUMENT_FIGURE || l->n_floats == LAYOUT_FLOATS || l->floating ||
	    follows_figure(b))
		return NULL;
	do
		b = b->next;
	while (b && (b->kind == DOCUMENT_SIDE || b->kind == DOCUMENT_NOTE));
	return b && b->kind == DOCUMENT_PARAGRAPH ? b : NULL;
}

/* What a heading needs below it on its page: the first block, or the text that may stand there
   while a figure waits. */
static double company(struct layout *l, const struct document_block *b, double heading)
{
	double h = beginning(l, b->first);
	const struct document_block *text = b->first ? text_behind(l, b->first) : NULL;

	return text && heading + h > layout_room(l) ? beginning(l, text) : h;
}

static void bookmark(struct layout *l, const struct document_block *b)
{
	const struct layout_place *place = layout_find(l, b);
	int level = b->level < 3 ? (int)b->level : 3;

	if (l->draft || !b->in_contents || !place)
		return;
	l->bookmark[level] = pdf_bookmark(l->pdf, level > 1 ? l->bookmark[level - 1] : PDF_TOP,
	                                  document_words(l->d, &b->title),
	                                  place->page, place->y);
	for (int i = level + 1; i < 4; i++)
		l->bookmark[i] = l->bookmark[level];
}

static void heading(struct layout *l, const struct document_block *b)
{
	static const char *const types[] = { "H2", "H3", "H4", "H5" };
	const char *type = types[b->level < 4 ? b->level - 1 : 3];
	enum type_style style = heading_style(b->level);

	layout_paragraph(l, &b->title, style, type, l->color->accent);
	l->y -= b->level == 1 ? 2 * LAYOUT_STEP : b->level == 2 ? LAYOUT_STEP : LAYOUT_STEP / 2;
	layout_snap(l);
}

/* A chapter begins a page, with a short thick line over its title. */
static void chapter(struct layout *l, const struct document_block *b)
{
	layout_floats(l);
	l->chapter = document_words(l->d, &b->title);
	l->chapter_page = l->n_pages + 1;
	layout_page(l);
	layout_reach(l, b);
	layout_artifact(l, "Layout");
	layout_box(l, l->grid.left, l->y - 3.5, 42, 3.5, l->color->accent);
	layout_artifact_end(l);
	l->y -= 2 * LAYOUT_STEP;
}

static void section(struct layout *l, const struct document_block *b)
{
	double h = layout_rich_height(l, &b->title, heading_style(b->level), l->grid.column);

	layout_open(l, "Sect");
	if (b->level == 1) {
		chapter(l, b);
	} else {
		layout_floats(l);
		layout_skip(l, b->level == 2 ? 2 * LAYOUT_STEP : LAYOUT_STEP);
		layout_snap(l);
		h += LAYOUT_STEP;
		layout_need(l, h + company(l, b, h));
		layout_reach(l, b);
	}
	bookmark(l, b);
	heading(l, b);
	layout_blocks(l, b->first);
	/* Figures that wait pass neither the end of their section nor a heading. */
	layout_floats(l);
	layout_close(l);
}

/* --- lists, quotations, boxes, side notes --- */

static void item(struct layout *l, const struct document_block *b, bool ordered, unsigned number)
{
	char mark[16] = "–";
	const struct document_block *first = b->first;

	if (ordered)
		snprintf(mark, sizeof mark, "%u.", number);
	layout_need(l, 2 * type_leading(TYPE_BODY));
	layout_open(l, "LI");
	layout_open(l, "Lbl");
	layout_content(l);
	layout_block(l, TYPE_BODY, mark, l->grid.left + l->indent, l->y, INDENT, CANVAS_START,
	             l->color->accent);
	layout_content_end(l);
	layout_close(l);
	layout_open(l, "LBody");
	l->indent += INDENT;
	if (b->text.n)
		layout_paragraph(l, &b->text, TYPE_BODY, "P", l->color->ink);
	layout_blocks(l, first);
	l->indent -= INDENT;
	layout_close(l);
	layout_close(l);
}

static void list(struct layout *l, const struct document_block *b)
{
	unsigned number = 1;

	layout_open(l, "L");
	if (!l->draft)
		pdf_tag_list(l->pdf, b->ordered);
	for (const struct document_block *i = b->first; i; i = i->next) {
		item(l, i, b->ordered, number++);
		layout_skip(l, LAYOUT_STEP / 2);
	}
	layout_close(l);
	layout_skip(l, LAYOUT_STEP / 2);
	layout_snap(l);
}

/* Who said it stands upright and smaller below the words. */
static void quoted(struct layout *l, const struct document_block *b)
{
	if (b->kind != DOCUMENT_PARAGRAPH)
		block(l, b, l->y);
	else if (b->speaker)
		layout_paragraph(l, &b->text, TYPE_BODY, "P", l->color->muted);
	else
		layout_paragraph(l, &b->text, TYPE_QUOTE, "P", l->color->accent);
}

static void quote(struct layout *l, const struct document_block *b)
{
	double top = l->y;
	size_t page = l->n_pages;

	layout_open(l, "BlockQuote");
	l->indent += INDENT;
	for (const struct document_block *p = b->first; p; p = p->next) {
		quoted(l, p);
		if (p->next && !p->next->speaker)
			layout_skip(l, LAYOUT_STEP / 2);
	}
	l->indent -= INDENT;
	layout_close(l);
	if (page == l->n_pages) {
		layout_artifact(l, "Layout");
		layout_box(l, l->grid.left + l->indent, l->y, 2.5, top - l->y, l->color->accent);
		layout_artifact_end(l);
	}
	layout_skip(l, LAYOUT_STEP);
	layout_snap(l);
}

/* Paragraphs on a tinted ground. It is not cut: its height is known before. */
static double box_height(struct layout *l, const struct document_block *b, double width)
{
	double h = 2 * BOX_PAD;

	if (b->title.n)
		h += layout_rich_height(l, &b->title, TYPE_SUBHEADING, width) + 3.5;
	for (const struct document_block *p = b->first; p; p = p->next)
		h += layout_rich_height(l, &p->text, TYPE_BODY, width) + (p->next ? 7 : 0);
	return h;
}

static void box(struct layout *l, const struct document_block *b)
{
	double width = l->grid.column - 2 * BOX_PAD, h = box_height(l, b, width);
	double x = l->grid.left + BOX_PAD, y;

	layout_need(l, h);
	layout_artifact(l, "Layout");
	layout_box(l, l->grid.left, l->y - h, l->grid.column, h, l->color->tint);
	layout_box(l, l->grid.left, l->y - h, 3, h, l->color->accent);
	layout_artifact_end(l);
	y = l->y - BOX_PAD;
	layout_open(l, "Div");
	if (b->title.n) {
		layout_open(l, "P");
		y -= layout_rich_block(l, &b->title, TYPE_SUBHEADING, x, y, width,
		                       l->color->accent) + 3.5;
		layout_close(l);
	}
	for (const struct document_block *p = b->first; p; p = p->next) {
		layout_open(l, "P");
		y -= layout_rich_block(l, &p->text, TYPE_BODY, x, y, width, l->color->ink) + 7;
		layout_close(l);
	}
	layout_close(l);
	l->y -= h + 2 * LAYOUT_STEP;
	layout_snap(l);
}

/* A note in the margin, level with the block before it or below the last such note. */
static void side(struct layout *l, const struct document_block *b, double beside)
{
	double top = beside < l->side_y ? beside : l->side_y, h;

	h = layout_rich_height(l, &b->text, TYPE_SIDE, l->grid.side_width);
	if (top - h < l->grid.foot)
		top = l->grid.foot + h < l->side_y ? l->grid.foot + h : top;
	if (top - h < l->grid.foot - 20) {
		/* No room beside it: it stands below the text, in small print. */
		layout_paragraph(l, &b->text, TYPE_NOTE, "P", l->color->muted);
		layout_skip(l, LAYOUT_STEP);
		layout_snap(l);
		return;
	}
	layout_artifact(l, "Layout");
	layout_box(l, l->grid.side - 9, top - h, 1.2, h, l->color->accent);
	layout_artifact_end(l);
	layout_open(l, "P");
	layout_rich_block(l, &b->text, TYPE_SIDE, l->grid.side, top, l->grid.side_width,
	                  l->color->muted);
	layout_close(l);
	l->side_y = top - h - LAYOUT_STEP;
}

/* --- everything --- */

void layout_floats(struct layout *l)
{
	struct layout_float waiting[LAYOUT_FLOATS];
	size_t n = l->n_floats;

	if (!n)
		return;
	for (size_t i = 0; i < n; i++)
		waiting[i] = l->floats[i];
	l->n_floats = 0;
	l->floating = true;
	for (size_t i = 0; i < n; i++) {
		layout_beside(l, waiting[i].section);
		layout_figure(l, waiting[i].block);
		layout_close(l);
	}
	l->floating = false;
}

static void figure(struct layout *l, const struct document_block *b)
{
	double h = layout_figure_height(l, b);

	if (h > layout_room(l) && !layout_fresh(l) && text_behind(l, b)) {
		l->floats[l->n_floats++] = (struct layout_float){ b, layout_section(l) };
		return;
	}
	layout_figure(l, b);
}

static void paragraph(struct layout *l, const struct document_block *b)
{
	enum type_style style = b->lead ? TYPE_LEAD : TYPE_BODY;

	layout_paragraph(l, &b->text, style, "P", l->color->ink);
	/* Paragraphs of an item stand close; the item leaves the room behind them. */
	if (l->indent > 0 && !b->next)
		return;
	layout_skip(l, l->indent > 0 ? LAYOUT_STEP / 2 : LAYOUT_STEP);
	layout_snap(l);
}

/* Everything inside a list or a quotation is the same but for the indent. */
static const struct document_block *block(struct layout *l, const struct document_block *b,
                                          double beside)
{
	size_t n;

	switch (b->kind) {
	case DOCUMENT_SECTION:
		section(l, b);
		break;
	case DOCUMENT_PARAGRAPH:
		paragraph(l, b);
		break;
	case DOCUMENT_NOTE:
		layout_paragraph(l, &b->text, TYPE_NOTE, "P", l->color->muted);
		layout_skip(l, LAYOUT_STEP / 2);
		break;
	case DOCUMENT_SIDE:
		side(l, b, beside);
		break;
	case DOCUMENT_LIST:
		list(l, b);
		break;
	case DOCUMENT_ITEM:
		item(l, b, false, 1);
		break;
	case DOCUMENT_QUOTE:
		quote(l, b);
		break;
	case DOCUMENT_BOX:
		box(l, b);
		break;
	case DOCUMENT_FIGURE:
		figure(l, b);
		break;
	case DOCUMENT_TABLE:
		layout_reach(l, b);
		layout_table(l, b);
		break;
	case DOCUMENT_CALLOUT:
		n = layout_callouts(b);
		layout_callouts_draw(l, b, n);
		while (--n)
			b = b->next;
		break;
	}
	return b->next;
}

void layout_blocks(struct layout *l, const struct document_block *first)
{
	double before = l->y;
	size_t page = l->n_pages;

	for (const struct document_block *b = first; b && !pdf_failed(l->pdf);) {
		double top = l->y;
		size_t on = l->n_pages;
		const struct document_block *next;

		next = block(l, b, page == l->n_pages ? before : l->grid.top);
		/* A side note stands beside the beginning of the block before it. */
		if (b->kind != DOCUMENT_SIDE) {
			before = top;
			page = on;
		}
		b = next;
	}
}
