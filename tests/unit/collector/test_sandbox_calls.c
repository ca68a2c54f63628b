/* test_sandbox_calls.c - with seccomp alone: which system calls are refused, and how. */
#include "tests/unit/collector/sandbox_place.h"

#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/uio.h>

static int restricted(void)
{
	struct err err;
	bool done;

	return sandbox_calls_restrict(&done, &err) != 0 || !done;
}

static int run_program(void) { return result(execl("/bin/true", "true", (char *)NULL)); }

static int run_descriptor(void)
{
	char name[] = "true", *const argv[] = {name, NULL};
	int fd = open("/bin/true", O_PATH);

	return result(syscall(SYS_execveat, fd, "", argv, argv + 1, AT_EMPTY_PATH));
}

static int ended(pid_t child)
{
	if (child == 0)
		_exit(0);
	return result(child);
}

static int fork_process(void) { return ended(fork()); }

/* clone3(2) and its argument, struct clone_args of version 0 */
static int clone_process(void)
{
	uint64_t how[8] = {[4] = SIGCHLD};

	return ended((pid_t)syscall(SYS_clone3, how, sizeof how));
}

static int trace_me(void) { return result(ptrace(PTRACE_TRACEME, 0, NULL, NULL)); }
static int trace_other(void) { return result(ptrace(PTRACE_SEIZE, place.parent, NULL, NULL)); }

static int read_process(void)
{
	char here;
	struct iovec to = {&here, 1}, from = {place.top, 1};

	return result(process_vm_readv(place.parent, &to, 1, &from, 1, 0));
}

static int write_process(void)
{
	struct iovec here = {place.top, 1};

	return result(process_vm_writev(place.parent, &here, 1, &here, 1, 0));
}

static int signal_other(void) { return result(kill(place.parent, 0)); }

static int signal_thread(void)
{
	return result(syscall(SYS_tgkill, place.parent, place.parent, 0));
}

static int connect_tcp(void)
{
	return result(connect(place.tcp, (struct sockaddr *)&place.tcp_address,
		sizeof place.tcp_address));
}

static int connect_unix(void)
{
	return result(connect(place.local, (struct sockaddr *)&place.unix_address,
		sizeof place.unix_address));
}

static int make_tcp(void) { return result(socket(AF_INET, SOCK_STREAM, 0)); }
static int make_unix(void) { return result(socket(AF_UNIX, SOCK_STREAM, 0)); }
static int make_netlink(void) { return result(socket(AF_NETLINK, SOCK_RAW, 0)); }
static int make_pair(void) { return result(socketpair(AF_UNIX, SOCK_STREAM, 0, (int[2]){0})); }

static int bind_tcp(void)
{
	const struct sockaddr_in any = {.sin_family = AF_INET};

	return result(bind(place.tcp, (const struct sockaddr *)&any, sizeof any));
}

static int bind_unix(void)
{
	const struct sockaddr_un own = {.sun_family = AF_UNIX, .sun_path = "sock/own"};

	return result(bind(place.local, (const struct sockaddr *)&own, sizeof own));
}

static int listen_tcp(void) { return result(listen(place.tcp, 1)); }

static int send_datagram(void)
{
	return result(sendto(place.udp, "x", 1, 0, (struct sockaddr *)&place.tcp_address,
		sizeof place.tcp_address));
}

/* TCP fast open: a connection that sending makes */
static int send_opening(void)
{
	return result(sendto(place.tcp, "x", 1, MSG_FASTOPEN,
		(struct sockaddr *)&place.tcp_address, sizeof place.tcp_address));
}

static int message_opening(void)
{
	struct iovec part = {place.top, 1};
	const struct msghdr m = {.msg_name = &place.tcp_address,
		.msg_namelen = sizeof place.tcp_address, .msg_iov = &part, .msg_iovlen = 1};

	return result(sendmsg(place.tcp, &m, MSG_FASTOPEN));
}

static int change_mode(void) { return result(chmod("out/file", 0600)); }
static int change_owner(void) { return result(chown("out/file", geteuid(), getegid())); }
static int change_times(void) { return result(utimensat(AT_FDCWD, "out/file", NULL, 0)); }
static int change_length(void) { return result(truncate("out/file", 0)); }
static int make_folder(void) { return result(mkdir("out/folder", 0700)); }
static int make_link(void) { return result(symlink("file", "out/link")); }

static int map_executable(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return at == MAP_FAILED ? errno : 0;
}

static int make_executable(void)
{
	void *at = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	return result(mprotect(at, 4096, PROT_READ | PROT_EXEC));
}

