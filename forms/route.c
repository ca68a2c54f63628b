/*
 * route.c - relevance. In: a questionnaire and answers. Out: who was asked what.
 *
 * A question is asked when its section's and its own condition hold. Conditions look back only
 * (form_json.c checks), so one pass in question order, which removes the answers to what was not
 * asked as it goes, settles everything: a later condition sees no answer where none counts.
 */
#include "forms/route.h"

static bool holds(const struct expression *e, const struct answers *a)
{
	struct expression_scope scope = {a, NULL};

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

void route_prune(const struct form *f, struct answers *a)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		bool asked = route_asked(f, q, a);

		if (!asked)
			answers_remove(a, q->id);
		if (q->other != NULL && (!asked || !answers_has(a, q->id, q->other->value)))
			answers_remove(a, q->other_field);
		for (size_t k = 0; k < q->n_rows; k++)
			if (!asked || !holds(q->rows[k].relevant, a))
				answers_remove(a, q->rows[k].field);
	}
}
