/*
 * layout.h - a document becomes pages: A4 or Letter, a column for reading with a margin for side
 * notes, on a grid of half lines; running heads, page numbers, contents with links, footnotes.
 */
#ifndef REPORT_LAYOUT_H
#define REPORT_LAYOUT_H

#include "lib/base/buf.h"
#include "lib/base/findings.h"
#include "report/document.h"

/*
 * Append the PDF to `out`; texts of its own go to the document's pool. Characters that no font has
 * are added to `findings` as warnings.
 * Faults: the document's, ERR_INPUT (a font is not installed), ERR_NOMEM, ERR_IO (the PDF library).
 */
int layout_write(struct buf *out, struct document *d, struct findings *findings,
                 struct err *err);

#endif
