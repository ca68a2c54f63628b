/*
 * xlsform_import_matrix.c - groups that are one question. In: a group of questions with the same
 * choices (appearance "table-list", or "label" and "list-nolabel"), and KoboToolbox's score, rank
 * and matrix groups. Out: a matrix, a ranking, or the questions of a table.
 */
#include "forms/xlsform_import.h"

#include <string.h>
#include <strings.h>

static struct import_row *add_row(struct import *im, struct import_question *q)
{
	if (!import_grow(im, &q->rows, &q->cap_rows, q->n_rows, sizeof *q->rows))
		return NULL;
	return &q->rows[q->n_rows++];
}

/* An id that no row of this matrix has yet. */
static const char *row_id(struct import *im, const struct import_question *q, const char *name)
{
	struct import_map ids = im->ids;
	const char *id;

	/* rows have names of their own: look among these only */
	im->ids = (struct import_map){.slots = NULL};
	for (size_t i = 0; i + 1 < q->n_rows; i++)
		import_set(im, &im->ids, q->rows[i].id, im);
	id = import_id(im, name, NULL, q->n_rows);
	im->ids = ids;
	return id;
}

static void name_row(struct import *im, struct import_question *q, struct import_row *row,
                     const char *was, const char *name)
{
	row->was = was;
	row->id = row_id(im, q, name);
	if (was == NULL || row->id == NULL)
		return;
	if (import_get(&im->names, was) != NULL &&
	    ((struct import_name *)import_get(&im->names, was))->names != IMPORT_NAMES_GROUP)
		import_say(im, FINDING_ERROR, &im->survey, row->row, IMPORT_NAME,
			"the name \"%.60s\" stands twice", was);
	import_name(im, was, import_print(im, "%s/%s", q->id != NULL ? q->id : "", row->id),
		IMPORT_NAMES_ROW, q, NULL);
}

/* A row out of a question of the sheet. */
static void add_sheet_row(struct import *im, struct import_question *q, struct import_node *node)
{
	const struct import_table *t = &im->survey;
	const char *own = import_cell(t, node->row, IMPORT_PEER_ID);
	struct import_row *row = add_row(im, q);

	if (row == NULL)
		return;
	*row = (struct import_row){.row = node->row, .from_sheet = true,
		.label = import_text(im, t, node->row, IMPORT_LABEL)};
	if (node->name == NULL)
		import_say(im, FINDING_ERROR, t, node->row, IMPORT_NAME, "the name is missing");
	if (import_text_empty(&row->label))
		import_say(im, FINDING_WARNING, t, node->row, IMPORT_LABEL,
			"the row has no label: its name stands in");
	import_text_need(im, &row->label, t, node->row, IMPORT_LABEL,
		node->name != NULL ? node->name : "?");
	name_row(im, q, row, node->name,
		own[0] != '\0' ? own : node->name != NULL ? node->name : "");
	if (import_cell(t, node->row, IMPORT_CONSTRAINT)[0] != '\0' && !im->ours)
		import_say(im, FINDING_WARNING, t, node->row, IMPORT_CONSTRAINT,
			"a rule for one row of a matrix is left out");
	if (import_cell(t, node->row, IMPORT_CHOICE_FILTER)[0] != '\0')
		import_say(im, FINDING_WARNING, t, node->row, IMPORT_CHOICE_FILTER,
			"a matrix shows all choices: the filter is left out");
	import_question_remarks(im, node);
}

static struct import_question *add_matrix(struct import *im, struct import_node *group,
                                          struct import_node *base)
{
	struct import_question *q = import_question_add(im, group, base);

	if (q == NULL)
		return NULL;
	q->type = FORM_MATRIX;
	import_question(im, q);
	q->was = group->name;
	q->id = import_id(im, group->name != NULL ? group->name : "matrix",
		group->name != NULL ? &im->survey : NULL, group->row);
	if (group->name != NULL)
		import_name(im, group->name, NULL, IMPORT_NAMES_GROUP, NULL, NULL);
	return q;
}

