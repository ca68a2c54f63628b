/*
 * store_scan.c - reading a store from end to end. In: an open file. Out: each row once, and whether
 * it is used; for analysis the sealed records alone.
 */
#include "lib/record/store_scan.h"

#include "lib/record/store_pages.h"
#include "lib/record/store_row.h"

#include <stdio.h>

static int scan_table(const struct store_file *f, const struct store_header *h,
	enum record_kind kind, sqlite3_stmt *st, store_scan_row *each, void *ctx, struct err *err)
{
	const size_t n = h->shape.size[kind] + STORE_ROW_FRAME;
	size_t slot = 0;
	int code, status;

	while ((code = sqlite3_step(st)) == SQLITE_ROW) {
		const uint8_t *row = sqlite3_column_blob(st, 1);

		slot++;
		if (slot > h->rows[kind] || (uint64_t)sqlite3_column_int64(st, 0) != slot ||
		    sqlite3_column_type(st, 1) != SQLITE_BLOB ||
		    (size_t)sqlite3_column_bytes(st, 1) != n || row == NULL)
			return err_set(err, ERR_INPUT, "%s: damaged: row %zu of table %s",
				f->path, slot, store_file_table[kind]);
		status = each(ctx, kind, (uint32_t)slot, row, n, store_row_used(row, n, kind));
		if (status != 0)
			return status;
	}
	if (code != SQLITE_DONE)
		return store_file_fault(f, "cannot be read", err);
	if (slot != h->rows[kind])
		return err_set(err, ERR_INPUT, "%s: damaged: table %s has %zu rows instead of %zu",
			f->path, store_file_table[kind], slot, h->rows[kind]);
	return 0;
}

int store_scan(const struct store_file *f, const struct store_header *h, store_scan_row *each,
	void *ctx, struct err *err)
{
	int status = 0;

	for (int k = 0; k < RECORD_KINDS && status == 0; k++) {
		sqlite3_stmt *st = NULL;
		char sql[64];

		snprintf(sql, sizeof sql, "SELECT slot, r FROM %s", store_file_table[k]);
		if (sqlite3_prepare_v2(f->db, sql, -1, &st, NULL) != SQLITE_OK)
			return store_file_fault(f, "cannot be read", err);
		status = scan_table(f, h, (enum record_kind)k, st, each, ctx, err);
		sqlite3_finalize(st);
	}
	return status;
}

struct reading {
	int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n);
	void *ctx;
};

static int pass_used(void *ctx, enum record_kind kind, uint32_t slot, const uint8_t *row, size_t n,
	bool used)
{
	const struct reading *reading = ctx;

	(void)slot;
	if (!used)
		return 0;
	return reading->each(reading->ctx, kind, row + STORE_ROW_KEY, n - STORE_ROW_FRAME);
}

/* Ends with the file. `image` of `n` bytes; NULL: the file's own. */
static int read_all(struct store_file *f, const void *image, size_t n, struct store_shape *shape,
	struct reading *reading, struct err *err)
{
	struct store_header h;
	int status = -1;

	if (store_file_header(f, &h, err) == 0) {
		*shape = h.shape;
		status = store_pages_scan(f, image, n, &h, pass_used, reading, err);
	}
	store_file_finish(f);
	return status;
}

int store_read(const char *path, struct store_shape *shape,
	int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n), void *ctx,
	struct err *err)
{
	struct reading reading = {each, ctx};
	struct store_file f;

	if (store_file_open(&f, path, false, err) != 0)
		return -1;
	return read_all(&f, NULL, 0, shape, &reading, err);
}

int store_read_image(const void *image, size_t n, struct store_shape *shape,
	int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n), void *ctx,
	struct err *err)
{
	struct reading reading = {each, ctx};
	struct store_file f;

	if (store_file_open_image(&f, image, n, err) != 0)
		return -1;
	return read_all(&f, image, n, shape, &reading, err);
}
