/* route.h - who is asked what: relevance of sections, questions and rows for given answers. */
#ifndef FORMS_ROUTE_H
#define FORMS_ROUTE_H

#include "forms/form.h"
#include "lib/record/answers.h"

/*
 * Was the question asked of this person (its section's and its own relevance)? The answers to
 * earlier questions must have been pruned.
 */
bool route_asked(const struct form *f, const struct form_question *q, const struct answers *a);
/* The same for a row of a matrix. */
bool route_row_asked(const struct form *f, const struct form_question *q,
                     const struct form_row *row, const struct answers *a);

/* Remove the answers to whatever was not asked, and "other" texts without their choice. */
void route_prune(const struct form *f, struct answers *a);

#endif
