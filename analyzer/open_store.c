/*
 * open_store.c - all records of a round, from stores and backups, opened by several threads.
 *
 * Enters: files. Leaves: decoded answers and texts, handed to a sink one call at a time, and a
 * tally of what was set aside. Opening is almost all X25519, so the calling thread only reads and
 * fills blocks of sealed records; workers open, decode and check a block, then hand it over.
 * Memory stays bounded: a queue of a few blocks, whatever the size of the round.
 */
#include "analyzer/open.h"
#include "analyzer/open_block.h"
#include "analyzer/open_scan.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

enum { QUEUE = 16, THREADS = 64 };

struct pool {
	struct open_rules rules;
	const struct open_sink *sink;
	struct open_block *open[RECORD_KINDS]; /* being filled; the reader's own */

	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t filled, taken;
	struct open_block *queue[QUEUE];
	size_t first, n;
	struct open_block *spare[RECORD_KINDS]; /* done with, to be filled again */
	bool complete, stopped;
	struct err fault;

	pthread_mutex_t out; /* of the sink and what follows */
	struct open_seen *seen;
	struct open_tally tally;
	size_t done;
};

const char *open_fault_text(enum open_fault fault)
{
	static const char *const text[OPEN_FAULTS] = {
		[OPEN_SEALED] = "cannot be opened",
		[OPEN_FOREIGN] = "of another questionnaire",
		[OPEN_MALFORMED] = "malformed",
		[OPEN_PLACE] = "of a language or region that the survey does not have",
		[OPEN_TOO_MUCH] = "hold more than they may: a text, a country or a region",
		[OPEN_TEXT] = "not of a question with such texts",
		[OPEN_MISTAKE] = "not answers to this questionnaire",
		[OPEN_TWICE] = "the same sealed record again",
	};

	assert(fault < OPEN_FAULTS);
	return text[fault];
}

size_t open_tally_aside(const struct open_tally *t)
{
	size_t n = 0;

	for (int kind = 0; kind < RECORD_KINDS; kind++)
		for (int fault = 0; fault < OPEN_FAULTS; fault++)
			n += t->aside[kind][fault];
	return n;
}

static void stop(struct pool *p, const struct err *fault)
{
	pthread_mutex_lock(&p->lock);
	if (!p->stopped)
		p->fault = *fault;
	p->stopped = true;
	pthread_cond_broadcast(&p->filled);
	pthread_cond_broadcast(&p->taken);
	pthread_mutex_unlock(&p->lock);
}

/* Hand a full block to the workers; -1: they have stopped. The block is taken in either case. */
static int push(struct pool *p, struct open_block *b)
{
	int status = 0;

	pthread_mutex_lock(&p->lock);
	while (p->n == QUEUE && !p->stopped)
		pthread_cond_wait(&p->taken, &p->lock);
	if (p->stopped) {
		open_block_free(b);
		status = -1;
	} else {
		p->queue[(p->first + p->n++) % QUEUE] = b;
		pthread_cond_signal(&p->filled);
	}
	pthread_mutex_unlock(&p->lock);
	return status;
}

/* The next block. A reader that waits has half a queue to fill before it has to wait again. */
static struct open_block *take(struct pool *p)
{
	struct open_block *b = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->n == 0 && !p->complete && !p->stopped)
		pthread_cond_wait(&p->filled, &p->lock);
	if (p->n > 0 && !p->stopped) {
		b = p->queue[p->first];
		p->first = (p->first + 1) % QUEUE;
		p->n--;
		if (p->n <= QUEUE / 2)
			pthread_cond_signal(&p->taken);
	}
	pthread_mutex_unlock(&p->lock);
	return b;
}

/* A block is large enough for the system to fetch and clear its pages each time: keep it. */
static void give_back(struct pool *p, struct open_block *b)
{
	open_block_clear(b);
	pthread_mutex_lock(&p->lock);
	b->next = p->spare[b->kind];
	p->spare[b->kind] = b;
	pthread_mutex_unlock(&p->lock);
}

/* An empty block, used before or new; NULL: out of memory. */
static struct open_block *get_block(struct pool *p, enum record_kind kind, size_t size)
{
	struct open_block *b;

	pthread_mutex_lock(&p->lock);
	b = p->spare[kind];
	if (b != NULL)
		p->spare[kind] = b->next;
	pthread_mutex_unlock(&p->lock);
	if (b != NULL && b->size == size)
		return b;
	open_block_free(b);
	return open_block_create(kind, size);
}

static int deliver(struct open_block *b, struct pool *p, struct err *err)
{
	int status;

	pthread_mutex_lock(&p->out);
	status = open_block_deliver(b, &p->tally, p->seen, p->sink, err);
	p->done += b->n;
	if (status == 0 && p->sink->progress != NULL)
		p->sink->progress(p->sink->progress_ctx, p->done);
	pthread_mutex_unlock(&p->out);
	return status;
}

