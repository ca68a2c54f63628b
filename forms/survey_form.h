/* survey_form.h - the commands of survey-form that have files of their own. Private to it. */
#ifndef FORMS_SURVEY_FORM_H
#define FORMS_SURVEY_FORM_H

/* Both print what they found and return the exit status. `output` is the file to write. */
int survey_form_import(const char *workbook, const char *output);
int survey_form_export(const char *what, const char *output);

/* The outline on standard output, or the paper version in a file. NULL: the first language. */
int survey_form_show(const char *what, const char *language, const char *html);

/* The offline kit of the latest round, to `output`. NULL: the first language; no collector. */
int survey_form_kit(const char *study, const char *language, const char *collector,
                    const char *output);

#endif
