/*
 * canvas_svg.h - a canvas (canvas.h) that is an SVG within HTML. Colours are attributes, so that a
 * drawing stands without a style sheet; those that were used are kept, for a sheet that changes
 * them. Words stay words: a browser sets them in its own letters, anchored where they were meant
 * to begin, to stand or to end.
 */
#ifndef REPORT_CANVAS_SVG_H
#define REPORT_CANVAS_SVG_H

#include "lib/base/buf.h"
#include "report/canvas.h"

#include <stdint.h>

/* Colours that drawings have used: 0xRRGGBB each, in the order of their first use. */
struct canvas_svg_colors {
	struct buf list; /* of uint32_t; sticky */
};

struct canvas_svg {
	struct buf *out; /* borrowed; sticky */
	struct canvas_svg_colors *colors; /* borrowed */
	double width;
	bool right_to_left;
	enum canvas_align anchor; /* of the next text */
};

extern const struct canvas_calls canvas_svg_calls;

/* Append a number with at most two places, whatever the locale. */
void canvas_svg_number(struct buf *out, double value);
/* A colour as 0xRRGGBB, and as "#rrggbb". */
uint32_t canvas_svg_rgb(struct color c);
void canvas_svg_hex(struct buf *out, uint32_t rgb);

size_t canvas_svg_colors_count(const struct canvas_svg_colors *c);
uint32_t canvas_svg_colors_at(const struct canvas_svg_colors *c, size_t index);
void canvas_svg_colors_finish(struct canvas_svg_colors *c);

/*
 * The pattern of figures that are not published, id "Hatch": once in a page, before its drawings,
 * within an SVG of its own.
 */
void canvas_svg_pattern(struct buf *out, struct canvas_svg_colors *colors, struct color c);

#endif
