/*
 * form_question.c - one question out of the questionnaire's JSON. In: the JSON object. Out: a
 * filled struct form_question, or findings that name every fault. survey-questionnaire(5).
 */
#include "forms/form_read.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACE = 160 };

static const char *const type_names[] = {
	[FORM_SELECT_ONE] = "select_one", [FORM_SELECT_MULTIPLE] = "select_multiple",
	[FORM_MATRIX] = "matrix",         [FORM_SCALE] = "scale",
	[FORM_RANKING] = "ranking",       [FORM_INTEGER] = "integer",
	[FORM_DECIMAL] = "decimal",       [FORM_TEXT] = "text",
	[FORM_COMMENT] = "comment",       [FORM_DATE] = "date",
	[FORM_COUNTRY] = "country",       [FORM_NOTE] = "note",
	[FORM_CALCULATE] = "calculate",
};

static const char *const level_names[] = {
	[FORM_NOMINAL] = "nominal", [FORM_ORDINAL] = "ordinal", [FORM_NUMERIC] = "numeric"};

const char *form_type_name(enum form_type type)
{
	return type_names[type];
}

const char *form_level_name(enum form_level level)
{
	return level_names[level];
}

bool form_is_asked(enum form_type type)
{
	return type != FORM_NOTE && type != FORM_CALCULATE;
}

/* What each type needs and allows beyond the members all questions have. */
static const char *const type_members[][8] = {
	[FORM_SELECT_ONE] = {"choices", "randomize", "choice_filter"},
	[FORM_SELECT_MULTIPLE] = {"choices", "randomize", "choice_filter"},
	[FORM_MATRIX] = {"choices", "rows"},
	[FORM_SCALE] = {"min", "max", "low", "high"},
	[FORM_RANKING] = {"choices", "randomize", "choice_filter", "ranks"},
	[FORM_INTEGER] = {"min", "max", "step", "bands"},
	[FORM_DECIMAL] = {"min", "max", "step", "bands"},
	[FORM_TEXT] = {"max_length"},
	[FORM_COMMENT] = {"max_length"},
	[FORM_DATE] = {"precision", "first", "last"},
	[FORM_COUNTRY] = {NULL},
	[FORM_NOTE] = {NULL},
	[FORM_CALCULATE] = {"calculation"},
};

static bool read_type(struct form_reader *r, const char *place, const struct json *v,
                      enum form_type *type)
{
	char *name = form_read_string(r, place, v, "type", true);

	if (name == NULL)
		return false;
	for (size_t i = 0; i < sizeof type_names / sizeof *type_names; i++) {
		if (strcmp(name, type_names[i]) == 0) {
			*type = (enum form_type)i;
			return true;
		}
	}
	FORM_FAULT(r, place, "unknown type \"%s\"", name);
	return false;
}

static void check_members(struct form_reader *r, const char *place, const struct json *v,
                          enum form_type type)
{
	static const char *const common[] = {"id", "type", "label", "hint", "relevant",
		"constraint", "constraint_message", "required", "required_message", "decline",
		"sensitive", "crossing", "level"};
	const char *names[32];
	size_t n = 0;

	for (size_t i = 0; i < sizeof common / sizeof *common; i++)
		names[n++] = common[i];
	for (size_t i = 0; type_members[type][i] != NULL; i++)
		names[n++] = type_members[type][i];
	names[n] = NULL;
	form_read_names(r, place, v, names);
}

static void check_choices(struct form_reader *r, const char *place, struct form_question *q)
{
	bool plain = q->type == FORM_MATRIX || q->type == FORM_RANKING;

	for (size_t i = 0; i < q->n_choices; i++) {
		const struct form_choice *c = &q->choices[i];

		if (c->other && plain)
			FORM_FAULT(r, place, "a %s cannot have an \"other\" choice",
				type_names[q->type]);
		else if (c->other && q->other != NULL)
			FORM_FAULT(r, place, "more than one \"other\" choice");
		else if (c->other)
			q->other = c;
		if (c->exclusive && q->type != FORM_SELECT_MULTIPLE)
			FORM_FAULT(r, place, "\"exclusive\" is for select_multiple only");
	}
}

