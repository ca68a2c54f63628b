/* sandbox_calls.h - which system calls the process can make (seccomp); part of sandbox.h. */
#ifndef COLLECTOR_SANDBOX_CALLS_H
#define COLLECTOR_SANDBOX_CALLS_H

#include "lib/base/err.h"

#include <stdbool.h>

/*
 * At its end a build with the address sanitizer looks for leaks: it starts a process that stops the
 * others with ptrace(2) and reads /proc. Such builds forbid by name what is never needed and allow
 * the rest; they are for tests, on machines without answers.
 */
#if defined __SANITIZE_ADDRESS__
#define SANDBOX_LEAK_CHECK 1
#elif defined __has_feature
#define SANDBOX_LEAK_CHECK __has_feature(address_sanitizer)
#else
#define SANDBOX_LEAK_CHECK 0
#endif

/* `*done` is false where the kernel has no seccomp filters. ERR_IO: it has, but it failed. */
int sandbox_calls_restrict(bool *done, struct err *err);

#endif
