/* ceiling.h - what this machine could do at best, to compare the collector with. */
#ifndef TESTS_BENCH_CEILING_H
#define TESTS_BENCH_CEILING_H

#include "lib/base/err.h"
#include "lib/record/store.h"

enum { CEILING_THREADS = 2 };

struct ceiling {
	double rate;       /* records a second */
	double cost;       /* seconds of processor a record */
	double processors; /* that the two threads had: less than 2 where others use the machine, too */
};

/* Two threads that seal records of the sizes of whole submissions; all 0 if that failed. */
struct ceiling ceiling_seal(const struct store_shape *shape, const struct seal_key *key,
                            double seconds);

/*
 * Submissions a second in a plain SQLite table: their records appended under random keys, `group`
 * submissions a transaction, write-ahead log, synchronous=FULL. In a file of its own in `folder`,
 * removed afterwards. 0: it failed.
 */
double ceiling_sqlite(const struct store_shape *shape, const char *folder, size_t group,
                      double seconds);

#endif