/* Guarded memory for a plaintext; records of one kind have one size, so it seldom grows. */
static int make_room(uint8_t **plain, size_t *room, size_t n, struct err *err)
{
	if (n <= *room)
		return 0;
	sodium_free(*plain);
	*plain = sodium_malloc(n);
	*room = *plain == NULL ? 0 : n;
	return *plain == NULL ? err_nomem(err) : 0;
}

static void *work(void *arg)
{
	struct pool *p = arg;
	uint8_t *plain = NULL;
	size_t room = 0;
	struct open_block *b;
	struct err err = {0};

	while ((b = take(p)) != NULL) {
		int status = make_room(&plain, &room, b->size, &err);

		if (status == 0)
			status = open_block_open(b, &p->rules, plain, &err);
		if (status == 0)
			status = deliver(b, p, &err);
		give_back(p, b);
		if (status != 0)
			stop(p, &err);
	}
	sodium_free(plain);
	return NULL;
}

/* One sealed record, from the reader. Nonzero stops the reading. */
static int fill(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct pool *p = ctx;
	struct open_block *b = p->open[kind];
	struct err err;

	if (b != NULL && b->size != n) {
		p->open[kind] = NULL;
		if (push(p, b) != 0)
			return 1;
		b = NULL;
	}
	if (b == NULL) {
		b = p->open[kind] = get_block(p, kind, n);
		if (b == NULL) {
			err_nomem(&err);
			stop(p, &err);
			return 1;
		}
	}
	open_block_add(b, sealed);
	if (b->n < OPEN_BLOCK)
		return 0;
	p->open[kind] = NULL;
	return push(p, b) != 0;
}

/* Read everything, then say that there is no more. */
static void feed(struct pool *p, struct open_scan *scan)
{
	struct err err = {0};
	int status = open_scan_each(scan, fill, p, &err);

	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		struct open_block *b = p->open[kind];

		p->open[kind] = NULL;
		if (status == 0 && b != NULL)
			status = push(p, b) != 0;
		else
			open_block_free(b);
	}
	if (status < 0)
		stop(p, &err);
	pthread_mutex_lock(&p->lock);
	p->complete = true;
	pthread_cond_broadcast(&p->filled);
	pthread_mutex_unlock(&p->lock);
}

static unsigned thread_count(unsigned wanted)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (wanted == 0)
		wanted = processors > 0 ? (unsigned)processors : 1;
	return wanted < THREADS ? wanted : THREADS;
}

static void run(struct pool *p, struct open_scan *scan, unsigned threads)
{
	pthread_t thread[THREADS];
	struct err err = {0};
	unsigned n;

	for (n = 0; n < threads; n++)
		if (pthread_create(&thread[n], NULL, work, p) != 0)
			break;
	if (n == 0) {
		err_set(&err, ERR_IO, "no thread can be started");
		stop(p, &err);
	}
	feed(p, scan);
	for (unsigned i = 0; i < n; i++)
		pthread_join(thread[i], NULL);
	for (; p->n > 0; p->n--, p->first = (p->first + 1) % QUEUE)
		open_block_free(p->queue[p->first]);
}

static void pool_finish(struct pool *p)
{
	for (int kind = 0; kind < RECORD_KINDS; kind++)
		while (p->spare[kind] != NULL) {
			struct open_block *b = p->spare[kind];

			p->spare[kind] = b->next;
			open_block_free(b);
		}
	open_seen_free(p->seen);
	pthread_cond_destroy(&p->taken);
	pthread_cond_destroy(&p->filled);
	pthread_mutex_destroy(&p->out);
	pthread_mutex_destroy(&p->lock);
}

int open_stores(struct open_tally *tally, const struct open_key *k, const struct form *form,
                const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                unsigned threads, const struct open_sink *sink, struct err *err)
{
	struct pool p = {.sink = sink, .seen = open_seen_create()};
	struct open_scan *scan;

	if (p.seen == NULL)
		return err_nomem(err);
	if (open_scan_create(&scan, k, digest, files, n, err) != 0) {
		open_seen_free(p.seen);
		return -1;
	}
	p.rules = (struct open_rules){k, form, digest, p.seen};
	pthread_mutex_init(&p.lock, NULL);
	pthread_mutex_init(&p.out, NULL);
	pthread_cond_init(&p.filled, NULL);
	pthread_cond_init(&p.taken, NULL);
	run(&p, scan, thread_count(threads));
	pool_finish(&p);
	open_scan_free(scan);
	if (p.stopped) {
		*err = p.fault;
		return -1;
	}
	*tally = p.tally;
	return 0;
}
