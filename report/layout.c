/*
 * layout.c - texts and shapes at logical places enter, pages leave. One column of 471 points is
 * about 90 letters of the body's size; leadings are multiples of the grid's step.
 */
#include "report/layout.h"

#include "report/pdf_tag.h"
#include "report/pdf_text.h"

#include <stdio.h>
#include <stdlib.h>

struct style {
	double size, leading, before, after;
	enum font_weight weight;
	bool balanced; /* lines equally long */
};

static const struct style styles[LAYOUT_STYLES] = {
	[LAYOUT_COVER_TITLE] = { 32, 42, 0, 14, FONT_BOLD, true },
	[LAYOUT_COVER_SUBTITLE] = { 15, 21, 0, 0, FONT_REGULAR, true },
	[LAYOUT_COVER_LINE] = { 11, 21, 0, 0, FONT_REGULAR, false },
	[LAYOUT_CHAPTER] = { 22, 28, 0, 14, FONT_BOLD, true },
	[LAYOUT_HEADING] = { 12, 16, 0, 5, FONT_BOLD, true },
	[LAYOUT_SUBHEADING] = { 10.5, 14, 7, 3.5, FONT_BOLD, true },
	[LAYOUT_BODY] = { 9.5, 14, 0, 7, FONT_REGULAR, false },
	[LAYOUT_NOTE] = { 8, 10.5, 0, 3.5, FONT_REGULAR, false },
	[LAYOUT_CAPTION] = { 8.5, 14, 0, 0, FONT_BOLD, false },
	[LAYOUT_CELL] = { 8, 10.5, 0, 0, FONT_REGULAR, false },
	[LAYOUT_CELL_BOLD] = { 8, 10.5, 0, 0, FONT_BOLD, false },
	[LAYOUT_CELL_HEAD] = { 7, 9, 0, 0, FONT_BOLD, true },
	[LAYOUT_LABEL] = { 8.5, 10.5, 0, 0, FONT_REGULAR, true },
	[LAYOUT_VALUE] = { 8.5, 10.5, 0, 0, FONT_BOLD, false },
	[LAYOUT_SMALL] = { 7, 9, 0, 0, FONT_REGULAR, false },
};

/* Accents of the series, told apart by hue; each is dark enough for white text (7:1). */
static const struct {
	struct pdf_color accent, tint;
} accents[] = {
	{ { .063, .310, .369 }, { .890, .945, .945 } },
	{ { .318, .184, .376 }, { .945, .918, .953 } },
	{ { .122, .267, .459 }, { .906, .929, .961 } },
};

int layout_create(struct layout **out, const struct layout_setup *setup, struct err *err)
{
	struct layout *l = calloc(1, sizeof *l);
	struct pdf_info info = { .title = setup->title,
		                 .subject = setup->subject,
		                 .language = setup->language,
		                 .right_to_left = setup->right_to_left };
	size_t accent = setup->series % (sizeof accents / sizeof *accents);

	*out = NULL;
	if (!l)
		return err_nomem(err);
	l->setup = *setup;
	l->color = (struct layout_palette){
		.ink = { .106, .125, .149 },
		.muted = { .349, .388, .431 },
		.hair = { .800, .824, .847 },
		.track = { .937, .945, .953 },
		.paper = { 1, 1, 1 },
		.accent = accents[accent].accent,
		.tint = accents[accent].tint,
	};
	if (font_set_create(&l->fonts, NULL, err) ||
	    pdf_create(&l->pdf, &info, l->fonts, err)) {
		layout_free(l);
		return -1;
	}
	*out = l;
	return 0;
}

void layout_free(struct layout *l)
{
	if (!l)
		return;
	pdf_free(l->pdf);
	font_set_free(l->fonts);
	free(l);
}

/* Set a text in a style; NULL after a fault. */
static struct text *set(struct layout *l, enum layout_style style, const char *utf8, double width)
{
	const struct style *s = &styles[style];
	struct text_style how = { .fonts = l->fonts,
		                  .weight = s->weight,
		                  .size = s->size,
		                  .language = l->setup.language,
		                  .right_to_left = l->setup.right_to_left };
	struct text *t = NULL;
	struct err err;

