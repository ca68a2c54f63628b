/*
 * condition.c - a whole expression in words. In: the typed tree. Out: one clause, or nothing where
 * no clause would be both true and short.
 *
 * Lists of conditions that are joined by "or" are said with what they share: several answers to
 * one question, the same answers to several rows of a matrix. "not" moves inwards (De Morgan). By
 * the questions' text only a few conditions fit one sentence, and "and" is not mixed with "or",
 * which would be ambiguous; by number there is more room, and one level of brackets.
 */
#include "forms/condition.h"

#include "forms/condition_parts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { UNITS = 24, DEPTH = 2, MOST_NAMED = 3, MOST_NUMBERED = 8 };

/* What a list joins: single conditions, or a list of the other kind. */
struct unit {
	const struct expression *list; /* NULL: a single condition */
	bool negate;                   /* the opposite of the list */
	struct condition_atom atom;
};

struct list {
	const struct condition_words *words;
	bool any; /* joined by "or", else by "and" */
	size_t depth, n;
	struct unit units[UNITS];
};

static bool is_list(const struct expression *e)
{
	return e->op == EXPR_OR || e->op == EXPR_AND;
}

static bool is_not(const struct expression *e)
{
	return e->op == EXPR_CALL && strcmp(e->text, "not") == 0 && e->n == 1;
}

static bool same_rows(const struct condition_atom *a, const struct condition_atom *b)
{
	return a->question == b->question && a->n_rows == b->n_rows &&
	       memcmp(a->rows, b->rows, a->n_rows * sizeof *a->rows) == 0;
}

static bool has_value(const struct condition_atom *a, const char *value)
{
	for (size_t i = 0; i < a->n_values; i++)
		if (strcmp(a->values[i], value) == 0)
			return true;
	return false;
}

static bool same_values(const struct condition_atom *a, const struct condition_atom *b)
{
	for (size_t i = 0; i < b->n_values; i++)
		if (!has_value(a, b->values[i]))
			return false;
	return a->n_values == b->n_values;
}

/* "is a" or "is b" is one condition, and so is "not a" and "not b". */
static bool add_value(struct list *l, const struct condition_atom *a)
{
	if (a->kind != (l->any ? CONDITION_IS : CONDITION_NOT))
		return false;
	for (size_t i = 0; i < l->n; i++) {
		struct condition_atom *own = &l->units[i].atom;

		if (l->units[i].list != NULL || own->kind != a->kind || !same_rows(own, a))
			continue;
		if (has_value(own, a->values[0]))
			return true;
		if (own->n_values == CONDITION_VALUES)
			return false;
		own->values[own->n_values++] = a->values[0];
		return true;
	}
	return false;
}

static bool joins_rows(const struct unit *a, const struct unit *b)
{
	return a->list == NULL && b->list == NULL && a->atom.kind == CONDITION_IS &&
	       b->atom.kind == CONDITION_IS && a->atom.question == b->atom.question &&
	       a->atom.n_rows > 0 && b->atom.n_rows == 1 && same_values(&a->atom, &b->atom);
}

static void remove_unit(struct list *l, size_t i)
{
	l->n--;
	memmove(&l->units[i], &l->units[i + 1], (l->n - i) * sizeof *l->units);
}

static void add_row(struct condition_atom *a, size_t row)
{
	size_t at = a->n_rows++;

	for (; at > 0 && a->rows[at - 1] > row; at--)
		a->rows[at] = a->rows[at - 1];
	a->rows[at] = row;
}

/* The same answers to several rows are one condition; by its text, to all rows. */
static void merge_rows(struct list *l)
{
	for (size_t i = 0; l->any && i < l->n; i++) {
		size_t same = 1;

		for (size_t k = i + 1; k < l->n; k++)
			same += joins_rows(&l->units[i], &l->units[k]);
		if (same == 1 || same > CONDITION_ROWS ||
		    (l->words->numbers == NULL && same != l->units[i].atom.question->n_rows))
			continue;
		for (size_t k = i + 1; k < l->n;) {
			if (joins_rows(&l->units[i], &l->units[k])) {
				add_row(&l->units[i].atom, l->units[k].atom.rows[0]);
				remove_unit(l, k);
			} else {
				k++;
			}
		}
	}
}

/* Flatten what is joined by the same word. */
static int collect(struct list *l, const struct expression *e, bool negate);

/* A list of the other kind; what merging leaves of it may be one condition. */
static int collect_inner(struct list *l, const struct expression *e, bool negate)
{
	struct list inner = {.words = l->words, .any = !l->any, .depth = l->depth + 1};

	if (inner.depth > DEPTH || l->n == UNITS || collect(&inner, e, negate) != 0)
		return -1;
	merge_rows(&inner);
	if (inner.n == 1)
		l->units[l->n++] = inner.units[0];
	else
		l->units[l->n++] = (struct unit){.list = e, .negate = negate};
	return 0;
}

