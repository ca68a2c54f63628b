/* directive_target.h - the paths of directives looked up in an edition. */
#ifndef REPORT_DIRECTIVE_TARGET_H
#define REPORT_DIRECTIVE_TARGET_H

#include "report/edition.h"

/* What "services.naloxone.harder" names. */
struct directive_target {
	const struct form_question *question;
	const struct form_row *row; /* of a matrix, or NULL */
	const char *answer; /* a value, or NULL; borrowed from the path, the form or the release */
	bool written;       /* the answer is that people wrote something */
};

/*
 * Find what a path names: [SECTION.]QUESTION[.ROW][.ANSWER]. Faults: ERR_INPUT, without a place,
 * with the word that may have been meant.
 */
int directive_target(struct directive_target *out, const struct edition *e, const char *path,
                     struct err *err);

/* A section by its id. Faults: the same. */
int directive_section(const struct form_section **out, const struct edition *e, const char *id,
                      struct err *err);

/*
 * A group of the release by its id ("150", "fr", "150/fr", "other"); "region-other" and
 * "language-other" where it could be either. Faults: the same.
 */
int directive_group(size_t *out, const struct edition *e, const char *id, struct err *err);
/* The id that names this group and no other. */
void directive_group_id(struct buf *out, const struct edition *e, size_t group);

#endif
