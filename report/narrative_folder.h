/*
 * narrative_folder.h - what lies in the folders of narratives and is read by no report.
 */
#ifndef REPORT_NARRATIVE_FOLDER_H
#define REPORT_NARRATIVE_FOLDER_H

#include "lib/base/findings.h"
#include "report/edition.h"

/*
 * Say which files in narratives/ and narratives/ROUND have a name that no report has, and that
 * another round's narratives are not used where this one has none. Of the edition only study,
 * form and release count: once for all reports. Hidden files, copies of editors ("~") and README
 * are left alone, and so are languages of the questionnaire that have no reports.
 */
void narrative_folder_odd(struct findings *findings, const struct edition *e);

/*
 * A file in a folder that no report reads and that may have been meant to have this name, or NULL.
 * The caller owns it.
 */
char *narrative_folder_near(const struct edition *e, const char *folder, const char *name);

#endif
