/* count_private.h - what the files of counting share. */
#ifndef ANALYZER_COUNT_PRIVATE_H
#define ANALYZER_COUNT_PRIVATE_H

#include "analyzer/count.h"

/* Counts of one measure of one column: for each pair of groups one of each code. */
struct count_tally {
	const struct batch *batch;
	const struct count_plan *plan;
	size_t pairs; /* region groups x language groups, at least 1 x 1 */
	size_t codes; /* answers and specials */
	long *cells;  /* [pair * codes + code] */
};

/* The pair of groups that a person is in. */
size_t count_pair(const struct count_tally *t, size_t person);

/* Is pair `pair` inside group `g` of the release? */
bool count_inside(const struct count_tally *t, const struct release *r, size_t group, size_t pair);

/* count_groups.c: the groups of a plan, with their people. */
int count_groups(struct release *r, const struct batch *b, const struct count_plan *plan,
                 struct err *err);

/* count_mean.c: mean and median of a slot whose distribution stands already. */
void count_mean_scale(const struct release_table *t, struct release_slot *s);
int count_mean_numbers(const struct count_tally *t, const struct release *r,
                       const struct batch_column *c, struct release_slot *s, struct err *err);

#endif
