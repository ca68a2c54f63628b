/*
 * relevance_css.c - skip logic as a style sheet. In: the typed trees of a questionnaire's
 * conditions. Out: one rule for everything that depends on the same condition,
 * "#form:not(CONDITION) #q-ID{display:none}", and for each condition whether that says it exactly.
 *
 * and, or and not map over rules; everything else is relevance_css_leaf.c's. Where CSS cannot see
 * what is answered, a rule is one of two bounds: `most` holds whenever the expression does, `least`
 * holds only when it does; "not" turns one into the other. What is hidden is what `most` excludes,
 * so that nothing is ever hidden that would be asked.
 *
 * All rules stand behind @supports: a browser without :has() takes :is() of unknown selectors for
 * never (Selectors 4, forgiving lists) and would hide questions for good.
 */
#include "forms/relevance_css.h"

#include "forms/relevance_css_parts.h"

#include <stdlib.h>
#include <string.h>

struct verdict {
	const struct expression *e;
	bool exact;
};

/* What one condition hides. */
struct hiding {
	struct buf what; /* list of selectors */
	size_t n;
	struct relevance_css_rule unless;
};

struct relevance_css {
	struct buf rules;
	struct verdict *verdicts;
	size_t n_verdicts;
	/* while it is made */
	struct relevance_css_compiler c;
	struct hiding *hidings;
	size_t n_hidings, cap;
};

/* --- expressions --- */

void relevance_css_and_asked(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                             const struct form_question *q, const struct form_row *row, bool most)
{
	const struct relevance_css_asked *asked = &c->asked[q->index];
	struct relevance_css_rule own = {0};

	c->exact &= asked->exact;
	relevance_css_rule_and(r, most ? &asked->most : &asked->least);
	if (row != NULL && row->relevant != NULL) {
		relevance_css_compile(&own, c, row->relevant, most);
		relevance_css_rule_and(r, &own);
	}
	relevance_css_rule_finish(&own);
}

/* The one field that an expression reads; NULL if there is none or more than one. */
static const char *only_field(const struct expression *e)
{
	const char *only;

	return expression_one_field(e, &only) ? only : NULL;
}

static void join(struct relevance_css_rule *r, enum expression_op op,
                 const struct relevance_css_rule *one)
{
	if (op == EXPR_OR)
		relevance_css_rule_or(r, one);
	else
		relevance_css_rule_and(r, one);
}

/* The operands that read the same field as operand `i`, as one; they are taken out of `left`. */
static void compile_group(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                          const struct expression *e, size_t i, const struct expression **left,
                          bool most)
{
	struct expression group = {.op = e->op, .operand = calloc(e->n, sizeof *group.operand)};
	const char *field = only_field(e->operand[i]);

	if (group.operand == NULL) {
		c->failed = true;
		return;
	}
	for (size_t k = i; field != NULL && k < e->n; k++) {
		const char *own = left[k] != NULL ? only_field(e->operand[k]) : NULL;

		if (own != NULL && strcmp(own, field) == 0)
			group.operand[group.n++] = e->operand[k];
	}
	if (group.n < 2 || !relevance_css_leaf_try(r, c, &group, most)) {
		relevance_css_compile(r, c, e->operand[i], most);
		left[i] = NULL;
	} else {
		for (size_t k = i, n = 0; k < e->n; k++) {
			if (n < group.n && group.operand[n] == e->operand[k]) {
				left[k] = NULL;
				n++;
			}
		}
	}
	free(group.operand);
}

static void compile_list(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                         const struct expression *e, bool most)
{
	const struct expression **left = calloc(e->n, sizeof *left);
	struct relevance_css_rule one = {0};

	if (left == NULL) {
		c->failed = true;
		return;
	}
	for (size_t i = 0; i < e->n; i++)
		left[i] = e->operand[i];
	if (e->op == EXPR_OR)
		relevance_css_rule_never(r);
	for (size_t i = 0; i < e->n; i++) {
		if (left[i] == NULL)
			continue;
		relevance_css_rule_finish(&one);
		compile_group(&one, c, e, i, left, most);
		join(r, e->op, &one);
	}
	relevance_css_rule_finish(&one);
	free(left);
}

void relevance_css_compile(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                           const struct expression *e, bool most)
{
	relevance_css_rule_finish(r);
	if (only_field(e) != NULL && relevance_css_leaf_try(r, c, e, most))
		return;
	relevance_css_rule_finish(r);
	if (e->op == EXPR_OR || e->op == EXPR_AND) {
		compile_list(r, c, e, most);
	} else if (e->op == EXPR_CALL && strcmp(e->text, "not") == 0) {
		relevance_css_compile(r, c, e->operand[0], !most);
		relevance_css_rule_not(r);
	} else {
		relevance_css_leaf(r, c, e, most);
	}
	if (r->text.len > RELEVANCE_CSS_RULE) {
		c->exact = false;
		relevance_css_rule_finish(r);
		r->never = !most;
	}
	c->failed |= r->text.failed;
}

