/* study_new.h - make a study folder from a questionnaire of the library. */
#ifndef FORMS_STUDY_NEW_H
#define FORMS_STUDY_NEW_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stddef.h>

/* What is built in; the lists end with name NULL (tools/embed.py). */
struct library_file {
	const char *name, *text;
	size_t n;
};
extern const struct library_file library_files[]; /* questionnaires: "covid-peer-experience" */
extern const struct library_file library_narratives[]; /* "QUESTIONNAIRE/SERIES-LANGUAGE.md" */

/*
 * Make FOLDER with study.json, form.json and, if the library has narratives for the questionnaire,
 * narratives/SERIES-LANGUAGE.md; FOLDER must not exist or be empty. Nothing is left behind on
 * failure. ERR_INPUT for an unknown name (the message lists those there are) or a
 * folder that is in use.
 */
int study_new(const char *folder, const char *name, struct err *err);

#endif
