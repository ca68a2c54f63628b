/* pdf_draw.c - shapes enter, operators of the page's content leave (ISO 32000-1, 8.5). */
#include "report/pdf_draw.h"

#include "report/pdf_object.h"

#include <stdarg.h>

/* Write `n` numbers and an operator. */
static void put(struct buf *b, const char *operator, int n, ...)
{
	va_list args;

	va_start(args, n);
	for (int i = 0; i < n; i++) {
		pdf_object_write_number(b, va_arg(args, double));
		buf_putc(b, ' ');
	}
	va_end(args);
	buf_puts(b, operator);
	buf_putc(b, '\n');
}

void pdf_draw_box(struct pdf *p, double x, double y, double width, double height,
                  struct color color)
{
	struct buf *b = pdf_object_content(p);

	if (!b || width <= 0 || height <= 0)
		return;
	pdf_object_fill(p, color);
	put(b, "re", 4, x, y, width, height);
	put(b, "f", 0);
}

void pdf_draw_line(struct pdf *p, double x0, double y0, double x1, double y1, double width,
                   struct color color)
{
	struct buf *b = pdf_object_content(p);

	if (!b)
		return;
	put(b, "RG", 3, color.red, color.green, color.blue);
	put(b, "w", 1, width);
	put(b, "m", 2, x0, y0);
	put(b, "l", 2, x1, y1);
	put(b, "S", 0);
}

void pdf_draw_dots(struct pdf *p, double x0, double x1, double y, struct color color)
{
	struct buf *b = pdf_object_content(p);

	if (!b || x1 <= x0)
		return;
	buf_puts(b, "q\n1 J [0 4] 0 d\n");
	pdf_draw_line(p, x0, y, x1, y, 0.9, color);
	buf_puts(b, "Q\n");
}

void pdf_draw_disc(struct pdf *p, double x, double y, double radius, struct color color,
                   bool hollow)
{
	static const double ROUND = 0.5522847498; /* a quarter of a circle as a curve */
	static const double RING = 0.3;           /* of the radius */
	struct buf *b = pdf_object_content(p);
	double r = hollow ? radius * (1 - RING / 2) : radius, k = r * ROUND;

	if (!b || radius <= 0)
		return;
	if (hollow) {
		pdf_object_fill(p, (struct color){ 1, 1, 1 });
		put(b, "RG", 3, color.red, color.green, color.blue);
		put(b, "w", 1, radius * RING);
	} else {
		pdf_object_fill(p, color);
	}
	put(b, "m", 2, x + r, y);
	put(b, "c", 6, x + r, y + k, x + k, y + r, x, y + r);
	put(b, "c", 6, x - k, y + r, x - r, y + k, x - r, y);
	put(b, "c", 6, x - r, y - k, x - k, y - r, x, y - r);
	put(b, "c", 6, x + k, y - r, x + r, y - k, x + r, y);
	put(b, hollow ? "b" : "f", 0);
}

void pdf_draw_hatch(struct pdf *p, double x, double y, double width, double height,
                    struct color color)
{
	static const double STEP = 3.5, STROKE = 0.6;
	struct buf *b = pdf_object_content(p);

	if (!b || width <= 0 || height <= 0)
		return;
	put(b, "q", 0);
	put(b, "re", 4, x, y, width, height);
	put(b, "W n", 0);
	put(b, "RG", 3, color.red, color.green, color.blue);
	put(b, "w", 1, STROKE);
	for (double at = x - height; at < x + width; at += STEP) {
		put(b, "m", 2, at, y);
		put(b, "l", 2, at + height, y + height);
	}
	put(b, "re", 4, x, y, width, height);
	put(b, "S", 0);
	put(b, "Q", 0);
}
