/*
 * disclose_route.c - who was asked, in terms of what is counted. In: the questionnaire's
 * conditions. Out: in each table's routes the counts of other questions that its own "asked"
 * (people less not asked) equals, or that bound it.
 *
 * A condition on one question alone is a set of its answers: each answer is tried. Of conditions
 * joined by "and" each bounds from above, of conditions joined by "or" each from below. Of a
 * question with several answers only "selected" is such a set. Whatever else a condition says (it
 * compares numbers, counts ticks, calculates) gives no route; the certificate says so.
 */
#include "analyzer/disclose.h"

#include "forms/expression.h"
#include "lib/record/answers.h"

#include <stdlib.h>
#include <string.h>

enum { CONDITIONS = 64 };

static const char *const kinds[] = {ANSWER_DECLINED, "blank", "not_asked"};

/* Conditions that are joined by one word. */
struct conditions {
	const struct expression *list[CONDITIONS];
	size_t n;
	bool full; /* there were more */
};

static void flatten(struct conditions *c, const struct expression *e, enum expression_op op)
{
	if (e == NULL)
		return;
	if (e->op == op) {
		for (size_t i = 0; i < e->n; i++)
			flatten(c, e->operand[i], op);
		return;
	}
	if (c->n == CONDITIONS)
		c->full = true;
	else
		c->list[c->n++] = e;
}

/* The one field that an expression is about, or NULL. */
static const char *only_field(const struct expression *e)
{
	const char *field;

	return !expression_calls(e, "today") && expression_one_field(e, &field) ? field : NULL;
}

/* The table in which a field's answers are counted one by one, or the options of several. */
static const struct release_table *table_of(const struct release *r, const char *field)
{
	size_t n = strcspn(field, "/");

	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];

		if (strncmp(t->question, field, n) != 0 || t->question[n] != '\0' ||
			(field[n] == '/') != (t->row != NULL))
			continue;
		if (t->row != NULL && strcmp(t->row, field + n + 1) != 0)
			continue;
		if (t->measure == RELEASE_CHOICE || t->measure == RELEASE_SCALE ||
			t->measure == RELEASE_DATE || t->measure == RELEASE_MULTIPLE)
			return t;
	}
	return NULL;
}

/* Is the condition true of people of whom only this answer (NULL: none) is known? */
static int holds(bool *out, const struct expression *e, const char *field, const char *value,
	struct err *err)
{
	struct answers *a = answers_create();
	struct expression_scope scope = {.answers = a};
	int status = a == NULL ? err_nomem(err) : 0;

	if (status == 0 && value != NULL)
		status = answers_set(a, field, value, err);
	if (status == 0)
		*out = expression_true(e, &scope);
	answers_free(a);
	return status;
}

/* selected(${q}, 'v'), or not() of it: the value; NULL otherwise. */
static const char *ticked(const struct expression *e, bool *others)
{
	*others = false;
	while (e->op == EXPR_CALL && strcmp(e->text, "not") == 0 && e->n == 1) {
		e = e->operand[0];
		*others = !*others;
	}
	if (e->op != EXPR_CALL || strcmp(e->text, "selected") != 0 || e->n != 2 ||
		e->operand[0]->op != EXPR_FIELD || e->operand[1]->op != EXPR_STRING)
		return NULL;
	return e->operand[1]->text;
}

/* A new route, its answers to be added. */
static struct release_route *add_route(struct release_table *t, const struct release_table *from,
	enum release_relation relation, struct err *err)
{
	struct release_route *more = reallocarray(t->routes, t->n_routes + 1, sizeof *more);
	struct release_route *route;

	if (more == NULL) {
		err_nomem(err);
		return NULL;
	}
	t->routes = more;
	route = &more[t->n_routes++];
	*route = (struct release_route){.relation = relation, .question = strdup(from->question),
		.row = from->row != NULL ? strdup(from->row) : NULL,
		.answers = calloc(from->n_answers + 4, sizeof *route->answers)};
	if (route->question == NULL || (from->row != NULL && route->row == NULL) ||
		route->answers == NULL) {
		err_nomem(err);
		return NULL;
	}
	return route;
}

static int add_answer(struct release_route *route, size_t *n, const char *answer, struct err *err)
{
	route->answers[*n] = strdup(answer);
	return route->answers[(*n)++] == NULL ? err_nomem(err) : 0;
}

