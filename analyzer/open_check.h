/* open_check.h - are opened records answers to the questionnaire? Internal to open_block.c. */
#ifndef ANALYZER_OPEN_CHECK_H
#define ANALYZER_OPEN_CHECK_H

#include "analyzer/open.h"

#include <stdbool.h>

/* What was found out about a record. */
struct open_check {
	enum open_fault fault;     /* why it is set aside */
	enum accept_fault mistake; /* with OPEN_MISTAKE: the first */
	bool tidied;               /* answers that do not count were left out of it */
};

/*
 * Bring a core record's answers into canonical form, as the page does, and check them. `json` is
 * the `n` bytes that they were read from, with what stands behind. 0: they count; 1: set aside, for
 * `found->fault`; -1 with err set (ERR_NOMEM).
 */
int open_check_core(struct answers *a, const uint8_t *json, size_t n, const struct form *f,
                    struct open_check *found, struct err *err);

/* The same for a free text's record: 0 or 1. */
int open_check_text(const struct record_text *t, enum record_kind kind, const struct form *f,
                    struct open_check *found);

#endif
