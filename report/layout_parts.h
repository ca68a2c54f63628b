/*
 * layout_parts.h - inside of the layout: the page that is being filled and what every block needs.
 *
 * Places are logical: x grows in the direction of reading from the page's reading edge, and drawing
 * mirrors it for languages written from right to left. y is the PDF's. A document is laid out
 * twice: as a draft, which only tells on which page everything comes to stand, and in earnest.
 */
#ifndef REPORT_LAYOUT_PARTS_H
#define REPORT_LAYOUT_PARTS_H

#include "forms/pool.h"
#include "report/document.h"
#include "report/layout.h"
#include "report/pdf.h"

#define LAYOUT_STEP 7.0 /* half a line of the body: spaces and leadings are multiples */

enum { LAYOUT_FLOATS = 8, LAYOUT_DEPTH = 8 };

/* What paper and theme decide, in points. */
struct layout_grid {
	double width, height;
	double left, right; /* edges of everything, logical */
	double column;      /* width of the column for reading, from `left` */
	double side, side_width; /* the margin for notes: where it begins, how wide it is */
	double top, foot;   /* y of the first line's upper edge; content ends above */
};

/* Where a block came to stand. */
struct layout_place {
	const struct document_block *block;
	size_t page;
	double y;
};

/* A text with its form, ready to set. */
struct layout_rich {
	const struct document_text *source; /* which spans were set ... */
	enum type_style style;              /* ... how ... */
	double width;                       /* ... and how wide; it is found again by these */
	const struct text *text;
	const struct document_span *const *spans; /* by the mark of a run, less 1 */
	const unsigned *notes; /* numbers of footnotes by the same, or 0 */
	size_t n;
	const char *words;
	struct layout_rich *next;
};

/* A footnote that has a mark on this page. */
struct layout_footnote {
	unsigned number;
	const struct document_text *text;
	int section; /* the element of the structure that its mark is in */
};

/* A figure that waits, and the element that it is read in. */
struct layout_float {
	const struct document_block *block;
	int section;
};

enum { LAYOUT_RICH_BUCKETS = 1024 };

struct layout {
	struct document *d;
	const struct palette *color;
	struct type *type;
	struct pdf *pdf;
	struct pool *pool;
	struct layout_grid grid;
	bool draft;
	size_t n_pages;    /* so far, in this pass */
	size_t chapter_page; /* where this chapter begins */
	double y;          /* what follows is set below */
	double side_y;     /* side notes of this page begin no higher */
	double indent;     /* of lists and quotations */
	const char *chapter; /* for the running head; or "" */
	struct layout_footnote *notes; /* of this page */
	size_t n_notes, cap_notes;
	double notes_height;
	struct layout_float floats[LAYOUT_FLOATS]; /* figures that wait for the next page */
	size_t n_floats;
	bool floating; /* while they are placed */
	struct layout_place *places; /* of blocks with an id or in the contents */
	size_t n_places, cap_places;
	struct layout_rich *rich[LAYOUT_RICH_BUCKETS];
	const struct document_text **numbered; /* footnotes in the order of their numbers */
	size_t n_numbered, last_numbered;
	int bookmark[4]; /* the last one of each level */
};

/* --- pages (layout_page.c) --- */
struct layout_grid layout_grid(const struct theme *t);
/* A new page, with running head and number or (bare: the cover) without. */
void layout_page(struct layout *l);
void layout_bare_page(struct layout *l);
/* Write what belongs to the foot of the page that is left. */
void layout_page_end(struct layout *l);
/* Height that is left on the page, less `notes` more points of footnotes. */
double layout_room(const struct layout *l);
/* Has nothing been set on the page yet? */
bool layout_fresh(const struct layout *l);
void layout_need(struct layout *l, double height); /* break the page if it does not fit */
void layout_skip(struct layout *l, double height); /* leave room, unless the page is fresh */
void layout_snap(struct layout *l);                /* y back to the grid of half lines */
/* Remember where a block stands. */
void layout_reach(struct layout *l, const struct document_block *b);
const struct layout_place *layout_find(const struct layout *l, const struct document_block *b);
void layout_fail(struct layout *l);

/* --- drawing (layout_draw.c): nothing in a draft --- */
double layout_mirror(const struct layout *l, double x, double width);
void layout_box(struct layout *l, double x, double y, double width, double height,
                struct color color);
void layout_line(struct layout *l, double x0, double y0, double x1, double y1, double width,
                 struct color color);
void layout_dots(struct layout *l, double x0, double x1, double y);
/* One line: `x` is its start, middle or end, `y` its baseline. Returns its width. */
double layout_text(struct layout *l, enum type_style style, const char *utf8, double x, double y,
                   enum canvas_align align, struct color color);
/* Lines in a box of `width` from `top` down. Returns the height. */
double layout_block(struct layout *l, enum type_style style, const char *utf8, double x, double top,
                    double width, enum canvas_align align, struct color color);
void layout_open(struct layout *l, const char *type); /* an element of the structure */
void layout_close(struct layout *l);
int layout_section(const struct layout *l); /* pdf_tag_section() */
void layout_beside(struct layout *l, int section); /* pdf_tag_beside(); closed like an element */
void layout_content(struct layout *l); /* what follows is content of the open element ... */
void layout_content_end(struct layout *l);
void layout_artifact(struct layout *l, const char *type); /* ... or decoration */
void layout_artifact_end(struct layout *l);

/* --- texts with form (layout_rich.c) --- */
/* NULL after a fault. */
const struct layout_rich *layout_rich(struct layout *l, const struct document_text *t,
                                      enum type_style style, double width);
double layout_rich_height(struct layout *l, const struct document_text *t, enum type_style style,
                          double width);
/* Lines from..to of it, from the reading edge x and `top` down, as content of the open element. */
void layout_rich_lines(struct layout *l, const struct layout_rich *r, size_t from, size_t to,
                       double x, double top, struct color color);
/* The whole in one box, without breaking, and its footnotes. Returns the height without those. */
double layout_rich_block(struct layout *l, const struct document_text *t, enum type_style style,
                         double x, double top, double width, struct color color);
/* Footnotes whose marks stand in a line, and the height that they take. */
double layout_rich_notes(struct layout *l, const struct layout_rich *r, size_t line);
void layout_rich_note(struct layout *l, const struct layout_rich *r, size_t line);
/* Height of all of a text's footnotes. */
double layout_rich_all_notes(struct layout *l, const struct document_text *t, enum type_style style,
                             double width);
/* Number the document's footnotes. */
void layout_rich_number(struct layout *l);

/* --- blocks --- */
/* layout_flow.c: a section's children and all that flows. */
void layout_blocks(struct layout *l, const struct document_block *first);
void layout_paragraph(struct layout *l, const struct document_text *t, enum type_style style,
                      const char *type, struct color color);
void layout_floats(struct layout *l); /* place the figures that wait */
/* layout_figure.c */
double layout_figure_height(struct layout *l, const struct document_block *b);
void layout_figure(struct layout *l, const struct document_block *b);
/* From one call-out on: how many neighbours stand in one row; its height with footnotes; draw it. */
size_t layout_callouts(const struct document_block *b);
double layout_callouts_height(struct layout *l, const struct document_block *b, size_t n);
void layout_callouts_draw(struct layout *l, const struct document_block *b, size_t n);
/* layout_table.c */
/* of what must not be cut */
double layout_table_height(struct layout *l, const struct document_block *b);
void layout_table(struct layout *l, const struct document_block *b);
/* layout_front.c */
void layout_cover(struct layout *l);
void layout_contents(struct layout *l);

#endif
