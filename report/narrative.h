/*
 * narrative.h - the story of a report: Markdown with directives becomes chapters of a document.
 * The language of directives is specified in survey-narrative(5).
 */
#ifndef REPORT_NARRATIVE_H
#define REPORT_NARRATIVE_H

#include "lib/base/findings.h"
#include "report/document.h"

/*
 * Add the chapters of a narrative. `place` (a file's name) begins messages, with the line.
 * Returns 0, or -1 with ERR_INPUT for the first fault (a directive, an unknown question or answer,
 * a percentage that was typed) and how many more there are; what is only odd (a suppressed figure)
 * goes to `findings`.
 */
int narrative_build(struct document *d, const char *markdown, size_t n, const char *place,
                    struct findings *findings, struct err *err);

/*
 * Write a complete first narrative from the release: key findings chosen by rule, a chapter for
 * each section of the series.
 */
void narrative_init(struct buf *out, const struct edition *e);

/*
 * The directives of a narrative, one a line, in order and without words of a language: two
 * narratives that say the same have the same.
 */
int narrative_outline(struct buf *out, const char *markdown, size_t n, const char *place,
                      struct err *err);

#endif
