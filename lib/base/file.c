/*
 * file.c - files read whole and replaced whole.
 *
 * Replacing: write a temporary file in the same folder, fsync, rename, fsync the folder, as POSIX
 * requires for the new name to survive a power loss.
 */
#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

int file_read(struct buf *out, const char *path, size_t max, struct err *err)
{
	size_t start = out->len;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	int status = -1;

	if (fd < 0)
		return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	for (;;) {
		char *to = buf_room(out, 65536);
		ssize_t got;

		if (to == NULL) {
			err_nomem(err);
			goto out;
		}
		got = read(fd, to, 65536);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
			goto out;
		}
		out->len += (size_t)got;
		out->data[out->len] = '\0';
		if (got == 0)
			break;
		if (out->len - start > max) {
			err_set(err, ERR_INPUT, "%s: larger than %zu bytes", path, max);
			goto out;
		}
	}
	status = 0;
out:
	if (status != 0 && out->data != NULL) {
		out->len = start;
		out->data[start] = '\0';
	}
	close(fd);
	return status;
}

static int write_all(int fd, const char *bytes, size_t n)
{
	while (n > 0) {
		ssize_t put = write(fd, bytes, n);

		if (put < 0 && errno == EINTR)
			continue;
		if (put < 0)
			return -1;
		bytes += put;
		n -= (size_t)put;
	}
	return 0;
}

int file_sync_parent(const char *path, struct err *err)
{
	const char *slash = strrchr(path, '/');
	char *folder = slash == NULL  ? strdup(".")
	               : slash == path ? strdup("/")
	                               : strndup(path, (size_t)(slash - path));
	int fd, status = 0;

	if (folder == NULL)
		return err_nomem(err);
	fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd) != 0)
		status = err_set(err, ERR_IO, "%s: %s", folder, strerror(errno));
	if (fd >= 0)
		close(fd);
	free(folder);
	return status;
}

/* Write a temporary file beside `path`; its name is the caller's to rename or remove. */
static char *write_beside(const char *path, const void *bytes, size_t n, mode_t mode,
                          struct err *err)
{
	char *temporary;
	int fd, saved;

	if (asprintf(&temporary, "%s.XXXXXX", path) < 0) {
		err_nomem(err);
		return NULL;
	}
	fd = mkostemp(temporary, O_CLOEXEC);
	if (fd < 0) {
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		free(temporary);
		return NULL;
	}
	if (fchmod(fd, mode) == 0 && write_all(fd, bytes, n) == 0 && fsync(fd) == 0) {
		if (close(fd) == 0)
			return temporary;
		fd = -1;
	}
	saved = errno;
	if (fd >= 0)
		close(fd);
	unlink(temporary);
	free(temporary);
	err_set(err, ERR_IO, "%s: %s", path, strerror(saved));
	return NULL;
}

int file_replace(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err)
{
	char *temporary = write_beside(path, bytes, n, mode, err);
	int status;

	if (temporary == NULL)
		return -1;
	if (rename(temporary, path) != 0) {
		status = err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
		unlink(temporary);
	} else {
		status = file_sync_parent(path, err);
	}
	free(temporary);
	return status;
}

int file_create(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err)
{
	char *temporary = write_beside(path, bytes, n, mode, err);
	int status;

	if (temporary == NULL)
		return -1;
	/* link(2) fails where rename(2) would replace */
	if (link(temporary, path) != 0)
		status = err_set(err, errno == EEXIST ? ERR_INPUT : ERR_IO, "%s: %s", path,
			errno == EEXIST ? "already exists" : strerror(errno));
	else
		status = file_sync_parent(path, err);
	unlink(temporary);
	free(temporary);
	return status;
}

bool file_is_folder(const char *path)
{
	struct stat st;

	return !stat(path, &st) && S_ISDIR(st.st_mode);
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

int file_folder(const char *path, mode_t mode, struct err *err)
{
	struct stat about;

	if (mkdir(path, mode) == 0)
		return 0;
	if (errno == EEXIST && stat(path, &about) == 0 && S_ISDIR(about.st_mode))
		return 0;
	return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
}

char *file_join(const char *folder, const char *name, struct err *err)
{
	size_t n = strlen(folder);
	char *path;

	if (asprintf(&path, "%s%s%s", folder, n > 0 && folder[n - 1] == '/' ? "" : "/", name) < 0) {
		err_nomem(err);
		return NULL;
	}
	return path;
}
