/* pdf_pack.h - a finished PDF becomes smaller: its objects are packed into compressed streams. */
#ifndef REPORT_PDF_PACK_H
#define REPORT_PDF_PACK_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "report/pdf_tree.h"

/*
 * Append to `out` the PDF in `plain`, as libharu wrote it, and `more` objects, whose numbers
 * follow, with object streams (ISO 32000-1, 7.5.7).
 * Streams stay as they are, and so does the file's identifier.
 * Faults: ERR_NOMEM, ERR_IO (it is not as libharu writes). On failure `out` is unchanged.
 */
int pdf_pack(struct buf *out, const struct buf *plain, const struct pdf_raw *more,
             struct err *err);

#endif
