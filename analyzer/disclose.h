/*
 * disclose.h - protection: what may be published of exact counts. Groups are merged until their
 * bases are large enough, small counts are suppressed, and so are others until an audit of all
 * published numbers (audit.h) finds nothing that could be narrowed. What cannot be protected loses
 * its breakdown, or is not published.
 */
#ifndef ANALYZER_DISCLOSE_H
#define ANALYZER_DISCLOSE_H

#include "analyzer/audit.h"
#include "analyzer/count.h"
#include "forms/form.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>

enum { DISCLOSE_THRESHOLD_MIN = 5 };

/* Whose "everybody gave this answer" is suppressed: sensitive questions', all questions', none's */
enum disclose_full { DISCLOSE_FULL_SENSITIVE, DISCLOSE_FULL_ALL, DISCLOSE_FULL_NONE };

/* threshold k: counts 1 .. k-1 are not published; coalition s: people who know their own answers */
struct disclose_rule {
	unsigned threshold, coalition;
	enum disclose_full full;
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

/* A release of the same round that was published before, and its exact counts, same groups. */
struct disclose_earlier {
	const struct release *published, *exact;
	long releases; /* how many there are */
};

/*
 * Protect a release of merged groups in place: leave out what is too small, suppress, audit,
 * repair. Sets the rule, the numbers of suppressed cells and the certificate in `r`. `earlier` is
 * NULL for a round's first release. On failure `r` must not be published. ERR_REFUSED: the rule is
 * too weak, there are too few people (more), records were withdrawn, or the audit found a hole that
 * cannot be mended (naming tables).
 */
int disclose_protect(struct release *r, const struct disclose_earlier *earlier,
                     const struct form *form, const struct disclose_rule *rule, struct err *err);

/*
 * disclose_route.c: say in a release's tables who was asked, as far as other tables say it, and
 * which tables suppress what everybody answered.
 */
int disclose_route(struct release *r, const struct form *form, enum disclose_full full,
                   struct err *err);

#endif
