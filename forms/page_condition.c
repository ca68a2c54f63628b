/*
 * page_condition.c - a relevance expression in words. In: the typed tree. Out: one sentence, "Only
 * if you answered “Yes” to “Have you ...?”.", or a general one where the expression is not simple.
 *
 * Simple is: an answer to a question (=, !=, selected, not), a comparison with a number, several
 * answers to one question joined by "or", and a list of these joined by "and" or by "or" but not
 * both, which would be ambiguous in words. More than a few are no sentence that anybody reads.
 */
#include "forms/html.h"
#include "forms/page_parts.h"

#include <stdio.h>
#include <string.h>

enum { CONDITIONS_MOST = 3 };

/* Raw words with places; escaped once, at the end. */
static void put(struct buf *out, const struct page *p, const char *name, const char *place,
                const char *value, const char *place2, const char *value2)
{
	words_put(out, p->site->words, page_language(p), name, place, value, place2, value2, NULL);
}

/* The question and row that a reference names; NULL if there is none. */
static const struct form_question *find(const struct page *p, const char *field,
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
	q = form_question(p->site->form, id);
	for (size_t i = 0; q != NULL && i < q->n_rows; i++)
		if (strcmp(q->rows[i].field, field) == 0)
			*row = &q->rows[i];
	return q != NULL && (field[n] == '\0' || *row != NULL) ? q : NULL;
}

static int put_question(struct buf *out, const struct page *p, const char *field)
{
	const struct form_row *row;
	const struct form_question *q = find(p, field, &row);
	struct buf label = {0};

	if (q == NULL)
		return -1;
	buf_puts(&label, page_label(p, &q->label));
	if (row != NULL)
		buf_printf(&label, " – %s", page_label(p, &row->label));
	if (!label.failed)
		put(out, p, "quote", "text", label.data, NULL, NULL);
	buf_finish(&label);
	return 0;
}

/* How an answer reads on the page. */
static const char *answer_label(const struct page *p, const struct form_question *q,
                                const char *value)
{
	const struct form_choice *c = form_choice(q, value);

	if (c != NULL)
		return page_label(p, &c->label);
	if (strcmp(value, ANSWER_DECLINED) == 0 && q->decline)
		return words_get(p->site->words, page_language(p), "choice.declined");
	return q->type == FORM_SCALE || q->type == FORM_DATE ? value : NULL;
}

/* "${q} = 'v'", either way round, or "selected(${q}, 'v')": the field and the value. */
static bool is_answer(const struct expression *e, enum expression_op op, const char **field,
                      const char **value)
{
	const struct expression *a, *b;

	if (e->n != 2 || !(e->op == op || (op == EXPR_EQ && e->op == EXPR_CALL &&
	                                    strcmp(e->text, "selected") == 0)))
		return false;
	a = e->operand[0];
	b = e->operand[1];
	if (a->op == EXPR_STRING) {
		a = e->operand[1];
		b = e->operand[0];
	}
	if (a->op != EXPR_FIELD || b->op != EXPR_STRING)
		return false;
	*field = a->text;
	*value = b->text;
	return true;
}

/* Collect the quoted answers of an or-tree whose leaves all ask about one field. */
static int put_answers(struct buf *out, const struct page *p, const struct expression *e,
                       const char **field)
{
	const char *own, *value, *label;
	const struct form_row *row;
	const struct form_question *q;
	struct buf quoted = {0}, joined = {0};

	if (e->op == EXPR_OR) {
		for (size_t i = 0; i < e->n; i++)
			if (put_answers(out, p, e->operand[i], field) != 0)
				return -1;
		return 0;
	}
	if (!is_answer(e, EXPR_EQ, &own, &value) || (*field != NULL && strcmp(*field, own) != 0))
		return -1;
	q = find(p, own, &row);
	label = q != NULL && *value != '\0' ? answer_label(p, q, value) : NULL;
	if (label == NULL)
		return -1;
	*field = own;
	put(&quoted, p, "quote", "text", label, NULL, NULL);
	if (out->len > 0 && !quoted.failed) {
		put(&joined, p, "join.or", "a", out->data, "b", quoted.data);
		buf_clear(out);
		buf_put(out, joined.data, joined.len);
	} else {
		buf_put(out, quoted.data, quoted.len);
	}
	buf_finish(&quoted);
	buf_finish(&joined);
	return 0;
}

