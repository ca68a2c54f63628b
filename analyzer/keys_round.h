/* keys_round.h - the folder of a new round, there whole or not at all. */
#ifndef ANALYZER_KEYS_ROUND_H
#define ANALYZER_KEYS_ROUND_H

#include "forms/study.h"
#include "lib/base/err.h"
#include "lib/record/seal.h"

/* A round that is being made, in a hidden folder beside the others. */
struct keys_round;

/*
 * Check the questionnaire and freeze it for the round (form.json). ERR_INPUT: the round exists,
 * its name is bad, the questionnaire has errors. The study is borrowed; the caller owns *out.
 */
int keys_round_create(struct keys_round **out, const struct study *study, const char *round,
                      struct err *err);

/* Digest of the frozen form.json. Borrowed. */
const uint8_t *keys_round_form(const struct keys_round *r);

/* Write public.key; its path, for as long as the round is not finished, is keys_round_path(). */
int keys_round_public(struct keys_round *r, const struct seal_key *key, struct err *err);
const char *keys_round_path(const struct keys_round *r);

/* Give the folder its name: from now on there is a round. Durable. */
int keys_round_finish(struct keys_round *r, struct err *err);

/* An unfinished round is removed; NULL is fine. */
void keys_round_free(struct keys_round *r);

#endif
