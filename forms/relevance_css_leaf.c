/*
 * relevance_css_leaf.c - one comparison or function. In: its tree. Out: for which states of the
 * fields that it reads it holds, as a rule.
 *
 * The evaluator itself is asked, once for every combination of states, so that the style sheet
 * agrees with it whatever the expression does. Calculations are worked out on the way. Every
 * answer counts only where its question is asked: "p is 'a'" becomes "p is asked and 'a' is
 * chosen", and what holds when p is empty holds, too, when p is not asked.
 *
 * Where the states cannot be seen or are too many, the rule says what is certain all the same: what
 * is false while nothing is answered can only become true where one of the questions is asked.
 */
#include "forms/condition_parts.h"
#include "forms/relevance_css_parts.h"
#include "forms/route.h"

#include <stdlib.h>
#include <string.h>

enum { FIELDS = 8, COMBINATIONS = 4096 };

struct leaf {
	struct relevance_css_compiler *c;
	const struct expression *e;
	bool most;
	struct relevance_css_field fields[FIELDS];
	size_t n;
	size_t at[FIELDS]; /* the combination that is looked at */
	const struct form_question *calculations[FIELDS];
	size_t n_calculations;
	bool unseen; /* reads what CSS cannot see */
};

/* --- what it reads --- */

static bool has_field(const struct leaf *l, const char *field)
{
	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->fields[i].name, field) == 0)
			return true;
	for (size_t i = 0; i < l->n_calculations; i++)
		if (strcmp(l->calculations[i]->id, field) == 0)
			return true;
	return false;
}

static int read_field(void *ctx, const char *field);

static void read_calculation(struct leaf *l, const struct form_question *q)
{
	const struct form_section *s = &l->c->form->sections[q->section];

	if (q->relevant != NULL || s->relevant != NULL || l->n_calculations == FIELDS ||
	    expression_calls(q->calculation, "today")) {
		l->unseen = true;
		return;
	}
	expression_fields(q->calculation, read_field, l);
	/* behind those that it reads */
	if (l->n_calculations < FIELDS)
		l->calculations[l->n_calculations++] = q;
	else
		l->unseen = true;
}

static int read_field(void *ctx, const char *field)
{
	struct leaf *l = ctx;
	const struct form_row *row;
	const struct form_question *q = condition_field(l->c->form, field, &row);
	int status;

	if (has_field(l, field))
		return 0;
	if (q != NULL && q->type == FORM_CALCULATE) {
		read_calculation(l, q);
		return 0;
	}
	if (l->n == FIELDS) {
		l->unseen = true;
		return 0;
	}
	status = relevance_css_state_find(&l->fields[l->n], l->c->form, field, l->e);
	l->c->failed |= status < 0;
	l->unseen |= status != 0;
	l->n++;
	return 0;
}

/* What a calculation looks for among the ticks of a select-many is not searched. */
static bool counts_ticks(const struct leaf *l)
{
	for (size_t i = 0; l->n_calculations > 0 && i < l->n; i++)
		if (l->fields[i].question != NULL &&
		    l->fields[i].question->type == FORM_SELECT_MULTIPLE)
			return true;
	return false;
}

/* --- what it says --- */

static bool evaluate(struct leaf *l)
{
	struct answers *a = answers_create();
	struct expression_scope scope = {.answers = a, .columns = l->c->columns};
	struct err err;
	bool result = false, failed = a == NULL;

	for (size_t i = 0; !failed && i < l->n; i++)
		failed = relevance_css_state_answer(a, &l->fields[i], l->at[i], &err) != 0;
	for (size_t i = 0; !failed && i < l->n_calculations; i++)
		failed = route_calculate(l->calculations[i], a, &err) != 0;
	if (!failed)
		result = expression_true(l->e, &scope);
	l->c->failed |= failed;
	answers_free(a);
	return result;
}

/* r = the field is asked and in one of the states; `most` as in relevance_css_leaf(). */
static void rule_in(struct relevance_css_rule *r, struct leaf *l, size_t field, const bool *in,
                    bool most)
{
	const struct relevance_css_field *v = &l->fields[field];

	relevance_css_state_rule(r, v, in);
	relevance_css_and_asked(r, l->c, v->question, v->row, most);
}

/*
 * Put the group of states that lead to results[first] into `r`: where nothing leads to what
 * `nothing` says, it holds if one of the groups does; where nothing is enough, unless one does not.
 */
static void join(struct relevance_css_rule *r, struct leaf *l, size_t field, const bool *in,
                 const struct relevance_css_rule *result, bool always)
{
	struct relevance_css_rule group = {0};

	rule_in(&group, l, field, in, always ? !l->most : l->most);
	if (always) {
		relevance_css_rule_not(&group);
		relevance_css_rule_or(&group, result);
		relevance_css_rule_and(r, &group);
	} else {
		relevance_css_rule_and(&group, result);
		relevance_css_rule_or(r, &group);
	}
	relevance_css_rule_finish(&group);
}

