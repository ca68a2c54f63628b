/* crowd.h - many people whose forms are half sent, all at the same time. */
#ifndef TESTS_BENCH_CROWD_H
#define TESTS_BENCH_CROWD_H

#include "tests/bench/load.h"

struct crowd;

/*
 * Open `n` connections, and send each one's form but for its second half. -1 with err set where
 * that cannot be; a connection that the server does not take is found by crowd_finish().
 */
int crowd_gather(struct crowd **out, const struct load *load, size_t n, struct err *err);

/* Send the rest. Returns how many were answered 200. */
size_t crowd_finish(struct crowd *c);
void crowd_free(struct crowd *c); /* NULL is fine */

#endif
