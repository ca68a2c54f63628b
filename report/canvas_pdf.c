/* canvas_pdf.c - shapes and lines of text at logical places enter, drawing on a page leaves. */
#include "report/canvas_pdf.h"

#include "report/pdf_draw.h"
#include "report/pdf_text.h"


/* The left edge, on the page, of what is `width` wide and begins at `x`. */
static double left(const struct canvas_pdf *to, double x, double width)
{
	return to->mirrored ? to->x - x - width : to->x + x;
}

static void box(void *context, double x, double y, double width, double height, struct color c)
{
	const struct canvas_pdf *to = context;

	pdf_draw_box(to->pdf, left(to, x, width), to->y - y - height, width, height, c);
}

static void hatch(void *context, double x, double y, double width, double height, struct color c)
{
	const struct canvas_pdf *to = context;

	pdf_draw_hatch(to->pdf, left(to, x, width), to->y - y - height, width, height, c);
}

static void line(void *context, double x0, double y0, double x1, double y1, double width,
                 struct color c)
{
	const struct canvas_pdf *to = context;

	pdf_draw_line(to->pdf, left(to, x0, 0), to->y - y0, left(to, x1, 0), to->y - y1, width, c);
}

static void disc(void *context, double x, double y, double radius, struct color c, bool hollow)
{
	const struct canvas_pdf *to = context;

	pdf_draw_disc(to->pdf, left(to, x, 0), to->y - y, radius, c, hollow);
}

static void text(void *context, const struct text *t, size_t nth, enum type_style style, double x,
                 double y, struct color c)
{
	const struct canvas_pdf *to = context;

	(void)style;
	pdf_text_draw(to->pdf, t, nth, left(to, x, t->lines[nth].width), to->y - y, c);
}

static const struct canvas_calls calls = {
	.box = box, .hatch = hatch, .line = line, .disc = disc, .text = text
};

struct canvas canvas_pdf(struct canvas_pdf *to, struct pdf *pdf, double x, double y, double width,
                         struct type *type, const struct palette *color)
{
	*to = (struct canvas_pdf){ .pdf = pdf,
		                   .x = x,
		                   .y = y,
		                   .mirrored = type_setup(type)->right_to_left,
		                   .paper = color->paper };
	return (struct canvas){ .calls = &calls,
		                .to = to,
		                .width = width,
		                .type = type,
		                .color = color };
}
