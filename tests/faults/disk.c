/*
 * disk.c - what a power loss leaves. In: writes, synchronisations and changes of names, as they are
 * called. Out: a folder as it may be found afterwards.
 *
 * Assumed of a disk: a sector of 512 bytes that is being written has old bytes up to some place, or
 * new ones, and its neighbours are not touched; without a synchronisation nothing is ordered. Assumed
 * of a file system: a rename is old or new. After a failed synchronisation the system forgets that
 * the sectors were not written, as Linux does: only writing them again can save them.
 */
#include "tests/faults/disk.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { SECTOR = 512, FILES = 64, NAMES = 16, CHANGES = 256, NAME = 64 };

struct sector {
	uint8_t *old; /* NULL: nothing is pending */
	bool failed;  /* a synchronisation has lost it */
};

struct file {
	ino_t inode;
	bool from_start;
	off_t settled; /* the size that has been synchronised */
	struct sector *sectors;
	size_t n;
};

/* A name and what it means; no inode: the name is not there. */
struct name {
	char text[NAME];
	ino_t inode;
};

struct names {
	struct name list[NAMES];
	size_t n;
};

/* One call changes one or two names at once. */
struct change {
	struct name set[2];
	size_t n;
};

static struct {
	bool on;
	char folder[512], cache[512], limbo[600];
	dev_t device;
	struct disk_plan plan;
	uint64_t die, operations, syncs;
	struct file files[FILES];
	size_t n_files;
	struct names settled;
	struct change changes[CHANGES]; /* since then */
	size_t n_changes;
} disk;

static uint64_t draw(uint64_t below)
{
	/* splitmix64 */
	uint64_t v = disk.die += 0x9E3779B97F4A7C15u;

	v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
	v = (v ^ v >> 27) * 0x94D049BB133111EBu;
	v ^= v >> 31;
	return (v >> 16) % below;
}

static void must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "disk: %s: %s\n", what, strerror(errno));
		abort();
	}
}

static ssize_t real_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return syscall(SYS_pwrite64, fd, bytes, n, at);
}

/* --- names --- */

static void list_folder(struct names *names)
{
	DIR *d = opendir(disk.folder);
	struct dirent *e;

	must(d != NULL, disk.folder);
	names->n = 0;
	while ((e = readdir(d)) != NULL) {
		struct name *x = &names->list[names->n];

		if (e->d_name[0] == '.')
			continue;
		must(names->n < NAMES && strlen(e->d_name) < NAME, "too many names");
		strcpy(x->text, e->d_name);
		x->inode = e->d_ino;
		names->n++;
	}
	closedir(d);
}

static ino_t find_name(const struct names *names, const char *text)
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
	must(i < NAMES, "too many names");
	names->list[i] = *x;
	if (i == names->n)
		names->n++;
}

/* The name in our folder that a path means, or NULL. */
static const char *in_folder(const char *path)
{
	size_t n = strlen(disk.folder);

	if (!disk.on || strncmp(path, disk.folder, n) != 0 || path[n] != '/' ||
	    strchr(path + n + 1, '/') != NULL)
		return NULL;
	return path + n + 1;
}

/* A file that loses its name may get it back: it is kept. */
static void keep_files(void)
{
	struct names now;

	list_folder(&now);
	for (size_t i = 0; i < now.n; i++) {
		char from[700], to[700];

		snprintf(from, sizeof from, "%s/%s", disk.folder, now.list[i].text);
		snprintf(to, sizeof to, "%s/%ju", disk.limbo, (uintmax_t)now.list[i].inode);
		if (syscall(SYS_link, from, to) != 0)
			must(errno == EEXIST, to);
	}
}

static void add_change(const char *first, ino_t inode, const char *second, ino_t other)
{
	struct change *c = &disk.changes[disk.n_changes++];

	must(disk.n_changes <= CHANGES, "too many changes");
	c->n = second != NULL ? 2 : 1;
	snprintf(c->set[0].text, NAME, "%s", first);
	c->set[0].inode = inode;
	if (second != NULL) {
		snprintf(c->set[1].text, NAME, "%s", second);
		c->set[1].inode = other;
	}
}

