/*
 * audit.h - the audit: what can be computed from all published numbers together? It reads releases
 * and nothing else, and knows nothing of how they were protected.
 *
 * An attacker has every table of a release, the threshold and the coalition's size, and knows that
 * counts are whole and not negative. Tables are tied together where they share people: the sums of
 * regions, languages and pairs, base and people, the options of one question, those who were put
 * first and those who were ranked, a routed question and the one that routes to it. A suppressed
 * count that might be small must keep k values; so must one that might be all but a small number
 * where people may give several answers, or all where that is suppressed (`full`).
 */
#ifndef ANALYZER_AUDIT_H
#define ANALYZER_AUDIT_H

#include "analyzer/audit_solve.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* declined, blank and not asked stand behind the answers as three columns more */
enum { AUDIT_KINDS = 3 };

enum audit_fault {
	AUDIT_NARROW,   /* a suppressed count has too few values left, or it is not proved */
	AUDIT_SMALL,    /* a small count is published */
	AUDIT_FULL,     /* a count of everybody in a group is published, where it may not */
	AUDIT_BASE,     /* a base is below k + s - 1 */
	AUDIT_GAIN,     /* a base grew by fewer than that since the release before */
	AUDIT_REST,     /* what is suppressed in a line is fewer than k + s - 1 people */
	AUDIT_MEAN,     /* a mean of numbers beside a suppressed count */
	AUDIT_REVEALED, /* a count is published that an earlier release suppressed */
	AUDIT_FEWER,    /* a count is below that of an earlier release: records were withdrawn */
};

/* A place in a release; a table of SIZE_MAX: a group's people, `slot` is then the group. */
struct audit_hole {
	enum audit_fault fault;
	size_t table, slot, column; /* column SIZE_MAX: the slot's base, or the whole slot */
};

struct audit_report {
	struct audit_hole *holes; /* in the order of tables; owned */
	size_t n_holes, cap_holes;
	long suppressed;   /* suppressed counts */
	long cells;        /* of them those that might be small */
	long narrowest;    /* the fewest values that one of them was seen to have */
	long non_response; /* those that are bounded by people less base on purpose */
	struct audit_effort effort;
};

/* Start as {0}; end with audit_report_finish(). */
void audit_report_finish(struct audit_report *report);
int audit_report_add(struct audit_report *report, enum audit_fault fault, size_t table,
                     size_t slot, size_t column, struct err *err);

/*
 * Examine one release by itself and add what is found to `report`. `increment`: it holds what one
 * release adds to another (audit_chain.c), whose suppressions have other reasons. ERR_INPUT: its
 * numbers contradict each other.
 */
int audit_release(struct audit_report *report, const struct release *r, bool increment,
                  struct err *err);

/* "gender (choice), by region: 150, woman: what is wrong", appended; never a number. */
void audit_hole_put(struct buf *out, const struct release *r, const struct audit_hole *hole);

/*
 * audit_chain.c - releases of one round, in order: what each adds to the one before it is a survey
 * of its own, and what an earlier one suppressed stays suppressed. Then every release is safe
 * beside all others if the first is by itself and every increment is. `last` (an index) tells in
 * which release a hole is; the places are those of that release. ERR_INPUT: not one chain.
 */
int audit_chain(struct audit_report *report, size_t *last, struct release *const *releases,
                size_t n, struct err *err);

/*
 * What `later` adds to `earlier`, where both publish it, as a release: the places are `later`'s.
 * Reports counts that went down or came back. The caller owns *out.
 */
int audit_increment(struct release **out, struct audit_report *report,
                    const struct release *earlier, const struct release *later, struct err *err);

/* Names of what no audit here looks at, NULL at the end. */
extern const char *const audit_not_modelled[];

#endif
