/*
 * narrative_text.h - the words of a narrative's block, with the directives in them, as a text of
 * the document.
 */
#ifndef REPORT_NARRATIVE_TEXT_H
#define REPORT_NARRATIVE_TEXT_H

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
/* The line that a place in it stands in. */
size_t narrative_part_line(const struct narrative_part *p, size_t at);

/*
 * Read the directive that begins at `at` ("{{"); *end is behind its braces, *inner the text between
 * them. Faults: ERR_INPUT with file and line.
 */
int narrative_directive(struct directive *out, struct narrative_part *inner, size_t *end,
                        struct pool *pool, const char *place, const struct narrative_part *p,
                        size_t at, struct err *err);

/* The next "{{" from `at` on, or p->end. */
size_t narrative_directive_next(const struct narrative_part *p, size_t at);

/* Set a fault with file and line; returns -1. `n->err` has a message already: narrative_at(). */
int narrative_refuse(struct narrative *n, const struct narrative_part *p, size_t at,
                     const char *why);
int narrative_at(struct narrative *n, const struct narrative_part *p, size_t at);
/* A figure that is printed as not published: said, not refused. */
void narrative_warn_hidden(struct narrative *n, const struct narrative_part *p, size_t at,
                           const char *what);

/*
 * Make the text; `notes` says whether footnotes may stand in it. Returns 0, or -1 with n->err
 * (ERR_INPUT: a directive, a percentage that was typed).
 */
int narrative_text(struct document_text *out, struct narrative *n, struct narrative_part p,
                   bool notes);

#endif