/* What the names are after the power has gone. */
static void settle_names(struct names *out)
{
	/* in order up to some point, as a journal has them; or any of them */
	const bool any = draw(2);
	const size_t point = draw(disk.n_changes + 1);
	struct names now;

	*out = disk.settled;
	for (size_t i = 0; i < disk.n_changes; i++)
		if (any ? draw(2) : i < point)
			for (size_t k = 0; k < disk.changes[i].n; k++)
				set_name(out, &disk.changes[i].set[k]);
	/* made, but by no call that is seen here */
	list_folder(&now);
	for (size_t i = 0; i < now.n; i++)
		if (find_name(&disk.settled, now.list[i].text) == 0 &&
		    find_name(out, now.list[i].text) == 0 && draw(2))
			set_name(out, &now.list[i]);
}

static void write_names(const struct names *names)
{
	struct names now;
	char from[700], to[700];

	list_folder(&now);
	for (size_t i = 0; i < now.n; i++) {
		snprintf(to, sizeof to, "%s/%s", disk.folder, now.list[i].text);
		must(syscall(SYS_unlink, to) == 0, to);
	}
	for (size_t i = 0; i < names->n; i++) {
		if (names->list[i].inode == 0)
			continue;
		snprintf(from, sizeof from, "%s/%ju", disk.limbo, (uintmax_t)names->list[i].inode);
		snprintf(to, sizeof to, "%s/%s", disk.folder, names->list[i].text);
		must(syscall(SYS_link, from, to) == 0, from);
	}
}

/* --- sectors --- */

static void make_room(struct file *f, size_t sectors)
{
	if (sectors <= f->n)
		return;
	f->sectors = realloc(f->sectors, 2 * sectors * sizeof *f->sectors);
	must(f->sectors != NULL, "memory");
	memset(f->sectors + f->n, 0, (2 * sectors - f->n) * sizeof *f->sectors);
	f->n = 2 * sectors;
}

/* The file of a descriptor, or NULL if it is not on our disk. */
static struct file *file_of(int fd)
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
	if (in_folder(path) == NULL)
		return NULL;
	must(disk.n_files < FILES, "too many files");
	disk.files[disk.n_files] = (struct file){.inode = about.st_ino, .settled = about.st_size,
		.from_start = about.st_size > 0};
	return &disk.files[disk.n_files++];
}

/* Keep what these bytes were, before they are written over. */
static void keep_sectors(struct file *f, int fd, off_t at, size_t n)
{
	size_t first = (size_t)at / SECTOR, end = ((size_t)at + n + SECTOR - 1) / SECTOR;
	char path[64];
	int reader;

	/* the descriptor itself may be for writing only */
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	reader = open(path, O_RDONLY | O_CLOEXEC);
	must(reader >= 0, path);
	make_room(f, end);
	for (size_t i = first; i < end; i++) {
		struct sector *s = &f->sectors[i];

		s->failed = false;
		if (s->old != NULL)
			continue;
		s->old = calloc(1, SECTOR);
		must(s->old != NULL, "memory");
		must(pread(reader, s->old, SECTOR, (off_t)(i * SECTOR)) >= 0, "pread");
	}
	close(reader);
}

static void drop(struct sector *s)
{
	free(s->old);
	*s = (struct sector){0};
}

/* Old, new, or torn: new up to some byte, or from it. `new_in_8` of 8 are new. */
static void settle_sector(struct sector *s, int fd, size_t i, uint64_t new_in_8)
{
	const off_t at = (off_t)(i * SECTOR);
	size_t from = 0, to = SECTOR;

	if (draw(8) < new_in_8)
		return;
	if (draw(8) == 0) {
		if (draw(2))
			from = draw(SECTOR);
		else
			to = draw(SECTOR);
	}
	must(real_pwrite(fd, s->old + from, to - from, at + (off_t)from) >= 0, "pwrite");
}

