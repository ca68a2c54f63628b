/* file.h - files: bounded reading, atomic replacing, paths. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <sys/types.h>

/* Append the whole file to `out`; more than `max` bytes is ERR_INPUT. "-" is not special. */
int file_read(struct buf *out, const char *path, size_t max, struct err *err);

/*
 * Replace `path` by these bytes: a new file beside it with `mode`, fsync, rename, fsync of the
 * folder. Either the old or the new content is there, never half of one.
 */
int file_replace(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err);

/* The same, but an existing file is ERR_INPUT ("already exists"). */
int file_create(const char *path, const void *bytes, size_t n, mode_t mode, struct err *err);

bool file_exists(const char *path);
bool file_is_folder(const char *path); /* follows a symbolic link */

/* Make a folder (one level) if it is not there. */
int file_folder(const char *path, mode_t mode, struct err *err);

/* fsync of the folder that holds `path`. */
int file_sync_parent(const char *path, struct err *err);

/* "folder/name" as new memory, owned by the caller; NULL with err set when out of memory. */
char *file_join(const char *folder, const char *name, struct err *err);

#endif
