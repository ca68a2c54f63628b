/*
 * test_store_pages.c - reading walks the pages itself: it hands on what was put there, and refuses
 * every file that SQLite's own check of the pages, which collecting keeps to, refuses.
 */
#include "tests/unit/record/store_fixture.h"

#include <sqlite3.h>

/* Stores whose trees differ. */
static const struct shape {
	const char *label;
	size_t size[RECORD_KINDS], submissions;
} shapes[] = {
	{"rows within pages", {700, 200, 1500}, 40},
	{"one leaf a table", {300, 100, 400}, 2},
	{"rows with one overflow page", {20000, 200, 17000}, 6},
	{"rows with several overflow pages", {700, 40000, 100000}, 3},
	{"nothing in them", {700, 200, 1500}, 0},
};

static void set_shape(struct fixture *f, const struct shape *shape)
{
	for (int k = 0; k < RECORD_KINDS; k++)
		f->shape.size[k] = encode_size(shape->size[k]) + SEAL_OVERHEAD;
}

/* The records that were met, in no order. */
struct met {
	size_t n[RECORD_KINDS];
	uint64_t sum;
};

static int meet(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct met *met = ctx;
	uint64_t digest;
	uint8_t bytes[32];

	crypto_generichash(bytes, sizeof bytes, sealed, n, NULL, 0);
	memcpy(&digest, bytes, sizeof digest);
	met->sum += digest * (1 + (uint64_t)kind);
	met->n[kind]++;
	return 0;
}

static void test_rows(void **state)
{
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		size_t n = shapes[i].submissions;
		struct met put = {0}, file = {0}, image = {0};
		struct store_shape shape;
		struct fixture *f;
		struct sample *m;
		struct store *s;
		struct buf bytes;
		struct err err;

		assert_int_equal(fixture_setup(state), 0);
		f = *state;
		set_shape(f, &shapes[i]);
		s = fixture_store(f, n + 5);
		m = samples_create(f, n);
		if (n > 0)
			put_group(s, m, n);
		for (size_t j = 0; j < n; j++)
			for (int k = 0; k < RECORD_KINDS; k++)
				for (size_t r = 0; r < f->shape.each[k]; r++)
					meet(&put, (enum record_kind)k,
						m[j].bytes[k] + r * f->shape.size[k],
						f->shape.size[k]);
		if (i % 2 == 1)
			OK(store_close_round(s, &err));
		store_free(s);
		bytes = read_bytes(f->path);
		OK(store_read(f->path, &shape, meet, &file, &err));
		OK(store_read_image(bytes.data, bytes.len, &shape, meet, &image, &err));
		if (memcmp(&put, &file, sizeof put) != 0 || memcmp(&put, &image, sizeof put) != 0)
			fail_msg("%s: not the records that were put there", shapes[i].label);
		buf_finish(&bytes);
		samples_free(m, n);
		fixture_teardown(state);
	}
}

/* A place that the layout depends on: a page's header, its pointers, a cell's start or end. */
static size_t pick(const struct buf *file)
{
	size_t page = randombytes_uniform((uint32_t)(file->len / STORE_PAGE)) * STORE_PAGE;
	size_t start = page + (page == 0 ? 100 : 0), at;
	const uint8_t *head = (const uint8_t *)file->data + start;
	size_t cells = (size_t)(head[3] << 8 | head[4]) % 1000;

	if ((head[0] != 13 && head[0] != 5) || cells == 0)
		return page + randombytes_uniform(16);
	if (randombytes_uniform(2) == 0)
		return start + randombytes_uniform(16 + 2 * (uint32_t)cells);
	head += (head[0] == 13 ? 8 : 12) + 2 * randombytes_uniform((uint32_t)cells);
	at = page + (size_t)(head[0] << 8 | head[1]) % STORE_PAGE;
	/* the last bytes of the cell before it name its overflow page */
	at += randombytes_uniform(16) - 5;
	return at < file->len ? at : page;
}

/* `at` was changed. */
static void compare(struct fixture *f, const struct buf *file, size_t at, size_t *refused)
{
	struct store_shape shape;
	struct store *s = NULL;
	struct met met = {0};
	struct err err, ours;
	int status;

	OK(file_replace(f->path, file->data, file->len, 0600, &err));
	status = store_read(f->path, &shape, meet, &met, &ours);
	if (status != 0)
		assert_int_equal(ours.code, ERR_INPUT);
	assert_int_equal(store_read_image(file->data, file->len, &shape, meet, &met, &err), status);
	if (store_open(&s, f->path, &f->shape, &err) == 0) {
		store_free(s);
		return;
	}
	++*refused;
	if (status == 0)
		fail_msg("byte %zu of page %zu: read, though SQLite says %s", at % STORE_PAGE,
			at / STORE_PAGE + 1, err.msg);
}

