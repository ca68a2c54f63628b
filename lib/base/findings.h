/* findings.h - many findings about one thing: grade, place, text. */
#ifndef BASE_FINDINGS_H
#define BASE_FINDINGS_H

#include "lib/base/err.h"

#include <stddef.h>

enum finding_grade { FINDING_ERROR, FINDING_WARNING, FINDING_ADVICE };

struct finding {
	enum finding_grade grade;
	char *place; /* "questions[3].label" or "line 12"; owned */
	char *text;  /* one line; owned */
};

/* Start as `struct findings f = {0}`; end with findings_finish(). */
struct findings {
	struct finding *list;
	size_t n, cap;
	int failed; /* a finding was lost for want of memory */
};

/*
 * Add one. `place` is copied; the text is formatted; control characters in both become '?'.
 * Failure is sticky: see findings.failed.
 */
void findings_add(struct findings *f, enum finding_grade grade, const char *place, const char *fmt,
                  ...) __attribute__((format(printf, 4, 5)));

/* How many have this grade. */
size_t findings_count(const struct findings *f, enum finding_grade grade);

/* "error", "warning", "advice" */
const char *finding_grade_name(enum finding_grade grade);

void findings_finish(struct findings *f);

#endif
