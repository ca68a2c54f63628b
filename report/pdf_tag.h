/*
 * pdf_tag.h - the structure of the document (tagged PDF, ISO 32000-1, 14.7 and 14.8): what is a
 * heading, a table, a figure, in reading order. Everything drawn is either content of the
 * innermost open element or an artifact. Faults are the document's (pdf.h).
 */
#ifndef REPORT_PDF_TAG_H
#define REPORT_PDF_TAG_H

#include "report/pdf.h"

/*
 * Open an element inside the open one; close it. Types are literals, of those of ISO 32000-1,
 * 14.8.4: "Document", "Sect", "TOC" with "TOCI", "H1" to "H6", "P", "BlockQuote", "L" with "LI",
 * "Lbl" and "LBody", "Table" with "Caption", "THead", "TBody", "TR", "TH" and "TD", "Figure" with
 * "Caption", and inside of a line "Span", "Link", "Reference" (a footnote's mark, which holds a
 * link) and "Note" (a footnote, and what stands in the margin: PDF 1.7 has no Aside). A "Note" gets
 * an identifier of itself, as PDF/UA asks.
 */
void pdf_tag_open(struct pdf *p, const char *type);
void pdf_tag_close(struct pdf *p);
/* The innermost open "Sect", or the document. */
int pdf_tag_section(const struct pdf *p);
/*
 * What is opened until this is closed goes to that element, which may have been closed since,
 * behind what it has: what a page's end puts between the lines of a paragraph or the rows of a
 * table, and what waited for the next page.
 */
void pdf_tag_beside(struct pdf *p, int section);

/* Attributes of the open element. */
void pdf_tag_alternative(struct pdf *p, const char *utf8); /* what a figure says */
void pdf_tag_language(struct pdf *p, const char *language);
void pdf_tag_header(struct pdf *p, const char *scope, int columns); /* "Row", "Column" */
void pdf_tag_list(struct pdf *p, bool ordered); /* of an "L": does it count its items? */
void pdf_tag_box(struct pdf *p, double x, double y, double width, double height);

/* What is drawn between these is content of the open element, on one page. */
void pdf_tag_content(struct pdf *p);
void pdf_tag_content_end(struct pdf *p);
/* What is drawn between these is decoration. `type` is "Pagination", "Layout" or NULL. */
void pdf_tag_artifact(struct pdf *p, const char *type);
void pdf_tag_artifact_end(struct pdf *p);

/*
 * Inside an open "Link": an area of the current page that leads to a place in the document. A link
 * that goes on on another line is one element with several areas. `says` is what a reader is told.
 */
void pdf_tag_link(struct pdf *p, double x, double y, double width, double height, size_t page,
                  double to_y, const char *says);
/* The same to a place that pdf_tag_place() names, before or after; nowhere is ERR_INPUT. */
void pdf_tag_link_name(struct pdf *p, double x, double y, double width, double height,
                       const char *name, const char *says);
/* The same to the web or to a mailbox: an address in ASCII. */
void pdf_tag_link_web(struct pdf *p, double x, double y, double width, double height,
                      const char *address, const char *says);
/* A name for a height on a page; the first of a name counts. */
void pdf_tag_place(struct pdf *p, const char *name, size_t page, double y);

#endif
