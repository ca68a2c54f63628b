/*
 * ledger.h - what a round has published so far: releases/R-01.json and on, a chain by digest, each
 * with its sealed exact counts.
 */
#ifndef ANALYZER_LEDGER_H
#define ANALYZER_LEDGER_H

#include "analyzer/batch.h"
#include "analyzer/count.h"
#include "analyzer/open.h"
#include "forms/study.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stddef.h>

enum { LEDGER_RELEASES = 99 };

struct ledger {
	struct release *releases[LEDGER_RELEASES]; /* the first first; owned */
	size_t n;
	char last[65]; /* hex digest of the last one's file, "" without one */
};

/* releases/ROUND-NN.SUFFIX; owned by the caller. */
char *ledger_path(const struct study *study, const char *round, unsigned number,
                  const char *suffix, struct err *err);

/*
 * Read all releases of a round: numbered without a gap, signed by the round's key, each naming the
 * digest of the one before. ERR_REFUSED: one was protected by another rule than the study has now.
 */
int ledger_load(struct ledger *out, const struct study *study, const char *round,
                struct err *err);
void ledger_finish(struct ledger *l);

/* The hex digest of a release's file. */
int ledger_digest(char out[65], const char *path, struct err *err);

/* The exact counts that the last release was made from. ERR_CRYPTO: not the file that it names. */
int ledger_exact(struct release **out, const struct ledger *l, const struct study *study,
                 const char *round, const struct open_key *key, struct err *err);

/*
 * Seal the exact counts of a release to the round's key, as a libsodium sealed box whose ephemeral
 * key comes from the round's secret and the counts: the same counts give the same bytes.
 */
int ledger_seal(struct buf *out, const struct release *exact, const struct open_key *key,
                struct err *err);

/*
 * ledger_plan.c - the groups of an earlier release for the people of now. Codes that it had nobody
 * of join "other"; where there is no such group that breakdown is left out. `exact`: now, counted
 * with count_plan_all().
 */
int ledger_plan(struct count_plan *plan, const struct release *published,
                const struct release *exact, const struct batch *b, struct err *err);

/* Exact counts by every region and language, added up in the groups and tables of `like`. */
int ledger_regroup(struct release **out, const struct release *exact, const struct release *like,
                   struct err *err);

#endif
