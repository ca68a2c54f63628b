/*
 * relevance_css_state.c - what can have been answered in a field, as far as CSS can see it. In: a
 * field, and the comparison that reads it. Out: its states, and sets of them as selectors over
 * :checked.
 *
 * A choice among others is seen, and so is a year. Of a select-many the states are
 * which of the choices that the comparison names are ticked, and how many of the others: the
 * functions that are let through (see counts_alike()) tell no more apart. An exclusive choice wins
 * over all others, the first one over later ones, as accept.c has it.
 */
#include "forms/condition_parts.h"
#include "forms/relevance_css_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void relevance_css_state_finish(struct relevance_css_field *v)
{
	free(v->numbers);
	free(v->others);
	*v = (struct relevance_css_field){0};
}

static bool add(struct relevance_css_field *v, const char *value)
{
	if (v->n == RELEVANCE_CSS_STATES)
		return false;
	v->value[v->n++] = value;
	return true;
}

static int find_numbers(struct relevance_css_field *v, double first, double last, double step)
{
	if (!(step > 0) || (last - first) / step > 200)
		return 1;
	v->numbers = calloc((size_t)((last - first) / step) + 2, sizeof *v->numbers);
	if (v->numbers == NULL)
		return -1;
	for (size_t i = 0; first + (double)i * step <= last; i++) {
		snprintf(v->numbers[i], sizeof v->numbers[i], "%.10g", first + (double)i * step);
		if (strchr(v->numbers[i], '.') != NULL || !add(v, v->numbers[i]))
			return 1;
	}
	return 0;
}

/* Do the functions in it see of a list only how many there are and whether one is among them? */
static bool counts_alike(const struct expression *e)
{
	static const char *const names[] = {"selected", "count-selected", "not", "boolean", "true",
		"false", "if", "number", "int", "count-non-empty"};
	bool known = e->op != EXPR_CALL;

	for (size_t i = 0; !known && i < sizeof names / sizeof *names; i++)
		known = strcmp(e->text, names[i]) == 0;
	for (size_t i = 0; known && i < e->n; i++)
		known = counts_alike(e->operand[i]);
	return known;
}

