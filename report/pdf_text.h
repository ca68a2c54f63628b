/* pdf_text.h - a set text on the current page. */
#ifndef REPORT_PDF_TEXT_H
#define REPORT_PDF_TEXT_H

#include "report/pdf_draw.h"
#include "report/text.h"

/*
 * One line of a text: `x` is its left edge whatever its direction, `y` its baseline. Texts are
 * known by their addresses (what is of another text in the same element is kept apart by a blank
 * that is not seen): one that has been drawn lives as long as its element is open.
 */
void pdf_text_draw(struct pdf *p, const struct text *t, size_t line, double x, double y,
                   struct color color);
/*
 * Runs first..first + n of a line, the first one's left edge being at `x`. A line that is drawn so
 * begins text_line.blank before its left edge where the text is written from right to left.
 */
void pdf_text_draw_runs(struct pdf *p, const struct text *t, size_t line, size_t first, size_t n,
                        double x, double y, struct color color);

#endif
