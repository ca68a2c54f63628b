/*
 * disk_names.c - the folder of the simulated disk. In: changes of names, as they are made. Out: the
 * names as they may be after a power loss, with the files that had lost theirs.
 */
#include "tests/faults/disk_inner.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

void disk_names_list(struct names *names)
{
	DIR *d = opendir(disk.folder);
	struct dirent *e;

	disk_must(d != NULL, disk.folder);
	names->n = 0;
	while ((e = readdir(d)) != NULL) {
		struct name *x = &names->list[names->n];

		if (e->d_name[0] == '.')
			continue;
		disk_must(names->n < NAMES && strlen(e->d_name) < NAME, "too many names");
		strcpy(x->text, e->d_name);
		x->inode = e->d_ino;
		names->n++;
	}
	closedir(d);
}

ino_t disk_names_find(const struct names *names, const char *text)
{
	for (size_t i = 0; i < names->n; i++)
		if (strcmp(names->list[i].text, text) == 0)
			return names->list[i].inode;
	return 0;
}

static void set_name(struct names *names, const struct name *x)
{
	size_t i;

	for (i = 0; i < names->n && strcmp(names->list[i].text, x->text) != 0; i++)
		;
	disk_must(i < NAMES, "too many names");
	names->list[i] = *x;
	if (i == names->n)
		names->n++;
}

/* The name in our folder that a path means, or NULL. */
const char *disk_names_in_folder(const char *path)
{
	size_t n = strlen(disk.folder);

	if (!disk.on || strncmp(path, disk.folder, n) != 0 || path[n] != '/' ||
	    strchr(path + n + 1, '/') != NULL)
		return NULL;
	return path + n + 1;
}

/* A file that loses its name may get it back: it is kept. */
void disk_names_keep_files(void)
{
	struct names now;

	disk_names_list(&now);
	for (size_t i = 0; i < now.n; i++) {
		char from[700], to[700];

		snprintf(from, sizeof from, "%s/%s", disk.folder, now.list[i].text);
		snprintf(to, sizeof to, "%s/%ju", disk.limbo, (uintmax_t)now.list[i].inode);
		if (syscall(SYS_link, from, to) != 0)
			disk_must(errno == EEXIST, to);
	}
}

void disk_names_change(const char *first, ino_t inode, const char *second, ino_t other)
{
	struct change *c = &disk.changes[disk.n_changes++];

	disk_must(disk.n_changes <= CHANGES, "too many changes");
	c->n = second != NULL ? 2 : 1;
	snprintf(c->set[0].text, NAME, "%s", first);
	c->set[0].inode = inode;
	if (second != NULL) {
		snprintf(c->set[1].text, NAME, "%s", second);
		c->set[1].inode = other;
	}
}

/* What the names are after the power has gone. */
void disk_names_settle(struct names *out)
{
	/* in order up to some point, as a journal has them; or any of them */
	const bool any = disk_draw(2);
	const size_t point = disk_draw(disk.n_changes + 1);
	struct names now;

	*out = disk.settled;
	for (size_t i = 0; i < disk.n_changes; i++)
		if (any ? disk_draw(2) : i < point)
			for (size_t k = 0; k < disk.changes[i].n; k++)
				set_name(out, &disk.changes[i].set[k]);
	/* made, but by no call that is seen here */
	disk_names_list(&now);
	for (size_t i = 0; i < now.n; i++)
		if (disk_names_find(&disk.settled, now.list[i].text) == 0 &&
		    disk_names_find(out, now.list[i].text) == 0 && disk_draw(2))
			set_name(out, &now.list[i]);
}

void disk_names_write(const struct names *names)
{
	struct names now;
	char from[700], to[700];

	disk_names_list(&now);
	for (size_t i = 0; i < now.n; i++) {
		snprintf(to, sizeof to, "%s/%s", disk.folder, now.list[i].text);
		disk_must(syscall(SYS_unlink, to) == 0, to);
	}
	for (size_t i = 0; i < names->n; i++) {
		if (names->list[i].inode == 0)
			continue;
		snprintf(from, sizeof from, "%s/%ju", disk.limbo, (uintmax_t)names->list[i].inode);
		snprintf(to, sizeof to, "%s/%s", disk.folder, names->list[i].text);
		disk_must(syscall(SYS_link, from, to) == 0, from);
	}
}
