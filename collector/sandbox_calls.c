/*
 * sandbox_calls.c - which system calls the process can make from here on. Out: a seccomp filter
 * (seccomp(2)), which is inherited and cannot be removed.
 *
 * The list is what strace(1) shows of a collector that serves, grows, backs up, imports, closes and
 * ends, and what glibc does when memory is short, a lock is contended or the program aborts. Any
 * other call fails with EPERM, as it would for lack of a right: a call that a library makes once a
 * year then costs that call, not the service. Calls that only an attacker makes end the process:
 * whoever runs code in it gets no second try.
 */
#include "collector/sandbox_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sched.h>
#include <seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

_Static_assert(sizeof(long) == 8, "the list is that of a 64-bit system");

#define COUNT(list) (sizeof(list) / sizeof *(list))

/* A call with conditions on its arguments, all of which must hold. Pointers cannot be followed. */
struct rule {
	int call;
	unsigned n;
	struct scmp_arg_cmp args[2];
};

/* Only an attacker runs a program, reads another process or loads code into the kernel. */
static const int fatal[] = {
	SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(process_vm_readv),
	SCMP_SYS(process_vm_writev), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
	SCMP_SYS(userfaultfd), SCMP_SYS(init_module), SCMP_SYS(finit_module),
	SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load), SCMP_SYS(mount), SCMP_SYS(pivot_root),
	SCMP_SYS(open_by_handle_at), SCMP_SYS(setns), SCMP_SYS(add_key), SCMP_SYS(request_key),
	SCMP_SYS(keyctl),
};

#if !SANDBOX_LEAK_CHECK

static const int allowed[] = {
	/* files: Landlock says which */
	SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(close), SCMP_SYS(read), SCMP_SYS(write),
	SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(pread64), SCMP_SYS(pwrite64),
	SCMP_SYS(preadv), SCMP_SYS(pwritev), SCMP_SYS(lseek), SCMP_SYS(fsync),
	SCMP_SYS(fdatasync), SCMP_SYS(ftruncate), SCMP_SYS(fallocate), SCMP_SYS(fadvise64),
	SCMP_SYS(flock), SCMP_SYS(fstat), SCMP_SYS(stat), SCMP_SYS(lstat),
	SCMP_SYS(newfstatat), SCMP_SYS(statx), SCMP_SYS(statfs), SCMP_SYS(fstatfs),
	SCMP_SYS(access), SCMP_SYS(faccessat), SCMP_SYS(faccessat2), SCMP_SYS(readlink),
	SCMP_SYS(readlinkat), SCMP_SYS(getdents64), SCMP_SYS(getcwd), SCMP_SYS(umask),
	SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link),
	SCMP_SYS(linkat), SCMP_SYS(unlink), SCMP_SYS(unlinkat), SCMP_SYS(dup),
	/* connections that come in, and waiting for them */
	SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
	SCMP_SYS(shutdown), SCMP_SYS(getsockopt), SCMP_SYS(getsockname), SCMP_SYS(getpeername),
	SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait),
	SCMP_SYS(epoll_pwait), SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select),
	SCMP_SYS(pselect6), SCMP_SYS(eventfd2), SCMP_SYS(signalfd4), SCMP_SYS(pipe2),
	/* memory; it is executable only if it is so already */
	SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(mlock),
	SCMP_SYS(mlock2), SCMP_SYS(munlock),
	/* threads, signals, time, chance */
	SCMP_SYS(futex), SCMP_SYS(set_robust_list), SCMP_SYS(rseq), SCMP_SYS(sched_yield),
	SCMP_SYS(sched_getaffinity), SCMP_SYS(getcpu), SCMP_SYS(exit), SCMP_SYS(exit_group),
	SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigreturn),
	SCMP_SYS(rt_sigtimedwait), SCMP_SYS(rt_sigpending), SCMP_SYS(sigaltstack),
	SCMP_SYS(restart_syscall), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep),
	SCMP_SYS(clock_gettime), SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday),
	SCMP_SYS(time), SCMP_SYS(getrandom),
	/* who am I, where am I */
	SCMP_SYS(getpid), SCMP_SYS(getppid), SCMP_SYS(gettid), SCMP_SYS(getuid),
	SCMP_SYS(geteuid), SCMP_SYS(getgid), SCMP_SYS(getegid), SCMP_SYS(getrlimit),
	SCMP_SYS(getrusage), SCMP_SYS(sysinfo), SCMP_SYS(uname),
};

