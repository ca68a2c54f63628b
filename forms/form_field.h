/* form_field.h - from a field's name to its question. The index is made when a form is read. */
#ifndef FORMS_FORM_FIELD_H
#define FORMS_FORM_FIELD_H

#include "forms/form.h"

/* What a field is: a question's answer, a matrix row's, or an "other" text. */
struct form_field {
	const struct form_question *question; /* NULL: there is no such field */
	const struct form_row *row;
	bool other;
};

struct form_field form_field(const struct form *f, const char *name);
/* The same for who knows hash_name() of it. */
struct form_field form_field_find(const struct form *f, const char *name, uint32_t hash);

/*
 * Make the form's index of fields; a form without one is searched from end to end. Of a name that
 * stands twice, which no form has that is handed on, the first counts. -1: out of memory.
 */
int form_field_index(struct form *f);

#endif
