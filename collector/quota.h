/*
 * quota.h - how often the same place may send, without knowing who is there. A few thousand
 * counters, shared by everybody: an address picks one by a hash whose key lives for less than an
 * hour and is then forgotten with all counts. Thousands of addresses share each counter, so that
 * what is in memory names nobody.
 */
#ifndef COLLECTOR_QUOTA_H
#define COLLECTOR_QUOTA_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

/* What the operator lets in; survey-collect --flood. */
enum quota_mode {
	QUOTA_NORMAL, /* generous: a drop-in centre behind one address */
	QUOTA_TIGHT,  /* while somebody floods the survey */
	QUOTA_PAUSED, /* nothing is taken; people keep their answers and are asked to come later */
};

enum quota_verdict { QUOTA_TAKE, QUOTA_MUCH /* from this place for now */, QUOTA_PAUSE };

enum {
	QUOTA_COUNTERS = 4096,
	QUOTA_EVERYBODY = QUOTA_COUNTERS, /* where an address means nothing: one counter for all */
	QUOTA_PERIOD = 1800,              /* seconds that a key and its counts live */
	QUOTA_EACH = 300,                 /* submissions a period and counter, and when tight */
	QUOTA_EACH_TIGHT = 20,
	QUOTA_ALL = 100000, /* the same for the counter of everybody */
	QUOTA_ALL_TIGHT = 1000,
};

struct quota;

int quota_create(struct quota **out, struct err *err);
void quota_free(struct quota *q); /* NULL is fine */

/*
 * The counter of a peer: an IPv4 address, the first 64 bits of an IPv6 address. QUOTA_EVERYBODY for
 * loopback and for anything else, such as a Unix socket: whoever is there is a proxy or an onion
 * service, and stands for everybody. The address is read and forgotten.
 */
unsigned quota_counter(struct quota *q, const struct sockaddr *peer, socklen_t n);

/* May a submission come from this counter? Counts it, if so. Any thread. */
enum quota_verdict quota_take(struct quota *q, unsigned counter);

void quota_set(struct quota *q, enum quota_mode mode);

/* For tests: as quota_take(), with the time of the monotonic clock in seconds. */
enum quota_verdict quota_take_at(struct quota *q, unsigned counter, int64_t now);

#endif
