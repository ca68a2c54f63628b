/*
 * batch.h - all opened answers of a round as typed columns: a byte or two a question and person,
 * made for counting. A batch keeps no record together: its rows are people in no order.
 */
#ifndef ANALYZER_BATCH_H
#define ANALYZER_BATCH_H

#include "forms/form.h"
#include "lib/base/err.h"
#include "lib/record/answers.h"
#include "lib/record/encode.h"

#include <stddef.h>
#include <stdint.h>

/* The region of people who gave no country or one that no region has; the same for languages. */
#define BATCH_NONE "none"

/* What stands in a column where no answer does; their codes follow those of the answers. */
enum batch_special { BATCH_DECLINED, BATCH_BLANK, BATCH_NOT_ASKED, BATCH_SPECIALS };

enum batch_kind {
	BATCH_CODE,   /* one code */
	BATCH_BITS,   /* one bit for each answer and each special */
	BATCH_RANKS,  /* a code for each rank; a special in the first, BATCH_BLANK behind the last */
	BATCH_NUMBER, /* the code of its band, and the number */
};

/* One question, or one row of a matrix. */
struct batch_column {
	const struct form_question *question; /* borrowed from the form */
	const struct form_row *row;           /* NULL unless of a matrix */
	uint32_t hash;                        /* hash_name() of the field */
	enum batch_kind kind;
	char **answers; /* values, NULL at the end; the code is the index */
	size_t n_answers;
	size_t code;  /* bytes of a code: 1 or 2 (host order) */
	size_t width; /* bytes a person */
	uint8_t *data;
	double *bands;   /* BATCH_NUMBER: lower ends, one for each answer */
	double *numbers; /* BATCH_NUMBER: one a person, where the code is not special */
};

/* One free text: how many records were not empty, by language. */
struct batch_text {
	struct form_free_text text;
	size_t records;  /* empty or not */
	size_t *written; /* one for each of the batch's languages */
};

struct batch {
	const struct form *form; /* borrowed */
	struct batch_column *columns; /* in question order; notes and free texts have none */
	size_t n_columns;
	struct batch_text *texts;
	size_t n_texts;
	const char **regions, **languages; /* ids; the last is BATCH_NONE. Borrowed from the form */
	size_t n_regions, n_languages;
	uint16_t *region, *language; /* of each person: indices in the lists above */
	size_t n, cap; /* people */
	size_t aside, texts_aside; /* records that hold what no column can */
	bool filtered;             /* some people only: free texts, which know nobody, are left out */
};

/*
 * An empty batch for a frozen questionnaire, which must outlive it. ERR_INPUT if a date question
 * has too many answers. The caller owns *out.
 */
int batch_create(struct batch **out, const struct form *form, struct err *err);
void batch_free(struct batch *b); /* wipes; NULL is fine */

/*
 * Add one person, whose answers were checked when they were opened (open_stores()). Should an
 * answer have no code all the same, the record is set aside and counted. On failure (ERR_NOMEM)
 * the batch is as it was.
 */
int batch_core(struct batch *b, const struct answers *a, struct err *err);

/* Add one free text's record; only whether something was written is kept. */
void batch_text(struct batch *b, const struct record_text *t);

/* The code (of one kind of data) at a place of a column. */
static inline unsigned batch_code(const struct batch_column *c, size_t at)
{
	return c->code == 1 ? c->data[at] : ((const uint16_t *)(const void *)c->data)[at];
}

/* batch_column.c: the columns of a form, empty. Private to the batch. */
int batch_columns_create(struct batch *b, struct err *err);
void batch_columns_free(struct batch *b);

#endif
