/*
 * ceiling.c - the two costs that cannot be avoided, each by itself: libsodium's sealed boxes on both
 * cores, and durable transactions. In: the sizes of a submission's records. Out: rates.
 */
#include "tests/bench/ceiling.h"

#include <pthread.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

struct sealer {
	const struct store_shape *shape;
	const struct seal_key *key;
	double seconds;
	pthread_t thread;
	double passed, processor; /* seconds */
	size_t n;                 /* records */
};

static double clock_now(clockid_t clock)
{
	struct timespec t;

	clock_gettime(clock, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static size_t largest(const struct store_shape *shape)
{
	size_t n = 0;

	for (int k = 0; k < RECORD_KINDS; k++)
		if (shape->size[k] > n)
			n = shape->size[k];
	return n;
}

/* The records of one submission; how many they are. */
static size_t seal_submission(const struct sealer *s, uint8_t *sealed, const uint8_t *plain)
{
	size_t n = 0;

	for (int k = 0; k < RECORD_KINDS; k++)
		for (size_t i = 0; i < s->shape->each[k]; i++)
			n += crypto_box_seal(sealed, plain, s->shape->size[k] - SEAL_OVERHEAD,
				     s->key->box) == 0;
	return n;
}

static void *seal_until(void *arg)
{
	struct sealer *s = arg;
	uint8_t *sealed = malloc(largest(s->shape)), *plain = calloc(1, largest(s->shape));
	double start = clock_now(CLOCK_MONOTONIC);

	while (sealed != NULL && plain != NULL && s->passed < s->seconds) {
		s->n += seal_submission(s, sealed, plain);
		s->passed = clock_now(CLOCK_MONOTONIC) - start;
	}
	s->processor = clock_now(CLOCK_THREAD_CPUTIME_ID);
	free(sealed);
	free(plain);
	return NULL;
}

struct ceiling ceiling_seal(const struct store_shape *shape, const struct seal_key *key,
                            double seconds)
{
	struct sealer sealers[CEILING_THREADS];
	struct ceiling all = {0};
	size_t records = 0;
	int n = 0;

	for (; n < CEILING_THREADS; n++) {
		sealers[n] = (struct sealer){.shape = shape, .key = key, .seconds = seconds};
		if (pthread_create(&sealers[n].thread, NULL, seal_until, &sealers[n]) != 0)
			break;
	}
	for (int i = 0; i < n; i++) {
		const struct sealer *s = &sealers[i];

		pthread_join(s->thread, NULL);
		records += s->n;
		if (s->n == 0)
			continue;
		all.rate += (double)s->n / s->passed;
		all.processors += s->processor / s->passed;
		all.cost += s->processor;
	}
	all.cost = records > 0 ? all.cost / (double)records : 0;
	return n == CEILING_THREADS ? all : (struct ceiling){0};
}

static int insert(sqlite3_stmt *st, const uint8_t *record, size_t n)
{
	uint8_t key[STORE_ROW_KEY];
	int code;

	randombytes_buf(key, sizeof key);
	sqlite3_bind_blob(st, 1, key, sizeof key, SQLITE_STATIC);
	sqlite3_bind_blob(st, 2, record, (int)n, SQLITE_STATIC);
	code = sqlite3_step(st);
	sqlite3_reset(st);
	return code == SQLITE_DONE ? 0 : -1;
}

static int insert_group(sqlite3 *db, sqlite3_stmt *st, const struct store_shape *shape,
                        const uint8_t *record, size_t group)
{
	if (sqlite3_exec(db, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return -1;
	for (size_t g = 0; g < group; g++)
		for (int k = 0; k < RECORD_KINDS; k++)
			for (size_t i = 0; i < shape->each[k]; i++)
				if (insert(st, record, shape->size[k]) != 0)
					return -1;
	return sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

static void remove_database(const char *path)
{
	char other[4200];

	unlink(path);
	snprintf(other, sizeof other, "%s-wal", path);
	unlink(other);
	snprintf(other, sizeof other, "%s-shm", path);
	unlink(other);
}

double ceiling_sqlite(const struct store_shape *shape, const char *folder, size_t group,
                      double seconds)
{
	uint8_t *record = malloc(largest(shape));
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	char path[4096];
	double start, passed = 0, rate = 0;
	size_t n = 0;

	snprintf(path, sizeof path, "%s/ceiling.db", folder);
	remove_database(path);
	if (record == NULL || sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		    "PRAGMA page_size=16384; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
		    "CREATE TABLE t(k BLOB, r BLOB)", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO t VALUES(?, ?)", -1, &st, NULL) != SQLITE_OK)
		goto out;
	randombytes_buf(record, largest(shape));
	for (start = clock_now(CLOCK_MONOTONIC); passed < seconds; n += group) {
		if (insert_group(db, st, shape, record, group) != 0)
			goto out;
		passed = clock_now(CLOCK_MONOTONIC) - start;
	}
	rate = (double)n / passed;
out:
	sqlite3_finalize(st);
	sqlite3_close(db);
	remove_database(path);
	free(record);
	return rate;
}
