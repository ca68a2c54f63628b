/* open_check.h - are opened records answers to the questionnaire? Internal to open_store.c. */
#ifndef ANALYZER_OPEN_CHECK_H
#define ANALYZER_OPEN_CHECK_H

#include "forms/form.h"
#include "lib/record/answers.h"
#include "lib/record/encode.h"

#include <stdbool.h>

/* 0: yes, and in canonical form; 1: no; -1 with err set (ERR_NOMEM). */
int open_check_core(struct answers *a, const struct form *f, struct err *err);

/* Is it a free text that the questionnaire has in records of this kind? */
bool open_check_text(const struct record_text *t, enum record_kind kind, const struct form *f);

#endif
