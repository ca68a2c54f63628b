/*
 * narrative_part.h - a part of a narrative's block: its lines, the directives in it, what is wrong
 * with it.
 */
#ifndef REPORT_NARRATIVE_PART_H
#define REPORT_NARRATIVE_PART_H

#include "lib/base/findings.h"
#include "report/directive.h"
#include "report/document.h"
#include "report/narrative_read.h"

/* What every part of building a narrative needs. */
struct narrative {
	struct document *d;
	const char *place; /* the file */
	struct findings *findings;
	struct err *err;
};

/* A part of a block's text. */
struct narrative_part {
	const struct narrative_block *block;
	size_t start, end;
};

/* All of a block. */
struct narrative_part narrative_part(const struct narrative_block *b);
/* Less the white space at its ends. */
struct narrative_part narrative_part_trim(struct narrative_part p);
/* The run that a place in it belongs to; NULL: there are none. */
const struct narrative_run *narrative_part_run(const struct narrative_part *p, size_t at);
/* The line that a place in it stands in. */
size_t narrative_part_line(const struct narrative_part *p, size_t at);

/*
 * Read the directive that begins at `at` ("{{"); *end is behind its braces, *inner the text between
 * them. Faults: ERR_INPUT with file and line.
 */
int narrative_part_directive(struct directive *out, struct narrative_part *inner, size_t *end,
                             struct pool *pool, const char *place, const struct narrative_part *p,
                             size_t at, struct err *err);

/* The next "{{" from `at` on, or p->end. */
size_t narrative_part_next(const struct narrative_part *p, size_t at);

/*
 * Set a fault with file and line, or (narrative_part_fault) put them before the message that is in
 * n->err. Return -1.
 */
int narrative_part_refuse(struct narrative *n, const struct narrative_part *p, size_t at,
                          const char *why);
int narrative_part_fault(struct narrative *n, const struct narrative_part *p, size_t at);
/* Say what is odd, with file and line. */
void narrative_part_warn(struct narrative *n, const struct narrative_part *p, size_t at,
                         const char *what);
/* A question that this report has no table of. */
void narrative_part_elsewhere(struct narrative *n, const struct narrative_part *p, size_t at,
                              const struct form_question *q);
/* A figure that is printed as not published: said, not refused. */
void narrative_part_hidden(struct narrative *n, const struct narrative_part *p, size_t at,
                           const struct directive *v);

#endif
