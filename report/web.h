/* web.h - a document becomes one accessible HTML file with SVG charts, for people on a phone. */
#ifndef REPORT_WEB_H
#define REPORT_WEB_H

#include "lib/base/buf.h"
#include "lib/base/findings.h"
#include "report/document.h"

/*
 * Append the HTML to `out`: no script, nothing loaded from elsewhere, no time or machine.
 * Faults: the document's, ERR_NOMEM, ERR_INPUT (a font to measure with).
 */
int web_write(struct buf *out, const struct document *d, struct findings *findings,
              struct err *err);

#endif
