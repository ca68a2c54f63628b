/*
 * canvas_svg.c - shapes and set texts at logical places enter, SVG elements leave (SVG 2). Of a set
 * text only the words of a line are taken; `direction` is the drawing's, so that text-anchor's
 * start is the reading edge in both directions.
 */
#include "report/canvas_svg.h"

#include "forms/html.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void canvas_svg_number(struct buf *out, double value)
{
	long hundredths = lround(value * 100);

	if (hundredths < 0)
		buf_putc(out, '-');
	hundredths = labs(hundredths);
	buf_printf(out, "%ld", hundredths / 100);
	if (hundredths % 10)
		buf_printf(out, ".%02ld", hundredths % 100);
	else if (hundredths % 100)
		buf_printf(out, ".%ld", hundredths % 100 / 10);
}

static uint32_t channel(double value)
{
	return (uint32_t)lround(fmin(fmax(value, 0), 1) * 255);
}

uint32_t canvas_svg_rgb(struct color c)
{
	return channel(c.red) << 16 | channel(c.green) << 8 | channel(c.blue);
}

void canvas_svg_hex(struct buf *out, uint32_t rgb)
{
	buf_printf(out, "#%06x", (unsigned)rgb);
}

size_t canvas_svg_colors_count(const struct canvas_svg_colors *c)
{
	return c->list.failed ? 0 : c->list.len / sizeof(uint32_t);
}

uint32_t canvas_svg_colors_at(const struct canvas_svg_colors *c, size_t index)
{
	uint32_t rgb;

	memcpy(&rgb, c->list.data + index * sizeof rgb, sizeof rgb);
	return rgb;
}

void canvas_svg_colors_finish(struct canvas_svg_colors *c)
{
	buf_finish(&c->list);
}

static void put_color(struct buf *out, struct canvas_svg_colors *colors, const char *attribute,
                      struct color c)
{
	uint32_t rgb = canvas_svg_rgb(c);
	size_t n = canvas_svg_colors_count(colors), i = 0;

	while (i < n && canvas_svg_colors_at(colors, i) != rgb)
		i++;
	if (i == n)
		buf_put(&colors->list, &rgb, sizeof rgb);
	buf_printf(out, " %s=\"", attribute);
	canvas_svg_hex(out, rgb);
	buf_putc(out, '"');
}

static void put_number(struct buf *out, const char *attribute, double value)
{
	buf_printf(out, " %s=\"", attribute);
	canvas_svg_number(out, value);
	buf_putc(out, '"');
}

void canvas_svg_pattern(struct buf *out, struct canvas_svg_colors *colors, struct color c)
{
	buf_puts(out, "<pattern id=\"Hatch\" width=\"3\" height=\"3\" "
	              "patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">"
	              "<path d=\"M0 0V3\" stroke-width=\"1.4\"");
	put_color(out, colors, "stroke", c);
	buf_puts(out, "/></pattern>");
}

/* Where a box or a point begins from the left. */
static double left(const struct canvas_svg *s, double x, double width)
{
	return s->right_to_left ? s->width - x - width : x;
}

static void put_box(const struct canvas_svg *s, double x, double y, double width, double height)
{
	buf_puts(s->out, "<rect");
	put_number(s->out, "x", left(s, x, width));
	put_number(s->out, "y", y);
	put_number(s->out, "width", width);
	put_number(s->out, "height", height);
}

static void draw_box(void *to, double x, double y, double width, double height, struct color c)
{
	struct canvas_svg *s = to;

	put_box(s, x, y, width, height);
	put_color(s->out, s->colors, "fill", c);
	buf_puts(s->out, "/>");
}

static void draw_hatch(void *to, double x, double y, double width, double height, struct color c)
{
	struct canvas_svg *s = to;

	/* The outline lies within the box, as the box of a figure does. */
	put_box(s, x + .25, y + .25, fmax(width - .5, 0), fmax(height - .5, 0));
	buf_puts(s->out, " fill=\"url(#Hatch)\" stroke-width=\".5\"");
	put_color(s->out, s->colors, "stroke", c);
	buf_puts(s->out, "/>");
}

static void draw_line(void *to, double x0, double y0, double x1, double y1, double width,
                      struct color c)
{
	struct canvas_svg *s = to;

	buf_puts(s->out, "<line");
	put_number(s->out, "x1", left(s, x0, 0));
	put_number(s->out, "y1", y0);
	put_number(s->out, "x2", left(s, x1, 0));
	put_number(s->out, "y2", y1);
	put_number(s->out, "stroke-width", width);
	put_color(s->out, s->colors, "stroke", c);
	buf_puts(s->out, "/>");
}

static void draw_disc(void *to, double x, double y, double radius, struct color c, bool hollow)
{
	const double ring = radius * .4;
	struct canvas_svg *s = to;

	buf_puts(s->out, "<circle");
	put_number(s->out, "cx", left(s, x, 0));
	put_number(s->out, "cy", y);
	put_number(s->out, "r", hollow ? radius - ring / 2 : radius);
	if (hollow) {
		buf_puts(s->out, " class=\"ring\" fill=\"#fff\"");
		put_number(s->out, "stroke-width", ring);
	}
	put_color(s->out, s->colors, hollow ? "stroke" : "fill", c);
	buf_puts(s->out, "/>");
}

/* The words of a line, in their order, without the blanks at its end. */
static void put_words(struct buf *out, const struct text *t, const struct text_line *line)
{
	size_t end = line->end;
	struct buf words = { 0 };

	while (end > line->start && (t->units[end - 1] == ' ' || t->units[end - 1] == '\n'))
		end--;
	for (size_t i = line->start; i < end; i++) {
		uint32_t c = t->units[i];
		char bytes[4];

		if (c >= 0xD800 && c < 0xDC00 && i + 1 < end)
			c = 0x10000 + ((c - 0xD800) << 10) + (t->units[++i] - 0xDC00u);
		buf_put(&words, bytes, utf8_write(bytes, (int32_t)c));
	}
	if (words.failed)
		out->failed = true;
	else if (words.data)
		html_text(out, words.data);
	buf_finish(&words);
}

static void draw_text(void *to, const struct text *t, size_t line, enum type_style style, double x,
                      double y, struct color c)
{
	static const char *const anchors[] = { NULL, "middle", "end" };
	struct canvas_svg *s = to;
	double width = t->lines[line].width;

	x += s->anchor == CANVAS_MIDDLE ? width / 2 : s->anchor == CANVAS_END ? width : 0;
	buf_puts(s->out, "<text");
	put_number(s->out, "x", left(s, x, 0));
	put_number(s->out, "y", y);
	if (type_size(style) != type_size(TYPE_LABEL))
		put_number(s->out, "font-size", type_size(style));
	if (type_bold(style))
		buf_puts(s->out, " font-weight=\"700\"");
	if (anchors[s->anchor])
		html_attribute(s->out, "text-anchor", anchors[s->anchor]);
	put_color(s->out, s->colors, "fill", c);
	buf_putc(s->out, '>');
	put_words(s->out, t, &t->lines[line]);
	buf_puts(s->out, "</text>");
}

static void set_anchor(void *to, enum canvas_align align)
{
	struct canvas_svg *s = to;

	s->anchor = align;
}

const struct canvas_calls canvas_svg_calls = {
	.box = draw_box,
	.hatch = draw_hatch,
	.line = draw_line,
	.disc = draw_disc,
	.text = draw_text,
	.anchor = set_anchor,
};
