/*
 * open_check.c - what was sealed is untrusted: anybody can seal anything to a public key, and what
 * a browser seals no collector has checked.
 *
 * Enters: a decoded record. Leaves: whether it answers the frozen questionnaire, by the rule book
 * of the page (forms/accept.h) and with the same mercy: answers to what was not asked are left
 * out, mistakes are not. Only as far as a record can: free texts are in records of their own, and
 * the country is reduced to the region unless the study keeps it, so that neither is missed in the
 * core record when it was required.
 */
#include "analyzer/open_check.h"
#include "forms/accept.h"
#include "forms/form_field.h"
#include "forms/regions.h"
#include "lib/base/buf.h"
#include "lib/base/utf8.h"
#include "lib/record/encode.h"

#include <string.h>

static int aside(struct open_check *found, enum open_fault fault)
{
	found->fault = fault;
	return 1;
}

static bool region_known(const struct form *f, const char *region)
{
	return region == NULL || (f->regions != NULL && regions_find(f->regions, region) >= 0);
}

/* Was it left out of the core record on purpose? */
static bool elsewhere(const struct accept_finding *a, const struct form *f)
{
	if (a->fault != ACCEPT_REQUIRED || a->question == NULL)
		return false;
	if (a->question->type == FORM_TEXT || a->question->type == FORM_COMMENT)
		return true;
	return a->question->type == FORM_COUNTRY && !f->frozen.keep_country;
}

/* Free text in a core record, or a country where the region stands for it. */
static bool too_much(const struct answers *a, const struct form *f)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		if (q->other_field != NULL && answers_get(a, q->other_field) != NULL)
			return true;
		if ((q->type == FORM_TEXT || q->type == FORM_COMMENT) &&
		    answers_get(a, q->id) != NULL)
			return true;
		if (q->type == FORM_COUNTRY && !f->frozen.keep_country &&
		    answers_get(a, q->id) != NULL && !answers_declined(a, q->id))
			return true;
	}
	return false;
}

int open_check_core(struct answers *a, const uint8_t *json, size_t n, const struct form *f,
                    struct open_check *found, struct err *err)
{
	struct accept_report report = {0};
	struct buf after = {0};
	int status;

	*found = (struct open_check){0};
	if ((a->language[0] != '\0' && form_language(f, a->language) < 0) ||
	    !region_known(f, a->region))
		return aside(found, OPEN_PLACE);
	if (too_much(a, f))
		return aside(found, OPEN_TOO_MUCH);
	status = accept_answers(a, f, &report, err);
	/* room for all at once: it seldom is longer than what it was read from */
	buf_room(&after, n);
	encode_json(&after, a);
	if (after.failed)
		status = err_nomem(err);
	if (status == 1) {
		status = 0;
		for (size_t i = 0; i < report.n && status == 0; i++) {
			if (elsewhere(&report.list[i], f))
				continue;
			found->mistake = report.list[i].fault;
			status = aside(found, OPEN_MISTAKE);
		}
	}
	/* one content has one form: other answers are other bytes, from the first brace to the last */
	found->tidied = status == 0 && (after.len > n || memcmp(after.data, json, after.len) != 0);
	buf_wipe(&after);
	accept_report_finish(&report);
	return status;
}

/* The question whose free text it is, in records of this kind; or NULL. */
static const struct form_question *question_of(const struct record_text *t, enum record_kind kind,
                                               const struct form *f)
{
	struct form_field field = form_field(f, t->field);
	const struct form_question *q = field.question;

	if (q == NULL || field.row != NULL ||
	    (!field.other && q->type != FORM_TEXT && q->type != FORM_COMMENT))
		return NULL;
	return kind == (!field.other && q->type == FORM_COMMENT ? RECORD_LONG : RECORD_SHORT) ? q
	                                                                                      : NULL;
}

int open_check_text(const struct record_text *t, enum record_kind kind, const struct form *f,
                    struct open_check *found)
{
	const struct form_question *q = question_of(t, kind, f);

	*found = (struct open_check){0};
	if (q == NULL)
		return aside(found, OPEN_TEXT);
	if ((t->language[0] != '\0' && form_language(f, t->language) < 0) ||
	    !region_known(f, t->region))
		return aside(found, OPEN_PLACE);
	if (t->region != NULL && !f->frozen.text_region)
		return aside(found, OPEN_TOO_MUCH);
	found->mistake = !utf8_valid(t->text, strlen(t->text)) ? ACCEPT_BAD_TEXT : ACCEPT_TOO_LONG;
	if (found->mistake == ACCEPT_BAD_TEXT || utf8_length(t->text) > q->max_length)
		return aside(found, OPEN_MISTAKE);
	return 0;
}
