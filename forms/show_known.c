/*
 * show_known.c - conditions on a path through the paper. In: which answers are still possible for
 * each question. Out: whether a condition is true, false, or depends on the person.
 *
 * A part of a condition that looks at one question is tried with each answer that is possible;
 * the rest follows Kleene's three-valued logic, so what comes out true or false is so for
 * everybody, and "depends" may be too cautious but never wrong. The same condition standing at
 * several places is known by its text once it is known at one.
 */
#include "forms/show_known.h"

#include "forms/condition_parts.h"

#include <stdlib.h>
#include <string.h>

static bool has_choices(const struct form_question *q)
{
	return q->type == FORM_SELECT_ONE || q->type == FORM_SELECT_MULTIPLE;
}

size_t show_known_states(const struct form_question *q)
{
	return SHOW_KNOWN_CHOICE + (has_choices(q) ? q->n_choices : 0);
}

/* --- the shape --- */

/* Conditions with the same text share one fact. */
static int place_facts(struct show_known *k, struct err *err)
{
	const struct form *f = k->form;
	size_t n = f->n_questions + f->n_sections;
	struct buf *texts = calloc(n + 1, sizeof *texts);
	int status = texts != NULL ? 0 : err_nomem(err);

	for (size_t i = 0; status == 0 && i < n; i++) {
		const struct expression *e = i < f->n_questions
			? f->questions[i].relevant : f->sections[i - f->n_questions].relevant;

		if (e != NULL)
			expression_write(&texts[i], e);
		if (texts[i].failed)
			status = err_nomem(err);
		k->fact[i] = k->size;
		for (size_t j = 0; status == 0 && e != NULL && j < i; j++)
			if (texts[j].len > 0 && strcmp(texts[i].data, texts[j].data) == 0)
				k->fact[i] = k->fact[j];
		if (k->fact[i] == k->size)
			k->size += 2;
	}
	for (size_t i = 0; texts != NULL && i < n; i++)
		buf_finish(&texts[i]);
	free(texts);
	return status;
}

int show_known_init(struct show_known *k, const struct form *f, struct err *err)
{
	memset(k, 0, sizeof *k);
	k->form = f;
	k->at = calloc(f->n_questions + 1, sizeof *k->at);
	k->fact = calloc(f->n_questions + f->n_sections + 1, sizeof *k->fact);
	k->answers = answers_create();
	if (k->at == NULL || k->fact == NULL || k->answers == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < f->n_questions; i++) {
		k->at[i] = k->size;
		k->size += show_known_states(&f->questions[i]);
	}
	return place_facts(k, err);
}

void show_known_finish(struct show_known *k)
{
	answers_free(k->answers);
	free(k->at);
	free(k->fact);
	memset(k, 0, sizeof *k);
}

/* --- what is possible --- */

void show_known_all(const struct show_known *k, unsigned char *may)
{
	memset(may, 1, k->size);
}

void show_known_join(const struct show_known *k, unsigned char *may, const unsigned char *other)
{
	for (size_t i = 0; i < k->size; i++)
		may[i] |= other[i];
}

void show_known_set(const struct show_known *k, unsigned char *may, const struct form_question *q,
               size_t state)
{
	memset(may + k->at[q->index], 0, show_known_states(q));
	may[k->at[q->index] + state] = 1;
}

void show_known_asked(const struct show_known *k, unsigned char *may, const struct form_question *q)
{
	unsigned char *own = may + k->at[q->index];

	memset(own, 0, show_known_states(q));
	/* a line may stay empty; boxes are ticked */
	own[SHOW_KNOWN_MISSING] = !has_choices(q);
	own[SHOW_KNOWN_DECLINED] = q->decline;
	own[SHOW_KNOWN_ANY] = q->type != FORM_SELECT_ONE;
	for (size_t i = 0; has_choices(q) && i < q->n_choices; i++)
		own[SHOW_KNOWN_CHOICE + i] = q->type == FORM_SELECT_ONE || q->choices[i].exclusive;
}

