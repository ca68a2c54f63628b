/*
 * custodian_place.c - keys do not belong into a study folder: the folder goes to the collector's
 * host, which may be seized.
 *
 * Enters: a path. Leaves: a refusal if the path, with symbolic links resolved, is inside a study.
 */
#include "analyzer/custodian.h"
#include "lib/base/file.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void cut_last(char *path)
{
	char *slash = strrchr(path, '/');

	if (slash == NULL)
		strcpy(path, ".");
	else if (slash == path)
		path[1] = '\0';
	else
		*slash = '\0';
}

/* The real path of the nearest thing on the way to `path` that exists. */
static char *nearest(const char *path, struct err *err)
{
	char *real, *copy = strdup(*path != '\0' ? path : ".");

	if (copy == NULL) {
		err_nomem(err);
		return NULL;
	}
	for (;;) {
		size_t n = strlen(copy);

		while (n > 1 && copy[n - 1] == '/')
			copy[--n] = '\0';
		real = realpath(copy, NULL);
		if (real != NULL || errno != ENOENT || strcmp(copy, "/") == 0 ||
		    strcmp(copy, ".") == 0)
			break;
		cut_last(copy);
	}
	if (real == NULL)
		err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	free(copy);
	return real;
}

static int refuse(struct err *err, const char *path, const char *study)
{
	return err_set(err, ERR_REFUSED, "%s: inside the study folder %s: keys are kept elsewhere",
	               path, study);
}

static bool inside(const char *path, const char *folder)
{
	size_t n = strlen(folder);

	if (strcmp(folder, "/") == 0)
		return true;
	return strncmp(path, folder, n) == 0 && (path[n] == '\0' || path[n] == '/');
}

int custodian_place(const char *path, const char *study, struct err *err)
{
	char *real = nearest(path, err), *folder = NULL;
	int status = -1;

	if (real == NULL)
		return -1;
	if (study != NULL) {
		folder = realpath(study, NULL);
		if (folder == NULL) {
			err_set(err, ERR_IO, "%s: %s", study, strerror(errno));
			goto out;
		}
		if (inside(real, folder)) {
			refuse(err, path, study);
			goto out;
		}
	}
	for (;;) {
		char *mark = file_join(real, "study.json", err);
		bool found;

		if (mark == NULL)
			goto out;
		found = file_exists(mark);
		free(mark);
		if (found) {
			refuse(err, path, real);
			goto out;
		}
		if (strcmp(real, "/") == 0)
			break;
		cut_last(real);
	}
	status = 0;
out:
	free(folder);
	free(real);
	return status;
}
