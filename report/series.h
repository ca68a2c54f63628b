/* series.h - one report of a series, whole: edition in, bytes of a PDF out. */
#ifndef REPORT_SERIES_H
#define REPORT_SERIES_H

#include "lib/base/buf.h"
#include "lib/base/findings.h"
#include "report/edition.h"

/*
 * Append the report to `out`. Characters that no font has are added to `findings` as warnings.
 * Faults: ERR_INPUT (a font is not installed), ERR_NOMEM, ERR_IO (the PDF library).
 */
int series_write(struct buf *out, const struct edition *e, struct findings *findings,
                 struct err *err);

#endif
