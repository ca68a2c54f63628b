/*
 * open_store.c - all records of a round, from stores and backups, opened by several threads.
 *
 * Enters: files. Leaves: decoded answers and texts, handed to a sink one call at a time, and a
 * tally of what was set aside. Opening is almost all X25519, so the calling thread only reads and
 * fills blocks of sealed records; workers open, decode and check a block, then hand it over.
 * Memory stays bounded: a queue of a few blocks, whatever the size of the round.
 */
#include "analyzer/open.h"
#include "analyzer/open_check.h"
#include "analyzer/open_scan.h"

#include <assert.h>
#include <pthread.h>
#include <sodium.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BLOCK = 64, QUEUE = 16, THREADS = 64 };

/* Sealed records of one kind and size; afterwards what came of them. */
struct block {
	enum record_kind kind;
	size_t n, size; /* records; bytes of each */
	uint8_t *sealed;
	struct answers *core[BLOCK]; /* NULL: set aside */
	struct record_text text[BLOCK];
	bool is_text[BLOCK];
};

struct pool {
	const struct open_key *key;
	const struct form *form;
	const uint8_t *digest;
	const struct open_sink *sink;
	struct block *open[RECORD_KINDS]; /* being filled; the reader's own */

	pthread_mutex_t lock; /* of what follows */
	pthread_cond_t filled, taken;
	struct block *queue[QUEUE];
	size_t first, n;
	bool complete, stopped;
	struct err fault;

	pthread_mutex_t out; /* of the sink and what follows */
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

static void block_free(struct block *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < b->n; i++) {
		answers_free(b->core[i]);
		if (b->is_text[i])
			record_text_finish(&b->text[i]);
	}
	free(b->sealed);
	free(b);
}

static struct block *block_create(enum record_kind kind, size_t size)
{
	struct block *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return NULL;
	b->sealed = reallocarray(NULL, BLOCK, size);
	if (b->sealed == NULL) {
		free(b);
		return NULL;
	}
	b->kind = kind;
	b->size = size;
	return b;
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
static int push(struct pool *p, struct block *b)
{
	int status = 0;

	pthread_mutex_lock(&p->lock);
	while (p->n == QUEUE && !p->stopped)
		pthread_cond_wait(&p->taken, &p->lock);
	if (p->stopped) {
		block_free(b);
		status = -1;
	} else {
		p->queue[(p->first + p->n++) % QUEUE] = b;
		pthread_cond_signal(&p->filled);
	}
	pthread_mutex_unlock(&p->lock);
	return status;
}

static struct block *take(struct pool *p)
{
	struct block *b = NULL;

	pthread_mutex_lock(&p->lock);
	while (p->n == 0 && !p->complete && !p->stopped)
		pthread_cond_wait(&p->filled, &p->lock);
	if (p->n > 0 && !p->stopped) {
		b = p->queue[p->first];
		p->first = (p->first + 1) % QUEUE;
		p->n--;
		pthread_cond_signal(&p->taken);
	}
	pthread_mutex_unlock(&p->lock);
	return b;
}

static int aside(struct open_check *found, enum open_fault fault)
{
	found->fault = fault;
	return 1;
}

/* Open and decode record `i` of a block. Returns 0; 1: set aside; -1 with err set. */
static int open_one(struct block *b, size_t i, const struct pool *p, uint8_t *plain,
                    struct open_check *found, struct err *err)
{
	size_t n = b->size - SEAL_OVERHEAD;
	struct err reason;
	int status;

