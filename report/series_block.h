/* series_block.h - inside of a report: one question's tables, its charts and its figures. */
#ifndef REPORT_SERIES_BLOCK_H
#define REPORT_SERIES_BLOCK_H

#include "report/series_part.h"

enum { SERIES_BLOCK_TABLES = 200 };

/* The tables of one question that have figures: a matrix and a ranking have several. */
struct series_block {
	const struct form_question *q;
	const struct release_table *list[SERIES_BLOCK_TABLES];
	size_t n;
	const struct release_table *written; /* how many wrote something, or NULL */
};

struct series_block series_block_of(const struct series *s, const struct form_question *q);

/* Tenths of a percent, or -1. */
int series_block_share(const struct release_slot *slot, size_t answer);
/* An answer's name, and what tells one table of a block from the others. */
const char *series_block_answer(struct series *s, const struct series_block *b,
                                const struct release_table *t, size_t answer);
const char *series_block_table(struct series *s, const struct series_block *b,
                               const struct release_table *t);
/* A small paragraph below a chart or a table. */
void series_block_note(struct series *s, const char *text);

/* The chart of a block, or one for each of its tables. */
void series_chart_draw(struct series *s, const struct series_block *b);
/* Height of the first of them. */
double series_chart_height(struct series *s, const struct series_block *b);

/* The block's figures by region and by language of the form. */
void series_figures_draw(struct series *s, const struct series_block *b);

#endif
