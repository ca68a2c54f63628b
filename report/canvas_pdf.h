/* canvas_pdf.h - a canvas on the current page of a PDF. */
#ifndef REPORT_CANVAS_PDF_H
#define REPORT_CANVAS_PDF_H

#include "report/canvas.h"
#include "report/pdf.h"

/* Where on the page; lives as long as the canvas. */
struct canvas_pdf {
	struct pdf *pdf;   /* borrowed */
	double x, y;       /* its upper corner at the reading edge, in the page's points */
	bool mirrored;     /* the reading edge is the right one */
	struct color paper; /* what a ring is filled with */
};

/*
 * A canvas `width` wide whose upper corner is at x, y of the page (x is its right edge where `type`
 * reads from right to left). Everything is borrowed. Faults are the document's (pdf.h).
 */
struct canvas canvas_pdf(struct canvas_pdf *to, struct pdf *pdf, double x, double y, double width,
                         struct type *type, const struct palette *color);

#endif