/* --- what a condition is worth --- */

static enum show_known_worth opposite(enum show_known_worth v)
{
	if (v == SHOW_KNOWN_DEPENDS)
		return v;
	return v == SHOW_KNOWN_TRUE ? SHOW_KNOWN_FALSE : SHOW_KNOWN_TRUE;
}

/* Where both come out the same it is known. */
static enum show_known_worth either(enum show_known_worth a, enum show_known_worth b)
{
	return a == b ? a : SHOW_KNOWN_DEPENDS;
}

static enum show_known_worth try_value(const struct show_known *k, const struct expression *e,
                                  const char *field, const char *value)
{
	struct expression_scope scope = {.answers = k->answers};
	enum show_known_worth v = SHOW_KNOWN_DEPENDS;
	struct err err;

	if (value == NULL || answers_set(k->answers, field, value, &err) == 0)
		v = expression_true(e, &scope) ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
	if (value != NULL)
		answers_remove(k->answers, field);
	return v;
}

/* Some answer, but none of the states that are told apart. */
static enum show_known_worth try_any(const struct show_known *k, const struct expression *e,
                                const struct form_question *q)
{
	struct condition_atom a;
	enum show_known_worth v;

	if (e->op == EXPR_OR || e->op == EXPR_AND) {
		v = e->op == EXPR_AND ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
		for (size_t i = 0; i < e->n; i++) {
			enum show_known_worth one = try_any(k, e->operand[i], q);

			if (one == (e->op == EXPR_OR ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE))
				return one;
			v = either(v, one);
		}
		return v;
	}
	if (e->op == EXPR_CALL && strcmp(e->text, "not") == 0 && e->n == 1)
		return opposite(try_any(k, e->operand[0], q));
	if (condition_read(&a, k->form, e, false) != 0)
		return SHOW_KNOWN_DEPENDS;
	if (a.kind == CONDITION_ANSWERED || a.kind == CONDITION_UNANSWERED)
		return a.kind == CONDITION_ANSWERED ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
	if (a.kind == CONDITION_IS || a.kind == CONDITION_NOT) {
		const struct form_choice *c = form_choice(q, a.values[0]);

		if (c == NULL ? strcmp(a.values[0], ANSWER_DECLINED) == 0 : c->exclusive)
			return a.kind == CONDITION_NOT ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
	}
	return SHOW_KNOWN_DEPENDS;
}

static enum show_known_worth try_state(const struct show_known *k, const struct expression *e,
                                  const struct form_question *q, const char *field, size_t state)
{
	switch (state) {
	case SHOW_KNOWN_MISSING:
		return try_value(k, e, field, NULL);
	case SHOW_KNOWN_DECLINED:
		return try_value(k, e, field, ANSWER_DECLINED);
	case SHOW_KNOWN_ANY:
		return try_any(k, e, q);
	default:
		return try_value(k, e, field, q->choices[state - SHOW_KNOWN_CHOICE].value);
	}
}

/* An expression that looks at one field only. */
static enum show_known_worth try_field(const struct show_known *k, const unsigned char *may,
                                  const struct expression *e, const char *field)
{
	const struct form_row *row;
	const struct form_question *q = condition_field(k->form, field, &row);
	const unsigned char *own;
	enum show_known_worth v = SHOW_KNOWN_DEPENDS;
	bool any = false;

	if (q == NULL) /* the text of an "other" choice */
		return SHOW_KNOWN_DEPENDS;
	own = may + k->at[q->index];
	if (row != NULL || q->type == FORM_CALCULATE) {
		/* of rows only that nobody was asked is known */
		for (size_t i = SHOW_KNOWN_DECLINED; i < show_known_states(q); i++)
			any |= own[i] != 0;
		return any || q->type == FORM_CALCULATE ? SHOW_KNOWN_DEPENDS
		                                        : try_value(k, e, field, NULL);
	}
	for (size_t i = 0; i < show_known_states(q); i++) {
		enum show_known_worth one;

		if (!own[i])
			continue;
		one = try_state(k, e, q, field, i);
		v = any ? either(v, one) : one;
		any = true;
		if (v == SHOW_KNOWN_DEPENDS)
			break;
	}
	return v;
}

