/*
 * pdf.h - a PDF document: pages, outline, links, labels, saving. Faults are sticky: a call that
 * fails is remembered, later calls do nothing, and pdf_write() tells the first fault. Lengths are
 * points (1/72 inch), y grows upwards from the foot of the page.
 *
 * The document holds no time, no machine and no user, and the same calls give the same bytes.
 */
#ifndef REPORT_PDF_H
#define REPORT_PDF_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "report/font.h"

#include <stdbool.h>
#include <stddef.h>

struct pdf;

struct pdf_info {
	const char *title, *subject;
	const char *language; /* BCP 47 */
	bool right_to_left;   /* pages turn from right to left */
};

/*
 * Start a document. `fonts` is borrowed and must outlive it; `info` is copied.
 * Faults: ERR_NOMEM, ERR_IO (the PDF library).
 */
int pdf_create(struct pdf **out, const struct pdf_info *info, struct font_set *fonts,
               struct err *err);
void pdf_free(struct pdf *p);

/* Add a page and draw on it from now on. Returns its index. */
size_t pdf_page(struct pdf *p, double width, double height);
size_t pdf_pages(const struct pdf *p);

/* Number the pages from `page` on in decimal figures, beginning with `first`. */
void pdf_label(struct pdf *p, size_t page, unsigned first);

/* Bookmarks: PDF_TOP, or what a former call returned, is the parent. */
enum { PDF_TOP = -1 };
int pdf_bookmark(struct pdf *p, int parent, const char *title, size_t page, double y);

/* Remember a fault of a caller as the document's own, unless there is one already. */
void pdf_fail(struct pdf *p, const struct err *err);
bool pdf_failed(const struct pdf *p);

/*
 * Finish the document and append its bytes to `out`. Nothing can be drawn afterwards.
 * Faults: the first sticky one, ERR_INPUT (a font), ERR_NOMEM, ERR_IO.
 */
int pdf_write(struct buf *out, struct pdf *p, struct err *err);
/* The same to a file, which is replaced whole or not at all. */
int pdf_save(struct pdf *p, const char *path, struct err *err);

#endif
