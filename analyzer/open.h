/*
 * open.h - the only code that opens sealed records. It is linked into the programs of the analysis
 * machine alone.
 */
#ifndef ANALYZER_OPEN_H
#define ANALYZER_OPEN_H

#include "analyzer/custodian.h"
#include "forms/accept.h"
#include "forms/form.h"
#include "forms/study.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"
#include "lib/record/encode.h"
#include "lib/record/seal.h"

#include <stddef.h>
#include <stdint.h>

/* A round's secret, put together; in guarded memory. Shared by threads, never changed. */
struct open_key;

/*
 * Put a round's secret together from the key files of a quorum, asking for their passphrases.
 * More files than the quorum are checked but not asked for. The caller owns *out. ERR_CRYPTO,
 * each with its own words: wrong passphrase, damaged share, too few, the same twice, of another
 * study or round, not a key file; ERR_REFUSED: a key file inside a study folder.
 */
int open_key_load(struct open_key **out, const struct study *study, const char *round,
                  char *const *files, size_t n, struct custodian_source *passphrases,
                  struct err *err);

/*
 * The same from a secret at hand, which is taken over (also on failure). `path` is the round's
 * public.key; a secret that is not its own is ERR_CRYPTO.
 */
int open_key_create(struct open_key **out, struct custodian_secret *secret, const char *path,
                    struct err *err);
void open_key_free(struct open_key *k); /* wipes; NULL is fine */

/* Borrowed from the key. */
const struct seal_key *open_key_public(const struct open_key *k);
const uint8_t *open_key_digest(const struct open_key *k); /* RECORD_DIGEST, of public.key */
const struct custodian_secret *open_key_secret(const struct open_key *k);

/*
 * Open `n` sealed bytes into `plain`, which has room for n - SEAL_OVERHEAD. ERR_CRYPTO if they
 * were not sealed to this key or were changed; `plain` then holds nothing of use.
 */
int open_record(const struct open_key *k, uint8_t *plain, const uint8_t *sealed, size_t n,
                struct err *err);

/* Append what was sealed. On failure `out` is unchanged. */
int open_sealed(struct buf *out, const struct open_key *k, const void *sealed, size_t n,
                struct err *err);

/*
 * open_backup.c - decrypt a backup file (survey-record(5)) and append the image of its store. The
 * records in it are still sealed. ERR_CRYPTO: of another key, changed, cut short.
 */
int open_backup(struct buf *out, const struct open_key *k, const char *path, struct err *err);

/* open_store.c - all records of a round's stores, opened by several threads. */

/* Why a record is set aside: it is not counted, and said to be so. */
enum open_fault {
	OPEN_SEALED,    /* cannot be opened: changed, or sealed to another key */
	OPEN_FOREIGN,   /* of another questionnaire */
	OPEN_MALFORMED, /* not the canonical form of its kind */
	OPEN_PLACE,     /* of a language or region that the survey does not have */
	OPEN_TOO_MUCH,  /* holds what its kind must not: a free text, a country, a region */
	OPEN_TEXT,      /* a text of no question with texts of its kind */
	OPEN_MISTAKE,   /* answers that the page does not take */
	OPEN_TWICE,     /* the same sealed record again, sent or copied */
	OPEN_FAULTS
};

struct open_tally {
	size_t records[RECORD_KINDS]; /* found in the stores */
	size_t aside[RECORD_KINDS][OPEN_FAULTS];
	size_t mistakes[RECORD_KINDS][ACCEPT_FAULTS]; /* those of OPEN_MISTAKE, by their first */
	size_t tidied; /* core records that count without some of their answers: not asked */
};
size_t open_tally_aside(const struct open_tally *t); /* all that were set aside */
const char *open_fault_text(enum open_fault fault);  /* "cannot be opened" */

/*
 * Where opened records go, in no particular order, one call at a time. What is handed over belongs
 * to the sink (of a text: what is in it, to be moved or finished). A nonzero return (with err set)
 * stops everything. Either function may be NULL: such records are then checked, counted and wiped.
 * `progress` may be NULL.
 */
struct open_sink {
	int (*core)(void *ctx, struct answers *a, struct err *err);
	int (*text)(void *ctx, enum record_kind kind, struct record_text *t, struct err *err);
	void (*progress)(void *progress_ctx, size_t done); /* records so far */
	void *ctx, *progress_ctx;
};

/*
 * Open every record of these files: closed or idle stores, or backups. `form` and `digest` are the
 * frozen questionnaire's. `threads` 0: one for each processor. One of another round is ERR_INPUT,
 * and so are two files that share half of the records of one of them (a backup given together with
 * its store or its successor), before anything is opened. Any other record that is there twice is
 * counted once, and the rest set aside. Damage may be found when some records have been handed
 * over: what a sink has got is of use only after success.
 */
int open_stores(struct open_tally *tally, const struct open_key *k, const struct form *form,
                const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                unsigned threads, const struct open_sink *sink, struct err *err);

#endif
