/*
 * canvas.h - what charts draw on: a page of the PDF, or an SVG. Places are logical: x grows in the
 * direction of reading from the reading edge (whoever is drawn on mirrors them for languages
 * written from right to left), y grows downwards from the drawing's upper edge. Lengths are
 * points. Faults are kept by whoever is drawn on.
 */
#ifndef REPORT_CANVAS_H
#define REPORT_CANVAS_H

#include "report/palette.h"
#include "report/type.h"

#include <stdbool.h>

enum canvas_align { CANVAS_START, CANVAS_MIDDLE, CANVAS_END };

struct canvas_calls {
	void (*box)(void *to, double x, double y, double width, double height, struct color c);
	void (*hatch)(void *to, double x, double y, double width, double height, struct color c);
	void (*line)(void *to, double x0, double y0, double x1, double y1, double width,
	             struct color c);
	/* A disc; hollow: a ring on paper. */
	void (*disc)(void *to, double x, double y, double radius, struct color c, bool hollow);
	/* Line `line` of a set text, its box beginning at x, y being the baseline. */
	void (*text)(void *to, const struct text *t, size_t line, enum type_style style, double x,
	             double y, struct color c);
	/*
	 * How the next texts stand in their room, or NULL: for whoever is drawn on sets them in
	 * letters whose width is not known here. `x` of a text is its beginning all the same.
	 */
	void (*anchor)(void *to, enum canvas_align align);
};

struct canvas {
	const struct canvas_calls *calls;
	void *to;
	double width;
	struct type *type;
	const struct palette *color;
};

void canvas_box(const struct canvas *c, double x, double y, double width, double height,
                struct color color);
void canvas_hatch(const struct canvas *c, double x, double y, double width, double height);
void canvas_line(const struct canvas *c, double x0, double y0, double x1, double y1, double width,
                 struct color color);
void canvas_disc(const struct canvas *c, double x, double y, double radius, struct color color,
                 bool hollow);
/* One line: `x` is its start, middle or end, `y` its baseline. Returns its width. */
double canvas_text(const struct canvas *c, enum type_style style, const char *utf8, double x,
                   double y, enum canvas_align align, struct color color);
/* Lines in a box of `width` from `y` down. Returns the height. */
double canvas_block(const struct canvas *c, enum type_style style, const char *utf8, double x,
                    double y, double width, enum canvas_align align, struct color color);

#endif
