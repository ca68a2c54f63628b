/* canvas_pdf.h - a canvas that is an area of the current page. */
#ifndef REPORT_CANVAS_PDF_H
#define REPORT_CANVAS_PDF_H

#include "report/canvas.h"
#include "report/pdf.h"

/* Where: left edge and upper edge in the page's own coordinates. */
struct canvas_pdf {
	struct pdf *pdf;
	double x, y, width;
	bool mirrored;
};

struct canvas canvas_pdf(struct canvas_pdf *to, struct type *type, const struct palette *color);

#endif
