/* analyze.h - what the parts of survey-analyze share. */
#ifndef ANALYZER_ANALYZE_H
#define ANALYZER_ANALYZE_H

#include "analyzer/batch.h"
#include "analyzer/ledger.h"
#include "analyzer/open.h"
#include "forms/form.h"
#include "forms/study.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>

enum analyze_format { ANALYZE_TABLE, ANALYZE_CSV, ANALYZE_JSON };

/* What the command line says; all borrowed. */
struct analyze_request {
	const char *study, *round, *question, *language, *output;
	const char *public_key;
	char **stores, **keys, **passphrases, **audits; /* files */
	size_t n_stores, n_keys, n_passphrases, n_audits;
	enum release_by by;
	enum analyze_format format;
	bool release;
};

/* A round, and everybody's answers in columns once it is opened. */
struct analyze_round {
	struct study *study;
	char *round;
	struct form *form;
	uint8_t digest[RECORD_DIGEST]; /* of the form */
	char *store;                   /* rounds/R/responses.db, where no store was named */
	struct open_key *key;
	struct batch *batch;
	struct open_tally tally;
	size_t language; /* index of the language that labels are in */
	struct ledger ledger; /* what was published before; for --release */
};

/* analyze_open.c */

/* Read the study, the round and its questionnaire. ERR_INPUT: no such question or language. */
int analyze_load(struct analyze_round *out, const struct analyze_request *r, struct err *err);

/* Open the round's records with the custodians' keys; says on stderr how far it is. */
int analyze_open(struct analyze_round *round, const struct analyze_request *r, struct err *err);
void analyze_finish(struct analyze_round *round); /* wipes */

/* All records that are not counted. */
long analyze_aside(const struct analyze_round *round);

/* The head of a release: study, round, questionnaire, people set aside. Owned by `r`. */
int analyze_head(struct release *r, const struct analyze_round *round, struct err *err);

/* analyze_show.c: the researcher's own view, to stdout or a file. */
int analyze_show(const struct analyze_round *round, const struct analyze_request *r,
                 struct err *err);

/* analyze_release.c */

/*
 * May this round be released now? Before anybody types a passphrase: ERR_REFUSED where the rule is
 * too weak, or the round is neither closed nor given as a backup; the releases before are read.
 */
int analyze_release_check(struct analyze_round *round, const struct analyze_request *r,
                          struct err *err);

/*
 * Protect, audit together with the releases before, sign, write releases/R-NN.json, .csv and
 * .counts; say what was protected and why.
 */
int analyze_release(const struct analyze_round *round, struct err *err);

/*
 * analyze_audit.c: examine releases, in their order, by themselves and together; says what it
 * finds. ERR_REFUSED: there is a hole.
 */
int analyze_audit(const struct analyze_request *r, struct err *err);

#endif
