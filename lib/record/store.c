/*
 * store.c - collecting. In: sealed submissions. Out: rows written in place over uniformly random
 * free rows, acknowledged once their group is committed.
 *
 * An acknowledged row is never written again (a torn write could lose it), and a submission whose
 * rows are found is there: store_file_open() synchronised before the scan found them. The layout of
 * the file never changes, so that a power loss leaves a valid database; it can leave some records
 * of a submission that was not acknowledged, and a retry writes those that are missing.
 */
#include "lib/record/store_build.h"
#include "lib/record/store_inner.h"
#include "lib/record/store_row.h"
#include "lib/record/store_scan.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int fill_header(struct store_header *h, const struct store_shape *shape, size_t submissions)
{
	*h = (struct store_header){.shape = *shape};
	h->shape.closed = false;
	for (int k = 0; k < RECORD_KINDS; k++)
		if (__builtin_mul_overflow(submissions, shape->each[k], &h->rows[k]))
			return -1;
	return store_header_valid(h) ? 0 : -1;
}

int store_create(const char *path, const struct store_shape *shape, size_t submissions,
	struct err *err)
{
	struct store_build *build = NULL;
	struct store_header h;
	bool named = false;
	int status = -1;

	if (access(path, F_OK) == 0)
		return err_set(err, ERR_INPUT, "%s: already exists", path);
	if (fill_header(&h, shape, submissions) != 0)
		return err_set(err, ERR_INPUT, "%s: no store can have this shape", path);
	if (store_build_create(&build, path, &h, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++)
		for (size_t i = 0; i < h.rows[k]; i++)
			if (store_build_add(build, (enum record_kind)k, NULL, err) != 0)
				goto out;
	status = store_build_publish(build, false, &named, err);
	if (status != 0 && named)
		unlink(path);
out:
	store_build_free(build);
	return status;
}

static int note_row(void *ctx, enum record_kind kind, uint32_t slot, const uint8_t *row, size_t n,
	bool used)
{
	struct store *s = ctx;

	(void)n;
	if (used)
		store_index_add_used(&s->index[kind], slot, row);
	else
		store_index_add_free(&s->index[kind], slot);
	return 0;
}

int store_inner_load(struct store *s, const char *path, struct err *err)
{
	size_t most = 0;

	if (store_file_open(&s->file, path, true, err) != 0)
		return -1;
	if (store_file_check(&s->file, &s->header, err) != 0)
		goto fail;
	for (int k = 0; k < RECORD_KINDS; k++) {
		if (store_index_init(&s->index[k], s->header.rows[k], err) != 0)
			goto fail;
		if (store_inner_row(s, (enum record_kind)k) > most)
			most = store_inner_row(s, (enum record_kind)k);
	}
	s->row = malloc(most);
	if (s->row == NULL) {
		err_nomem(err);
		goto fail;
	}
	if (store_scan(&s->file, &s->header, note_row, s, err) == 0)
		return 0;
fail:
	store_inner_finish(s);
	return -1;
}

/* Everything that is not committed is forgotten. */
void store_inner_finish(struct store *s)
{
	for (int k = 0; k < RECORD_KINDS; k++) {
		sqlite3_blob_close(s->blob[k]);
		store_index_finish(&s->index[k]);
	}
	free(s->row);
	store_file_finish(&s->file);
	*s = (struct store){.file.fd = -1};
}

int store_inner_usable(const struct store *s, struct err *err)
{
	if (s->failed)
		return err_set(err, ERR_IO, "the store failed before: start again to check it");
	return 0;
}

size_t store_inner_row(const struct store *s, enum record_kind kind)
{
	return s->header.shape.size[kind] + STORE_ROW_FRAME;
}

int store_open(struct store **out, const char *path, const struct store_shape *expected,
	struct err *err)
{
	struct store *s = calloc(1, sizeof *s);

	if (s == NULL)
		return err_nomem(err);
	s->file.fd = -1;
	if (store_inner_load(s, path, err) != 0) {
		free(s);
		return -1;
	}
	if (store_header_expect(&s->header.shape, expected, path, err) != 0)
		goto fail;
	if (s->header.shape.closed) {
		err_set(err, ERR_INPUT, "%s: the round is closed", path);
		goto fail;
	}
	/* an interrupted rebuild may hold what has been withdrawn since */
	if (store_build_remove_stale(path, err) != 0)
		goto fail;
	/* a collector that was killed may have left the time of what it stored last */
	store_file_blur_times(&s->file);
	*out = s;
	return 0;
fail:
	store_free(s);
	return -1;
}

void store_free(struct store *s)
{
	if (s == NULL)
		return;
	store_inner_finish(s);
	free(s);
}

const struct store_shape *store_shape(const struct store *s)
{
	return &s->header.shape;
}

bool store_failed(const struct store *s)
{
	return s->failed;
}

size_t store_count(const struct store *s)
{
	return s->index[RECORD_CORE].used;
}

size_t store_room(const struct store *s)
{
	size_t room = s->index[RECORD_CORE].n_free;

	if (s->header.shape.closed)
		return 0;
	for (int k = 0; k < RECORD_KINDS; k++) {
		size_t each = s->header.shape.each[k];

		if (each > 0 && s->index[k].n_free / each < room)
			room = s->index[k].n_free / each;
	}
	return room;
}

/* A failed write is final. */
static int fail(struct store *s, const char *what, struct err *err)
{
	s->failed = true;
	store_file_fault(&s->file, what, err);
	if (err->code != ERR_NOMEM)
		err->code = ERR_IO;
	return -1;
}

static int run(struct store *s, const char *sql, struct err *err)
{
	if (store_file_run(&s->file, sql, err) == 0)
		return 0;
	return fail(s, "cannot be written", err);
}

int store_begin(struct store *s, struct err *err)
{
	if (store_inner_usable(s, err) != 0)
		return -1;
	assert(!s->writing);
	if (s->header.shape.closed)
		return err_set(err, ERR_INPUT, "%s: the round is closed", s->file.path);
	if (run(s, "BEGIN IMMEDIATE", err) != 0)
		return -1;
	s->writing = true;
	return 0;
}

/* Write s->row over a slot, in place. */
static int write_slot(struct store *s, enum record_kind kind, uint32_t slot, struct err *err)
{
	sqlite3_blob **blob = &s->blob[kind];
	int code;

	if (*blob == NULL)
		code = sqlite3_blob_open(s->file.db, "main", store_file_table[kind], "r", slot, 1,
			blob);
	else
		code = sqlite3_blob_reopen(*blob, slot);
	if (code == SQLITE_OK)
		code = sqlite3_blob_write(*blob, s->row, (int)store_inner_row(s, kind), 0);
	return code == SQLITE_OK ? 0 : fail(s, "cannot be written", err);
}

/* How many of the submission's records are not there yet? */
static size_t missing(const struct store *s, const uint8_t receipt[STORE_RECEIPT],
	enum record_kind kind)
{
	uint8_t key[STORE_ROW_KEY];
	size_t n = 0;

