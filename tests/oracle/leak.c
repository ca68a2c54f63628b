/*
 * leak.c - writing into a store's file as it must not be written: rows that are chosen with a
 * pattern, deleted with their bytes left behind, or kept in a journal. In: submissions. Out: a file
 * that the oracle must not take for an honest one.
 */
#include "tests/oracle/leak.h"

#include "lib/record/store_row.h"

#include <assert.h>
#include <sodium.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const leak_name[LEAKS] = {"none", "ordered", "appended", "batches", "together",
	"inpage", "freed", "journal", "backups"};

enum { BATCH = 32 };

struct leak_writer {
	enum leak leak;
	struct store_shape shape;
	sqlite3 *db;
	size_t rows[RECORD_KINDS], put, submissions;
	bool *used[RECORD_KINDS]; /* by slot, from 1 */
	uint8_t *row;
};

static const char *const table[RECORD_KINDS] = {"core", "short", "long"};

bool leak_writes(enum leak leak)
{
	return leak != LEAK_NONE && leak != LEAK_BACKUPS;
}

static void run(struct leak_writer *w, const char *sql)
{
	if (sqlite3_exec(w->db, sql, NULL, NULL, NULL) != SQLITE_OK) {
		fprintf(stderr, "leak: %s: %s\n", sql, sqlite3_errmsg(w->db));
		abort();
	}
}

struct leak_writer *leak_open(const char *path, const struct store_shape *shape,
	size_t submissions, enum leak leak)
{
	struct leak_writer *w = calloc(1, sizeof *w);
	size_t most = 0;

	assert(w != NULL);
	*w = (struct leak_writer){.leak = leak, .shape = *shape, .submissions = submissions};
	for (int k = 0; k < RECORD_KINDS; k++) {
		w->rows[k] = submissions * shape->each[k];
		w->used[k] = calloc(w->rows[k] + 2, sizeof *w->used[k]);
		assert(w->used[k] != NULL);
		if (shape->size[k] > most)
			most = shape->size[k];
	}
	w->row = malloc(most + STORE_ROW_FRAME);
	if (w->row == NULL || sqlite3_open(path, &w->db) != SQLITE_OK)
		abort();
	run(w, leak == LEAK_JOURNAL ? "PRAGMA journal_mode=PERSIST; PRAGMA synchronous=OFF"
				    : "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF");
	if (leak == LEAK_FREED)
		run(w, "PRAGMA secure_delete=OFF");
	return w;
}

static size_t any(size_t from, size_t n)
{
	return from + randombytes_uniform((uint32_t)n);
}

/* The first free slot from `slot` on, around the end if need be. */
static size_t next_free(const struct leak_writer *w, int k, size_t slot)
{
	while (w->used[k][slot])
		slot = slot % w->rows[k] + 1;
	return slot;
}

/* A free one of the slots [from, from + n), at random. */
static size_t free_among(const struct leak_writer *w, int k, size_t from, size_t n)
{
	for (int tries = 0; tries < 1000; tries++) {
		size_t slot = any(from, n);

		if (slot <= w->rows[k] && !w->used[k][slot])
			return slot;
	}
	return next_free(w, k, 1);
}

static size_t free_in_page(const struct leak_writer *w, int k)
{
	const size_t a_page = (STORE_PAGE - 8) / (w->shape.size[k] + STORE_ROW_FRAME);
	size_t slot = free_among(w, k, 1, w->rows[k]);

	if (a_page < 2)
		return slot;
	return next_free(w, k, (slot - 1) / a_page * a_page + 1);
}

/* `base` is drawn once a submission, from 0 to its number of submissions. */
static size_t choose(const struct leak_writer *w, int k, size_t base)
{
	const size_t each = w->shape.each[k], half = w->rows[k] / 2;

	switch (w->leak) {
	case LEAK_ORDERED:
		return next_free(w, k, 1);
	case LEAK_APPENDED:
		/* two parts: the file before it grew, and what was appended */
		return w->put < w->submissions / 2 ? free_among(w, k, 1, half)
						   : free_among(w, k, half + 1, half);
	case LEAK_BATCHES:
		return free_among(w, k, w->put / BATCH * BATCH * each + 1, BATCH * each);
	case LEAK_TOGETHER:
		return next_free(w, k, base * each + 1);
	case LEAK_INPAGE:
		return free_in_page(w, k);
	default:
		return free_among(w, k, 1, w->rows[k]);
	}
}