/* --- a table of questions with the same choices --- */

static bool has_appearance(const struct import *im, const struct import_node *n, const char *word)
{
	return strcasestr(import_cell(&im->survey, n->row, IMPORT_APPEARANCE), word) != NULL;
}

static bool is_select_one(const struct import_node *n)
{
	return n->type.kind == IMPORT_IS_QUESTION && n->type.form == FORM_SELECT_ONE &&
	       n->type.list != NULL && !n->type.or_other;
}

/* The header row of the older pattern: a question that only shows the choices. */
static bool is_header(const struct import *im, const struct import_node *n)
{
	return is_select_one(n) && has_appearance(im, n, "label") &&
	       !has_appearance(im, n, "nolabel") && !has_appearance(im, n, "no-label");
}

static bool same_list(const struct import_node *a, const struct import_node *b)
{
	return strcmp(a->type.list, b->type.list) == 0;
}

/* A question with the choices of `like`, shown without them. */
static bool is_run_row(const struct import *im, const struct import_node *n,
                       const struct import_node *like)
{
	return is_select_one(n) && same_list(n, like) && has_appearance(im, n, "list-nolabel");
}

/* Notes may stand around the rows of a table-list; with anything else it is an ordinary group. */
static struct import_node *table_list(const struct import *im, const struct import_node *group)
{
	struct import_node *first = NULL;

	if (!has_appearance(im, group, "table-list"))
		return NULL;
	for (struct import_node *n = group->first; n != NULL; n = n->next) {
		if (n->type.kind == IMPORT_IS_QUESTION &&
		    (n->type.form == FORM_NOTE || n->type.form == FORM_CALCULATE))
			continue;
		if (first == NULL && is_select_one(n))
			first = n;
		else if (first == NULL || !is_select_one(n) || !same_list(n, first))
			return NULL;
	}
	return first;
}

static void use_list(struct import *im, struct import_question *q, const struct import_node *n)
{
	q->list = import_list(im, n->type.list);
	if (q->list == NULL)
		import_say(im, FINDING_ERROR, &im->survey, n->row, IMPORT_TYPE,
			"there is no list \"%.60s\" on the sheet choices", n->type.list);
	else
		q->list->used = true;
}

/* Every row must be answered: then the matrix must. */
static void read_required(struct import *im, struct import_question *q)
{
	size_t required = 0;

	for (size_t i = 0; i < q->n_rows; i++)
		required +=
			import_yes(import_cell(&im->survey, q->rows[i].row, IMPORT_REQUIRED)) == 1;
	if (required > 0 && required == q->n_rows)
		q->required = true;
	else if (required > 0)
		import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_REQUIRED,
			"only some rows are required: the matrix is not");
}

/* A table without a label takes that of the group around it, or its name. */
static void need_label(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;
	size_t row = q->row;

	if (import_text_empty(&q->label) && q->node->parent != NULL &&
	    q->node->parent != &im->root) {
		row = q->node->parent->row;
		q->label = import_text(im, t, row, IMPORT_LABEL);
	}
	if (import_text_empty(&q->label))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_LABEL,
			"the table has no label: its name stands in");
	import_text_need(im, &q->label, t, row, IMPORT_LABEL,
		q->node->name != NULL ? q->node->name : "?");
}

/* What stands before (or behind) the rows of a table-list: notes and calculations. */
static void add_beside(struct import *im, struct import_node *group, struct import_node *base,
                       bool before)
{
	bool rows = false;

	for (struct import_node *n = group->first; n != NULL && !im->nomem && !im->full;
		n = n->next) {
		if (is_select_one(n))
			rows = true;
		else if (rows != before)
			import_inside_one(im, n, base);
	}
}

static bool import_table_list(struct import *im, struct import_node *group,
                              struct import_node *base)
{
	struct import_node *like = table_list(im, group);
	struct import_question *q;

