/*
 * test_store.c - collecting: what is acknowledged stays, the same submission is written once, the
 * file says nothing about order, and it never changes its size.
 */
#include "tests/backup.h"
#include "tests/unit/record/store_fixture.h"

#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

/* The same capacity gives the same size; nothing lies beside it; only its owner reads it. */
static void test_create(void **state)
{
	struct fixture *f = *state;
	struct stat first, second;
	struct err err;

	OK(store_create(f->path, &f->shape, 100, &err));
	strcpy(f->shape.round, "X");
	memset(f->shape.key, 9, RECORD_DIGEST);
	OK(store_create(f->other, &f->shape, 100, &err));
	assert_int_equal(stat(f->path, &first), 0);
	assert_int_equal(stat(f->other, &second), 0);
	assert_int_equal(first.st_size, second.st_size);
	assert_int_equal(first.st_size % STORE_PAGE, 0);
	assert_int_equal(first.st_mode & 0777, 0600);
	assert_int_equal(fixture_files(f), 2);
}

static off_t pages(struct fixture *f, size_t row, size_t rows)
{
	struct store_shape shape = f->shape;
	struct stat about;
	struct err err;

	shape.each[RECORD_SHORT] = shape.each[RECORD_LONG] = 0;
	shape.size[RECORD_CORE] = row - STORE_ROW_KEY - STORE_ROW_TAG;
	unlink(f->path);
	OK(store_create(f->path, &shape, rows, &err));
	assert_int_equal(stat(f->path, &about), 0);
	return about.st_size / STORE_PAGE;
}

/* Measured with SQLite itself: the larger row costs nothing, and a larger one still would. */
static void test_row_size_packs(void **state)
{
	const size_t minimum[] = {200, 700, 1700, 3000, 4100, 5500, 8200, 9000, 16344, 16345, 18400,
		18500, 25000, 40000, 100000};

	for (size_t i = 0; i < sizeof minimum / sizeof *minimum; i++) {
		size_t size = store_row_size(minimum[i]), rows = 2000000 / minimum[i] + 56;
		off_t packed = pages(*state, size, rows);

		assert_true(size >= minimum[i]);
		assert_int_equal(packed, pages(*state, minimum[i], rows));
		assert_true(packed < pages(*state, size + 8, rows));
	}
	assert_int_equal(store_row_size(8200), 16344);
	assert_int_equal(store_row_size(8000), 8176);
	/* 8 rows a page leave 16376 / 8 bytes a cell, 12 of them not the row's */
	assert_int_equal(store_row_size(2000), 2035);
}

