/*
 * audit_system.h - whole numbers that nobody published and what is known of their sums: the form in
 * which everything that an attacker knows is written down.
 */
#ifndef ANALYZER_AUDIT_SYSTEM_H
#define ANALYZER_AUDIT_SYSTEM_H

#include "lib/base/err.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A hidden count. */
struct audit_variable {
	long low, high; /* that it cannot leave: at first what its base says, then what sums say */
	/* Values that would give somebody away, as ranges; empty where first > last. */
	long small_first, small_last; /* 1 .. k-1 */
	long great_first, great_last; /* all but 1 .. k-1 of the base, or all of it */
	bool exempt; /* published on purpose by other numbers: not judged */
	/* Whole tables that fit hold each value between these; seen_low > seen_high: none found. */
	long seen_low, seen_high;
	bool unsafe;
};

struct audit_term {
	size_t variable;
	int coefficient;
};

/* low <= sum of the terms <= high; LONG_MIN and LONG_MAX are open ends. */
struct audit_row {
	size_t first, n; /* terms */
	long low, high;
};

/* Start as {0}; end with audit_system_finish(). Adding never fails: look at `failed` once. */
struct audit_system {
	struct audit_variable *variables;
	struct audit_row *rows;
	struct audit_term *terms;
	size_t n_variables, n_rows, n_terms;
	size_t cap_variables, cap_rows, cap_terms;
	bool failed; /* out of memory */
};

size_t audit_system_variable(struct audit_system *s, const struct audit_variable *v);

/* Begin a row, add its terms, then say what it lies between. A row without terms is dropped. */
void audit_system_row(struct audit_system *s);
void audit_system_term(struct audit_system *s, size_t variable, int coefficient);
void audit_system_close(struct audit_system *s, long low, long high);

void audit_system_finish(struct audit_system *s);

/*
 * Narrow every variable to what one row after the other leaves of it, until nothing changes.
 * ERR_INPUT: no numbers fit.
 */
int audit_system_narrow(struct audit_system *s, struct err *err);

/*
 * Variables that some chain of rows ties together: component[v] is a number from 0, *n how many
 * there are. Both belong to the caller. Variables that are known already tie nothing.
 */
int audit_system_components(size_t **component, size_t *n, const struct audit_system *s,
                            struct err *err);

#endif
