/*
 * micro.h - records of single people, made ready to leave the analysis machine: only by decision
 * (a written purpose), without free texts, coarsened and suppressed to k-anonymity.
 */
#ifndef ANALYZER_MICRO_H
#define ANALYZER_MICRO_H

#include "analyzer/batch.h"
#include "forms/form.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	MICRO_K = 10,    /* never fewer people alike */
	MICRO_NAME = 32, /* bytes of a name in statistics programs */
};

/* What stands where no answer does: so far below the variable's `floor`. */
enum micro_missing {
	MICRO_DECLINED = 1,
	MICRO_NOT_ASKED,
	MICRO_BLANK,
	MICRO_SUPPRESSED, /* taken away to protect the person */
};

struct micro_value {
	double code;
	char *label;
};

struct micro_variable {
	char name[MICRO_NAME + 1]; /* [a-z][a-z0-9_]* */
	char *label;
	char *answer; /* of a 0/1 variable: the answer's own label; else NULL */
	const struct form_question *question; /* borrowed; NULL: region, language */
	enum form_level level;
	struct micro_value *values; /* labelled codes, the missing ones last */
	size_t n_values;
	double floor; /* 0, or less where answers can be negative: codes are floor-1 .. floor-4 */
	bool decimal;
	double *data; /* one a person */
};

/* 0/1 variables of one question with several answers. */
struct micro_set {
	char name[MICRO_NAME + 1];
	const char *label; /* borrowed */
	size_t first, n;   /* variables */
};

struct micro {
	size_t n; /* people */
	struct micro_variable *variables;
	size_t n_variables, cap;
	struct micro_set *sets;
	size_t n_sets;
	struct buf changes; /* one line for each thing that was changed */
	size_t k;
};

struct micro_request {
	const struct form *form;
	size_t language;      /* of labels */
	const char *question; /* this one beside the quasi-identifiers; NULL: all */
	const char *quasi;    /* more quasi-identifiers, with commas between them; or NULL */
	size_t k;             /* at least MICRO_K */
};

/*
 * Everybody's answers as variables. Quasi-identifiers are region and language, the questions that
 * others are crossed by, those about what others can see or know of a person, and `quasi`. They are
 * merged and suppressed until everybody is like at least k - 1 others in all of them together; who
 * cannot be is left out. Countries are regions. The largest and smallest numbers become those that
 * k people reach. People are sorted by what is written of them, so that their order says nothing.
 * ERR_REFUSED: fewer than k people, a free text; ERR_INPUT: no such question. The caller owns *out.
 */
int micro_create(struct micro **out, const struct batch *b, const struct micro_request *r,
                 struct err *err);
void micro_free(struct micro *m); /* wipes; NULL is fine */

/* A code as text: a whole number, or with as few digits as tell it apart. */
void micro_put_number(struct buf *out, double value);

/* micro_csv.c: codes, a header line of names; and what the codes mean. */
void micro_csv(struct buf *out, const struct micro *m);
void micro_codebook(struct buf *out, const struct micro *m, const char *title,
                    const char *purpose);

/* micro_readstat.c: SPSS and Stata. ERR_IO with the library's reason. */
int micro_sav(struct buf *out, const struct micro *m, const char *title, const char *purpose,
              struct err *err);
int micro_dta(struct buf *out, const struct micro *m, const char *title, const char *purpose,
              struct err *err);

/*
 * micro_sets.c: put multiple-response sets into a .sav file's dictionary, in place (ReadStat writes
 * none). ERR_INPUT: not the file that was expected.
 */
int micro_sets(struct buf *sav, const struct micro *m, struct err *err);

#endif
