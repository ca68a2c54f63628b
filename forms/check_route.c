/*
 * check_route.c - the skip logic. In: a form. Out: findings about conditions that can never hold,
 * that always hold, or that compare with what nobody can answer.
 *
 * That conditions look back only, so that none depends on itself, and that the fields they mention
 * exist, form_json.c has seen to: a questionnaire with a circle is not read. What is said here to
 * be impossible is proved (check_search.c); what could not be settled is not spoken of, unless the
 * skip logic as a whole is too large to follow.
 */
#include "forms/check_parts.h"
#include "forms/check_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct router {
	const struct form *form;
	struct findings *findings;
	struct check_search search;
	bool *section_never;
	size_t choice_steps; /* that are left for filters of choices */
};

/* --- values that are no choices --- */

struct comparing {
	struct router *r;
	const char *place;
	const struct form_question *self; /* that "." means */
};

static const struct form_question *question_of(const struct comparing *c,
                                               const struct expression *e)
{
	char id[80];

	if (e->op == EXPR_SELF)
		return c->self;
	if (e->op != EXPR_FIELD)
		return NULL;
	snprintf(id, sizeof id, "%.*s", (int)strcspn(e->text, "/"), e->text);
	return form_question(c->r->form, id);
}

static bool is_choice(const struct form_question *q, const char *text, size_t n)
{
	if (n == strlen(ANSWER_DECLINED) && strncmp(text, ANSWER_DECLINED, n) == 0)
		return q->decline;
	for (size_t i = 0; i < q->n_choices; i++)
		if (strncmp(q->choices[i].value, text, n) == 0 && q->choices[i].value[n] == '\0')
			return true;
	return false;
}

/* XPath compares a number with a text as numbers. */
static bool is_number_of_choice(const struct form_question *q, double number)
{
	for (size_t i = 0; i < q->n_choices; i++) {
		char *end;
		double n = strtod(q->choices[i].value, &end);

		if (*end == '\0' && n == number)
			return true;
	}
	return false;
}

static void compare_text(const struct comparing *c, const struct form_question *q,
                         const struct expression *e, bool list)
{
	const char *text = e->text;

	while (*text != '\0') {
		size_t n = list ? strcspn(text, " ") : strlen(text);

		if (n > 0 && !is_choice(q, text, n))
			findings_add(c->r->findings, FINDING_ERROR, c->place,
				"compares ${%s} with \"%.*s\", which is none of its choices: "
				"correct the value", q->id, (int)(n < 80 ? n : 80), text);
		text += n + (text[n] == ' ');
	}
}

static void compare(const struct comparing *c, const struct form_question *q,
                    const struct expression *constant, bool selected)
{
	bool many = q->type == FORM_SELECT_MULTIPLE || q->type == FORM_RANKING;

	if (q->list == NULL)
		return;
	if (constant->op == EXPR_STRING) {
		const struct form_choice *only = form_choice(q, constant->text);

		compare_text(c, q, constant, many && !selected);
		if (many && !selected && only != NULL && !only->exclusive)
			findings_add(c->r->findings, FINDING_ADVICE, c->place,
				"is about people who chose \"%s\" alone in ${%s}: if others may be "
				"chosen with it, write selected(${%s}, '%s')", only->value, q->id,
				q->id, only->value);
	} else if (constant->op == EXPR_NUMBER && !many &&
		   !is_number_of_choice(q, constant->number)) {
		findings_add(c->r->findings, FINDING_ERROR, c->place,
			"compares ${%s} with %g, which is none of its choices: correct the value",
			q->id, constant->number);
	}
}

static void check_comparisons(const struct comparing *c, const struct expression *e)
{
	const struct form_question *q;
	bool selected;

	if (e == NULL)
		return;
	selected = e->op == EXPR_CALL && e->n == 2 && strcmp(e->text, "selected") == 0;
	for (size_t i = 0; e->n == 2 && i < 2; i++)
		if ((e->op == EXPR_EQ || e->op == EXPR_NE || (selected && i == 0)) &&
		    (q = question_of(c, e->operand[i])) != NULL)
			compare(c, q, e->operand[1 - i], selected);
	for (size_t i = 0; i < e->n; i++)
		check_comparisons(c, e->operand[i]);
}

