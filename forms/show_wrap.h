/* show_wrap.h - text for a terminal: wrapped at 80 columns, harmless, in its own direction. */
#ifndef FORMS_SHOW_WRAP_H
#define FORMS_SHOW_WRAP_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stddef.h>

enum { SHOW_WIDTH = 80 };

/* How many columns the text takes (East Asian wide characters take two, marks none). */
size_t show_wrap_width(const char *text);

/*
 * Append the text, its first line behind `first` (already formatted, `indent` columns wide), the
 * others behind `indent` blanks. Newlines in the text are kept. Each line is put between `on` and
 * `off` (terminal sequences; "" for none); one with right-to-left letters between FSI and PDI.
 */
void show_wrap(struct buf *out, const char *first, size_t indent, const char *text,
               const char *on, const char *off);

#endif
