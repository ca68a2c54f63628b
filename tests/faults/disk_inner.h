/* disk_inner.h - the inside of the simulated disk, for its own files. */
#ifndef FAULTS_DISK_INNER_H
#define FAULTS_DISK_INNER_H

#include "tests/faults/disk.h"

#include <sys/types.h>

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

struct disk_state {
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
};
extern struct disk_state disk;

/* 0 to `below` - 1, from the plan's seed. */
uint64_t disk_draw(uint64_t below);
/* Or the program ends: the simulation cannot go on. */
void disk_must(bool ok, const char *what);
/* The system's own. */
ssize_t disk_pwrite(int fd, const void *bytes, size_t n, off_t at);

/* disk_names.c */

/* What the folder holds now. */
void disk_names_list(struct names *names);
/* The inode of a name, or 0. */
ino_t disk_names_find(const struct names *names, const char *text);
/* The name in our folder that a path means, or NULL. */
const char *disk_names_in_folder(const char *path);
/* A file that loses its name may get it back: it is kept in limbo. */
void disk_names_keep_files(void);
/* A call has changed one name, or two at once (`second` not NULL). */
void disk_names_change(const char *first, ino_t inode, const char *second, ino_t other);
/* What the names are after the power has gone; and to make them so. */
void disk_names_settle(struct names *out);
void disk_names_write(const struct names *names);

/* disk_sectors.c */

void disk_sectors_room(struct file *f, size_t sectors);
/* The file of a descriptor, or NULL if it is not on our disk. */
struct file *disk_sectors_of(int fd);
/* Keep what these bytes are, before they are written over. */
void disk_sectors_keep(struct file *f, int fd, off_t at, size_t n);
void disk_sectors_drop(struct sector *s);
/* The power has gone. */
void disk_sectors_settle(struct file *f);
/* Sectors that a failed synchronisation lost are what they were, once nobody remembers them. */
void disk_sectors_forget(struct file *f, int fd);

/* disk.c */

/* One operation more. Does the process end in it? Then end it. */
bool disk_ends_here(void);
void disk_end_here(void);
int disk_sync_file(struct file *f, int fd);
int disk_sync_folder(void);
bool disk_is_folder(int fd);

#endif
