/*
 * operate.h - an operator's work on a round's store: through the collector when one is running, on
 * the store itself when none is. Nobody ever opens the store of a running collector.
 */
#ifndef COLLECTOR_OPERATE_H
#define COLLECTOR_OPERATE_H

#include "collector/commit.h"
#include "collector/control.h"
#include "collector/round.h"
#include "collector/submit.h"
#include "lib/base/err.h"

#include <stddef.h>
#include <stdint.h>

struct operate;

/* `round` must outlive it. The caller owns *out. */
int operate_open(struct operate **out, const struct round *round, struct err *err);
void operate_free(struct operate *o); /* NULL is fine */

/*
 * Store up to CONTROL_GROUP submissions; each one's result is COMMIT_DONE or COMMIT_KNOWN. Anything
 * else is an error (ERR_IO, ERR_INPUT: closed): then some may be stored, and storing them again
 * stores nothing twice.
 */
int operate_submit(struct operate *o, const struct submit *list, size_t n,
                   enum commit_result *results, struct err *err);

/* Write a backup to a new file; ERR_INPUT if it exists. On failure nothing is left. */
int operate_backup(struct operate *o, const char *path, struct err *err);

/* Tell the running collector what to let in. ERR_INPUT if none is running. */
int operate_flood(struct operate *o, enum quota_mode mode, struct err *err);

/* Submissions in the store, in seconds a gigabyte. */
int operate_count(uint64_t *out, struct operate *o, struct err *err);

/* End the round. */
int operate_close(struct operate *o, struct err *err);

#endif
