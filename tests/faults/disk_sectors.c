/*
 * disk_sectors.c - the files of the simulated disk. In: writes, before they are made. Out: what
 * their sectors may hold after a power loss, or after a synchronisation that failed.
 */
#include "tests/faults/disk_inner.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

void disk_sectors_room(struct file *f, size_t sectors)
{
	if (sectors <= f->n)
		return;
	f->sectors = realloc(f->sectors, 2 * sectors * sizeof *f->sectors);
	disk_must(f->sectors != NULL, "memory");
	memset(f->sectors + f->n, 0, (2 * sectors - f->n) * sizeof *f->sectors);
	f->n = 2 * sectors;
}

/* The file of a descriptor, or NULL if it is not on our disk. */
struct file *disk_sectors_of(int fd)
{
	char link[64], path[700];
	struct stat about;
	ssize_t n;

	if (!disk.on || fstat(fd, &about) != 0 || !S_ISREG(about.st_mode) ||
	    about.st_dev != disk.device)
		return NULL;
	for (size_t i = 0; i < disk.n_files; i++)
		if (disk.files[i].inode == about.st_ino)
			return &disk.files[i];
	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof path - 1);
	path[n > 0 ? n : 0] = '\0';
	if (disk_names_in_folder(path) == NULL)
		return NULL;
	disk_must(disk.n_files < FILES, "too many files");
	disk.files[disk.n_files] = (struct file){.inode = about.st_ino, .settled = about.st_size,
		.from_start = about.st_size > 0};
	return &disk.files[disk.n_files++];
}

/* Keep what these bytes were, before they are written over. */
void disk_sectors_keep(struct file *f, int fd, off_t at, size_t n)
{
	size_t first = (size_t)at / SECTOR, end = ((size_t)at + n + SECTOR - 1) / SECTOR;
	char path[64];
	int reader;

	/* the descriptor itself may be for writing only */
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	reader = open(path, O_RDONLY | O_CLOEXEC);
	disk_must(reader >= 0, path);
	disk_sectors_room(f, end);
	for (size_t i = first; i < end; i++) {
		struct sector *s = &f->sectors[i];

		s->failed = false;
		if (s->old != NULL)
			continue;
		s->old = calloc(1, SECTOR);
		disk_must(s->old != NULL, "memory");
		disk_must(pread(reader, s->old, SECTOR, (off_t)(i * SECTOR)) >= 0, "pread");
	}
	close(reader);
}

void disk_sectors_drop(struct sector *s)
{
	free(s->old);
	*s = (struct sector){0};
}

/* Old, new, or torn: new up to some byte, or from it. `new_in_8` of 8 are new. */
static void settle_sector(struct sector *s, int fd, size_t i, uint64_t new_in_8)
{
	const off_t at = (off_t)(i * SECTOR);
	size_t from = 0, to = SECTOR;

	if (disk_draw(8) < new_in_8)
		return;
	if (disk_draw(8) == 0) {
		if (disk_draw(2))
			from = disk_draw(SECTOR);
		else
			to = disk_draw(SECTOR);
	}
	disk_must(disk_pwrite(fd, s->old + from, to - from, at + (off_t)from) >= 0, "pwrite");
}

/* The old size, the new one, or one between. */
static off_t settle_size(off_t before, off_t now)
{
	const off_t more = now - before;

	if (disk_draw(3) == 0)
		return now;
	if (disk_draw(2))
		return before;
	return before + (off_t)disk_draw((uint64_t)llabs(more) + 1) * (more > 0 ? 1 : -1);
}

void disk_sectors_settle(struct file *f)
{
	/* nothing, something or everything had reached the disk */
	const uint64_t new_in_8 = disk_draw(3) == 0 ? 4 : disk_draw(9);
	char path[700];
	struct stat about;
	int fd;

	snprintf(path, sizeof path, "%s/%ju", disk.limbo, (uintmax_t)f->inode);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return; /* it has no name, and never will */
	disk_must(fstat(fd, &about) == 0, path);
	for (size_t i = 0; i < f->n; i++)
		if (f->sectors[i].old != NULL)
			settle_sector(&f->sectors[i], fd, i, new_in_8);
	disk_must(syscall(SYS_ftruncate, fd, settle_size(f->settled, about.st_size)) == 0, path);
	close(fd);
}

/* Sectors that a failed synchronisation lost are what they were, once nobody remembers them. */
void disk_sectors_forget(struct file *f, int fd)
{
	for (size_t i = 0; i < f->n; i++) {
		struct sector *s = &f->sectors[i];

		if (s->old == NULL || !s->failed)
			continue;
		if (disk_draw(2))
			disk_must(disk_pwrite(fd, s->old, SECTOR, (off_t)(i * SECTOR)) >= 0,
				"pwrite");
		disk_sectors_drop(s);
	}
}
