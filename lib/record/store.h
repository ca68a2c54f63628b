/*
 * store.h - a round's sealed records in one SQLite file that hides order, time and lengths.
 *
 * Every row exists from the start, filled with random bytes; a record is written over a uniformly
 * random free row, in place. Row = key (16) | sealed record | tag (16); a valid tag means used.
 * Free rows are known only in memory, by a scan at opening. Specified in survey-record(5).
 *
 * One struct store is used by one thread. Only one process can open a live store.
 */
#ifndef RECORD_STORE_H
#define RECORD_STORE_H

#include "lib/base/err.h"
#include "lib/record/encode.h"
#include "lib/record/seal.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	STORE_VERSION = 1,
	STORE_PAGE = 16384,
	STORE_ROW_KEY = 16,
	STORE_ROW_TAG = 16,
	STORE_NUMBER = 16,  /* the page's random number, in bytes */
	STORE_RECEIPT = 16, /* names one submission, known only to who keeps it */
};

struct store; /* an open store */

/* What a store's header says; constant from creation to the end, but for `closed`. */
struct store_shape {
	uint8_t key[RECORD_DIGEST]; /* BLAKE2b-256 of the bytes of public.key */
	uint8_t form[RECORD_DIGEST];
	char round[32];
	size_t size[RECORD_KINDS]; /* sealed bytes a record: plaintext size + SEAL_OVERHEAD */
	size_t each[RECORD_KINDS]; /* records a submission: 1, short texts, comments */
	bool closed;
};

/* One submission: for each kind `each` sealed records of `size` bytes, one behind the other. */
struct store_submission {
	uint8_t receipt[STORE_RECEIPT];
	const uint8_t *records[RECORD_KINDS];
};

/*
 * The receipt of a submission: BLAKE2b over the page's number and the digest of the submitted
 * content. Row keys are hashes of the receipt, the kind and the index.
 */
void store_receipt(uint8_t out[STORE_RECEIPT], const uint8_t number[STORE_NUMBER],
                   const uint8_t content[RECORD_DIGEST]);

/*
 * The row size (key, record, tag) for at least `minimum` bytes: the largest that takes no larger
 * share of the store's pages.
 */
size_t store_row_size(size_t minimum);

/* Make a new, empty store for `submissions`; an existing file is ERR_INPUT. Atomic, durable. */
int store_create(const char *path, const struct store_shape *shape, size_t submissions,
                 struct err *err);

/*
 * Open for collecting. fsync, integrity of the layout checked, scan. A store that is damaged, of
 * another key or form, or closed is ERR_INPUT and is not touched; one that another process has
 * open is ERR_IO with "in use".
 */
int store_open(struct store **out, const char *path, const struct store_shape *expected,
               struct err *err);
void store_free(struct store *s); /* NULL is fine */
const struct store_shape *store_shape(const struct store *s);

/* Has a write failed for good? Then free the store and exit. */
bool store_failed(const struct store *s);

/* Submissions that are stored (their core record is), and that fit without growing. */
size_t store_count(const struct store *s);
size_t store_room(const struct store *s);

/*
 * Group commit: begin, put any number, commit. What was put is acknowledged after commit returned
 * 0, and only then. A failed write or commit is final (ERR_IO): free the store and exit.
 * store_put sets `*known` when the same submission is already there; then nothing is written.
 * Without room it is ERR_INPUT ("full"): nothing of it is written, the group goes on.
 * A closed store is ERR_INPUT. begin, put and commit out of turn are a programmer's mistake.
 */
int store_begin(struct store *s, struct err *err);
int store_put(struct store *s, const struct store_submission *sub, bool *known, struct err *err);
int store_commit(struct store *s, struct err *err);

/* Overwrite a submission with random bytes. `*found` says whether it was there. Own transaction. */
int store_withdraw(struct store *s, const uint8_t receipt[STORE_RECEIPT], bool *found,
                   struct err *err);

/*
 * Shuffled rebuild with room for `submissions`, renamed over the old file. Not between begin and
 * commit. On failure before the renaming (a full disk) the store goes on as it was; after it, it
 * has failed.
 */
int store_grow(struct store *s, size_t submissions, struct err *err);

/*
 * End of the round: used rows, in random order under fresh random keys, to a new file that is
 * marked closed and renamed over the old one. The store is then read-only. Fails as store_grow().
 */
int store_close_round(struct store *s, struct err *err);

/*
 * Write a backup to an open file, and synchronise it: constant size, the whole store encrypted to
 * `key`. The file, and what is left in it on failure, are the caller's. Another key than the store's
 * is ERR_INPUT. Not between begin and commit.
 */
int store_backup(struct store *s, const struct seal_key *key, int fd, struct err *err);

/*
 * What somebody who takes the store can measure, and what is not as it must be. Of no row more than
 * that.
 */
struct store_audit {
	bool closed;
	bool blurred;      /* the file's time of modification is a whole day */
	bool incomplete;   /* rows that belong to no whole submission: of one never acknowledged */
	bool skewed;       /* all free rows together do not look random */
	uint64_t bytes;    /* of the file */
	uint64_t openings; /* SQLite's own counter: goes up once for an opening that writes */
	uint64_t rows[RECORD_KINDS], used[RECORD_KINDS];
	uint64_t size[RECORD_KINDS];   /* bytes of each row of the kind; 0: there are none */
	uint64_t odd_used, odd_free;   /* rows that do not look random */
	uint64_t readable;             /* of these: rows with a run of text */
	uint64_t alike;                /* rows that begin as another does */
	uint64_t slack;                /* pages with bytes outside their rows */
};

/*
 * Look at every row and page; reading only, in seconds a gigabyte. Of an open store, not between
 * begin and commit; or of the file of a store that nobody has open (ERR_IO: "in use"), closed or
 * not. A store that is damaged, or of another key or form, is ERR_INPUT.
 */
int store_audit(struct store_audit *out, struct store *s, struct err *err);
int store_audit_file(struct store_audit *out, const char *path, const struct store_shape *expected,
                     struct err *err);

/*
 * Reading, for analysis: a closed or idle live store, or a database image in memory (a decrypted
 * backup; `image` is copied). Calls `each` for every used row; a row with a bad tag is free, but in
 * a closed store, which has no free ones: a record that was damaged there is handed on, so that it
 * is missed when it is opened. A nonzero return of `each` stops and is returned as it is. Pages are
 * checked as they are read, so damage (ERR_INPUT) may be found behind rows that were handed on.
 */
int store_read(const char *path, struct store_shape *shape,
               int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n),
               void *ctx, struct err *err);
int store_read_image(const void *image, size_t n, struct store_shape *shape,
                     int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed,
                                 size_t n),
                     void *ctx, struct err *err);

/* A backup's first bytes: "peer-survey backup 1\n"; specified in survey-record(5). */
#define STORE_BACKUP_MAGIC "peer-survey backup 1\n"

#endif
