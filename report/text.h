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

struct text_glyph {
	uint32_t id;
	size_t start, end;       /* the UTF-16 units it stands for (a cluster) */
	double advance, dx, dy; /* points */
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

enum { TEXT_WIDE = 1 << 20 }; /* points: a width at which nothing breaks */

/*
 * Set `utf8` (malformed bytes become U+FFFD) in lines of at most `width` points; a word that is
 * longer is broken between clusters. Characters without a font are noted in the font set.
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
 * borrowed by the runs.
 */
int text_create_spans(struct text **out, const char *utf8, const struct text_style *style,
                      const struct text_span *spans, size_t n, double width, bool balanced,
                      struct err *err);
void text_free(struct text *t);

/* Width in points of the longest word: no narrower column holds the text unbroken. */
int text_longest_word(double *out, const char *utf8, const struct text_style *style,
                      struct err *err);

#endif
