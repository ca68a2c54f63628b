/*
 * accept.c - the rule book. In: answers from a page, an import or an opened record. Out: the same
 * answers in canonical form and every fault in them.
 *
 * First everything is brought into form, then what was not asked is removed, then what is left is
 * checked, so that a stale answer to a hidden question never stands in anybody's way.
 */
#include "forms/accept.h"

#include "forms/accept_text.h"
#include "forms/form_field.h"
#include "forms/regions.h"
#include "forms/route.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void accept_report_finish(struct accept_report *r)
{
	free(r->list);
	*r = (struct accept_report){0};
}

struct checker {
	const struct form *form;
	struct answers *answers;
	struct accept_report *report;
	bool nomem;
};

static void fault(struct checker *c, enum accept_fault what, const struct form_question *q,
                  const struct form_row *row)
{
	struct accept_report *r = c->report;

	if (r->n == r->cap) {
		size_t cap = r->cap ? 2 * r->cap : 8;
		struct accept_finding *list = reallocarray(r->list, cap, sizeof *list);

		if (list == NULL) {
			c->nomem = true;
			return;
		}
		r->list = list;
		r->cap = cap;
	}
	r->list[r->n++] = (struct accept_finding){what, q, row};
}

static struct form_field field_of(const struct checker *c, const struct answer *a)
{
	return form_field_find(c->form, a->field, a->hash);
}

/* --- bringing into form --- */

static void keep_only(struct answer *a, size_t keep)
{
	for (size_t i = a->n; i-- > 0;)
		if (i != keep)
			answer_drop(a, i);
}

/* Place of a value among the question's choices; unknown ones come last. */
static size_t choice_place(const struct form_question *q, const char *value)
{
	const struct form_choice *c = form_choice(q, value);

	return c != NULL ? (size_t)(c - q->choices) : q->n_choices;
}

/* No value twice, the questionnaire's order. */
static void sort_multiple(struct answer *a, const struct form_question *q)
{
	for (size_t i = a->n; i-- > 0;)
		for (size_t j = 0; j < i; j++)
			if (strcmp(a->values[i], a->values[j]) == 0) {
				answer_drop(a, i);
				break;
			}
	for (size_t i = 1; i < a->n; i++) {
		char *value = a->values[i];
		size_t j = i, place = choice_place(q, value);

		for (; j > 0 && choice_place(q, a->values[j - 1]) > place; j--)
			a->values[j] = a->values[j - 1];
		a->values[j] = value;
	}
}

/* Select many: an exclusive choice alone, the others as above. */
static void tidy_multiple(struct answer *a, const struct form_question *q)
{
	size_t before = 0, place = 0;
	bool look = false; /* for what stands alone */

	/* mostly each stands behind the one before it already, and there is nothing to sort */
	for (size_t i = 0; i < a->n; i++, before = place) {
		place = choice_place(q, a->values[i]);
		if (i > 0 && place <= before) {
			sort_multiple(a, q);
			look = true;
			break;
		}
		look |= place == q->n_choices || q->choices[place].exclusive;
	}
	for (size_t i = 0; look && i < a->n; i++) {
		const struct form_choice *c = form_choice(q, a->values[i]);

		if (strcmp(a->values[i], ANSWER_DECLINED) == 0 || (c != NULL && c->exclusive)) {
			keep_only(a, i);
			return;
		}
	}
}

static void tidy_answer(struct answer *a, const struct form_field *field)
{
	const struct form_question *q = field->question;
	enum form_type type = q->type;
	bool ranking = type == FORM_RANKING;

	for (size_t i = 0; i < a->n; i++) {
		if (type == FORM_INTEGER || type == FORM_DECIMAL || type == FORM_SCALE)
			accept_text_number(a->values[i]);
		else
			accept_text_tidy(a->values[i], type == FORM_COMMENT);
	}
	/* empty values go; in a ranking only behind the last rank, so that a gap is seen */
	for (size_t i = a->n; i-- > 0;) {
		if (a->values[i][0] == '\0')
			answer_drop(a, i);
		else if (ranking)
			break;
	}
	a->many = !field->other && (ranking || type == FORM_SELECT_MULTIPLE);
	if (type == FORM_SELECT_MULTIPLE && !field->other)
		tidy_multiple(a, q);
	for (size_t i = 0; ranking && i < a->n; i++)
		if (strcmp(a->values[i], ANSWER_DECLINED) == 0) {
			keep_only(a, i);
			break;
		}
}

struct placed {
	struct answer answer;
	size_t place, before;
};

static int by_place(const void *a, const void *b)
{
	const struct placed *x = a, *y = b;

	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	return x->before < y->before ? -1 : x->before > y->before;
}

