/* expression_pattern.h - regular expressions, checked and translated. Private. */
#ifndef FORMS_EXPRESSION_PATTERN_H
#define FORMS_EXPRESSION_PATTERN_H

#include "lib/base/buf.h"

/*
 * Append the pattern as ICU writes it. Returns 0; or -1 with *reason, static text, NULL if memory
 * ran out. *at is the byte of the pattern where it was found, or the end.
 */
int expression_pattern_translate(struct buf *out, const char *pattern, size_t *at,
                                 const char **reason);

#endif