	if (like == NULL)
		return false;
	add_beside(im, group, base, true);
	q = add_matrix(im, group, base);
	if (q == NULL)
		return true;
	use_list(im, q, like);
	for (struct import_node *n = group->first; n != NULL && !im->nomem; n = n->next)
		if (is_select_one(n))
			add_sheet_row(im, q, n);
	read_required(im, q);
	need_label(im, q);
	add_beside(im, group, base, false);
	return true;
}

bool import_run(struct import *im, struct import_node *header, struct import_node *base)
{
	struct import_question *q;

	if (!is_header(im, header) || header->next == NULL ||
	    !is_run_row(im, header->next, header))
		return false;
	q = add_matrix(im, header, base);
	if (q == NULL)
		return true;
	use_list(im, q, header);
	for (struct import_node *n = header->next;
	     n != NULL && is_run_row(im, n, header) && !im->nomem; n = n->next) {
		n->taken = true;
		add_sheet_row(im, q, n);
	}
	read_required(im, q);
	need_label(im, q);
	return true;
}

/* --- KoboToolbox --- */

static bool kobo_list(struct import *im, struct import_node *group, enum import_field field,
                      struct import_list **list)
{
	const char *name = import_cell(&im->survey, group->row, field);

	*list = import_list(im, name);
	if (*list == NULL)
		import_say(im, FINDING_ERROR, &im->survey, group->row, field,
			name[0] != '\0' ? "there is no list \"%.60s\" on the sheet choices"
			                : "the name of the list of choices is missing%.0s", name);
	return *list != NULL;
}

static void import_score(struct import *im, struct import_node *group, struct import_node *base)
{
	struct import_question *q;
	struct import_list *list;

	if (!kobo_list(im, group, IMPORT_SCORE_CHOICES, &list))
		return;
	q = add_matrix(im, group, base);
	if (q == NULL)
		return;
	q->list = list;
	list->used = true;
	for (struct import_node *n = group->first; n != NULL && !im->nomem; n = n->next) {
		if (n->type.kind == IMPORT_IS_SCORE_ROW)
			add_sheet_row(im, q, n);
		else
			import_say(im, FINDING_ERROR, &im->survey, n->row, IMPORT_TYPE,
				"only score__row stands inside a score");
	}
	need_label(im, q);
}

static void import_rank(struct import *im, struct import_node *group, struct import_node *base)
{
	struct import_question *q;
	struct import_list *list;
	size_t levels = 0;

	if (!kobo_list(im, group, IMPORT_RANK_ITEMS, &list))
		return;
	q = import_question_add(im, group, base);
	if (q == NULL)
		return;
	q->type = FORM_MATRIX; /* its cells are read as a matrix's: no list in the type */
	import_question(im, q);
	q->type = FORM_RANKING;
	q->list = list;
	list->used = true;
	q->was = group->name;
	q->id = import_id(im, group->name != NULL ? group->name : "rank",
		group->name != NULL ? &im->survey : NULL, group->row);
	if (group->name != NULL)
		import_name(im, group->name, q->id, IMPORT_NAMES_QUESTION, q, NULL);
	for (struct import_node *n = group->first; n != NULL; n = n->next) {
		if (n->type.kind != IMPORT_IS_RANK_LEVEL)
			import_say(im, FINDING_ERROR, &im->survey, n->row, IMPORT_TYPE,
				"only rank__level stands inside a rank");
		else if (n->name != NULL)
			import_name(im, n->name, NULL, IMPORT_NAMES_NOTHING, NULL,
				"one place of a ranking");
		levels += n->type.kind == IMPORT_IS_RANK_LEVEL;
	}
	need_label(im, q);
	q->ranks = import_print(im, "%zu", levels < 1 ? 1 : levels > 20 ? 20 : levels);
}

