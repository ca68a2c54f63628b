/* study.h - the study folder: study.json, its rounds and where everything in it is. */
#ifndef FORMS_STUDY_H
#define FORMS_STUDY_H

#include "forms/form.h"
#include "forms/regions.h"
#include "forms/study_months.h"
#include "forms/study_report.h"
#include "forms/study_texts.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of which questions it is not published that everybody in a group gave one answer. */
enum study_full { STUDY_FULL_SENSITIVE, STUDY_FULL_ALL, STUDY_FULL_NONE };

struct study {
	char *folder;
	char *id;
	struct study_text *title, *contact, *support; /* lists, language NULL at the end */
	struct study_text *tab_title; /* what a browser's tab shows instead of "Survey" */
	char **report_languages; /* NULL at the end */
	unsigned threshold;      /* k, 5 or more, default 10 */
	unsigned coalition;      /* s, 1 or more */
	enum study_full full_cells;
	bool keep_country;       /* "country": "keep" instead of "region" */
	bool text_region;
	bool demonstration;
	char *quick_exit; /* https address of the page a person can flee to */
	char *field_start, *field_end; /* "2020-04", of every round that has no own; NULL */
	struct study_months *rounds;   /* each round's own, `round` NULL at the end */
	struct study_report report;
};

int study_load(struct study **out, const char *folder, struct err *err);
void study_free(struct study *s);

/* A text of the study in a language, else in English, else the first, else "". */
const char *study_text(const struct study_text *list, const char *language);

/*
 * The round to use: `wanted`, or the greatest by name when NULL. No round: ERR_INPUT, with "make
 * its keys first: survey-keys create". The caller owns *out.
 */
int study_round(char **out, const struct study *s, const char *wanted, struct err *err);

/* FOLDER/rounds/ROUND/NAME, FOLDER/NAME; owned by the caller. */
char *study_round_path(const struct study *s, const char *round, const char *name, struct err *err);
char *study_path(const struct study *s, const char *name, struct err *err);

/* regions.json, or the default map. */
int study_regions(struct regions **out, const struct study *s, struct err *err);

/* rounds/ROUND/form.json with its digest (BLAKE2b-256 of the file's bytes). */
int study_frozen_form(struct form **out, uint8_t digest[RECORD_DIGEST], const struct study *s,
                      const char *round, struct err *err);

/*
 * Of rounds/ROUND/public.key: the public signing key, which releases are checked with, and the
 * fingerprint that people compare.
 */
int study_sign_key(uint8_t out[32], char fingerprint[48], const struct study *s, const char *round,
                   struct err *err);

/* How many custodians hold the round's key, and how many of them open it together. */
int study_custodians(unsigned *custodians, unsigned *quorum, const struct study *s,
                     const char *round, struct err *err);

/* A round's name: [A-Za-z0-9][A-Za-z0-9._-]{0,30} */
bool study_round_valid(const char *round);

#endif
