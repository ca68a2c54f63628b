/*
 * gate_table.h - who is at the door and who is through it: a table of connections by descriptor, and
 * which of them go when their time is over or when there are too many. Shared by the gate's thread
 * and by those that close connections.
 */
#ifndef COLLECTOR_GATE_TABLE_H
#define COLLECTOR_GATE_TABLE_H

#include "collector/gate.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum gate_place {
	GATE_NOWHERE,
	GATE_OUTSIDE, /* the head has not come */
	GATE_LEAVING, /* refused; its reply is on the way */
	GATE_INSIDE,  /* somebody else's */
	GATE_OVER,    /* somebody else's, shut down by us */
};

/* A connection, at the index of its descriptor. */
struct gate_entry {
	enum gate_place place;
	bool begun; /* it has sent something */
	uint16_t counter;
	uint32_t read; /* bytes, while GATE_LEAVING */
	int64_t since; /* milliseconds */
};

struct gate_table {
	struct gate_limits limits;
	pthread_mutex_t lock; /* over what follows */
	struct gate_entry *entries;
	size_t n, count; /* count: all but those that are over */
};

/* Milliseconds of the monotonic clock. */
int64_t gate_now(void);

int gate_table_init(struct gate_table *t, const struct gate_limits *limits);
void gate_table_finish(struct gate_table *t);

void gate_table_move(struct gate_table *t, int fd, enum gate_place place);
bool gate_table_full(struct gate_table *t);

/* Is a request waiting outside that has begun, or a reply on its way to somebody who was refused? */
bool gate_table_awaited(struct gate_table *t);

/* End every connection whose time is over; half of all connections in use makes it shorter. */
void gate_table_watch(struct gate_table *t);

/* Room for new connections at the cost of the worst. False: everybody has a right to be here. */
bool gate_table_make_room(struct gate_table *t);

/* Close everybody who is not inside. */
void gate_table_drop_all(struct gate_table *t);

#endif
