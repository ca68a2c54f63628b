/* text_shape.h - inside of text: items of one level, script, font and span, and their shaping. */
#ifndef REPORT_TEXT_SHAPE_H
#define REPORT_TEXT_SHAPE_H

#include "report/text.h"

#include <unicode/ubidi.h>
#include <unicode/uscript.h>

struct text_item {
	size_t start, end;
	UBiDiLevel level;
	UScriptCode script;
	struct font *font;
	const struct text_span *span; /* or NULL */
	double size, rise;
	const char *language; /* that shapes it */
	struct text_run run;  /* of all of it, when it has been shaped */
};

/* A paragraph that is being set. */
struct text_work {
	struct text *t;
	const struct text_style *style;
	struct text_span *spans; /* in UTF-16 units */
	size_t n_spans;
	uint16_t *units;    /* that `bidi` reads, when they are not t's */
	UBiDi *bidi;        /* NULL: all is from left to right */
	struct text_item *items;
	size_t n;
	double *advance; /* points, at the first unit of each cluster */
	size_t cap;      /* of t->lines */
};

/* Cut a paragraph into items, in logical order. `levels`: NULL where all is from left to right. */
int text_shape_items(struct text_work *w, const UBiDiLevel *levels, struct err *err);

/*
 * Shape units start..end of an item as part of the line first..last (whose letters join), or take
 * them from the item's own run if that is cut at neither end. On failure *out is empty.
 */
int text_shape_run(struct text_run *out, const struct text_item *item, const struct text *t,
                   size_t start, size_t end, size_t first, size_t last, struct err *err);

#endif
