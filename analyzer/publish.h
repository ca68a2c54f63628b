/*
 * publish.h - a release in the forms that others work with: a workbook, a data package. They are
 * made from a release that was read back from its file, never from exact counts.
 */
#ifndef ANALYZER_PUBLISH_H
#define ANALYZER_PUBLISH_H

#include "analyzer/print.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

/*
 * An .xlsx: a sheet that says what it is, then a sheet a question with counts, percentages and
 * charts. Every text is a text, no cell is a formula; languages that are written from right to left
 * have sheets that are. The same release gives the same bytes. `scratch` is a path at which a file
 * may be made and removed, as the library writes only to files. `out` is appended to.
 */
int publish_xlsx(struct buf *out, const struct release *r, const struct print_view *view,
                 const char *scratch, struct err *err);

/*
 * publish_package.c: a Frictionless tabular data package (datapackage.json) that describes `csv`,
 * print_csv()'s bytes in a file of that name beside it.
 */
void publish_package(struct buf *out, const struct release *r, const struct print_view *view,
                     const char *name, const struct buf *csv);

#endif