static size_t place_of(const struct form *f, const struct form_field *field)
{
	const size_t parts = FORM_CHOICES + 2;

	if (field->question == NULL)
		return f->n_questions * parts;
	if (field->row != NULL)
		return field->question->index * parts + (size_t)(field->row - field->question->rows);
	return field->question->index * parts + (field->other ? parts - 1 : 0);
}

/* Tidy the values of every field; fields that are left without any go. */
static void tidy(struct checker *c)
{
	struct answers *a = c->answers;

	for (size_t i = a->n; i-- > 0;) {
		struct form_field field = field_of(c, &a->list[i]);

		if (field.question != NULL)
			tidy_answer(&a->list[i], &field);
		if (a->list[i].n == 0)
			answers_remove(a, a->list[i].field);
	}
}

/* Are the fields in question order? What was written by our own hand is. */
static bool in_order(const struct checker *c)
{
	size_t before = 0;

	for (size_t i = 0; i < c->answers->n; i++) {
		struct form_field field = field_of(c, &c->answers->list[i]);
		size_t place = place_of(c->form, &field);

		if (place < before)
			return false;
		before = place;
	}
	return true;
}

/* Put the fields in question order; unknown fields come last. */
static int order(struct checker *c, struct err *err)
{
	struct answers *a = c->answers;
	struct placed *list;

	if (in_order(c))
		return 0;
	list = calloc(a->n + 1, sizeof *list);
	if (list == NULL)
		return err_nomem(err);
	for (size_t i = 0; i < a->n; i++) {
		struct form_field field = field_of(c, &a->list[i]);

		list[i] = (struct placed){a->list[i], place_of(c->form, &field), i};
	}
	qsort(list, a->n, sizeof *list, by_place);
	for (size_t i = 0; i < a->n; i++)
		a->list[i] = list[i].answer;
	free(list);
	return 0;
}

/* --- checking --- */

static bool date_in_range(const char *s, const struct form_question *q)
{
	size_t n = q->precision == FORM_YEAR ? 4 : 7;

	if (strlen(s) != n || strspn(s, "0123456789") != 4)
		return false;
	if (n == 7 && (s[4] != '-' || strspn(s + 5, "0123456789") != 2 ||
	               strcmp(s + 5, "01") < 0 || strcmp(s + 5, "12") > 0))
		return false;
	return strcmp(s, q->first) >= 0 && strcmp(s, q->last) <= 0;
}

static void check_number(struct checker *c, const char *s, const struct form_question *q)
{
	double n, steps;

	if (!accept_text_is_number(s)) {
		fault(c, ACCEPT_NOT_A_NUMBER, q, NULL);
		return;
	}
	n = strtod(s, NULL);
	if (q->type != FORM_DECIMAL && strchr(s, '.') != NULL) {
		fault(c, ACCEPT_NOT_WHOLE, q, NULL);
	} else if (n < q->min) {
		fault(c, ACCEPT_TOO_SMALL, q, NULL);
	} else if (n > q->max) {
		fault(c, ACCEPT_TOO_LARGE, q, NULL);
	} else if (!isnan(q->step)) {
		steps = (n - (isnan(q->min) ? 0 : q->min)) / q->step;
		if (fabs(steps - nearbyint(steps)) > 1e-6)
			fault(c, ACCEPT_BAD_STEP, q, NULL);
	}
}

static void check_text(struct checker *c, const char *s, const struct form_question *q)
{
	if (!accept_text_valid(s))
		fault(c, ACCEPT_BAD_TEXT, q, NULL);
	else if (utf8_length(s) > q->max_length)
		fault(c, ACCEPT_TOO_LONG, q, NULL);
}

/* Is it a choice, and one that was offered? */
static void check_choice(struct checker *c, const char *value, const struct form_question *q,
                         const struct form_row *row)
{
	const struct form_choice *choice = form_choice(q, value);

	if (choice == NULL)
		fault(c, ACCEPT_UNKNOWN_CHOICE, q, row);
	else if (!route_offered(q, choice, c->answers))
		fault(c, ACCEPT_NOT_OFFERED, q, row);
}

static void check_ranking(struct checker *c, const struct answer *a,
                          const struct form_question *q)
{
	if (a->n > q->ranks)
		fault(c, ACCEPT_TWICE, q, NULL);
	for (size_t i = 0; i < a->n; i++) {
		if (a->values[i][0] == '\0') {
			fault(c, ACCEPT_RANK_GAP, q, NULL);
			return;
		}
		check_choice(c, a->values[i], q, NULL);
		for (size_t j = 0; j < i; j++)
			if (strcmp(a->values[i], a->values[j]) == 0) {
				fault(c, ACCEPT_TWICE, q, NULL);
				return;
			}
	}
}

