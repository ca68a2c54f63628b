/*
 * show.h - a questionnaire to look at: an outline for the terminal, and paper to fill in.
 *
 * show_outline.c        the outline, wrapped to 80 columns by show_wrap.c
 * show_paper.c          the paper: introduction, sections, questions, routing in words
 * show_paper_answer.c   where people tick and write, for each type
 * show_paper_style.c    its style sheet
 * show_route.c          where to go from which answer (show_known.c: what is known there)
 * condition.c           conditions in words
 */
#ifndef FORMS_SHOW_H
#define FORMS_SHOW_H

#include "forms/form.h"
#include "forms/study.h"
#include "forms/words.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

/* What to show. All pointers are borrowed. */
struct show {
	const struct form *form;
	const struct words *words;
	const struct study *study; /* contact and support on paper; NULL: none */
	size_t language;           /* index in form.languages */
	bool colour;               /* of the outline */
};

/* The outline, lines of at most 80 columns. ERR_NOMEM. */
int show_outline(struct buf *out, const struct show *s, struct err *err);

/* One HTML document that needs nothing else, to be printed on A4. ERR_NOMEM. */
int show_paper(struct buf *out, const struct show *s, struct err *err);

#endif
