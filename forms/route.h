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

/* Is this choice offered, by the question's choice_filter? */
bool route_offered(const struct form_question *q, const struct form_choice *c,
                   const struct answers *a);

/*
 * Work out a calculation from the answers and set it among them; a text that is no record's (too
 * long, a control character) is none. Returns 0, or -1 with err set (ERR_NOMEM).
 */
int route_calculate(const struct form_question *q, struct answers *a, struct err *err);

enum { ROUTE_CALCULATED = 64 }; /* bytes that a calculation's text may have; longer is none */

/*
 * Remove the answers to whatever was not asked, and "other" texts without their choice; work out
 * the calculations, which are fields like any other from then on. Returns 0, or -1 with err set
 * (ERR_NOMEM).
 */
int route_prune(const struct form *f, struct answers *a, struct err *err);

#endif
