/*
 * found.c - a look into a store's file after a fault. In: a path. Out: its used rows, or that the
 * file is no sound database.
 */
#include "tests/faults/found.h"

#include "lib/record/store_row.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const table[RECORD_KINDS] = {"core", "short", "long"};

static int is_sound(sqlite3 *db)
{
	sqlite3_stmt *st = NULL;
	const char *answer = NULL;
	int status = -1;

	if (sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &st, NULL) == SQLITE_OK &&
	    sqlite3_step(st) == SQLITE_ROW)
		answer = (const char *)sqlite3_column_text(st, 0);
	if (answer != NULL && strcmp(answer, "ok") == 0)
		status = 0;
	else
		printf("integrity_check: %s\n", answer != NULL ? answer : sqlite3_errmsg(db));
	sqlite3_finalize(st);
	return status;
}

static void add(struct found *f, enum record_kind kind, const uint8_t *row)
{
	struct found_row *r;

	if (f->n == f->room) {
		f->room = 2 * f->room + 256;
		f->list = realloc(f->list, f->room * sizeof *f->list);
		if (f->list == NULL)
			abort();
	}
	r = &f->list[f->n++];
	r->kind = kind;
	memcpy(r->key, row, STORE_ROW_KEY);
	memcpy(r->sealed, row + STORE_ROW_KEY, FOUND_SEALED);
}

static int read_table(struct found *f, sqlite3 *db, enum record_kind kind, size_t n)
{
	sqlite3_stmt *st = NULL;
	char sql[64];
	int code = SQLITE_ERROR, status = 0;

	snprintf(sql, sizeof sql, "SELECT r FROM %s", table[kind]);
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) == SQLITE_OK) {
		while ((code = sqlite3_step(st)) == SQLITE_ROW) {
			const uint8_t *row = sqlite3_column_blob(st, 0);

			if ((size_t)sqlite3_column_bytes(st, 0) != n)
				status = -1;
			else if (store_row_used(row, n, kind))
				add(f, kind, row);
		}
	}
	if (code != SQLITE_DONE || status != 0) {
		printf("table %s: %s\n", table[kind], status != 0 ? "a row of another size"
								  : sqlite3_errmsg(db));
		status = -1;
	}
	sqlite3_finalize(st);
	return status;
}

int found_load(struct found *f, const char *path, const struct store_shape *shape)
{
	sqlite3 *db = NULL;
	int status = -1;

	*f = (struct found){0};
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK)
		status = is_sound(db);
	for (int k = 0; k < RECORD_KINDS && status == 0; k++)
		status = read_table(f, db, (enum record_kind)k, shape->size[k] + STORE_ROW_FRAME);
	sqlite3_close(db);
	if (status != 0)
		found_finish(f);
	return status;
}

void found_finish(struct found *f)
{
	free(f->list);
	*f = (struct found){0};
}

bool found_sealed(const struct found *f, enum record_kind kind, const uint8_t *sealed)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].kind == kind && memcmp(f->list[i].sealed, sealed, FOUND_SEALED) == 0)
			return true;
	return false;
}

size_t found_key(const struct found *f, enum record_kind kind, const uint8_t key[STORE_ROW_KEY])
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->list[i].kind == kind && memcmp(f->list[i].key, key, STORE_ROW_KEY) == 0;
	return n;
}
