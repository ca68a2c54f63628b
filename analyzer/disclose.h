/*
 * disclose.h - protection: what may be published of exact counts. Groups are merged until their
 * bases are large enough, small counts are suppressed, and so are enough others that no published
 * sum gives one back at once.
 *
 * This is the method of statistical practice: threshold, minimum base, complementary suppression
 * in each table. No table's sums, one by one or all together, determine a suppressed count. It does
 * not prove more: that every interval is wide enough, that tables which share people (a routed
 * question and the one that routes to it) do not narrow a count, or two releases. A release made by
 * it is marked "audited": false.
 */
#ifndef ANALYZER_DISCLOSE_H
#define ANALYZER_DISCLOSE_H

#include "analyzer/count.h"
#include "forms/form.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>

enum { DISCLOSE_THRESHOLD_MIN = 5 };

/* threshold k: counts 1 .. k-1 are not published; coalition s: people who know their own answers */
struct disclose_rule {
	unsigned threshold, coalition;
};

/* A threshold below 5 or a coalition of nobody is ERR_REFUSED. */
int disclose_rule_check(const struct disclose_rule *rule, struct err *err);

/* The smallest base that is published: k + s - 1. */
long disclose_base(const struct disclose_rule *rule);

/*
 * disclose_merge.c - decide, once for the whole release, which regions and languages are merged.
 * `exact` was counted with count_plan_all(), so that its groups are the batch's. A group counts
 * as large as its smallest answered base over the questions that are asked of everybody (and that
 * at least half answered; the others lose their own breakdown instead). Groups below the minimum
 * become "other"; while that is below, too, the smallest group joins it. If only one group is left
 * there is no breakdown.
 */
int disclose_plan(struct count_plan *plan, const struct release *exact, const struct form *form,
                  const struct disclose_rule *rule, struct err *err);

/*
 * Protect a release of merged groups in place: leave out what is too small, suppress, check. Sets
 * the rule and the numbers of suppressed cells in `r`. On failure `r` must not be published.
 * ERR_REFUSED: the check found a hole (naming the table) or the rule is too weak.
 */
int disclose_protect(struct release *r, const struct form *form, const struct disclose_rule *rule,
                     struct err *err);

/*
 * disclose_check.c - look at what is published, without knowing how it was made: in every line
 * whose sum is published a suppressed count needs another one beside it, and the sums of a table
 * together may not determine one. ERR_REFUSED.
 */
int disclose_check(const struct release *r, struct err *err);

#endif
