/*
 * xlsform_export_survey.c - sections and questions -> the sheet survey. A section is a group, a
 * matrix a group of questions with the appearance "table-list", a scale a range.
 */
#include "forms/xlsform_export.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* --- names --- */

/* Does a question, a row before question `q`'s row `k`, or a group before `s` have this name? */
static bool taken(const struct export *x, const char *name, size_t q, size_t k, size_t s)
{
	const struct form *f = x->form;

	if (form_question(f, name) != NULL)
		return true;
	for (size_t i = 0; i <= q && i < f->n_questions; i++)
		for (size_t j = 0; j < (i == q ? k : f->questions[i].n_rows); j++)
			if (strcmp(x->row_names[i][j], name) == 0)
				return true;
	for (size_t i = 0; i < s; i++)
		if (strcmp(x->group_names[i], name) == 0)
			return true;
	return false;
}

/* XLSForm's names are one space: rows become question_row, sections give way. */
static void make_names(struct export *x)
{
	const struct form *f = x->form;

	x->row_names = export_memory(x, f->n_questions, sizeof *x->row_names);
	x->group_names = export_memory(x, f->n_sections, sizeof *x->group_names);
	for (size_t i = 0; i < f->n_questions && !x->nomem; i++) {
		const struct form_question *q = &f->questions[i];

		x->row_names[i] = export_memory(x, q->n_rows, sizeof **x->row_names);
		for (size_t k = 0; k < q->n_rows && !x->nomem; k++) {
			const char *name = export_print(x, "%s_%s", q->id, q->rows[k].id);

			for (int n = 2; name != NULL && taken(x, name, i, k, 0); n++)
				name = export_print(x, "%s_%s_%d", q->id, q->rows[k].id, n);
			x->row_names[i][k] = name;
		}
	}
	for (size_t i = 0; i < f->n_sections && !x->nomem; i++) {
		const char *name = f->sections[i].id;

		for (int n = 1; name != NULL && taken(x, name, f->n_questions, 0, i); n++)
			name = export_print(
				x, n > 1 ? "section_%s_%d" : "section_%s", f->sections[i].id, n);
		x->group_names[i] = name;
	}
}

/* The workbook's name of a field "matrix/row"; NULL: it is none. */
static const char *row_name(const struct export *x, const char *field, size_t n)
{
	for (size_t i = 0; i < x->form->n_questions; i++)
		for (size_t k = 0; k < x->form->questions[i].n_rows; k++)
			if (strlen(x->form->questions[i].rows[k].field) == n &&
			    strncmp(x->form->questions[i].rows[k].field, field, n) == 0)
				return x->row_names[i][k];
	return NULL;
}

/* An expression with the workbook's names; quotes are passed over. NULL for none. */
static const char *expression(struct export *x, const struct expression *e)
{
	struct buf text = {0}, out = {0};
	const char *copy = NULL;
	char quote = '\0';

	if (e == NULL)
		return NULL;
	expression_write(&text, e);
	for (const char *at = text.failed ? "" : text.data; *at != '\0';) {
		size_t n = 1;
		const char *name = NULL;

		if (quote == '\0' && at[0] == '$' && at[1] == '{') {
			n = strcspn(at, "}");
			name = row_name(x, at + 2, n - 2);
		} else if (quote != '\0' ? *at == quote : *at == '\'' || *at == '"') {
			quote = quote != '\0' ? '\0' : *at;
		}
		if (name != NULL)
			buf_printf(&out, "${%s", name);
		else
			buf_put(&out, at, n);
		at += n;
	}
	x->nomem |= text.failed || out.failed;
	if (!x->nomem && out.data != NULL)
		copy = export_print(x, "%s", out.data);
	buf_finish(&text);
	buf_finish(&out);
	return copy;
}

/* --- questions --- */

static const char *number(struct export *x, double n)
{
	return isnan(n) ? NULL : export_print(x, "%.15g", n);
}

static void put(struct export *x, const char *column, const char *text)
{
	export_put(x, &x->survey, column, text);
}

