/* expression_function.h - the functions of expressions by name. Private to forms/expression*.c. */
#ifndef FORMS_EXPRESSION_FUNCTION_H
#define FORMS_EXPRESSION_FUNCTION_H

#include "forms/expression_value.h"

enum { EXPRESSION_ARGUMENTS = 64 };

struct expression_function {
	const char *name;
	size_t least, most; /* arguments */
	/* `call` has that many operands. `out` is {0}. */
	void (*evaluate)(struct expression_value *out, const struct expression *call,
	                 struct expression_run *run);
	double (*number)(double); /* instead: a number of a number */
	bool self;                /* without an argument it is about "." */
};

/* NULL: there is none of that name (the first `n` bytes). Names are case-sensitive. */
const struct expression_function *expression_function(const char *name, size_t n);

/* Why a function that XLSForm has is not to be had here; NULL if it is not one of those. */
const char *expression_function_refused(const char *name, size_t n);

/* The first argument's number, and so on, evaluated where it is asked for. */
double expression_function_number(const struct expression *call, size_t i,
                                  struct expression_run *run);

#endif
