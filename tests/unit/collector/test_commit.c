/* test_commit.c - acknowledged only after the commit, once, and never after a failed write. */
#include "collector/commit.h"

#include "tests/unit/collector/fixture.h"

#include <dirent.h>
#include <fcntl.h>
#include <pthread.h>

enum { COPIES = 100 };

struct bench {
	struct fixture fixture;
	struct commit *commit;
	size_t failures;
	uint8_t *bytes; /* a submission's records; random bytes serve as well as sealed ones */
	struct store_submission submission;
};

static void count_failure(void *ctx, const struct err *err)
{
	struct bench *b = ctx;

	assert_int_equal(err->code, ERR_IO);
	b->failures++;
}

static void bench_init(struct bench *b)
{
	struct store *store;
	size_t at = 0;
	struct err err;

	*b = (struct bench){0};
	fixture_init(&b->fixture, "region", false);
	b->bytes = malloc(round_submission_size(&b->fixture.round));
	randombytes_buf(b->bytes, round_submission_size(&b->fixture.round));
	for (size_t kind = 0; kind < RECORD_KINDS; kind++) {
		const struct store_shape *shape = &b->fixture.round.shape;

		b->submission.records[kind] = b->bytes + at;
		at += shape->size[kind] * shape->each[kind];
	}
	randombytes_buf(b->submission.receipt, STORE_RECEIPT);
	if (round_open_store(&store, &b->fixture.round, &err) != 0 ||
	    commit_start(&b->commit, store, &b->fixture.round.key, count_failure, b, &err) != 0)
		fail_msg("%s", err.msg);
}

static void bench_finish(struct bench *b)
{
	commit_stop(b->commit);
	commit_free(b->commit);
	free(b->bytes);
	fixture_finish(&b->fixture);
}

static enum commit_result submit(struct bench *b)
{
	struct commit_job job = {.kind = COMMIT_SUBMISSION, .submission = &b->submission};

	commit_wait(b->commit, &job, 1);
	return job.result;
}

static enum commit_result run(struct bench *b, enum commit_kind kind)
{
	struct commit_job job = {.kind = kind};

	memcpy(job.receipt, b->submission.receipt, STORE_RECEIPT);
	commit_wait(b->commit, &job, 1);
	return job.result;
}

static void *submit_copy(void *ctx)
{
	return (void *)(uintptr_t)submit(ctx);
}

static void test_copies(void **state)
{
	pthread_t threads[COPIES];
	struct bench b;
	size_t done = 0, known = 0;

	(void)state;
	bench_init(&b);
	for (size_t i = 0; i < COPIES; i++)
		assert_int_equal(pthread_create(&threads[i], NULL, submit_copy, &b), 0);
	for (size_t i = 0; i < COPIES; i++) {
		void *result;

		pthread_join(threads[i], &result);
		done += (uintptr_t)result == COMMIT_DONE;
		known += (uintptr_t)result == COMMIT_KNOWN;
	}
	assert_int_equal(done, 1);
	assert_int_equal(known, COPIES - 1);
	bench_finish(&b);
}

static void test_withdraw_and_close(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	assert_int_equal(run(&b, COMMIT_WITHDRAWAL), COMMIT_MISSING);
	assert_int_equal(submit(&b), COMMIT_DONE);
	assert_int_equal(run(&b, COMMIT_WITHDRAWAL), COMMIT_DONE);
	assert_int_equal(run(&b, COMMIT_WITHDRAWAL), COMMIT_MISSING);
	assert_int_equal(submit(&b), COMMIT_DONE);
	assert_false(commit_closed(b.commit));
	assert_int_equal(run(&b, COMMIT_CLOSE), COMMIT_DONE);
	assert_true(commit_closed(b.commit));
	assert_int_equal(run(&b, COMMIT_CLOSE), COMMIT_CLOSED);
	assert_int_equal(run(&b, COMMIT_WITHDRAWAL), COMMIT_CLOSED);
	randombytes_buf(b.submission.receipt, STORE_RECEIPT);
	assert_int_equal(submit(&b), COMMIT_CLOSED);
	assert_int_equal(b.failures, 0);
	bench_finish(&b);
}

static void test_bad_after_stop(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	commit_stop(b.commit);
	assert_int_equal(submit(&b), COMMIT_BUSY);
	bench_finish(&b);
}

/* A backup that cannot be written harms nothing else. */
static void test_bad_backup(void **state)
{
	struct commit_job job = {.kind = COMMIT_BACKUP, .file = -1};
	struct bench b;

	(void)state;
	bench_init(&b);
	commit_wait(b.commit, &job, 1);
	assert_int_equal(job.result, COMMIT_BUSY);
	assert_non_null(strstr(job.err.msg, "descriptor"));
	assert_int_equal(submit(&b), COMMIT_DONE);
	assert_int_equal(b.failures, 0);
	bench_finish(&b);
}

/* Every descriptor of the store becomes one that cannot be written to. */
static void break_store(const struct bench *b)
{
	DIR *folder = opendir("/proc/self/fd");
	int blunt = open(b->fixture.round.store, O_RDONLY | O_CLOEXEC);
	struct dirent *entry;
	size_t n = 0;

	assert_non_null(folder);
	assert_true(blunt >= 0);
	while ((entry = readdir(folder)) != NULL) {
		char target[256] = "";
		int fd = atoi(entry->d_name);

		if (readlinkat(dirfd(folder), entry->d_name, target, sizeof target - 1) > 0 &&
		    fd != blunt && strcmp(target, b->fixture.round.store) == 0) {
			assert_true(dup2(blunt, fd) >= 0);
			n++;
		}
	}
	assert_true(n > 0);
	closedir(folder);
	close(blunt);
}

static void test_bad_write(void **state)
{
	struct bench b;

	(void)state;
	bench_init(&b);
	assert_int_equal(submit(&b), COMMIT_DONE);
	randombytes_buf(b.submission.receipt, STORE_RECEIPT);
	break_store(&b);
	assert_int_equal(submit(&b), COMMIT_FAILED);
	assert_int_equal(submit(&b), COMMIT_FAILED);
	assert_int_equal(run(&b, COMMIT_WITHDRAWAL), COMMIT_FAILED);
	assert_int_equal(b.failures, 1);
	bench_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_copies),
		cmocka_unit_test(test_withdraw_and_close),
		cmocka_unit_test(test_bad_after_stop),
		cmocka_unit_test(test_bad_backup),
		cmocka_unit_test(test_bad_write),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
