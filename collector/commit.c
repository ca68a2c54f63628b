/*
 * commit.c - durable before acknowledged. In: jobs of many threads. Out: each job's result, after
 * the transaction it was part of.
 *
 * Submissions that wait together share one transaction (a group commit), so that the disk's
 * synchronisation is paid once for all of them. After a failed write nothing can be trusted: no
 * later success is believed, every job fails, and the program is told to end; its restart checks
 * the store. A store that cannot grow (a full disk) is not a failed write: what does not fit waits
 * for better times.
 */
#include "collector/commit.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>

enum {
	GROUP_MOST = 256, /* submissions in a transaction */
	GROUP_ROWS = 512, /* their records: a page of the store each, and one of the journal, in memory */
	GROW_LEAST = 256,
	WAITING_MOST = 512, /* submissions; who brings more is kept waiting with them */
};

struct commit {
	struct store *store;           /* the thread's alone */
	const struct seal_key *key;
	void (*failed)(void *ctx, const struct err *err);
	void *ctx;
	pthread_t thread;
	pthread_mutex_t lock; /* over what follows */
	pthread_cond_t more, fewer;
	struct commit_job *first, **last;
	size_t waiting, group; /* submissions that wait; and that share a transaction at most */
	bool stopping, broken, closed;
};

static void answer(struct commit_job *job, enum commit_result result)
{
	job->result = result;
	job->done(job);
}

static void answer_fault(struct commit_job *job, enum commit_result result, const struct err *err)
{
	job->err = *err;
	answer(job, result);
}

/* A write failed: nothing more is acknowledged. */
static void fail(struct commit *c, const struct err *err)
{
	bool first;

	pthread_mutex_lock(&c->lock);
	first = !c->broken;
	c->broken = true;
	pthread_mutex_unlock(&c->lock);
	if (first)
		c->failed(c->ctx, err);
}

/* Room for `n` submissions, or as many as there is room for. */
static size_t make_room(struct commit *c, size_t n, struct err *err)
{
	size_t room = store_room(c->store), all = store_count(c->store) + room;

	if (room >= n)
		return n;
	if (store_grow(c->store, 2 * all + n + GROW_LEAST, err) == 0)
		return n;
	return room;
}

/* One transaction for the first `n` of the jobs. The result of each is set, not yet told. */
static int store_group(struct commit *c, struct commit_job **jobs, size_t n, struct err *err)
{
	if (store_begin(c->store, err) != 0)
		return -1;
	for (size_t i = 0; i < n; i++) {
		bool known;

		if (store_put(c->store, jobs[i]->submission, &known, err) != 0)
			return -1;
		jobs[i]->result = known ? COMMIT_KNOWN : COMMIT_DONE;
	}
	return store_commit(c->store, err);
}

static void run_group(struct commit *c, struct commit_job **jobs, size_t n)
{
	struct err err = {0};
	size_t fit;

	if (c->closed) {
		for (size_t i = 0; i < n; i++)
			answer(jobs[i], COMMIT_CLOSED);
		return;
	}
	fit = make_room(c, n, &err);
	if (store_failed(c->store)) {
		fail(c, &err);
		for (size_t i = 0; i < n; i++)
			answer_fault(jobs[i], COMMIT_FAILED, &err);
		return;
	}
	for (size_t i = fit; i < n; i++)
		answer_fault(jobs[i], COMMIT_BUSY, &err);
	if (fit == 0)
		return;
	if (store_group(c, jobs, fit, &err) != 0) {
		fail(c, &err);
		for (size_t i = 0; i < fit; i++)
			answer_fault(jobs[i], COMMIT_FAILED, &err);
		return;
	}
	for (size_t i = 0; i < fit; i++)
		jobs[i]->done(jobs[i]);
}

static void run_withdrawal(struct commit *c, struct commit_job *job)
{
	struct err err;
	bool found;

	if (c->closed) {
		answer(job, COMMIT_CLOSED);
	} else if (store_withdraw(c->store, job->receipt, &found, &err) != 0) {
		fail(c, &err);
		answer_fault(job, COMMIT_FAILED, &err);
	} else {
		answer(job, found ? COMMIT_DONE : COMMIT_MISSING);
	}
}

static void run_close(struct commit *c, struct commit_job *job)
{
	struct err err;

	if (c->closed) {
		answer(job, COMMIT_CLOSED);
		return;
	}
	if (store_close_round(c->store, &err) != 0) {
		if (store_failed(c->store))
			fail(c, &err);
		answer_fault(job, store_failed(c->store) ? COMMIT_FAILED : COMMIT_BUSY, &err);
		return;
	}
	pthread_mutex_lock(&c->lock);
	c->closed = true;
	pthread_mutex_unlock(&c->lock);
	answer(job, COMMIT_DONE);
}

static void run_single(struct commit *c, struct commit_job *job)
{
	struct err err;

	switch (job->kind) {
	case COMMIT_WITHDRAWAL:
		run_withdrawal(c, job);
		break;
	case COMMIT_BACKUP:
		if (store_backup(c->store, c->key, job->file, &err) == 0)
			answer(job, COMMIT_DONE);
		else
			answer_fault(job, COMMIT_BUSY, &err);
		break;
	case COMMIT_CLOSE:
		run_close(c, job);
		break;
	case COMMIT_AUDIT:
		if (store_audit(job->audit, c->store, &err) == 0)
			answer(job, COMMIT_DONE);
		else
			answer_fault(job, COMMIT_BUSY, &err);
		break;
	case COMMIT_SUBMISSION:
		run_group(c, &job, 1);
		break;
	}
}

