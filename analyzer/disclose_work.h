/* disclose_work.h - a release while it is being protected. Private to disclose*.c. */
#ifndef ANALYZER_DISCLOSE_WORK_H
#define ANALYZER_DISCLOSE_WORK_H

#include "analyzer/disclose_private.h"

/*
 * The same tables several times, with the same slots: what is published; its exact counts; the
 * exact counts that are protected (for a later release what it adds, else the same again); and
 * those as an attacker sees them, for the audit.
 */
struct disclose_work {
	struct release *published; /* borrowed */
	struct release *exact, *gain, *seen;
	struct disclose_grid *grid; /* one for each table */
	const struct disclose_earlier *earlier; /* or NULL */
	const struct form *form;
	struct disclose_rule rule;
};

/* disclose_leave.c: what is not published at all. */

/* Pairs whose people are few, and countries where they became regions. Before anything else. */
void disclose_leave_pairs(struct release *r, const struct disclose_rule *rule,
                          const struct release *earlier);
void disclose_leave_country(struct release *r, const struct form *form);

/* Leave out a breakdown of a table, pairs with what they are inside; the total: the table. */
int disclose_drop(struct disclose_work *w, size_t table, enum release_by by, struct err *err);

/* Breakdowns and tables with small bases, and those that an earlier release left out. */
int disclose_leave_small(struct disclose_work *w, size_t table, struct err *err);

/* Has the table slots of a breakdown? */
bool disclose_has(const struct release *r, size_t table, enum release_by by);

/* disclose_repair.c */

/* Lay a table out anew and suppress; a breakdown that cannot be protected is left out. */
int disclose_table(struct disclose_work *w, size_t table, struct err *err);

/* Leave out breakdowns of routed tables whose base would give a suppressed count back. */
int disclose_inherit(struct disclose_work *w, bool *changed, struct err *err);

/* Mend what the audit found. */
int disclose_mend(struct disclose_work *w, const struct audit_report *report, struct err *err);

#endif
