/* check_parts.h - what the files of the linter share. */
#ifndef FORMS_CHECK_PARTS_H
#define FORMS_CHECK_PARTS_H

#include "forms/check_match.h"
#include "forms/form.h"
#include "forms/regions.h"
#include "forms/study.h"
#include "lib/base/findings.h"

enum { CHECK_PLACE = 256 };

/* What is looked at twice, at most so many findings of a kind stand alone. */
enum { CHECK_SHOWN = 3 };

/*
 * Call `each` for every text that people read, with its place ("gender.hint", "choices.yn.yes").
 * A list of choices that questions share comes once. A nonzero return stops and is returned.
 */
enum check_kind { CHECK_PAGE, CHECK_TITLE, CHECK_LABEL, CHECK_HINT, CHECK_SMALL, CHECK_CHOICE,
	CHECK_ROW, CHECK_NOTE };
int check_texts(const struct form *f,
                int (*each)(void *ctx, enum check_kind kind, const char *place,
                            const struct form_text *t),
                void *ctx);

/* Missing, untranslated, unreviewed, overlong, repeated. Out of memory: findings->failed. */
void check_translation(const struct form *f, struct findings *findings);

/* Conditions that can never or always hold, and what they compare. */
void check_route(const struct form *f, struct findings *findings);

/* A question that sorts people into groups. */
struct check_group {
	const struct form_question *question;
	size_t cells;
	bool visible; /* what others know of a person: age, gender, place, work, ... */
};

/* Count the cells that `expect` simulated people leave small. */
int check_expect(const struct form *f, const struct study *study, const struct regions *regions,
                 unsigned long expect, const struct check_group *groups, size_t n,
                 struct findings *findings, struct err *err);

/* Compare what the introduction says about minutes with what simulated people need. */
int check_time(const struct form *f, const struct regions *regions,
               const struct check_match *words, struct findings *findings, struct err *err);

/* The study's regions, or the default map. The caller owns *out. */
int check_regions(struct regions **out, const struct study *study, struct err *err);

/* Simulated person number `n`, pruned, with the calculations. The caller owns *out. */
int check_person(struct answers **out, const struct form *f, const struct regions *regions,
                 unsigned long n, struct err *err);

#endif
