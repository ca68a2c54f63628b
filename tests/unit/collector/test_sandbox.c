/*
 * test_sandbox.c - a process that is restricted as the collector is: what it must not do any more,
 * and everything that it must still be able to do. Each layer by itself: test_sandbox_calls.c,
 * test_sandbox_files.c.
 */
#include "tests/unit/collector/sandbox_place.h"

#include "tests/unit/collector/fixture.h"

#include <pthread.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/stat.h>

static int restricted(void)
{
	unsigned level = 0;
	struct err err;

	return sandbox_no_dumps(&err) != 0 || sandbox_restrict(&level, &place_paths, &err) != 0;
}

/* --- what is refused --- */

static int run_program(void) { return result(execl("/bin/true", "true", (char *)NULL)); }
static int read_outside(void) { return result(open("out/file", O_RDONLY)); }
static int write_outside(void) { return result(open("out/file", O_WRONLY)); }
static int make_outside(void) { return result(open("out/new", O_WRONLY | O_CREAT, 0600)); }
static int link_out(void) { return result(link("in/file", "out/new")); }
static int trace_me(void) { return result(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }

static int connect_tcp(void)
{
	return result(connect(place.tcp, (struct sockaddr *)&place.tcp_address,
		sizeof place.tcp_address));
}

static void *open_outside(void *ctx)
{
	*(int *)ctx = read_outside();
	return NULL;
}

/* What is settled when a thread starts is settled for it. */
static int read_in_thread(void)
{
	pthread_t thread;
	int status = 0;

	if (pthread_create(&thread, NULL, open_outside, &status) != 0)
		return ECHILD;
	pthread_join(thread, NULL);
	return status;
}

static const struct refused refused[] = {
	{"bad-run a program", run_program, KILLED + SIGSYS},
	{"bad-be traced", trace_me, KILLED + SIGSYS, .leak_check = true},
	{"bad-connect", connect_tcp, EPERM},
	{"bad-read another path", read_outside, EACCES, 1},
	{"bad-read another path in a thread", read_in_thread, EACCES, 1},
	{"bad-write another path", write_outside, EACCES, 1},
	{"bad-make another path", make_outside, EACCES, 1},
	{"bad-link out of the folder", link_out, EACCES, 1},
};

static void test_refused(void **state)
{
	(void)state;
	check_refused(refused, COUNT(refused), restricted);
}

/* --- what works: each returns 0, or the line that did not --- */

#define MUST(condition)                                                                    \
	do {                                                                               \
		if (!(condition))                                                          \
			return __LINE__ % 251 + 1;                                         \
	} while (0)

/* One request of a client: "x" comes back doubled. */
static int answer(int listening)
{
	char text[8];
	int fd = accept4(listening, NULL, NULL, SOCK_CLOEXEC);

	MUST(fd >= 0);
	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 20},
		sizeof(struct timeval)) == 0);
	MUST(recv(fd, text, sizeof text, 0) == 1);
	text[1] = text[0];
	MUST(send(fd, text, 2, MSG_NOSIGNAL) == 2);
	MUST(shutdown(fd, SHUT_RDWR) == 0);
	MUST(close(fd) == 0);
	return 0;
}

static void *answer_tcp(void *ctx)
{
	*(int *)ctx = answer(place.tcp_listening);
	return NULL;
}

static int serve(void)
{
	struct epoll_event event = {.events = EPOLLIN};
	int epoll = epoll_create1(EPOLL_CLOEXEC), over = eventfd(0, EFD_CLOEXEC), status = -1;
	pthread_t thread;

	MUST(epoll >= 0 && over >= 0);
	MUST(epoll_ctl(epoll, EPOLL_CTL_ADD, place.unix_listening, &event) == 0);
	MUST(epoll_wait(epoll, &event, 1, 20000) == 1);
	MUST(answer(place.unix_listening) == 0);
	MUST(pthread_create(&thread, NULL, answer_tcp, &status) == 0);
	MUST(pthread_join(thread, NULL) == 0 && status == 0);
	/* the proxy's socket file goes at the end */
	return result(unlink("sock/page"));
}

static int ask(int fd, const void *address, socklen_t n)
{
	char text[8];

	MUST(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 20},
		sizeof(struct timeval)) == 0);
	MUST(connect(fd, address, n) == 0);
	MUST(send(fd, "x", 1, 0) == 1);
	MUST(recv(fd, text, sizeof text, MSG_WAITALL) == 2 && memcmp(text, "xx", 2) == 0);
	return 0;
}