	for (size_t i = 0; i < s->header.shape.each[kind]; i++) {
		store_row_key(key, receipt, kind, i);
		if (store_index_find(&s->index[kind], key) == 0)
			n++;
	}
	return n;
}

static int put_missing(struct store *s, const struct store_submission *sub, enum record_kind kind,
	struct err *err)
{
	const size_t size = s->header.shape.size[kind], n = store_inner_row(s, kind);
	uint8_t key[STORE_ROW_KEY];

	for (size_t i = 0; i < s->header.shape.each[kind]; i++) {
		store_row_key(key, sub->receipt, kind, i);
		if (store_index_find(&s->index[kind], key) != 0)
			continue;
		memcpy(s->row, key, STORE_ROW_KEY);
		memcpy(s->row + STORE_ROW_KEY, sub->records[kind] + i * size, size);
		store_row_tag(s->row, n, kind);
		if (write_slot(s, kind, store_index_take(&s->index[kind], key), err) != 0)
			return -1;
	}
	return 0;
}

int store_put(struct store *s, const struct store_submission *sub, bool *known, struct err *err)
{
	size_t all = 0;

	*known = false;
	if (store_inner_usable(s, err) != 0)
		return -1;
	assert(s->writing);
	for (int k = 0; k < RECORD_KINDS; k++) {
		size_t n = missing(s, sub->receipt, (enum record_kind)k);

		if (n > s->index[k].n_free)
			return err_set(err, ERR_INPUT, "%s: full", s->file.path);
		all += n;
	}
	*known = all == 0;
	for (int k = 0; k < RECORD_KINDS; k++)
		if (put_missing(s, sub, (enum record_kind)k, err) != 0)
			return -1;
	return 0;
}

int store_commit(struct store *s, struct err *err)
{
	int code = SQLITE_OK;

	if (store_inner_usable(s, err) != 0)
		return -1;
	assert(s->writing);
	/* an open blob would keep the transaction open */
	for (int k = 0; k < RECORD_KINDS; k++) {
		int closed = sqlite3_blob_close(s->blob[k]);

		s->blob[k] = NULL;
		if (closed != SQLITE_OK)
			code = closed;
	}
	if (code != SQLITE_OK)
		return fail(s, "cannot be written", err);
	if (run(s, "COMMIT", err) != 0)
		return -1;
	s->writing = false;
	store_file_blur_times(&s->file);
	return 0;
}

/* Overwrite the rows of one kind that are there. The index is changed after the commit. */
static int erase(struct store *s, const uint8_t receipt[STORE_RECEIPT], enum record_kind kind,
	struct err *err)
{
	uint8_t key[STORE_ROW_KEY];

	for (size_t i = 0; i < s->header.shape.each[kind]; i++) {
		uint32_t slot;

		store_row_key(key, receipt, kind, i);
		slot = store_index_find(&s->index[kind], key);
		if (slot == 0)
			continue;
		randombytes_buf(s->row, store_inner_row(s, kind));
		if (write_slot(s, kind, slot, err) != 0)
			return -1;
	}
	return 0;
}

static void release(struct store *s, const uint8_t receipt[STORE_RECEIPT], enum record_kind kind)
{
	uint8_t key[STORE_ROW_KEY];

	for (size_t i = 0; i < s->header.shape.each[kind]; i++) {
		store_row_key(key, receipt, kind, i);
		if (store_index_find(&s->index[kind], key) != 0)
			store_index_release(&s->index[kind], key);
	}
}

int store_withdraw(struct store *s, const uint8_t receipt[STORE_RECEIPT], bool *found,
	struct err *err)
{
	*found = false;
	if (store_begin(s, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++) {
		if (missing(s, receipt, (enum record_kind)k) < s->header.shape.each[k])
			*found = true;
		if (erase(s, receipt, (enum record_kind)k, err) != 0)
			return -1;
	}
	if (store_commit(s, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++)
		release(s, receipt, (enum record_kind)k);
	return 0;
}
