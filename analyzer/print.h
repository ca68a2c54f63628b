/*
 * print.h - counts for people to read and for other programs: tables for a terminal, tidy CSV,
 * JSON. Exact counts are labelled as not audited; a release prints suppressed counts as a dot.
 */
#ifndef ANALYZER_PRINT_H
#define ANALYZER_PRINT_H

#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/release/release.h"

#include <stdbool.h>
#include <stddef.h>

#define PRINT_NOTICE "not audited, not for publication"

/* How a release is shown: labels from the form, in one of its languages. */
struct print_view {
	const struct form *form;
	size_t language; /* index in form->languages */
	bool exact;      /* the researcher's own view of exact counts: labelled PRINT_NOTICE */
	bool colour;     /* tables for a terminal that has it */
};

/*
 * Keep only the total and breakdown `by` (RELEASE_TOTAL: the total alone) of the groups that have
 * people, and only tables of `question` (NULL: all), in place.
 */
void print_select(struct release *r, enum release_by by, const char *question);


/* Append. Failure is kept in the buf. */
void print_tables(struct buf *out, const struct release *r, const struct print_view *view);
void print_csv(struct buf *out, const struct release *r, const struct print_view *view);
/* A text in exactly `width` places, cut or filled; words on lines of at most 80. */
void print_cell(struct buf *out, const char *text, size_t width, bool right);
void print_wrapped(struct buf *out, const char *text);
/* A field of a CSV: in quotes where need be, with an apostrophe before what could start a formula. */
void print_csv_text(struct buf *out, const char *text);
void print_json(struct buf *out, const struct release *r, bool exact);

/* What a group is by: "region", "region_language"; crossed, "region_gender". */
void print_by(struct buf *out, const struct release_group *g);

/* print_label.c: names in the view's language. */
void print_label_question(struct buf *out, const struct release_table *t,
                          const struct print_view *view);
void print_label_answer(struct buf *out, const struct release_table *t, const char *answer,
                        const struct print_view *view);
void print_label_group(struct buf *out, const struct release_group *g,
                       const struct print_view *view);

#endif