/* "Item: column" in each language that has one of them. */
static struct import_text join_labels(struct import *im, const struct import_text *a,
                                      const struct import_text *b)
{
	struct import_text both = {import_memory(im, im->n_languages, sizeof *both.in)};

	for (size_t i = 0; both.in != NULL && i < im->n_languages; i++) {
		const char *x = a->in != NULL ? a->in[i] : NULL,
			   *y = b->in != NULL ? b->in[i] : NULL;

		if (x != NULL && y != NULL)
			both.in[i] = import_print(im, "%s: %s", x, y);
		else
			both.in[i] = x != NULL ? x : y;
	}
	return both;
}

/* A column of choices in Kobo's matrix: each item is a row. */
static void matrix_column(struct import *im, struct import_node *group, struct import_node *column,
                          struct import_node *base, const struct import_list *items)
{
	struct import_question *q = import_question_add(im, column, base);
	const char *name = group->name != NULL ? group->name : "matrix";
	const char *own = column->name != NULL ? column->name : "column";
	struct import_text group_label = import_text(im, &im->survey, group->row, IMPORT_LABEL);

	if (q == NULL)
		return;
	q->type = FORM_SELECT_ONE;
	import_question(im, q);
	q->type = FORM_MATRIX;
	q->label = join_labels(im, &group_label, &q->label);
	q->id = import_id(im, import_print(im, "%s_%s", name, own), NULL, column->row);
	for (size_t i = 0; i < items->n && !im->nomem; i++) {
		struct import_row *row = add_row(im, q);

		if (row == NULL)
			return;
		*row = (struct import_row){.row = column->row, .label = items->choices[i].label};
		import_text_need(im, &row->label, items->choices[i].table, items->choices[i].row,
			IMPORT_LABEL, items->choices[i].was);
		name_row(im, q, row, import_print(im, "%s_%s_%s", name, items->choices[i].was, own),
			items->choices[i].was);
	}
}

/* Any other column: a question for each item. */
static void matrix_cells(struct import *im, struct import_node *group, struct import_node *column,
                         struct import_node *base, const struct import_list *items)
{
	const char *name = group->name != NULL ? group->name : "matrix";
	const char *own = column->name != NULL ? column->name : "column";

	for (size_t i = 0; i < items->n && !im->nomem; i++) {
		struct import_question *q = import_question_add(im, column, base);

		if (q == NULL)
			return;
		q->type = column->type.form;
		import_question(im, q);
		q->label = join_labels(im, &items->choices[i].label, &q->label);
		q->was = import_print(im, "%s_%s_%s", name, items->choices[i].was, own);
		if (q->was == NULL)
			return;
		q->id = import_id(im, q->was, NULL, column->row);
		import_name(im, q->was, q->id, IMPORT_NAMES_QUESTION, q, NULL);
	}
}

static void import_kobo_matrix(struct import *im, struct import_node *group,
                               struct import_node *base)
{
	struct import_list *items;

	if (!kobo_list(im, group, IMPORT_MATRIX_LIST, &items))
		return;
	if (group->name != NULL)
		import_name(im, group->name, NULL, IMPORT_NAMES_GROUP, NULL, NULL);
	items->looked_at = true;
	for (struct import_node *n = group->first; n != NULL && !im->nomem && !im->full;
		n = n->next) {
		if (n->type.kind != IMPORT_IS_QUESTION)
			import_say(im, FINDING_ERROR, &im->survey, n->row, IMPORT_TYPE,
				"only questions stand inside a matrix");
		else if (n->type.form == FORM_SELECT_ONE)
			matrix_column(im, group, n, base, items);
		else
			matrix_cells(im, group, n, base, items);
	}
}

bool import_matrix(struct import *im, struct import_node *group, struct import_node *base)
{
	switch (group->type.kind) {
	case IMPORT_IS_BEGIN_SCORE:
		import_score(im, group, base);
		return true;
	case IMPORT_IS_BEGIN_RANK:
		import_rank(im, group, base);
		return true;
	case IMPORT_IS_BEGIN_MATRIX:
		import_kobo_matrix(im, group, base);
		return true;
	case IMPORT_IS_BEGIN:
		return import_table_list(im, group, base);
	default:
		return false;
	}
}