/* --- what is hidden --- */

/* `what` is hidden unless the rule holds. Those with the same rule share it. */
static void hide(struct relevance_css *r, const char *what,
                 const struct relevance_css_rule *unless)
{
	size_t i = 0;

	if (relevance_css_rule_always(unless))
		return;
	while (i < r->n_hidings && !relevance_css_rule_equal(&r->hidings[i].unless, unless))
		i++;
	if (i == r->cap) {
		size_t cap = r->cap ? 2 * r->cap : 32;
		struct hiding *list = reallocarray(r->hidings, cap, sizeof *list);

		if (list == NULL) {
			r->c.failed = true;
			return;
		}
		r->hidings = list;
		r->cap = cap;
	}
	if (i == r->n_hidings) {
		r->hidings[i] = (struct hiding){0};
		relevance_css_rule_set(&r->hidings[i].unless, unless);
		r->n_hidings++;
	}
	buf_printf(&r->hidings[i].what, "%s%s", r->hidings[i].n++ > 0 ? "," : "", what);
}

/* Compile one condition of the form and remember whether the rule is exact. */
static void compile(struct relevance_css_rule *most, struct relevance_css *r,
                    const struct expression *e)
{
	relevance_css_rule_finish(most);
	if (e == NULL)
		return;
	r->c.exact = true;
	relevance_css_compile(most, &r->c, e, true);
	r->verdicts[r->n_verdicts++] = (struct verdict){e, r->c.exact};
}

/* The choices of a question that depend on earlier answers; a chosen one stays, to be unticked. */
static void add_choices(struct relevance_css *r, const struct form_question *q)
{
	struct relevance_css_rule rule = {0};
	struct buf what = {0};
	bool exact = true;

	for (size_t i = 0; i < q->n_choices; i++) {
		r->c.columns = (const char *const *)q->choices[i].filter;
		r->c.exact = true;
		relevance_css_compile(&rule, &r->c, q->choice_filter, true);
		exact &= r->c.exact;
		buf_clear(&what);
		if (q->type == FORM_RANKING)
			buf_printf(&what, "#q-%s [value=\"%s\"]:not(:checked)", q->id,
				q->choices[i].value);
		else
			buf_printf(&what, "#q-%s .o:has(>[value=\"%s\"]:not(:checked))", q->id,
				q->choices[i].value);
		r->c.failed |= what.failed;
		if (!what.failed)
			hide(r, what.data, &rule);
	}
	r->c.columns = NULL;
	r->verdicts[r->n_verdicts++] = (struct verdict){q->choice_filter, exact};
	relevance_css_rule_finish(&rule);
	buf_finish(&what);
}

/* The rows of a matrix; `any` becomes whether any of them is asked. */
static void add_rows(struct relevance_css_rule *any, struct relevance_css *r,
                     const struct form_question *q)
{
	struct relevance_css_rule rule = {0};
	struct buf what = {0};

	if (q->n_rows > 0)
		relevance_css_rule_never(any);
	for (size_t i = 0; i < q->n_rows; i++) {
		compile(&rule, r, q->rows[i].relevant);
		relevance_css_rule_or(any, &rule);
		buf_clear(&what);
		buf_printf(&what, "#q-%s-%s", q->id, q->rows[i].id);
		r->c.failed |= what.failed;
		if (!what.failed)
			hide(r, what.data, &rule);
	}
	relevance_css_rule_finish(&rule);
	buf_finish(&what);
}

/* When is a question asked? `whole`: its section's condition, as it was compiled. */
static void find_asked(struct relevance_css *r, const struct form_question *q,
                       const struct relevance_css_asked *whole)
{
	struct relevance_css_asked *asked = &r->c.asked[q->index];
	struct relevance_css_rule own = {0};

	asked->exact = whole->exact;
	relevance_css_rule_set(&asked->most, &whole->most);
	relevance_css_rule_set(&asked->least, &whole->least);
	if (q->relevant == NULL)
		return;
	r->c.exact = true;
	relevance_css_compile(&own, &r->c, q->relevant, true);
	relevance_css_rule_and(&asked->most, &own);
	relevance_css_compile(&own, &r->c, q->relevant, false);
	relevance_css_rule_and(&asked->least, &own);
	asked->exact &= r->c.exact;
	relevance_css_rule_finish(&own);
}