/* Take what can be done together: submissions, or one job of another kind. 0: time to end. */
static size_t take(struct commit *c, struct commit_job **jobs, bool *broken)
{
	size_t n = 0;

	pthread_mutex_lock(&c->lock);
	while (c->first == NULL && !c->stopping)
		pthread_cond_wait(&c->more, &c->lock);
	while (c->first != NULL && n < c->group) {
		bool submission = c->first->kind == COMMIT_SUBMISSION;

		if (!submission && n > 0)
			break;
		jobs[n++] = c->first;
		c->first = c->first->next;
		c->waiting -= submission;
		if (!submission)
			break;
	}
	if (c->waiting < WAITING_MOST)
		pthread_cond_broadcast(&c->fewer);
	if (c->first == NULL)
		c->last = &c->first;
	*broken = c->broken;
	pthread_mutex_unlock(&c->lock);
	return n;
}

static void refuse(struct commit_job **jobs, size_t n)
{
	struct err err;

	err_set(&err, ERR_IO, "the store failed: the collector is ending");
	for (size_t i = 0; i < n; i++)
		answer_fault(jobs[i], COMMIT_FAILED, &err);
}

static void *run(void *arg)
{
	struct commit_job *jobs[GROUP_MOST];
	struct commit *c = arg;
	bool broken;
	size_t n;

	while ((n = take(c, jobs, &broken)) > 0) {
		if (broken)
			refuse(jobs, n);
		else if (jobs[0]->kind == COMMIT_SUBMISSION)
			run_group(c, jobs, n);
		else
			run_single(c, jobs[0]);
	}
	return NULL;
}

/* As many submissions as a transaction should hold. */
static size_t group_of(const struct store_shape *shape)
{
	size_t records = 0, n;

	for (int kind = 0; kind < RECORD_KINDS; kind++)
		records += shape->each[kind];
	n = GROUP_ROWS / records;
	return n < 1 ? 1 : n > GROUP_MOST ? GROUP_MOST : n;
}

int commit_start(struct commit **out, struct store *store, const struct seal_key *key,
                 void (*failed)(void *ctx, const struct err *err), void *ctx, struct err *err)
{
	struct commit *c = calloc(1, sizeof *c);

	if (c == NULL) {
		store_free(store);
		return err_nomem(err);
	}
	c->store = store;
	c->key = key;
	c->failed = failed;
	c->ctx = ctx;
	c->last = &c->first;
	c->closed = store_shape(store)->closed;
	c->group = group_of(store_shape(store));
	pthread_mutex_init(&c->lock, NULL);
	pthread_cond_init(&c->more, NULL);
	pthread_cond_init(&c->fewer, NULL);
	if (pthread_create(&c->thread, NULL, run, c) != 0) {
		c->stopping = true;
		store_free(c->store);
		c->store = NULL;
		commit_free(c);
		return err_set(err, ERR_IO, "no thread can be started");
	}
	*out = c;
	return 0;
}

void commit_post(struct commit *c, struct commit_job *job)
{
	bool stopping;

	job->next = NULL;
	pthread_mutex_lock(&c->lock);
	while (job->kind == COMMIT_SUBMISSION && c->waiting >= WAITING_MOST && !c->stopping)
		pthread_cond_wait(&c->fewer, &c->lock);
	stopping = c->stopping;
	if (!stopping) {
		c->waiting += job->kind == COMMIT_SUBMISSION;
		*c->last = job;
		c->last = &job->next;
		pthread_cond_signal(&c->more);
	}
	pthread_mutex_unlock(&c->lock);
	if (stopping) {
		err_set(&job->err, ERR_IO, "the collector is stopping");
		answer(job, COMMIT_BUSY);
	}
}

struct wait {
	pthread_mutex_t lock;
	pthread_cond_t over;
	size_t left;
};

static void one_done(struct commit_job *job)
{
	struct wait *w = job->ctx;

	pthread_mutex_lock(&w->lock);
	if (--w->left == 0)
		pthread_cond_signal(&w->over);
	pthread_mutex_unlock(&w->lock);
}

void commit_wait(struct commit *c, struct commit_job *jobs, size_t n)
{
	struct wait w = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, n};

	for (size_t i = 0; i < n; i++) {
		jobs[i].done = one_done;
		jobs[i].ctx = &w;
		commit_post(c, &jobs[i]);
	}
	pthread_mutex_lock(&w.lock);
	while (w.left > 0)
		pthread_cond_wait(&w.over, &w.lock);
	pthread_mutex_unlock(&w.lock);
	pthread_cond_destroy(&w.over);
	pthread_mutex_destroy(&w.lock);
}

void commit_stop(struct commit *c)
{
	bool before;

	pthread_mutex_lock(&c->lock);
	before = c->stopping;
	c->stopping = true;
	pthread_cond_signal(&c->more);
	pthread_cond_broadcast(&c->fewer);
	pthread_mutex_unlock(&c->lock);
	if (before)
		return;
	pthread_join(c->thread, NULL);
	store_free(c->store);
	c->store = NULL;
}

void commit_free(struct commit *c)
{
	if (c == NULL)
		return;
	pthread_cond_destroy(&c->more);
	pthread_cond_destroy(&c->fewer);
	pthread_mutex_destroy(&c->lock);
	free(c);
}

bool commit_closed(struct commit *c)
{
	bool closed;

	pthread_mutex_lock(&c->lock);
	closed = c->closed;
	pthread_mutex_unlock(&c->lock);
	return closed;
}