static void read_choices(struct form_reader *r, const char *place, const struct json *v,
                         struct form_question *q)
{
	q->list = form_read_list(r, place, v, q->id);
	if (q->list == NULL)
		return;
	q->choices = q->list->choices;
	q->n_choices = q->list->n;
	q->randomize = form_read_bool(r, place, v, "randomize", false);
	q->choice_filter = form_read_expression(r, place, v, "choice_filter",
		EXPRESSION_CHOICE_FILTER);
	check_choices(r, place, q);
}

static char *join_field(struct form_reader *r, const char *question, const char *part)
{
	char field[160];

	snprintf(field, sizeof field, "%s/%s", question ? question : "", part ? part : "");
	return form_read_copy(r, field);
}

static void read_rows(struct form_reader *r, const char *place, const struct json *v,
                      struct form_question *q)
{
	static const char *const names[] = {"id", "label", "relevant", NULL};
	const struct json *item =
		form_read_array(r, place, v, "rows", true, FORM_CHOICES, &q->n_rows);
	char where[PLACE];

	q->rows = form_read_memory(r, q->n_rows, sizeof *q->rows);
	if (q->rows == NULL) {
		q->n_rows = 0;
		return;
	}
	for (size_t i = 0; i < q->n_rows; i++, item = json_next(item)) {
		struct form_row *row = &q->rows[i];

		snprintf(where, sizeof where, "%.100s.rows[%zu]", place, i);
		if (!form_read_names(r, where, item, names))
			continue;
		row->id = form_read_id(r, where, item, "id", false);
		row->field = join_field(r, q->id, row->id);
		form_read_text(r, where, item, "label", true, &row->label);
		row->relevant = form_read_expression(r, where, item, "relevant",
			EXPRESSION_CONDITION);
		for (size_t j = 0; j < i && row->id != NULL; j++)
			if (q->rows[j].id != NULL && strcmp(q->rows[j].id, row->id) == 0)
				FORM_FAULT(r, where, "the row \"%s\" stands twice", row->id);
	}
}

static void read_numbers(struct form_reader *r, const char *place, const struct json *v,
                         struct form_question *q)
{
	const double most = 1e12;
	bool scale = q->type == FORM_SCALE;
	const struct json *item;

	q->min = form_read_number(r, place, v, "min", scale ? 0 : NAN, -most, most);
	q->max = form_read_number(r, place, v, "max", scale ? 10 : NAN, -most, most);
	q->step = form_read_number(r, place, v, "step", scale ? 1 : NAN, 1e-6, most);
	if (q->max < q->min)
		FORM_FAULT(r, place, "\"max\" is below \"min\"");
	if ((scale || q->type == FORM_INTEGER) &&
	    ((!isnan(q->min) && q->min != floor(q->min)) ||
	     (!isnan(q->max) && q->max != floor(q->max))))
		FORM_FAULT(r, place, "\"min\" and \"max\" must be whole numbers");
	if (scale && q->max - q->min > 20)
		FORM_FAULT(r, place, "a scale has at most 21 points");
	if (scale) {
		form_read_text(r, place, v, "low", true, &q->low);
		form_read_text(r, place, v, "high", true, &q->high);
		return;
	}
	item = form_read_array(r, place, v, "bands", false, 60, &q->n_bands);
	q->bands = form_read_memory(r, q->n_bands, sizeof *q->bands);
	for (size_t i = 0; q->bands != NULL && i < q->n_bands; i++, item = json_next(item)) {
		q->bands[i] = json_number(item, NAN);
		if (isnan(q->bands[i]) || (i > 0 && q->bands[i] <= q->bands[i - 1]))
			FORM_FAULT(r, place, "\"bands\" must be numbers that rise");
	}
}

static bool date_valid(const char *s, enum form_precision precision)
{
	size_t n = precision == FORM_YEAR ? 4 : 7;

	if (strlen(s) != n || strspn(s, "0123456789") != 4)
		return false;
	if (precision == FORM_YEAR)
		return true;
	return s[4] == '-' && strspn(s + 5, "0123456789") == 2 && strcmp(s + 5, "01") >= 0 &&
	       strcmp(s + 5, "12") <= 0;
}

static void read_date(struct form_reader *r, const char *place, const struct json *v,
                      struct form_question *q)
{
	char *precision = form_read_string(r, place, v, "precision", true);

