/* html.h - text into HTML: the one place where anything is escaped. */
#ifndef FORMS_HTML_H
#define FORMS_HTML_H

#include "lib/base/buf.h"

#include <stddef.h>

/*
 * Append `s` so that it is text and nothing else, between tags or between the double quotes of an
 * attribute. Control characters other than tab and newline, and bytes that are not UTF-8, become
 * U+FFFD.
 */
void html_text(struct buf *out, const char *s);

/* The same; a newline breaks the line, as XML has it, too. */
void html_lines(struct buf *out, const char *s);

/* The same as paragraphs: an empty line ends one, a newline breaks the line. `class` may be NULL. */
void html_paragraphs(struct buf *out, const char *s, const char *class);

/* A space, the attribute's name and its value, escaped and quoted. */
void html_attribute(struct buf *out, const char *name, const char *value);

#endif
