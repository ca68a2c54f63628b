/*
 * layout.h - the pages: A4, margins, one column on a grid of 7 points, running head, page number.
 *
 * Places are logical: x grows in the direction of reading from the page's reading edge, and the
 * layout mirrors them for languages written from right to left. y is the PDF's. Faults are the
 * document's (pdf.h): drawing never returns one.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "report/pdf.h"
#include "report/pdf_draw.h"
#include "report/text.h"

/* Points. */
#define LAYOUT_WIDTH 595.28
#define LAYOUT_HEIGHT 841.89
#define LAYOUT_LEFT 62.0
#define LAYOUT_RIGHT (LAYOUT_WIDTH - 62.0)
#define LAYOUT_COLUMN (LAYOUT_RIGHT - LAYOUT_LEFT)
#define LAYOUT_TOP (LAYOUT_HEIGHT - 84.0) /* content begins below */
#define LAYOUT_FOOT 72.0                  /* and ends above */
#define LAYOUT_STEP 7.0                   /* leadings and spaces are multiples of it */

enum layout_style {
	LAYOUT_COVER_TITLE,
	LAYOUT_COVER_SUBTITLE,
	LAYOUT_COVER_LINE,
	LAYOUT_CHAPTER,
	LAYOUT_HEADING,
	LAYOUT_SUBHEADING,
	LAYOUT_BODY,
	LAYOUT_NOTE,
	LAYOUT_CAPTION,
	LAYOUT_CELL,
	LAYOUT_CELL_BOLD,
	LAYOUT_CELL_HEAD,
	LAYOUT_LABEL,
	LAYOUT_VALUE,
	LAYOUT_SMALL,
	LAYOUT_STYLES
};

enum layout_align { LAYOUT_START, LAYOUT_MIDDLE, LAYOUT_END };

struct layout_palette {
	struct pdf_color ink, muted, hair, track, paper, accent, tint;
};

struct layout_setup {
	const char *language;
	bool right_to_left;
	const char *title, *subject; /* of the document */
	const char *head;            /* running head */
	const char *banner;          /* beside it, or NULL */
	size_t series;               /* chooses the accent's colour */
};

struct layout {
	struct pdf *pdf;
	struct font_set *fonts;
	struct layout_palette color;
	struct layout_setup setup; /* texts borrowed */
	double y;                  /* what follows is set below */
};

/* Start a document without pages. `setup`'s texts must outlive it. */
int layout_create(struct layout **out, const struct layout_setup *setup, struct err *err);
void layout_free(struct layout *l);

/* A new page with running head and number, or (for the cover) without. */
void layout_page(struct layout *l);
void layout_bare_page(struct layout *l);
/* Index of the current page. */
size_t layout_at(const struct layout *l);
/* How much room is left on the page; break it if `height` does not fit. */
double layout_room(const struct layout *l);
void layout_need(struct layout *l, double height);
/* Leave room, unless the page has just begun. */
void layout_skip(struct layout *l, double height);

double layout_size(enum layout_style style);    /* points */
double layout_leading(enum layout_style style); /* baseline to baseline */
double layout_text_width(struct layout *l, enum layout_style style, const char *utf8);
double layout_word_width(struct layout *l, enum layout_style style, const char *utf8);
/* Height of a text set in this width. */
double layout_text_height(struct layout *l, enum layout_style style, const char *utf8,
                          double width);
/* Width of a text's last line. */
double layout_last_width(struct layout *l, enum layout_style style, const char *utf8,
                         double width);

/*
 * A paragraph in the column, tagged as `type` ("P", "H2", "Caption"), over as many pages as it
 * takes, with at least two lines on each. Moves y below it.
 */
void layout_paragraph(struct layout *l, enum layout_style style, const char *type,
                      const char *utf8);
void layout_paragraph_color(struct layout *l, enum layout_style style, const char *type,
                            const char *utf8, struct pdf_color color);

/* Inside tagged content or an artifact, at logical places. */
void layout_box(struct layout *l, double x, double y, double width, double height,
                struct pdf_color color);
void layout_hatch(struct layout *l, double x, double y, double width, double height);
void layout_line(struct layout *l, double x0, double y0, double x1, double y1, double width,
                 struct pdf_color color);
void layout_dots(struct layout *l, double x0, double x1, double y);
/* One line: `x` is its start, middle or end, `y` its baseline. Returns its width. */
double layout_text(struct layout *l, enum layout_style style, const char *utf8, double x, double y,
                   enum layout_align align, struct pdf_color color);
/* Lines in a box of `width` from `top` down. Returns the height. */
double layout_block(struct layout *l, enum layout_style style, const char *utf8, double x,
                    double top, double width, enum layout_align align, struct pdf_color color);

/* The left edge, in the PDF's own coordinates, of something logical. */
double layout_mirror(const struct layout *l, double x, double width);

#endif
