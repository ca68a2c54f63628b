/*
 * xlsform.h - questionnaires as XLSForm (https://xlsform.org), the spreadsheets that authors and
 * translators of this field write: sheets survey, choices and settings. What XLSForm has no word
 * for stands in columns "peer::..." and a sheet "peer", so that what is exported can be imported.
 */
#ifndef FORMS_XLSFORM_H
#define FORMS_XLSFORM_H

#include "forms/form.h"
#include "forms/workbook.h"
#include "lib/base/findings.h"

/*
 * A workbook -> a questionnaire. Everything that is renamed, left out or not understood is a
 * finding whose place is a cell ("survey!F7"); `name` is the title where the workbook has none.
 * The caller owns *out. Returns -1 (ERR_INPUT) when there is a finding of grade error: the findings
 * say what; or ERR_NOMEM.
 */
int xlsform_import(struct form **out, const struct workbook *w, const char *name,
                   struct findings *findings, struct err *err);

/*
 * A questionnaire -> an .xlsx file at `path`, whole or not at all; the same questionnaire gives the
 * same bytes. Importing it gives an equal questionnaire (form_write()), but that the white space
 * around texts is cut.
 * Errors: ERR_NOMEM; ERR_IO; ERR_INPUT: a text is longer than a cell can be, or a column of the
 * choices has a name that means something else in a workbook.
 */
int xlsform_export(const struct form *f, const char *path, struct err *err);

#endif