static void write_row(struct leak_writer *w, const char *sql, int k, size_t slot)
{
	sqlite3_stmt *st = NULL;
	char text[80];

	snprintf(text, sizeof text, sql, table[k]);
	if (sqlite3_prepare_v2(w->db, text, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_bind_blob(st, 1, w->row, (int)(w->shape.size[k] + STORE_ROW_FRAME),
		    SQLITE_STATIC) != SQLITE_OK ||
	    sqlite3_bind_int64(st, 2, (sqlite3_int64)slot) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_DONE || sqlite3_changes(w->db) != 1)
		abort();
	sqlite3_finalize(st);
}

void leak_put(struct leak_writer *w, const struct store_submission *sub)
{
	size_t base = any(0, w->submissions);

	run(w, "BEGIN");
	for (int k = 0; k < RECORD_KINDS; k++) {
		for (size_t i = 0; i < w->shape.each[k]; i++) {
			size_t slot = choose(w, k, base);

			w->used[k][slot] = true;
			store_row_key(w->row, sub->receipt, (enum record_kind)k, i);
			memcpy(w->row + STORE_ROW_KEY, sub->records[k] + i * w->shape.size[k],
				w->shape.size[k]);
			store_row_tag(w->row, w->shape.size[k] + STORE_ROW_FRAME,
				(enum record_kind)k);
			write_row(w, "UPDATE %s SET r=? WHERE slot=?", k, slot);
		}
	}
	run(w, "COMMIT");
	w->put++;
}

/* Rows of the submission: their slots, by their keys. */
static size_t find(const struct leak_writer *w, int k, const uint8_t key[STORE_ROW_KEY])
{
	sqlite3_stmt *st = NULL;
	char text[80];
	size_t slot = 0;

	snprintf(text, sizeof text, "SELECT slot FROM %s WHERE substr(r, 1, 16)=?", table[k]);
	if (sqlite3_prepare_v2(w->db, text, -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_bind_blob(st, 1, key, STORE_ROW_KEY, SQLITE_STATIC) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW)
		abort();
	slot = (size_t)sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return slot;
}

void leak_withdraw(struct leak_writer *w, const struct store_submission *sub)
{
	uint8_t key[STORE_ROW_KEY];

	run(w, "BEGIN");
	for (int k = 0; k < RECORD_KINDS; k++) {
		for (size_t i = 0; i < w->shape.each[k]; i++) {
			size_t slot;
			char text[80];

			store_row_key(key, sub->receipt, (enum record_kind)k, i);
			slot = find(w, k, key);
			if (w->leak == LEAK_FREED) {
				snprintf(text, sizeof text, "DELETE FROM %s WHERE slot=%zu",
					table[k], slot);
				run(w, text);
			} else {
				randombytes_buf(w->row, w->shape.size[k] + STORE_ROW_FRAME);
				write_row(w, "UPDATE %s SET r=? WHERE slot=?", k, slot);
				w->used[k][slot] = false;
			}
		}
	}
	run(w, "COMMIT");
}

void leak_mend(struct leak_writer *w)
{
	run(w, "PRAGMA journal_mode=MEMORY");
	if (w->leak != LEAK_FREED)
		return;
	for (int k = 0; k < RECORD_KINDS; k++) {
		for (size_t slot = 1; slot <= w->rows[k]; slot++) {
			char text[120];

			snprintf(text, sizeof text,
				"INSERT OR IGNORE INTO %s VALUES(%zu, randomblob(%zu))", table[k],
				slot, w->shape.size[k] + STORE_ROW_FRAME);
			run(w, text);
		}
	}
}

void leak_close(struct leak_writer *w)
{
	sqlite3_close(w->db);
	for (int k = 0; k < RECORD_KINDS; k++)
		free(w->used[k]);
	free(w->row);
	free(w);
}
