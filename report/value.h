/* value.h - single values of the release, for the words of a narrative. */
#ifndef REPORT_VALUE_H
#define REPORT_VALUE_H

#include "report/directive_target.h"
#include "report/document.h"

enum { VALUE_HIDDEN = -1 }; /* tenths that are not published */

enum value_kind {
	VALUE_PERCENT, /* of the base; of a ranking: ranked at all */
	VALUE_FIRST,   /* percent of the base that put it first in a ranking */
	VALUE_COUNT,
	VALUE_BASE,
	VALUE_DECLINED,
	VALUE_BLANK,
	VALUE_NOT_ASKED,
	VALUE_MEAN,
	VALUE_MEDIAN,
};

/* The value of this name ("percent"). Faults: ERR_INPUT, without a place. */
int value_kind(enum value_kind *out, const char *name, struct err *err);
const char *value_name(enum value_kind kind);

/* The table that has a target's figures, or NULL; of a ranking: ranked at all, or put first. */
const struct release_table *value_table(const struct release *r, const struct directive_target *t,
                                        bool first);

/* Tenths of a percent of those who gave the target's answer in a group, or VALUE_HIDDEN. */
int value_tenths(const struct release *r, const struct directive_target *t, bool first,
                 size_t group);
/* People in a group who answered the target's question, or RELEASE_SUPPRESSED. */
long value_base(const struct release *r, const struct directive_target *t, size_t group);

/*
 * Write a value as the edition's language does. *out is NULL where the release does not publish
 * it. Faults (*err, returns -1): the target has no such value.
 */
int value_text(const char **out, struct document *d, const struct directive_target *t,
               enum value_kind kind, size_t group, struct err *err);

/*
 * Percentage points since the round before, with the sign: "+3.2". *out is NULL where one of the
 * two is not published. Faults: there is no such round, or the question was another.
 */
int value_change(const char **out, struct document *d, const struct directive_target *t,
                 size_t group, struct err *err);

#endif
