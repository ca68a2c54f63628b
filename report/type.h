/*
 * type.h - the typography of one report: styles, and texts set in them. A text is set once for each
 * style and width and kept, because a layout measures the same words again and again.
 */
#ifndef REPORT_TYPE_H
#define REPORT_TYPE_H

#include "report/text.h"

enum type_style {
	TYPE_COVER_TITLE,
	TYPE_COVER_SUBTITLE,
	TYPE_COVER_LINE,
	TYPE_CHAPTER,
	TYPE_HEADING,
	TYPE_SUBHEADING,
	TYPE_LEAD, /* the first words of a chapter */
	TYPE_BODY,
	TYPE_QUOTE,
	TYPE_SIDE, /* notes in the margin */
	TYPE_NOTE, /* notes below figures and at the foot of the page */
	TYPE_CAPTION,
	TYPE_CELL,
	TYPE_CELL_BOLD,
	TYPE_CELL_HEAD,
	TYPE_LABEL, /* of a chart */
	TYPE_VALUE, /* beside a bar */
	TYPE_SMALL,
	TYPE_BIG,    /* a figure called out ... */
	TYPE_BIGGISH, /* ... that takes more room */
	TYPE_STYLES
};

struct type_setup {
	const char *language; /* BCP 47; borrowed */
	bool right_to_left;
	enum font_family heading, body;
};

struct type;

/* Faults: ERR_INPUT (a font is not installed), ERR_NOMEM. The caller owns *out. */
int type_create(struct type **out, const struct type_setup *setup, struct err *err);
void type_free(struct type *t);

struct font_set *type_fonts(struct type *t); /* borrowed */
const struct type_setup *type_setup(const struct type *t);

/*
 * A text in lines of at most `width` points (TEXT_WIDE: one line). It belongs to `t`. NULL after a
 * fault, which type_fault() tells; until then it is never NULL.
 */
const struct text *type_set(struct type *t, enum type_style style, const char *utf8, double width);
/*
 * The same of a text whose parts differ (text.h): NULL spans, or n 0, are none. A span's weight and
 * slant are what the style's are where it says regular and upright.
 */
const struct text *type_set_spans(struct type *t, enum type_style style, const char *utf8,
                                  const struct text_span *spans, size_t n, double width);
/* Was there a fault? Then it is in *err. */
bool type_fault(const struct type *t, struct err *err);

bool type_bold(enum type_style style);
/* Points. */
double type_size(enum type_style style);
double type_leading(enum type_style style); /* baseline to baseline */
double type_baseline(enum type_style style); /* from the upper edge of a line to its baseline */
double type_width(struct type *t, enum type_style style, const char *utf8); /* on one line */
double type_word(struct type *t, enum type_style style, const char *utf8); /* the longest word */
double type_height(struct type *t, enum type_style style, const char *utf8, double width);

#endif