static int allow_dumps(void) { return result(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0)); }

static int set_limit(void)
{
	const struct rlimit none = {0, 0};

	return result(setrlimit(RLIMIT_CORE, &none));
}

static int read_limit_of_other(void)
{
	struct rlimit cores;

	return result(prlimit(place.parent, RLIMIT_CORE, NULL, &cores));
}

static int own_signals(void) { return result(fcntl(place.tcp, F_SETOWN, getpid())); }
static int other_ioctl(void) { return result(ioctl(place.pair[0], FIOCLEX)); }

static int other_option(void)
{
	return result(setsockopt(place.tcp, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int)));
}

static int unshare_files(void) { return result(unshare(CLONE_FS)); }
static int change_root(void) { return result(chdir("/")); }
static int memory_file(void) { return result((int)syscall(SYS_memfd_create, "x", 0)); }
static int kernel_queue(void) { return result(syscall(SYS_io_uring_setup, 1, (char[120]){0})); }
static int other_program(void) { return result(syscall(SYS_bpf, 0, (char[120]){0}, 120)); }
static int key(void) { return result(syscall(SYS_keyctl, 0, -3, 1)); }

/* Allowed in sanitized builds are those that the leak check needs, and those that only a list of
 * what is allowed leaves out. */
static const struct refused refused[] = {
	{"bad-run a program", run_program, KILLED + SIGSYS},
	{"bad-run a descriptor", run_descriptor, KILLED + SIGSYS},
	{"bad-fork", fork_process, EPERM},
	{"bad-clone a process", clone_process, ENOSYS},
	{"bad-be traced", trace_me, KILLED + SIGSYS, .leak_check = true},
	{"bad-trace", trace_other, KILLED + SIGSYS, .leak_check = true, .may_lack = true},
	{"bad-read another process", read_process, KILLED + SIGSYS, .may_lack = true},
	{"bad-write another process", write_process, KILLED + SIGSYS, .may_lack = true},
	{"bad-load a kernel program", other_program, KILLED + SIGSYS, .may_lack = true},
	{"bad-kernel keys", key, KILLED + SIGSYS, .may_lack = true},
	{"bad-signal", signal_other, EPERM, .leak_check = true},
	{"bad-signal a thread of another", signal_thread, EPERM, .leak_check = true},
	{"bad-connect TCP", connect_tcp, EPERM},
	{"bad-connect Unix", connect_unix, EPERM},
	{"bad-TCP socket", make_tcp, EPERM},
	{"bad-Unix socket", make_unix, EPERM},
	{"bad-netlink socket", make_netlink, EPERM},
	{"bad-socket pair", make_pair, EPERM},
	{"bad-bind TCP", bind_tcp, EPERM},
	{"bad-bind Unix", bind_unix, EPERM},
	{"bad-listen", listen_tcp, EPERM},
	{"bad-send to an address", send_datagram, EPERM},
	{"bad-connect by sending", send_opening, EPERM, .may_lack = true},
	{"bad-connect by a message", message_opening, EPERM, .may_lack = true},
	{"bad-mode of a path", change_mode, EPERM},
	{"bad-owner of a path", change_owner, EPERM},
	{"bad-times of a path", change_times, EPERM},
	{"bad-length of a path", change_length, EPERM},
	{"bad-make a folder", make_folder, EPERM, .leak_check = true},
	{"bad-make a symbolic link", make_link, EPERM, .leak_check = true},
	{"bad-map executable", map_executable, EPERM},
	{"bad-make executable", make_executable, EPERM},
	{"bad-allow dumps", allow_dumps, EPERM, .leak_check = true},
	{"bad-set a limit", set_limit, EPERM},
	{"bad-limit of another process", read_limit_of_other, EPERM, .leak_check = true},
	{"bad-signals from a socket", own_signals, EPERM, .leak_check = true},
	{"bad-other ioctl", other_ioctl, EPERM, .leak_check = true},
	{"bad-other socket option", other_option, EPERM, .leak_check = true},
	{"bad-unshare", unshare_files, EPERM},
	{"bad-change the folder", change_root, EPERM, .leak_check = true},
	{"bad-file in memory", memory_file, EPERM},
	{"bad-io_uring", kernel_queue, EPERM, .may_lack = true},
};

static void test_refused(void **state)
{
	(void)state;
	check_refused(refused, COUNT(refused), restricted);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_refused)};

	return cmocka_run_group_tests(tests, place_init, place_finish);
}