	if (precision != NULL && strcmp(precision, "year") == 0)
		q->precision = FORM_YEAR;
	else if (precision != NULL && strcmp(precision, "month") == 0)
		q->precision = FORM_MONTH;
	else if (precision != NULL)
		FORM_FAULT(r, place, "\"precision\" must be \"year\" or \"month\": "
			"finer dates identify people");
	q->first = form_read_string(r, place, v, "first", true);
	q->last = form_read_string(r, place, v, "last", true);
	if (q->first == NULL || q->last == NULL)
		return;
	if (!date_valid(q->first, q->precision) || !date_valid(q->last, q->precision))
		FORM_FAULT(r, place, "\"first\" and \"last\" must be %s",
			q->precision == FORM_YEAR ? "years (2020)" : "months (2020-04)");
	else if (strcmp(q->first, q->last) > 0)
		FORM_FAULT(r, place, "\"last\" is before \"first\"");
}

static void read_by_type(struct form_reader *r, const char *place, const struct json *v,
                         struct form_question *q)
{
	switch (q->type) {
	case FORM_MATRIX:
		read_rows(r, place, v, q);
		/* fallthrough */
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
		read_choices(r, place, v, q);
		break;
	case FORM_RANKING:
		read_choices(r, place, v, q);
		q->ranks = (size_t)form_read_number(r, place, v, "ranks", 3, 1, 20);
		if (q->ranks > q->n_choices)
			FORM_FAULT(r, place, "\"ranks\" is more than there are choices");
		break;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		read_numbers(r, place, v, q);
		break;
	case FORM_TEXT:
		q->max_length = (size_t)form_read_number(r, place, v, "max_length", 100, 1, 500);
		break;
	case FORM_COMMENT:
		q->max_length = (size_t)form_read_number(r, place, v, "max_length", 600, 1, 4000);
		break;
	case FORM_DATE:
		read_date(r, place, v, q);
		break;
	case FORM_CALCULATE:
		q->calculation = form_read_expression(r, place, v, "calculation",
			EXPRESSION_CONDITION);
		if (json_get(v, "calculation") == NULL)
			FORM_FAULT(r, place, "\"calculation\" is missing");
		break;
	case FORM_COUNTRY:
	case FORM_NOTE:
		break;
	}
}

static enum form_level read_level(struct form_reader *r, const char *place, const struct json *v)
{
	char *name = form_read_string(r, place, v, "level", false);

	for (int i = FORM_NOMINAL; name != NULL && i <= FORM_NUMERIC; i++)
		if (strcmp(name, level_names[i]) == 0)
			return (enum form_level)i;
	if (name != NULL)
		FORM_FAULT(r, place, "\"level\" must be \"nominal\", \"ordinal\" or \"numeric\"");
	return FORM_LEVEL_NONE;
}

void form_read_question(struct form_reader *r, const char *place, const struct json *v,
                        struct form_question *q)
{
	bool silent;

	q->min = q->max = q->step = NAN;
	if (v == NULL || json_type(v) != JSON_OBJECT) {
		FORM_FAULT(r, place, "must be an object");
		return;
	}
	q->id = form_read_id(r, place, v, "id", false);
	if (!read_type(r, place, v, &q->type))
		return;
	check_members(r, place, v, q->type);
	form_read_text(r, place, v, "label", q->type != FORM_CALCULATE, &q->label);
	form_read_text(r, place, v, "hint", false, &q->hint);
	form_read_text(r, place, v, "constraint_message", false, &q->constraint_message);
	form_read_text(r, place, v, "required_message", false, &q->required_message);
	q->relevant = form_read_expression(r, place, v, "relevant", EXPRESSION_CONDITION);
	q->constraint = form_read_expression(r, place, v, "constraint", EXPRESSION_CONDITION);
	q->required = form_read_bool(r, place, v, "required", false);
	q->sensitive = form_read_bool(r, place, v, "sensitive", false);
	q->crossing = form_read_bool(r, place, v, "crossing", false);
	q->level = read_level(r, place, v);
	silent = q->type == FORM_TEXT || q->type == FORM_COMMENT || !form_is_asked(q->type);
	if (q->required && silent)
		FORM_FAULT(r, place, "a %s is never \"required\"", type_names[q->type]);
	q->decline = form_read_bool(r, place, v, "decline", !silent);
	if (q->decline && silent)
		FORM_FAULT(r, place, "\"decline\" is not for a %s: leave it empty instead",
			type_names[q->type]);
	read_by_type(r, place, v, q);
	if (q->other != NULL) {
		q->max_length = 100;
		q->other_field = join_field(r, q->id, "other");
	}
}
