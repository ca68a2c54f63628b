/* xlsform_import.h - what the files that read an XLSForm share. Private to forms/xlsform_import*.c.
 */
#ifndef FORMS_XLSFORM_IMPORT_H
#define FORMS_XLSFORM_IMPORT_H

#include "forms/form.h"
#include "forms/pool.h"
#include "forms/workbook.h"
#include "lib/base/findings.h"

#include <stdbool.h>
#include <stddef.h>

enum { IMPORT_FINDINGS = 1000 }; /* of a grade that are told */

/* What a column says. Those from FIRST_TEXT to LAST_TEXT have one column a language. */
enum import_field {
	IMPORT_UNKNOWN,
	IMPORT_TYPE, IMPORT_NAME, IMPORT_AUTONAME, IMPORT_LIST_OF, IMPORT_LIST_NAME,
	IMPORT_REQUIRED, IMPORT_RELEVANT, IMPORT_CONSTRAINT, IMPORT_CALCULATION,
	IMPORT_CHOICE_FILTER, IMPORT_APPEARANCE, IMPORT_PARAMETERS, IMPORT_READ_ONLY,
	IMPORT_DEFAULT, IMPORT_DISABLED, IMPORT_TRIGGER, IMPORT_REPEAT_COUNT, IMPORT_BODY,
	/* KoboToolbox */
	IMPORT_MATRIX_LIST, IMPORT_SCORE_CHOICES, IMPORT_RANK_ITEMS, IMPORT_KOBO,
	/* the analysis plan of koboloadeR */
	IMPORT_REPORT, IMPORT_CHAPTER, IMPORT_DISAGGREGATION, IMPORT_VARIABLE, IMPORT_ANONYMISE,
	IMPORT_PLAN,
	/* ours */
	IMPORT_PEER_ID, IMPORT_PEER_TYPE, IMPORT_PEER_DECLINE, IMPORT_PEER_SENSITIVE,
	IMPORT_PEER_CROSSING, IMPORT_PEER_LEVEL, IMPORT_PEER_SERIES, IMPORT_PEER_MIN,
	IMPORT_PEER_MAX, IMPORT_PEER_STEP, IMPORT_PEER_BANDS, IMPORT_PEER_PRECISION,
	IMPORT_PEER_FIRST, IMPORT_PEER_LAST, IMPORT_PEER_RANKS, IMPORT_PEER_LENGTH,
	IMPORT_PEER_OTHER, IMPORT_PEER_EXCLUSIVE, IMPORT_PEER_UNKNOWN,
	/* settings */
	IMPORT_FORM_ID, IMPORT_DEFAULT_LANGUAGE, IMPORT_SETTING,
	IMPORT_KEY, IMPORT_KEY_ID,
	/* texts */
	IMPORT_LABEL, IMPORT_HINT, IMPORT_REQUIRED_MESSAGE, IMPORT_CONSTRAINT_MESSAGE,
	IMPORT_GUIDANCE, IMPORT_MEDIA, IMPORT_RANK_MESSAGE, IMPORT_PEER_NOTE, IMPORT_PEER_LOW,
	IMPORT_PEER_HIGH, IMPORT_FORM_TITLE, IMPORT_TEXT,
	IMPORT_FIELDS,
	IMPORT_FIRST_TEXT = IMPORT_LABEL, IMPORT_LAST_TEXT = IMPORT_TEXT,
};

enum import_sheet { IMPORT_SURVEY = 1, IMPORT_CHOICES = 2, IMPORT_SETTINGS = 4, IMPORT_PEER = 8 };

struct import_column {
	enum import_field field;
	const char *name;    /* as written */
	const char *spoken;  /* "English (en)"; NULL: no language */
	int language;        /* its index, once all are known */
};

struct import_table {
	const struct sheet *sheet; /* NULL: there is none */
	struct import_column *columns;
	size_t n, first; /* columns; the first row below the header */
	size_t *filled;  /* by column: the first row below the header with a text, or the last + 1 */
	int column[IMPORT_FIELDS]; /* the first of each field, or -1 */
};

struct import_text {
	const char **in; /* by language; NULL: no text at all */
};

