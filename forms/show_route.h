/*
 * show_route.h - the way through a questionnaire on paper: the questions' numbers, at which answers
 * to leave the order, and which conditions still have to be written out.
 */
#ifndef FORMS_SHOW_ROUTE_H
#define FORMS_SHOW_ROUTE_H

#include "forms/form.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define SHOW_ROUTE_NEXT SIZE_MAX /* go on in order */

/* Where people go: the index of a numbered question, n_questions for the end, or NEXT. */
struct show_route_question {
	bool written;     /* its condition has to be said: not everybody who comes here is asked */
	size_t otherwise; /* where those go who are not */
	size_t then;      /* where an answer without an arrow of its own leads */
	size_t *arrow;    /* by choice, declined last; NEXT: as `then` says */
};

struct show_route_section {
	bool written;
	size_t otherwise;
	size_t first, last; /* numbers; 0: it has no numbered question */
};

struct show_route {
	size_t *number; /* by question: 1, 2, ...; 0 for notes and calculations */
	struct show_route_question *questions;
	struct show_route_section *sections;
	size_t *arrows; /* memory of the questions' arrows */
};

/* Work it out. The caller owns *out; ERR_NOMEM. */
int show_route_create(struct show_route **out, const struct form *f, struct err *err);
void show_route_free(struct show_route *r);

#endif
