/*
 * test_store_damage.c - files that are no store, or no longer one, or somebody else's: one clear
 * line that names the file, and the file as it was.
 */
#include "tests/unit/record/store_fixture.h"

#include <sqlite3.h>
#include <sys/wait.h>

/* How a good store of 20 is spoilt before it is opened. */
struct spoil {
	const char *label;
	void (*spoil)(struct fixture *f, struct buf *file);
	const char *reason;
	bool reads; /* reading does not mind: it takes what the file says it is */
};

static void run_sql(struct fixture *f, struct buf *file, const char *sql)
{
	sqlite3 *db;
	struct err err;

	OK(file_replace(f->path, file->data, file->len, 0600, &err));
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	buf_finish(file);
	*file = read_bytes(f->path);
}

static void cut_page(struct fixture *f, struct buf *file)
{
	(void)f;
	file->len -= STORE_PAGE;
}

static void cut_byte(struct fixture *f, struct buf *file)
{
	(void)f;
	file->len--;
}

static void cut_half(struct fixture *f, struct buf *file)
{
	(void)f;
	file->len /= 2;
}

static void cut_to_header(struct fixture *f, struct buf *file)
{
	(void)f;
	file->len = 99;
}

static void cut_all(struct fixture *f, struct buf *file)
{
	(void)f;
	file->len = 0;
}

static void add_page(struct fixture *f, struct buf *file)
{
	char page[STORE_PAGE] = {0};

	(void)f;
	buf_put(file, page, sizeof page);
}

static void garbage(struct fixture *f, struct buf *file)
{
	(void)f;
	randombytes_buf(file->data, file->len);
}

static void garbage_pages(struct fixture *f, struct buf *file)
{
	(void)f;
	randombytes_buf(file->data + STORE_PAGE, file->len - STORE_PAGE);
}

static void garbage_one_page(struct fixture *f, struct buf *file)
{
	(void)f;
	randombytes_buf(file->data + file->len - STORE_PAGE, STORE_PAGE);
}

/* The type of the first page: a leaf, or something else? */
static void flip_page_type(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[STORE_PAGE] ^= 0x0f;
}

/* The second page's count of lost bytes: only SQLite's own check looks at it. */
static void flip_page_count(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[STORE_PAGE + 7] ^= 1;
}

static void text(struct fixture *f, struct buf *file)
{
	(void)f;
	buf_clear(file);
	buf_puts(file, "no store\n");
}

static void other_database(struct fixture *f, struct buf *file)
{
	unlink(f->path);
	buf_clear(file);
	run_sql(f, file, "CREATE TABLE t(x); INSERT INTO t VALUES(1)");
}

static void other_page_size(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "PRAGMA page_size=4096; VACUUM");
}

static void wal(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[18] = file->data[19] = 2;
}

static void other_version(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "PRAGMA user_version=2");
}

static void free_pages(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "DELETE FROM long");
}

static void moved_row(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "UPDATE core SET slot = 99 WHERE slot = 20");
}

static void longer_row(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "UPDATE core SET r = zeroblob(length(r) + 1) WHERE slot = 3");
}

static void text_row(struct fixture *f, struct buf *file)
{
	run_sql(f, file,
		"UPDATE core SET r = substr(hex(zeroblob(length(r))), 1, length(r)) "
		"WHERE slot = 3");
}

static void trigger(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "CREATE TRIGGER t AFTER UPDATE ON core BEGIN DELETE FROM short; END");
}

static void other_column(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "ALTER TABLE core ADD COLUMN arrived TEXT");
}

static void no_header(struct fixture *f, struct buf *file)
{
	run_sql(f, file, "DELETE FROM header");
}

static size_t header_at(const struct buf *file)
{
	const char *at = memmem(file->data, file->len, "peer-survey store\n", 18);

	assert_non_null(at);
	return (size_t)(at - file->data);
}

static void flip_header(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[header_at(file) + 130] ^= 1;
}

static void flip_header_magic(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[header_at(file)] ^= 1;
}

static void flip_header_version(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[header_at(file) + 18] = 9;
}

static void flip_header_end(struct fixture *f, struct buf *file)
{
	(void)f;
	file->data[header_at(file) + 200] ^= 1;
}

static void other_round(struct fixture *f, struct buf *file)
{
	(void)file;
	strcpy(f->shape.round, "2020-10");
}

static void other_key(struct fixture *f, struct buf *file)
{
	(void)file;
	f->shape.key[3] ^= 1;
}

