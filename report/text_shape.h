/* text_shape.h - inside of text: items of one level, script and font, and their shaping. */
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
};

/* Cut a paragraph into items, in logical order. The caller owns *out (one free()). */
int text_shape_items(struct text_item **out, size_t *n, const struct text *t,
                     const UBiDiLevel *levels, const struct text_style *style, struct err *err);

/*
 * Shape units start..end of an item as part of the line first..last (whose letters join).
 * On failure *out is empty.
 */
int text_shape_run(struct text_run *out, const struct text_item *item, const struct text *t,
                   size_t start, size_t end, size_t first, size_t last, const char *language,
                   struct err *err);

#endif
