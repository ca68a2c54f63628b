/*
 * compare.h - two rounds side by side: what changed, each with its base. Only questions that are the
 * same in both (id, type, choices, rows, bounds) are compared; the others are named.
 */
#ifndef ANALYZER_COMPARE_H
#define ANALYZER_COMPARE_H

#include "analyzer/print.h"
#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/release/release.h"

#include <stdbool.h>

/* One round; everything is borrowed. */
struct compare_round {
	const struct release *release; /* as it was published */
	const struct form *form;
};

/* Why a question cannot be compared, or NULL if it can ("its choices are others"). */
const char *compare_fault(const struct form_question *before, const struct form_question *after);

/*
 * Append. Groups are compared where both releases have one with the same members; `view` is of the
 * later round's form. A change is in percentage points, of rounded percentages; where a count is
 * not published there is none.
 */
void compare_tables(struct buf *out, const struct compare_round round[2],
                    const struct print_view *view);
void compare_csv(struct buf *out, const struct compare_round round[2],
                 const struct print_view *view);

#endif