static void other_form(struct fixture *f, struct buf *file)
{
	(void)file;
	f->shape.form[3] ^= 1;
}

static void other_size(struct fixture *f, struct buf *file)
{
	(void)file;
	f->shape.size[RECORD_SHORT]++;
}

static void other_number(struct fixture *f, struct buf *file)
{
	(void)file;
	f->shape.each[RECORD_LONG]++;
}

static void journal(struct fixture *f, struct buf *file)
{
	char name[128];
	struct err err;

	(void)file;
	snprintf(name, sizeof name, "%s-journal", f->path);
	OK(file_replace(name, "x", 1, 0600, &err));
}

static const struct spoil spoils[] = {
	{"bad-cut by a page", cut_page, "damaged", false},
	{"bad-cut by a byte", cut_byte, "damaged", false},
	{"bad-cut in half", cut_half, "damaged", false},
	{"bad-cut to SQLite's header", cut_to_header, "not a store", false},
	{"bad-cut to nothing", cut_all, "not a store", false},
	{"bad-a page more", add_page, "damaged", false},
	{"bad-garbage", garbage, "not a store", false},
	{"bad-garbage behind the first page", garbage_pages, "damaged", false},
	{"bad-garbage in the last page", garbage_one_page, "damaged", false},
	{"bad-page type", flip_page_type, "damaged", false},
	{"bad-page's count", flip_page_count, "pages", false},
	{"bad-text", text, "not a store", false},
	{"bad-another database", other_database, "not a store", false},
	{"bad-page size", other_page_size, "4096", false},
	{"bad-write-ahead log", wal, "damaged", false},
	{"bad-version", other_version, "version 2", false},
	{"bad-free pages", free_pages, "damaged", false},
	{"bad-moved row", moved_row, "row 20 of table core", false},
	{"bad-longer row", longer_row, "row 3", false},
	{"bad-text for a blob", text_row, "row 3", false},
	{"bad-trigger", trigger, "tables", false},
	{"bad-column", other_column, "tables", false},
	{"bad-no header", no_header, "header", false},
	{"bad-header", flip_header, "header", false},
	{"bad-header's magic", flip_header_magic, "header", false},
	{"bad-header's version", flip_header_version, "version 9", false},
	{"bad-header's end", flip_header_end, "header", false},
	{"bad-journal beside it", journal, "-journal", false},
	{"bad-round", other_round, "round \"2020-04\"", true},
	{"bad-key", other_key, "public key", true},
	{"bad-questionnaire", other_form, "questionnaire", true},
	{"bad-record size", other_size, "sizes", true},
	{"bad-number of records", other_number, "sizes", true},
};

static int see(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	(void)kind;
	(void)sealed;
	(void)n;
	++*(size_t *)ctx;
	return 0;
}

static void check(const struct spoil *spoil)
{
	struct store *s = NULL;
	struct store_shape shape;
	struct buf file, after;
	struct fixture *f;
	size_t files, rows = 0;
	struct err err = {0};
	void *state;

	assert_int_equal(fixture_setup(&state), 0);
	f = state;
	store_free(fixture_store(f, 20));
	file = read_bytes(f->path);
	spoil->spoil(f, &file);
	OK(file_replace(f->path, file.data, file.len, 0600, &err));
	files = fixture_files(f);

	if (store_open(&s, f->path, &f->shape, &err) == 0)
		fail_msg("%s was opened", spoil->label);
	if (err.code != ERR_INPUT || strstr(err.msg, f->path) == NULL ||
	    strstr(err.msg, spoil->reason) == NULL)
		fail_msg("%s: \"%s\" instead of \"%s\"", spoil->label, err.msg, spoil->reason);
	if ((store_read(f->path, &shape, see, &rows, &err) == 0) != spoil->reads)
		fail_msg("%s: reading", spoil->label);
	after = read_bytes(f->path);
	assert_int_equal(file.len, after.len);
	assert_memory_equal(file.data, after.data, file.len);
	assert_int_equal(fixture_files(f), files);
	buf_finish(&file);
	buf_finish(&after);
	fixture_teardown(&state);
}

static void test_bad_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++)
		check(&spoils[i]);
}

