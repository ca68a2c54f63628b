/*
 * disk.c - what a power loss leaves. In: writes, synchronisations and changes of names, as they are
 * called. Out: a folder as it may be found afterwards.
 *
 * Assumed of a disk: a sector of 512 bytes that is being written has old bytes up to some place, or
 * new ones, and its neighbours are not touched; without a synchronisation nothing is ordered.
 * Assumed of a file system: a rename is old or new. After a failed synchronisation the system
 * forgets that the sectors were not written, as Linux does: only writing them again can save them.
 */
#include "tests/faults/disk_inner.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

struct disk_state disk;

uint64_t disk_draw(uint64_t below)
{
	/* splitmix64 */
	uint64_t v = disk.die += 0x9E3779B97F4A7C15u;

	v = (v ^ v >> 30) * 0xBF58476D1CE4E5B9u;
	v = (v ^ v >> 27) * 0x94D049BB133111EBu;
	v ^= v >> 31;
	return (v >> 16) % below;
}

void disk_must(bool ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "disk: %s: %s\n", what, strerror(errno));
		abort();
	}
}

ssize_t disk_pwrite(int fd, const void *bytes, size_t n, off_t at)
{
	return syscall(SYS_pwrite64, fd, bytes, n, at);
}

static void settle(void)
{
	struct names names;

	disk_names_keep_files();
	for (size_t i = 0; i < disk.n_files; i++)
		disk_sectors_settle(&disk.files[i]);
	disk_names_settle(&names);
	disk_names_write(&names);
}

/* --- the system's memory, from one process to the next --- */

static void put(FILE *f, const void *bytes, size_t n)
{
	disk_must(fwrite(bytes, 1, n, f) == n, disk.cache);
}

static void take(FILE *f, void *bytes, size_t n)
{
	disk_must(fread(bytes, 1, n, f) == n, disk.cache);
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
		disk_sectors_room(x, i + 1);
		take(f, &x->sectors[i], sizeof x->sectors[i]);
		x->sectors[i].old = malloc(SECTOR);
		disk_must(x->sectors[i].old != NULL, "memory");
		take(f, x->sectors[i].old, SECTOR);
	}
}

static void save(void)
{
	FILE *f = fopen(disk.cache, "wb");

	disk_must(f != NULL, disk.cache);
	disk_names_keep_files();
	put(f, &disk.settled, sizeof disk.settled);
	put(f, &disk.n_changes, sizeof disk.n_changes);
	put(f, disk.changes, sizeof disk.changes);
	put(f, &disk.n_files, sizeof disk.n_files);
	for (size_t i = 0; i < disk.n_files; i++)
		save_file(f, &disk.files[i]);
	disk_must(fclose(f) == 0, disk.cache);
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

void disk_end_here(void)
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
bool disk_ends_here(void)
{
	return ++disk.operations == disk.plan.until;
}

int disk_sync_file(struct file *f, int fd)
{
	struct stat about;
	const bool fails = ++disk.syncs == disk.plan.sync_until;

	if (disk_ends_here())
		disk_end_here();
	if (disk.plan.kind == DISK_NO_SYNC || (disk.plan.kind == DISK_NO_COMMIT && f->from_start))
		return 0;
	disk_must(fstat(fd, &about) == 0, "fstat");
	for (size_t i = 0; i < f->n; i++) {
		if (f->sectors[i].old == NULL || f->sectors[i].failed)
			continue;
		if (fails)
			f->sectors[i].failed = true;
		else
			disk_sectors_drop(&f->sectors[i]);
	}
	if (fails) {
		errno = EIO;
		return -1;
	}
	f->settled = about.st_size;
	return 0;
}

int disk_sync_folder(void)
{
	if (disk_ends_here())
		disk_end_here();
	if (++disk.syncs == disk.plan.sync_until) {
		errno = EIO;
		return -1;
	}
	if (disk.plan.kind == DISK_NO_FOLDER)
		return 0;
	disk_names_list(&disk.settled);
	disk.n_changes = 0;
	return 0;
}

bool disk_is_folder(int fd)
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
	disk_must(stat(folder, &about) == 0, folder);
	disk_must(mkdir(disk.limbo, 0700) == 0 || errno == EEXIST, disk.limbo);
	disk.device = about.st_dev;
	disk.plan = *plan;
	disk.die = plan->seed;
	if (!load())
		disk_names_list(&disk.settled);
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
