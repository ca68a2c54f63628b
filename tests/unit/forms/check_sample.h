/* check_sample.h - small questionnaires for the linter, and what it says of them. */
#ifndef TESTS_FORMS_CHECK_SAMPLE_H
#define TESTS_FORMS_CHECK_SAMPLE_H

#include "forms/check.h"
#include "tests/unit/forms/sample.h"

/* One section with these questions. */
#define ONE(questions) HEAD SECTION("s", "", questions) "]}"
#define YN(id, more) Q(id, "select_one", ",\"choices\":\"yn\"" more)
#define MORE(id, more) Q(id, "select_multiple", ",\"choices\":\"more\"" more)
#define ABC(id, more) Q(id, "select_one", ",\"choices\":\"abc\"" more)
#define IF(condition) ",\"relevant\":\"" condition "\""

static inline struct form *parsed(const char *label, const char *text)
{
	struct findings findings = {0};
	struct form *f = NULL;
	struct err err;

	if (form_parse(&f, text, strlen(text), &findings, &err) != 0)
		fail_msg("%s: %s", label, err.msg);
	findings_finish(&findings);
	return f;
}

static inline bool found(const struct findings *f, enum finding_grade grade, const char *place,
                         const char *text)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->list[i].grade == grade && strcmp(f->list[i].place, place) == 0 &&
		    strstr(f->list[i].text, text) != NULL)
			return true;
	return false;
}

/* One finding is wanted, or none (text NULL). */
struct check_case {
	const char *label, *form;
	enum finding_grade grade;
	const char *place, *text;
};

static inline void expect_only(const struct check_case *c, const struct findings *f)
{
	if (f->failed)
		fail_msg("%s: out of memory", c->label);
	for (size_t i = 0; i < f->n; i++)
		if (c->text == NULL || !found(f, c->grade, c->place, c->text) || f->n > 1)
			fail_msg("%s: %s: %s: %s", c->label, f->list[i].place,
				finding_grade_name(f->list[i].grade), f->list[i].text);
	if (c->text != NULL && f->n == 0)
		fail_msg("%s: nothing was found", c->label);
}

#endif
