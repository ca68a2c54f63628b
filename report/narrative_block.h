/*
 * narrative_block.h - directives that stand in a paragraph of their own become blocks of the
 * document: charts, tables, call-outs, notes in the margin.
 */
#ifndef REPORT_NARRATIVE_BLOCK_H
#define REPORT_NARRATIVE_BLOCK_H

#include "report/narrative_text.h"

/* Does a paragraph begin with such a directive? Faults: narrative_part_directive()'s. */
int narrative_block_is(bool *out, struct narrative *n, const struct narrative_part *p);

/*
 * Add the blocks of such a paragraph to `section`. *chapter: a chapter was added, and the section
 * is closed. Returns 0, or -1 with n->err.
 */
int narrative_block(bool *chapter, struct narrative *n, struct document_block *section,
                    const struct narrative_part *p);

#endif