static void test_bad_pages(void **state)
{
	size_t refused = 0;

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		struct fixture *f;
		struct buf file;

		assert_int_equal(fixture_setup(state), 0);
		f = *state;
		set_shape(f, &shapes[i]);
		store_free(fixture_store(f, shapes[i].submissions + 5));
		file = read_bytes(f->path);
		for (int run = 0; run < 200; run++) {
			size_t at = pick(&file);
			char old = file.data[at];

			file.data[at] ^= (char)(1 + randombytes_uniform(255));
			compare(f, &file, at, &refused);
			file.data[at] = old;
		}
		buf_finish(&file);
		fixture_teardown(state);
	}
	assert_true(refused > 200);
}

/* Pages that change places in the file's order are found out, whole as each of them is. */
static void test_bad_swapped(void **state)
{
	struct fixture *f = *state;
	size_t refused = 0, pages;
	struct buf file;

	store_free(fixture_store(f, 60));
	file = read_bytes(f->path);
	pages = file.len / STORE_PAGE;
	for (int run = 0; run < 60; run++) {
		size_t a = 1 + randombytes_uniform((uint32_t)pages - 1);
		size_t b = 1 + randombytes_uniform((uint32_t)pages - 1);
		char *x = file.data + a * STORE_PAGE, *y = file.data + b * STORE_PAGE;
		char keep[STORE_PAGE];

		memcpy(keep, x, STORE_PAGE);
		memcpy(x, y, STORE_PAGE);
		compare(f, &file, a * STORE_PAGE, &refused);
		memcpy(x, keep, STORE_PAGE);
	}
	assert_true(refused > 30);
	buf_finish(&file);
}

/* What SQL leaves where rows were deleted and made anew is no damage: pages with free blocks. */
static void test_other_layout(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 30);
	struct sample *m = samples_create(f, 10);
	struct store_shape shape;
	struct met before = {0}, after = {0};
	struct err err;
	sqlite3 *db;

	put_group(s, m, 10);
	store_free(s);
	OK(store_read(f->path, &shape, meet, &before, &err));
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "CREATE TEMP TABLE t AS SELECT slot, r FROM core WHERE "
		"slot % 3 = 0; DELETE FROM core WHERE slot % 3 = 0;"
		"INSERT INTO core SELECT * FROM t ORDER BY slot DESC", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	OK(store_read(f->path, &shape, meet, &after, &err));
	assert_memory_equal(&before, &after, sizeof before);
	assert_int_equal(sqlite3_open(f->path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "VACUUM", NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	after = (struct met){0};
	OK(store_read(f->path, &shape, meet, &after, &err));
	assert_memory_equal(&before, &after, sizeof before);
	samples_free(m, 10);
}

/* In an open store a damaged row is like a free one; a closed one has none, so it is handed on. */
static void test_bad_row(void **state)
{
	enum { N = 5 };
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 2 * N);
	struct sample *m = samples_create(f, N);
	const size_t n = f->shape.each[RECORD_CORE] * N;
	struct err err;

	put_group(s, m, N);
	for (int closed = 0; closed < 2; closed++) {
		/* a record's middle, its key, its tag */
		const long places[] = {100, -1, (long)f->shape.size[RECORD_CORE]};

		if (closed)
			OK(store_close_round(s, &err));
		for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
			struct buf bytes = read_bytes(f->path);
			long at = find_bytes(&bytes, m[2].bytes[RECORD_CORE],
				f->shape.size[RECORD_CORE]);
			struct store_shape shape;
			struct met met = {0};

			assert_true(at > 0);
			bytes.data[at + places[i]] ^= 1;
			OK(store_read_image(bytes.data, bytes.len, &shape, meet, &met, &err));
			assert_int_equal(met.n[RECORD_CORE], closed ? n : n - 1);
			buf_finish(&bytes);
		}
	}
	store_free(s);
	samples_free(m, N);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rows),
		cmocka_unit_test(test_bad_pages),
		T(test_bad_row),
		T(test_bad_swapped),
		T(test_other_layout),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