static void test_serve(void **state)
{
	pid_t child;

	(void)state;
	place_fill();
	child = start_child(restricted, serve);
	assert_int_equal(ask(place.local, &place.unix_address, sizeof place.unix_address), 0);
	assert_int_equal(ask(place.tcp, &place.tcp_address, sizeof place.tcp_address), 0);
	assert_int_equal(child_result(child), 0);
	assert_int_equal(access("sock/page", F_OK), -1);
	place_close();
}

/* A descriptor comes over a socket, as a backup's does: it can be used, its path not opened. */
static int take_descriptor(void)
{
	char byte, space[CMSG_SPACE(sizeof(int))];
	struct iovec part = {&byte, 1};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space,
		.msg_controllen = sizeof space};
	int fd;

	MUST(recvmsg(place.pair[0], &m, MSG_CMSG_CLOEXEC) == 1);
	MUST(CMSG_FIRSTHDR(&m) != NULL);
	memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
	MUST(write(fd, "backup", 6) == 6 && fsync(fd) == 0);
	MUST(open("out/file", O_WRONLY) < 0 || landlock_version() == 0);
	return 0;
}

static void test_descriptor(void **state)
{
	char space[CMSG_SPACE(sizeof(int))] = {0}, text[16] = "";
	struct iovec part = {space, 1};
	struct msghdr m = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = space,
		.msg_controllen = sizeof space};
	struct cmsghdr *c;
	pid_t child;
	int fd;

	(void)state;
	place_fill();
	child = start_child(restricted, take_descriptor);
	fd = open("out/file", O_RDWR | O_TRUNC);
	c = CMSG_FIRSTHDR(&m);
	*c = (struct cmsghdr){CMSG_LEN(sizeof fd), SOL_SOCKET, SCM_RIGHTS};
	memcpy(CMSG_DATA(c), &fd, sizeof fd);
	assert_int_equal(sendmsg(place.pair[1], &m, 0), 1);
	assert_int_equal(child_result(child), 0);
	assert_int_equal(pread(fd, text, sizeof text, 0), 6);
	assert_string_equal(text, "backup");
	close(fd);
	place_close();
}

static struct fixture fixture;
static struct store *store;

static int restricted_to_round(void)
{
	const struct sandbox_paths paths = {fixture.round.folder, NULL, 0};
	unsigned level = 0;
	struct err err;

	return round_open_store(&store, &fixture.round, &err) != 0 ||
	       sandbox_restrict(&level, &paths, &err) != 0;
}

/* The store's whole life: written, grown into a new file, closed; and a second one made. */
static int use_store(void)
{
	const struct round *r = &fixture.round;
	uint8_t *bytes = calloc(1, round_submission_size(r));
	struct store_submission sub = {.receipt = {1}, .records = {bytes, bytes, bytes}};
	struct stat about;
	char *second;
	struct err err;
	bool flag;

	MUST(store_begin(store, &err) == 0);
	MUST(store_put(store, &sub, &flag, &err) == 0 && !flag);
	MUST(store_commit(store, &err) == 0);
	MUST(store_grow(store, store_room(store) + 100, &err) == 0);
	MUST(store_withdraw(store, sub.receipt, &flag, &err) == 0 && flag);
	MUST(store_close_round(store, &err) == 0);
	store_free(store);
	/* its times are blurred, which nothing complains about if it fails */
	MUST(stat(r->store, &about) == 0 && about.st_mtime % 86400 == 0);
	second = file_join(r->folder, "second.db", &err);
	MUST(second != NULL && store_create(second, &r->shape, 10, &err) == 0);
	MUST(store_open(&store, second, &r->shape, &err) == 0);
	store_free(store);
	free(second);
	free(bytes);
	return 0;
}

static void test_store(void **state)
{
	(void)state;
	fixture_init(&fixture, "region", false);
	assert_int_equal(child_result(start_child(restricted_to_round, use_store)), 0);
	fixture_finish(&fixture);
}

static int compare(const void *a, const void *b)
{
	return memcmp(a, b, 64);
}

