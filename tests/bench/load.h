/* load.h - many people at once: connections that send made-up people's answers and time the replies. */
#ifndef TESTS_BENCH_LOAD_H
#define TESTS_BENCH_LOAD_H

#include "lib/base/err.h"
#include "tests/bench/people.h"

#include <netinet/in.h>
#include <stdbool.h>
#include <stddef.h>

struct load {
	struct sockaddr_in to;
	const struct person *people;
	size_t n_people;
	size_t connections; /* at a time, at most */
	double seconds;
	double rate;     /* a second, whether or not earlier ones are answered; 0: one after the other */
	double patience; /* seconds until an unanswered request has failed */
	bool withdraw;   /* withdraw each submission after its receipt, so that the store stays small */
	const char *get; /* GET this path instead of sending answers */
	bool keep;       /* several requests a connection, where the server lets us */
	/* Called about once a second of the load; NULL is fine. */
	void (*tick)(void *ctx, double second);
	void *ctx;
};

enum { LOAD_BUCKETS = 2048 };

struct load_result {
	size_t done;      /* answered 200, whole */
	size_t withdrawn; /* of them */
	size_t refused;   /* answered with another status; `status` is the last of these */
	unsigned status;
	size_t broken;    /* not connected, or cut off */
	size_t late;      /* not answered in time, or not even begun for want of connections */
	double seconds;   /* from the first request to the last reply */
	double processor; /* seconds of the load generator itself */
	double max;       /* the longest reply, seconds */
	size_t bucket[LOAD_BUCKETS]; /* of the replies that were whole, by time, in steps of 1% */
};

/*
 * Send, and wait for the last reply. In the time of a reply the connection is included; with a rate
 * it counts from when the request was due. -1 with err set where this machine fails, not the server.
 */
int load_run(struct load_result *out, const struct load *load, struct err *err);

/* The time in seconds that a share (0.5, 0.99) of the replies took at most. */
double load_percentile(const struct load_result *r, double share);

/* How many requests there were. */
size_t load_total(const struct load_result *r);

/* "127.0.0.1:8080" or "http://127.0.0.1:8080/" -> `to`. */
int load_address(struct sockaddr_in *to, const char *where, struct err *err);

/* This process may open as many files as the system lets it. */
void load_raise_limit(void);

#endif
