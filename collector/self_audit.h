/*
 * self_audit.h - what somebody learns who takes this machine: the store, the files beside it, the
 * logs of whatever stands in front, and the host are looked at, and said in plain words.
 *
 * Nothing that is found is repeated: a finding names a file, a line and the kind of thing.
 */
#ifndef COLLECTOR_SELF_AUDIT_H
#define COLLECTOR_SELF_AUDIT_H

#include "collector/round.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/base/findings.h"
#include "lib/record/store.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum self_audit_part {
	SELF_AUDIT_STORE,
	SELF_AUDIT_FILES,
	SELF_AUDIT_LOGS,
	SELF_AUDIT_HOST,
	SELF_AUDIT_PARTS
};

enum self_audit_answer { SELF_AUDIT_UNKNOWN, SELF_AUDIT_NO, SELF_AUDIT_YES };

/*
 * Errors must not be there, warnings should not, advice is good to know. Beside the findings, what
 * the summary is made of.
 */
struct self_audit {
	const struct round *round;
	struct findings part[SELF_AUDIT_PARTS];
	bool running;              /* a collector is */
	bool looked;               /* into the store; then `store` is set */
	struct store_audit store;
	bool in_clear, copies, keys, journals; /* files that must not be there: answers, ... */
	size_t logs;               /* that were read */
	unsigned log_kinds;        /* bits of enum self_audit_kind */
	bool keeps_history;        /* the file system keeps older blocks */
	bool virtual_machine;
	enum self_audit_answer encrypted; /* the disk under the store */
};

/*
 * Look at everything. `logs` are paths, "-" is standard input. `root` is "" or, in tests, a folder
 * with a proc, sys and var of its own. Asks the collector of the round when one runs; opens the
 * store for reading otherwise. What cannot be looked at is a finding. On failure (ERR_NOMEM) `out`
 * is empty. `round` must outlive `out`.
 */
int self_audit(struct self_audit *out, const struct round *round, char *const *logs, size_t n_logs,
               const char *root, struct err *err);
void self_audit_finish(struct self_audit *a);

/* The report as text for a terminal. */
void self_audit_write(struct buf *out, const struct self_audit *a);

/* How many things must not be there. */
size_t self_audit_wrong(const struct self_audit *a);

/* The reply to CONTROL_AUDIT: the store's part as bytes. Reading is ERR_IO if they are not one. */
void self_audit_store_put(struct buf *out, const struct store_audit *a);
int self_audit_store_get(struct store_audit *out, const struct buf *bytes, struct err *err);

#endif
