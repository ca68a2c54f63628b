/*
 * form.h - the questionnaire: sections, questions, choices, in every survey language.
 *
 * Read from JSON by form_json.c (survey-questionnaire(5)), never changed afterwards, shared by
 * threads. Everything inside is owned by the form.
 */
#ifndef FORMS_FORM_H
#define FORMS_FORM_H

#include "forms/expression.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/base/findings.h"
#include "lib/record/encode.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FORM_LANGUAGES = 40,
	FORM_QUESTIONS = 500,
	FORM_CHOICES = 500,
	FORM_FILE = 8 << 20, /* bytes a questionnaire's file may have */
	FORM_NUMBER_LENGTH = 24, /* characters a number, date or country may have */
};

enum form_type {
	FORM_SELECT_ONE,
	FORM_SELECT_MULTIPLE,
	FORM_MATRIX,  /* rows, each answered by one of the choices */
	FORM_SCALE,   /* a whole number from min to max, both ends named */
	FORM_RANKING, /* the first `ranks` of the choices, in order */
	FORM_INTEGER,
	FORM_DECIMAL,
	FORM_TEXT,    /* one short line of free text */
	FORM_COMMENT, /* longer free text */
	FORM_DATE,    /* coarse: "2020" or "2020-04" */
	FORM_COUNTRY, /* ISO 3166-1 alpha-2 */
	FORM_NOTE,    /* text to read, no answer */
	FORM_CALCULATE, /* worked out from other answers, for conditions; nobody sees it */
};

/* How answers are measured, for tables and for statistics programs. */
enum form_level { FORM_LEVEL_NONE, FORM_NOMINAL, FORM_ORDINAL, FORM_NUMERIC };

enum form_precision { FORM_YEAR, FORM_MONTH };

/* Text in every language of the form, by the language's index; NULL where it is missing. */
struct form_text {
	char **in;
};

struct form_choice {
	char *value; /* [A-Za-z0-9_-]+, never "declined" */
	struct form_text label;
	bool other;     /* "other: please write": opens a text field QUESTION/other */
	bool exclusive; /* "none of these": alone or not at all */
	char **filter;  /* pairs column, value for choice_filter, NULL at the end; NULL: none */
};

/* Choices that questions share by the list's name. */
struct form_list {
	char *name;
	struct form_choice *choices;
	size_t n;
};

struct form_row {
	char *id;    /* [a-z][a-z0-9_]* */
	char *field; /* QUESTION/ROW */
	struct form_text label;
	struct expression *relevant; /* NULL: always */
};

struct form_question {
	char *id; /* [a-z][a-z0-9_]*, unique in the form */
	enum form_type type;
	size_t section; /* index */
	size_t index;   /* in form.questions */
	struct form_text label, hint;
	struct expression *relevant;   /* NULL: always (within its section) */
	struct expression *constraint; /* NULL: none */
	struct form_text constraint_message;
	struct expression *calculation; /* FORM_CALCULATE */
	bool required;
	struct form_text required_message;
	bool decline;   /* offers "prefer not to say" */
	bool sensitive; /* full cells are protected, too */
	bool crossing;  /* other questions are broken down by it */
	enum form_level level;
	bool randomize; /* choices in random order; "other" and exclusive ones stay last */
	const struct form_list *list; /* of the choices; NULL: the type has none */
	struct form_choice *choices;  /* the list's: select, matrix columns, ranking */
	size_t n_choices;
	struct expression *choice_filter; /* which choices are offered; NULL: all */
	struct form_row *rows;
	size_t n_rows;
	double min, max, step; /* scale and numbers; NAN where open; scale: always set, step 1 */
	double *bands;         /* numbers: ascending lower ends of the bands they are reported in */
	size_t n_bands;
	struct form_text low, high; /* scale: names of the ends */
	size_t max_length;          /* text, comment, "other" text: code points */
	size_t ranks;               /* ranking */
	enum form_precision precision;
	char *first, *last;        /* date: "2019-01" .. "2020-12" (or years) */
	const struct form_choice *other; /* the choice with `other`, or NULL */
	char *other_field;               /* QUESTION/other, or NULL */
};

struct form_section {
	char *id;
	struct form_text title, note;
	struct expression *relevant;
	uint64_t series;   /* bit i: reported in form.series[i]; 0: in none */
	size_t first, n;   /* form.questions[first .. first+n-1] */
};

struct form_series {
	char *id; /* [a-z][a-z0-9-]* */
	struct form_text title, subtitle;
};

/* What a round fixes when its keys are made (in rounds/R/form.json only). */
struct form_frozen {
	char *round;        /* NULL: not frozen */
	bool keep_country;  /* else reduced to region before sealing */
	bool text_region;   /* text records carry the region: the study opted in */
	bool demonstration; /* pages and reports say so */
};

struct regions; /* forms/regions.h */
struct pool;    /* forms/pool.h */
struct form_index; /* forms/form_field.c */

struct form {
	char *id;
	char **languages; /* BCP 47; the first is the source */
	size_t n_languages;
	struct form_text title, introduction, consent, thanks;
	char **reviewer; /* by language: who reviewed the translation, or NULL */
	struct form_list *lists;
	size_t n_lists;
	struct form_series *series;
	size_t n_series;
	struct form_section *sections;
	size_t n_sections;
	struct form_question *questions;
	size_t n_questions;
	struct form_frozen frozen;
	struct regions *regions; /* of a frozen form; else NULL */
	struct form_index *index; /* of fields, for form_field(); NULL: none was made */
	struct pool *pool;       /* everything above but expressions and regions */
};

/*
 * Read a questionnaire. Every fault is added to `findings` with its place ("questions[3].type");
 * returns -1 with `err` saying the first one if there is any of grade error. The caller owns *out.
 */
int form_parse(struct form **out, const char *text, size_t n, struct findings *findings,
               struct err *err);
int form_load(struct form **out, const char *path, struct findings *findings, struct err *err);
void form_free(struct form *f);

/*
 * Write the questionnaire in its one canonical layout: every reading of it gives an equal form, and
 * writing that gives the same bytes. A frozen form is written without what its round fixed.
 */
void form_write(struct buf *out, const struct form *f);

/* A text in a language, falling back to the source language; never NULL ("" if it has none). */
const char *form_text(const struct form_text *t, size_t language);
/* Index of a language, or -1. */
int form_language(const struct form *f, const char *code);
/* Is the language written from right to left? (ICU) */
bool form_right_to_left(const char *language);

const struct form_question *form_question(const struct form *f, const char *id);
const struct form_choice *form_choice(const struct form_question *q, const char *value);
const char *form_type_name(enum form_type type); /* "select_one" */
const char *form_level_name(enum form_level level); /* "ordinal"; NULL for none */
/* Does the type have an answer that people give? Not notes and calculations. */
bool form_is_asked(enum form_type type);

/* Free-text fields of the questionnaire, in order: comments, short texts, "other" texts. */
struct form_free_text {
	const struct form_question *question;
	const char *field;
	enum record_kind kind; /* RECORD_SHORT or RECORD_LONG */
	size_t max_length;     /* code points */
};
/* Number of them; fills at most `cap`. */
size_t form_free_texts(const struct form *f, struct form_free_text *out, size_t cap);

/* The most bytes of JSON that a kind's record can need; to be given to encode_size(). */
size_t form_capacity(const struct form *f, enum record_kind kind);

#endif
