/* study_new.h - make a study folder from a questionnaire of the library. */
#ifndef FORMS_STUDY_NEW_H
#define FORMS_STUDY_NEW_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stddef.h>

/* The questionnaires that are built in; ends with name NULL (tools/embed.py). */
struct library_file {
	const char *name, *json;
	size_t n;
};
extern const struct library_file library_files[];

/*
 * Make FOLDER with study.json and form.json; FOLDER must not exist or be empty. Nothing is left
 * behind on failure. ERR_INPUT for an unknown name (the message lists those there are) or a
 * folder that is in use.
 */
int study_new(const char *folder, const char *name, struct err *err);

#endif