/* --- conditions that decide nothing --- */

enum { GOALS = 4 };

/* Can the goals be met? First without, then with what leads to the fields they mention. */
static enum check_verdict search(struct router *r, const struct check_goal *goals, size_t n,
                                 bool *contradiction)
{
	enum check_verdict verdict;
	struct err err;

	*contradiction = false;
	if (r->findings->failed ||
	    check_search(&verdict, &r->search, goals, n, true, &err) != 0)
		goto nomem;
	if (verdict == CHECK_IMPOSSIBLE) {
		*contradiction = true;
		return verdict;
	}
	if (check_search(&verdict, &r->search, goals, n, false, &err) != 0)
		goto nomem;
	return verdict;
nomem:
	r->findings->failed = 1;
	return CHECK_UNSETTLED;
}

static int any_field(void *ctx, const char *field)
{
	(void)ctx;
	return *field != '\0';
}

static bool has_fields(const struct expression *e)
{
	return expression_fields(e, any_field, NULL) != 0;
}

/*
 * Judge a condition within those around it, the last of `goals`. Says whether it can never hold.
 */
static bool judge(struct router *r, const char *place, struct check_goal *goals, size_t n)
{
	struct check_goal *own = &goals[n - 1];
	bool contradiction;

	if (own->condition == NULL)
		return false;
	if (search(r, goals, n, &contradiction) == CHECK_IMPOSSIBLE) {
		if (!has_fields(own->condition))
			findings_add(r->findings, FINDING_WARNING, place,
				"is never asked: its condition is always false; remove either");
		else if (contradiction)
			findings_add(r->findings, FINDING_ERROR, place,
				"can never be asked: no answers meet its condition; correct it");
		else
			findings_add(r->findings, FINDING_ERROR, place,
				"can never be asked: the conditions and limits of earlier "
				"questions rule out what it needs; correct one of them");
		return true;
	}
	own->wanted = false;
	if (search(r, goals, n, &contradiction) == CHECK_IMPOSSIBLE)
		findings_add(r->findings, FINDING_ADVICE, place,
			contradiction && n == 1
				? "has a condition that is always true: remove or correct it"
				: "has a condition that is always true for those who get here: "
				  "remove or correct it");
	own->wanted = true;
	return false;
}

static void check_constraint(struct router *r, const struct form_question *q)
{
	const struct form_section *s = &r->form->sections[q->section];
	struct check_goal goals[] = {{s->relevant, true, NULL, NULL},
		{q->relevant, true, NULL, NULL}, {q->constraint, true, q->id, NULL}};
	bool contradiction;

	/* a matrix has no answer of its own; texts cannot be tried out */
	if (q->constraint == NULL || q->type == FORM_MATRIX)
		return;
	if (search(r, goals, 3, &contradiction) == CHECK_IMPOSSIBLE)
		findings_add(r->findings, FINDING_ERROR, q->id,
			"cannot be answered: no answer meets its constraint; correct it or the "
			"limits");
}

static void check_choices(struct router *r, const struct form_question *q)
{
	const struct form_section *s = &r->form->sections[q->section];
	struct check_goal goals[] = {{s->relevant, true, NULL, NULL},
		{q->relevant, true, NULL, NULL}, {q->choice_filter, true, NULL, NULL}};
	bool contradiction;
	size_t never = 0, steps = r->search.steps;

	/* long lists are looked at as far as it goes, and not at the cost of the conditions */
	r->search.steps = r->choice_steps;
	for (size_t i = 0; q->choice_filter != NULL && i < q->n_choices; i++) {
		goals[2].columns = (const char *const *)q->choices[i].filter;
		if (search(r, goals, 3, &contradiction) == CHECK_IMPOSSIBLE &&
			never++ < CHECK_SHOWN)
			findings_add(r->findings, FINDING_WARNING, q->id,
				"never offers the choice \"%s\": its filter matches no earlier "
				"answer; "
				"correct the filter",
				q->choices[i].value);
	}
	r->choice_steps = r->search.steps;
	r->search.steps = steps;
	if (never > CHECK_SHOWN)
		findings_add(r->findings, FINDING_WARNING, q->id,
			"never offers %zu more of its choices", never - CHECK_SHOWN);
}

