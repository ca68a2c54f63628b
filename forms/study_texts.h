/* study_texts.h - texts of study.json by language. */
#ifndef FORMS_STUDY_TEXTS_H
#define FORMS_STUDY_TEXTS_H

#include "lib/base/err.h"
#include "lib/base/json.h"

#include <stdbool.h>

struct study_text {
	char *language, *text;
};

/*
 * Member `name` of `v`, an object of texts by language, as a list with language NULL at the end;
 * one that is not there is an empty list. ERR_INPUT, ERR_NOMEM; *out is the caller's in any case.
 */
int study_texts_read(struct study_text **out, const struct json *v, const char *name,
                     struct err *err);
void study_texts_free(struct study_text *list);

/* The text in a language, else in English, else the first, else "". */
const char *study_texts_in(const struct study_text *list, const char *language);
/* The language of what study_texts_in() gives, or NULL if that is none. */
const char *study_texts_language(const struct study_text *list, const char *language);
/* Is there a text that is not empty: in this language, or (NULL) in any? */
bool study_texts_given(const struct study_text *list, const char *language);

#endif
