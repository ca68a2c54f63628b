/*
 * sandbox.c - what a fault in the collector could be used for. In: a process that has opened and
 * bound what it needs. Out: one that can do its work and little else, whose memory, where answers
 * are readable for a moment, never reaches a disk by a crash (PR_SET_DUMPABLE, core(5)) or by
 * swapping (mlockall(2)).
 *
 * Two mechanisms of the kernel, each incomplete alone: Landlock knows paths (sandbox_files.c),
 * seccomp knows system calls and their numbers (sandbox_calls.c).
 */
#include "collector/sandbox.h"

#include "collector/sandbox_calls.h"
#include "collector/sandbox_files.h"

#include <assert.h>
#include <errno.h>
#include <linux/capability.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

int sandbox_no_dumps(struct err *err)
{
	const struct rlimit none = {0, 0};

	if (setrlimit(RLIMIT_CORE, &none) != 0 || prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
		return err_set(err, ERR_IO, "core dumps cannot be turned off: %s", strerror(errno));
	return 0;
}

static bool may_lock(void)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3] = {{0}};
	struct rlimit memory;

	if (getrlimit(RLIMIT_MEMLOCK, &memory) != 0)
		return false;
	memory.rlim_cur = memory.rlim_max;
	if (memory.rlim_max == RLIM_INFINITY && setrlimit(RLIMIT_MEMLOCK, &memory) == 0)
		return true;
	return syscall(SYS_capget, &header, sets) == 0 &&
	       (sets[CAP_TO_INDEX(CAP_IPC_LOCK)].effective & CAP_TO_MASK(CAP_IPC_LOCK)) != 0;
}

void sandbox_lock_memory(unsigned *level)
{
	/* on fault: what is reserved but never touched, such as stacks, costs nothing */
	if (may_lock() && mlockall(MCL_CURRENT | MCL_FUTURE | MCL_ONFAULT) == 0)
		*level |= SANDBOX_MEMORY;
}

/* Has the process one thread? This unshare(2) changes nothing, and fails if it has more. */
static bool is_alone(void)
{
	return unshare(CLONE_THREAD) == 0 || errno != EINVAL;
}

int sandbox_restrict(unsigned *level, const struct sandbox_paths *paths, struct err *err)
{
	bool files, calls;

	assert(is_alone());
	/* what both need to be allowed without privileges: execve(2) grants nothing any more */
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
		return err_set(err, ERR_IO, "the process cannot be confined: %s", strerror(errno));
	/* in this order: the calls that turn on the first are not among those that stay */
	if (sandbox_files_restrict(&files, paths, err) != 0 ||
	    sandbox_calls_restrict(&calls, err) != 0)
		return -1;
	*level |= (files ? SANDBOX_FILES : 0) | (calls ? SANDBOX_SYSCALLS : 0);
	return 0;
}
