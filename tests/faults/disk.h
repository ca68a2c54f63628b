/*
 * disk.h - a simulated disk below one folder: what was not synchronised may be lost when the power
 * goes, sector by sector and name by name.
 *
 * Linked into a program, it takes the place of the C library's writing, synchronising and renaming,
 * for the program, our libraries and SQLite alike. Files are real ones; what their sectors held at
 * the last synchronisation is kept in memory. When the power goes, each sector written since
 * becomes old, new or torn, each name made, moved or removed since the folder was synchronised is
 * settled or not, and the process ends. For programs of one thread.
 */
#ifndef FAULTS_DISK_H
#define FAULTS_DISK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum disk_kind {
	DISK_HONEST,    /* does what it says */
	DISK_NO_SYNC,   /* synchronising a file does nothing, and says it did */
	DISK_NO_COMMIT, /* the same for files that were there: SQLite's synchronous=OFF */
	DISK_NO_FOLDER, /* the same for the folder */
};

/* How a process ends in an operation. */
enum { DISK_POWER_GONE = 77, DISK_KILLED = 78 };

struct disk_plan {
	enum disk_kind kind;
	uint64_t seed;
	uint64_t until;      /* the process ends in this operation, from 1; 0: in none */
	bool only_killed;    /* it is killed, and the power stays */
	uint64_t sync_until; /* this synchronisation fails with EIO, its sectors lost; 0: none */
	/*
	 * Where the system's memory is kept while the power stays, from one process to the next:
	 * two names of its own, `cache` and `cache.files`, of which the second is a folder on the
	 * same file system. The power has gone: remove both.
	 */
	const char *cache;
};

/* From now on. */
void disk_start(const char *folder, const struct disk_plan *plan);

/* The process ends by itself; then the power goes, or stays. */
void disk_stop(bool power_goes_then);

#endif
