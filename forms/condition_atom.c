/*
 * condition_atom.c - one condition on one question. In: a subtree of an expression, "${q} = 'v'",
 * "selected(${q}, 'v')", "${n} > 3", "count-selected(${q}) >= 2", either way round. Out: what it
 * asks for, and that in words.
 */
#include "forms/condition_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const struct form_question *condition_field(const struct form *f, const char *field,
                                            const struct form_row **row)
{
	char id[128];
	size_t n = strcspn(field, "/");
	const struct form_question *q;

	*row = NULL;
	if (n >= sizeof id)
		return NULL;
	memcpy(id, field, n);
	id[n] = '\0';
	q = form_question(f, id);
	for (size_t i = 0; q != NULL && i < q->n_rows; i++)
		if (strcmp(q->rows[i].field, field) == 0)
			*row = &q->rows[i];
	return q != NULL && (field[n] == '\0' || *row != NULL) ? q : NULL;
}

/* What the condition is about; a calculation is nothing that anybody has seen. */
static int read_field(struct condition_atom *a, const struct form *f, const char *field)
{
	const struct form_row *row;

	a->question = condition_field(f, field, &row);
	if (a->question == NULL || !form_is_asked(a->question->type))
		return -1;
	a->n_rows = 0;
	if (row != NULL)
		a->rows[a->n_rows++] = (unsigned short)(row - a->question->rows);
	return 0;
}

/* Does the value have words? */
static bool is_answer(const struct form_question *q, const char *value)
{
	return form_choice(q, value) != NULL || q->type == FORM_SCALE || q->type == FORM_DATE ||
	       (strcmp(value, ANSWER_DECLINED) == 0 && q->decline);
}

/* A field and a string: an answer, or whether there is one. */
static int read_answer(struct condition_atom *a, const struct form *f, const char *field,
                       const char *value, bool is)
{
	if (read_field(a, f, field) != 0)
		return -1;
	if (*value == '\0') {
		a->kind = is ? CONDITION_UNANSWERED : CONDITION_ANSWERED;
		return 0;
	}
	if (!is_answer(a->question, value))
		return -1;
	a->kind = is ? CONDITION_IS : CONDITION_NOT;
	a->values[0] = value;
	a->n_values = 1;
	return 0;
}

/* The comparison with its sides exchanged. */
static enum expression_op mirrored(enum expression_op op)
{
	switch (op) {
	case EXPR_GT:
		return EXPR_LT;
	case EXPR_LT:
		return EXPR_GT;
	case EXPR_GE:
		return EXPR_LE;
	case EXPR_LE:
		return EXPR_GE;
	default:
		return op;
	}
}

static enum expression_op opposite(enum expression_op op)
{
	switch (op) {
	case EXPR_GT:
		return EXPR_LE;
	case EXPR_LE:
		return EXPR_GT;
	case EXPR_LT:
		return EXPR_GE;
	case EXPR_GE:
		return EXPR_LT;
	default:
		return op == EXPR_EQ ? EXPR_NE : EXPR_EQ;
	}
}

/* A number of ticks: there always is one, so that the opposite is as good. */
static int read_count(struct condition_atom *a, enum expression_op op, double number, bool negate)
{
	if (number != floor(number))
		return -1;
	if (negate)
		op = opposite(op);
	if (op == EXPR_NE)
		return -1;
	a->kind = op == EXPR_EQ ? CONDITION_COUNT
	          : op == EXPR_GT || op == EXPR_GE ? CONDITION_COUNT_AT_LEAST
	                                           : CONDITION_COUNT_AT_MOST;
	a->number = number + (op == EXPR_GT) - (op == EXPR_LT);
	return 0;
}

/* A question, or the count of its ticks, and a number. */
static int read_number(struct condition_atom *a, const struct form *f, const struct expression *of,
                       enum expression_op op, double number, bool negate)
{
	if (of->op == EXPR_CALL && strcmp(of->text, "count-selected") == 0 && of->n == 1 &&
	    of->operand[0]->op == EXPR_FIELD)
		return read_field(a, f, of->operand[0]->text) == 0
		       ? read_count(a, op, number, negate) : -1;
	/* the opposite also holds where there is no answer, which no short clause says */
	if (of->op != EXPR_FIELD || negate || op == EXPR_NE || read_field(a, f, of->text) != 0)
		return -1;
	a->number = number;
	a->kind = op == EXPR_GT   ? CONDITION_MORE
	          : op == EXPR_LT ? CONDITION_LESS
	          : op == EXPR_GE ? CONDITION_AT_LEAST
	          : op == EXPR_LE ? CONDITION_AT_MOST
	                          : CONDITION_NUMBER;
	return 0;
}

