/*
 * figure.h - questions of the release become charts, tables and sentences of a document.
 *
 * A matrix or a ranking has several tables in the release, which are one chart and one table here.
 */
#ifndef REPORT_FIGURE_H
#define REPORT_FIGURE_H

#include "report/document.h"

enum { FIGURE_ALL_ROWS = -1 };

enum figure_by { FIGURE_TOTAL, FIGURE_REGION, FIGURE_LANGUAGE, FIGURE_ROUND };

/* What is asked for. */
struct figure_ask {
	const struct form_question *question;
	int row;          /* of a matrix, or FIGURE_ALL_ROWS */
	enum figure_by by;
	bool chosen;           /* a kind of chart is asked for */
	enum chart_kind kind;  /* then this one; ERR_INPUT where it cannot show the question */
};

/* Why there is no figure. */
enum figure_result {
	FIGURE_DONE,
	FIGURE_FAULT,         /* *err: it makes no sense (a kind, a row), or memory */
	FIGURE_NOT_PUBLISHED, /* the release has nothing of it: a note that says so was added instead */
};

/*
 * Add the chart of a question to `parent`: title, chart, text alternative, notes with the base and
 * how it was asked, the id of its table ("table-QUESTION"). By round: this round beside
 * edition->previous, comparable questions only.
 */
enum figure_result figure_chart(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err);
/* The same as a table: everyone, and (by region, language, round) the groups. */
enum figure_result figure_table(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err);

/* The chapter on who took part (id "people"), with a warning where one region is over half. */
void figure_people(struct document *d);
/* The annex of all the series' questions: tables by region and by language (id "tables"). */
void figure_annex(struct document *d);

/*
 * Can this question be compared with the round before: asked in both, with the same choices (and
 * rows), and published in both?
 */
bool figure_comparable(const struct edition *e, const struct form_question *q);

/* The release's tables of a question that have figures, in order; fills at most `cap`. */
size_t figure_tables(const struct release_table **out, size_t cap, const struct release *r,
                     const struct form_question *q);

#endif
