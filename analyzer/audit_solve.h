/*
 * audit_solve.h - how far can hidden counts go? Linear and integer programming over one component
 * of a system, by GLPK. Limits are numbers of iterations and of nodes, never seconds, so that the
 * same system always gives the same answer.
 */
#ifndef ANALYZER_AUDIT_SOLVE_H
#define ANALYZER_AUDIT_SOLVE_H

#include "analyzer/audit_system.h"

/* What an audit asks of every hidden count that might be a small one. */
struct audit_demand {
	long values; /* k: as many values must remain possible */
	/*
	 * The attacker knows that something is suppressed because something is small: only tables
	 * count in which some count of the component gives a reason.
	 */
	bool reason;
};

/* How much work it was, for figures. */
struct audit_effort {
	unsigned long lps, mips, uncertain; /* uncertain: wide by linear programming, unproved */
};

/*
 * Judge all variables of a narrowed system: sets `unsafe`, `seen_*`, and narrows `low` and `high`
 * where linear programming says more. A variable that may have a value of its ranges is safe only
 * if two whole tables that fit were found in which it is `values` - 1 apart; what stays undecided
 * is unsafe. ERR_INPUT: no table fits.
 */
int audit_solve(struct audit_system *s, const struct audit_demand *demand,
                struct audit_effort *effort, struct err *err);

#endif