enum { THREAD = CLONE_THREAD | CLONE_SIGHAND | CLONE_VM };

static const struct rule limited[] = {
	/* threads, no processes; clone3 hides its flags, and glibc does without it */
	{SCMP_SYS(clone), 1, {{0, SCMP_CMP_MASKED_EQ, THREAD, THREAD}}},
	{SCMP_SYS(mmap), 1, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}}},
	{SCMP_SYS(mprotect), 1, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, 0}}},
	/* no address, and none that opens a connection by itself */
	{SCMP_SYS(sendto), 2, {{3, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0}, {4, SCMP_CMP_EQ, 0}}},
	{SCMP_SYS(sendmsg), 1, {{2, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, 0}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, SOL_SOCKET}, {2, SCMP_CMP_EQ, SO_RCVTIMEO}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, SOL_SOCKET}, {2, SCMP_CMP_EQ, SO_SNDTIMEO}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, SOL_SOCKET}, {2, SCMP_CMP_EQ, SO_RCVBUF}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, SOL_SOCKET}, {2, SCMP_CMP_EQ, SO_SNDBUF}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, SOL_SOCKET}, {2, SCMP_CMP_EQ, SO_LINGER}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, IPPROTO_TCP}, {2, SCMP_CMP_EQ, TCP_NODELAY}}},
	{SCMP_SYS(setsockopt), 2, {{1, SCMP_CMP_EQ, IPPROTO_TCP}, {2, SCMP_CMP_EQ, TCP_CORK}}},
	{SCMP_SYS(setsockopt), 2,
	 {{1, SCMP_CMP_EQ, IPPROTO_TCP}, {2, SCMP_CMP_EQ, TCP_USER_TIMEOUT}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETFD}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETFD}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETFL}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETFL}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_GETLK}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_SETLK}}},
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_DUPFD}}}, /* SQLite: not on 0 to 2 */
	{SCMP_SYS(fcntl), 1, {{1, SCMP_CMP_EQ, F_DUPFD_CLOEXEC}}},
	/* is this a terminal? */
	{SCMP_SYS(ioctl), 1, {{1, SCMP_CMP_EQ, TCGETS}}},
	{SCMP_SYS(ioctl), 1, {{1, SCMP_CMP_EQ, FIONBIO}}},
	{SCMP_SYS(ioctl), 1, {{1, SCMP_CMP_EQ, FIONREAD}}},
	/* times of an open file, never of a path */
	{SCMP_SYS(utimensat), 1, {{1, SCMP_CMP_EQ, 0}}},
	/* own limits, to read them */
	{SCMP_SYS(prlimit64), 2, {{0, SCMP_CMP_EQ, 0}, {2, SCMP_CMP_EQ, 0}}},
	{SCMP_SYS(prctl), 1, {{0, SCMP_CMP_EQ, PR_SET_NAME}}},
	{SCMP_SYS(prctl), 1, {{0, SCMP_CMP_EQ, PR_GET_DUMPABLE}}},
};

static int add_calls(scmp_filter_ctx filter)
{
	/* abort(3) signals the thread that calls it */
	const struct scmp_arg_cmp own = {0, SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0};
	int bad = 0;

	for (size_t i = 0; i < COUNT(allowed) && bad == 0; i++)
		bad = seccomp_rule_add(filter, SCMP_ACT_ALLOW, allowed[i], 0);
	for (size_t i = 0; i < COUNT(limited) && bad == 0; i++)
		bad = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, limited[i].call, limited[i].n,
			limited[i].args);
	if (bad == 0)
		bad = seccomp_rule_add_array(filter, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1, &own);
	if (bad == 0)
		bad = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);
	if (bad == 0)
		bad = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, SCMP_SYS(ptrace), 0);
	return bad;
}

