/*
 * pdf_tag.h - the structure of the document (tagged PDF, ISO 32000-1, 14.7 and 14.8): what is a
 * heading, a table, a figure, in reading order. Everything drawn is either content of the
 * innermost open element or an artifact. Faults are the document's (pdf.h).
 */
#ifndef REPORT_PDF_TAG_H
#define REPORT_PDF_TAG_H

#include "report/pdf.h"

/* Open an element ("Document", "Sect", "H1", "P", "Table", ...) inside the open one; close it. */
void pdf_tag_open(struct pdf *p, const char *type);
void pdf_tag_close(struct pdf *p);

/* Attributes of the open element. */
void pdf_tag_alternative(struct pdf *p, const char *utf8); /* what a figure says */
void pdf_tag_actual(struct pdf *p, const char *utf8);      /* its text, as it is read */
void pdf_tag_language(struct pdf *p, const char *language);
void pdf_tag_header(struct pdf *p, const char *scope, int columns); /* "Row", "Column" */
void pdf_tag_box(struct pdf *p, double x, double y, double width, double height);

/* What is drawn between these is content of the open element, on one page. */
void pdf_tag_content(struct pdf *p);
void pdf_tag_content_end(struct pdf *p);
/* What is drawn between these is decoration. `type` is "Pagination", "Layout" or NULL. */
void pdf_tag_artifact(struct pdf *p, const char *type);
void pdf_tag_artifact_end(struct pdf *p);

/* Inside an open "Link": an area of the current page that leads to a place in the document. */
void pdf_tag_link(struct pdf *p, double x, double y, double width, double height, size_t page,
                  double to_y, const char *says);

#endif
