/* report.h - what the parts of survey-report share: a release and all that its reports need. */
#ifndef REPORT_REPORT_H
#define REPORT_REPORT_H

#include "lib/base/findings.h"
#include "report/edition.h"

/* What the command line says; all borrowed. */
struct report_request {
	const char *study, *release, *language, *series, *folder;
	bool html; /* HTML in place of PDF */
	char **files; /* to check */
	size_t n_files;
};

/* A round with a release, and the round before if it has one. */
struct report_round {
	struct study *study;
	struct form *form, *previous_form;
	struct release *release, *previous;
	struct words *words;
	struct theme *theme;
	unsigned number;      /* of the report in its series: rounds up to this one */
	char fingerprint[48]; /* of the round's key */
	unsigned custodians, quorum;
};

/* One report of the round. */
struct report_part {
	struct edition edition;
	struct number *number;  /* owned; so is the next */
	const char **languages; /* of the edition */
};

/*
 * Read the study and its newest release, or the one that is asked for. Every release must be
 * signed with its round's key and count answers to its round's questions. Faults: ERR_INPUT,
 * ERR_CRYPTO, ERR_IO, ERR_NOMEM; `out` must be finished in any case.
 */
int report_load(struct report_round *out, const struct report_request *r, struct err *err);
void report_finish(struct report_round *r);

/*
 * The reports that are asked for, language by language. ERR_INPUT: an unknown series or language,
 * no words in a language. The caller owns the list.
 */
int report_parts(struct report_part **out, size_t *n, const struct report_round *r,
                 const struct report_request *request, struct err *err);
void report_parts_free(struct report_part *list, size_t n);

/* The series' id and the language: "health-services-en"; appended to `out`. */
void report_part_name(struct buf *out, const struct report_part *p);

/*
 * A report's bytes from its narrative: PDF or (html) HTML. What is odd goes to `findings`. Faults:
 * narrative_file_load()'s, series_compose()'s, layout_write()'s, web_write()'s.
 */
int report_make(struct buf *out, const struct report_part *p, bool html, struct findings *findings,
                struct err *err);

/* What the program does; each returns its exit status. */
int report_write(const struct report_request *r); /* reports */
int report_init(const struct report_request *r);  /* first narratives */
int report_check(const struct report_request *r); /* finished files */

/* Say a fault on standard error; returns its exit status. */
int report_say(const struct err *err);

#endif
