/*
 * sandbox_place.h - where a restricted process is tried: folders, sockets, and a child of its own
 * for each case. What is refused is tried without the sandbox first, where it must work: then it is
 * the sandbox that refuses it.
 */
#ifndef TESTS_COLLECTOR_SANDBOX_PLACE_H
#define TESTS_COLLECTOR_SANDBOX_PLACE_H

#include "collector/sandbox.h"
#include "collector/sandbox_calls.h"
#include "collector/sandbox_files.h"

#include "tests/unit/test.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { KILLED = 1000 /* and a signal: not an errno */, SECONDS = 60 };

/* Folders in/ (the one that is allowed), out/ and sock/, and what a process has before. */
static struct place {
	char top[64];
	struct sockaddr_in tcp_address;
	struct sockaddr_un unix_address, abstract_address;
	int tcp_listening, unix_listening, abstract_listening;
	int tcp, local, udp; /* neither bound nor connected */
	int pair[2];
	pid_t parent;
} place;

/* What the restricted process may use of it. */
static const struct sandbox_paths place_paths = {"in", (const char *const[]){"sock/page"}, 1};

static inline int result(long r)
{
	return r < 0 ? errno : 0;
}

static inline int listen_at(int family, void *address, socklen_t n)
{
	int fd = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);

	assert_int_equal(bind(fd, address, n), 0);
	assert_int_equal(listen(fd, 64), 0);
	assert_int_equal(getsockname(fd, address, &n), 0);
	return fd;
}

static inline int place_init(void **state)
{
	struct place *p = &place;

	(void)state;
	strcpy(p->top, "/tmp/peer-survey-test-XXXXXX");
	assert_non_null(mkdtemp(p->top));
	assert_int_equal(chdir(p->top), 0);
	p->parent = getpid();
	p->abstract_address = (struct sockaddr_un){.sun_family = AF_UNIX};
	memcpy(p->abstract_address.sun_path + 1, p->top, strlen(p->top));
	p->abstract_listening = listen_at(AF_UNIX, &p->abstract_address,
		sizeof p->abstract_address);
	return 0;
}

static inline int place_finish(void **state)
{
	char command[128];

	(void)state;
	close(place.abstract_listening);
	snprintf(command, sizeof command, "rm -rf '%s'", place.top);
	assert_int_equal(chdir("/"), 0);
	assert_int_equal(system(command), 0);
	return 0;
}

/* The files as they were before the last case, and fresh sockets. */
static inline void place_fill(void)
{
	struct place *p = &place;

	assert_int_equal(system("rm -rf in out sock && mkdir in out sock && echo in >in/file && "
		"echo out >out/file && ln -s ../out/file in/way-out && : >sock/other"), 0);
	p->unix_address = (struct sockaddr_un){.sun_family = AF_UNIX, .sun_path = "sock/page"};
	p->unix_listening = listen_at(AF_UNIX, &p->unix_address, sizeof p->unix_address);
	p->tcp_address = (struct sockaddr_in){.sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	p->tcp_listening = listen_at(AF_INET, &p->tcp_address, sizeof p->tcp_address);
	p->tcp = socket(AF_INET, SOCK_STREAM, 0);
	p->local = socket(AF_UNIX, SOCK_STREAM, 0);
	p->udp = socket(AF_INET, SOCK_DGRAM, 0);
	assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM, 0, p->pair), 0);
}

static inline void place_close(void)
{
	close(place.unix_listening);
	close(place.tcp_listening);
	close(place.tcp);
	close(place.local);
	close(place.udp);
	close(place.pair[0]);
	close(place.pair[1]);
}

/* --- cases --- */

/* Start a child that does this; it ends with the attempt's result. */
static inline pid_t start_child(int (*restricted)(void), int (*attempt)(void))
{
	pid_t child;
	int status;

	fflush(NULL);
	child = fork();
	assert_true(child >= 0);
	if (child != 0)
		return child;
	alarm(SECONDS);
	if (restricted != NULL && restricted() != 0)
		_exit(255);
	status = attempt();
	fflush(NULL);
	_exit(status);
}

/* How it ended: 0 to 255, or KILLED and the signal. */
static inline int child_result(pid_t child)
{
	int status;

	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? KILLED + WTERMSIG(status) : WEXITSTATUS(status);
}

static inline int in_place(int (*restricted)(void), int (*attempt)(void))
{
	int status;

	place_fill();
	status = child_result(start_child(restricted, attempt));
	place_close();
	return status;
}

/* 0 where the kernel has none. */
static inline int landlock_version(void)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);

	return version < 0 ? 0 : (int)version;
}

struct refused {
	const char *label;
	int (*attempt)(void); /* 0 or an errno */
	int how;              /* an errno, or KILLED + a signal */
	int version;          /* of Landlock that brought it; 0: not of Landlock */
	bool leak_check;      /* needs it: it is not refused in sanitized builds */
	bool may_lack;        /* not every machine can do it without the sandbox */
};

static inline void check_refused(const struct refused *list, size_t n, int (*restricted)(void))
{
	for (size_t i = 0; i < n; i++) {
		const struct refused *r = &list[i];
		int without = in_place(NULL, r->attempt), with;

		if (without != 0 && !r->may_lack)
			fail_msg("%s: fails without the sandbox: %d", r->label, without);
		if (without != 0)
			print_message("%s: fails on this machine anyway: %d\n", r->label, without);
		if (r->version > landlock_version() || (r->leak_check && SANDBOX_LEAK_CHECK)) {
			print_message("skipped: %s: %s\n", r->label, r->leak_check
				? "the sanitizer's leak check needs it"
				: "not in this kernel's Landlock");
			continue;
		}
		with = in_place(restricted, r->attempt);
		if (with != r->how)
			fail_msg("%s: %d instead of %d", r->label, with, r->how);
	}
}

#endif
