/*
 * store_build.c - making a store's file. In: a header and rows. Out: a file in which every row of
 * the round exists from the start. It has no name until it is whole, so it needs no journal and one
 * fsync. The same header gives a file of the same size.
 */
#include "lib/record/store_build.h"

#include "lib/base/file.h"
#include "lib/record/store_row.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { POOL = 1 << 20 };

struct store_build {
	struct store_file file; /* file.path is the temporary name */
	char *path;
	struct store_header header;
	size_t rows[RECORD_KINDS]; /* added so far */
	sqlite3_stmt *insert[RECORD_KINDS];
	uint8_t *pool; /* random bytes, so that filling is not bound by the system's generator */
	size_t left;
	uint8_t *row;
	bool named; /* the temporary name is ours */
};

static const char build_settings[] =
	"PRAGMA page_size=16384; PRAGMA auto_vacuum=NONE; PRAGMA encoding='UTF-8';"
	"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;"
	"PRAGMA temp_store=MEMORY; PRAGMA mmap_size=0; PRAGMA secure_delete=ON;";

/* Free-row bytes: ChaCha20 under a fresh random key for each pool (libsodium), used once. */
static void take_random(struct store_build *b, uint8_t *to, size_t n)
{
	while (n > 0) {
		size_t part;

		if (b->left == 0) {
			uint8_t seed[randombytes_SEEDBYTES];

			randombytes_buf(seed, sizeof seed);
			randombytes_buf_deterministic(b->pool, POOL, seed);
			sodium_memzero(seed, sizeof seed);
			b->left = POOL;
		}
		part = n < b->left ? n : b->left;
		memcpy(to, b->pool + POOL - b->left, part);
		b->left -= part;
		to += part;
		n -= part;
	}
}

