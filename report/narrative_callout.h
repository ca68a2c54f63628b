/* narrative_callout.h - a figure called out: "3 in 4", and what it is. */
#ifndef REPORT_NARRATIVE_CALLOUT_H
#define REPORT_NARRATIVE_CALLOUT_H

#include "report/narrative_text.h"

/* A simple fraction that is near a share; false: none is near enough. */
bool narrative_callout_fraction(int *part, int *of, int tenths);

/*
 * Add the call-out of the directive `v`, which begins at `at` in `p` and has `words` behind it.
 * Returns 0, or -1 with n->err.
 */
int narrative_callout(struct narrative *n, struct document_block *section,
                      const struct directive *v, const struct narrative_part *p, size_t at,
                      const struct narrative_part *words);

#endif