int condition_read(struct condition_atom *a, const struct form *f, const struct expression *e,
                   bool negate)
{
	const struct expression *left, *right;
	enum expression_op op = e->op;
	bool selected = op == EXPR_CALL && strcmp(e->text, "selected") == 0;

	memset(a, 0, sizeof *a);
	if (e->n != 2 || !(selected || (op >= EXPR_EQ && op <= EXPR_GE)))
		return -1;
	left = e->operand[0];
	right = e->operand[1];
	if (!selected && (left->op == EXPR_STRING || left->op == EXPR_NUMBER)) {
		left = e->operand[1];
		right = e->operand[0];
		op = mirrored(op);
	}
	if (right->op == EXPR_NUMBER && !selected)
		return read_number(a, f, left, op, right->number, negate);
	if (left->op != EXPR_FIELD || right->op != EXPR_STRING ||
	    !(selected || op == EXPR_EQ || op == EXPR_NE))
		return -1;
	return read_answer(a, f, left->text, right->text, (op != EXPR_NE) != negate);
}

/* --- in words --- */

static const char *language(const struct condition_words *w)
{
	return w->form->languages[w->language];
}

/* “text” */
static void put_quoted(struct buf *out, const struct condition_words *w, const char *text)
{
	words_put(out, w->words, language(w), "quote", "text", text, NULL);
}

/* How an answer reads on the page. */
static const char *answer_label(const struct condition_words *w, const struct form_question *q,
                                const char *value)
{
	const struct form_choice *c = form_choice(q, value);

	if (c != NULL)
		return form_text(&c->label, w->language);
	if (strcmp(value, ANSWER_DECLINED) == 0)
		return words_get(w->words, language(w), "choice.declined");
	return value;
}

static void put_answers(struct buf *out, const struct condition_words *w,
                        const struct condition_atom *a)
{
	struct buf one = {0};

	for (size_t i = 0; i < a->n_values; i++) {
		buf_clear(&one);
		put_quoted(&one, w, answer_label(w, a->question, a->values[i]));
		if (!one.failed)
			condition_join(out, w, one.data, true, i + 1 == a->n_values);
	}
	buf_finish(&one);
}

static bool any_row(const struct condition_atom *a)
{
	return a->n_rows > 1 && a->n_rows == a->question->n_rows;
}

/* The question by its number, 17.2 where it is a row. */
static int put_number(struct buf *out, const struct condition_words *w,
                      const struct condition_atom *a)
{
	size_t number = w->numbers[a->question->index];
	char text[64];

	if (number == 0)
		return -1;
	snprintf(text, sizeof text, "%zu", number);
	if (a->n_rows == 0 || any_row(a))
		buf_puts(out, text);
	for (size_t i = 0; !any_row(a) && i < a->n_rows; i++) {
		snprintf(text, sizeof text, "%zu.%d", number, a->rows[i] + 1);
		condition_join(out, w, text, true, i + 1 == a->n_rows);
	}
	return 0;
}

/* The question by its text. */
static int put_label(struct buf *out, const struct condition_words *w,
                     const struct condition_atom *a)
{
	const struct form_question *q = a->question;
	struct buf label = {0};

	if (a->n_rows > 1 && !any_row(a))
		return -1;
	buf_puts(&label, form_text(&q->label, w->language));
	if (a->n_rows == 1)
		buf_printf(&label, " – %s", form_text(&q->rows[a->rows[0]].label, w->language));
	if (!label.failed)
		put_quoted(out, w, label.data);
	out->failed |= label.failed;
	buf_finish(&label);
	return 0;
}

int condition_say(struct buf *out, const struct condition_words *w,
                  const struct condition_atom *a)
{
	static const char *const names[] = {"is", "not", "answered", "unanswered", "more", "less",
		"at_least", "at_most", "is", "count_at_least", "count_at_most", "count"};
	struct buf answers = {0}, question = {0};
	char name[48], number[32];
	int status;

	snprintf(name, sizeof name, "%s.%s", w->numbers != NULL ? "numbered" : "condition",
		a->kind == CONDITION_IS && any_row(a) ? "any_row" : names[a->kind]);
	snprintf(number, sizeof number, "%.10g", a->number);
	if (a->kind == CONDITION_NUMBER)
		buf_puts(&answers, number);
	else
		put_answers(&answers, w, a);
	status = w->numbers != NULL ? put_number(&question, w, a) : put_label(&question, w, a);
	out->failed |= answers.failed || question.failed;
	if (status == 0 && !out->failed)
		words_put(out, w->words, language(w), name, "answers",
			answers.data != NULL ? answers.data : "", "question", question.data,
			"number", number, NULL);
	buf_finish(&answers);
	buf_finish(&question);
	return status;
}
