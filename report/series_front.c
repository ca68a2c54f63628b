/* series_front.c - the cover and the contents. */
#include "report/pdf_tag.h"
#include "report/series_part.h"

#include <string.h>

static const double BLOCK = 400; /* the cover's colour begins this high */

/* A row of columns along the edge of the cover's colour: a chart of nothing, an ornament. */
static void ornament(struct layout *l)
{
	static const unsigned char heights[] = { 9,  15, 12, 22, 30, 26, 39, 33, 45, 58, 51, 66,
		                                 60, 74, 69, 84, 77, 92, 88, 99 };
	size_t n = sizeof heights;
	double step = LAYOUT_COLUMN / (double)n;

	for (size_t i = 0; i < n; i++)
		layout_box(l, LAYOUT_LEFT + step * (double)i, BLOCK, step * 0.55, heights[i],
		           (struct pdf_color){ l->color.accent.red + 0.09,
		                               l->color.accent.green + 0.09,
		                               l->color.accent.blue + 0.09 });
}

static void demonstration(struct series *s)
{
	struct layout *l = s->layout;
	const char *text = series_part_word(s, "cover.demonstration_text");
	double pad = 14, width = LAYOUT_COLUMN - 2 * pad, top = 190, h;

	h = layout_text_height(l, LAYOUT_BODY, text, width) + 3 * pad + 7;
	pdf_tag_artifact(l->pdf, "Layout");
	layout_box(l, LAYOUT_LEFT, top - h, LAYOUT_COLUMN, h, l->color.tint);
	layout_box(l, LAYOUT_LEFT, top - h, 4, h, l->color.accent);
	pdf_tag_artifact_end(l->pdf);
	pdf_tag_open(l->pdf, "P");
	pdf_tag_content(l->pdf);
	layout_text(l, LAYOUT_HEADING, series_part_word(s, "cover.demonstration"),
	            LAYOUT_LEFT + pad, top - pad - 8, LAYOUT_START, l->color.accent);
	layout_block(l, LAYOUT_BODY, text, LAYOUT_LEFT + pad, top - pad - 17, width, LAYOUT_START,
	             l->color.ink);
	pdf_tag_content_end(l->pdf);
	pdf_tag_close(l->pdf);
}

/* What this report is, below the cover's colour. */
static void facts(struct series *s)
{
	const struct edition *e = s->edition;
	struct layout *l = s->layout;
	struct buf start = { 0 }, end = { 0 };

	l->y = BLOCK - 42;
	layout_paragraph_color(l, LAYOUT_CHAPTER, "P",
	                       series_part_fill(s, "cover.report_number", "number",
	                                        series_part_count(s, (long)e->number_in_series),
	                                        NULL),
	                       l->color.accent);
	layout_paragraph(l, LAYOUT_COVER_LINE, "P",
	                 series_part_fill(s, "cover.round", "round",
	                                  series_part_code(s, e->release->round), NULL));
	if (e->study->field_start && e->study->field_end) {
		number_month(&start, e->number, e->study->field_start);
		number_month(&end, e->number, e->study->field_end);
		layout_paragraph(l, LAYOUT_COVER_LINE, "P",
		                 series_part_fill(s, "cover.field", "start",
		                                  series_part_text(s, &start), "end",
		                                  series_part_text(s, &end), NULL));
	}
	layout_paragraph(l, LAYOUT_COVER_LINE, "P",
	                 series_part_fill(s, "cover.people", "people",
	                                  series_part_count(s, e->release->people), NULL));
}

void series_front_cover(struct series *s)
{
	const struct edition *e = s->edition;
	const struct form_series *series = &e->form->series[e->series];
	struct layout *l = s->layout;
	const char *title = edition_text(e, &series->title);
	const char *subtitle = edition_text(e, &series->subtitle);

	layout_bare_page(l);
	pdf_tag_artifact(l->pdf, "Layout");
	layout_box(l, 0, BLOCK, LAYOUT_WIDTH, LAYOUT_HEIGHT - BLOCK, l->color.accent);
	ornament(l);
	pdf_tag_artifact_end(l->pdf);
	l->y = LAYOUT_HEIGHT - 70;
	layout_paragraph_color(l, LAYOUT_COVER_LINE, "P",
	                       study_text(e->study->title, e->language), l->color.paper);
	l->y = LAYOUT_HEIGHT - 154;
	layout_paragraph_color(l, LAYOUT_COVER_TITLE, "H1", title, l->color.paper);
	if (*subtitle)
		layout_paragraph_color(l, LAYOUT_COVER_SUBTITLE, "P", subtitle, l->color.paper);
	facts(s);
	if (e->release->demonstration)
		demonstration(s);
}

static void entry(struct series *s, const struct contents_entry *c)
{
	struct layout *l = s->layout;
	bool chapter = c->level == CONTENTS_CHAPTER;
	enum layout_style style = chapter ? LAYOUT_VALUE : LAYOUT_LABEL;
	double x = LAYOUT_LEFT + (chapter ? 0 : 12), width = LAYOUT_RIGHT - x - 44, h, baseline;
	const char *page = series_part_count(s, (long)c->page + 1);
	double number, last;

	if (chapter)
		layout_skip(l, LAYOUT_STEP);
	h = layout_text_height(l, style, c->title, width);
	layout_need(l, h + (chapter ? 28 : 0));
	pdf_tag_open(l->pdf, "TOCI");
	pdf_tag_open(l->pdf, "Reference");
	pdf_tag_open(l->pdf, "Link");
	pdf_tag_content(l->pdf);
	layout_block(l, style, c->title, x, l->y, width, LAYOUT_START,
	             chapter ? l->color.accent : l->color.ink);
	baseline = l->y - h + layout_leading(style) / 2 - layout_size(style) * 0.36;
	number = layout_text(l, style, page, LAYOUT_RIGHT, baseline, LAYOUT_END, l->color.ink);
	pdf_tag_content_end(l->pdf);
	pdf_tag_link(l->pdf, layout_mirror(l, LAYOUT_LEFT, LAYOUT_COLUMN), l->y - h,
	             LAYOUT_COLUMN, h, c->page, c->y,
	             series_part_fill(s, "contents.link", "title", c->title, "page", page, NULL));
	pdf_tag_close(l->pdf);
	pdf_tag_close(l->pdf);
	pdf_tag_close(l->pdf);
	last = layout_last_width(l, style, c->title, width);
	pdf_tag_artifact(l->pdf, "Layout");
	layout_dots(l, x + last + 6, LAYOUT_RIGHT - number - 6, baseline + 1);
	pdf_tag_artifact_end(l->pdf);
	l->y -= h + 3.5;
}

void series_front_contents(struct series *s)
{
	struct layout *l = s->layout;

	layout_page(l);
	pdf_tag_open(l->pdf, "Sect");
	layout_paragraph_color(l, LAYOUT_CHAPTER, "H2", series_part_word(s, "contents.title"),
	                       l->color.accent);
	pdf_tag_open(l->pdf, "TOC");
	for (size_t i = 0; i < s->contents->n; i++)
		entry(s, &s->contents->list[i]);
	pdf_tag_close(l->pdf);
	pdf_tag_close(l->pdf);
}
