/* backup.h - a backup in a file of its own, as an operator's process makes it. */
#ifndef TESTS_BACKUP_H
#define TESTS_BACKUP_H

#include "lib/record/store.h"

#include <fcntl.h>
#include <unistd.h>

/*
 * Write a backup of an open store to `path`, which is made, or emptied first. As store_backup(); on
 * failure nothing is left.
 */
static inline int backup_to(struct store *s, const struct seal_key *key, const char *path,
                            struct err *err)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600), status;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: cannot be opened", path);
	status = store_backup(s, key, fd, err);
	close(fd);
	if (status != 0)
		unlink(path);
	return status;
}

#endif
