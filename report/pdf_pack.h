/* pdf_pack.h - a finished PDF becomes smaller: its objects are packed into compressed streams. */
#ifndef REPORT_PDF_PACK_H
#define REPORT_PDF_PACK_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

/*
 * Append to `out` the PDF in `plain` with object streams (ISO 32000-1, 7.5.7). Streams stay as they
 * are; the second half of the file's identifier becomes a digest of what is written.
 * Faults: ERR_NOMEM, ERR_IO (the library). On failure `out` is unchanged.
 */
int pdf_pack(struct buf *out, const struct buf *plain, struct err *err);

#endif
