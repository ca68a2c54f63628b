/*
 * check_search.c - can conditions hold? In: conditions and how each must come out. Out: answers
 * exist, none do, or it could not be settled.
 *
 * The fields that the conditions mention, and those that decide whether these are asked at all, and
 * so on, are given answers one after the other in the order of the questionnaire, each from its
 * small domain (check_domain.c), by the rules of route.c and accept.c. A branch is left as soon as
 * a goal cannot be met any more: "and", "or" and not() are worked out with what is known so far,
 * as in Kleene's three-valued logic; everything else by the evaluator itself. That is the search of
 * Davis, Putnam, Logemann and Loveland over small domains instead of truth values, with a limit.
 */
#include "forms/check_search.h"

#include "forms/check_parts.h"
#include "forms/pool.h"
#include "forms/route.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum { VARIABLES = 60, GIVING = 10 };

struct state {
	struct check_search *search;
	const struct check_goal *goals;
	size_t n_goals;
	bool free_answers;
	struct check_variable list[VARIABLES];
	const struct form_row *row[VARIABLES];
	size_t cost[VARIABLES]; /* nodes of the conditions on a variable */
	size_t n;
	size_t depth; /* variables that have an answer */
	bool unsure;  /* something was left out: nothing can be proved */
	struct answers *answers;
	struct pool *pool;
	size_t steps;
	bool failed;
	struct err *err;
};

/* --- which fields matter --- */

static const struct form_question *owner(const struct form *f, const char *field,
                                         const struct form_row **row)
{
	size_t n = strcspn(field, "/");

	*row = NULL;
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		if (strncmp(q->id, field, n) != 0 || q->id[n] != '\0')
			continue;
		for (size_t k = 0; field[n] == '/' && k < q->n_rows; k++)
			if (strcmp(q->rows[k].id, field + n + 1) == 0)
				*row = &q->rows[k];
		return q;
	}
	return NULL;
}

static int add_field(void *ctx, const char *field)
{
	struct state *st = ctx;
	const struct form_row *row;
	const struct form_question *q;
	size_t at = st->n;

	for (size_t i = 0; i < st->n; i++)
		if (strcmp(st->list[i].field, field) == 0)
			return 0;
	q = owner(st->search->form, field, &row);
	if (q == NULL || st->n == VARIABLES) {
		st->unsure = true;
		return 1;
	}
	/* in the questionnaire's order */
	while (at > 0 && (st->list[at - 1].question->index > q->index ||
	                  (st->list[at - 1].question == q && st->row[at - 1] > row))) {
		st->list[at] = st->list[at - 1];
		st->row[at] = st->row[at - 1];
		at--;
	}
	st->list[at] = (struct check_variable){.question = q, .field = row ? row->field : q->id};
	st->row[at] = row;
	st->n++;
	return 0;
}

struct part {
	const struct expression *e;
	const char *self;
};

enum { PARTS = 6 };

/* The conditions that decide about a variable's answers. */
static size_t parts(const struct state *st, size_t i, struct part out[PARTS])
{
	const struct form_question *q = st->list[i].question;
	const struct form_section *s = &st->search->form->sections[q->section];
	bool calculated = q->type == FORM_CALCULATE;
	size_t n = 0;

	if (st->free_answers && !calculated)
		return 0;
	out[n++] = (struct part){s->relevant, NULL};
	out[n++] = (struct part){q->relevant, NULL};
	if (calculated) {
		out[n++] = (struct part){q->calculation, NULL};
		return n;
	}
	if (st->row[i] != NULL)
		out[n++] = (struct part){st->row[i]->relevant, NULL};
	out[n++] = (struct part){q->constraint, st->list[i].field};
	out[n++] = (struct part){q->choice_filter, NULL};
	return n;
}

/* A day that changes and patterns that may take long are not for a search. */
static bool strange(const struct expression *e)
{
	return expression_calls(e, "today") || expression_calls(e, "regex");
}

static void add_fields(struct state *st, const struct expression *e)
{
	expression_fields(e, add_field, st);
	st->unsure |= e != NULL && strange(e);
}

static void collect(struct state *st)
{
	struct part part[PARTS];
	size_t before;

	for (size_t i = 0; i < st->n_goals; i++) {
		add_fields(st, st->goals[i].condition);
		if (st->goals[i].self != NULL)
			add_field(st, st->goals[i].self);
	}
	/* what they depend on stands before them, so that going round again finds the new ones */
	do {
		before = st->n;
		for (size_t i = 0; i < st->n && !st->unsure; i++)
			for (size_t k = parts(st, i, part); k > 0; k--)
				add_fields(st, part[k - 1].e);
	} while (st->n != before && !st->unsure);
}

