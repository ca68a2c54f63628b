/* check.h - the linter: is this questionnaire ready to be asked, and whom could it harm? */
#ifndef FORMS_CHECK_H
#define FORMS_CHECK_H

#include "forms/form.h"
#include "forms/study.h"
#include "lib/base/err.h"
#include "lib/base/findings.h"

/*
 * Add what is missing, contradictory or doubtful. A round's keys are not made while there is an
 * error. Bounded in time: skip logic that is too large to follow is said to be so.
 */
void check_form(const struct form *f, struct findings *findings);

/*
 * The risk report: what could identify or harm people. Adds warnings where a question clearly
 * identifies, advice where it is a decision. `study` may be NULL (a questionnaire alone).
 * `expect` is the number of responses that are expected, or 0: then no cells are counted.
 * Returns 0, or -1 with err set (ERR_NOMEM; ERR_INPUT, ERR_IO of the study's regions).
 */
int check_risks(const struct form *f, const struct study *study, unsigned long expect,
                struct findings *findings, struct err *err);

/* Said of a questionnaire that is frozen so, and of a study that would freeze it so. */
#define CHECK_TEXT_REGION                                                                          \
	"free texts carry the region of who wrote them, which makes writers easier to find: set "  \
	"\"text_region\": false in study.json"

/*
 * What study.json lacks, or says in a way that harms people or reports. -1 with err set
 * (ERR_NOMEM).
 */
int check_study(struct findings *f, const struct form *form, const struct study *s,
                struct err *err);

/* Texts of study.json in a language that neither the questionnaire nor the reports have. */
void check_study_languages(struct findings *f, enum finding_grade grade, const struct form *form,
                           const struct study *s);

/*
 * Which questions are about what others can see or know of somebody: country, age, gender, origin,
 * work ... by the words of six languages, as the risk report does. `visible` has one entry a
 * question. -1 with err set (ERR_NOMEM).
 */
int check_visible(bool *visible, const struct form *f, struct err *err);

/*
 * Minutes that the questionnaire takes the median simulated person, from opening the page to
 * sending: reading at 200 words a minute and seconds for each control. -1 with err set as above.
 */
double check_minutes(const struct form *f, const struct study *study, struct err *err);

#endif