/* Is the value one of the blank-separated words of a string in the expression? */
static bool mentions(const struct expression *e, const char *value)
{
	const char *s = e->op == EXPR_STRING || e->op == EXPR_COLUMN ? e->text : "";
	size_t n = strlen(value);

	for (const char *at = s; (at = strstr(at, value)) != NULL; at += n)
		if ((at == s || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0'))
			return true;
	for (size_t i = 0; i < e->n; i++)
		if (mentions(e->operand[i], value))
			return true;
	return false;
}

static bool has_columns(const struct expression *e)
{
	if (e->op == EXPR_COLUMN)
		return true;
	for (size_t i = 0; i < e->n; i++)
		if (has_columns(e->operand[i]))
			return true;
	return false;
}

static int find_many(struct relevance_css_field *v, const struct expression *leaf)
{
	const struct form_question *q = v->question;

	if (!counts_alike(leaf) || has_columns(leaf))
		return 1;
	v->others = calloc(q->n_choices + 1, sizeof *v->others);
	if (v->others == NULL)
		return -1;
	for (size_t i = 0; i < q->n_choices; i++) {
		const struct form_choice *c = &q->choices[i];

		if (c->exclusive)
			v->alone[v->n_alone++] = c->value;
		else if (!mentions(leaf, c->value))
			v->others[v->n_others++] = c;
		else if (v->n_mentioned < RELEVANCE_CSS_MENTIONED)
			v->mentioned[v->n_mentioned++] = c;
		else
			return 1;
	}
	if (q->decline)
		v->alone[v->n_alone++] = ANSWER_DECLINED;
	v->n = ((size_t)1 << v->n_mentioned) * (v->n_others + 1) + v->n_alone;
	return v->n <= RELEVANCE_CSS_STATES ? 0 : 1;
}

int relevance_css_state_find(struct relevance_css_field *out, const struct form *f,
                             const char *field, const struct expression *leaf)
{
	const struct form_row *row;
	const struct form_question *q = condition_field(f, field, &row);
	int status = 0;

	*out = (struct relevance_css_field){.question = q, .row = row, .name = field};
	if (q == NULL || (strchr(field, '/') != NULL && row == NULL))
		return 1;
	if (q->type == FORM_SELECT_MULTIPLE)
		return find_many(out, leaf);
	add(out, "");
	if (q->type == FORM_SCALE)
		status = find_numbers(out, q->min, q->max, q->step);
	else if (q->type == FORM_DATE && q->precision == FORM_YEAR)
		status = find_numbers(out, atoi(q->first), atoi(q->last), 1);
	else if (q->type != FORM_SELECT_ONE && row == NULL)
		return 1;
	for (size_t i = 0; status == 0 && i < q->n_choices; i++)
		status = add(out, q->choices[i].value) ? 0 : 1;
	if (status == 0 && q->decline)
		status = add(out, ANSWER_DECLINED) ? 0 : 1;
	return status;
}

/* --- select-many: a state is alone[i], or a pattern of named ones and a count of others --- */

static size_t first_alone(const struct relevance_css_field *v)
{
	return v->n - v->n_alone;
}

static size_t state_of(const struct relevance_css_field *v, size_t pattern, size_t count)
{
	return pattern * (v->n_others + 1) + count;
}

static int add_many(struct answers *a, const struct relevance_css_field *v, size_t i,
                    struct err *err)
{
	size_t pattern = i / (v->n_others + 1), count = i % (v->n_others + 1);

	if (i >= first_alone(v))
		return answers_add(a, v->name, v->alone[i - first_alone(v)], err);
	for (size_t k = 0; k < v->n_mentioned; k++)
		if ((pattern >> k & 1) != 0 &&
		    answers_add(a, v->name, v->mentioned[k]->value, err) != 0)
			return -1;
	for (size_t k = 0; k < count; k++)
		if (answers_add(a, v->name, v->others[k]->value, err) != 0)
			return -1;
	return 0;
}

int relevance_css_state_answer(struct answers *a, const struct relevance_css_field *v, size_t i,
                               struct err *err)
{
	if (v->question->type == FORM_SELECT_MULTIPLE)
		return add_many(a, v, i, err);
	return *v->value[i] != '\0' ? answers_set(a, v->name, v->value[i], err) : 0;
}

/* --- selectors --- */

/* One option that is chosen. */
static void put_chosen(struct buf *out, const struct relevance_css_field *v, const char *value)
{
	const struct form_question *q = v->question;

	if (q->type == FORM_DATE)
		buf_printf(out, "#i-%s [value=\"%s\"]:checked", q->id, value);
	else if (v->row != NULL)
		buf_printf(out, "#q-%s-%s-%s:checked", q->id, v->row->id, value);
	else
		buf_printf(out, "#q-%s-%s:checked", q->id, value);
}

static void put_any(struct buf *out, const struct relevance_css_field *v)
{
	const struct form_question *q = v->question;

	if (q->type == FORM_DATE)
		buf_printf(out, "#i-%s :checked:not([value=\"\"])", q->id);
	else if (q->type == FORM_SELECT_MULTIPLE)
		buf_printf(out, "[name=\"%s\"]:checked", v->name);
	else
		buf_printf(out, "[name=\"%s\"]:checked:not([value=\"\"])", v->name);
}

/* r = one of the values */
static void rule_chosen(struct relevance_css_rule *r, const struct relevance_css_field *v,
                        const char *const *values, size_t n)
{
	relevance_css_rule_never(r);
	if (n == 0)
		return;
	r->never = false;
	buf_puts(&r->text, ":has(");
	for (size_t i = 0; i < n; i++) {
		buf_puts(&r->text, i > 0 ? "," : "");
		put_chosen(&r->text, v, values[i]);
	}
	buf_putc(&r->text, ')');
}

static void rule_any(struct relevance_css_rule *r, const struct relevance_css_field *v)
{
	r->never = false;
	buf_clear(&r->text);
	buf_puts(&r->text, ":has(");
	put_any(&r->text, v);
	buf_putc(&r->text, ')');
}

/* At least `k` of the others from `from` on. */
static void rule_at_least(struct relevance_css_rule *r, const struct relevance_css_field *v,
                          size_t from, size_t k)
{
	struct relevance_css_rule one = {0}, more = {0};
	const char *values[FORM_CHOICES];

	if (k == 0) {
		relevance_css_rule_finish(r);
		return;
	}
	relevance_css_rule_never(r);
	for (size_t i = from; k == 1 && i < v->n_others; i++)
		values[i - from] = v->others[i]->value;
	if (k == 1 && from < v->n_others)
		rule_chosen(r, v, values, v->n_others - from);
	for (size_t i = from; k > 1 && i + k <= v->n_others; i++) {
		values[0] = v->others[i]->value;
		rule_chosen(&one, v, values, 1);
		rule_at_least(&more, v, i + 1, k - 1);
		relevance_css_rule_and(&one, &more);
		relevance_css_rule_or(r, &one);
		if (r->text.len > RELEVANCE_CSS_RULE)
			break;
	}
	relevance_css_rule_finish(&one);
	relevance_css_rule_finish(&more);
}

/* The counts of others that are in, with this pattern of named ones. */
static void rule_counts(struct relevance_css_rule *r, const struct relevance_css_field *v,
                        const bool *in, size_t pattern)
{
	struct relevance_css_rule run = {0}, end = {0};
	size_t most = v->n_others;

	relevance_css_rule_never(r);
	for (size_t from = 0; from <= most; from++) {
		size_t to = from;

		if (!in[state_of(v, pattern, from)])
			continue;
		while (to < most && in[state_of(v, pattern, to + 1)])
			to++;
		rule_at_least(&run, v, 0, from);
		if (to < most) {
			rule_at_least(&end, v, 0, to + 1);
			relevance_css_rule_not(&end);
			relevance_css_rule_and(&run, &end);
		}
		relevance_css_rule_or(r, &run);
		from = to;
	}
	relevance_css_rule_finish(&run);
	relevance_css_rule_finish(&end);
}

/* Split by the named choices from `k` on. */
static void rule_patterns(struct relevance_css_rule *r, const struct relevance_css_field *v,
                          const bool *in, size_t k, size_t pattern)
{
	struct relevance_css_rule with = {0}, without = {0}, named = {0};
	const char *value;

	if (k == v->n_mentioned) {
		rule_counts(r, v, in, pattern);
		return;
	}
	value = v->mentioned[k]->value;
	rule_patterns(&with, v, in, k + 1, pattern | (size_t)1 << k);
	rule_patterns(&without, v, in, k + 1, pattern);
	if (relevance_css_rule_equal(&with, &without)) {
		relevance_css_rule_set(r, &with);
	} else {
		bool growing = relevance_css_rule_always(&with);

		rule_chosen(&named, v, &value, 1);
		relevance_css_rule_and(&with, &named);
		if (!growing) {
			relevance_css_rule_not(&named);
			relevance_css_rule_and(&without, &named);
		}
		relevance_css_rule_set(r, &with);
		relevance_css_rule_or(r, &without);
	}
	relevance_css_rule_finish(&with);
	relevance_css_rule_finish(&without);
	relevance_css_rule_finish(&named);
}

static void rule_many(struct relevance_css_rule *r, const struct relevance_css_field *v,
                      const bool *in)
{
	struct relevance_css_rule one = {0}, before = {0};

	rule_patterns(r, v, in, 0, 0);
	rule_chosen(&before, v, v->alone, v->n_alone);
	relevance_css_rule_not(&before);
	relevance_css_rule_and(r, &before);
	for (size_t i = 0; i < v->n_alone; i++) {
		if (!in[first_alone(v) + i])
			continue;
		rule_chosen(&one, v, &v->alone[i], 1);
		rule_chosen(&before, v, v->alone, i);
		relevance_css_rule_not(&before);
		relevance_css_rule_and(&one, &before);
		relevance_css_rule_or(r, &one);
	}
	relevance_css_rule_finish(&one);
	relevance_css_rule_finish(&before);
}

void relevance_css_state_rule(struct relevance_css_rule *r, const struct relevance_css_field *v,
                              const bool *in)
{
	const char *yes[RELEVANCE_CSS_STATES], *no[RELEVANCE_CSS_STATES];
	struct relevance_css_rule rest = {0};
	size_t n_yes = 0, n_no = 0;

	for (size_t i = 1; i < v->n; i++) {
		if (in[i])
			yes[n_yes++] = v->value[i];
		else
			no[n_no++] = v->value[i];
	}
	if (n_no == 0) {
		rule_any(r, v);
	} else if (n_yes == 0) {
		relevance_css_rule_never(r);
	} else if (v->question->type == FORM_SELECT_MULTIPLE) {
		rule_many(r, v, in);
	} else if (n_yes <= n_no + 3) {
		rule_chosen(r, v, yes, n_yes);
	} else {
		rule_any(r, v);
		rule_chosen(&rest, v, no, n_no);
		relevance_css_rule_not(&rest);
		relevance_css_rule_and(r, &rest);
	}
	relevance_css_rule_finish(&rest);
}
