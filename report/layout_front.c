/*
 * layout_front.c - the cover and the contents. The cover is the theme's: the accent's colour over
 * more than half of the page, or paper with a band.
 */
#include "report/layout_parts.h"

#include "report/pdf_draw.h"
#include "report/pdf_tag.h"

#include <string.h>

static const double PAD = 14;

/* A field of dots, some of them bright: people, of whom some could be heard. An ornament. */
static void ornament(struct layout *l, double low, double high, struct color ground)
{
	struct color faint = color_mix(ground, l->color->paper, 0.10);
	struct color bright = color_mix(ground, l->color->paper, 0.26);
	const double step = 18;
	unsigned seed = 7;

	for (double y = low + step; y < high; y += step) {
		for (double x = l->grid.left + 3; x < l->grid.right; x += step) {
			double mirrored = layout_mirror(l, x, 0);

			seed = seed * 1103515245u + 12345u;
			if (!l->draft)
				pdf_draw_disc(l->pdf, mirrored, y, 3.2,
				              (seed >> 16) % 4 ? faint : bright, false);
		}
	}
}

/* The open element's language, when it is not the document's. */
static void put_language(struct layout *l, const char *language)
{
	if (language && !l->draft)
		pdf_tag_language(l->pdf, language);
}

static double paragraph(struct layout *l, enum type_style style, const char *type, const char *text,
                        double y, struct color color)
{
	double width = l->grid.right - l->grid.left - 40, h;

	if (!*text)
		return y;
	layout_open(l, type);
	layout_content(l);
	h = layout_block(l, style, text, l->grid.left, y, width, CANVAS_START, color);
	layout_content_end(l);
	layout_close(l);
	return y - h;
}

/* The study's name, over all else. */
static void over(struct layout *l, double y, struct color color)
{
	if (!*l->d->over)
		return;
	layout_open(l, "P");
	put_language(l, l->d->over_language);
	paragraph(l, TYPE_COVER_LINE, "Span", l->d->over, y, color);
	layout_close(l);
}

static double fact(struct layout *l, const struct document_fact *f, double y)
{
	const double label = 170;
	double width = l->grid.right - l->grid.left - label, h;

	layout_artifact(l, "Layout");
	layout_line(l, l->grid.left, y + 3, l->grid.right, y + 3, 0.5, l->color->hair);
	layout_artifact_end(l);
	layout_open(l, "P");
	layout_content(l);
	layout_block(l, TYPE_COVER_LINE, f->label, l->grid.left, y, label - 8, CANVAS_START,
	             l->color->muted);
	layout_content_end(l);
	layout_open(l, "Span");
	put_language(l, f->language);
	layout_content(l);
	h = layout_block(l, TYPE_COVER_LINE, f->value, l->grid.left + label, y, width,
	                 CANVAS_START, l->color->ink);
	layout_content_end(l);
	layout_close(l);
	layout_close(l);
	return y - h - 7;
}

static void notice(struct layout *l, double top)
{
	const struct document *d = l->d;
	double full = l->grid.right - l->grid.left, width = full - 2 * PAD, h;

	h = type_height(l->type, TYPE_BODY, d->notice_text, width) +
	    type_leading(TYPE_SUBHEADING) + 2 * PAD + 3;
	layout_artifact(l, "Layout");
	layout_box(l, l->grid.left, top - h, full, h, l->color->tint);
	layout_box(l, l->grid.left, top - h, 3, h, l->color->accent);
	layout_artifact_end(l);
	layout_open(l, "P");
	layout_content(l);
	top -= PAD;
	top -= layout_block(l, TYPE_SUBHEADING, d->notice, l->grid.left + PAD, top, width,
	                    CANVAS_START, l->color->accent) + 3;
	layout_block(l, TYPE_BODY, d->notice_text, l->grid.left + PAD, top, width, CANVAS_START,
	             l->color->ink);
	layout_content_end(l);
	layout_close(l);
}

/* The logo at the end of the line with the report's number, 40 points high and 180 wide at most. */
static void logo(struct layout *l, double top)
{
	const struct theme_logo *logo = l->d->edition->theme->logo;
	double scale, width, height;

	if (!logo || l->draft)
		return;
	scale = 40 / logo->height;
	if (logo->width * scale > 180)
		scale = 180 / logo->width;
	width = logo->width * scale;
	height = logo->height * scale;
	pdf_tag_open(l->pdf, "Figure");
	pdf_tag_alternative(l->pdf, logo->alternative ? logo->alternative : l->d->over);
	pdf_tag_box(l->pdf, layout_mirror(l, l->grid.right - width, width), top - height, width,
	            height);
	pdf_tag_content(l->pdf);
	pdf_draw_logo(l->pdf, logo, layout_mirror(l, l->grid.right - width, width), top, height);
	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
}

