/* narrative_build.h - Markdown of our own within a section of a narrative. */
#ifndef REPORT_NARRATIVE_BUILD_H
#define REPORT_NARRATIVE_BUILD_H

#include "report/narrative_text.h"

/*
 * Add the blocks of Markdown to `section` (NULL: it begins with a chapter). `markdown` may end
 * afterwards. Returns 0, or -1 with n->err.
 */
int narrative_build_at(struct narrative *n, struct document_block *section, const char *markdown,
                       size_t size);

#endif
