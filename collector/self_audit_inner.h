/* self_audit_inner.h - the parts of the self-audit, for its own files and their tests. */
#ifndef COLLECTOR_SELF_AUDIT_INNER_H
#define COLLECTOR_SELF_AUDIT_INNER_H

#include "collector/self_audit.h"
#include "forms/form.h"

#include <stdint.h>

/* --- lines (self_audit_line.c) --- */

/* What a line of a log can tell of somebody. */
enum self_audit_kind {
	SELF_AUDIT_IPV4,
	SELF_AUDIT_IPV6,
	SELF_AUDIT_HARDWARE,  /* a network card's address */
	SELF_AUDIT_NAME,      /* the name of a visitor's machine, or what stands for it */
	SELF_AUDIT_USER,      /* a user who had to log in */
	SELF_AUDIT_TIMED,     /* a request, with its time */
	SELF_AUDIT_REQUEST,   /* a request, without one */
	SELF_AUDIT_SENT,      /* one that sent something */
	SELF_AUDIT_AGENT,     /* browser */
	SELF_AUDIT_LANGUAGE,  /* of the browser */
	SELF_AUDIT_REFERRER,
	SELF_AUDIT_COOKIE,
	SELF_AUDIT_ANSWERS,   /* the content of a form */
	SELF_AUDIT_SPOOLED,   /* a request or a page was written to a file */
	SELF_AUDIT_CIRCUIT,   /* visits as Tor sees them */
	SELF_AUDIT_KINDS
};

/* Who writes such lines. */
enum self_audit_program {
	SELF_AUDIT_ACCESS, /* nginx, Apache and others: common log format */
	SELF_AUDIT_NGINX,  /* its error log */
	SELF_AUDIT_CADDY,
	SELF_AUDIT_TOR,
	SELF_AUDIT_JOURNAL, /* systemd's, as text */
	SELF_AUDIT_PROGRAMS
};

/* The ids of a questionnaire's questions, to know answers by; borrowed from the form. */
struct self_audit_ids {
	const char **list; /* sorted */
	size_t n;
};

/* `form` may be NULL: none. */
int self_audit_line_ids(struct self_audit_ids *out, const struct form *form, struct err *err);
void self_audit_line_ids_finish(struct self_audit_ids *ids);

/* What is in a line, as bits of the two enums. `line` is changed (percent codes of : and .). */
unsigned self_audit_line(unsigned *programs, char *line, size_t n,
                         const struct self_audit_ids *ids);

/* --- addresses (self_audit_address.c) --- */

/*
 * Which addresses are in a line: bits of SELF_AUDIT_IPV4, _IPV6, _HARDWARE, _NAME. Only what can be
 * a visitor's: no version number, no time, not this machine's own 127.0.0.1 or ::1, no multicast.
 */
unsigned self_audit_address(const char *line, size_t n);

/* --- logs (self_audit_log.c) --- */

struct self_audit_seen {
	uint64_t lines;
	struct {
		uint64_t lines, first; /* number of the first, from 1 */
	} kind[SELF_AUDIT_KINDS];
	unsigned kinds, programs;
	const char *unread; /* what it is instead of text; NULL: it was read */
};

/* Read to the end. ERR_IO, ERR_NOMEM. */
int self_audit_log_scan(struct self_audit_seen *out, int fd, const struct self_audit_ids *ids,
                        struct err *err);
const char *self_audit_log_name(enum self_audit_kind kind);
void self_audit_log(struct self_audit *a, char *const *logs, size_t n,
                    const struct self_audit_ids *ids);

/* --- files (self_audit_sniff.c, self_audit_files.c) --- */

enum self_audit_content {
	SELF_AUDIT_PLAIN, /* text that says nothing by itself */
	SELF_AUDIT_BINARY,
	SELF_AUDIT_EMPTY,
	SELF_AUDIT_STORE_FILE,
	SELF_AUDIT_DATABASE,
	SELF_AUDIT_ROLLBACK, /* a journal of SQLite's */
	SELF_AUDIT_BACKUP,
	SELF_AUDIT_KEY, /* of a custodian */
	SELF_AUDIT_CORE,
	SELF_AUDIT_CLEAR, /* answers in clear */
	SELF_AUDIT_PACKED, /* compressed, an archive, a workbook */
};

enum { SELF_AUDIT_SNIFF = 65536 /* bytes of a file's start that are enough */ };

/* What a file holds, by its first bytes. */
enum self_audit_content self_audit_sniff(const char *bytes, size_t n,
                                         const struct self_audit_ids *ids);

/* A file's first bytes, of which there is room for SELF_AUDIT_SNIFF; -1: see errno. */
ssize_t self_audit_sniff_file(char *bytes, const char *path);
/* A finding for what is wrong wherever it lies; returns whether it is that. */
bool self_audit_sniff_say(struct self_audit *a, const char *place, enum self_audit_content content);

/* The study folder, and the folders around it. */
void self_audit_files(struct self_audit *a, const struct self_audit_ids *ids);

/* --- store, host --- */

/* `*collector`: the process id of the running one, or 0. */
void self_audit_store(struct self_audit *a, pid_t *collector);
/* A finding for everything in it that must not be there. */
void self_audit_store_faults(struct findings *f, const struct store_audit *s);

void self_audit_host(struct self_audit *a, const char *root, pid_t collector, char *const *logs,
                     size_t n_logs);

/* The disk under a path (self_audit_disk.c). */
struct self_audit_disk {
	char type[32];    /* of the file system; "" if it cannot be told */
	bool data_journal; /* ext4 data=journal */
	bool solid;       /* no rotating disk */
	enum self_audit_answer encrypted;
};

void self_audit_disk(struct self_audit_disk *out, const char *path, const char *root);
/* Of a device by its name in /proc/swaps, "/dev/dm-0". */
enum self_audit_answer self_audit_disk_encrypted(const char *device, const char *root);

#endif