	*found = (struct open_check){0};
	if (open_record(p->key, plain, b->sealed + i * b->size, b->size, &reason) != 0)
		return aside(found, OPEN_SEALED);
	if (n < RECORD_HEADER)
		return aside(found, OPEN_MALFORMED);
	if (memcmp(plain + 2, p->digest, RECORD_DIGEST) != 0)
		return aside(found, OPEN_FOREIGN);
	if (b->kind == RECORD_CORE) {
		status = encode_read_core(&b->core[i], plain, n, p->digest, &reason);
	} else {
		status = encode_read_text(&b->text[i], b->kind, plain, n, p->digest, &reason);
		b->is_text[i] = status == 0;
	}
	if (status != 0 && reason.code == ERR_NOMEM)
		return err_nomem(err);
	if (status != 0)
		return aside(found, OPEN_MALFORMED);
	if (b->kind == RECORD_CORE)
		return open_check_core(b->core[i], plain + RECORD_HEADER, n - RECORD_HEADER,
		                       p->form, found, err);
	return open_check_text(&b->text[i], b->kind, p->form, found);
}

static int open_block(struct block *b, const struct pool *p, struct open_tally *tally,
                      uint8_t *plain, struct err *err)
{
	for (size_t i = 0; i < b->n; i++) {
		struct open_check found;
		int status = open_one(b, i, p, plain, &found, err);

		if (status < 0)
			return -1;
		tally->records[b->kind]++;
		tally->tidied += found.tidied;
		if (status == 0)
			continue;
		tally->aside[b->kind][found.fault]++;
		if (found.fault == OPEN_MISTAKE)
			tally->mistakes[b->kind][found.mistake]++;
		answers_free(b->core[i]);
		b->core[i] = NULL;
		if (b->is_text[i])
			record_text_finish(&b->text[i]);
		b->is_text[i] = false;
	}
	return 0;
}

/* Give what was opened to the sink, which owns it from then on. */
static int deliver(struct block *b, struct pool *p, struct err *err)
{
	const struct open_sink *sink = p->sink;

	for (size_t i = 0; i < b->n; i++) {
		if (b->core[i] != NULL && sink->core != NULL) {
			struct answers *a = b->core[i];

			b->core[i] = NULL;
			if (sink->core(sink->ctx, a, err) != 0)
				return -1;
		}
		if (b->is_text[i] && sink->text != NULL) {
			b->is_text[i] = false;
			if (sink->text(sink->ctx, b->kind, &b->text[i], err) != 0)
				return -1;
		}
	}
	p->done += b->n;
	if (sink->progress != NULL)
		sink->progress(sink->ctx, p->done);
	return 0;
}

static void tally_add(struct open_tally *to, const struct open_tally *from)
{
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		to->records[kind] += from->records[kind];
		for (int fault = 0; fault < OPEN_FAULTS; fault++)
			to->aside[kind][fault] += from->aside[kind][fault];
		for (int fault = 0; fault < ACCEPT_FAULTS; fault++)
			to->mistakes[kind][fault] += from->mistakes[kind][fault];
	}
	to->tidied += from->tidied;
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
	struct block *b;
	struct err err = {0};

	while ((b = take(p)) != NULL) {
		struct open_tally tally = {0};
		int status = make_room(&plain, &room, b->size, &err);

		if (status == 0)
			status = open_block(b, p, &tally, plain, &err);

		if (status == 0) {
			pthread_mutex_lock(&p->out);
			tally_add(&p->tally, &tally);
			status = deliver(b, p, &err);
			pthread_mutex_unlock(&p->out);
		}
		block_free(b);
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
	struct block *b = p->open[kind];
	struct err err;

	if (b != NULL && b->size != n) {
		p->open[kind] = NULL;
		if (push(p, b) != 0)
			return 1;
		b = NULL;
	}
	if (b == NULL) {
		b = p->open[kind] = block_create(kind, n);
		if (b == NULL) {
			err_nomem(&err);
			stop(p, &err);
			return 1;
		}
	}
	memcpy(b->sealed + b->n * n, sealed, n);
	if (++b->n < BLOCK)
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
		struct block *b = p->open[kind];

		p->open[kind] = NULL;
		if (status == 0 && b != NULL)
			status = push(p, b) != 0;
		else
			block_free(b);
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
		block_free(p->queue[p->first]);
}

int open_stores(struct open_tally *tally, const struct open_key *k, const struct form *form,
                const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                unsigned threads, const struct open_sink *sink, struct err *err)
{
	struct pool p = {.key = k, .form = form, .digest = digest, .sink = sink};
	struct open_scan *scan;

	if (open_scan_create(&scan, k, digest, files, n, err) != 0)
		return -1;
	pthread_mutex_init(&p.lock, NULL);
	pthread_mutex_init(&p.out, NULL);
	pthread_cond_init(&p.filled, NULL);
	pthread_cond_init(&p.taken, NULL);
	run(&p, scan, thread_count(threads));
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		p.tally.aside[kind][OPEN_TWICE] = open_scan_twice(scan, (enum record_kind)kind);
		p.tally.records[kind] += p.tally.aside[kind][OPEN_TWICE];
	}
	pthread_cond_destroy(&p.taken);
	pthread_cond_destroy(&p.filled);
	pthread_mutex_destroy(&p.out);
	pthread_mutex_destroy(&p.lock);
	open_scan_free(scan);
	if (p.stopped) {
		*err = p.fault;
		return -1;
	}
	*tally = p.tally;
	return 0;
}
