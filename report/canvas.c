/* canvas.c - texts and shapes at logical places enter, calls of what is drawn on leave. */
#include "report/canvas.h"

void canvas_box(const struct canvas *c, double x, double y, double width, double height,
                struct color color)
{
	if (width > 0 && height > 0)
		c->calls->box(c->to, x, y, width, height, color);
}

void canvas_hatch(const struct canvas *c, double x, double y, double width, double height)
{
	c->calls->hatch(c->to, x, y, width, height, c->color->muted);
}

void canvas_line(const struct canvas *c, double x0, double y0, double x1, double y1, double width,
                 struct color color)
{
	c->calls->line(c->to, x0, y0, x1, y1, width, color);
}

void canvas_disc(const struct canvas *c, double x, double y, double radius, struct color color,
                 bool hollow)
{
	c->calls->disc(c->to, x, y, radius, color, hollow);
}

static double shift(double room, double own, enum canvas_align align)
{
	return align == CANVAS_MIDDLE ? (room - own) / 2 : align == CANVAS_END ? room - own : 0;
}

static void anchor(const struct canvas *c, enum canvas_align align)
{
	if (c->calls->anchor)
		c->calls->anchor(c->to, align);
}

double canvas_text(const struct canvas *c, enum type_style style, const char *utf8, double x,
                   double y, enum canvas_align align, struct color color)
{
	const struct text *t = type_set(c->type, style, utf8, TEXT_WIDE);

	if (!t || !t->n)
		return 0;
	anchor(c, align);
	c->calls->text(c->to, t, 0, style, x + shift(0, t->lines[0].width, align), y, color);
	return t->lines[0].width;
}

double canvas_block(const struct canvas *c, enum type_style style, const char *utf8, double x,
                    double y, double width, enum canvas_align align, struct color color)
{
	const struct text *t = type_set(c->type, style, utf8, width);
	double leading = type_leading(style);

	anchor(c, align);
	for (size_t i = 0; t && i < t->n; i++)
		c->calls->text(c->to, t, i, style, x + shift(width, t->lines[i].width, align),
		               y + (double)i * leading + type_baseline(style), color);
	return t ? (double)t->n * leading : 0;
}
