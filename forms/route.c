/*
 * route.c - relevance. In: a questionnaire and answers. Out: who was asked what.
 *
 * A question is asked when its section's and its own condition hold. Conditions look back only
 * (form_json.c checks), so one pass in question order, which removes the answers to what was not
 * asked as it goes, settles everything: a later condition sees no answer where none counts.
 */
#include "forms/route.h"

#include "forms/accept_text.h"

#include <string.h>

static bool holds(const struct expression *e, const struct answers *a)
{
	struct expression_scope scope = {.answers = a};

	return e == NULL || expression_true(e, &scope);
}

bool route_asked(const struct form *f, const struct form_question *q, const struct answers *a)
{
	return holds(f->sections[q->section].relevant, a) && holds(q->relevant, a);
}

bool route_row_asked(const struct form *f, const struct form_question *q,
                     const struct form_row *row, const struct answers *a)
{
	return route_asked(f, q, a) && holds(row->relevant, a);
}

bool route_offered(const struct form_question *q, const struct form_choice *c,
                   const struct answers *a)
{
	struct expression_scope scope = {.answers = a,
		.columns = (const char *const *)c->filter};

	return q->choice_filter == NULL || expression_true(q->choice_filter, &scope);
}

int route_calculate(const struct form_question *q, struct answers *a, struct err *err)
{
	struct expression_scope scope = {.answers = a};
	struct buf text = {0};
	int status = 0;

	expression_text(&text, q->calculation, &scope);
	if (text.failed)
		status = err_nomem(err);
	else if (text.data == NULL || text.len == 0 || text.len > ROUTE_CALCULATED ||
	         !accept_text_valid(text.data) || strpbrk(text.data, "\n\"\\") != NULL)
		answers_remove(a, q->id);
	else
		status = answers_set(a, q->id, text.data, err);
	buf_wipe(&text);
	return status;
}

int route_prune(const struct form *f, struct answers *a, struct err *err)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		bool asked = route_asked(f, q, a);

		if (!asked)
			answers_remove(a, q->id);
		else if (q->type == FORM_CALCULATE && route_calculate(q, a, err) != 0)
			return -1;
		if (q->other != NULL && (!asked || !answers_has(a, q->id, q->other->value)))
			answers_remove(a, q->other_field);
		for (size_t k = 0; k < q->n_rows; k++)
			if (!asked || !holds(q->rows[k].relevant, a))
				answers_remove(a, q->rows[k].field);
	}
	return 0;
}