static void put_text(struct export *x, const char *column, const struct form_text *t)
{
	export_put_text(x, &x->survey, column, t);
}

static void put_yes(struct export *x, const char *column, bool yes)
{
	put(x, column, yes ? "yes" : NULL);
}

/* The bounds as a rule for other programs, in front of the question's own rule. */
static const char *constraint(struct export *x, const struct form_question *q)
{
	const char *own = expression(x, q->constraint), *bounds = NULL;
	bool counts = q->type == FORM_INTEGER || q->type == FORM_DECIMAL;

	if (counts && !isnan(q->min) && !isnan(q->max))
		bounds = export_print(x, ". >= %.15g and . <= %.15g", q->min, q->max);
	else if (counts && !isnan(q->min))
		bounds = export_print(x, ". >= %.15g", q->min);
	else if (counts && !isnan(q->max))
		bounds = export_print(x, ". <= %.15g", q->max);
	if (bounds == NULL || own == NULL)
		return bounds != NULL ? bounds : own;
	return export_print(x, "%s%s%s and (%s)", isnan(q->min) || isnan(q->max) ? "" : "(", bounds,
		isnan(q->min) || isnan(q->max) ? "" : ")", own);
}

static const char *bands(struct export *x, const struct form_question *q)
{
	const char *all = NULL;

	for (size_t i = 0; i < q->n_bands && !x->nomem; i++)
		all = all == NULL ? number(x, q->bands[i])
		                  : export_print(x, "%s %.15g", all, q->bands[i]);
	return all;
}

/* The type cell, and the cells that only this type fills. */
static void put_type(struct export *x, const struct form_question *q)
{
	const char *list = q->list != NULL ? q->list->name : "";

	switch (q->type) {
	case FORM_SELECT_ONE:
		put(x, "type", export_print(x, "select_one %s", list));
		break;
	case FORM_SELECT_MULTIPLE:
		put(x, "type", export_print(x, "select_multiple %s", list));
		break;
	case FORM_RANKING:
		put(x, "type", export_print(x, "rank %s", list));
		put(x, "peer::ranks", export_print(x, "%zu", q->ranks));
		break;
	case FORM_COUNTRY:
		put(x, "type", "select_one " EXPORT_COUNTRIES);
		put(x, "appearance", "minimal autocomplete");
		put(x, "peer::type", "country");
		break;
	case FORM_SCALE:
		put(x, "type", "range");
		put(x, "parameters",
			export_print(x, "start=%.15g end=%.15g step=1", q->min, q->max));
		break;
	case FORM_COMMENT:
		put(x, "appearance", "multiline");
		/* fallthrough */
	case FORM_TEXT:
		put(x, "type", "text");
		put(x, "peer::length", export_print(x, "%zu", q->max_length));
		break;
	case FORM_DATE:
		put(x, "type", "date");
		put(x, "appearance", q->precision == FORM_YEAR ? "year" : "month-year");
		put(x, "peer::precision", q->precision == FORM_YEAR ? "year" : "month");
		put(x, "peer::first", q->first);
		put(x, "peer::last", q->last);
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		put(x, "peer::min", number(x, q->min));
		put(x, "peer::max", number(x, q->max));
		put(x, "peer::step", number(x, q->step));
		/* fallthrough */
	case FORM_NOTE:
	case FORM_CALCULATE:
		put(x, "type", form_type_name(q->type));
		break;
	case FORM_MATRIX:
		put(x, "type", "begin_group");
		put(x, "appearance", "table-list");
		break;
	}
}

static void put_rows(struct export *x, const struct form_question *q)
{
	for (size_t i = 0; i < q->n_rows && !x->nomem; i++) {
		export_row(x, &x->survey);
		put(x, "type", export_print(x, "select_one %s", q->list->name));
		put(x, "name", x->row_names[q->index][i]);
		put_text(x, "label", &q->rows[i].label);
		put_yes(x, "required", q->required);
		put(x, "relevant", expression(x, q->rows[i].relevant));
		put(x, "peer::id", q->rows[i].id);
	}
	export_row(x, &x->survey);
	put(x, "type", "end_group");
	put(x, "name", q->id);
}

