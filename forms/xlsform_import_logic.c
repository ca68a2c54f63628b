/*
 * xlsform_import_logic.c - conditions, rules, filters and calculations, once every name is known.
 * In: the cells relevant, constraint, choice_filter and calculation. Out: expressions in our names;
 * the conditions of groups joined with those of their questions; calculations that cannot be kept
 * and that nobody needs left out.
 */
#include "forms/xlsform_import.h"

#include <stdlib.h>
#include <string.h>

enum { CONDITIONS = 60 };

/* The conditions of a row and of the groups around it up to `top` (not included), joined. */
static const char *join_relevant(struct import *im, const struct import_node *from,
                                 const struct import_node *top, struct import_question *self,
                                 size_t before)
{
	const char *list[CONDITIONS], *all = NULL;
	size_t n = 0;

	for (; from != NULL && from != top && from != &im->root; from = from->parent) {
		struct import_formula c = {.im = im, .row = from->row, .field = IMPORT_RELEVANT,
			.self = self, .before = before,
			/* a group's fault is told once */
			.quiet = from->told};
		const char *text = import_formula_text(&c);

		if ((c.wrong || c.lost) && (self == NULL || from != self->node))
			((struct import_node *)from)->told = true;
		if (text != NULL && n < CONDITIONS)
			list[n++] = text;
	}
	for (size_t i = n; i-- > 0;)
		all = all == NULL ? n == 1 ? list[i] : import_print(im, "(%s)", list[i])
		                  : import_print(im, "%s and (%s)", all, list[i]);
	return all;
}

static void read_rows(struct import *im, struct import_question *q)
{
	for (size_t i = 0; i < q->n_rows; i++) {
		struct import_formula c = {.im = im,
			.row = q->rows[i].row,
			.field = IMPORT_RELEVANT,
			.self = NULL,
			.before = q->index};

		if (q->rows[i].from_sheet)
			q->rows[i].relevant = import_formula_text(&c);
	}
}

static void read_constraint(struct import *im, struct import_question *q)
{
	struct import_formula c = {.im = im, .row = q->row, .field = IMPORT_CONSTRAINT, .self = q,
		.before = q->index};
	struct expression *e;

	if (!form_is_asked(q->type)) {
		if (import_cell(&im->survey, q->row, IMPORT_CONSTRAINT)[0] != '\0')
			import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_CONSTRAINT,
				"there is no answer that this rule could be for: left out");
		return;
	}
	e = import_formula(&c);
	if (e == NULL)
		return;
	q->constraint = import_formula_write(im, e);
	import_bounds_rule(im, q, e, &q->constraint);
	expression_free(e);
}

static void read_filter(struct import *im, struct import_question *q)
{
	struct import_formula c = {.im = im,
		.row = q->row,
		.field = IMPORT_CHOICE_FILTER,
		.self = q,
		.before = q->index};

	if (q->type == FORM_SELECT_ONE || q->type == FORM_SELECT_MULTIPLE ||
		q->type == FORM_RANKING)
		q->choice_filter = import_formula_text(&c);
	if (q->choice_filter != NULL && q->node->type.or_other)
		import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_CHOICE_FILTER,
			"the filter leaves out the choice \"other\" that or_other adds");
	if (!c.wrong && q->choice_filter == NULL && q->type != FORM_MATRIX &&
	    q->type != FORM_COUNTRY && import_cell(&im->survey, q->row, IMPORT_CHOICE_FILTER)[0])
		import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_CHOICE_FILTER,
			"only choices can be filtered: left out");
}

static void read_question(struct import *im, struct import_question *q)
{
	q->relevant = join_relevant(im, q->node, q->base, q, q->index);
	if (q->plain)
		return;
	read_rows(im, q);
	read_constraint(im, q);
	read_filter(im, q);
	if (q->type == FORM_DATE)
		import_bounds_date(im, q);
}

/*
 * A calculation. Those that make texts and names, which an anonymous survey has no use for, often
 * cannot be kept: they are left out, unless a condition needs them.
 */
static struct import_formula read_calculation(struct import *im, struct import_question *q,
                                              bool quiet)
{
	struct import_formula c = {.im = im, .row = q->row, .field = IMPORT_CALCULATION, .self = q,
		.before = q->index, .quiet = quiet};

	q->calculation = import_formula_text(&c);
	if (import_cell(&im->survey, q->row, IMPORT_CALCULATION)[0] == '\0') {
		c.wrong = true;
		c.why = "it is empty";
		if (!quiet)
			import_say(im, FINDING_ERROR, &im->survey, q->row, IMPORT_CALCULATION,
				"the calculation is missing");
	}
	return c;
}

/* Before the conditions: what they can depend on. */
static void try_calculation(struct import *im, struct import_question *q)
{
	struct import_formula c = read_calculation(im, q, true);

	q->cannot = c.wrong;
	q->why = c.why;
	q->left_out = c.lost && !c.wrong;
	if (q->left_out)
		read_calculation(im, q, false);
}

/* Behind them: those that cannot be kept are errors, or left out. */
static void finish_calculation(struct import *im, struct import_question *q)
{
	if (q->cannot && q->needed) {
		read_calculation(im, q, false);
	} else if (q->cannot) {
		q->left_out = true;
		import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_CALCULATION,
			"no condition needs this calculation, and it cannot be kept (%.200s): left "
			"out",
			q->why != NULL ? q->why : "");
	}
}

static void read_section(struct import *im, struct import_section *s)
{
	s->relevant = join_relevant(im, s->node, NULL, NULL, s->first);
}

/* Sections that held only calculations, all left out, disappear. */
static void drop_empty(struct import *im)
{
	size_t n = 0;

	for (size_t i = 0; i < im->n_sections; i++) {
		const struct import_section *s = &im->sections[i];
		bool any = false;

		for (size_t k = 0; k < s->n; k++)
			any |= !im->questions[s->first + k]->left_out;
		if (any)
			im->sections[n++] = *s;
	}
	im->n_sections = n;
}

/* or_other makes a question of its own elsewhere, ${question_other}: here it is free text. */
static void name_other(struct import *im, const struct import_question *q)
{
	const char *name;

	if (q->was == NULL || !q->node->type.or_other)
		return;
	name = import_print(im, "%s_other", q->was);
	if (name != NULL && import_get(&im->names, name) == NULL)
		import_name(im, name, NULL, IMPORT_NAMES_NOTHING, NULL, "free text");
}

void import_logic(struct import *im)
{
	if (im->nomem)
		return;
	for (size_t i = 0; i < im->n_questions; i++)
		if (im->questions[i]->id != NULL)
			import_set(im, &im->new_names, im->questions[i]->id,
				im->questions[i]->was != NULL
					? import_get(&im->names, im->questions[i]->was) : NULL);
	for (size_t i = 0; i < im->n_questions && !im->nomem; i++)
		name_other(im, im->questions[i]);
	for (size_t i = 0; i < im->n_questions && !im->nomem; i++)
		if (im->questions[i]->type == FORM_CALCULATE)
			try_calculation(im, im->questions[i]);
	for (size_t i = 0; i < im->n_sections && !im->nomem; i++)
		read_section(im, &im->sections[i]);
	for (size_t i = 0; i < im->n_questions && !im->nomem; i++)
		if (!im->questions[i]->left_out && !im->questions[i]->cannot)
			read_question(im, im->questions[i]);
	for (size_t i = 0; i < im->n_questions && !im->nomem; i++)
		finish_calculation(im, im->questions[i]);
	drop_empty(im);
}