void layout_cover(struct layout *l)
{
	const struct document *d = l->d;
	bool dark = d->edition->theme->dark_cover;
	struct color ground = dark ? l->color->accent : l->color->paper;
	struct color ink = dark ? l->color->paper : l->color->accent;
	double edge = l->grid.height * 0.47, y;

	layout_bare_page(l);
	layout_artifact(l, "Layout");
	if (dark) {
		layout_box(l, 0, edge, l->grid.width, l->grid.height - edge, ground);
		ornament(l, edge, edge + 96, ground);
	} else {
		layout_box(l, 0, 0, 18, l->grid.height, l->color->accent);
		layout_box(l, l->grid.left, edge, l->grid.right - l->grid.left, 1,
		           l->color->accent);
	}
	layout_artifact_end(l);
	layout_open(l, "Sect");
	over(l, l->grid.height - 62, ink);
	y = paragraph(l, TYPE_COVER_TITLE, "H1", d->title, l->grid.height - 132, ink);
	paragraph(l, TYPE_COVER_SUBTITLE, "P", d->subtitle, y - 12, ink);
	y = paragraph(l, TYPE_CHAPTER, "P", d->number, edge - 30, l->color->accent) - 18;
	for (size_t i = 0; i < d->n_facts; i++)
		y = fact(l, &d->facts[i], y);
	if (d->notice)
		notice(l, y - 14);
	logo(l, edge - 22);
	layout_close(l);
}

/* --- contents --- */

struct entry {
	const char *title, *page;
	double x, height;
	enum type_style style;
	const struct layout_place *place;
};

static void draw_entry(struct layout *l, const struct entry *e)
{
	double width = l->grid.right - e->x - 44, own = type_leading(e->style), baseline, number;
	const struct text *t = type_set(l->type, e->style, e->title, width);

	layout_open(l, "TOCI");
	layout_open(l, "Reference");
	layout_open(l, "Link");
	layout_content(l);
	layout_block(l, e->style, e->title, e->x, l->y, width, CANVAS_START,
	             e->style == TYPE_VALUE ? l->color->accent : l->color->ink);
	baseline = l->y - e->height + own - type_baseline(e->style);
	number = layout_text(l, e->style, e->page, l->grid.right, baseline, CANVAS_END,
	                     l->color->ink);
	layout_content_end(l);
	if (!l->draft && e->place)
		pdf_tag_link(l->pdf, layout_mirror(l, l->grid.left, l->grid.right - l->grid.left),
		             l->y - e->height, l->grid.right - l->grid.left, e->height,
		             e->place->page, e->place->y,
		             document_fill(l->d, "contents.link", "title",
		                           e->title, "page", e->page, NULL));
	for (int i = 0; i < 3; i++)
		layout_close(l);
	layout_artifact(l, "Layout");
	if (t && t->n)
		layout_dots(l, e->x + t->lines[t->n - 1].width + 6, l->grid.right - number - 6,
		            baseline + 1);
	layout_artifact_end(l);
}

/* Is it in the contents? Of chapters that the system writes, and of an annex, only the title. */
static bool is_entry(const struct document_block *b)
{
	static const char *const own[] = { "people", "changes", "methods" };
	const struct document_block *chapter = b->parent;

	if (b->kind != DOCUMENT_SECTION || !b->in_contents)
		return false;
	if (b->level == 1)
		return true;
	for (size_t i = 0; i < sizeof own / sizeof *own; i++)
		if (chapter->id && !strcmp(chapter->id, own[i]))
			return false;
	return !chapter->annex;
}

static void entry(struct layout *l, const struct document_block *b)
{
	struct document *d = l->d;
	bool chapter = b->level == 1;
	struct entry e = { .title = document_words(d, &b->title),
		           .style = chapter ? TYPE_VALUE : TYPE_LABEL,
		           .x = l->grid.left + (chapter ? 0 : 12 * (double)(b->level - 1)),
		           .place = layout_find(l, b) };

	/* In a draft the page is not known; its number takes no line of its own. */
	e.page = document_count(d, e.place ? (long)e.place->page + 1 : 1);
	e.height = type_height(l->type, e.style, e.title, l->grid.right - e.x - 44);
	if (chapter)
		layout_skip(l, LAYOUT_STEP);
	layout_need(l, e.height + (chapter ? 28 : 0));
	draw_entry(l, &e);
	l->y -= e.height + 3.5;
}

void layout_contents(struct layout *l)
{
	l->chapter = "";
	layout_page(l);
	layout_open(l, "Sect");
	layout_open(l, "H2");
	layout_content(l);
	l->y -= layout_block(l, TYPE_CHAPTER, document_word(l->d, "contents.title"), l->grid.left,
	                     l->y - 2 * LAYOUT_STEP, l->grid.column, CANVAS_START,
	                     l->color->accent) + 4 * LAYOUT_STEP;
	layout_content_end(l);
	layout_close(l);
	layout_open(l, "TOC");
	for (const struct document_block *b = l->d->first; b; b = document_next(b))
		if (is_entry(b))
			entry(l, b);
	layout_close(l);
	layout_close(l);
}
