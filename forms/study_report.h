/*
 * study_report.h - what staff say of their reports in study.json: the imprint ("report") and what
 * only they know of the Checklist for Reporting Results of Internet E-Surveys ("cherries").
 */
#ifndef FORMS_STUDY_REPORT_H
#define FORMS_STUDY_REPORT_H

#include "forms/study_texts.h"
#include "lib/base/buf.h"
#include "lib/base/findings.h"

enum study_imprint {
	STUDY_PUBLISHER,
	STUDY_AUTHORS,
	STUDY_LICENCE,
	STUDY_CITATION,
	STUDY_IMPRINTS,
};

/* Items of the checklist that the programs cannot know. */
enum study_item {
	STUDY_DESIGN, /* beyond what the programs know: whom the survey is for */
	STUDY_IRB_APPROVAL,
	STUDY_DEVELOPMENT_AND_TESTING,
	STUDY_CONTACT_MODE,
	STUDY_ADVERTISING,
	STUDY_CONTEXT,
	STUDY_INCENTIVES,
	STUDY_TIME_AND_DATE, /* beyond the months: events in that time */
	STUDY_ITEMS,
};

/* Numbers that staff counted elsewhere; the collector counts no visits. */
enum study_loads {
	STUDY_SITE_LOADS, /* of the pages that led to the survey */
	STUDY_PAGE_LOADS, /* of the survey's first page */
	STUDY_STARTED,    /* people who agreed to take part */
	STUDY_LOADS,
};

struct study_report {
	struct study_text *imprint[STUDY_IMPRINTS], *items[STUDY_ITEMS];
	char *published;         /* "2020-09"; NULL: not stated */
	long loads[STUDY_LOADS]; /* 0: not stated */
};

/* Members "report" and "cherries" of study.json, both optional. ERR_INPUT, ERR_NOMEM. */
int study_report_read(struct study_report *out, const struct json *study, struct err *err);
void study_report_finish(struct study_report *r);

/*
 * Member `name`, a month such as "2020-09", as a string of the caller's; NULL if it is empty or not
 * there. ERR_INPUT, ERR_NOMEM.
 */
int study_report_month(char **out, const struct json *part, const char *name, struct err *err);

/* Both members with everything empty, for staff to fill in; begins with "report". */
void study_report_write(struct buf *out);

/* A finding that names the keys of the imprint that are empty, and one for the checklist. */
void study_report_missing(struct findings *f, enum finding_grade grade,
                          const struct study_report *r);
/* The same for texts that are there, but not in this language. */
void study_report_untranslated(struct findings *f, enum finding_grade grade,
                               const struct study_report *r, const char *language);

#endif
