/*
 * store_file.h - the SQLite file of a store: opening it safely, and checking that it is one before
 * a row is believed. Also what all store files share: SQL, tables, faults.
 */
#ifndef RECORD_STORE_FILE_H
#define RECORD_STORE_FILE_H

#include "lib/record/store_header.h"

#include <sqlite3.h>

/* "PSRV": application_id in SQLite's header. */
enum { STORE_APPLICATION = 0x50535256 };

/* The statements that make the tables, in this order; nothing else may be in a store. */
enum { STORE_FILE_TABLES = 1 + RECORD_KINDS };
extern const char *const store_file_schema[STORE_FILE_TABLES];
extern const char *const store_file_table[RECORD_KINDS];

struct store_file {
	int fd;      /* holds the lock; closed last: closing drops SQLite's own locks */
	sqlite3 *db;
	char *path;
};

/*
 * Open for collecting (`writable`) or reading, with all locks held and nothing written. On failure
 * `f` is finished. ERR_IO ("in use"), ERR_INPUT (not a store, damaged).
 */
int store_file_open(struct store_file *f, const char *path, bool writable, struct err *err);
/* A database image in memory; copied. `name` stands for the path in messages. */
int store_file_open_image(struct store_file *f, const void *image, size_t n, struct err *err);
void store_file_finish(struct store_file *f);

/* Tables as they must be, header read. Of a file for reading, SQLite's lock is held from then on. */
int store_file_header(const struct store_file *f, struct store_header *h, struct err *err);

/* The same, and pages sound. */
int store_file_check(const struct store_file *f, struct store_header *h, struct err *err);

/* Run statements without results. */
int store_file_run(const struct store_file *f, const char *sql, struct err *err);

/* Set `err` from the connection's last fault. Always returns -1. */
int store_file_fault(const struct store_file *f, const char *what, struct err *err);

/*
 * The path as SQLite may have it: "file:..." and ":memory:" are not files to it. Owned by the
 * caller; NULL with err set when out of memory.
 */
char *store_file_plain_path(const char *path, struct err *err);

/*
 * Write random bytes over a file that has lost its name, so that the disk keeps less of it. Best
 * effort: a solid-state disk or a file system that copies on write keeps what it likes.
 */
void store_file_overwrite(const struct store_file *f);

/* Round the file's times down to the day. Best effort. */
void store_file_blur_times(const struct store_file *f);

#endif
