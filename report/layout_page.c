/*
 * layout_page.c - pages: what stands on each of them, how much room is left, where everything came
 * to stand. Footnotes are gathered while a page is filled and written when it is left, into the
 * section of their marks: that of what comes next may be open by then.
 */
#include "report/layout_parts.h"

#include "report/pdf_tag.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double NOTES_GAP = 14;  /* between the text and the footnotes, with their line */
static const double NOTES_LINE = 72; /* length of that line */

struct layout_grid layout_grid(const struct theme *t)
{
	bool letter = t->paper == THEME_LETTER;
	struct layout_grid g = { .width = letter ? 612 : 595.28, .height = letter ? 792 : 841.89 };
	double lines;

	g.left = letter ? 58 : 56;
	g.right = g.width - g.left;
	g.side_width = 124;
	g.side = g.right - g.side_width;
	g.column = g.side - 22 - g.left;
	g.foot = 68;
	/* A whole number of half lines between top and foot. */
	lines = floor((g.height - 86 - g.foot) / LAYOUT_STEP);
	g.top = g.foot + lines * LAYOUT_STEP;
	return g;
}

void layout_fail(struct layout *l)
{
	struct err err;

	err_nomem(&err);
	pdf_fail(l->pdf, &err);
}

bool layout_fresh(const struct layout *l)
{
	return l->y >= l->grid.top - 0.01;
}

double layout_room(const struct layout *l)
{
	return l->y - l->grid.foot - l->notes_height;
}

static void write_footnotes(struct layout *l)
{
	double y = l->grid.foot + l->notes_height - NOTES_GAP;

	layout_artifact(l, "Layout");
	layout_line(l, l->grid.left, y + NOTES_GAP / 2, l->grid.left + NOTES_LINE,
	            y + NOTES_GAP / 2, 0.5, l->color->muted);
	layout_artifact_end(l);
	for (size_t i = 0; i < l->n_notes; i++) {
		char number[16];

		snprintf(number, sizeof number, "%u", l->notes[i].number);
		layout_beside(l, l->notes[i].section);
		layout_open(l, "Note");
		layout_open(l, "Lbl");
		layout_content(l);
		layout_block(l, TYPE_NOTE, number, l->grid.left, y, 14, CANVAS_START,
		             l->color->muted);
		layout_content_end(l);
		layout_close(l);
		layout_open(l, "P");
		y -= layout_rich_block(l, l->notes[i].text, TYPE_NOTE, l->grid.left + 14, y,
		                       l->grid.column - 14, l->color->ink);
		layout_close(l);
		layout_close(l);
		layout_close(l);
	}
}

void layout_page_end(struct layout *l)
{
	if (l->n_notes)
		write_footnotes(l);
	l->n_notes = 0;
	l->notes_height = 0;
}

void layout_bare_page(struct layout *l)
{
	if (l->n_pages)
		layout_page_end(l);
	l->n_pages++;
	if (!l->draft)
		pdf_page(l->pdf, l->grid.width, l->grid.height);
	l->y = l->side_y = l->grid.top;
}

static const char *running_title(struct layout *l)
{
	return l->n_pages == l->chapter_page ? "" : l->chapter;
}

void layout_page(struct layout *l)
{
	const struct layout_grid *g = &l->grid;
	const struct document *d = l->d;
	double head = g->height - 46;
	char number[16];

	layout_bare_page(l);
	snprintf(number, sizeof number, "%zu", l->n_pages);
	layout_artifact(l, "Pagination");
	layout_text(l, TYPE_SMALL, d->title, g->left, head, CANVAS_START, l->color->muted);
	layout_text(l, TYPE_SMALL, running_title(l), g->right, head, CANVAS_END, l->color->muted);
	layout_line(l, g->left, head - 7, g->right, head - 7, 0.5, l->color->hair);
	layout_text(l, TYPE_VALUE, number, g->right, 40, CANVAS_END, l->color->accent);
	layout_text(l, TYPE_SMALL, d->number, g->left, 40, CANVAS_START, l->color->muted);
	if (d->notice)
		layout_text(l, TYPE_SMALL, document_word(d, "head.demonstration"),
		            (g->left + g->right) / 2, 40, CANVAS_MIDDLE, l->color->muted);
	layout_artifact_end(l);
	if (!l->floating)
		layout_floats(l);
}

void layout_need(struct layout *l, double height)
{
	/* A new page may begin with figures that waited for it, and be too full again. */
	while (height > layout_room(l) && !layout_fresh(l) && !pdf_failed(l->pdf))
		layout_page(l);
}

void layout_skip(struct layout *l, double height)
{
	if (!layout_fresh(l))
		l->y -= height;
}

void layout_snap(struct layout *l)
{
	double below = (l->grid.top - l->y) / LAYOUT_STEP;

	l->y = l->grid.top - ceil(below - 0.01) * LAYOUT_STEP;
}

void layout_reach(struct layout *l, const struct document_block *b)
{
	double y = l->y + 2 * LAYOUT_STEP;

	if (!l->draft || (!b->id && !b->in_contents))
		return;
	if (l->n_places == l->cap_places) {
		size_t cap = l->cap_places ? l->cap_places * 2 : 128;
		struct layout_place *list = reallocarray(l->places, cap, sizeof *list);

		if (!list) {
			layout_fail(l);
			return;
		}
		l->places = list;
		l->cap_places = cap;
	}
	l->places[l->n_places++] = (struct layout_place){
		.block = b,
		.page = l->n_pages - 1,
		.y = y < l->grid.height ? y : l->grid.height,
	};
}

const struct layout_place *layout_find(const struct layout *l, const struct document_block *b)
{
	for (size_t i = 0; i < l->n_places; i++)
		if (l->places[i].block == b)
			return &l->places[i];
	return NULL;
}
