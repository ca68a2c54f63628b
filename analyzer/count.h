/*
 * count.h - exact counts of every question, by total, region, language and region x language, in
 * the shape of a release (lib/release/release.h) in which nothing is protected yet.
 */
#ifndef ANALYZER_COUNT_H
#define ANALYZER_COUNT_H

#include "analyzer/batch.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>

#define COUNT_OTHER "other" /* id of a group that was merged */

/*
 * How people are grouped. `region[i]` is the group (0 .. n_regions-1) of the batch's region i, or
 * COUNT_NOWHERE where the batch has nobody; the same for languages. n_regions or n_languages 0: no
 * breakdown. `other_*` is the merged group, or COUNT_NOWHERE. `region_name` (NULL: none) has by
 * group the id of a larger region that stands for those in it, or NULL; borrowed ids.
 */
#define COUNT_NOWHERE SIZE_MAX
struct count_plan {
	size_t *region, *language;
	size_t n_regions, n_languages;
	size_t other_region, other_language;
	const char **region_name;
};

/* Every region and language for itself, also those where nobody is. */
int count_plan_all(struct count_plan *plan, const struct batch *b, struct err *err);
void count_plan_finish(struct count_plan *plan);

/*
 * Count everything. Slots of pairs are there where both breakdowns are. What is not known here
 * (study, round, number, threshold ...) is left empty. A free text has the people of a group as
 * its base and is counted by total and by language only. The caller owns *out.
 */
int count_release(struct release **out, const struct batch *b, const struct count_plan *plan,
                  struct err *err);

#endif
