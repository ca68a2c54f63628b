/*
 * theme_logo.c - the name of a logo in the study folder enters, a vector or a picture leaves.
 * Only a file of the folder itself is read: no path, no link.
 */
#include "report/theme_parts.h"

#include "lib/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void theme_logo_free(struct theme_logo *l)
{
	if (!l)
		return;
	for (size_t i = 0; i < l->n_paths; i++) {
		free((char *)l->paths[i].commands);
		free((double *)l->paths[i].points);
	}
	free(l->paths);
	free(l->pixels);
	free(l->alternative);
	free(l);
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), m = strlen(with);

	return n > m && !strcmp(name + n - m, with);
}

static int check_name(const char *name, struct err *err)
{
	if (strchr(name, '/') || name[0] == '.')
		return err_set(err, ERR_INPUT, "must be the name of a file in the study folder");
	if (!ends(name, ".svg") && !ends(name, ".png"))
		return err_set(err, ERR_INPUT, "must end in .svg or .png");
	return 0;
}

static int read_all(struct buf *out, int fd, struct err *err)
{
	for (;;) {
		char *room = buf_room(out, 65536);
		ssize_t n;

		if (!room)
			return err_nomem(err);
		n = read(fd, room, 65536);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_set(err, ERR_IO, "%s", strerror(errno));
		out->len += (size_t)n;
		if (!n)
			return 0;
		if (out->len > THEME_FILE)
			return err_set(err, ERR_INPUT, "larger than %d MB", THEME_FILE >> 20);
	}
}

/* A file that is no link, and no other thing that can be opened. */
static int read_file(struct buf *out, const char *path, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), result = -1;
	struct stat about;

	if (fd < 0)
		return err_set(err, errno == ENOENT || errno == ELOOP ? ERR_INPUT : ERR_IO, "%s",
		               errno == ELOOP ? "is a symbolic link" : strerror(errno));
	if (fstat(fd, &about) || !S_ISREG(about.st_mode))
		err_set(err, ERR_INPUT, "is no ordinary file");
	else if (about.st_size > THEME_FILE)
		err_set(err, ERR_INPUT, "larger than %d MB", THEME_FILE >> 20);
	else
		result = read_all(out, fd, err);
	close(fd);
	return result;
}

int theme_logo_read(struct theme_logo **out, const char *bytes, size_t n, bool vector,
                    struct err *err)
{
	struct theme_logo *l = calloc(1, sizeof *l);

	*out = NULL;
	if (!l)
		return err_nomem(err);
	if (vector ? theme_svg_read(l, bytes, n, err) : theme_png_read(l, bytes, n, err)) {
		theme_logo_free(l);
		return -1;
	}
	*out = l;
	return 0;
}

int theme_logo_load(struct theme_logo **out, const char *folder, const char *name, struct err *err)
{
	struct buf bytes = { 0 };
	char *path = NULL;
	int result = -1;

	*out = NULL;
	if (check_name(name, err))
		return err_prefix(err, "logo");
	path = file_join(folder, name, err);
	if (path && !read_file(&bytes, path, err))
		result = theme_logo_read(out, bytes.data ? bytes.data : "", bytes.len,
		                         ends(name, ".svg"), err);
	if (path && result)
		err_prefix(err, "%s", name);
	buf_finish(&bytes);
	free(path);
	return result;
}