static int collect(struct list *l, const struct expression *e, bool negate)
{
	struct unit *next = &l->units[l->n];

	while (is_not(e)) {
		e = e->operand[0];
		negate = !negate;
	}
	if (!is_list(e)) {
		struct condition_atom atom;

		if (condition_read(&atom, l->words->form, e, negate) != 0)
			return -1;
		if (add_value(l, &atom))
			return 0;
		if (l->n == UNITS)
			return -1;
		next->list = NULL;
		next->atom = atom;
		l->n++;
		return 0;
	}
	if ((e->op == EXPR_OR) != (l->any != negate))
		return collect_inner(l, e, negate);
	for (size_t i = 0; i < e->n; i++)
		if (collect(l, e->operand[i], negate) != 0)
			return -1;
	return 0;
}

void condition_join(struct buf *out, const struct condition_words *w, const char *text, bool any,
                    bool last)
{
	struct buf joined = {0};
	const char *name = any ? last ? "join.or" : "join.or_list"
	                   : last ? "join.and" : "join.and_list";

	if (out->len == 0) {
		buf_puts(out, text);
		return;
	}
	words_put(&joined, w->words, w->form->languages[w->language], name, "a", out->data, "b",
		text, NULL);
	buf_clear(out);
	if (joined.data != NULL)
		buf_put(out, joined.data, joined.len);
	out->failed |= joined.failed;
	buf_finish(&joined);
}

static int put_list(struct buf *out, const struct condition_words *w, const struct expression *e,
                    bool negate, bool inner);

static int put_unit(struct buf *out, const struct condition_words *w, const struct unit *u,
                    bool inner)
{
	struct buf list = {0};
	int status;

	if (u->list == NULL)
		return condition_say(out, w, &u->atom);
	if (inner || w->numbers == NULL)
		return -1;
	status = put_list(&list, w, u->list, u->negate, true);
	if (status == 0 && !list.failed)
		buf_printf(out, "(%s)", list.data);
	out->failed |= list.failed;
	buf_finish(&list);
	return status;
}

static int put_list(struct buf *out, const struct condition_words *w, const struct expression *e,
                    bool negate, bool inner)
{
	struct list l = {.words = w};
	struct buf one = {0};
	int status;

	while (is_not(e)) {
		e = e->operand[0];
		negate = !negate;
	}
	l.any = is_list(e) && (e->op == EXPR_OR) != negate;
	status = collect(&l, e, negate);
	merge_rows(&l);
	if (status == 0 && l.n > (w->numbers != NULL ? MOST_NUMBERED : MOST_NAMED))
		status = -1;
	for (size_t i = 0; status == 0 && i < l.n; i++) {
		buf_clear(&one);
		status = put_unit(&one, w, &l.units[i], inner);
		out->failed |= one.failed;
		if (status == 0 && !out->failed)
			condition_join(out, w, one.data, l.any, i + 1 == l.n);
	}
	buf_finish(&one);
	return status;
}

int condition_put(struct buf *out, const struct condition_words *w, const struct expression *e)
{
	struct buf clause = {0};
	int status = put_list(&clause, w, e, false, false);

	if (status == 0 && clause.len > 0)
		buf_put(out, clause.data, clause.len);
	out->failed |= clause.failed;
	buf_finish(&clause);
	return status;
}

/* --- what it depends on --- */

struct sources {
	const struct condition_words *w;
	bool *seen; /* by the question's index */
};

static int see_field(void *ctx, const char *field)
{
	struct sources *s = ctx;
	const struct form_row *row;
	const struct form_question *q = condition_field(s->w->form, field, &row);

	if (q == NULL || s->seen[q->index])
		return 0;
	s->seen[q->index] = true;
	return q->calculation != NULL ? expression_fields(q->calculation, see_field, s) : 0;
}

void condition_sources(struct buf *out, const struct condition_words *w,
                       const struct expression *e)
{
	struct sources s = {w, calloc(w->form->n_questions + 1, sizeof *s.seen)};
	size_t last = 0;
	char number[24];

	if (s.seen == NULL) {
		out->failed = true;
		return;
	}
	expression_fields(e, see_field, &s);
	for (size_t i = 0; i < w->form->n_questions; i++)
		if (s.seen[i] && w->numbers[i] != 0)
			last = i;
	for (size_t i = 0; i <= last && i < w->form->n_questions; i++) {
		snprintf(number, sizeof number, "%zu", w->numbers[i]);
		if (s.seen[i] && w->numbers[i] != 0)
			condition_join(out, w, number, false, i == last);
	}
	free(s.seen);
}