/* All conditions (or any) on one field, for one answer. */
static int decide(bool *out, const struct conditions *c, const char *field, bool any,
	const char *value, struct err *err)
{
	*out = !any;
	for (size_t i = 0; i < c->n; i++) {
		const char *own = only_field(c->list[i]);
		bool is = false;

		if (own == NULL || strcmp(own, field) != 0)
			continue;
		if (holds(&is, c->list[i], field, value, err) != 0)
			return -1;
		*out = any ? *out || is : *out && is;
	}
	return 0;
}

/* A set of answers of a question of which people give one. */
static int route_single(struct release_table *t, const struct release_table *from,
	const struct conditions *c, const char *field, bool any, enum release_relation relation,
	struct err *err)
{
	struct release_route *route = add_route(t, from, relation, err);
	size_t n = 0;
	bool is = false;

	if (route == NULL || decide(&route->others, c, field, any, NULL, err) != 0)
		return -1;
	/* Those without an answer are in it: say who is not. */
	for (size_t a = 0; a <= from->n_answers; a++) {
		const char *answer = a < from->n_answers ? from->answers[a] : kinds[0];

		if (decide(&is, c, field, any, answer, err) != 0)
			return -1;
		if (is != route->others && add_answer(route, &n, answer, err) != 0)
			return -1;
	}
	return 0;
}

/* One tick of a question with several answers. */
static int route_tick(struct release_table *t, const struct release_table *from,
	const struct expression *e, enum release_relation relation, bool *done, struct err *err)
{
	bool others;
	const char *value = ticked(e, &others);
	struct release_route *route;
	size_t n = 0;

	*done = value != NULL;
	if (value == NULL)
		return 0;
	route = add_route(t, from, relation, err);
	if (route == NULL)
		return -1;
	route->others = others;
	return add_answer(route, &n, value, err);
}

/* Was the field dealt with by an earlier condition of the list? */
static bool seen_before(const struct conditions *c, size_t i, const char *field)
{
	for (size_t k = 0; k < i; k++) {
		const char *own = only_field(c->list[k]);

		if (own != NULL && strcmp(own, field) == 0)
			return true;
	}
	return false;
}

/* Every condition of the list gives a route; *all: none had to be passed over. */
static int routes_of(struct release *r, struct release_table *t, const struct conditions *c,
	bool any, enum release_relation relation, bool *all, struct err *err)
{
	*all = !c->full;
	for (size_t i = 0; i < c->n; i++) {
		const char *field = only_field(c->list[i]);
		const struct release_table *from = field != NULL ? table_of(r, field) : NULL;
		bool done = from != NULL;
		int status = 0;

		if (from != NULL && from->measure == RELEASE_MULTIPLE)
			status = route_tick(t, from, c->list[i], relation, &done, err);
		else if (from != NULL && !seen_before(c, i, field))
			status = route_single(t, from, c, field, any, relation, err);
		if (status != 0)
			return -1;
		*all &= done;
	}
	return 0;
}

static int route_table(struct release *r, struct release_table *t, const struct form *form,
	const struct form_question *q, struct err *err)
{
	struct conditions c = {.n = 0}, either = {.n = 0};
	bool all;

	flatten(&c, form->sections[q->section].relevant, EXPR_AND);
	flatten(&c, q->relevant, EXPR_AND);
	for (size_t i = 0; i < q->n_rows && t->row != NULL; i++)
		if (strcmp(q->rows[i].id, t->row) == 0)
			flatten(&c, q->rows[i].relevant, EXPR_AND);
	if (c.n == 0)
		return 0;
	if (c.n == 1 && only_field(c.list[0]) == NULL) {
		flatten(&either, c.list[0], EXPR_OR);
		return routes_of(r, t, &either, true, RELEASE_AT_LEAST, &all, err);
	}
	if (routes_of(r, t, &c, false, RELEASE_AT_MOST, &all, err) != 0)
		return -1;
	if (all && t->n_routes == 1)
		t->routes[0].relation = RELEASE_EXACTLY;
	return 0;
}

int disclose_route(struct release *r, const struct form *form, enum disclose_full full,
	struct err *err)
{
	for (size_t i = 0; i < r->n_tables; i++) {
		struct release_table *t = &r->tables[i];
		const struct form_question *q = form_question(form, t->question);

		if (q == NULL || t->measure == RELEASE_WRITTEN)
			continue;
		t->full = full == DISCLOSE_FULL_ALL ||
			(full == DISCLOSE_FULL_SENSITIVE && q->sensitive);
		if (route_table(r, t, form, q, err) != 0)
			return -1;
	}
	return 0;
}
