/* condition_parts.h - single conditions, shared by condition.c and condition_atom.c. */
#ifndef FORMS_CONDITION_PARTS_H
#define FORMS_CONDITION_PARTS_H

#include "forms/condition.h"

#include <stdbool.h>

enum { CONDITION_ROWS = 64, CONDITION_VALUES = 32 };

enum condition_kind {
	CONDITION_IS,  /* one of the values was answered, in one of the rows */
	CONDITION_NOT, /* none of the values was */
	CONDITION_ANSWERED,
	CONDITION_UNANSWERED,
	CONDITION_MORE, /* than the number, and so on */
	CONDITION_LESS,
	CONDITION_AT_LEAST,
	CONDITION_AT_MOST,
	CONDITION_NUMBER,
	CONDITION_COUNT_AT_LEAST, /* that many answers were ticked */
	CONDITION_COUNT_AT_MOST,
	CONDITION_COUNT,
};

/* A condition on the answer to one question, or to rows of it. Pointers are borrowed. */
struct condition_atom {
	enum condition_kind kind;
	const struct form_question *question;
	unsigned short rows[CONDITION_ROWS]; /* ascending; none: the question itself */
	size_t n_rows;
	const char *values[CONDITION_VALUES];
	size_t n_values;
	double number;
};

/* Read an expression, or its opposite, as one condition; -1 if it is none. */
int condition_read(struct condition_atom *a, const struct form *f, const struct expression *e,
                   bool negate);

/* Append it in words. Returns -1 where there are none. */
int condition_say(struct buf *out, const struct condition_words *w,
                  const struct condition_atom *a);

/* The question and row that a field names; NULL if there is none. */
const struct form_question *condition_field(const struct form *f, const char *field,
                                            const struct form_row **row);

#endif
