/*
 * gate.h - the door: takes connections, looks at the head of each request without taking it, turns
 * away what is malformed, and lets the rest in. Watches over the time of every connection until it
 * is closed, and makes room when too many wait or dawdle.
 *
 * One connection is one request. Times are of the monotonic clock and go with the connection; of a
 * peer's address only the number of a shared counter is kept (quota.h).
 */
#ifndef COLLECTOR_GATE_H
#define COLLECTOR_GATE_H

#include "collector/quota.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct gate_limits {
	size_t connections; /* at a time, inside and outside */
	unsigned head;      /* seconds for the head of a request */
	unsigned whole;     /* seconds for a whole request and its reply */
};

/* Called by the gate's thread. */
struct gate_handler {
	/*
	 * The head is whole: the connection is the handler's, who calls gate_leave() right before
	 * closing it. The bytes of the head are still to be read. False: it is closed already.
	 */
	bool (*enter)(void *ctx, int fd);
	/* Append the whole HTTP reply to a request whose head deserves `status`. */
	void (*refuse)(void *ctx, unsigned status, struct buf *reply);
	void *ctx;
};

struct gate;

/*
 * Start to take connections from the `n` listening sockets, which are non-blocking and the gate's
 * from now on, also on failure. `quota` must outlive it.
 */
int gate_start(struct gate **out, const int *listening, size_t n, const struct gate_limits *limits,
               struct quota *quota, const struct gate_handler *handler, struct err *err);

/* The handler closes a connection. Any thread. */
void gate_leave(struct gate *g, int fd);

/* The counter that a connection's submissions count in. Any thread. */
unsigned gate_counter(struct gate *g, int fd);

/*
 * Take what has come already, then nothing more: the sockets are closed. Waits until no request
 * that has begun is waiting outside, `seconds` at most, and ends the thread; what is inside may
 * still call gate_leave().
 */
void gate_close(struct gate *g, unsigned seconds);
void gate_free(struct gate *g); /* after gate_close() and the last gate_leave(); NULL is fine */

#endif
