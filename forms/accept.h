/*
 * accept.h - are these answers answers to this questionnaire? One rule book for the page, the
 * import and the opened records: normalise, prune what was not asked, check.
 */
#ifndef FORMS_ACCEPT_H
#define FORMS_ACCEPT_H

#include "forms/form.h"
#include "lib/record/answers.h"

enum accept_fault {
	ACCEPT_UNKNOWN_FIELD,  /* no such question or row */
	ACCEPT_UNKNOWN_CHOICE, /* no such choice */
	ACCEPT_NOT_OFFERED,    /* a choice that choice_filter leaves out for these answers */
	ACCEPT_TWICE,          /* one answer expected, several given; or ranked twice */
	ACCEPT_REQUIRED,       /* must be answered or declined */
	ACCEPT_NOT_A_NUMBER,
	ACCEPT_NOT_WHOLE,
	ACCEPT_TOO_SMALL,   /* below question->min */
	ACCEPT_TOO_LARGE,   /* above question->max */
	ACCEPT_BAD_STEP,
	ACCEPT_TOO_LONG,    /* more code points than question->max_length */
	ACCEPT_BAD_TEXT,    /* invalid UTF-8 or a control character */
	ACCEPT_BAD_DATE,
	ACCEPT_RANK_GAP,    /* a rank is given without the one before */
	ACCEPT_CONSTRAINT,  /* the question's own rule */
	ACCEPT_NO_DECLINE,  /* "prefer not to say" where it is not offered */
	ACCEPT_FAULTS
};

struct accept_finding {
	enum accept_fault fault;
	const struct form_question *question; /* NULL for an unknown field */
	const struct form_row *row;           /* NULL unless about a matrix row */
};

struct accept_report {
	struct accept_finding *list;
	size_t n, cap;
};
void accept_report_finish(struct accept_report *r);

/*
 * Bring `a` into canonical form in place: CRLF to LF, surrounding blanks cut from texts and
 * numbers, empty fields removed, fields in question order, an exclusive choice alone, choices in
 * the questionnaire's order, "other" text only with its choice, irrelevant answers removed; then
 * check it. Numbers in any script's digits become ASCII. Each fault is added to `report`; what is
 * at fault stays in `a` so that a page can show it again.
 * Returns 0 if there is no fault, 1 if there is; -1 with err set (ERR_NOMEM).
 * Records the collector sealed are exactly those for which this returned 0.
 */
int accept_answers(struct answers *a, const struct form *f, struct accept_report *report,
                   struct err *err);

/* "unknown choice": the fault in plain English, for an import's messages. */
const char *accept_fault_text(enum accept_fault fault);
/* "required": the fault's key in the words catalogue, "error.required". */
const char *accept_fault_key(enum accept_fault fault);

#endif
