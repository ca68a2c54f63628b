/* test_control.c - the control socket: its owner's requests are done, anything else is refused. */
#include "collector/control.h"
#include "collector/operate.h"

#include "tests/unit/collector/fixture.h"

#include <sys/stat.h>

struct bench {
	struct fixture fixture;
	struct commit *commit;
	struct control *control;
	struct quota *quota;
};

static void no_failure(void *ctx, const struct err *err)
{
	(void)ctx;
	fail_msg("%s", err->msg);
}

static void bench_init(struct bench *b)
{
	struct store *store;
	struct err err;

	fixture_init(&b->fixture, "region", false);
	if (quota_create(&b->quota, &err) != 0 ||
	    round_open_store(&store, &b->fixture.round, &err) != 0 ||
	    control_listen(&b->control, &b->fixture.round, &err) != 0 ||
	    commit_start(&b->commit, store, &b->fixture.round.key, no_failure, NULL, &err) != 0 ||
	    control_start(b->control, b->commit, b->quota, &err) != 0)
		fail_msg("%s", err.msg);
}

static void bench_finish(struct bench *b)
{
	control_stop(b->control);
	commit_stop(b->commit);
	commit_free(b->commit);
	quota_free(b->quota);
	fixture_finish(&b->fixture);
}

static void test_owner_only(void **state)
{
	struct stat about;
	struct bench b;
	char path[128];

	(void)state;
	bench_init(&b);
	snprintf(path, sizeof path, "%s/control.sock", b.fixture.round.folder);
	assert_int_equal(stat(path, &about), 0);
	assert_true(S_ISSOCK(about.st_mode));
	assert_int_equal(about.st_mode & 0777, 0600);
	control_stop(b.control);
	b.control = NULL;
	assert_int_equal(stat(path, &about), -1);
	bench_finish(&b);
}

/* The same work as on the store itself. */
static void test_operate(void **state)
{
	static const char *const pairs[] = {NULL};
	const uint8_t number[STORE_NUMBER] = {1};
	enum commit_result results[2];
	struct answers *a = given(pairs);
	struct submit list[2];
	struct operate *o;
	struct bench b;
	struct err err;
	char path[128];

	(void)state;
	bench_init(&b);
	assert_int_equal(operate_open(&o, &b.fixture.round, &err), 0);
	assert_int_equal(submit_seal(&list[0], a, number, &b.fixture.round, &err), 0);
	assert_int_equal(submit_seal(&list[1], a, number, &b.fixture.round, &err), 0);
	assert_int_equal(operate_submit(o, list, 2, results, &err), 0);
	assert_int_equal(results[0], COMMIT_DONE);
	assert_int_equal(results[1], COMMIT_KNOWN);
	snprintf(path, sizeof path, "%s/backup", b.fixture.folder);
	assert_int_equal(operate_backup(o, path, &err), 0);
	assert_true(file_exists(path));
	assert_int_equal(operate_backup(o, path, &err), -1);
	assert_non_null(strstr(err.msg, "already exists"));
	assert_int_equal(operate_flood(o, QUOTA_PAUSED, &err), 0);
	assert_int_equal(quota_take(b.quota, 0), QUOTA_PAUSE);
	assert_int_equal(operate_close(o, &err), 0);
	assert_int_equal(operate_close(o, &err), -1);
	assert_int_equal(operate_submit(o, list, 1, results, &err), -1);
	assert_non_null(strstr(err.msg, "closed"));
	operate_free(o);
	submit_finish(&list[0]);
	submit_finish(&list[1]);
	answers_free(a);
	bench_finish(&b);
}

static const struct {
	const char *label;
	uint8_t what;
	const char *body;
	size_t n;
	const char *fault;
} bad[] = {
	{"bad-request", 'Z', "", 0, "not a request"},
	{"bad-hello", CONTROL_HELLO, "short", 5, "another key"},
	{"bad-submission", CONTROL_SUBMIT, "short", 5, "not whole submissions"},
	{"bad-no submission", CONTROL_SUBMIT, "", 0, "not whole submissions"},
	{"bad-no file", CONTROL_BACKUP, "", 0, "without a file"},
	{"bad-a path instead of a file", CONTROL_BACKUP, "/tmp/backup", 11, "without a file"},
	{"bad-flood", CONTROL_FLOOD, "\x03", 1, "not a way to take"},
	{"bad-flood of no mode", CONTROL_FLOOD, "", 0, "not a way to take"},
};

static void test_bad_requests(void **state)
{
	struct control_message ended = {.file = -1};
	struct buf reply = {0};
	struct bench b;
	struct err err;
	int fd;

	(void)state;
	bench_init(&b);
	assert_int_equal(control_connect(&fd, &b.fixture.round, &err), 0);
	assert_true(fd >= 0);
	for (size_t i = 0; i < COUNT(bad); i++) {
		struct control_message request = {.what = bad[i].what, .file = -1};

		buf_put(&request.body, bad[i].body, bad[i].n);
		CHECK(control_ask(fd, &request, &reply, &err) == -1, bad[i].label);
		if (strstr(err.msg, bad[i].fault) == NULL)
			fail_msg("%s: %s", bad[i].label, err.msg);
		buf_finish(&request.body);
	}
	/* a message that is too long ends the connection, not the collector */
	assert_int_equal(write(fd, "S\xFF\xFF\xFF\xFF", 5), 5);
	assert_int_equal(control_get(fd, &ended, 100, &err), -1);
	buf_finish(&ended.body);
	close(fd);
	assert_int_equal(control_connect(&fd, &b.fixture.round, &err), 0);
	assert_true(fd >= 0);
	close(fd);
	buf_finish(&reply);
	bench_finish(&b);
}

/* A collector of another key is told apart; none is no error. */
static void test_connect(void **state)
{
	struct round other;
	struct bench b;
	struct err err;
	int fd;

	(void)state;
	bench_init(&b);
	other = b.fixture.round;
	other.shape.key[0] ^= 1;
	assert_int_equal(control_connect(&fd, &other, &err), -1);
	assert_non_null(strstr(err.msg, "another key"));
	control_stop(b.control);
	b.control = NULL;
	assert_int_equal(control_connect(&fd, &b.fixture.round, &err), 0);
	assert_int_equal(fd, -1);
	bench_finish(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_owner_only),
		cmocka_unit_test(test_operate),
		cmocka_unit_test(test_bad_requests),
		cmocka_unit_test(test_connect),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