	if (pdf_failed(l->pdf))
		return NULL;
	if (s->balanced ? text_create_balanced(&t, utf8, &how, width, &err)
	                : text_create(&t, utf8, &how, width, &err)) {
		pdf_fail(l->pdf, &err);
		return NULL;
	}
	return t;
}

double layout_mirror(const struct layout *l, double x, double width)
{
	return l->setup.right_to_left ? LAYOUT_WIDTH - x - width : x;
}

void layout_bare_page(struct layout *l)
{
	pdf_page(l->pdf, LAYOUT_WIDTH, LAYOUT_HEIGHT);
	l->y = LAYOUT_TOP;
}

void layout_page(struct layout *l)
{
	char number[16];

	layout_bare_page(l);
	snprintf(number, sizeof number, "%zu", pdf_pages(l->pdf));
	pdf_tag_artifact(l->pdf, "Pagination");
	layout_text(l, LAYOUT_SMALL, l->setup.head, LAYOUT_LEFT, LAYOUT_HEIGHT - 48, LAYOUT_START,
	            l->color.muted);
	if (l->setup.banner)
		layout_text(l, LAYOUT_SMALL, l->setup.banner, LAYOUT_RIGHT, LAYOUT_HEIGHT - 48,
		            LAYOUT_END, l->color.muted);
	layout_line(l, LAYOUT_LEFT, LAYOUT_HEIGHT - 55, LAYOUT_RIGHT, LAYOUT_HEIGHT - 55, 0.5,
	            l->color.hair);
	layout_text(l, LAYOUT_VALUE, number, LAYOUT_RIGHT, 42, LAYOUT_END, l->color.accent);
	pdf_tag_artifact_end(l->pdf);
}

size_t layout_at(const struct layout *l)
{
	size_t n = pdf_pages(l->pdf);

	return n ? n - 1 : 0;
}

double layout_room(const struct layout *l)
{
	return l->y - LAYOUT_FOOT;
}

void layout_need(struct layout *l, double height)
{
	if (height > layout_room(l) && l->y < LAYOUT_TOP)
		layout_page(l);
}

void layout_skip(struct layout *l, double height)
{
	if (l->y < LAYOUT_TOP)
		l->y -= height;
}

double layout_size(enum layout_style style)
{
	return styles[style].size;
}

double layout_leading(enum layout_style style)
{
	return styles[style].leading;
}

double layout_text_width(struct layout *l, enum layout_style style, const char *utf8)
{
	struct text *t = set(l, style, utf8, TEXT_WIDE);
	double width = t ? t->width : 0;

	text_free(t);
	return width;
}

double layout_word_width(struct layout *l, enum layout_style style, const char *utf8)
{
	struct text_style how = { .fonts = l->fonts,
		                  .weight = styles[style].weight,
		                  .size = styles[style].size,
		                  .language = l->setup.language,
		                  .right_to_left = l->setup.right_to_left };
	struct err err;
	double width = 0;

	if (!pdf_failed(l->pdf) && text_longest_word(&width, utf8, &how, &err))
		pdf_fail(l->pdf, &err);
	return width;
}

double layout_text_height(struct layout *l, enum layout_style style, const char *utf8,
                          double width)
{
	struct text *t = set(l, style, utf8, width);
	double height = t ? (double)t->n * styles[style].leading : 0;

	text_free(t);
	return height;
}

double layout_last_width(struct layout *l, enum layout_style style, const char *utf8,
                         double width)
{
	struct text *t = set(l, style, utf8, width);
	double last = t && t->n ? t->lines[t->n - 1].width : 0;

	text_free(t);
	return last;
}

void layout_box(struct layout *l, double x, double y, double width, double height,
                struct pdf_color color)
{
	pdf_draw_box(l->pdf, layout_mirror(l, x, width), y, width, height, color);
}

void layout_hatch(struct layout *l, double x, double y, double width, double height)
{
	pdf_draw_hatch(l->pdf, layout_mirror(l, x, width), y, width, height, l->color.muted);
}

