/*
 * sandbox_files.c - which paths the process can use from here on. In: the round's folder and the
 * sockets that will be removed. Out: a Landlock domain (landlock(7); Linux,
 * Documentation/userspace-api/landlock.rst), which is inherited and cannot be left.
 *
 * Everything that the running kernel's Landlock knows is forbidden, then the little that is needed
 * is allowed beneath two kinds of folders. Descriptors that are open stay usable. Landlock does not
 * cover metadata: the names and times of a file whose path is known can still be looked up.
 */
#include "collector/sandbox_files.h"

#include "collector/sandbox_calls.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <linux/landlock.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Rights that Debian 12's header (of Linux 6.1) lacks, from the kernel's
 * include/uapi/linux/landlock.h, each with the version of the interface that brought it.
 */
#ifndef LANDLOCK_ACCESS_FS_TRUNCATE
#define LANDLOCK_ACCESS_FS_TRUNCATE (1ULL << 14) /* 3 */
#endif
#ifndef LANDLOCK_ACCESS_FS_IOCTL_DEV
#define LANDLOCK_ACCESS_FS_IOCTL_DEV (1ULL << 15) /* 5 */
#endif
#ifndef LANDLOCK_ACCESS_NET_BIND_TCP
#define LANDLOCK_ACCESS_NET_BIND_TCP (1ULL << 0) /* 4 */
#define LANDLOCK_ACCESS_NET_CONNECT_TCP (1ULL << 1)
#endif
#ifndef LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET
#define LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET (1ULL << 0) /* 6: connecting out of the domain */
#define LANDLOCK_SCOPE_SIGNAL (1ULL << 1)               /* 6: signals out of the domain */
#endif

/* struct landlock_ruleset_attr as of version 6; an older kernel takes it if the rest is zero. */
struct ruleset {
	uint64_t files, net, scoped;
};

enum { VERSION = 6 /* the newest whose rights are known here; 7 brought none */ };

/* What each version of the interface can forbid beyond the one before. */
static const struct ruleset brought[VERSION + 1] = {
	[1] = {.files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	                LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR |
	                LANDLOCK_ACCESS_FS_REMOVE_DIR | LANDLOCK_ACCESS_FS_REMOVE_FILE |
	                LANDLOCK_ACCESS_FS_MAKE_CHAR | LANDLOCK_ACCESS_FS_MAKE_DIR |
	                LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SOCK |
	                LANDLOCK_ACCESS_FS_MAKE_FIFO | LANDLOCK_ACCESS_FS_MAKE_BLOCK |
	                LANDLOCK_ACCESS_FS_MAKE_SYM},
	[2] = {.files = LANDLOCK_ACCESS_FS_REFER}, /* version 1 forbids it always */
	[3] = {.files = LANDLOCK_ACCESS_FS_TRUNCATE},
	[4] = {.net = LANDLOCK_ACCESS_NET_BIND_TCP | LANDLOCK_ACCESS_NET_CONNECT_TCP},
	[5] = {.files = LANDLOCK_ACCESS_FS_IOCTL_DEV},
	[6] = {.scoped = LANDLOCK_SCOPE_ABSTRACT_UNIX_SOCKET | LANDLOCK_SCOPE_SIGNAL},
};

/* The store is a file that is replaced by a new one when it grows; nothing leaves the folder. */
static const uint64_t in_folder = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE |
	LANDLOCK_ACCESS_FS_TRUNCATE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
	LANDLOCK_ACCESS_FS_REMOVE_FILE;
static const uint64_t beside_socket = LANDLOCK_ACCESS_FS_REMOVE_FILE;
static const uint64_t in_proc = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;

static int allow(int rules, const char *folder, uint64_t rights, struct err *err)
{
	struct landlock_path_beneath_attr rule = {.allowed_access = rights};
	int status = 0;

	rule.parent_fd = open(folder, O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (rule.parent_fd < 0)
		return err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	if (syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0) != 0)
		status = err_set(err, ERR_IO, "%s: access cannot be restricted: %s", folder,
			strerror(errno));
	close(rule.parent_fd);
	return status;
}

static int allow_removal(int rules, const char *socket, uint64_t rights, struct err *err)
{
	char *copy = strdup(socket);
	int status = copy != NULL ? allow(rules, dirname(copy), rights, err) : err_nomem(err);

	free(copy);
	return status;
}

static int allow_all(int rules, const struct sandbox_paths *paths, uint64_t known, struct err *err)
{
	if (allow(rules, paths->folder, in_folder & known, err) != 0)
		return -1;
	for (size_t i = 0; i < paths->n_sockets; i++) {
		if (allow_removal(rules, paths->sockets[i], beside_socket & known, err) != 0)
			return -1;
	}
	if (SANDBOX_LEAK_CHECK)
		return allow(rules, "/proc", in_proc & known, err);
	return 0;
}

int sandbox_files_restrict(bool *done, const struct sandbox_paths *paths, struct err *err)
{
	long version = syscall(SYS_landlock_create_ruleset, NULL, 0,
		LANDLOCK_CREATE_RULESET_VERSION);
	struct ruleset forbidden = {0};
	int rules, status = -1;

	*done = false;
	/* not in this kernel, turned off at boot, or kept from us by a sandbox around us */
	if (version < 1)
		return 0;
	for (int i = 1; i <= VERSION && i <= version; i++) {
		forbidden.files |= brought[i].files;
		forbidden.net |= brought[i].net;
		forbidden.scoped |= brought[i].scoped;
	}
	rules = (int)syscall(SYS_landlock_create_ruleset, &forbidden, sizeof forbidden, 0);
	if (rules < 0)
		return err_set(err, ERR_IO, "Landlock cannot be used: %s", strerror(errno));
	if (allow_all(rules, paths, forbidden.files, err) == 0) {
		status = (int)syscall(SYS_landlock_restrict_self, rules, 0);
		if (status != 0)
			err_set(err, ERR_IO, "Landlock cannot be turned on: %s", strerror(errno));
	}
	close(rules);
	*done = status == 0;
	return status;
}
