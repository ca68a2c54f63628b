/* pdf_draw.h - what is drawn on the current page: boxes, lines, hatching. */
#ifndef REPORT_PDF_DRAW_H
#define REPORT_PDF_DRAW_H

#include "report/palette.h"
#include "report/pdf.h"

void pdf_draw_box(struct pdf *p, double x, double y, double width, double height,
                  struct color color);
void pdf_draw_line(struct pdf *p, double x0, double y0, double x1, double y1, double width,
                   struct color color);
/* A row of dots, as between a title and its page number. */
void pdf_draw_dots(struct pdf *p, double x0, double x1, double y, struct color color);
/* A box with a border, filled with slanted lines. */
void pdf_draw_hatch(struct pdf *p, double x, double y, double width, double height,
                    struct color color);

/* A disc; hollow: a ring, white inside. */
void pdf_draw_disc(struct pdf *p, double x, double y, double radius, struct color color,
                   bool hollow);

#endif