static void test_bad_create(void **state)
{
	struct fixture *f = *state;
	struct buf before, after;
	struct err err;

	OK(store_create(f->path, &f->shape, 10, &err));
	before = read_bytes(f->path);
	assert_int_equal(store_create(f->path, &f->shape, 20, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "already exists"));
	after = read_bytes(f->path);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	assert_int_equal(store_create("/nonexistent/x.db", &f->shape, 10, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(store_create(f->other, &f->shape, SIZE_MAX / 2, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(fixture_files(f), 1);
	buf_finish(&before);
	buf_finish(&after);
}

/* Run in a child whose files may not grow over `limit` bytes. */
static int in_small_disk(int (*run)(struct fixture *f), struct fixture *f, rlim_t limit)
{
	pid_t child = fork();
	int status;

	if (child == 0) {
		const struct rlimit size = {limit, limit};

		signal(SIGXFSZ, SIG_IGN);
		_exit(setrlimit(RLIMIT_FSIZE, &size) != 0 ? 99 : run(f));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 100;
}

static int create_fails(struct fixture *f)
{
	struct err err;

	if (store_create(f->path, &f->shape, 100, &err) == 0)
		return 1;
	return err.code == ERR_IO && strstr(err.msg, f->path) != NULL ? 0 : 2;
}

static void test_bad_create_full_disk(void **state)
{
	struct fixture *f = *state;

	for (rlim_t limit = 0; limit < 400000; limit += 61000) {
		assert_int_equal(in_small_disk(create_fails, f, limit), 0);
		assert_int_equal(fixture_files(f), 0);
	}
}

static void test_put_and_open_again(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 40);
	struct sample *m = samples_create(f, 20);
	struct buf file;
	struct stat about;

	assert_int_equal(store_count(s), 0);
	assert_int_equal(store_room(s), 40);
	assert_memory_equal(store_shape(s)->form, f->shape.form, RECORD_DIGEST);
	assert_int_equal(put_group(s, m, 1), 0);
	assert_int_equal(put_group(s, m + 1, 7), 0);
	assert_int_equal(put_group(s, m + 8, 12), 0);
	assert_int_equal(store_count(s), 20);
	assert_int_equal(store_room(s), 20);
	store_free(s);
	s = fixture_open(f);
	assert_int_equal(store_count(s), 20);
	assert_int_equal(store_room(s), 20);
	assert_int_equal(put_group(s, m, 20), 20);
	assert_int_equal(store_count(s), 20);
	store_free(s);
	file = read_bytes(f->path);
	for (int i = 0; i < 20; i++)
		assert_true(sample_in(f, &file, &m[i], true));
	/* no journal, and a time that says the day only */
	assert_int_equal(fixture_files(f), 1);
	assert_int_equal(stat(f->path, &about), 0);
	assert_int_equal(about.st_mtime % 86400, 0);
	assert_int_equal(about.st_mtim.tv_nsec, 0);
	buf_finish(&file);
	samples_free(m, 20);
}

static void test_known(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 10);
	struct sample *m = samples_create(f, 2);
	struct buf before, after;
	struct err err;
	bool known;

	/* in the open group, before anything is on the disk */
	OK(store_begin(s, &err));
	OK(store_put(s, &m[0].sub, &known, &err));
	assert_false(known);
	OK(store_put(s, &m[0].sub, &known, &err));
	assert_true(known);
	OK(store_commit(s, &err));
	/* and afterwards: nothing is written, though it is sealed anew and has other bytes */
	before = read_bytes(f->path);
	for (int k = 0; k < RECORD_KINDS; k++)
		m[0].sub.records[k] = m[1].bytes[k];
	assert_int_equal(put_group(s, m, 1), 1);
	after = read_bytes(f->path);
	assert_memory_equal(before.data, after.data, before.len);
	assert_int_equal(store_count(s), 1);
	/* another receipt is another submission */
	assert_int_equal(put_group(s, m + 1, 1), 0);
	assert_int_equal(store_count(s), 2);
	store_free(s);
	buf_finish(&before);
	buf_finish(&after);
	samples_free(m, 2);
}

static void test_receipt(void **state)
{
	uint8_t number[STORE_NUMBER] = {1}, content[RECORD_DIGEST] = {2};
	uint8_t first[STORE_RECEIPT], second[STORE_RECEIPT];

	(void)state;
	store_receipt(first, number, content);
	store_receipt(second, number, content);
	assert_memory_equal(first, second, STORE_RECEIPT);
	content[31] ^= 1;
	store_receipt(second, number, content);
	assert_memory_not_equal(first, second, STORE_RECEIPT);
	content[31] ^= 1;
	number[15] ^= 1;
	store_receipt(second, number, content);
	assert_memory_not_equal(first, second, STORE_RECEIPT);
}

static void test_bad_full(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 3);
	struct sample *m = samples_create(f, 4);
	struct err err;
	bool known;

	OK(store_begin(s, &err));
	for (int i = 0; i < 3; i++)
		OK(store_put(s, &m[i].sub, &known, &err));
	assert_int_equal(store_room(s), 0);
	assert_int_equal(store_put(s, &m[3].sub, &known, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	/* what fitted is committed all the same */
	OK(store_commit(s, &err));
	assert_int_equal(store_count(s), 3);
	assert_int_equal(put_group(s, m, 3), 3);
	store_free(s);
	samples_free(m, 4);
}

static void test_only_core(void **state)
{
	struct fixture *f = *state;
	struct store *s;
	struct sample *m;

	f->shape.each[RECORD_SHORT] = f->shape.each[RECORD_LONG] = 0;
	s = fixture_store(f, 5);
	m = samples_create(f, 2);
	assert_int_equal(put_group(s, m, 2), 0);
	assert_int_equal(put_group(s, m, 2), 2);
	assert_int_equal(store_room(s), 3);
	store_free(s);
	samples_free(m, 2);
}

/* Records over several pages. */
static void test_large_records(void **state)
{
	struct fixture *f = *state;
	struct store *s;
	struct sample *m;
	struct buf file;

	f->shape.size[RECORD_LONG] = encode_size(50000) + SEAL_OVERHEAD;
	s = fixture_store(f, 20);
	m = samples_create(f, 10);
	assert_int_equal(put_group(s, m, 10), 0);
	store_free(s);
	s = fixture_open(f);
	assert_int_equal(store_count(s), 10);
	assert_int_equal(put_group(s, m, 10), 10);
	store_free(s);
	file = read_bytes(f->path);
	for (int i = 0; i < 10; i++)
		assert_true(sample_in(f, &file, &m[i], true));
	buf_finish(&file);
	samples_free(m, 10);
}

/* After a withdrawal no byte of the records is left, and everything else is untouched. */
static void test_withdraw(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 30);
	struct sample *m = samples_create(f, 20);
	struct buf file;
	struct err err;
	bool found;

	put_group(s, m, 20);
	for (int i = 0; i < 20; i += 3) {
		OK(store_withdraw(s, m[i].sub.receipt, &found, &err));
		assert_true(found);
		OK(store_withdraw(s, m[i].sub.receipt, &found, &err));
		assert_false(found);
	}
	assert_int_equal(store_count(s), 13);
	assert_int_equal(store_room(s), 17);
	file = read_bytes(f->path);
	for (int i = 0; i < 20; i++)
		assert_int_equal(sample_in(f, &file, &m[i], i % 3 != 0), i % 3 != 0);
	buf_finish(&file);
	store_free(s);
	s = fixture_open(f);
	assert_int_equal(store_count(s), 13);
	assert_int_equal(put_group(s, m, 20), 13);
	assert_int_equal(store_count(s), 20);
	assert_int_equal(fixture_files(f), 1);
	store_free(s);
	samples_free(m, 20);
}

/* Many changes, checked against a plain list: the index in memory and the file stay one. */
static void test_random_walk(void **state)
{
	enum { N = 60 };
	struct fixture *f = *state;
	struct store *s = fixture_store(f, N);
	struct sample *m = samples_create(f, N);
	bool in[N] = {false}, answer;
	size_t count = 0;
	struct err err;

	for (int step = 0; step < 600; step++) {
		uint32_t i = randombytes_uniform(N);

		if (randombytes_uniform(2) == 0) {
			OK(store_withdraw(s, m[i].sub.receipt, &answer, &err));
			assert_int_equal(answer, in[i]);
			count -= in[i];
			in[i] = false;
		} else {
			assert_int_equal(put_group(s, m + i, 1), in[i]);
			count += !in[i];
			in[i] = true;
		}
		assert_int_equal(store_count(s), count);
		assert_int_equal(store_room(s), N - count);
		if (step % 200 == 199) {
			store_free(s);
			s = fixture_open(f);
		}
	}
	store_free(s);
	samples_free(m, N);
}

/* Kendall's tau of two rankings: 0 is no relation, 1 the same order. */
static double tau(const long *a, const long *b, size_t n)
{
	long sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			sum += (a[i] > a[k]) == (b[i] > b[k]) ? 1 : -1;
	return (double)sum / ((double)n * ((double)n - 1) / 2);
}

/* Neither arrival, nor which records arrived together, can be told from places in the file. */
static void test_order(void **state)
{
	enum { N = 200 };
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 260);
	struct sample *m = samples_create(f, N);
	long at[RECORD_KINDS][N], arrival[N];
	/* five standard deviations: wrong once in two million */
	const double limit = 5 * sqrt(2.0 * (2 * N + 5) / (9.0 * N * (N - 1)));
	struct buf file;

	for (size_t i = 0; i < N; i += 1 + i % 4)
		put_group(s, m + i, N - i < 1 + i % 4 ? N - i : 1 + i % 4);
	store_free(s);
	file = read_bytes(f->path);
	for (int i = 0; i < N; i++) {
		arrival[i] = i;
		for (int k = 0; k < RECORD_KINDS; k++) {
			at[k][i] = find_bytes(&file, m[i].bytes[k], f->shape.size[k]);
			assert_true(at[k][i] >= 0);
		}
	}
	for (int k = 0; k < RECORD_KINDS; k++) {
		assert_true(fabs(tau(at[k], arrival, N)) < limit);
		assert_true(fabs(tau(at[k], at[(k + 1) % RECORD_KINDS], N)) < limit);
	}
	assert_true(tau(arrival, arrival, N) > limit);
	buf_finish(&file);
	samples_free(m, N);
}

/*
 * Power loss in a commit: some sectors are new, some old. The database is sound, every acknowledged
 * submission is there, and a retry completes the others without touching what was acknowledged.
 */
static void test_torn_commit(void **state)
{
	enum { OLD = 15, NEW = 10, SECTOR = 512 };
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 40);
	struct sample *m = samples_create(f, OLD + NEW);
	struct buf before, after, mixed = {0}, last;
	struct err err;

	put_group(s, m, OLD);
	before = read_bytes(f->path);
	put_group(s, m + OLD, NEW);
	store_free(s);
	after = read_bytes(f->path);
	assert_int_equal(before.len, after.len);
	for (int run = 0; run < 60; run++) {
		buf_clear(&mixed);
		for (size_t at = 0; at < before.len; at += SECTOR)
			buf_put(&mixed, (randombytes_uniform(2) ? &before : &after)->data + at,
				SECTOR);
		OK(file_replace(f->path, mixed.data, mixed.len, 0600, &err));
		s = fixture_open(f);
		assert_int_equal(put_group(s, m, OLD), OLD);
		put_group(s, m + OLD, NEW);
		assert_int_equal(store_count(s), OLD + NEW);
		store_free(s);
		last = read_bytes(f->path);
		for (int i = 0; i < OLD + NEW; i++)
			assert_true(sample_in(f, &last, &m[i], true));
		for (int i = 0; i < OLD; i++)
			assert_int_equal(find_bytes(&last, m[i].bytes[0], f->shape.size[0]),
				find_bytes(&before, m[i].bytes[0], f->shape.size[0]));
		buf_finish(&last);
	}
	buf_finish(&before);
	buf_finish(&after);
	buf_finish(&mixed);
	samples_free(m, OLD + NEW);
}

/* Writes fail: nothing is acknowledged from then on, by any call. */
static int writes_fail(struct fixture *f)
{
	struct store *s = NULL;
	struct sample *m = samples_create(f, 2);
	bool flag = false;
	struct err err;

	if (store_open(&s, f->path, &f->shape, &err) != 0)
		return 1;
	if (store_begin(s, &err) != 0 || store_put(s, &m[0].sub, &flag, &err) != 0)
		return 2;
	if (store_commit(s, &err) == 0 || err.code != ERR_IO)
		return 3;
	if (store_begin(s, &err) == 0 || err.code != ERR_IO)
		return 4;
	if (store_put(s, &m[1].sub, &flag, &err) == 0 || err.code != ERR_IO)
		return 5;
	if (store_commit(s, &err) == 0 || err.code != ERR_IO)
		return 6;
	if (store_withdraw(s, m[0].sub.receipt, &flag, &err) == 0 || err.code != ERR_IO)
		return 7;
	if (store_grow(s, 100, &err) == 0 || err.code != ERR_IO)
		return 8;
	if (store_close_round(s, &err) == 0 || err.code != ERR_IO)
		return 9;
	if (backup_to(s, &f->key, f->other, &err) == 0 || err.code != ERR_IO)
		return 10;
	store_free(s);
	samples_free(m, 2);
	return 0;
}

static void test_bad_disk(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 40);
	struct sample *m = samples_create(f, 20);

	put_group(s, m, 20);
	store_free(s);
	assert_int_equal(in_small_disk(writes_fail, f, STORE_PAGE), 0);
	s = fixture_open(f);
	assert_int_equal(put_group(s, m, 20), 20);
	assert_int_equal(fixture_files(f), 1);
	store_free(s);
	samples_free(m, 20);
}

/* A group that is never committed leaves nothing behind. */
static void test_uncommitted(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 20);
	struct sample *m = samples_create(f, 10);
	struct buf before = read_bytes(f->path), after;
	struct err err;
	bool known;

	OK(store_begin(s, &err));
	for (int i = 0; i < 10; i++)
		OK(store_put(s, &m[i].sub, &known, &err));
	store_free(s);
	after = read_bytes(f->path);
	assert_int_equal(before.len, after.len);
	assert_memory_equal(before.data, after.data, before.len);
	s = fixture_open(f);
	assert_int_equal(store_count(s), 0);
	store_free(s);
	store_free(NULL);
	buf_finish(&before);
	buf_finish(&after);
	samples_free(m, 10);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_create),
		T(test_row_size_packs),
		T(test_bad_create),
		T(test_bad_create_full_disk),
		T(test_put_and_open_again),
		T(test_known),
		T(test_receipt),
		T(test_bad_full),
		T(test_only_core),
		T(test_large_records),
		T(test_withdraw),
		T(test_random_walk),
		T(test_order),
		T(test_torn_commit),
		T(test_bad_disk),
		T(test_uncommitted),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
