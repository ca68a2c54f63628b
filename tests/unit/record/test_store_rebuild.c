/*
 * test_store_rebuild.c - a store made anew (grown, closed), copied (backed up) and read: every used
 * row comes along, in another order, and a failure leaves the old store as it was.
 */
#include "tests/backup.h"
#include "tests/unit/record/store_fixture.h"

#include <fcntl.h>
#include <math.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

/* What reading gave. */
struct seen {
	const struct fixture *f;
	struct buf kind[RECORD_KINDS];
	size_t n[RECORD_KINDS];
	int stop_at; /* return this at the first row */
};

static int see(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	struct seen *seen = ctx;

	assert_int_equal(n, seen->f->shape.size[kind]);
	buf_put(&seen->kind[kind], sealed, n);
	seen->n[kind]++;
	return seen->stop_at;
}

static void seen_finish(struct seen *seen)
{
	for (int k = 0; k < RECORD_KINDS; k++)
		buf_finish(&seen->kind[k]);
}

static void assert_seen(const struct seen *seen, const struct sample *m, size_t n)
{
	for (int k = 0; k < RECORD_KINDS; k++) {
		const size_t size = seen->f->shape.size[k], each = seen->f->shape.each[k];

		assert_int_equal(seen->n[k], n * each);
		for (size_t i = 0; i < n * each; i++)
			assert_non_null(memmem(seen->kind[k].data, seen->kind[k].len,
				m[i / each].bytes[k] + i % each * size, size));
	}
}

static void assert_reads(const struct fixture *f, const struct sample *m, size_t n, bool closed)
{
	struct seen seen = {.f = f};
	struct store_shape shape;
	struct err err;

	OK(store_read(f->path, &shape, see, &seen, &err));
	assert_seen(&seen, m, n);
	assert_int_equal(shape.closed, closed);
	assert_string_equal(shape.round, f->shape.round);
	assert_memory_equal(shape.key, f->shape.key, RECORD_DIGEST);
	seen_finish(&seen);
}

static void test_read(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 30);
	struct sample *m = samples_create(f, 12);
	struct seen seen = {.f = f, .stop_at = 7};
	struct store_shape shape;
	struct buf before, after;
	struct err err;

	put_group(s, m, 12);
	/* bad-: while it is collecting */
	assert_int_equal(store_read(f->path, &shape, see, &seen, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.msg, "in use"));
	assert_int_equal(put_group(s, m, 12), 12);
	store_free(s);
	before = read_bytes(f->path);
	assert_int_equal(chmod(f->path, 0400), 0);
	assert_reads(f, m, 12, false);
	assert_int_equal(store_read(f->path, &shape, see, &seen, &err), 7);
	assert_int_equal(seen.n[RECORD_CORE], 1);
	after = read_bytes(f->path);
	assert_memory_equal(before.data, after.data, before.len);
	assert_int_equal(fixture_files(f), 1);
	seen_finish(&seen);
	buf_finish(&before);
	buf_finish(&after);
	samples_free(m, 12);
}

