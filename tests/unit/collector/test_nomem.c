/*
 * test_nomem.c - every allocation of a submission fails once, in our code, in SQLite and in the C
 * library's strings: no crash, no leak, nothing acknowledged that is not stored. The linker puts
 * our functions in the place of the allocating ones (--wrap, see meson.build). What the HTTP
 * library allocates is tried by tests/flow/43-nomem.sh.
 */
#include "collector/commit.h"
#include "collector/decode.h"
#include "collector/sealed.h"
#include "forms/accept.h"
#include "tests/unit/collector/fixture.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <stdatomic.h>

/* --- allocations that fail --- */

static atomic_size_t allocations, fails_at; /* since the deed began; 0: none fails */

static bool fails(void)
{
	size_t at = atomic_load(&fails_at);

	return at != 0 && atomic_fetch_add(&allocations, 1) + 1 == at;
}

void *__real_malloc(size_t n);
void *__real_calloc(size_t n, size_t size);
void *__real_realloc(void *p, size_t n);
char *__real_strdup(const char *s);
char *__real_strndup(const char *s, size_t n);
void *__wrap_malloc(size_t n);
void *__wrap_calloc(size_t n, size_t size);
void *__wrap_realloc(void *p, size_t n);
char *__wrap_strdup(const char *s);
char *__wrap_strndup(const char *s, size_t n);
int __wrap_asprintf(char **out, const char *format, ...) __attribute__((format(printf, 2, 3)));
int __wrap___asprintf_chk(char **out, int flag, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

void *__wrap_malloc(size_t n)
{
	return fails() ? NULL : __real_malloc(n);
}

void *__wrap_calloc(size_t n, size_t size)
{
	return fails() ? NULL : __real_calloc(n, size);
}

void *__wrap_realloc(void *p, size_t n)
{
	return fails() ? NULL : __real_realloc(p, n);
}

char *__wrap_strdup(const char *s)
{
	return fails() ? NULL : __real_strdup(s);
}

char *__wrap_strndup(const char *s, size_t n)
{
	return fails() ? NULL : __real_strndup(s, n);
}

int __wrap_asprintf(char **out, const char *format, ...)
{
	va_list list;
	int n;

	if (fails())
		return -1;
	va_start(list, format);
	n = vasprintf(out, format, list);
	va_end(list);
	return n;
}

int __wrap___asprintf_chk(char **out, int flag, const char *format, ...)
{
	va_list list;
	int n;

	(void)flag;
	if (fails())
		return -1;
	va_start(list, format);
	n = vasprintf(out, format, list);
	va_end(list);
	return n;
}

/* SQLite's own: a block with its size before it. */
enum { BEFORE = 16 };

static void *sqlite_malloc(int n)
{
	char *p = fails() ? NULL : __real_malloc((size_t)n + BEFORE);

	if (p == NULL)
		return NULL;
	memcpy(p, &n, sizeof n);
	return p + BEFORE;
}

static void sqlite_free(void *p)
{
	free(p != NULL ? (char *)p - BEFORE : NULL);
}

static int sqlite_size(void *p)
{
	int n = 0;

	if (p != NULL)
		memcpy(&n, (char *)p - BEFORE, sizeof n);
	return n;
}

static void *sqlite_realloc(void *p, int n)
{
	char *q = fails() ? NULL : __real_realloc((char *)p - BEFORE, (size_t)n + BEFORE);

	if (q == NULL)
		return NULL;
	memcpy(q, &n, sizeof n);
	return q + BEFORE;
}

static int sqlite_roundup(int n)
{
	return (n + 7) & ~7;
}

static int sqlite_init(void *ctx)
{
	(void)ctx;
	return SQLITE_OK;
}

static void sqlite_shutdown(void *ctx)
{
	(void)ctx;
}

/* --- a collector, and what is done to it --- */

enum { ROOM = 3, EACH_UP_TO = 150 };

static const char body[] =
	"page.number=00112233445566778899aabbccddeeff&page.consent=yes&page.email="
	"&country=FR&well=no&used=a&used=other&used%2Fother=khat&access%2Fnsp=a&happy=7"
	"&best=a&best=b&days=9&hours=2.5&since.year=2020&since.month=03&say=hello&word=hi";

struct bench {
	struct fixture fixture;
	struct commit *commit;
	struct submit sealed; /* of the submission, sealed once */
	atomic_bool failed;   /* the collector has to end */
};

static void on_failure(void *ctx, const struct err *err)
{
	struct bench *b = ctx;

	assert_true(err->code != ERR_NONE);
	atomic_store(&b->failed, true);
}

static void start(struct bench *b)
{
	struct store *store;
	struct err err;

	atomic_store(&b->failed, false);
	if (round_open_store(&store, &b->fixture.round, &err) != 0 ||
	    commit_start(&b->commit, store, &b->fixture.round.key, on_failure, b, &err) != 0)
		fail_msg("%s", err.msg);
}

static void stop(struct bench *b)
{
	commit_stop(b->commit);
	commit_free(b->commit);
	b->commit = NULL;
}

/* A result of the commit thread; a fault says what it is. */
static int answer(const struct commit_job *job, struct err *err)
{
	switch (job->result) {
	case COMMIT_DONE:
	case COMMIT_KNOWN:
		return 0;
	case COMMIT_MISSING:
		return err_set(err, ERR_INPUT, "missing");
	default:
		*err = job->err;
		assert_true(err->code != ERR_NONE);
		return -1;
	}
}

static int store_sealed(struct bench *b, const struct submit *s, struct err *err)
{
	struct commit_job job = {.kind = COMMIT_SUBMISSION, .submission = &s->sealed};

	commit_wait(b->commit, &job, 1);
	return answer(&job, err);
}

/* From the body of a request to the commit: 0 is an acknowledgement. */
static int send_form(struct bench *b, struct err *err)
{
	const struct form *f = b->fixture.round.form;
	struct accept_report report = {0};
	uint8_t number[STORE_NUMBER];
	struct decoded in = {0};
	struct submit s = {0};
	int status = -1;

	if (decode_form(&in, body, sizeof body - 1, f, err) != 0)
		return -1;
	sodium_hex2bin(number, sizeof number, in.number, DECODE_NUMBER, NULL, NULL, NULL);
	if (answers_set_language(in.answers, "en", err) != 0)
		goto out;
	status = accept_answers(in.answers, f, &report, err);
	assert_true(status <= 0);
	if (status == 0)
		status = submit_seal(&s, in.answers, number, &b->fixture.round, err);
	if (status == 0)
		status = store_sealed(b, &s, err);
out:
	submit_finish(&s);
	accept_report_finish(&report);
	decode_finish(&in);
	return status;
}

/* The same, sealed before it came. */
static int send_sealed(struct bench *b, struct err *err)
{
	const struct round *r = &b->fixture.round;
	uint8_t *bytes = __real_malloc(sealed_size(r));
	struct submit s = {0};
	int status;

	assert_non_null(bytes);
	memset(bytes, 7, STORE_NUMBER);
	memcpy(bytes + STORE_NUMBER, b->sealed.bytes, sealed_size(r) - STORE_NUMBER);
	status = sealed_read(&s, bytes, sealed_size(r), r, err);
	if (status == 0)
		status = store_sealed(b, &s, err);
	submit_finish(&s);
	free(bytes);
	return status;
}

static int withdraw(struct bench *b, struct err *err)
{
	struct commit_job job = {.kind = COMMIT_WITHDRAWAL};

	memcpy(job.receipt, b->sealed.sealed.receipt, STORE_RECEIPT);
	commit_wait(b->commit, &job, 1);
	return answer(&job, err);
}

static int back_up(struct bench *b, struct err *err)
{
	struct commit_job job = {.kind = COMMIT_BACKUP};

	job.file = open("/dev/null", O_WRONLY | O_CLOEXEC);
	commit_wait(b->commit, &job, 1);
	close(job.file);
	/* /dev/null cannot be synchronised: all but that was done */
	if (job.result == COMMIT_BUSY && job.err.code == ERR_IO)
		return 0;
	return answer(&job, err);
}

static int close_round(struct bench *b, struct err *err)
{
	struct commit_job job = {.kind = COMMIT_CLOSE};

	commit_wait(b->commit, &job, 1);
	return answer(&job, err);
}

/* --- what is there --- */

static int count_core(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n)
{
	(void)sealed;
	(void)n;
	*(size_t *)ctx += kind == RECORD_CORE;
	return 0;
}

/* Submissions in the file, which nobody has open. */
static size_t stored(const struct bench *b, bool *closed)
{
	struct store_shape shape;
	size_t n = 0;
	struct err err;

	if (store_read(b->fixture.round.store, &shape, count_core, &n, &err) != 0)
		fail_msg("%s", err.msg);
	*closed = shape.closed;
	return n;
}

/* Something a person or an operator does, and what it makes of a store with so many submissions. */
struct deed {
	const char *label;
	int (*act)(struct bench *b, struct err *err);
	size_t before, after;
	bool full; /* the store has to grow for it */
};

/* A store with `n` other submissions, or with the one itself for a withdrawal. */
static void fill(struct bench *b, const struct deed *deed)
{
	const struct round *r = &b->fixture.round;
	size_t size = round_submission_size(r);
	uint8_t *bytes = __real_malloc(sealed_size(r));
	struct err err;

	assert_non_null(bytes);
	unlink(r->store);
	if (store_create(r->store, &r->shape, deed->full ? deed->before : ROOM, &err) != 0)
		fail_msg("%s", err.msg);
	start(b);
	for (size_t i = 0; i < deed->before; i++) {
		struct submit s;

		randombytes_buf(bytes, STORE_NUMBER + size);
		if (deed->act == withdraw && i == 0) {
			assert_int_equal(store_sealed(b, &b->sealed, &err), 0);
			continue;
		}
		assert_int_equal(sealed_read(&s, bytes, STORE_NUMBER + size, r, &err), 0);
		assert_int_equal(store_sealed(b, &s, &err), 0);
		submit_finish(&s);
	}
	free(bytes);
}

/* One deed whose n-th allocation fails. False: it has not so many. */
static bool fail_once(struct bench *b, const struct deed *deed, size_t n)
{
	struct err err = {0};
	bool met, failed, closed;
	size_t there;
	int status;

	fill(b, deed);
	atomic_store(&allocations, 0);
	atomic_store(&fails_at, n);
	status = deed->act(b, &err);
	met = atomic_load(&allocations) >= n;
	atomic_store(&fails_at, 0);
	failed = atomic_load(&b->failed);
	if (status != 0 && err.code != ERR_NOMEM && err.code != ERR_IO)
		fail_msg("%s, allocation %zu: %s", deed->label, n, err.msg);
	stop(b);
	there = stored(b, &closed);
	/* what was acknowledged is there; what was not may be, if it had got that far */
	if (status == 0 && (there != deed->after || failed))
		fail_msg("%s, allocation %zu: acknowledged, and %zu there", deed->label, n, there);
	if (there != deed->before && there != deed->after)
		fail_msg("%s, allocation %zu: %zu are there", deed->label, n, there);
	if (deed->act == close_round && status == 0 && !closed)
		fail_msg("%s, allocation %zu: acknowledged, and not closed", deed->label, n);
	/* after a start with memory again it is done, once, if it has not been */
	if (closed || (deed->act == withdraw && there == deed->after))
		return met;
	start(b);
	if (deed->act(b, &err) != 0)
		fail_msg("%s, after allocation %zu failed: %s", deed->label, n, err.msg);
	stop(b);
	assert_int_equal(stored(b, &closed), deed->after);
	return met;
}

/* A rebuild allocates for each row; the rows are alike: NOMEM_EVERY=1 tries them all. */
static size_t every(void)
{
	const char *given = getenv("NOMEM_EVERY");

	return given != NULL && atoi(given) > 0 ? (size_t)atoi(given) : 41;
}

static void test_deed(void **state)
{
	static const uint8_t number[STORE_NUMBER] = {1};
	const struct deed *deed = *state;
	struct bench b = {0};
	struct answers *a;
	size_t n = 1, times = 0;
	struct err err;

	fixture_init(&b.fixture, "region", false);
	a = given((const char *const[]){"well", "no", "days", "9", NULL});
	assert_int_equal(answers_set_language(a, "en", &err), 0);
	if (submit_seal(&b.sealed, a, number, &b.fixture.round, &err) != 0)
		fail_msg("%s", err.msg);
	answers_free(a);
	for (; fail_once(&b, deed, n); times++)
		n += n < EACH_UP_TO ? 1 : every();
	print_message("%s: one of %zu allocations failed, %zu times\n", deed->label, n - 1, times);
	assert_true(n > 2);
	submit_finish(&b.sealed);
	fixture_finish(&b.fixture);
}

int main(void)
{
	static struct deed deeds[] = {
		{"a submission", send_form, 1, 2, false},
		{"a submission that makes the store grow", send_form, 2, 3, true},
		{"a sealed submission", send_sealed, 1, 2, false},
		{"a withdrawal", withdraw, 2, 1, false},
		{"a backup", back_up, 2, 2, false},
		{"the end of a round", close_round, 2, 2, false},
	};
	static const struct sqlite3_mem_methods methods = {sqlite_malloc, sqlite_free,
		sqlite_realloc, sqlite_size, sqlite_roundup, sqlite_init, sqlite_shutdown, NULL};
	struct CMUnitTest tests[COUNT(deeds)];

	if (sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) != SQLITE_OK || sodium_init() < 0)
		return 1;
	for (size_t i = 0; i < COUNT(deeds); i++)
		tests[i] = (struct CMUnitTest){deeds[i].label, test_deed, NULL, NULL, &deeds[i]};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