struct import_choice {
	const char *value, *was; /* our name; the workbook's */
	struct import_text label;
	bool other, exclusive;
	bool declines; /* is "prefer not to say", which every question has of itself */
	bool made;     /* "other" of or_other: has no row of its own */
	const struct import_table *table;
	size_t row;
};

struct import_list {
	const char *name;
	struct import_choice *choices;
	size_t n, cap;
	bool used, too_long, declines;
	bool skip;      /* not wanted: the countries, which we know */
	bool looked_at; /* its choices became something else: rows, questions */
	/* by column of the choices sheet: the list whose values stand in it, for choice_filter */
	struct import_list **columns;
	bool *filters; /* by column: a choice_filter uses it */
	const struct import_table *table;
	size_t row;
	struct import_list *next;
};

enum import_kind {
	IMPORT_IS_UNKNOWN, IMPORT_IS_BLANK, IMPORT_IS_QUESTION, IMPORT_IS_DROPPED,
	IMPORT_IS_REFUSED, IMPORT_IS_BEGIN, IMPORT_IS_BEGIN_REPEAT, IMPORT_IS_BEGIN_SCORE,
	IMPORT_IS_BEGIN_RANK, IMPORT_IS_BEGIN_MATRIX, IMPORT_IS_SCORE_ROW, IMPORT_IS_RANK_LEVEL,
	IMPORT_IS_END,
};

/* The type cell, understood. */
struct import_type {
	enum import_kind kind;
	enum form_type form;  /* of a question */
	const char *list;     /* the rest of the cell, or NULL */
	bool or_other;
	bool acknowledge;     /* one choice, "OK" */
	bool range;           /* a scale, if its parameters make one */
	bool whole_date;      /* finer than we ask for */
	const char *why;      /* dropped or refused: the reason; else a remark, or NULL */
};

/* A row of the survey sheet that is kept, and what stands inside it. */
struct import_node {
	struct import_type type;
	size_t row;
	const char *name; /* as in the workbook; NULL: none */
	struct import_node *parent, *first, *last, *next;
	bool taken; /* a row of a table already */
	bool told;  /* its condition's fault has been told */
};

struct import_row {
	const char *id, *was, *relevant;
	struct import_text label;
	size_t row;
	bool from_sheet; /* `row` is a row of the survey sheet with cells of its own */
};

struct import_question {
	struct import_node *node; /* whose cells it has */
	struct import_node *base; /* the group that is its section; NULL: none */
	size_t row, index;
	enum form_type type;
	const char *id, *was;
	struct import_text label, hint, constraint_message, required_message, low, high;
	struct import_list *list;
	struct import_row *rows;
	size_t n_rows, cap_rows;
	const char *relevant, *constraint, *calculation,
		*choice_filter; /* as they are written out */
	bool required, no_decline, sensitive, crossing, randomize, plain; /* plain: no cells */
	enum form_level level;
	const char *min, *max, *step, *bands, *ranks, *length, *first, *last; /* numbers as text */
	enum form_precision precision;
	size_t section;
	/* calculations: not in the form; faulty; faulty, and a condition needs it; why */
	bool left_out, cannot, needed;
	const char *why;
};

struct import_section {
	struct import_node *node; /* the group, or NULL */
	const char *id, *relevant, *series, *report, *chapter;
	struct import_text title, note;
	size_t row, first, n, in_series;
	bool open; /* of questions outside of any group */
};

enum import_named {
	IMPORT_NAMES_QUESTION,
	IMPORT_NAMES_ROW,
	IMPORT_NAMES_GROUP,
	IMPORT_NAMES_NOTHING
};

/* What ${name} means. */
struct import_name {
	const char *was, *now;
	enum import_named names;
	struct import_question *question; /* of a question and a row */
	const char *why;                  /* nothing: the reason */
	bool today;                       /* the day's date: today() */
	size_t times;                     /* rows that have this name */
};

struct import_map {
	struct { const char *key; void *value; } *slots;
	size_t n, cap;
};

