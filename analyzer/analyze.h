/* analyze.h - what the parts of survey-analyze share. */
#ifndef ANALYZER_ANALYZE_H
#define ANALYZER_ANALYZE_H

#include "analyzer/batch.h"
#include "analyzer/count.h"
#include "analyzer/ledger.h"
#include "analyzer/open.h"
#include "forms/form.h"
#include "forms/study.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum analyze_format { ANALYZE_TABLE, ANALYZE_CSV, ANALYZE_JSON, ANALYZE_XLSX };

/* What the command line says; all borrowed. */
struct analyze_request {
	const char *study, *round, *question, *language, *output;
	const char *public_key;
	char **stores, **keys, **passphrases, **audits; /* files */
	size_t n_stores, n_keys, n_passphrases, n_audits;
	enum release_by by;
	const char *crossing; /* by RELEASE_CROSSED: "gender,services/nsp" */
	const char *where;    /* only people for whom this holds; NULL: all */
	enum analyze_format format;
	bool release, published; /* make a release; show the last one */
	const char *rounds;   /* two rounds to compare, with a comma between them; or NULL */
	const char *comments; /* a question whose texts are wanted, or NULL */
	const char *microdata, *purpose, *quasi; /* file, in words, more quasi-identifiers; or NULL */
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
	struct count_by by;       /* with a crossing */
	struct expression *where; /* NULL: everybody */
	long left_out;            /* people for whom it does not hold */
	struct open_tally tally;
	size_t language; /* index of the language that labels are in */
	struct ledger ledger; /* what was published before; for --release */
};

/* analyze_open.c */

/* Read the study, the round and its questionnaire. ERR_INPUT: no such question or language. */
int analyze_load(struct analyze_round *out, const struct analyze_request *r, struct err *err);

/* analyze_where.c: which people are counted. ERR_INPUT: no expression, no such question. */
int analyze_where_read(struct expression **out, const char *text, const struct form *form,
                       struct err *err);
int analyze_where_holds(bool *out, const struct expression *e, struct answers *a,
                        const struct form *form, struct err *err);

/*
 * Open the round's records with the custodians' keys, into a sink; says on stderr how far it is and
 * what was set aside.
 */
int analyze_records(struct analyze_round *round, const struct analyze_request *r,
                    struct open_sink *sink, struct err *err);

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

/* Has standard output colours? Only a terminal, unless NO_COLOR is set (no-color.org). */
bool analyze_colour(const struct analyze_request *r);
/* Write to a file of this mode, or to standard output (NULL). */
int analyze_put_out(const struct buf *out, const char *path, mode_t mode, struct err *err);

/* analyze_publish.c: from the last release alone; ERR_REFUSED if there is none. */
int analyze_published(struct release **out, const struct analyze_round *round, struct err *err);
int analyze_publish(const struct analyze_round *round, const struct analyze_request *r,
                    struct err *err);
/* R-NN.xlsx and R-NN.datapackage.json beside the release that was just made. */
int analyze_publish_beside(const struct analyze_round *round, struct err *err);

/* analyze_rounds.c: what changed between two rounds, from their releases. */
int analyze_rounds(const struct analyze_request *r, struct err *err);

/* analyze_comments.c: instead of analyze_open(), write the texts of one question. */
int analyze_comments(struct analyze_round *round, const struct analyze_request *r,
                     struct err *err);

/* analyze_micro.c */
enum analyze_micro_kind { ANALYZE_SAV, ANALYZE_DTA, ANALYZE_MICRO_CSV };

/* Before anything is opened. ERR_REFUSED: no purpose; ERR_INPUT: a file of another kind. */
int analyze_micro_check(enum analyze_micro_kind *kind, const struct analyze_request *r,
                        struct err *err);

/* Write the microdata and its codebook; say what was changed. */
int analyze_micro(const struct analyze_round *round, const struct analyze_request *r,
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
