/* methods.h - the chapters that the system writes about itself: methods and limits, CHERRIES. */
#ifndef REPORT_METHODS_H
#define REPORT_METHODS_H

#include "lib/base/findings.h"
#include "report/document.h"

/* The chapter on methods and limits (id "methods"). */
void methods_chapter(struct document *d);
/* The annex: Checklist for Reporting Results of Internet E-Surveys, 30 items (id "cherries"). */
void methods_cherries(struct document *d);
/*
 * Who published, wrote and licensed the report (id "imprint"): a section at the end of the chapter
 * on methods, or a chapter if that is not there.
 */
void methods_imprint(struct document *d);
/*
 * Warnings for what study.json does not say: keys of the imprint and of the checklist, texts that
 * lack the edition's language. What is there already is not said again, so that it can be called
 * for one edition after another.
 */
void methods_missing(struct findings *f, const struct edition *e);

/*
 * Sentences that both say, in the document's pool: when answers were collected (NULL: it is not
 * stated), the languages of the form, how many custodians hold the key.
 */
const char *methods_field(struct document *d);
const char *methods_form_languages(struct document *d);
const char *methods_custodians(struct document *d);

#endif
