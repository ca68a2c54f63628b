/*
 * store_rebuild.c - a store made anew: with more room, or closed at the end of its round. In: an
 * open store. Out: its used rows in random order in a new file that takes the old one's name. The
 * old file is whole until then, and nothing is ever appended to it: an append would show what came
 * later.
 */
#include "lib/record/store_build.h"
#include "lib/record/store_inner.h"
#include "lib/record/store_row.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

/* Read a used row into s->row. */
static int read_slot(struct store *s, sqlite3_blob **blob, enum record_kind kind, uint32_t slot,
	struct err *err)
{
	const size_t n = store_inner_row(s, kind);
	int code;

	if (*blob == NULL)
		code = sqlite3_blob_open(s->file.db, "main", store_file_table[kind], "r", slot, 0,
			blob);
	else
		code = sqlite3_blob_reopen(*blob, slot);
	if (code == SQLITE_OK)
		code = sqlite3_blob_read(*blob, s->row, (int)n, 0);
	if (code != SQLITE_OK)
		return store_file_fault(&s->file, "cannot be read", err);
	if (!store_row_used(s->row, n, kind))
		return err_set(err, ERR_IO, "%s: a row has changed on the disk", s->file.path);
	return 0;
}

/*
 * Which row of the old table comes next to the new one? `slots` are the used rows in random order;
 * they are spread over all `rows` places: each place takes one with the chance that the places and
 * the rows still left give it (Knuth's algorithm S).
 */
static bool place_is_used(size_t rows_left, size_t used_left)
{
	return used_left > 0 && randombytes_uniform((uint32_t)rows_left) < used_left;
}

static int copy_table(struct store *s, struct store_build *build, enum record_kind kind,
	const struct store_header *h, struct err *err)
{
	uint32_t *slots = store_index_shuffled(&s->index[kind], err);
	size_t used = 0;
	sqlite3_blob *blob = NULL;
	int status = -1;

	if (slots == NULL)
		return -1;
	for (size_t i = 0; i < h->rows[kind]; i++) {
		const uint8_t *row = NULL;

		if (place_is_used(h->rows[kind] - i, s->index[kind].used - used)) {
			if (read_slot(s, &blob, kind, slots[used++], err) != 0)
				goto out;
			if (h->shape.closed) {
				/* receipts find nothing any more */
				randombytes_buf(s->row, STORE_ROW_KEY);
				store_row_tag(s->row, store_inner_row(s, kind), kind);
			}
			row = s->row;
		}
		if (store_build_add(build, kind, row, err) != 0)
			goto out;
	}
	assert(used == s->index[kind].used);
	status = 0;
out:
	sqlite3_blob_close(blob);
	free(slots);
	return status;
}

/* Open what is at the store's path now in place of the old file. */
static int reopen(struct store *s, struct err *err)
{
	char *path = strdup(s->file.path);
	int status;

	if (path == NULL)
		return err_nomem(err);
	store_inner_finish(s);
	status = store_inner_load(s, path, err);
	free(path);
	return status;
}

static int rebuild(struct store *s, const struct store_header *h, struct err *err)
{
	struct store_build *build = NULL;
	bool renamed = false;
	int status = -1;

	if (store_build_create(&build, s->file.path, h, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++)
		if (copy_table(s, build, (enum record_kind)k, h, err) != 0)
			goto out;
	status = store_build_publish(build, true, &renamed, err);
out:
	store_build_free(build);
	if (status == 0) {
		/* the old file has no name any more: leave no earlier state of the store behind */
		store_file_overwrite(&s->file);
		status = reopen(s, err);
	}
	if (status != 0 && renamed)
		s->failed = true;
	return status;
}

/* Neither failed, nor closed. */
static int ready(const struct store *s, struct err *err)
{
	if (store_inner_usable(s, err) != 0)
		return -1;
	assert(!s->writing);
	if (s->header.shape.closed)
		return err_set(err, ERR_INPUT, "%s: the round is closed", s->file.path);
	return 0;
}

int store_grow(struct store *s, size_t submissions, struct err *err)
{
	struct store_header h = s->header;

	if (ready(s, err) != 0)
		return -1;
	for (int k = 0; k < RECORD_KINDS; k++) {
		if (__builtin_mul_overflow(submissions, h.shape.each[k], &h.rows[k]) ||
		    h.rows[k] < s->index[k].used)
			return err_set(err, ERR_INPUT, "%s: cannot have room for %zu submissions",
				s->file.path, submissions);
	}
	if (!store_header_valid(&h))
		return err_set(err, ERR_INPUT, "%s: cannot have room for %zu submissions",
			s->file.path, submissions);
	return rebuild(s, &h, err);
}

int store_close_round(struct store *s, struct err *err)
{
	struct store_header h = s->header;

	if (ready(s, err) != 0)
		return -1;
	h.shape.closed = true;
	for (int k = 0; k < RECORD_KINDS; k++)
		h.rows[k] = s->index[k].used;
	return rebuild(s, &h, err);
}
