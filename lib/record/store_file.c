/*
 * store_file.c - a store's file. In: a path or an image, trusted in nothing. Out: a connection with
 * the settings that make in-place writes durable and leave no trace, and a header that was checked.
 * Before SQLite runs a statement the first bytes are read here: a file in another journal mode, of
 * another length than its header says, or with a journal beside it would be changed by opening it.
 */
#include "lib/record/store_file.h"

#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SQLITE_HEADER = 100 };

const char *const store_file_table[RECORD_KINDS] = {"core", "short", "long"};
const char *const store_file_schema[STORE_FILE_TABLES] = {
	"CREATE TABLE header(id INTEGER PRIMARY KEY, h BLOB NOT NULL)",
	"CREATE TABLE core(slot INTEGER PRIMARY KEY, r BLOB NOT NULL)",
	"CREATE TABLE short(slot INTEGER PRIMARY KEY, r BLOB NOT NULL)",
	"CREATE TABLE long(slot INTEGER PRIMARY KEY, r BLOB NOT NULL)",
};

/*
 * The journal lives in memory: only payload bytes ever change, so any mix of old and new sectors is
 * a valid database, while a journal on disk would tell what arrived last. Nothing is written before
 * its commit (cache_spill), everything is synchronised at it (synchronous). The cache has room for a
 * group's pages and for the trees above them, which would be read again and again otherwise.
 */
static const char writable_settings[] =
	"PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=MEMORY; PRAGMA synchronous=FULL;"
	"PRAGMA secure_delete=ON; PRAGMA cache_spill=OFF; PRAGMA cache_size=-8192;";
static const char settings[] =
	"PRAGMA trusted_schema=OFF; PRAGMA cell_size_check=ON; PRAGMA temp_store=MEMORY;"
	"PRAGMA mmap_size=0;";

int store_file_fault(const struct store_file *f, const char *what, struct err *err)
{
	int code = f->db == NULL ? SQLITE_NOMEM : sqlite3_errcode(f->db);
	int system = f->db == NULL ? 0 : sqlite3_system_errno(f->db);

	switch (code & 0xff) {
	case SQLITE_NOMEM:
		return err_nomem(err);
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return err_set(err, ERR_IO, "%s: in use by another process", f->path);
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return err_set(err, ERR_INPUT, "%s: damaged", f->path);
	case SQLITE_FULL:
		return err_set(err, ERR_IO, "%s: %s", f->path, strerror(ENOSPC));
	default:
		return err_set(err, ERR_IO, "%s: %s: %s", f->path, what,
			system != 0 ? strerror(system) : sqlite3_errmsg(f->db));
	}
}

int store_file_run(const struct store_file *f, const char *sql, struct err *err)
{
	if (sqlite3_exec(f->db, sql, NULL, NULL, NULL) != SQLITE_OK)
		return store_file_fault(f, "cannot be used", err);
	return 0;
}

static size_t get_number(const uint8_t *from, size_t n)
{
	size_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | from[i];
	return v;
}

/* SQLite's own header (sqlite.org/fileformat2.html, 1.3) and the length. */
static int check_start(const uint8_t start[SQLITE_HEADER], uint64_t n, const char *path,
	struct err *err)
{
	static const uint8_t zeros[8];
	size_t page = get_number(start + 16, 2), pages = get_number(start + 28, 4);

	if (memcmp(start, "SQLite format 3", 16) != 0 ||
	    get_number(start + 68, 4) != STORE_APPLICATION)
		return err_set(err, ERR_INPUT, "%s: not a store of responses", path);
	if (get_number(start + 60, 4) != STORE_VERSION)
		return err_set(err, ERR_INPUT, "%s: version %zu of the store is unknown", path,
			get_number(start + 60, 4));
	if (page != STORE_PAGE)
		return err_set(err, ERR_INPUT, "%s: damaged: pages of %zu bytes", path, page);
	if (n != (uint64_t)pages * STORE_PAGE)
		return err_set(err, ERR_INPUT, "%s: damaged: %llu bytes instead of %llu", path,
			(unsigned long long)n, (unsigned long long)pages * STORE_PAGE);
	/* rollback journal; no free pages; no auto-vacuum; UTF-8 */
	if (start[18] != 1 || start[19] != 1 || start[20] != 0 ||
	    memcmp(start + 32, zeros, 8) != 0 || memcmp(start + 52, zeros, 4) != 0 ||
	    get_number(start + 56, 4) != 1)
		return err_set(err, ERR_INPUT, "%s: damaged: not written by this program", path);
	return 0;
}

