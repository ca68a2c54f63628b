/* pdf_draw.h - what is drawn on the current page: boxes, lines, hatching, logos. */
#ifndef REPORT_PDF_DRAW_H
#define REPORT_PDF_DRAW_H

#include "report/palette.h"
#include "report/pdf.h"
#include "report/theme.h"

void pdf_draw_box(struct pdf *p, double x, double y, double width, double height,
                  struct color color);
void pdf_draw_line(struct pdf *p, double x0, double y0, double x1, double y1, double width,
                   struct color color);
/* A row of dots, as between a title and its page number. */
void pdf_draw_dots(struct pdf *p, double x0, double x1, double y, struct color color);
/* A box with a border, filled with slanted lines. */
void pdf_draw_hatch(struct pdf *p, double x, double y, double width, double height,
                    struct color color);
/* A disc, or a ring around paper. */
void pdf_draw_disc(struct pdf *p, double x, double y, double radius, struct color color,
                   bool hollow);
/*
 * A path whose own coordinates begin at x, y (its upper edge) and grow downwards, `scale` points
 * each.
 */
void pdf_draw_path(struct pdf *p, const struct theme_path *path, double x, double y, double scale);
/*
 * A picture with its upper left corner at x, y: columns * rows * 3 bytes RGB, the upper row first.
 * It is embedded once, however often it is drawn: the pixels are borrowed until pdf_write().
 */
void pdf_draw_image(struct pdf *p, const uint8_t *pixels, int columns, int rows, double x, double y,
                    double width, double height);
/* A logo in a box of this height, whose upper left corner is x, y. Returns its width. */
double pdf_draw_logo(struct pdf *p, const struct theme_logo *logo, double x, double y,
                     double height);

#endif
