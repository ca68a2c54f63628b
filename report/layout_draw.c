/* layout_draw.c - logical places enter, calls of the PDF leave; in a draft nothing does. */
#include "report/layout_parts.h"
#include "report/pdf_draw.h"
#include "report/pdf_tag.h"
#include "report/pdf_text.h"

double layout_mirror(const struct layout *l, double x, double width)
{
	return l->d->edition->right_to_left ? l->grid.width - x - width : x;
}

void layout_box(struct layout *l, double x, double y, double width, double height,
                struct color color)
{
	if (!l->draft)
		pdf_draw_box(l->pdf, layout_mirror(l, x, width), y, width, height, color);
}

void layout_line(struct layout *l, double x0, double y0, double x1, double y1, double width,
                 struct color color)
{
	if (!l->draft)
		pdf_draw_line(l->pdf, layout_mirror(l, x0, 0), y0, layout_mirror(l, x1, 0), y1,
		              width, color);
}

void layout_dots(struct layout *l, double x0, double x1, double y)
{
	double left = layout_mirror(l, x0, x1 - x0);

	if (!l->draft)
		pdf_draw_dots(l->pdf, left, left + x1 - x0, y, l->color->muted);
}

static double shift(double room, double own, enum canvas_align align)
{
	return align == CANVAS_MIDDLE ? (room - own) / 2 : align == CANVAS_END ? room - own : 0;
}

double layout_text(struct layout *l, enum type_style style, const char *utf8, double x, double y,
                   enum canvas_align align, struct color color)
{
	const struct text *t = type_set(l->type, style, utf8, TEXT_WIDE);
	double width;

	if (!t || !t->n)
		return 0;
	width = t->lines[0].width;
	if (!l->draft)
		pdf_text_draw(l->pdf, t, 0, layout_mirror(l, x + shift(0, width, align), width), y,
		              color);
	return width;
}

double layout_block(struct layout *l, enum type_style style, const char *utf8, double x, double top,
                    double width, enum canvas_align align, struct color color)
{
	const struct text *t = type_set(l->type, style, utf8, width);
	double leading = type_leading(style);

	for (size_t i = 0; t && !l->draft && i < t->n; i++) {
		double own = t->lines[i].width, at = x + shift(width, own, align);

		pdf_text_draw(l->pdf, t, i, layout_mirror(l, at, own),
		              top - (double)i * leading - type_baseline(style), color);
	}
	return t ? (double)t->n * leading : 0;
}

void layout_open(struct layout *l, const char *type)
{
	if (!l->draft)
		pdf_tag_open(l->pdf, type);
}

int layout_section(const struct layout *l)
{
	return l->draft ? 0 : pdf_tag_section(l->pdf);
}

void layout_beside(struct layout *l, int section)
{
	if (!l->draft)
		pdf_tag_beside(l->pdf, section);
}

void layout_close(struct layout *l)
{
	if (!l->draft)
		pdf_tag_close(l->pdf);
}

void layout_content(struct layout *l)
{
	if (!l->draft)
		pdf_tag_content(l->pdf);
}

void layout_content_end(struct layout *l)
{
	if (!l->draft)
		pdf_tag_content_end(l->pdf);
}

void layout_artifact(struct layout *l, const char *type)
{
	if (!l->draft)
		pdf_tag_artifact(l->pdf, type);
}

void layout_artifact_end(struct layout *l)
{
	if (!l->draft)
		pdf_tag_artifact_end(l->pdf);
}
