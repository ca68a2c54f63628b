/* study_released.h - which rounds of a study have a release, by the names of the files. */
#ifndef FORMS_STUDY_RELEASED_H
#define FORMS_STUDY_RELEASED_H

#include "lib/base/err.h"

#include <stdbool.h>

struct study;

enum { STUDY_ROUND = 32 }; /* a round's name, with its end */

struct study_released {
	char round[STUDY_ROUND];
};

/* Is it "ROUND-NN.json"? Then the round's name is put into `round`. */
bool study_released_name(char round[STUDY_ROUND], const char *name);

/* The rounds, each once, in no order; "" at the end. The caller frees *out. ERR_NOMEM. */
int study_released(struct study_released **out, const struct study *s, struct err *err);

#endif
