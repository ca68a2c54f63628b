/*
 * narrative_text.h - the words of a narrative's block, with the directives in them, as a text of
 * the document.
 */
#ifndef REPORT_NARRATIVE_TEXT_H
#define REPORT_NARRATIVE_TEXT_H

#include "report/narrative_part.h"

/*
 * Make the text; `notes` says whether footnotes and line breaks may stand in it. Returns 0, or -1
 * with n->err (ERR_INPUT: a directive, a percentage that was typed).
 */
int narrative_text(struct document_text *out, struct narrative *n, struct narrative_part p,
                   bool notes);

#endif
