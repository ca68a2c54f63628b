/* count_private.h - what the files of counting share. */
#ifndef ANALYZER_COUNT_PRIVATE_H
#define ANALYZER_COUNT_PRIVATE_H

#include "analyzer/count.h"

#include <stdint.h>

/*
 * Who is counted together. Every person is in one atom (a pair of region and language, or a
 * combination of answers), and a group of the release is a set of atoms.
 */
struct count_people {
	const struct batch *batch;
	uint16_t *atom; /* of each person */
	size_t n_atoms;
	size_t n_groups;
	uint8_t *inside; /* [group * n_atoms + atom] */
};
void count_people_finish(struct count_people *p); /* wipes */

/* A number that people gave, how many did, and their atom. */
struct count_number {
	double value;
	uint32_t n;
	uint16_t atom;
};

/* Counts of one column for each atom. */
struct count_tally {
	const struct batch_column *column;
	size_t codes;     /* answers and specials */
	uint32_t *cells;  /* [atom * codes + code]; of a ranking who was put first */
	uint32_t *ranked; /* rankings: ranked at all; else NULL */
	uint64_t *ranks;  /* rankings: [atom * answers + answer], the sum of the ranks given */
	struct count_number *numbers; /* BATCH_NUMBER: by value, then atom */
	size_t n_numbers;
};

/* count_tally.c: all columns of the batch, by several threads. The caller owns the list. */
int count_tallies(struct count_tally **out, const struct count_people *p, struct err *err);
void count_tallies_free(struct count_tally *list, size_t n); /* wipes numbers */

/* count_groups.c: the groups of a plan with their people, and the atoms they are made of. */
int count_groups(struct release *r, struct count_people *p, const struct batch *b,
                 const struct count_plan *plan, struct err *err);
/* Room for `n` groups, of which the first, everybody, is made. */
int count_groups_begin(struct release *r, size_t n, struct err *err);
/* How many people each group has, once atoms and groups stand. */
int count_groups_people(struct release *r, const struct count_people *p, struct err *err);

/* count_cross.c: the same for the answers of questions. */
int count_cross_groups(struct release *r, struct count_people *p, const struct batch *b,
                       const struct count_by *by, struct err *err);

/* count_number.c: the numbers of one column, gathered. */
int count_number_gather(struct count_tally *t, const struct count_people *p, struct err *err);
/* Mean, median and quartiles of a slot whose group and base stand already. */
void count_number_slot(struct release_slot *s, const struct count_tally *t,
                       const struct count_people *p);
void count_number_scale(const struct release_table *t, struct release_slot *s);

#endif