static void spend(struct state *st, size_t steps)
{
	st->steps -= steps < st->steps ? steps : st->steps;
}

static int fill_domain(struct state *st, size_t i)
{
	struct check_variable *v = &st->list[i];
	struct check_use use = {0};
	struct part part[PARTS];
	size_t used = 0;
	bool many;

	for (size_t k = 0; k < st->n_goals; k++) {
		if (check_use_add(&use, st->goals[k].condition, v->field, st->goals[k].self,
			    st->pool, &used, st->err) != 0)
			return -1;
	}
	for (size_t j = 0; j < st->n; j++) {
		size_t before = used;

		for (size_t k = parts(st, j, part); k > 0; k--)
			if (check_use_add(&use, part[k - 1].e, v->field, part[k - 1].self,
				    st->pool, &used, st->err) != 0)
				return -1;
		st->cost[j] = used - before;
		if (used > st->steps)
			break;
	}
	spend(st, used);
	if (check_domain_fill(v, &use, st->pool, st->err) != 0)
		return -1;
	many = v->question->type == FORM_SELECT_MULTIPLE || v->question->type == FORM_RANKING;
	spend(st, v->n * (many ? 1 + v->question->n_choices / 8 : 1));
	return 0;
}

/* --- what is known so far --- */

enum { NO = 0, YES = 1, OPEN = -1 };

static bool has_answer(const struct state *st, const char *field)
{
	for (size_t i = 0; i < st->depth; i++)
		if (strcmp(st->list[i].field, field) == 0)
			return true;
	return false;
}

static bool known(struct state *st, const struct expression *e, const struct check_goal *g)
{
	spend(st, 1);
	if (e->op == EXPR_FIELD)
		return has_answer(st, e->text);
	if (check_use_self(e))
		return g->self != NULL && has_answer(st, g->self);
	for (size_t i = 0; i < e->n; i++)
		if (!known(st, e->operand[i], g))
			return false;
	return true;
}

static int value(struct state *st, const struct expression *e, const struct check_goal *g)
{
	struct expression_scope scope = {.answers = st->answers, .self = g->self,
		.columns = g->columns};
	int a, b, decides;

	spend(st, 1);
	if (e->op == EXPR_OR || e->op == EXPR_AND) {
		decides = e->op == EXPR_OR ? YES : NO;
		a = value(st, e->operand[0], g);
		if (a == decides)
			return a;
		b = value(st, e->operand[1], g);
		return b == decides ? b : a == OPEN || b == OPEN ? OPEN : !decides;
	}
	if (e->op == EXPR_CALL && e->n == 1 && strcmp(e->text, "not") == 0) {
		a = value(st, e->operand[0], g);
		return a == OPEN ? OPEN : !a;
	}
	if (!known(st, e, g))
		return OPEN;
	return expression_true(e, &scope) ? YES : NO;
}

/* Are all goals met? NO as soon as one cannot be. */
static int judge(struct state *st)
{
	int all = YES;

	for (size_t i = 0; i < st->n_goals; i++) {
		const struct check_goal *g = &st->goals[i];
		int is = g->condition == NULL ? YES : value(st, g->condition, g);

		if (is != OPEN && is != g->wanted)
			return NO;
		if (is == OPEN || (g->self != NULL && !has_answer(st, g->self)))
			all = OPEN;
	}
	return all;
}

/* --- the search --- */

static bool asked(const struct state *st, size_t i)
{
	const struct form_question *q = st->list[i].question;

	if (st->free_answers && q->type != FORM_CALCULATE)
		return true;
	if (st->search->never[q->index])
		return false;
	return st->row[i] == NULL ? route_asked(st->search->form, q, st->answers)
	                          : route_row_asked(st->search->form, q, st->row[i], st->answers);
}

/* Is it a goal's own field, which has to have an answer? */
static bool must_answer(const struct state *st, const char *field)
{
	for (size_t i = 0; i < st->n_goals; i++)
		if (st->goals[i].self != NULL && strcmp(st->goals[i].self, field) == 0)
			return true;
	return false;
}

static bool is_declined(const struct check_option *o)
{
	return o->n == 1 && strcmp(o->values[0], ANSWER_DECLINED) == 0;
}