/* With other results than "always" and "never" for nothing: nothing, or one of the groups. */
static void rule_nothing(struct relevance_css_rule *r, struct leaf *l, size_t field, bool *in,
                         const struct relevance_css_rule *results)
{
	for (size_t i = 1; i < l->fields[field].n; i++)
		in[i] = !relevance_css_rule_equal(&results[i], &results[0]);
	rule_in(r, l, field, in, !l->most);
	relevance_css_rule_not(r);
	relevance_css_rule_and(r, &results[0]);
}

static void combine(struct relevance_css_rule *r, struct leaf *l, size_t field,
                    const struct relevance_css_rule *results)
{
	bool in[RELEVANCE_CSS_STATES], done[RELEVANCE_CSS_STATES] = {false};
	bool always = relevance_css_rule_always(&results[0]);
	size_t n = l->fields[field].n;

	memset(in, 0, sizeof in);
	relevance_css_rule_set(r, &results[0]);
	if (!always && !results[0].never)
		rule_nothing(r, l, field, in, results);
	for (size_t i = 1; i < n; i++) {
		if (done[i] || relevance_css_rule_equal(&results[i], &results[0]))
			continue;
		memset(in, 0, sizeof in);
		for (size_t k = i; k < n; k++) {
			in[k] = relevance_css_rule_equal(&results[k], &results[i]);
			done[k] |= in[k];
		}
		join(r, l, field, in, &results[i], always);
	}
}

/* The rule over the fields from `field` on, the states of those before being settled. */
static void split(struct relevance_css_rule *r, struct leaf *l, size_t field)
{
	struct relevance_css_rule *results;
	size_t n;

	relevance_css_rule_finish(r);
	if (field == l->n) {
		r->never = !evaluate(l);
		return;
	}
	n = l->fields[field].n;
	results = calloc(n, sizeof *results);
	if (results == NULL) {
		l->c->failed = true;
		return;
	}
	for (size_t i = 0; i < n; i++) {
		l->at[field] = i;
		split(&results[i], l, field + 1);
	}
	l->at[field] = 0;
	combine(r, l, field, results);
	for (size_t i = 0; i < n; i++)
		relevance_css_rule_finish(&results[i]);
	free(results);
}

static bool too_many(const struct leaf *l)
{
	size_t n = 1;

	for (size_t i = 0; i < l->n; i++) {
		n *= l->fields[i].n;
		if (n > COMBINATIONS)
			return true;
	}
	return false;
}

/* CSS cannot tell: what is certain all the same. */
static void give_up(struct relevance_css_rule *r, struct leaf *l)
{
	struct relevance_css_rule one = {0};
	bool nothing, known = true;

	l->c->exact = false;
	relevance_css_rule_finish(r);
	for (size_t i = 0; i < l->n; i++)
		known &= l->fields[i].question != NULL;
	if (!known || l->n == FIELDS || expression_calls(l->e, "today") ||
	    l->n_calculations > 0) {
		r->never = !l->most;
		return;
	}
	for (size_t i = 0; i < l->n; i++)
		l->fields[i].n = 0;
	memset(l->at, 0, sizeof l->at);
	l->n_calculations = 0;
	nothing = expression_true(l->e, &(struct expression_scope){.columns = l->c->columns});
	/* is any of the fields asked? */
	relevance_css_rule_never(r);
	for (size_t i = 0; i < l->n; i++) {
		relevance_css_rule_finish(&one);
		relevance_css_and_asked(&one, l->c, l->fields[i].question, l->fields[i].row, true);
		relevance_css_rule_or(r, &one);
	}
	if (nothing)
		relevance_css_rule_not(r);
	/* only one of the two bounds follows from that */
	if (nothing == l->most) {
		relevance_css_rule_finish(r);
		r->never = !l->most;
	}
	relevance_css_rule_finish(&one);
}

static bool leaf(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                 const struct expression *e, bool most, bool anyway)
{
	struct leaf *l = calloc(1, sizeof *l);
	bool exact = c->exact, seen;

	if (l == NULL) {
		c->failed = true;
		return false;
	}
	*l = (struct leaf){.c = c, .e = e, .most = most, .unseen = expression_calls(e, "today")};
	expression_fields(e, read_field, l);
	seen = !l->unseen && !counts_ticks(l) && !too_many(l);
	if (seen)
		split(r, l, 0);
	if (r->text.len > RELEVANCE_CSS_RULE)
		seen = false;
	if (!seen)
		c->exact = exact;
	if (!seen && anyway)
		give_up(r, l);
	for (size_t i = 0; i < l->n; i++)
		relevance_css_state_finish(&l->fields[i]);
	free(l);
	return seen;
}

void relevance_css_leaf(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                        const struct expression *e, bool most)
{
	leaf(r, c, e, most, true);
}

bool relevance_css_leaf_try(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                            const struct expression *e, bool most)
{
	return leaf(r, c, e, most, false);
}
