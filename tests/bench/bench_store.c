/*
 * bench_store.c - durable submissions a second, in groups of 1, 8 and 32, beside a plain SQLite
 * table that is written by the same machine in the same run. Figures, never pass or fail.
 *
 *   bench_store FOLDER      a folder on the disk to be measured
 */
#include "lib/record/store.h"

#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { SUBMISSIONS = 960, RECORDS = 6, RECORD = 1800 };

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* Submissions a second, or 0 on a fault. */
static double bench_ours(const char *path, const uint8_t *records, int group)
{
	struct store_shape shape = {.round = "bench", .each = {1, 3, 2}};
	struct store_submission sub = {.records = {records, records, records}};
	struct store *s = NULL;
	struct err err;
	double start, rate = 0;
	bool known;

	for (int k = 0; k < RECORD_KINDS; k++)
		shape.size[k] = RECORD;
	unlink(path);
	if (store_create(path, &shape, 2 * SUBMISSIONS, &err) != 0 ||
	    store_open(&s, path, &shape, &err) != 0)
		goto out;
	start = now();
	for (int i = 0; i < SUBMISSIONS; i += group) {
		if (store_begin(s, &err) != 0)
			goto out;
		for (int k = 0; k < group; k++) {
			randombytes_buf(sub.receipt, STORE_RECEIPT);
			if (store_put(s, &sub, &known, &err) != 0)
				goto out;
		}
		if (store_commit(s, &err) != 0)
			goto out;
	}
	rate = SUBMISSIONS / (now() - start);
out:
	store_free(s);
	unlink(path);
	return rate;
}

/* Random keys in a table as one would write it: rollback journal, synchronous. */
static double bench_plain(const char *path, const uint8_t *records, int group)
{
	sqlite3 *db = NULL;
	sqlite3_stmt *st = NULL;
	uint8_t key[16];
	double start, rate = 0;

	unlink(path);
	if (sqlite3_open(path, &db) != SQLITE_OK ||
	    sqlite3_exec(db,
		    "PRAGMA page_size=16384; PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;"
		    "CREATE TABLE t(k BLOB PRIMARY KEY, r BLOB) WITHOUT ROWID",
		    NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, "INSERT INTO t VALUES(?, ?)", -1, &st, NULL) != SQLITE_OK)
		goto out;
	start = now();
	for (int i = 0; i < SUBMISSIONS; i += group) {
		sqlite3_exec(db, "BEGIN", NULL, NULL, NULL);
		for (int k = 0; k < group * RECORDS; k++) {
			randombytes_buf(key, sizeof key);
			sqlite3_bind_blob(st, 1, key, sizeof key, SQLITE_STATIC);
			sqlite3_bind_blob(st, 2, records, RECORD, SQLITE_STATIC);
			if (sqlite3_step(st) != SQLITE_DONE)
				goto out;
			sqlite3_reset(st);
		}
		if (sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) != SQLITE_OK)
			goto out;
	}
	rate = SUBMISSIONS / (now() - start);
out:
	sqlite3_finalize(st);
	sqlite3_close(db);
	unlink(path);
	return rate;
}

int main(int argc, char **argv)
{
	const int groups[] = {1, 8, 32};
	uint8_t *records = malloc(3 * RECORD);
	char path[4096];

	if (argc != 2 || records == NULL || sodium_init() < 0) {
		fprintf(stderr, "usage: bench_store FOLDER\n");
		free(records);
		return 2;
	}
	randombytes_buf(records, 3 * RECORD);
	snprintf(path, sizeof path, "%s/bench-store.db", argv[1]);
	printf("%d records of %d bytes a submission\n", RECORDS, RECORD);
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		double ours = bench_ours(path, records, groups[i]);
		double plain = bench_plain(path, records, groups[i]);

		printf("groups of %2d: store %6.0f/s, plain SQLite %6.0f/s, ratio %.2f\n",
			groups[i], ours, plain, plain > 0 ? ours / plain : 0);
	}
	free(records);
	return 0;
}
