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
	int row;            /* of a matrix, or FIGURE_ALL_ROWS */
	const char *answer; /* by groups or rounds: of a whole matrix, the choice whose share is
	                       shown for each row; NULL: the one that says most */
	enum figure_by by;
	bool chosen;           /* a kind of chart is asked for */
	enum chart_kind kind;  /* then this one; ERR_INPUT where it cannot show the question */
};

/* Why there is no figure. */
enum figure_result {
	FIGURE_DONE,
	FIGURE_FAULT,         /* *err: it makes no sense (a kind, a row), or memory */
	FIGURE_NOT_PUBLISHED, /* the release has nothing of it: a note that says so was added */
};

/*
 * Add the chart of a question to `parent`: title, chart, text alternative, notes with the base and
 * how it was asked, the id and the name of its table in the annex ("table-QUESTION", "Table 12").
 * Where a breakdown is not published, or the rounds cannot be compared, it is the chart of
 * everyone with a note that says why.
 */
enum figure_result figure_chart(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err);
/* The same as a table: everyone, and (by region, language, round) the groups. */
enum figure_result figure_table(struct document *d, struct document_block *parent,
                                const struct figure_ask *ask, struct err *err);

/* The chapter on who took part (id "people"), with a warning where one region is over half. */
void figure_people(struct document *d);
/*
 * The chapter on what changed since the round before (id "changes"): the questions with the
 * greatest changes, and those that cannot be compared. Nothing where there is no round before.
 */
void figure_changes(struct document *d);
/*
 * The annex of all the series' questions (id "tables"): for each a table of everyone, of the round
 * before and by region (id "table-QUESTION"), and one by language ("table-QUESTION-language") where
 * it is published.
 */
void figure_annex(struct document *d);
/* The name of a table of the annex by its id, "Table 12"; NULL: the annex does not have it. */
const char *figure_table_number(struct document *d, const char *id);

/*
 * Can this question be compared with the round before: asked in both, with the same choices (and
 * rows), and published in both?
 */
bool figure_comparable(const struct edition *e, const struct form_question *q);

/*
 * A sentence or two on a question, by rule: the answer given most often, a scale's mean, the rows
 * of a matrix that differ most (or one row); by region or language the groups that differ most; by
 * round the greatest change. It says so where that is not published.
 */
const char *figure_say(struct document *d, const struct form_question *q, int row,
                       enum figure_by by);

/*
 * The same as a paragraph of `parent`. It begins with the question's own words unless a chart or a
 * table of the question stands in `parent`.
 */
void figure_paragraph(struct document *d, struct document_block *parent,
                      const struct form_question *q, int row, enum figure_by by);

/* What stands out. */
enum figure_finding_kind {
	FIGURE_LARGEST, /* the share of everyone */
	FIGURE_UNEVEN,  /* between two regions */
	FIGURE_CHANGED, /* since the round before */
};

struct figure_finding {
	enum figure_finding_kind kind;
	const struct form_question *question;
	int row;            /* of a matrix, or FIGURE_ALL_ROWS */
	const struct release_table *table;
	size_t answer;      /* index in table->answers */
	int tenths;         /* of everyone, or CHART_HIDDEN (uneven only) */
	size_t most, least; /* uneven: indices in release->groups */
	int most_tenths, least_tenths;
	int before;         /* changed: tenths in the round before */
};

/*
 * The key findings of the series by rule, at most one a question, spread over its sections, in the
 * questionnaire's order. Fills at most `cap` (8 is a good number) and returns how many.
 */
size_t figure_findings(struct figure_finding *out, size_t cap, const struct edition *e);

/* The release's tables of a question that have figures, in order; fills at most `cap`. */
size_t figure_tables(const struct release_table **out, size_t cap, const struct release *r,
                     const struct form_question *q);

#endif
