/* round.h - the round that answers are collected for: its questionnaire, key and store's shape. */
#ifndef COLLECTOR_ROUND_H
#define COLLECTOR_ROUND_H

#include "forms/form.h"
#include "forms/study.h"
#include "lib/base/err.h"
#include "lib/record/seal.h"
#include "lib/record/store.h"

#include <stddef.h>
#include <stdint.h>

/* Read once at start-up, then shared by all threads and never changed. */
struct round {
	struct study *study;
	char *name;
	struct seal_key key;
	struct form *form; /* frozen */
	uint8_t digest[RECORD_DIGEST]; /* of the frozen questionnaire */
	struct store_shape shape;
	struct form_free_text *texts; /* in record order */
	size_t n_texts;
	char *folder, *store; /* rounds/R and its responses.db */
};

/*
 * Load round `wanted` (NULL: the latest) of the study in `folder`. No keys, a questionnaire that is
 * not the one the keys were made for: ERR_INPUT. On failure `out` is empty.
 */
int round_load(struct round *out, const char *folder, const char *wanted, struct err *err);
void round_finish(struct round *r);

/*
 * Open the round's store; if there is none yet, make an empty one first. ERR_IO with "in use" while
 * a collector runs. The caller owns *out.
 */
int round_open_store(struct store **out, const struct round *r, struct err *err);

/* Bytes of one submission's sealed records, all kinds together. */
size_t round_submission_size(const struct round *r);

#endif
