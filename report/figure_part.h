/* figure_part.h - inside of figures: one question's tables, and what charts and tables share. */
#ifndef REPORT_FIGURE_PART_H
#define REPORT_FIGURE_PART_H

#include "report/figure.h"

enum { FIGURE_TABLES = 200 };

/* The tables of one question that have figures: a matrix and a ranking have several. */
struct figure_block {
	const struct form_question *q;
	const struct release_table *list[FIGURE_TABLES];
	size_t n;
	const struct release_table *written; /* how many wrote something, or NULL */
	bool whole; /* a matrix's rows together */
};

/* With a row, of a matrix only that one's table. */
struct figure_block figure_part_block(const struct edition *e, const struct form_question *q,
                                      int row);
/* The table's row in the questionnaire, or FIGURE_ALL_ROWS. */
int figure_part_row(const struct form_question *q, const struct release_table *t);

/*
 * One line or column of a figure. A cell is a line and a column together: what one of them leaves
 * out, the other has.
 */
struct figure_item {
	const char *label, *base;          /* base: "n = 1,616", or NULL */
	const struct release_table *table; /* or NULL */
	bool has_answer;
	size_t answer, group; /* group: 0 is everyone */
	bool before;          /* of the round before */
};

struct figure_side {
	struct figure_item *list;
	size_t n;
};

/* Tenths of a percent, or CHART_HIDDEN. */
int figure_part_cell(const struct edition *e, const struct figure_item *line,
                     const struct figure_item *column);
int figure_part_share(const struct release_slot *slot, size_t answer);

/* A table's answers; a block's tables; everyone and the groups of a breakdown that any has. */
struct figure_side figure_part_answers(struct document *d, const struct form_question *q,
                                       const struct release_table *t);
struct figure_side figure_part_tables(struct document *d, const struct figure_block *b);
struct figure_side figure_part_groups(struct document *d, const struct figure_block *b,
                                      enum figure_by by);
/* Rows of a matrix of which the release has nothing: how many; their names in a list. */
size_t figure_part_withheld(const struct release *r, const struct form_question *q);
const char *figure_part_withheld_names(struct document *d, const struct form_question *q);
/* What is asked about one by one: answers, or a matrix's rows with the share of one choice. */
struct figure_side figure_part_lines(struct document *d, const struct figure_block *b,
                                     const char *choice);

/* Answers in the order of their size, or in the questionnaire's? */
bool figure_part_is_ordered(const struct figure_block *b);
/* Are the answers degrees around a middle, or said to be in order? */
bool figure_part_is_degrees(const struct figure_block *b);
/* What each answer is in a stacked chart, FORM_CHOICES at most; false: too many. */
bool figure_part_roles(enum chart_role *out, const struct release_table *t);
bool figure_part_is_no(const char *value); /* "no", "none", "never" ... */
/* Which of a matrix's choices says most: the first degree, or the last if that is "no". */
size_t figure_part_telling(const struct release_table *t);

enum release_by figure_part_by(enum figure_by by); /* of region and language */

const char *figure_part_answer(struct document *d, const struct form_question *q,
                               const struct release_table *t, size_t answer);
/* What tells one table of a question from the others. */
const char *figure_part_table(struct document *d, const struct form_question *q,
                              const struct release_table *t);
/* The question's own words, of a row with them. */
const char *figure_part_title(struct document *d, const struct form_question *q, int row);
const char *figure_part_decimal(struct document *d, double value);

/* figure_round.c */
enum figure_round {
	FIGURE_ROUND_SAME, /* can be compared */
	FIGURE_ROUND_FIRST, /* there is no round before */
	FIGURE_ROUND_NEW,
	FIGURE_ROUND_CHANGED, /* its choices or rows */
	FIGURE_ROUND_BOUNDS,  /* of a scale, a number or a date */
	FIGURE_ROUND_HIDDEN, /* not published for both */
};

enum figure_round figure_round_state(const struct edition *e, const struct form_question *q);
/* Did the words differ, of the question or its answers, in a language that both rounds have? */
bool figure_round_reworded(const struct edition *e, const struct form_question *q);
/* The table of the round before, or NULL. */
const struct release_table *figure_round_before(const struct edition *e,
                                                const struct release_table *t);
const char *figure_round_name(struct document *d, bool before);
/* Both rounds, the earlier first; with a table, with its bases. */
struct figure_side figure_round_sides(struct document *d, const struct release_table *t);
/* The greatest change of a question's shares: in tenths of a point, and where; or -1. */
int figure_round_greatest(const struct edition *e, const struct form_question *q,
                          const struct release_table **table, size_t *answer);

/* figure_note.c: small print. */
struct figure_notes {
	const struct figure_block *block;
	enum figure_by by;     /* what is shown */
	enum figure_by wanted; /* what was asked for */
	const char *shown;     /* which share a line shows, or NULL */
	bool hatched;          /* something is hidden */
};

void figure_note_add(struct document *d, struct document_block *parent,
                     const struct figure_notes *n);
/* Why there is nothing, in words; and with the question as a note. */
const char *figure_note_nothing(struct document *d, const struct figure_block *b);
void figure_note_missing(struct document *d, struct document_block *parent,
                         const struct figure_block *b);
const char *figure_note_base(struct document *d, const struct figure_block *b);
/* How it was asked, base, mean and median, in one text. */
const char *figure_note_short(struct document *d, const struct figure_block *b);
/* How many rows of a whole matrix are not published, or NULL: all are; with their names. */
const char *figure_note_withheld(struct document *d, const struct figure_block *b, bool names);
/* Which breakdown is not there, or NULL. */
const char *figure_note_absent(struct document *d, const struct form_question *q,
                               enum figure_by by);

/* figure_alternative.c: what a chart says, in words. */
const char *figure_alternative_of(struct document *d, const struct chart *c, const char *base,
                                  bool table);

/* figure_shape.c: lines and columns become a chart. */
const struct chart *figure_shape_chart(struct document *d, enum chart_kind kind,
                                       const struct figure_side *lines,
                                       const struct figure_side *columns,
                                       const struct form_question *q);
/* Sort lines by their share in the first column, or by their change between two. */
void figure_shape_sort(const struct edition *e, struct figure_side *lines,
                       const struct figure_side *columns, bool change);

/* figure_table.c */
enum { FIGURE_NUMBERS = 1, FIGURE_BEFORE = 2 };
/* With how many as well as what share, with the share in the round before beside everyone's. */
const struct table *figure_table_of(struct document *d, const struct figure_block *b,
                                    enum figure_by by, unsigned with);
/* Title with what it is broken down by. */
const char *figure_table_title(struct document *d, const char *title, enum figure_by by);

/*
 * figure_people.c: the tables of people, which the annex begins with; the number of one of them (0:
 * it is not there), or with NULL how many there are.
 */
void figure_people_tables(struct document *d, struct document_block *chapter);
size_t figure_people_number(const struct edition *e, const char *id);

/* figure_annex.c: the id of a question's table in the annex, or NULL where it has none. */
const char *figure_annex_id(struct document *d, const struct form_question *q, enum figure_by by);

#endif
