/* micro_private.h - what the files of microdata share. */
#ifndef ANALYZER_MICRO_PRIVATE_H
#define ANALYZER_MICRO_PRIVATE_H

#include "analyzer/micro.h"
#include "analyzer/micro_quasi.h"

/* What variables are made from. */
struct micro_build {
	struct micro *m;
	const struct batch *b;
	const struct micro_request *r;
	struct micro_quasi quasi[MICRO_QUASI_MAX];
	const struct batch_column *column[MICRO_QUASI_MAX]; /* of each; NULL: region, language */
	size_t n_quasi;
	bool *keep;   /* by person of the batch */
	size_t *person; /* of each row */
};

/* micro_choose.c: which answers identify, as they are. */
int micro_choose(struct micro_build *w, struct err *err);

/* micro_variable.c: a variable for each column; quasi-identifiers as they have become. */
int micro_variables(struct micro_build *w, struct err *err);

/* The code that says why there is no answer. */
double micro_missing_code(const struct micro_variable *v, enum micro_missing missing);

#endif