/* "you answered “a” or “b” to “Q”", by the word `name`. */
static int put_choice(struct buf *out, const struct page *p, const struct expression *e,
                      const char *name)
{
	struct buf answers = {0}, question = {0};
	const char *field = NULL;
	int rc = put_answers(&answers, p, e, &field);

	if (rc == 0)
		rc = put_question(&question, p, field);
	if (rc == 0 && !answers.failed && !question.failed)
		put(out, p, name, "answers", answers.data, "question", question.data);
	buf_finish(&answers);
	buf_finish(&question);
	return rc;
}

/* ${q} != 'v': not that answer; ${q} != '': any answer. */
static int put_unequal(struct buf *out, const struct page *p, const struct expression *e)
{
	struct expression equal = *e;
	struct buf question = {0};
	const char *field, *value;
	int rc;

	if (!is_answer(e, EXPR_NE, &field, &value))
		return -1;
	if (*value != '\0') {
		equal.op = EXPR_EQ;
		return put_choice(out, p, &equal, "condition.not");
	}
	rc = put_question(&question, p, field);
	if (rc == 0 && !question.failed)
		put(out, p, "condition.answered", "question", question.data, NULL, NULL);
	buf_finish(&question);
	return rc;
}

static int put_comparison(struct buf *out, const struct page *p, const struct expression *e)
{
	static const struct {
		enum expression_op op;
		const char *name, *mirrored;
	} words[] = {
		{EXPR_GT, "condition.more", "condition.less"},
		{EXPR_LT, "condition.less", "condition.more"},
		{EXPR_GE, "condition.at_least", "condition.at_most"},
		{EXPR_LE, "condition.at_most", "condition.at_least"},
	};
	bool mirrored = e->n == 2 && e->operand[0]->op == EXPR_NUMBER;
	const struct expression *field, *number;
	struct buf question = {0};
	char digits[32];
	int rc;

	if (e->n != 2)
		return -1;
	field = e->operand[mirrored ? 1 : 0];
	number = e->operand[mirrored ? 0 : 1];
	if (field->op != EXPR_FIELD || number->op != EXPR_NUMBER)
		return -1;
	page_number(digits, number->number);
	rc = put_question(&question, p, field->text);
	for (size_t i = 0; rc == 0 && !question.failed && i < 4; i++)
		if (words[i].op == e->op)
			put(out, p, mirrored ? words[i].mirrored : words[i].name, "question",
				question.data, "number", digits);
	buf_finish(&question);
	return rc;
}

/* A single condition. */
static int put_atom(struct buf *out, const struct page *p, const struct expression *e)
{
	switch (e->op) {
	case EXPR_NE:
		return put_unequal(out, p, e);
	case EXPR_GT:
	case EXPR_LT:
	case EXPR_GE:
	case EXPR_LE:
		return put_comparison(out, p, e);
	case EXPR_CALL:
		if (strcmp(e->text, "not") == 0 && e->n == 1)
			return put_choice(out, p, e->operand[0], "condition.not");
		return put_choice(out, p, e, "condition.is");
	default:
		return put_choice(out, p, e, "condition.is");
	}
}

/* Conditions that are all joined by `op`; `*n` counts them. */
static int put_list(struct buf *out, const struct page *p, const struct expression *e,
                    enum expression_op op, size_t *n)
{
	struct buf one = {0}, joined = {0};
	int rc = 0;

	if (e->op == op && !(op == EXPR_OR && put_choice(&one, p, e, "condition.is") == 0)) {
		for (size_t i = 0; rc == 0 && i < e->n; i++)
			rc = put_list(out, p, e->operand[i], op, n);
		buf_finish(&one);
		return rc;
	}
	if (++*n > CONDITIONS_MOST)
		rc = -1;
	else if (one.len == 0)
		rc = put_atom(&one, p, e);
	if (rc == 0 && out->len > 0 && !one.failed) {
		put(&joined, p, op == EXPR_OR ? "join.or" : "join.and", "a", out->data, "b", one.data);
		buf_clear(out);
		buf_put(out, joined.data, joined.len);
	} else if (rc == 0) {
		buf_put(out, one.data, one.len);
	}
	buf_finish(&one);
	buf_finish(&joined);
	return rc;
}

void page_condition(struct buf *out, const struct page *p, const struct expression *e)
{
	struct buf condition = {0};
	size_t n = 0;

	if (e == NULL)
		return;
	buf_puts(out, "<p class=\"if\">");
	if (put_list(&condition, p, e, e->op == EXPR_OR ? EXPR_OR : EXPR_AND, &n) == 0 &&
	    condition.len > 0 && !condition.failed)
		page_words(out, p, "only_if", "condition", condition.data, NULL, NULL);
	else
		page_word(out, p, "only_if.some");
	buf_puts(out, "</p>\n");
	buf_finish(&condition);
}