static void put_question(struct export *x, const struct form_question *q)
{
	bool declinable = form_is_asked(q->type) && q->type != FORM_TEXT && q->type != FORM_COMMENT;

	export_row(x, &x->survey);
	put_type(x, q);
	put(x, "name", q->id);
	put_text(x, "label", &q->label);
	put_text(x, "hint", &q->hint);
	put_yes(x, "required", q->required && q->type != FORM_MATRIX);
	put_text(x, "required_message", &q->required_message);
	put(x, "relevant", expression(x, q->relevant));
	put(x, "constraint", constraint(x, q));
	put_text(x, "constraint_message", &q->constraint_message);
	put(x, "calculation", expression(x, q->calculation));
	put(x, "choice_filter", expression(x, q->choice_filter));
	if (q->randomize)
		put(x, "parameters", "randomize=true");
	put(x, "peer::decline", declinable && !q->decline ? "no" : NULL);
	put_yes(x, "peer::sensitive", q->sensitive);
	put_yes(x, "peer::crossing", q->crossing);
	put(x, "peer::level", form_level_name(q->level));
	put(x, "peer::bands", bands(x, q));
	put_text(x, "peer::low", &q->low);
	put_text(x, "peer::high", &q->high);
	if (q->type == FORM_MATRIX)
		put_rows(x, q);
}

static void put_section(struct export *x, size_t i)
{
	const struct form_section *s = &x->form->sections[i];
	const char *series = NULL;

	for (size_t k = 0; k < x->form->n_series && !x->nomem; k++)
		if (s->series >> k & 1)
			series = export_print(x, "%s%s%s", series ? series : "", series ? " " : "",
				x->form->series[k].id);
	export_row(x, &x->survey);
	put(x, "type", "begin_group");
	put(x, "name", x->group_names[i]);
	put(x, "peer::id", strcmp(x->group_names[i], s->id) != 0 ? s->id : NULL);
	put_text(x, "label", &s->title);
	put_text(x, "peer::note", &s->note);
	put(x, "relevant", expression(x, s->relevant));
	put(x, "peer::series", series);
	for (size_t k = 0; k < s->n && !x->nomem; k++)
		put_question(x, &x->form->questions[s->first + k]);
	export_row(x, &x->survey);
	put(x, "type", "end_group");
	put(x, "name", x->group_names[i]);
}

void export_survey(struct export *x)
{
	static const struct {
		const char *name;
		double width;
		bool texts, kept;
	} columns[] = {
		{"type", 22, false, true},         {"name", 22, false, true},
		{"label", 50, true, true},         {"hint", 35, true, true},
		{"required", 9, false, true},      {"required_message", 30, true, false},
		{"relevant", 35, false, true},     {"constraint", 25, false, true},
		{"constraint_message", 30, true, false},
		{"calculation", 30, false, false}, {"choice_filter", 25, false, false},
		{"appearance", 14, false, true},   {"parameters", 22, false, true},
		{"peer::type", 12, false, false},  {"peer::id", 16, false, true},
		{"peer::series", 25, false, true}, {"peer::note", 40, true, false},
		{"peer::sensitive", 10, false, true}, {"peer::decline", 10, false, true},
		{"peer::crossing", 10, false, true},  {"peer::level", 10, false, true},
		{"peer::min", 8, false, true},     {"peer::max", 8, false, true},
		{"peer::step", 8, false, false},   {"peer::bands", 20, false, false},
		{"peer::precision", 10, false, false}, {"peer::first", 10, false, false},
		{"peer::last", 10, false, false},  {"peer::ranks", 8, false, false},
		{"peer::length", 8, false, false}, {"peer::low", 20, true, false},
		{"peer::high", 20, true, false},
	};

	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
		(columns[i].texts ? export_columns : export_column)(x, &x->survey, columns[i].name,
			columns[i].width, columns[i].kept);
	make_names(x);
	for (size_t i = 0; i < x->form->n_sections && !x->nomem; i++)
		put_section(x, i);
}