/* A store never has a journal; SQLite would obey one that somebody put there. */
static int check_alone(const char *path, struct err *err)
{
	static const char *const endings[] = {"-journal", "-wal", "-shm"};
	struct buf name = {0};
	int status = 0;

	for (size_t i = 0; i < sizeof endings / sizeof *endings && status == 0; i++) {
		buf_clear(&name);
		buf_puts(&name, path);
		buf_puts(&name, endings[i]);
		if (name.failed)
			status = err_nomem(err);
		else if (access(name.data, F_OK) == 0)
			status = err_set(err, ERR_INPUT, "%s: a stray %s lies beside it", path,
				name.data);
	}
	buf_finish(&name);
	return status;
}

/* Take the lock, which other programs of ours respect; the file must still be the one at path. */
static int lock(const struct store_file *f, bool writable, struct stat *about, struct err *err)
{
	struct stat now;

	if (flock(f->fd, (writable ? LOCK_EX : LOCK_SH) | LOCK_NB) != 0) {
		if (errno == EWOULDBLOCK)
			return err_set(err, ERR_IO, "%s: in use by another process", f->path);
		return err_set(err, ERR_IO, "%s: cannot be locked: %s", f->path, strerror(errno));
	}
	if (fstat(f->fd, about) != 0 || stat(f->path, &now) != 0)
		return err_set(err, ERR_IO, "%s: %s", f->path, strerror(errno));
	if (about->st_dev != now.st_dev || about->st_ino != now.st_ino)
		return err_set(err, ERR_IO, "%s: in use by another process", f->path);
	return 0;
}

static int check_file(const struct store_file *f, bool writable, struct err *err)
{
	uint8_t start[SQLITE_HEADER];
	struct stat about;
	ssize_t got;

	if (lock(f, writable, &about, err) != 0)
		return -1;
	if (!S_ISREG(about.st_mode))
		return err_set(err, ERR_INPUT, "%s: not a file", f->path);
	got = pread(f->fd, start, sizeof start, 0);
	if (got < 0)
		return err_set(err, ERR_IO, "%s: %s", f->path, strerror(errno));
	if (got != sizeof start)
		return err_set(err, ERR_INPUT, "%s: not a store of responses", f->path);
	if (check_start(start, (uint64_t)about.st_size, f->path, err) != 0 ||
	    check_alone(f->path, err) != 0)
		return -1;
	if (!writable)
		return 0;
	/*
	 * What the scan will find must be on the disk, not in a cache that an earlier failed
	 * write left behind: synchronise, then forget the cache so that the disk is read. The
	 * folder, too: who was killed in a rebuild may not have come to it, and a power loss
	 * would bring the file before it back.
	 */
	if (fsync(f->fd) != 0)
		return err_set(err, ERR_IO, "%s: fsync: %s", f->path, strerror(errno));
	if (file_sync_parent(f->path, err) != 0)
		return -1;
	(void)posix_fadvise(f->fd, 0, 0, POSIX_FADV_DONTNEED);
	return 0;
}

char *store_file_plain_path(const char *path, struct err *err)
{
	struct buf plain = {0};
	char *s;

	if (path[0] != '/' && strncmp(path, "./", 2) != 0)
		buf_puts(&plain, "./");
	buf_puts(&plain, path);
	s = buf_take(&plain);
	if (s == NULL)
		err_nomem(err);
	return s;
}

