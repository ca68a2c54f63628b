/*
 * study_months.h - when the people of a round were asked, and when its report was published: typed
 * by staff into study.json, for the whole study or for each round ("rounds").
 */
#ifndef FORMS_STUDY_MONTHS_H
#define FORMS_STUDY_MONTHS_H

#include "lib/base/err.h"
#include "lib/base/findings.h"
#include "lib/base/json.h"

#include <stddef.h>

struct study;

/* Months such as "2020-04", NULL: not said. */
struct study_months {
	char *round; /* NULL: of the whole study */
	char *start, *end, *published;
};

/*
 * A month, not there or "": *out stays NULL. The caller owns *out. ERR_INPUT: not a month;
 * ERR_NOMEM.
 */
int study_months_read_one(char **out, const struct json *v, const char *name, struct err *err);

/* ERR_INPUT unless the field work starts before it ends, as far as both are said. */
int study_months_order(const char *start, const char *end, struct err *err);

/* Member "rounds" of study.json, optional: one for each; `round` is NULL at the end. */
int study_months_read(struct study_months **out, const struct json *study, struct err *err);
void study_months_free(struct study_months *list); /* NULL is fine */

/*
 * Of a round: what "rounds" says of it, else what is said of the whole study. Start and end come
 * from one place. Without a round: of the whole study. The texts are the study's.
 */
struct study_months study_months_of(const struct study *s, const char *round);

/* What a report of that round lacks: a finding that names what is not there, or none. */
void study_months_missing(struct findings *f, enum finding_grade grade, const struct study *s,
                          const char *round);

/* A finding if rounds with releases have the same months because these are said only once. */
void study_months_shared(struct findings *f, enum finding_grade grade, const struct study *s);

#endif