static void check_rows(struct router *r, const struct form_question *q)
{
	const struct form_section *s = &r->form->sections[q->section];
	char place[CHECK_PLACE];

	for (size_t i = 0; i < q->n_rows; i++) {
		struct check_goal goals[] = {{s->relevant, true, NULL, NULL},
			{q->relevant, true, NULL, NULL}, {q->rows[i].relevant, true, NULL, NULL}};
		struct comparing c = {r, place, NULL};

		snprintf(place, sizeof place, "%s.rows.%s", q->id, q->rows[i].id);
		check_comparisons(&c, q->rows[i].relevant);
		judge(r, place, goals, 3);
	}
}

static void check_question(struct router *r, const struct form_question *q)
{
	const struct form_section *s = &r->form->sections[q->section];
	struct check_goal goals[] = {
		{s->relevant, true, NULL, NULL}, {q->relevant, true, NULL, NULL}};
	struct comparing c = {r, q->id, q};

	check_comparisons(&c, q->relevant);
	check_comparisons(&c, q->constraint);
	check_comparisons(&c, q->calculation);
	check_comparisons(&c, q->choice_filter);
	if (r->section_never[q->section]) {
		r->search.never[q->index] = true;
		return;
	}
	if (s->relevant == NULL)
		r->search.never[q->index] = judge(r, q->id, goals + 1, 1);
	else
		r->search.never[q->index] = judge(r, q->id, goals, 2);
	if (r->search.never[q->index])
		return;
	check_constraint(r, q);
	check_choices(r, q);
	check_rows(r, q);
}

static void check_section(struct router *r, size_t i)
{
	const struct form_section *s = &r->form->sections[i];
	struct check_goal goal = {s->relevant, true, NULL, NULL};
	char place[CHECK_PLACE];
	struct comparing c = {r, place, NULL};

	snprintf(place, sizeof place, "sections.%s", s->id);
	check_comparisons(&c, s->relevant);
	r->section_never[i] = judge(r, place, &goal, 1);
	for (size_t k = 0; k < s->n; k++)
		check_question(r, &r->form->questions[s->first + k]);
}

/* A calculation is kept with the answers: the day must not be in it. */
static void check_days(struct router *r, const struct form_question *q)
{
	if (!expression_calls(q->calculation, "today"))
		return;
	if (!has_fields(q->calculation))
		findings_add(r->findings, FINDING_ERROR, q->id,
			"would keep the day of the visit with the answers: remove it");
	else
		findings_add(r->findings, FINDING_WARNING, q->id,
			"works with the day of the visit, which could be told from what is kept: "
			"ask "
			"for what you need instead");
}

void check_route(const struct form *f, struct findings *findings)
{
	struct router r = {.form = f, .findings = findings, .choice_steps = CHECK_STEPS_CHOICES};

	r.search = (struct check_search){.form = f, .steps = CHECK_STEPS_ALL};
	r.search.never = calloc(f->n_questions + 1, sizeof *r.search.never);
	r.section_never = calloc(f->n_sections + 1, sizeof *r.section_never);
	if (r.search.never == NULL || r.section_never == NULL) {
		findings->failed = 1;
	} else {
		for (size_t i = 0; i < f->n_sections; i++)
			check_section(&r, i);
		for (size_t i = 0; i < f->n_questions; i++)
			check_days(&r, &f->questions[i]);
		if (r.search.steps == 0)
			findings_add(findings, FINDING_ADVICE, "questionnaire",
				"has more skip logic than could be followed: try it out with "
				"survey-form simulate");
	}
	free(r.search.never);
	free(r.section_never);
}