/* Whatever byte is changed: opened or refused, it is never a crash, and never a longer read. */
static void test_bad_bytes(void **state)
{
	struct fixture *f = *state;
	struct buf file;
	struct err err;

	store_free(fixture_store(f, 2));
	file = read_bytes(f->path);
	for (int run = 0; run < 400; run++) {
		/* the first bytes of pages are what SQLite believes in */
		size_t page = randombytes_uniform((uint32_t)(file.len / STORE_PAGE));
		size_t at = page * STORE_PAGE + randombytes_uniform(run % 2 ? STORE_PAGE : 140);
		char old = file.data[at];
		struct store_shape shape;
		struct store *s = NULL;
		size_t rows = 0;

		file.data[at] ^= (char)(1 + randombytes_uniform(255));
		OK(file_replace(f->path, file.data, file.len, 0600, &err));
		if (store_open(&s, f->path, &f->shape, &err) == 0) {
			assert_int_equal(store_room(s) + store_count(s), 2);
			store_free(s);
		}
		if (store_read(f->path, &shape, see, &rows, &err) == 0)
			assert_int_equal(rows, 0);
		file.data[at] = old;
	}
	buf_finish(&file);
}

static void test_bad_path(void **state)
{
	struct fixture *f = *state;
	struct store *s = NULL;
	struct err err;

	assert_int_equal(store_open(&s, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, f->path));
	assert_int_equal(fixture_files(f), 0);
	assert_int_equal(store_open(&s, f->folder, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(mkfifo(f->path, 0600), 0);
	assert_int_equal(store_open(&s, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
}

/* Names that SQLite would take for something else. */
static void test_odd_names(void **state)
{
	const char *names[] = {"file:x?mode=memory", ":memory:", "a b%20c?d#e", "x.new"};
	struct fixture *f = *state;
	struct store *s = NULL;
	char here[4096];
	struct err err;

	assert_non_null(getcwd(here, sizeof here));
	assert_int_equal(chdir(f->folder), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		OK(store_create(names[i], &f->shape, 2, &err));
		OK(store_open(&s, names[i], &f->shape, &err));
		OK(store_grow(s, 3, &err));
		store_free(s);
		assert_int_equal(fixture_files(f), i + 1);
	}
	assert_int_equal(chdir(here), 0);
}

/*
 * A process that waits until the store is open here, then tries to open and to read it. It starts
 * before, so that it inherits nothing of the open store.
 */
struct other {
	pid_t pid;
	int start;
};

static struct other other_start(struct fixture *f)
{
	struct store_shape shape;
	struct store *s;
	struct other other;
	struct err err;
	int ends[2];
	size_t rows = 0;
	char c;

	assert_int_equal(pipe(ends), 0);
	other.pid = fork();
	if (other.pid == 0) {
		close(ends[1]);
		if (read(ends[0], &c, 1) != 1)
			_exit(9);
		if (store_open(&s, f->path, &f->shape, &err) == 0 || err.code != ERR_IO)
			_exit(1);
		if (store_read(f->path, &shape, see, &rows, &err) == 0 || err.code != ERR_IO)
			_exit(2);
		_exit(strstr(err.msg, "in use") == NULL ? 3 : 0);
	}
	close(ends[0]);
	other.start = ends[1];
	return other;
}

static int other_result(struct other *other)
{
	int status;

	assert_int_equal(write(other->start, "x", 1), 1);
	close(other->start);
	assert_int_equal(waitpid(other->pid, &status, 0), other->pid);
	assert_true(WIFEXITED(status));
	return WEXITSTATUS(status);
}

/* One process has a store; all others are told so, and so is a second opening in the same one. */
static void test_bad_in_use(void **state)
{
	struct fixture *f = *state;
	struct other others[3] = {other_start(f), other_start(f), other_start(f)};
	struct store *s = fixture_store(f, 5), *second = NULL;
	struct sample *m = samples_create(f, 3);
	struct err err;

	assert_int_equal(other_result(&others[0]), 0);
	put_group(s, m, 1);
	assert_int_equal(store_open(&second, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "in use"));
	/* the attempt has not loosened the lock */
	assert_int_equal(other_result(&others[1]), 0);
	put_group(s, m + 1, 1);
	OK(store_grow(s, 10, &err));
	assert_int_equal(other_result(&others[2]), 0);
	store_free(s);
	s = fixture_open(f);
	assert_int_equal(store_count(s), 2);
	store_free(s);
	samples_free(m, 3);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_bad_files),
		T(test_bad_bytes),
		T(test_bad_path),
		T(test_odd_names),
		T(test_bad_in_use),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
