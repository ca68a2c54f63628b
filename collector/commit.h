/*
 * commit.h - the one thread that owns the store. Others post jobs; what waits is committed
 * together; a job is answered after its commit.
 */
#ifndef COLLECTOR_COMMIT_H
#define COLLECTOR_COMMIT_H

#include "lib/base/err.h"
#include "lib/record/seal.h"
#include "lib/record/store.h"

enum commit_kind {
	COMMIT_SUBMISSION, /* store `submission` */
	COMMIT_WITHDRAWAL, /* overwrite the submission of `receipt` */
	COMMIT_BACKUP,     /* write a backup to the open file `file` */
	COMMIT_CLOSE,      /* end the round */
	COMMIT_AUDIT,      /* look at the whole store, into `audit` */
};

enum commit_result {
	COMMIT_DONE,    /* durable */
	COMMIT_KNOWN,   /* the same submission was there already, durable */
	COMMIT_MISSING, /* no submission has this receipt */
	COMMIT_CLOSED,  /* the round has ended */
	COMMIT_BUSY,    /* not done, nothing is broken: later again. `err` says why */
	COMMIT_FAILED,  /* not acknowledged, and nothing will be: the program is ending */
};

/* Owned by who posts it, and theirs again when `done` is called. */
struct commit_job {
	enum commit_kind kind;
	const struct store_submission *submission;
	uint8_t receipt[STORE_RECEIPT];
	int file;
	struct store_audit *audit;
	enum commit_result result;
	struct err err; /* with COMMIT_BUSY and COMMIT_FAILED */
	void (*done)(struct commit_job *job); /* on the commit thread; must not block */
	void *ctx;
	struct commit_job *next; /* the queue's */
};

struct commit;

/*
 * Start the thread. It owns `store` from now on, also on failure. `failed` is called once when a
 * write failed: from then on every job is COMMIT_FAILED, and the program must end.
 */
int commit_start(struct commit **out, struct store *store, const struct seal_key *key,
                 void (*failed)(void *ctx, const struct err *err), void *ctx, struct err *err);

/*
 * Post a job. Jobs are taken in the order of posting. Where too many submissions wait already this
 * waits until there are fewer, so that memory is bounded: not on the commit thread.
 */
void commit_post(struct commit *c, struct commit_job *job);

/*
 * Post `n` jobs and wait for all of them; submissions among them share a transaction where they can.
 * `done` and `ctx` are this function's.
 */
void commit_wait(struct commit *c, struct commit_job *jobs, size_t n);

/* Do what has been posted, answer later jobs with COMMIT_BUSY, end the thread, close the store. */
void commit_stop(struct commit *c);
void commit_free(struct commit *c); /* after commit_stop(); NULL is fine */

/* Has the round been ended? */
bool commit_closed(struct commit *c);

#endif
