/* palette.h - colours, in sRGB, that a report is drawn with, and how to mix them. */
#ifndef REPORT_PALETTE_H
#define REPORT_PALETTE_H

struct color {
	double red, green, blue; /* 0 to 1 */
};

/* What a theme decides. Every pair that stands on another has 4.5:1 at least. */
struct palette {
	struct color ink;    /* text */
	struct color muted;  /* small print, names of axes */
	struct color hair;   /* thin lines */
	struct color track;  /* what a bar is measured against */
	struct color paper;  /* the page, and text on the accent */
	struct color accent; /* headings, bars */
	struct color tint;   /* a pale ground of the accent's hue */
	struct color second; /* the other hue: what is compared, the earlier round */
};

/* From `a` (t 0) to `b` (t 1). */
struct color color_mix(struct color a, struct color b, double t);
/* Ink or paper, whichever is read more easily on `ground` (WCAG 2.2 relative luminance). */
struct color color_on(const struct palette *p, struct color ground);
/* Contrast of two colours, 1 to 21 (WCAG 2.2). */
double color_contrast(struct color a, struct color b);

#endif