static void check_value(struct checker *c, const char *value, const struct form_field *field)
{
	const struct form_question *q = field->question;

	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
	case FORM_MATRIX:
		check_choice(c, value, q, field->row);
		break;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		check_number(c, value, q);
		break;
	case FORM_DATE:
		if (!date_in_range(value, q))
			fault(c, ACCEPT_BAD_DATE, q, NULL);
		break;
	case FORM_COUNTRY:
		if (!country_valid(value))
			fault(c, ACCEPT_UNKNOWN_CHOICE, q, NULL);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
		check_text(c, value, q);
		break;
	case FORM_RANKING:
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
}

static void check_constraint(struct checker *c, const struct answer *a,
                             const struct form_question *q)
{
	struct expression_scope scope = {.answers = c->answers, .self = a->field};

	if (q->constraint != NULL && !expression_true(q->constraint, &scope))
		fault(c, ACCEPT_CONSTRAINT, q, NULL);
}

static void check_answer(struct checker *c, const struct answer *a)
{
	struct form_field field = field_of(c, a);
	const struct form_question *q = field.question;
	size_t before = c->report->n;

	if (q == NULL) {
		fault(c, ACCEPT_UNKNOWN_FIELD, NULL, NULL);
		return;
	}
	if (!a->many && a->n > 1) {
		fault(c, ACCEPT_TWICE, q, field.row);
		return;
	}
	if (field.other) {
		check_text(c, a->values[0], q);
		return;
	}
	if (strcmp(a->values[0], ANSWER_DECLINED) == 0 && q->type != FORM_TEXT &&
	    q->type != FORM_COMMENT && q->type != FORM_CALCULATE) {
		if (!q->decline)
			fault(c, ACCEPT_NO_DECLINE, q, field.row);
		return;
	}
	if (q->type == FORM_RANKING)
		check_ranking(c, a, q);
	for (size_t i = 0; i < a->n && c->report->n == before; i++)
		check_value(c, a->values[i], &field);
	if (c->report->n == before)
		check_constraint(c, a, q);
}

static void check_required(struct checker *c, const struct form_question *q)
{
	if (!q->required || !route_asked(c->form, q, c->answers))
		return;
	if (q->type != FORM_MATRIX) {
		/* a country that was reduced to its region before sealing has been answered */
		if (answers_get(c->answers, q->id) == NULL &&
		    !(q->type == FORM_COUNTRY && c->answers->region != NULL))
			fault(c, ACCEPT_REQUIRED, q, NULL);
		return;
	}
	for (size_t k = 0; k < q->n_rows; k++)
		if (route_row_asked(c->form, q, &q->rows[k], c->answers) &&
		    answers_get(c->answers, q->rows[k].field) == NULL)
			fault(c, ACCEPT_REQUIRED, q, &q->rows[k]);
}

int accept_answers(struct answers *a, const struct form *f, struct accept_report *report,
                   struct err *err)
{
	struct checker c = {f, a, report, false};
	size_t before = report->n;

	tidy(&c);
	if (route_prune(f, a, err) != 0 || order(&c, err) != 0)
		return -1;
	for (size_t i = 0; i < a->n; i++)
		check_answer(&c, &a->list[i]);
	for (size_t i = 0; i < f->n_questions; i++)
		check_required(&c, &f->questions[i]);
	if (c.nomem)
		return err_nomem(err);
	return report->n > before;
}

static const struct {
	const char *key, *text;
} faults[ACCEPT_FAULTS] = {
	[ACCEPT_UNKNOWN_FIELD] = {"error.unknown_field", "no such question"},
	[ACCEPT_UNKNOWN_CHOICE] = {"error.unknown_choice", "no such choice"},
	[ACCEPT_NOT_OFFERED] = {"error.not_offered", "a choice that is not offered here"},
	[ACCEPT_TWICE] = {"error.twice", "answered more than once"},
	[ACCEPT_REQUIRED] = {"error.required", "must be answered"},
	[ACCEPT_NOT_A_NUMBER] = {"error.not_a_number", "not a number"},
	[ACCEPT_NOT_WHOLE] = {"error.not_whole", "not a whole number"},
	[ACCEPT_TOO_SMALL] = {"error.too_small", "too small"},
	[ACCEPT_TOO_LARGE] = {"error.too_large", "too large"},
	[ACCEPT_BAD_STEP] = {"error.bad_step", "between two steps"},
	[ACCEPT_TOO_LONG] = {"error.too_long", "too long"},
	[ACCEPT_BAD_TEXT] = {"error.bad_text", "not text (invalid UTF-8 or a control character)"},
	[ACCEPT_BAD_DATE] = {"error.bad_date", "not a date of the question's range"},
	[ACCEPT_RANK_GAP] = {"error.rank_gap", "a rank is given without the one before"},
	[ACCEPT_CONSTRAINT] = {"error.constraint", "does not fit the question's rule"},
	[ACCEPT_NO_DECLINE] = {"error.no_decline", "cannot be declined"},
};

const char *accept_fault_text(enum accept_fault what)
{
	return faults[what].text;
}

const char *accept_fault_key(enum accept_fault what)
{
	return faults[what].key;
}