struct import {
	struct pool *pool;
	const struct workbook *workbook;
	const char *file_name;
	struct findings *findings;
	struct import_table survey, choices, external, settings, peer;
	bool ours; /* written by xlsform_export() */
	const char **languages, **reviewers;
	const char **language_names; /* as in the headers */
	size_t n_languages;
	bool many_languages; /* more than there can be */
	const char *id;
	struct import_text title, introduction, consent, thanks;
	struct { const char *id; struct import_text title, subtitle; } series[60];
	size_t n_series;
	struct import_list *lists, *last_list;
	size_t n_lists;
	struct import_map list_names, names, ids;
	struct import_map kept; /* names that can stay as they are */
	struct import_map new_names; /* questions by our names */
	struct import_node root;
	struct import_question **questions;
	size_t n_questions, cap_questions;
	struct import_section *sections;
	size_t n_sections, cap_sections;
	size_t n_told; /* findings about the cells themselves, before the JSON was read */
	size_t errors, warnings; /* so far */
	bool nomem, full, failed; /* failed: there is an error; full: too many to read on */
};

/* xlsform_import.c: findings, cells, memory */

/* A finding about a cell: its place, and its column's name before the text. */
void import_say(struct import *im, enum finding_grade grade, const struct import_table *t,
                size_t row, enum import_field field, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
void import_say_at(struct import *im, enum finding_grade grade, const struct import_table *t,
                   size_t row, size_t column, const char *fmt, ...)
	__attribute__((format(printf, 6, 7)));
/* Zeroed memory; out of memory is noted and NULL. */
void *import_memory(struct import *im, size_t n, size_t size);
const char *import_copy(struct import *im, const char *s, size_t n);
const char *import_print(struct import *im, const char *fmt, ...)
	__attribute__((format(printf, 2, 3)));
/* Make room for one more in an array of the pool. Returns false when out of memory. */
bool import_grow(struct import *im, void *list, size_t *cap, size_t n, size_t size);
/* The value of a key, or NULL; set it. */
void *import_get(const struct import_map *m, const char *key);
void import_set(struct import *im, struct import_map *m, const char *key, void *value);
/* Go through the columns of a row that have text, as `i`. */
#define IMPORT_EACH_CELL(t, row, i)                                                            \
	for (size_t i = sheet_next_column((t)->sheet, row, 0); i < (t)->n;                     \
	     i = sheet_next_column((t)->sheet, row, i + 1))
/* Go through the rows below the header that have text, as `row`. */
#define IMPORT_EACH_ROW(t, row)                                                                \
	for (size_t row = sheet_next_row((t)->sheet, (t)->first); row < (t)->sheet->rows;      \
	     row = sheet_next_row((t)->sheet, row + 1))
/* A cell's text, "" where there is no such column. */
const char *import_cell(const struct import_table *t, size_t row, enum import_field field);
/* A text in all languages; with `needed` the source language gets one, and `otherwise` if none. */
struct import_text import_text(struct import *im, const struct import_table *t, size_t row,
                               enum import_field field);
struct import_text import_plain(struct import *im, const char *s);
bool import_text_empty(const struct import_text *t);
/* Give the source language a text: from another language, or `otherwise`. */
void import_text_need(struct import *im, struct import_text *t, const struct import_table *table,
                      size_t row, enum import_field field, const char *otherwise);
/* yes, true, true(), 1, 1.0: true; no, false, ... and "": false; else -1. */
int import_yes(const char *s);
/* Equal, but for case, and with blank, '_' and '-' the same? */
bool import_same(const char *a, const char *b);

/* xlsform_import_head.c: the header row; languages, in xlsform_import_language.c */
void import_head(struct import *im, struct import_table *t, const char *sheet,
                 enum import_sheet kind);
void import_languages(struct import *im);
/* "French (fr)", "français", "fr" -> "fr". False: no such language is known. */
bool import_language_code(char out[16], const char *spoken);

/* xlsform_import_settings.c: settings, and our own sheet "peer" */
void import_settings(struct import *im);
/* The series of a title or an id, made if it is new; its index. */
size_t import_series(struct import *im, const char *title);

/* xlsform_import_choices.c */
void import_choices(struct import *im);
struct import_list *import_list(struct import *im, const char *name); /* NULL: there is none */
/* A copy of a list with a choice "other" that can be written in. */
struct import_list *import_list_other(struct import *im, struct import_list *list);
struct import_list *import_list_new(struct import *im, const char *name);
struct import_choice *import_choice_add(struct import *im, struct import_list *list);
const struct import_choice *import_choice_was(const struct import_list *list, const char *was);
/* Once the questions are known: what is used is complete, what is not is said. */
void import_choices_check(struct import *im);
/* Do the cells of this column stand with the list's choices, for choice_filter? */
bool import_filter_column(const struct import *im, const struct import_list *list, size_t column);
/* Columns of the choices sheets that nothing uses, media, parts of the plan: said once each. */
void import_choices_columns(struct import *im);

/* xlsform_import_type.c: the type cell */
struct import_type import_type(struct import *im, const char *cell);

/* xlsform_import_rows.c: the survey sheet's rows -> a tree */
void import_rows(struct import *im);

/* xlsform_import_survey.c: the tree -> sections and questions */
void import_survey(struct import *im);
struct import_question *import_question_add(struct import *im, struct import_node *node,
                                            struct import_node *base);
/* A question or group inside the section of `base` (NULL: questions outside of groups). */
void import_inside_one(struct import *im, struct import_node *node, struct import_node *base);
/* A name of ours for one of the workbook's: small letters, digits, '_'; unique. */
const char *import_id(struct import *im, const char *was, const struct import_table *t, size_t row);
bool import_id_valid(const char *name);
void import_name(struct import *im, const char *was, const char *now, enum import_named names,
                 struct import_question *q, const char *why);

/* xlsform_import_question.c: a row's cells -> a question */
void import_question(struct import *im, struct import_question *q);
/* Columns that every row is looked at for: what is not supported is said. */
void import_question_remarks(struct import *im, const struct import_node *node);

/* xlsform_import_matrix.c: groups that are one question. False: it is none. */
bool import_matrix(struct import *im, struct import_node *group, struct import_node *base);
/* The same for a question that shows the choices of those behind it. */
bool import_run(struct import *im, struct import_node *header, struct import_node *base);

/* xlsform_import_expression.c: one cell's expression */
struct import_formula {
	struct import *im;
	size_t row;
	enum import_field field;
	struct import_question *self; /* what "." is, or NULL */
	size_t before;                /* questions that it may look back at */
	bool quiet;                   /* findings are not told */
	bool wrong;                   /* out: an error was found; the first one is `why` */
	bool lost;                    /* out: a part that cannot be kept was left out */
	const char *why;
};
/* The expression in our names; NULL: none, or nothing is left of it. The caller owns it. */
struct expression *import_formula(struct import_formula *c);
/* The same as text of the import's. */
const char *import_formula_text(struct import_formula *c);
const char *import_formula_write(struct import *im, const struct expression *e);

/* xlsform_import_logic.c: conditions, rules and calculations, once all names are known */
void import_logic(struct import *im);

/* xlsform_import_bounds.c: the bounds of numbers and dates out of parameters and the constraint */
void import_bounds(struct import *im, struct import_question *q);
/*
 * Take the bounds that a rule says (". >= 0 and . <= 30"). `rest` becomes what is left of it, NULL
 * if nothing, which the caller does not own; the tree stays the caller's.
 */
void import_bounds_rule(struct import *im, struct import_question *q, const struct expression *rule,
                        const char **rest);
/* Bounds for a date that has none. */
void import_bounds_date(struct import *im, struct import_question *q);
/* The value of a parameter ("start=0 end=10"), or NULL. */
const char *import_parameter(struct import *im, const struct import_question *q, const char *name);

/* xlsform_import_plan.c: the analysis plan's columns */
void import_plan(struct import *im, struct import_question *q);

/* xlsform_import_write.c: everything -> the questionnaire's JSON */
void import_write(struct buf *out, const struct import *im);
/* A place in that JSON ("sections[1].questions[2].relevant") -> a finding about a cell. */
void import_trace(struct import *im, const struct finding *finding);

#endif