static int connect(struct store_file *f, bool writable, struct err *err)
{
	char *plain = store_file_plain_path(f->path, err);
	int flags = writable ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
	int code;

	if (plain == NULL)
		return -1;
	code = sqlite3_open_v2(plain, &f->db, flags | SQLITE_OPEN_NOMUTEX, NULL);
	free(plain);
	if (code != SQLITE_OK)
		return store_file_fault(f, "cannot be opened", err);
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	if (store_file_run(f, settings, err) != 0)
		return -1;
	if (!writable)
		return store_file_run(f, "BEGIN", err);
	if (sqlite3_db_readonly(f->db, "main") != 0)
		return err_set(err, ERR_IO, "%s: not writable", f->path);
	/* locking_mode=EXCLUSIVE keeps the lock that this empty transaction takes */
	return store_file_run(f, writable_settings, err) != 0 ||
	       store_file_run(f, "BEGIN EXCLUSIVE; COMMIT", err) != 0 ? -1 : 0;
}

int store_file_open(struct store_file *f, const char *path, bool writable, struct err *err)
{
	int status = -1;

	*f = (struct store_file){.fd = -1, .path = strdup(path)};
	if (f->path == NULL)
		return err_nomem(err);
	/* not blocking: the path may be a pipe */
	f->fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (f->fd < 0)
		err_set(err, errno == EISDIR ? ERR_INPUT : ERR_IO, "%s: %s", path, strerror(errno));
	else if (check_file(f, writable, err) == 0)
		status = connect(f, writable, err);
	if (status != 0)
		store_file_finish(f);
	return status;
}

