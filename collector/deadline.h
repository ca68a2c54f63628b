/*
 * deadline.h - no connection lives longer than one request may take. The HTTP library's own limit
 * counts idle time only: a byte a second would hold a connection for ever.
 */
#ifndef COLLECTOR_DEADLINE_H
#define COLLECTOR_DEADLINE_H

#include "lib/base/err.h"

struct deadline;
struct deadline_entry;

/* Start the thread that watches. */
int deadline_start(struct deadline **out, unsigned seconds, struct err *err);
void deadline_stop(struct deadline *d); /* NULL is fine; no entry may be left */

/* From now on `fd` has so many seconds, then it is shut down (not closed). NULL: out of memory. */
struct deadline_entry *deadline_add(struct deadline *d, int fd);
/* The connection has ended; before its descriptor is closed. NULL is fine. */
void deadline_remove(struct deadline *d, struct deadline_entry *e);

#endif