/* What the C library does behind ordinary calls. */
static int use_library(void)
{
	enum { BIG = 64 << 20 };
	struct timespec a_moment = {.tv_nsec = 1};
	sigset_t end;
	char *memory;
	int fd;

	MUST(getrandom(&end, sizeof end, 0) == sizeof end);
	MUST((memory = malloc(1000)) != NULL && (memory = realloc(memory, BIG)) != NULL);
	memset(memory, 1, BIG);
	qsort(memory, BIG / 64, 64, compare);
	MUST((memory = realloc(memory, 2 * BIG)) != NULL && memory[BIG - 1] == 1);
	free(memory);
	MUST(sysconf(_SC_NPROCESSORS_ONLN) >= 1 && sysconf(_SC_PHYS_PAGES) > 0);
	MUST(nanosleep(&a_moment, NULL) == 0 && time(NULL) > 0 && getcwd(NULL, 0) != NULL);
	MUST(strlen(strerror(ENOSPC)) > 0 && !isatty(place.pair[0]));
	MUST(getrlimit(RLIMIT_NOFILE, &(struct rlimit){0}) == 0);
	MUST(prctl(PR_SET_NAME, "worker") == 0);
	sigemptyset(&end);
	sigaddset(&end, SIGTERM);
	MUST(sigprocmask(SIG_BLOCK, &end, NULL) == 0 && raise(SIGTERM) == 0);
	MUST((fd = signalfd(-1, &end, SFD_CLOEXEC)) >= 0);
	return read(fd, &(struct signalfd_siginfo){0}, sizeof(struct signalfd_siginfo)) > 0 ? 0 : 1;
}

static int abort_here(void)
{
	abort();
}

static void *churn(void *ctx)
{
	(void)ctx;
	for (size_t i = 1; i < 2000; i++)
		free(memset(malloc(i * 97), 1, i));
	return NULL;
}

static int start_threads(void)
{
	pthread_t threads[16];

	for (size_t i = 0; i < COUNT(threads); i++)
		MUST(pthread_create(&threads[i], NULL, churn, NULL) == 0);
	for (size_t i = 0; i < COUNT(threads); i++)
		MUST(pthread_join(threads[i], NULL) == 0);
	return 0;
}

static void test_works(void **state)
{
	(void)state;
	assert_int_equal(in_place(restricted, use_library), 0);
	assert_int_equal(in_place(restricted, start_threads), 0);
	/* a failed assertion ends as it always does */
	assert_int_equal(in_place(restricted, abort_here), KILLED + SIGABRT);
}

/* --- levels, memory, misuse --- */

static int levels(void)
{
	const unsigned wanted = SANDBOX_SYSCALLS | (landlock_version() > 0 ? SANDBOX_FILES : 0);
	unsigned level = 0;
	struct err err;

	MUST(sandbox_restrict(&level, &place_paths, &err) == 0);
	MUST(level == wanted);
	return 0;
}

/* Kilobytes of locked memory, from /proc. */
static long locked(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[128];
	long n = -1;

	while (f != NULL && n < 0 && fgets(line, sizeof line, f) != NULL)
		sscanf(line, "VmLck: %ld", &n);
	if (f != NULL)
		fclose(f);
	return n;
}

static int lock_memory(void)
{
	unsigned level = 0;

	sandbox_lock_memory(&level);
	MUST(level == SANDBOX_MEMORY);
	/* the address sanitizer makes mlockall() do nothing */
	MUST(locked() > 0 || SANDBOX_LEAK_CHECK);
	return start_threads();
}

/* A limit that later allocations could meet: nothing is locked, nothing fails. */
static int lock_with_limit(void)
{
	const rlim_t some = 256 << 20; /* more than there is now, less than the threads need */
	struct rlimit limit;
	unsigned level = 0;

	MUST(getrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	if (limit.rlim_max > some)
		limit.rlim_max = some;
	limit.rlim_cur = limit.rlim_max;
	MUST(setrlimit(RLIMIT_MEMLOCK, &limit) == 0);
	MUST(geteuid() != 0 || setuid(65534) == 0);
	sandbox_lock_memory(&level);
	MUST(level == 0 && locked() == 0);
	return start_threads();
}

static void *wait_long(void *ctx)
{
	sleep(SECONDS);
	return ctx;
}

static int restrict_with_thread(void)
{
	pthread_t thread;

	MUST(pthread_create(&thread, NULL, wait_long, NULL) == 0);
	return restricted();
}

static void test_levels(void **state)
{
	struct rlimit memory;

	(void)state;
	assert_int_equal(in_place(NULL, levels), 0);
	getrlimit(RLIMIT_MEMLOCK, &memory);
	if (geteuid() == 0 || memory.rlim_max == RLIM_INFINITY)
		assert_int_equal(in_place(NULL, lock_memory), 0);
	else
		print_message("skipped: this user may not lock memory\n");
	assert_int_equal(in_place(NULL, lock_with_limit), 0);
	/* only one thread would be restricted: a programmer's mistake */
	assert_int_equal(in_place(NULL, restrict_with_thread), KILLED + SIGABRT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_serve),
		cmocka_unit_test(test_descriptor),
		cmocka_unit_test(test_store),
		cmocka_unit_test(test_works),
		cmocka_unit_test(test_levels),
	};

	return cmocka_run_group_tests(tests, place_init, place_finish);
}