static const uint32_t otherwise = SCMP_ACT_ERRNO(EPERM);

#else

/* What is forbidden where the leak check needs most of the rest (sandbox_calls.h). */
static const struct rule refused[] = {
	{SCMP_SYS(socket), 0, {{0}}}, {SCMP_SYS(socketpair), 0, {{0}}},
	{SCMP_SYS(connect), 0, {{0}}}, {SCMP_SYS(bind), 0, {{0}}}, {SCMP_SYS(listen), 0, {{0}}},
	{SCMP_SYS(sendto), 1, {{4, SCMP_CMP_NE, 0}}}, {SCMP_SYS(sendmmsg), 0, {{0}}},
	{SCMP_SYS(sendto), 1, {{3, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, MSG_FASTOPEN}}},
	{SCMP_SYS(sendmsg), 1, {{2, SCMP_CMP_MASKED_EQ, MSG_FASTOPEN, MSG_FASTOPEN}}},
	{SCMP_SYS(fork), 0, {{0}}}, {SCMP_SYS(vfork), 0, {{0}}},
	/* the leak check's process shares its memory */
	{SCMP_SYS(clone), 1, {{0, SCMP_CMP_MASKED_EQ, CLONE_VM, 0}}},
	{SCMP_SYS(mmap), 1, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC}}},
	{SCMP_SYS(mprotect), 1, {{2, SCMP_CMP_MASKED_EQ, PROT_EXEC, PROT_EXEC}}},
	{SCMP_SYS(pkey_mprotect), 0, {{0}}}, {SCMP_SYS(memfd_create), 0, {{0}}},
	{SCMP_SYS(prlimit64), 1, {{2, SCMP_CMP_NE, 0}}}, {SCMP_SYS(setrlimit), 0, {{0}}},
	{SCMP_SYS(chmod), 0, {{0}}}, {SCMP_SYS(fchmodat), 0, {{0}}}, {SCMP_SYS(chown), 0, {{0}}},
	{SCMP_SYS(fchownat), 0, {{0}}}, {SCMP_SYS(utimensat), 1, {{1, SCMP_CMP_NE, 0}}},
	{SCMP_SYS(truncate), 0, {{0}}}, {SCMP_SYS(io_uring_setup), 0, {{0}}},
	{SCMP_SYS(unshare), 0, {{0}}}, {SCMP_SYS(chroot), 0, {{0}}},
	{SCMP_SYS(pidfd_getfd), 0, {{0}}},
};

static int add_calls(scmp_filter_ctx filter)
{
	int bad = seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), SCMP_SYS(clone3), 0);

	for (size_t i = 0; i < COUNT(refused) && bad == 0; i++)
		bad = seccomp_rule_add_array(filter, SCMP_ACT_ERRNO(EPERM), refused[i].call,
			refused[i].n, refused[i].args);
	return bad;
}

static const uint32_t otherwise = SCMP_ACT_ALLOW;

#endif

static int load(scmp_filter_ctx filter)
{
	/* a tree, not a list: the path of a submission makes thousands of calls */
	int bad = seccomp_attr_set(filter, SCMP_FLTATR_CTL_OPTIMIZE, 2);

	for (size_t i = 0; i < COUNT(fatal) && bad == 0; i++)
		bad = seccomp_rule_add(filter, SCMP_ACT_KILL_PROCESS, fatal[i], 0);
	if (bad == 0)
		bad = add_calls(filter);
	if (bad == 0)
		bad = seccomp_load(filter);
	return bad;
}

int sandbox_calls_restrict(bool *done, struct err *err)
{
	scmp_filter_ctx filter;
	int bad;

	*done = false;
	if (prctl(PR_GET_SECCOMP) < 0 && errno == EINVAL)
		return 0; /* not in this kernel */
	filter = seccomp_init(otherwise);
	if (filter == NULL)
		return err_nomem(err);
	bad = load(filter);
	seccomp_release(filter);
	if (bad != 0)
		return err_set(err, ERR_IO, "system calls cannot be refused: %s", strerror(-bad));
	*done = true;
	return 0;
}
