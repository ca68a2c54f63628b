/* canvas_pdf.c - logical places of a drawing enter, calls of the PDF leave. */
#include "report/canvas_pdf.h"

#include "report/pdf_draw.h"
#include "report/pdf_text.h"

static double left(const struct canvas_pdf *p, double x, double width)
{
	return p->x + (p->mirrored ? p->width - x - width : x);
}

static void box(void *to, double x, double y, double width, double height, struct color c)
{
	struct canvas_pdf *p = to;

	pdf_draw_box(p->pdf, left(p, x, width), p->y - y - height, width, height, c);
}

static void hatch(void *to, double x, double y, double width, double height, struct color c)
{
	struct canvas_pdf *p = to;

	pdf_draw_hatch(p->pdf, left(p, x, width), p->y - y - height, width, height, c);
}

static void line(void *to, double x0, double y0, double x1, double y1, double width, struct color c)
{
	struct canvas_pdf *p = to;

	pdf_draw_line(p->pdf, left(p, x0, 0), p->y - y0, left(p, x1, 0), p->y - y1, width, c);
}

static void disc(void *to, double x, double y, double radius, struct color c, bool hollow)
{
	struct canvas_pdf *p = to;

	pdf_draw_disc(p->pdf, left(p, x, 0), p->y - y, radius, c, hollow);
}

static void text(void *to, const struct text *t, size_t l, enum type_style style, double x,
                 double y, struct color c)
{
	struct canvas_pdf *p = to;

	(void)style;
	pdf_text_draw(p->pdf, t, l, left(p, x, t->lines[l].width), p->y - y, c);
}

static const struct canvas_calls calls = { box, hatch, line, disc, text };

struct canvas canvas_pdf(struct canvas_pdf *to, struct type *type, const struct palette *color)
{
	return (struct canvas){ .calls = &calls, .to = to, .width = to->width, .type = type,
		                .color = color };
}
