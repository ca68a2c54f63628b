/*
 * count.h - exact counts of every question, by total, region, language and region x language, or
 * by the answers of other questions, in the shape of a release (lib/release/release.h) in which
 * nothing is protected yet.
 */
#ifndef ANALYZER_COUNT_H
#define ANALYZER_COUNT_H

#include "analyzer/batch.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>

#define COUNT_OTHER "other"       /* id of a group that was merged */
#define COUNT_NO_ANSWER "(none)"  /* of people who did not answer the question they are grouped by */

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
	bool ranks; /* mean ranks, too: for the researcher's own view, never for a release */
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

/* One thing that people are grouped by: their region, their language, or a column's answers. */
enum count_kind { COUNT_REGION, COUNT_LANGUAGE, COUNT_COLUMN };
enum { COUNT_BY_MAX = 3 };
struct count_by {
	struct count_by_one {
		enum count_kind kind;
		const struct batch_column *column; /* COUNT_COLUMN; borrowed from the batch */
	} one[COUNT_BY_MAX];
	size_t n;
};

/*
 * Read "gender" or "region,services/nsp": region, language, ids of questions, QUESTION/ROW of a
 * matrix. ERR_INPUT: no such question, a free text (which is not joined to other answers), a
 * matrix without its row, more than COUNT_BY_MAX.
 */
int count_by_read(struct count_by *out, const struct batch *b, const char *text, struct err *err);

/*
 * Count everything in total and for each combination of these. People who chose several answers are
 * in several groups; numbers group by their bands, rankings by what was put first. Those who gave
 * no answer are COUNT_NO_ANSWER. Groups are RELEASE_CROSSED, and only those that have people.
 * ERR_INPUT: too many groups. The caller owns *out.
 */
int count_crossed(struct release **out, const struct batch *b, const struct count_by *by,
                  struct err *err);

#endif