static enum show_known_worth worth(const struct show_known *k, const unsigned char *may,
                              const struct expression *e)
{
	enum show_known_worth v;
	const char *field;

	if (!expression_calls(e, "today") && expression_one_field(e, &field))
		return field != NULL ? try_field(k, may, e, field) : try_value(k, e, NULL, NULL);
	if (e->op == EXPR_CALL && strcmp(e->text, "not") == 0 && e->n == 1)
		return opposite(worth(k, may, e->operand[0]));
	if (e->op != EXPR_OR && e->op != EXPR_AND)
		return SHOW_KNOWN_DEPENDS;
	v = e->op == EXPR_AND ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
	for (size_t i = 0; i < e->n; i++) {
		enum show_known_worth one = worth(k, may, e->operand[i]);

		if (one == (e->op == EXPR_OR ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE))
			return one;
		v = either(v, one);
	}
	return v;
}

/* A condition that stands somewhere, with its fact: may be false, may be true. */
static enum show_known_worth stands(const struct show_known *k, const unsigned char *may,
                               const struct expression *e, size_t fact)
{
	if (e == NULL)
		return SHOW_KNOWN_TRUE;
	if (may[fact] != may[fact + 1])
		return may[fact + 1] ? SHOW_KNOWN_TRUE : SHOW_KNOWN_FALSE;
	return worth(k, may, e);
}

enum show_known_worth show_known_question(const struct show_known *k, const unsigned char *may,
                                const struct form_question *q)
{
	return stands(k, may, q->relevant, k->fact[q->index]);
}

enum show_known_worth show_known_section(const struct show_known *k, const unsigned char *may,
                               const struct form_section *s)
{
	size_t index = (size_t)(s - k->form->sections);

	return stands(k, may, s->relevant, k->fact[k->form->n_questions + index]);
}

/* --- learning --- */

/* Rule out what would make it otherwise. */
static void learn(const struct show_known *k, unsigned char *may, const struct expression *e,
                  bool holds)
{
	const struct form_question *q;
	const struct form_row *row;
	const char *field;
	enum show_known_worth ruled_out = holds ? SHOW_KNOWN_FALSE : SHOW_KNOWN_TRUE;

	if (e->op == EXPR_CALL && strcmp(e->text, "not") == 0 && e->n == 1) {
		learn(k, may, e->operand[0], !holds);
		return;
	}
	if (e->op == (holds ? EXPR_AND : EXPR_OR)) {
		for (size_t i = 0; i < e->n; i++)
			learn(k, may, e->operand[i], holds);
		return;
	}
	q = !expression_calls(e, "today") && expression_one_field(e, &field) && field != NULL
		? condition_field(k->form, field, &row) : NULL;
	if (q == NULL || row != NULL || q->type == FORM_CALCULATE)
		return;
	for (size_t i = 0; i < show_known_states(q); i++)
		if (may[k->at[q->index] + i] &&
		    try_state(k, e, q, field, i) == ruled_out)
			may[k->at[q->index] + i] = 0;
}

static void learn_fact(const struct show_known *k, unsigned char *may, const struct expression *e,
                       size_t fact, bool holds)
{
	if (e == NULL)
		return;
	learn(k, may, e, holds);
	may[fact] = !holds;
	may[fact + 1] = holds;
}

void show_known_learn_question(const struct show_known *k, unsigned char *may,
                          const struct form_question *q, bool holds)
{
	learn_fact(k, may, q->relevant, k->fact[q->index], holds);
}

void show_known_learn_section(const struct show_known *k, unsigned char *may,
                         const struct form_section *s, bool holds)
{
	size_t index = (size_t)(s - k->form->sections);

	learn_fact(k, may, s->relevant, k->fact[k->form->n_questions + index], holds);
}