static void test_grow(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 20), *fresh;
	struct sample *m = samples_create(f, 50);
	struct stat first, second;
	struct fixture g = *f;
	struct err err;
	bool found;

	put_group(s, m, 20);
	assert_int_equal(store_room(s), 0);
	/* bad-: no room for what is there */
	assert_int_equal(store_grow(s, 19, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(store_grow(s, SIZE_MAX, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	OK(store_grow(s, 60, &err));
	assert_int_equal(store_count(s), 20);
	assert_int_equal(store_room(s), 40);
	assert_int_equal(put_group(s, m, 50), 20);
	OK(store_withdraw(s, m[3].sub.receipt, &found, &err));
	assert_true(found);
	assert_int_equal(put_group(s, m + 3, 1), 0);
	assert_int_equal(fixture_files(f), 1);
	store_free(s);
	assert_reads(f, m, 50, false);
	/* the size is that of a store that had the room from the start */
	strcpy(g.path, f->other);
	fresh = fixture_store(&g, 60);
	store_free(fresh);
	assert_int_equal(stat(f->path, &first), 0);
	assert_int_equal(stat(f->other, &second), 0);
	assert_int_equal(first.st_size, second.st_size);
	assert_int_equal(first.st_mode & 0777, 0600);
	samples_free(m, 50);
}

static void test_close(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 100), *again = NULL;
	struct sample *m = samples_create(f, 40);
	struct buf file;
	struct err err;
	bool flag;

	put_group(s, m, 40);
	OK(store_withdraw(s, m[39].sub.receipt, &flag, &err));
	OK(store_close_round(s, &err));
	assert_true(store_shape(s)->closed);
	assert_int_equal(store_count(s), 39);
	assert_int_equal(store_room(s), 0);
	/* bad-: nothing is taken, changed or closed any more */
	assert_int_equal(store_begin(s, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(store_withdraw(s, m[0].sub.receipt, &flag, &err), -1);
	assert_int_equal(store_grow(s, 200, &err), -1);
	assert_int_equal(store_close_round(s, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	store_free(s);
	assert_reads(f, m, 39, true);
	assert_int_equal(store_open(&again, f->path, &f->shape, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_non_null(strstr(err.msg, "closed"));
	file = read_bytes(f->path);
	assert_false(sample_in(f, &file, &m[39], false));
	assert_int_equal(fixture_files(f), 1);
	buf_finish(&file);
	samples_free(m, 40);
}

/* The row keys of a closed store are new: no receipt leads to its records. */
static void test_close_forgets_keys(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 20);
	struct sample *m = samples_create(f, 10);
	struct buf before, after;
	struct err err;

	put_group(s, m, 10);
	before = read_bytes(f->path);
	OK(store_close_round(s, &err));
	after = read_bytes(f->path);
	for (int i = 0; i < 10; i++) {
		long at = find_bytes(&before, m[i].bytes[0], f->shape.size[0]);

		assert_true(at > 0);
		/* the record is there still, the 16 bytes before it are not */
		assert_true(find_bytes(&after, m[i].bytes[0], f->shape.size[0]) > 0);
		assert_null(memmem(after.data, after.len, before.data + at - STORE_ROW_KEY,
			STORE_ROW_KEY));
	}
	store_free(s);
	buf_finish(&before);
	buf_finish(&after);
	samples_free(m, 10);
}

static void test_close_empty(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 20);
	struct err err;

	OK(store_close_round(s, &err));
	store_free(s);
	assert_reads(f, NULL, 0, true);
}

static double tau(const long *a, const long *b, size_t n)
{
	long sum = 0;

	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < i; k++)
			sum += (a[i] > a[k]) == (b[i] > b[k]) ? 1 : -1;
	return (double)sum / ((double)n * ((double)n - 1) / 2);
}

/* A copy taken before a rebuild does not help: the new places say nothing about the old ones. */
static void test_rebuild_shuffles(void **state)
{
	enum { N = 150 };
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 200);
	struct sample *m = samples_create(f, N);
	long at[3][N];
	const double limit = 5 * sqrt(2.0 * (2 * N + 5) / (9.0 * N * (N - 1)));
	struct err err;

	put_group(s, m, N);
	for (int step = 0; step < 3; step++) {
		struct buf file;

		if (step == 1)
			OK(store_grow(s, 300, &err));
		if (step == 2)
			OK(store_close_round(s, &err));
		file = read_bytes(f->path);
		for (int i = 0; i < N; i++)
			at[step][i] = find_bytes(&file, m[i].bytes[0], f->shape.size[0]);
		buf_finish(&file);
	}
	assert_true(fabs(tau(at[0], at[1], N)) < limit);
	assert_true(fabs(tau(at[1], at[2], N)) < limit);
	store_free(s);
	samples_free(m, N);
}

/* After growth the used rows lie anywhere in the file, not at its beginning. */
static void test_grow_spreads(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 100);
	struct sample *m = samples_create(f, 100);
	struct buf file;
	struct err err;
	size_t late = 0;
	long last = 0;

	put_group(s, m, 100);
	OK(store_grow(s, 1000, &err));
	store_free(s);
	file = read_bytes(f->path);
	for (int i = 0; i < 100; i++) {
		long at = find_bytes(&file, m[i].bytes[0], f->shape.size[0]);

		last = at > last ? at : last;
		/* the table of core records takes the first part of the file */
		late += at > (long)(1000 * f->shape.size[0] / 2);
	}
	/* half of them, give or take five standard deviations */
	assert_in_range(late, 25, 75);
	buf_finish(&file);
	samples_free(m, 100);
}

static int rebuild_fails(struct fixture *f)
{
	const struct rlimit size = {300000, 300000};
	struct store *s = NULL;
	struct sample *m = samples_create(f, 1);
	bool flag;
	struct err err;

	signal(SIGXFSZ, SIG_IGN);
	if (store_open(&s, f->path, &f->shape, &err) != 0 || setrlimit(RLIMIT_FSIZE, &size) != 0)
		return 1;
	if (store_grow(s, 400, &err) == 0 || err.code != ERR_IO)
		return 2;
	if (backup_to(s, &f->key, f->other, &err) == 0 || err.code != ERR_IO)
		return 3;
	/* the old store is in use as before */
	if (store_count(s) != 20 || store_room(s) != 20 ||
	    store_withdraw(s, m[0].sub.receipt, &flag, &err) != 0 || flag)
		return 4;
	store_free(s);
	samples_free(m, 1);
	return 0;
}

static void test_bad_full_disk(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 40);
	struct sample *m = samples_create(f, 20);
	pid_t child;
	int status;

	put_group(s, m, 20);
	store_free(s);
	child = fork();
	if (child == 0)
		_exit(rebuild_fails(f));
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	assert_int_equal(fixture_files(f), 1);
	assert_reads(f, m, 20, false);
	samples_free(m, 20);
}

/* A crash in a rebuild leaves the old store and a remnant, which goes when collecting goes on. */
static void test_remnant(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 20);
	struct sample *m = samples_create(f, 10);
	char remnant[128];
	struct err err;

	put_group(s, m, 10);
	store_free(s);
	snprintf(remnant, sizeof remnant, "%s.new", f->path);
	OK(file_replace(remnant, "half a store", 12, 0600, &err));
	s = fixture_open(f);
	assert_false(file_exists(remnant));
	OK(file_replace(remnant, "half a store", 12, 0600, &err));
	OK(store_grow(s, 30, &err));
	assert_false(file_exists(remnant));
	store_free(s);
	assert_reads(f, m, 10, false);
	samples_free(m, 10);
}

/* survey-record(5), BACKUP: opened here with libsodium alone. The image is the caller's. */
static uint8_t *open_backup(const struct fixture *f, const struct buf *file, size_t *n)
{
	crypto_secretstream_xchacha20poly1305_state stream;
	const uint8_t *at = (const uint8_t *)file->data, *end = at + file->len;
	const size_t prefix = 21 + 32 + 8, more = crypto_secretstream_xchacha20poly1305_ABYTES;
	uint8_t key[32], *image, tag = 0;
	size_t size = 0, have = 0;

	assert_memory_equal(at, "peer-survey backup 1\n", 21);
	assert_memory_equal(at + 21, f->shape.key, 32);
	for (int i = 0; i < 8; i++)
		size = size << 8 | at[53 + i];
	if (crypto_box_seal_open(key, at + prefix, 80, f->key.box, f->secret) != 0)
		return NULL;
	crypto_secretstream_xchacha20poly1305_init_pull(&stream, at + prefix + 80, key);
	at += prefix + 80 + 24;
	image = malloc(size);
	while (at < end) {
		size_t left = (size_t)(end - at), chunk = left < 65536 + more ? left : 65536 + more;
		unsigned long long got;

		assert_int_equal(tag, 0);
		if (have + chunk - more > size ||
		    crypto_secretstream_xchacha20poly1305_pull(&stream, image + have, &got, &tag,
			    at, chunk, (const uint8_t *)file->data, prefix) != 0) {
			free(image);
			return NULL;
		}
		have += got;
		at += chunk;
	}
	assert_int_equal(have, size);
	assert_int_equal(tag, crypto_secretstream_xchacha20poly1305_TAG_FINAL);
	*n = size;
	return image;
}

static void test_backup(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 30);
	struct sample *m = samples_create(f, 12);
	struct seen seen = {.f = f};
	struct store_shape shape;
	struct stat empty, about;
	struct buf file;
	struct err err;
	uint8_t *image;
	size_t n;

	OK(backup_to(s, &f->key, f->other, &err));
	assert_int_equal(stat(f->other, &empty), 0);
	put_group(s, m, 12);
	OK(backup_to(s, &f->key, f->other, &err));
	assert_int_equal(stat(f->other, &about), 0);
	assert_int_equal(about.st_size, empty.st_size);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(put_group(s, m, 12), 12);
	store_free(s);

	file = read_bytes(f->other);
	assert_false(sample_in(f, &file, &m[0], false));
	image = open_backup(f, &file, &n);
	assert_non_null(image);
	OK(store_read_image(image, n, &shape, see, &seen, &err));
	assert_seen(&seen, m, 12);
	assert_false(shape.closed);
	seen_finish(&seen);
	/* bad-: an image that is cut, or is none */
	assert_int_equal(store_read_image(image, n - STORE_PAGE, &shape, see, &seen, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(store_read_image(image, 50, &shape, see, &seen, &err), -1);
	memset(image, 1, 16);
	assert_int_equal(store_read_image(image, n, &shape, see, &seen, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	free(image);
	/* bad-: a changed byte, before or in the chunks */
	file.data[60] ^= 1;
	assert_null(open_backup(f, &file, &n));
	file.data[60] ^= 1;
	file.data[file.len / 2] ^= 1;
	assert_null(open_backup(f, &file, &n));
	buf_finish(&file);
	samples_free(m, 12);
}

static void test_bad_backup(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 5);
	struct seal_key other = f->key;
	struct err err;

	other.box[0] ^= 1;
	assert_int_equal(backup_to(s, &other, f->other, &err), -1);
	assert_int_equal(err.code, ERR_INPUT);
	assert_int_equal(store_backup(s, &f->key, -1, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	store_free(s);
}

/* What growth and closing leave behind in the old file's blocks says nothing any more. */
static void test_old_file(void **state)
{
	struct fixture *f = *state;
	struct store *s = fixture_store(f, 30);
	struct sample *m = samples_create(f, 10);
	struct err err;

	put_group(s, m, 10);
	for (int closing = 0; closing < 2; closing++) {
		char old[64];
		struct buf left;
		int fd = open(f->path, O_RDONLY | O_CLOEXEC);

		snprintf(old, sizeof old, "/proc/self/fd/%d", fd);
		left = read_bytes(old);
		for (int i = 0; i < 10; i++)
			assert_true(sample_in(f, &left, &m[i], true));
		buf_finish(&left);
		OK(closing ? store_close_round(s, &err) : store_grow(s, 60, &err));
		left = read_bytes(old);
		for (int i = 0; i < 10; i++)
			assert_false(sample_in(f, &left, &m[i], false));
		buf_finish(&left);
		close(fd);
	}
	store_free(s);
	assert_reads(f, m, 10, true);
	samples_free(m, 10);
}

#define T(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(test_read),
		T(test_grow),
		T(test_close),
		T(test_close_forgets_keys),
		T(test_old_file),
		T(test_close_empty),
		T(test_rebuild_shuffles),
		T(test_grow_spreads),
		T(test_bad_full_disk),
		T(test_remnant),
		T(test_backup),
		T(test_bad_backup),
	};

	return sodium_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