/* Would accept.c take this answer? It is set already. */
static bool acceptable(const struct state *st, size_t i, const struct check_option *o)
{
	const struct form_question *q = st->list[i].question;
	struct expression_scope scope = {.answers = st->answers, .self = st->list[i].field};

	if ((o->n == 0 || is_declined(o)) && must_answer(st, st->list[i].field))
		return false;
	if (st->free_answers)
		return true;
	if (o->n == 0)
		return !q->required;
	if (is_declined(o))
		return true;
	for (size_t k = 0; q->choice_filter != NULL && k < o->n; k++)
		if (!route_offered(q, form_choice(q, o->values[k]), st->answers))
			return false;
	return q->constraint == NULL || expression_true(q->constraint, &scope);
}

static void give(struct state *st, size_t i, const struct check_option *o)
{
	const struct form_question *q = st->list[i].question;
	bool many = q->type == FORM_SELECT_MULTIPLE || q->type == FORM_RANKING;

	answers_remove(st->answers, st->list[i].field);
	for (size_t k = 0; k < o->n && !st->failed; k++)
		st->failed =
			(many ? answers_add(st->answers, st->list[i].field, o->values[k], st->err)
			      : answers_set(st->answers, st->list[i].field, o->values[k],
					st->err)) != 0;
}

/* As route.c works it out, for this question alone. */
static void calculate(struct state *st, size_t i)
{
	struct form one = *st->search->form;

	one.questions = &one.questions[st->list[i].question->index];
	one.n_questions = 1;
	if (route_prune(&one, st->answers, st->err) != 0)
		st->failed = true;
}

static enum check_verdict go_on(struct state *st, size_t i);

static enum check_verdict try_options(struct state *st, size_t i)
{
	const struct check_variable *v = &st->list[i];
	enum check_verdict verdict;

	st->unsure |= !v->whole;
	for (size_t k = 0; k < v->n && !st->failed && st->steps > 0; k++) {
		st->depth = i;
		give(st, i, &v->options[k]);
		spend(st, GIVING + st->cost[i]);
		if (st->failed || !acceptable(st, i, &v->options[k]))
			continue;
		verdict = go_on(st, i + 1);
		if (verdict == CHECK_POSSIBLE)
			return verdict;
	}
	return CHECK_IMPOSSIBLE;
}

/* All before variable `i` have their answers. */
static enum check_verdict go_on(struct state *st, size_t i)
{
	static const struct check_option blank;
	int met;

	st->depth = i;
	met = judge(st);
	if (met == YES)
		return CHECK_POSSIBLE;
	if (met == NO || i == st->n || st->failed || st->steps == 0)
		return CHECK_IMPOSSIBLE;
	spend(st, st->cost[i]);
	if (!asked(st, i)) {
		if (must_answer(st, st->list[i].field))
			return CHECK_IMPOSSIBLE;
		give(st, i, &blank);
		return go_on(st, i + 1);
	}
	if (st->list[i].question->type == FORM_CALCULATE) {
		calculate(st, i);
		return go_on(st, i + 1);
	}
	return try_options(st, i);
}

int check_search(enum check_verdict *verdict, struct check_search *s,
                 const struct check_goal *goals, size_t n, bool free_answers, struct err *err)
{
	struct state *st = calloc(1, sizeof *st);
	size_t before;
	int status = -1;

	if (st == NULL)
		return err_nomem(err);
	st->search = s;
	st->goals = goals;
	st->n_goals = n;
	st->free_answers = free_answers;
	st->err = err;
	st->answers = answers_create();
	st->pool = pool_create();
	st->steps = before = s->steps < CHECK_STEPS_ONE ? s->steps : CHECK_STEPS_ONE;
	if (st->answers == NULL || st->pool == NULL) {
		err_nomem(err);
		goto out;
	}
	*verdict = CHECK_UNSETTLED;
	collect(st);
	for (size_t i = 0; i < st->n && !st->unsure; i++)
		if (fill_domain(st, i) != 0)
			goto out;
	if (!st->unsure && st->steps > 0) {
		*verdict = go_on(st, 0);
		if (*verdict == CHECK_IMPOSSIBLE && (st->unsure || st->steps == 0))
			*verdict = CHECK_UNSETTLED;
	}
	status = st->failed ? -1 : 0;
out:
	s->steps -= before - st->steps;
	pool_free(st->pool);
	answers_free(st->answers);
	free(st);
	return status;
}
