/*
 * text.h - text becomes lines of positioned glyphs: bidirectional order (UAX 9), runs of one
 * script and font, line breaks (UAX 14), shaping. It knows fonts, but neither pages nor PDF.
 */
#ifndef REPORT_TEXT_H
#define REPORT_TEXT_H

#include "lib/base/err.h"
#include "report/font.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text_style {
	struct font_set *fonts; /* borrowed */
	enum font_family family;
	enum font_weight weight;
	bool slanted;
	double size; /* points */
	const char *language; /* BCP 47; borrowed */
	bool right_to_left;   /* direction of the paragraph */
};

/* A part of a text that is set in another way. */
struct text_span {
	size_t start, end; /* bytes of the UTF-8 text; spans are in order and do not overlap */
	enum font_weight weight; /* FONT_BOLD, or as the style says */
	bool slanted;
	bool raised;          /* a small figure above the line: the mark of a footnote */
	const char *language; /* of these words, or NULL: the style's */
	unsigned mark;        /* the caller's own; 0 elsewhere. A run has one mark only */
};

/* Small, because a report keeps a hundred thousand. */
struct text_glyph {
	uint32_t id;
	uint32_t start, end;   /* the UTF-16 units it stands for (a cluster) */
	float advance, dx, dy; /* points */
	bool tied; /* to the cluster before it: whoever cuts there shapes anew */
};

/* Glyphs of one font and direction, from left to right. */
struct text_run {
	struct font *font;
	bool right_to_left;
	struct text_glyph *glyphs;
	size_t n;
	double width;
	double size;  /* points, smaller where raised */
	double rise;  /* points above the line's baseline */
	unsigned mark;        /* of its span */
	const char *language; /* of its span, or NULL */
};

struct text_line {
	struct text_run *runs; /* from left to right */
	size_t n;
	size_t start, end;
	double width; /* points, without blanks at the end */
	double blank; /* width of those blanks, which stand at the line's end side */
};

struct text {
	uint16_t *units; /* UTF-16 */
	size_t length;
	struct text_line *lines;
	size_t n;
	double size;
	double width; /* of the widest line */
	bool right_to_left;
};

/* Neighbouring runs of one mark on a line. */
struct text_part {
	size_t first, n; /* runs of the line */
	double x, width; /* points; from the left end of the line's runs */
	unsigned mark;
	const char *language; /* of the span, or NULL */
};

enum { TEXT_WIDE = 1 << 20 }; /* points: a width at which nothing breaks */

/*
 * Set `utf8` (malformed bytes become U+FFFD) in lines of at most `width` points; a word that is
 * longer is broken between clusters. There are as few lines as can be; among those the breaks are
 * chosen that leave the edge the smoothest and no short word alone on the last line. Characters
 * without a font are noted in the font set.
 * Faults: ERR_NOMEM, ERR_INPUT (ICU). The caller owns *out.
 */
int text_create(struct text **out, const char *utf8, const struct text_style *style, double width,
                struct err *err);
/*
 * The same with lines as equally long as the number of lines allows: for headings and labels.
 */
int text_create_balanced(struct text **out, const char *utf8, const struct text_style *style,
                         double width, struct err *err);
/*
 * The same for a text with spans. Lines of equal length: `balanced`. The spans' languages are
 * borrowed by the runs. A raised span stays on the line of what stands before it.
 */
int text_create_spans(struct text **out, const char *utf8, const struct text_style *style,
                      const struct text_span *spans, size_t n, double width, bool balanced,
                      struct err *err);
void text_free(struct text *t);

/*
 * The parts of a line in the order of reading. Fills at most `cap` (a line has no more parts than
 * runs); returns how many there are.
 */
size_t text_parts(struct text_part *out, size_t cap, const struct text *t, size_t line);

/* Width in points of the longest word: no narrower column holds the text unbroken. */
int text_longest_word(double *out, const char *utf8, const struct text_style *style,
                      struct err *err);

#endif
