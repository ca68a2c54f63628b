/* series_part.h - inside of a report: what its chapters share. */
#ifndef REPORT_SERIES_PART_H
#define REPORT_SERIES_PART_H

#include "forms/pool.h"
#include "report/chart.h"
#include "report/contents.h"
#include "report/edition.h"
#include "report/layout.h"
#include "report/table.h"

struct series {
	const struct edition *edition;
	struct layout *layout;
	struct contents *contents;
	struct pool *pool; /* texts of this report */
};

/*
 * Texts live as long as the report. series_part_text() empties `b`; after a fault (which the
 * document remembers) each returns "".
 */
const char *series_part_text(struct series *s, struct buf *b);
const char *series_part_word(const struct series *s, const char *name);
/* A word with its places filled from pairs name, value, ..., NULL. */
const char *series_part_fill(struct series *s, const char *name, ...) __attribute__((sentinel));
const char *series_part_count(struct series *s, long count);    /* or the dot */
const char *series_part_percent(struct series *s, int tenths); /* or the dot */
const char *series_part_tenths(struct series *s, int tenths);  /* or the dot */
/* A code of figures and letters, kept in its order within right-to-left text. */
const char *series_part_code(struct series *s, const char *code);
const char *series_part_group(struct series *s, const struct release_group *g);
/* Zeroed memory for n items, or NULL after a fault. */
void *series_part_array(struct series *s, size_t n, size_t size);

/* A chapter on a new page: its section opens and must be closed with pdf_tag_close(). */
void series_part_chapter(struct series *s, const char *title);

/* Tag what is drawn next, `height` high, as a figure that says `says`; and end that. */
void series_part_figure(struct series *s, double height, const char *says);
void series_part_figure_end(struct series *s);

/* A table in as many parts as it takes, `title` over each. */
void series_part_table(struct series *s, const struct table *t, const char *title);

/* "label: value; label: value" for a figure's text. */
void series_part_say(struct series *s, struct buf *b, const char *label, const char *value);

/* The parts, in order. */
void series_front_cover(struct series *s);
void series_front_contents(struct series *s);
void series_people_chapter(struct series *s);
void series_question_block(struct series *s, const struct form_question *q);
void series_methods_chapter(struct series *s);

#endif
