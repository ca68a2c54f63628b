/* disclose_private.h - what the files of protection share. */
#ifndef ANALYZER_DISCLOSE_PRIVATE_H
#define ANALYZER_DISCLOSE_PRIVATE_H

#include "analyzer/disclose.h"
#include "lib/base/err.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* declined, blank and not asked stand behind the answers as three columns more */
enum { DISCLOSE_KINDS = 3 };

enum disclose_mark {
	DISCLOSE_OPEN,
	DISCLOSE_PRIMARY,
	DISCLOSE_COMPLEMENTARY,
	DISCLOSE_FIXED, /* complementary, and it stays: an earlier release suppressed it */
};

/*
 * The slots of a table as edges of a graph in which "parts add up to the whole" is conservation of
 * flow: the total leads back from the end to the start, a region from the start to a node of its
 * own, a pair from its region's to its language's, a language to the end.
 */
struct disclose_graph {
	size_t *from, *to; /* nodes, by slot */
	size_t nodes;
};

/* One table's exact counts and which of them are suppressed: slots x columns. */
struct disclose_grid {
	const struct release *release; /* whose counts are protected; only groups are looked at */
	const struct release_table *table;
	struct disclose_rule rule;
	bool full;       /* an answer of everybody is a primary one */
	bool routed;     /* not_asked is another question's count, and published like it */
	size_t slots, columns;
	long *value;     /* [slot * columns + column] */
	uint8_t *mark;   /* enum disclose_mark */
	double *cost;    /* what suppressing loses */
	long *moved;     /* room for a table */
	struct disclose_graph graph;
};

/* disclose_grid.c. `costly` (may be NULL): by column, others' routes depend on it. */
int disclose_grid_create(struct disclose_grid *g, const struct release *r, size_t table,
                         const struct disclose_rule *rule, const bool *costly, struct err *err);
void disclose_grid_finish(struct disclose_grid *g);

/* A count of a slot by its column. */
long disclose_count(const struct release_table *t, const struct release_slot *s, size_t column);
void disclose_set_count(const struct release_table *t, struct release_slot *s, size_t column,
                        long count);

/* What counts as small, or nearly everybody, or everybody: 1 .. k-1 of a base, and so on. */
bool disclose_telling(const struct disclose_grid *g, size_t cell, long count, long base);

/* Non-response that people less base gives: suppressed for looks, needs no protection. */
bool disclose_given(const struct disclose_grid *g, size_t cell);

/* May this cell be suppressed at all? Not what everybody knows to be 0. */
bool disclose_allowed(const struct disclose_grid *g, size_t cell);

/*
 * disclose_flow.c: by how much can the cell change, up or down or both, with what is suppressed
 * now? At most `need`. disclose_flow() leaves the changed table in g->moved.
 */
long disclose_flow(struct disclose_grid *g, size_t cell, bool up, long need);
long disclose_width(struct disclose_grid *g, size_t cell, long need);
/* The same, and which cells the tables that prove it change (cells bytes, 0 or 1). */
long disclose_witness(uint8_t *used, struct disclose_grid *g, size_t cell, long need);

/*
 * disclose_cycle.c: suppress the cheapest further counts so that the cell can change by `need`.
 * False: there are none.
 */
bool disclose_widen(struct disclose_grid *g, size_t cell, long need);

/* disclose_cells.c: primary, then complementary. False: some cell cannot be protected: *cell. */
bool disclose_suppress(struct disclose_grid *g, size_t *cell);

/* Two columns between which people are moved, cell by cell. */
struct disclose_pair {
	size_t a, b; /* b: SIZE_MAX: those of the base who did not give answer a */
};

/*
 * disclose_flow.c, for disclose_cycle.c: how many people one of the two can spare in g->moved, when
 * `keep` is the cell in question; -1: none of them may be moved.
 */
long disclose_spare(const struct disclose_grid *g, const struct disclose_pair *pair, size_t slot,
                    bool first, size_t keep);
size_t disclose_partners(const struct disclose_grid *g, size_t column, struct disclose_pair *out);

#endif
