/* check.h - the linter: is this questionnaire ready to be asked? */
#ifndef FORMS_CHECK_H
#define FORMS_CHECK_H

#include "forms/form.h"
#include "lib/base/findings.h"

/* Add what is missing or doubtful. A round's keys are not made while there is an error. */
void check_form(const struct form *f, struct findings *findings);

#endif
