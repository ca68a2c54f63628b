/*
 * analyze_where.c - which people are counted. In: an expression of the questionnaire's language, and
 * one person's answers. Out: whether it holds. It is parsed once, and evaluated while the answers
 * are at hand, so that a filter needs no second look at anybody.
 *
 * ${region} and ${language} are known beside the questions, where no question has that name.
 */
#include "analyzer/analyze.h"

#include <stdlib.h>
#include <string.h>

struct look {
	const struct form *form;
	struct err *err;
};

static const struct form_question *owner(const struct form *f, const char *field, bool *row)
{
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		*row = false;
		if (strcmp(q->id, field) == 0)
			return q;
		*row = true;
		for (size_t k = 0; k < q->n_rows; k++)
			if (strcmp(q->rows[k].field, field) == 0)
				return q;
		if (q->other_field != NULL && strcmp(q->other_field, field) == 0)
			return q;
	}
	return NULL;
}

static int check_field(void *ctx, const char *field)
{
	struct look *look = ctx;
	bool row;
	const struct form_question *q = owner(look->form, field, &row);

	if (q == NULL && (strcmp(field, "region") == 0 || strcmp(field, "language") == 0))
		return 0;
	if (q == NULL)
		return err_set(look->err, ERR_INPUT, "--where: no question \"%.100s\"", field);
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT || (row && q->type != FORM_MATRIX))
		return err_set(look->err, ERR_INPUT,
			"--where: %.100s is free text: it is never joined to other answers", field);
	if (q->type == FORM_MATRIX && !row)
		return err_set(look->err, ERR_INPUT, "--where: %s is a matrix: name a row, "
			"${%s/%s}", q->id, q->id, q->n_rows > 0 ? q->rows[0].id : "row");
	if (q->type == FORM_COUNTRY && !look->form->frozen.keep_country)
		return err_set(look->err, ERR_INPUT, "--where: %s was reduced to the region before "
			"sealing: use ${region}", q->id);
	if (q->type == FORM_NOTE)
		return err_set(look->err, ERR_INPUT, "--where: %s has no answers", q->id);
	return 0;
}

int analyze_where_read(struct expression **out, const char *text, const struct form *form,
	struct err *err)
{
	struct look look = {form, err};

	if (expression_parse(out, text, EXPRESSION_CONDITION, err) != 0)
		return err_prefix(err, "--where");
	return expression_fields(*out, check_field, &look) != 0 ? -1 : 0;
}

int analyze_where_holds(bool *out, const struct expression *e, struct answers *a,
	const struct form *form, struct err *err)
{
	struct expression_scope scope = {.answers = a};
	bool region = a->region != NULL && form_question(form, "region") == NULL;
	bool language = a->language[0] != '\0' && form_question(form, "language") == NULL;

	if ((region && answers_set(a, "region", a->region, err) != 0) ||
		(language && answers_set(a, "language", a->language, err) != 0))
		return -1;
	*out = expression_true(e, &scope);
	if (region)
		answers_remove(a, "region");
	if (language)
		answers_remove(a, "language");
	return 0;
}