void layout_line(struct layout *l, double x0, double y0, double x1, double y1, double width,
                 struct pdf_color color)
{
	pdf_draw_line(l->pdf, layout_mirror(l, x0, 0), y0, layout_mirror(l, x1, 0), y1, width,
	              color);
}

void layout_dots(struct layout *l, double x0, double x1, double y)
{
	double left = layout_mirror(l, x0, x1 - x0);

	pdf_draw_dots(l->pdf, left, left + x1 - x0, y, l->color.muted);
}

/* Draw one line whose box begins at logical x and is `width` wide. */
static void draw_line(struct layout *l, const struct text *t, size_t line, double x, double width,
                      double y, enum layout_align align, struct pdf_color color)
{
	double own = t->lines[line].width, shift = 0;

	if (align == LAYOUT_MIDDLE)
		shift = (width - own) / 2;
	else if (align == LAYOUT_END)
		shift = width - own;
	pdf_text_draw(l->pdf, t, line, layout_mirror(l, x + shift, own), y, color);
}

double layout_text(struct layout *l, enum layout_style style, const char *utf8, double x, double y,
                   enum layout_align align, struct pdf_color color)
{
	struct text *t = set(l, style, utf8, TEXT_WIDE);
	double width = 0;

	if (t && t->n) {
		width = t->lines[0].width;
		if (align == LAYOUT_MIDDLE)
			x -= width / 2;
		else if (align == LAYOUT_END)
			x -= width;
		draw_line(l, t, 0, x, width, y, LAYOUT_START, color);
	}
	text_free(t);
	return width;
}

/* The first baseline stands where letters are centred in their leading. */
static double baseline(enum layout_style style)
{
	return styles[style].leading / 2 + styles[style].size * 0.36;
}

double layout_block(struct layout *l, enum layout_style style, const char *utf8, double x,
                    double top, double width, enum layout_align align, struct pdf_color color)
{
	struct text *t = set(l, style, utf8, width);
	double height = 0;

	for (size_t i = 0; t && i < t->n; i++) {
		draw_line(l, t, i, x, width, top - height - baseline(style), align, color);
		height += styles[style].leading;
	}
	text_free(t);
	return height;
}

/* How many of the lines from `at` on go on this page: no line alone on either side. */
static size_t lines_here(const struct layout *l, size_t at, size_t n, double leading)
{
	double room = layout_room(l) / leading;
	size_t fit = room < 0 ? 0 : (size_t)(room + 1e-6), left = n - at;

	if (fit >= left)
		return left;
	if (left - fit < 2)
		fit = left - 2 < fit ? left - 2 : fit;
	return fit < 2 ? 0 : fit;
}

void layout_paragraph_color(struct layout *l, enum layout_style style, const char *type,
                            const char *utf8, struct pdf_color color)
{
	const struct style *s = &styles[style];
	struct text *t = set(l, style, utf8, LAYOUT_COLUMN);

	layout_skip(l, s->before);
	pdf_tag_open(l->pdf, type);
	if (l->setup.right_to_left)
		pdf_tag_actual(l->pdf, utf8);
	for (size_t at = 0; t && at < t->n;) {
		size_t here = lines_here(l, at, t->n, s->leading);

		if (!here && l->y < LAYOUT_TOP) {
			layout_page(l);
			continue;
		}
		pdf_tag_content(l->pdf);
		for (size_t end = at + (here ? here : t->n - at); at < end; at++) {
			draw_line(l, t, at, LAYOUT_LEFT, LAYOUT_COLUMN, l->y - baseline(style),
			          LAYOUT_START, color);
			l->y -= s->leading;
		}
		pdf_tag_content_end(l->pdf);
	}
	pdf_tag_close(l->pdf);
	l->y -= s->after;
	text_free(t);
}

void layout_paragraph(struct layout *l, enum layout_style style, const char *type,
                      const char *utf8)
{
	layout_paragraph_color(l, style, type, utf8, l->color.ink);
}
