/* sandbox.h - what the collector's process cannot do. Before any thread is started. */
#ifndef COLLECTOR_SANDBOX_H
#define COLLECTOR_SANDBOX_H

#include "lib/base/err.h"

#include <stddef.h>

/* What is enforced: bits of one number. */
enum sandbox_level {
	SANDBOX_SYSCALLS = 1, /* seccomp: no other program, no new connection, no debugging */
	SANDBOX_FILES = 2,    /* Landlock: no path but those of struct sandbox_paths */
	SANDBOX_MEMORY = 4,   /* nothing of the process is ever written to swap */
};

/* The paths that stay usable. Borrowed; looked up once, when the process is restricted. */
struct sandbox_paths {
	const char *folder; /* files in it: opened, made, renamed, linked and removed within it */
	const char *const *sockets; /* Unix sockets that are removed at the end */
	size_t n_sockets;           /* in their folders, files can be removed, nothing else */
};

/* Never a core dump, and no debugger of another process of this user. ERR_IO. */
int sandbox_no_dumps(struct err *err);

/*
 * Keep the process's memory, now and later, out of swap: SANDBOX_MEMORY is added to `*level`. Only
 * where no limit can make a later allocation fail for it (RLIMIT_MEMLOCK unlimited, or the
 * capability); otherwise nothing happens. Before sandbox_restrict().
 */
void sandbox_lock_memory(unsigned *level);

/*
 * From here on the process, and every thread and child it will have, can read and write the files
 * of `paths`, use the descriptors that it has, accept connections, and start threads: nothing else,
 * and nothing undoes it. What the running kernel can enforce is added to `*level`; ERR_IO if it has
 * something that could not be turned on. Limits can only be read afterwards: raise them before.
 *
 * The process must have one thread: Landlock restricts the thread that calls (landlock(7)).
 */
int sandbox_restrict(unsigned *level, const struct sandbox_paths *paths, struct err *err);

#endif