/* A question; `any` becomes whether any question of its section is asked. */
static void add_question(struct relevance_css_rule *any, struct relevance_css *r,
                         const struct form_question *q)
{
	struct relevance_css_rule rule = {0}, rows = {0};
	struct buf what = {0};

	compile(&rule, r, q->relevant);
	add_rows(&rows, r, q);
	/* a matrix without a row is not worth its label */
	relevance_css_rule_and(&rule, &rows);
	buf_printf(&what, "#q-%s", q->id);
	if (!what.failed && q->type != FORM_CALCULATE) {
		hide(r, what.data, &rule);
		relevance_css_rule_or(any, &rule);
	}
	if (q->choice_filter != NULL)
		add_choices(r, q);
	r->c.failed |= what.failed;
	relevance_css_rule_finish(&rule);
	relevance_css_rule_finish(&rows);
	buf_finish(&what);
}

static void add_section(struct relevance_css *r, const struct form_section *s)
{
	struct relevance_css_asked whole = {.exact = true};
	struct relevance_css_rule any = {0};
	struct buf what = {0};

	relevance_css_rule_never(&any);
	if (s->relevant != NULL) {
		compile(&whole.most, r, s->relevant);
		whole.exact = r->c.exact;
		relevance_css_compile(&whole.least, &r->c, s->relevant, false);
	}
	for (size_t i = s->first; i < s->first + s->n; i++) {
		find_asked(r, &r->c.form->questions[i], &whole);
		add_question(&any, r, &r->c.form->questions[i]);
	}
	/* nor is a section without a question */
	relevance_css_rule_and(&any, &whole.most);
	buf_printf(&what, "#s-%s", s->id);
	r->c.failed |= what.failed || any.text.failed;
	if (!what.failed)
		hide(r, what.data, &any);
	relevance_css_rule_finish(&whole.most);
	relevance_css_rule_finish(&whole.least);
	relevance_css_rule_finish(&any);
	buf_finish(&what);
}

static void write_hiding(struct relevance_css *r, struct hiding *h)
{
	relevance_css_rule_not(&h->unless);
	if (h->unless.text.len > 0)
		buf_printf(&r->rules, "#form%s ", h->unless.text.data);
	if (h->unless.text.len > 0 && h->n > 1)
		buf_printf(&r->rules, ":is(%s)", h->what.data);
	else
		buf_puts(&r->rules, h->what.data);
	buf_puts(&r->rules, "{display:none;--off:1}\n");
}

static void write_rules(struct relevance_css *r)
{
	if (r->n_hidings == 0)
		return;
	buf_puts(&r->rules, "@supports selector(:has(a)){\n.if:not(.s){display:none}\n");
	for (size_t i = 0; i < r->n_hidings; i++) {
		struct hiding *h = &r->hidings[i];

		r->c.failed |= h->what.failed || h->unless.text.failed;
		if (!r->c.failed)
			write_hiding(r, h);
		r->c.failed |= h->unless.text.failed;
	}
	buf_puts(&r->rules, "}\n");
}

/* What was needed to make it only. */
static void forget(struct relevance_css *r)
{
	for (size_t i = 0; r->c.asked != NULL && i < r->c.form->n_questions; i++) {
		relevance_css_rule_finish(&r->c.asked[i].most);
		relevance_css_rule_finish(&r->c.asked[i].least);
	}
	for (size_t i = 0; i < r->n_hidings; i++) {
		buf_finish(&r->hidings[i].what);
		relevance_css_rule_finish(&r->hidings[i].unless);
	}
	free(r->c.asked);
	free(r->hidings);
	r->c.asked = NULL;
	r->hidings = NULL;
	r->n_hidings = 0;
}

static size_t count_conditions(const struct form *f)
{
	size_t n = f->n_sections + 2 * f->n_questions;

	for (size_t i = 0; i < f->n_questions; i++)
		n += f->questions[i].n_rows;
	return n;
}

int relevance_css_create(struct relevance_css **out, const struct form *f, struct err *err)
{
	struct relevance_css *r = calloc(1, sizeof *r);

	if (r == NULL)
		return err_nomem(err);
	r->c.form = f;
	r->c.asked = calloc(f->n_questions + 1, sizeof *r->c.asked);
	r->verdicts = calloc(count_conditions(f) + 1, sizeof *r->verdicts);
	r->c.failed = r->c.asked == NULL || r->verdicts == NULL;
	for (size_t i = 0; !r->c.failed && i < f->n_sections; i++)
		add_section(r, &f->sections[i]);
	if (!r->c.failed)
		write_rules(r);
	forget(r);
	if (r->c.failed || r->rules.failed) {
		relevance_css_free(r);
		return err_nomem(err);
	}
	*out = r;
	return 0;
}

void relevance_css_free(struct relevance_css *r)
{
	if (r == NULL)
		return;
	buf_finish(&r->rules);
	free(r->verdicts);
	free(r);
}

const char *relevance_css_rules(const struct relevance_css *r)
{
	return r->rules.len > 0 ? r->rules.data : "";
}

bool relevance_css_exact(const struct relevance_css *r, const struct expression *e)
{
	for (size_t i = 0; i < r->n_verdicts; i++)
		if (r->verdicts[i].e == e)
			return r->verdicts[i].exact;
	return e == NULL;
}