/* A new file with this name, locked; one that nobody holds is a crash's and is removed. */
static int open_new(const char *name, struct err *err)
{
	for (int attempt = 0; attempt < 2; attempt++) {
		int fd = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
		bool stale;

		if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
			return fd;
		if (fd >= 0) {
			close(fd);
			break;
		}
		if (errno != EEXIST)
			return err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
		fd = open(name, O_RDWR | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		stale = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0;
		if (stale)
			unlink(name);
		if (fd >= 0)
			close(fd);
		if (!stale)
			break;
	}
	return err_set(err, ERR_IO, "%s: in use by another process", name);
}

static char *temporary_name(const char *path, struct err *err)
{
	char *name;

	if (asprintf(&name, "%s.new", path) < 0) {
		err_nomem(err);
		return NULL;
	}
	return name;
}

int store_build_remove_stale(const char *path, struct err *err)
{
	char *name = temporary_name(path, err);
	int status = 0;

	if (name == NULL)
		return -1;
	if (unlink(name) != 0 && errno != ENOENT)
		status = err_set(err, ERR_IO, "%s: %s", name, strerror(errno));
	free(name);
	return status;
}

static int put_header(struct store_build *b, struct err *err)
{
	uint8_t bytes[STORE_HEADER];
	sqlite3_stmt *st = NULL;
	int status = 0;

	store_header_write(bytes, &b->header);
	if (sqlite3_prepare_v2(b->file.db, "INSERT INTO header VALUES(1, ?)", -1, &st, NULL) !=
		    SQLITE_OK ||
	    sqlite3_bind_blob(st, 1, bytes, STORE_HEADER, SQLITE_STATIC) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_DONE)
		status = store_file_fault(&b->file, "cannot be written", err);
	sqlite3_finalize(st);
	return status;
}

static int make_tables(struct store_build *b, struct err *err)
{
	char sql[128];

	snprintf(sql, sizeof sql, "PRAGMA application_id=%d; PRAGMA user_version=%d; BEGIN",
		STORE_APPLICATION, STORE_VERSION);
	if (store_file_run(&b->file, build_settings, err) != 0 ||
	    store_file_run(&b->file, sql, err) != 0)
		return -1;
	for (int i = 0; i < STORE_FILE_TABLES; i++)
		if (store_file_run(&b->file, store_file_schema[i], err) != 0)
			return -1;
	for (int k = 0; k < RECORD_KINDS; k++) {
		snprintf(sql, sizeof sql, "INSERT INTO %s VALUES(?, ?)", store_file_table[k]);
		if (sqlite3_prepare_v2(b->file.db, sql, -1, &b->insert[k], NULL) != SQLITE_OK)
			return store_file_fault(&b->file, "cannot be written", err);
	}
	return put_header(b, err);
}

static int start(struct store_build *b, const char *path, struct err *err)
{
	char *plain = NULL;
	size_t most = 0;
	int code;

	for (int k = 0; k < RECORD_KINDS; k++)
		if (b->header.shape.size[k] > most)
			most = b->header.shape.size[k];
	b->path = strdup(path);
	b->pool = malloc(POOL);
	b->row = malloc(most + STORE_ROW_FRAME);
	if (b->path == NULL || b->pool == NULL || b->row == NULL)
		return err_nomem(err);
	b->file.path = temporary_name(path, err);
	if (b->file.path == NULL)
		return -1;
	b->file.fd = open_new(b->file.path, err);
	if (b->file.fd < 0)
		return -1;
	b->named = true;
	plain = store_file_plain_path(b->file.path, err);
	if (plain == NULL)
		return -1;
	code = sqlite3_open_v2(plain, &b->file.db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		NULL);
	free(plain);
	if (code != SQLITE_OK)
		return store_file_fault(&b->file, "cannot be opened", err);
	return make_tables(b, err);
}

int store_build_create(struct store_build **out, const char *path, const struct store_header *h,
	struct err *err)
{
	struct store_build *b = calloc(1, sizeof *b);

	assert(store_header_valid(h));
	if (b == NULL)
		return err_nomem(err);
	b->file.fd = -1;
	b->header = *h;
	if (start(b, path, err) != 0) {
		store_build_free(b);
		return -1;
	}
	*out = b;
	return 0;
}

void store_build_free(struct store_build *b)
{
	if (b == NULL)
		return;
	for (int k = 0; k < RECORD_KINDS; k++)
		sqlite3_finalize(b->insert[k]);
	if (b->named)
		unlink(b->file.path);
	store_file_finish(&b->file);
	free(b->path);
	free(b->pool);
	free(b->row);
	free(b);
}

int store_build_add(struct store_build *b, enum record_kind kind, const uint8_t *row,
	struct err *err)
{
	const size_t n = b->header.shape.size[kind] + STORE_ROW_FRAME;
	sqlite3_stmt *st = b->insert[kind];

	assert(b->rows[kind] < b->header.rows[kind]);
	if (row == NULL) {
		take_random(b, b->row, n);
		row = b->row;
	}
	if (sqlite3_bind_int64(st, 1, (sqlite3_int64)b->rows[kind] + 1) != SQLITE_OK ||
	    sqlite3_bind_blob(st, 2, row, (int)n, SQLITE_STATIC) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_DONE || sqlite3_reset(st) != SQLITE_OK)
		return store_file_fault(&b->file, "cannot be written", err);
	b->rows[kind]++;
	return 0;
}

/* Commit, close, fsync: the file is whole and on the disk. */
static int complete(struct store_build *b, struct err *err)
{
	for (int k = 0; k < RECORD_KINDS; k++) {
		assert(b->rows[k] == b->header.rows[k]);
		sqlite3_finalize(b->insert[k]);
		b->insert[k] = NULL;
	}
	if (store_file_run(&b->file, "COMMIT", err) != 0)
		return -1;
	if (sqlite3_close(b->file.db) != SQLITE_OK)
		return store_file_fault(&b->file, "cannot be closed", err);
	b->file.db = NULL;
	store_file_blur_times(&b->file);
	if (fsync(b->file.fd) != 0)
		return err_set(err, ERR_IO, "%s: fsync: %s", b->file.path, strerror(errno));
	return 0;
}

int store_build_publish(struct store_build *b, bool replace, bool *renamed, struct err *err)
{
	*renamed = false;
	if (complete(b, err) != 0)
		return -1;
	if (replace) {
		if (rename(b->file.path, b->path) != 0)
			return err_set(err, ERR_IO, "%s: %s", b->path, strerror(errno));
	} else {
		/* link(2) fails where rename(2) would replace */
		if (link(b->file.path, b->path) != 0)
			return err_set(err, errno == EEXIST ? ERR_INPUT : ERR_IO, "%s: %s", b->path,
				errno == EEXIST ? "already exists" : strerror(errno));
		unlink(b->file.path);
	}
	b->named = false;
	*renamed = true;
	return file_sync_parent(b->path, err);
}