int store_file_open_image(struct store_file *f, const void *image, size_t n, struct err *err)
{
	uint8_t *copy = NULL;
	int status = -1;

	*f = (struct store_file){.fd = -1, .path = strdup("backup")};
	if (f->path == NULL)
		return err_nomem(err);
	if (n < SQLITE_HEADER)
		err_set(err, ERR_INPUT, "%s: not a store of responses", f->path);
	else if (check_start(image, n, f->path, err) == 0)
		status = 0;
	if (status != 0)
		goto out;
	status = -1;
	copy = sqlite3_malloc64(n);
	if (copy == NULL) {
		err_nomem(err);
		goto out;
	}
	memcpy(copy, image, n);
	if (sqlite3_open_v2(":memory:", &f->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX,
		    NULL) != SQLITE_OK) {
		store_file_fault(f, "cannot be opened", err);
		sqlite3_free(copy);
		goto out;
	}
	/* the copy is SQLite's from here, also on failure */
	if (sqlite3_deserialize(f->db, "main", copy, (sqlite3_int64)n, (sqlite3_int64)n,
		    SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_READONLY) != SQLITE_OK) {
		store_file_fault(f, "cannot be read", err);
		goto out;
	}
	sqlite3_db_config(f->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	status = store_file_run(f, settings, err);
out:
	if (status != 0)
		store_file_finish(f);
	return status;
}

void store_file_finish(struct store_file *f)
{
	sqlite3_close(f->db);
	if (f->fd >= 0)
		close(f->fd);
	free(f->path);
	*f = (struct store_file){.fd = -1};
}

static int check_schema(const struct store_file *f, struct err *err)
{
	sqlite3_stmt *st = NULL;
	size_t n = 0;
	int code, status = -1;

	if (sqlite3_prepare_v2(f->db, "SELECT sql FROM sqlite_schema ORDER BY rowid", -1, &st,
		    NULL) != SQLITE_OK)
		return store_file_fault(f, "cannot be read", err);
	while ((code = sqlite3_step(st)) == SQLITE_ROW) {
		const char *sql = (const char *)sqlite3_column_text(st, 0);

		if (sql == NULL || n >= STORE_FILE_TABLES || strcmp(sql, store_file_schema[n]) != 0)
			break;
		n++;
	}
	if (code != SQLITE_ROW && code != SQLITE_DONE)
		store_file_fault(f, "cannot be read", err);
	else if (code == SQLITE_ROW || n != STORE_FILE_TABLES)
		err_set(err, ERR_INPUT, "%s: damaged: other tables than a store has", f->path);
	else
		status = 0;
	sqlite3_finalize(st);
	return status;
}

/*
 * quick_check names what is wrong with the pages; also that one could not be read, with SQLite's
 * code, which says nothing about the page.
 */
static int page_fault(const struct store_file *f, const char *answer, struct err *err)
{
	static const char unread[] = "error code=";
	const char *code = answer != NULL ? strstr(answer, unread) : NULL;

	switch (code != NULL ? atoi(code + strlen(unread)) & 0xff : SQLITE_CORRUPT) {
	case SQLITE_NOMEM:
		return err_nomem(err);
	case SQLITE_IOERR:
		return err_set(err, ERR_IO, "%s: cannot be read", f->path);
	default:
		return err_set(err, ERR_INPUT, "%s: damaged: its pages are not in order", f->path);
	}
}

/* Every page is where it must be, and once. */
static int check_pages(const struct store_file *f, struct err *err)
{
	sqlite3_stmt *st = NULL;
	const char *answer;
	int status = -1;

	if (sqlite3_prepare_v2(f->db, "PRAGMA quick_check(1)", -1, &st, NULL) != SQLITE_OK ||
	    sqlite3_step(st) != SQLITE_ROW) {
		store_file_fault(f, "cannot be read", err);
	} else {
		answer = (const char *)sqlite3_column_text(st, 0);
		status = answer != NULL && strcmp(answer, "ok") == 0 ? 0
		                                                     : page_fault(f, answer, err);
	}
	sqlite3_finalize(st);
	return status;
}

static int read_header(const struct store_file *f, struct store_header *h, struct err *err)
{
	sqlite3_stmt *st = NULL;
	int code, status = -1;

	if (sqlite3_prepare_v2(f->db, "SELECT h FROM header", -1, &st, NULL) != SQLITE_OK)
		return store_file_fault(f, "cannot be read", err);
	code = sqlite3_step(st);
	if (code == SQLITE_ROW)
		status = store_header_read(h, sqlite3_column_blob(st, 0),
			(size_t)sqlite3_column_bytes(st, 0), f->path, err);
	else if (code == SQLITE_DONE)
		err_set(err, ERR_INPUT, "%s: damaged: it has no header", f->path);
	else
		store_file_fault(f, "cannot be read", err);
	sqlite3_finalize(st);
	return status;
}

int store_file_header(const struct store_file *f, struct store_header *h, struct err *err)
{
	return check_schema(f, err) != 0 ? -1 : read_header(f, h, err);
}

int store_file_check(const struct store_file *f, struct store_header *h, struct err *err)
{
	if (check_schema(f, err) != 0 || check_pages(f, err) != 0)
		return -1;
	return read_header(f, h, err);
}

void store_file_overwrite(const struct store_file *f)
{
	uint8_t bytes[65536], seed[randombytes_SEEDBYTES];
	struct stat about;

	if (f->fd < 0 || fstat(f->fd, &about) != 0)
		return;
	for (off_t at = 0; at < about.st_size; at += (off_t)sizeof bytes) {
		size_t n = sizeof bytes;

		if (about.st_size - at < (off_t)n)
			n = (size_t)(about.st_size - at);
		randombytes_buf(seed, sizeof seed);
		randombytes_buf_deterministic(bytes, n, seed);
		if (pwrite(f->fd, bytes, n, at) < 0)
			return;
	}
	sodium_memzero(seed, sizeof seed);
	fdatasync(f->fd);
}

void store_file_blur_times(const struct store_file *f)
{
	struct timespec times[2] = {{.tv_sec = time(NULL)}};

	times[0].tv_sec -= times[0].tv_sec % 86400;
	times[1] = times[0];
	(void)futimens(f->fd, times);
}