static void settle_file(struct file *f)
{
	/* nothing, something or everything had reached the disk */
	const uint64_t new_in_8 = draw(3) == 0 ? 4 : draw(9);
	char path[700];
	struct stat about;
	off_t size;
	int fd;

	snprintf(path, sizeof path, "%s/%ju", disk.limbo, (uintmax_t)f->inode);
	fd = open(path, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return; /* it has no name, and never will */
	must(fstat(fd, &about) == 0, path);
	size = about.st_size;
	for (size_t i = 0; i < f->n; i++)
		if (f->sectors[i].old != NULL)
			settle_sector(&f->sectors[i], fd, i, new_in_8);
	if (size != f->settled && draw(3) > 0)
		size = draw(2) ? f->settled
			       : f->settled + (off_t)draw((uint64_t)llabs(size - f->settled) + 1) *
						(size > f->settled ? 1 : -1);
	must(syscall(SYS_ftruncate, fd, size) == 0, path);
	close(fd);
}

static void settle(void)
{
	struct names names;

	keep_files();
	for (size_t i = 0; i < disk.n_files; i++)
		settle_file(&disk.files[i]);
	settle_names(&names);
	write_names(&names);
}

/* --- the system's memory, from one process to the next --- */

static void put(FILE *f, const void *bytes, size_t n)
{
	must(fwrite(bytes, 1, n, f) == n, disk.cache);
}

static void take(FILE *f, void *bytes, size_t n)
{
	must(fread(bytes, 1, n, f) == n, disk.cache);
}

static void save_file(FILE *f, const struct file *x)
{
	size_t n = 0;

	for (size_t i = 0; i < x->n; i++)
		n += x->sectors[i].old != NULL;
	put(f, x, sizeof *x);
	put(f, &n, sizeof n);
	for (size_t i = 0; i < x->n; i++) {
		const struct sector *s = &x->sectors[i];

		if (s->old == NULL)
			continue;
		put(f, &i, sizeof i);
		put(f, s, sizeof *s);
		put(f, s->old, SECTOR);
	}
}

static void load_file(FILE *f, struct file *x)
{
	size_t n, i;

	take(f, x, sizeof *x);
	take(f, &n, sizeof n);
	x->sectors = NULL;
	x->n = 0;
	while (n-- > 0) {
		take(f, &i, sizeof i);
		make_room(x, i + 1);
		take(f, &x->sectors[i], sizeof x->sectors[i]);
		x->sectors[i].old = malloc(SECTOR);
		must(x->sectors[i].old != NULL, "memory");
		take(f, x->sectors[i].old, SECTOR);
	}
}

static void save(void)
{
	FILE *f = fopen(disk.cache, "wb");

	must(f != NULL, disk.cache);
	keep_files();
	put(f, &disk.settled, sizeof disk.settled);
	put(f, &disk.n_changes, sizeof disk.n_changes);
	put(f, disk.changes, sizeof disk.changes);
	put(f, &disk.n_files, sizeof disk.n_files);
	for (size_t i = 0; i < disk.n_files; i++)
		save_file(f, &disk.files[i]);
	must(fclose(f) == 0, disk.cache);
}

static bool load(void)
{
	FILE *f = fopen(disk.cache, "rb");

	if (f == NULL)
		return false;
	take(f, &disk.settled, sizeof disk.settled);
	take(f, &disk.n_changes, sizeof disk.n_changes);
	take(f, disk.changes, sizeof disk.changes);
	take(f, &disk.n_files, sizeof disk.n_files);
	for (size_t i = 0; i < disk.n_files; i++)
		load_file(f, &disk.files[i]);
	fclose(f);
	return true;
}

/* --- operations --- */

static void end_here(void)
{
	disk.on = false;
	if (disk.plan.only_killed) {
		save();
		_exit(DISK_KILLED);
	}
	settle();
	_exit(DISK_POWER_GONE);
}

/* One operation more. Does the process end in it? */
static bool ends_here(void)
{
	return ++disk.operations == disk.plan.until;
}

/* Sectors that a failed synchronisation lost are what they were, once nobody remembers them. */
static void forget_failed(struct file *f, int fd)
{
	for (size_t i = 0; i < f->n; i++) {
		struct sector *s = &f->sectors[i];

		if (s->old == NULL || !s->failed)
			continue;
		if (draw(2))
			must(real_pwrite(fd, s->old, SECTOR, (off_t)(i * SECTOR)) >= 0, "pwrite");
		drop(s);
	}
}

static int sync_file(struct file *f, int fd)
{
	struct stat about;
	const bool fails = ++disk.syncs == disk.plan.sync_until;

	if (ends_here())
		end_here();
	if (disk.plan.kind == DISK_NO_SYNC || (disk.plan.kind == DISK_NO_COMMIT && f->from_start))
		return 0;
	must(fstat(fd, &about) == 0, "fstat");
	for (size_t i = 0; i < f->n; i++) {
		if (f->sectors[i].old == NULL || f->sectors[i].failed)
			continue;
		if (fails)
			f->sectors[i].failed = true;
		else
			drop(&f->sectors[i]);
	}
	if (fails) {
		errno = EIO;
		return -1;
	}
	f->settled = about.st_size;
	return 0;
}

static int sync_folder(void)
{
	if (ends_here())
		end_here();
	if (++disk.syncs == disk.plan.sync_until) {
		errno = EIO;
		return -1;
	}
	if (disk.plan.kind == DISK_NO_FOLDER)
		return 0;
	list_folder(&disk.settled);
	disk.n_changes = 0;
	return 0;
}

static bool is_folder(int fd)
{
	struct stat about, ours;

	return disk.on && fstat(fd, &about) == 0 && S_ISDIR(about.st_mode) &&
	       stat(disk.folder, &ours) == 0 && ours.st_ino == about.st_ino &&
	       ours.st_dev == about.st_dev;
}

void disk_start(const char *folder, const struct disk_plan *plan)
{
	struct stat about;

	snprintf(disk.folder, sizeof disk.folder, "%s", folder);
	snprintf(disk.cache, sizeof disk.cache, "%s", plan->cache);
	snprintf(disk.limbo, sizeof disk.limbo, "%s.files", plan->cache);
	must(stat(folder, &about) == 0, folder);
	must(mkdir(disk.limbo, 0700) == 0 || errno == EEXIST, disk.limbo);
	disk.device = about.st_dev;
	disk.plan = *plan;
	disk.die = plan->seed;
	if (!load())
		list_folder(&disk.settled);
	disk.on = true;
}

void disk_stop(bool power_goes_then)
{
	disk.on = false;
	if (power_goes_then)
		settle();
	else
		save();
}

/* --- in the place of the C library --- */

ssize_t pwrite64(int fd, const void *bytes, size_t n, off64_t at)
{
	struct file *f = file_of(fd);
	ssize_t put;

	if (f != NULL)
		keep_sectors(f, fd, at, n);
	put = real_pwrite(fd, bytes, n, at);
	if (f != NULL && ends_here())
		end_here();
	return put;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	struct file *f = file_of(fd);
	ssize_t put;

	if (f != NULL)
		keep_sectors(f, fd, lseek(fd, 0, SEEK_CUR), n);
	put = syscall(SYS_write, fd, bytes, n);
	if (f != NULL && ends_here())
		end_here();
	return put;
}

int ftruncate64(int fd, off64_t size)
{
	struct file *f = file_of(fd);
	struct stat about;

	if (f != NULL && fstat(fd, &about) == 0 && about.st_size > size)
		keep_sectors(f, fd, size, (size_t)(about.st_size - size));
	return (int)syscall(SYS_ftruncate, fd, size);
}

int fsync(int fd)
{
	struct file *f = file_of(fd);

	if (f != NULL)
		return sync_file(f, fd);
	return is_folder(fd) ? sync_folder() : (int)syscall(SYS_fsync, fd);
}

int fdatasync(int fd)
{
	return fsync(fd);
}

int posix_fadvise64(int fd, off64_t at, off64_t n, int advice)
{
	struct file *f = file_of(fd);

	(void)at;
	(void)n;
	if (f != NULL && advice == POSIX_FADV_DONTNEED)
		forget_failed(f, fd);
	return 0;
}

int rename(const char *from, const char *to)
{
	const char *a = in_folder(from), *b = in_folder(to);
	struct names before;

	if (a != NULL && b != NULL) {
		keep_files();
		list_folder(&before);
	}
	if (syscall(SYS_rename, from, to) != 0)
		return -1;
	if (a != NULL && b != NULL) {
		add_change(a, 0, b, find_name(&before, a));
		if (ends_here())
			end_here();
	}
	return 0;
}

int link(const char *from, const char *to)
{
	const char *a = in_folder(from), *b = in_folder(to);
	struct names now;

	if (syscall(SYS_link, from, to) != 0)
		return -1;
	if (a != NULL && b != NULL) {
		list_folder(&now);
		add_change(b, find_name(&now, a), NULL, 0);
		if (ends_here())
			end_here();
	}
	return 0;
}

int unlink(const char *path)
{
	const char *a = in_folder(path);

	if (a != NULL)
		keep_files();
	if (syscall(SYS_unlink, path) != 0)
		return -1;
	if (a != NULL) {
		add_change(a, 0, NULL, 0);
		if (ends_here())
			end_here();
	}
	return 0;
}
