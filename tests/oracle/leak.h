/*
 * leak.h - stores that do tell something, each in its own way: what the oracle must find, so that
 * its silence about the real store means something.
 */
#ifndef ORACLE_LEAK_H
#define ORACLE_LEAK_H

#include "lib/record/store.h"

#include <stdbool.h>

enum leak {
	LEAK_NONE,
	LEAK_ORDERED,  /* rows filled from the first to the last */
	LEAK_APPENDED, /* growth by appending: later half, later rows */
	LEAK_BATCHES,  /* moved in from an inbox in shuffled batches */
	LEAK_TOGETHER, /* a submission's records beside each other, anywhere */
	LEAK_INPAGE,   /* any page, but the first free row in it */
	LEAK_FREED,    /* withdrawn rows are deleted, not overwritten */
	LEAK_JOURNAL,  /* a rollback journal that stays */
	LEAK_BACKUPS,  /* backups encrypted with one key stream */
	LEAKS
};
extern const char *const leak_name[LEAKS];

/* Does this leak write rows in its own way? Then leak_put() takes the place of the store. */
bool leak_writes(enum leak leak);

struct leak_writer;

/* The store at `path`, made by store_create() with `submissions`, not open. Aborts on failure. */
struct leak_writer *leak_open(const char *path, const struct store_shape *shape,
	size_t submissions, enum leak leak);
void leak_put(struct leak_writer *w, const struct store_submission *sub);
void leak_withdraw(struct leak_writer *w, const struct store_submission *sub);
/* With every row there, as a store must be; a journal is removed unless `keep`. */
void leak_mend(struct leak_writer *w);
void leak_close(struct leak_writer *w);

#endif
