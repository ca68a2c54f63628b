/*
 * xlsform_import_rows.c - the sheet survey as a tree. In: its rows. Out: groups with their
 * questions inside; rows that have no place in an anonymous questionnaire are left out, each with a
 * finding that says why.
 */
#include "forms/xlsform_import.h"

#include <string.h>
#include <strings.h>

enum { DEPTH = 50 };

/* Columns that we do not use, as they concern the form as a whole: said once, at the first cell. */
static void say_columns(struct import *im)
{
	const struct import_table *t = &im->survey;

	for (size_t i = 0; i < t->n; i++) {
		const char *why = NULL;

		switch (t->columns[i].field) {
		case IMPORT_UNKNOWN:
			why = "no such column is known: left out";
			break;
		case IMPORT_PEER_UNKNOWN:
			why = "no such column of ours is known: left out";
			break;
		case IMPORT_BODY:
			why = "settings for other programs are not used";
			break;
		case IMPORT_PLAN:
			why = "this part of the analysis plan is not used";
			break;
		case IMPORT_GUIDANCE:
			why = "guidance for interviewers is left out: people answer by themselves";
			break;
		default:
			continue;
		}
		if (t->filled[i] < t->sheet->rows)
			import_say_at(im, FINDING_WARNING, t, t->filled[i], i, "%s", why);
	}
}

static const char *node_name(const struct import *im, size_t row)
{
	const char *name = import_cell(&im->survey, row, IMPORT_NAME);

	if (name[0] == '\0')
		name = import_cell(&im->survey, row, IMPORT_AUTONAME);
	return name[0] != '\0' ? name : NULL;
}

/* A row without a type: empty, a comment, or a mistake. */
static void say_untyped(struct import *im, size_t row)
{
	const struct import_table *t = &im->survey;
	bool label = false;

	IMPORT_EACH_CELL(t, row, i)
		label |= t->columns[i].field == IMPORT_LABEL;
	if (import_cell(t, row, IMPORT_NAME)[0] != '\0' || label) {
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE, "the type is missing");
		return;
	}
	IMPORT_EACH_CELL(t, row, i) {
		import_say_at(im, FINDING_WARNING, t, row, i, "a row without a type: left out");
		return;
	}
}

static struct import_node *add_node(struct import *im, struct import_node *parent, size_t row,
                                    const struct import_type *type)
{
	struct import_node *node = import_memory(im, 1, sizeof *node);

	if (node == NULL)
		return NULL;
	node->type = *type;
	node->row = row;
	node->name = node_name(im, row);
	if (type->kind == IMPORT_IS_QUESTION && node->name != NULL && import_id_valid(node->name))
		import_set(im, &im->kept, node->name, im);
	node->parent = parent;
	if (parent->last != NULL)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
	return node;
}

static bool begins(enum import_kind kind)
{
	return kind == IMPORT_IS_BEGIN || kind == IMPORT_IS_BEGIN_REPEAT ||
	       kind == IMPORT_IS_BEGIN_SCORE || kind == IMPORT_IS_BEGIN_RANK ||
	       kind == IMPORT_IS_BEGIN_MATRIX;
}

/* A row that is left out; conditions must not mention it. */
static void drop(struct import *im, size_t row, const struct import_type *type)
{
	const struct import_table *t = &im->survey;
	const char *cell = import_cell(t, row, IMPORT_TYPE), *name = node_name(im, row);

	if (type->kind == IMPORT_IS_DROPPED)
		import_say(im, FINDING_WARNING, t, row, IMPORT_TYPE, "\"%.60s\" is left out: %s",
			cell, type->why);
	else if (type->kind == IMPORT_IS_REFUSED)
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE, "%s", type->why);
	else
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE, "unknown type \"%.60s\"", cell);
	if (name != NULL)
		import_name(im, name, NULL, IMPORT_NAMES_NOTHING, NULL,
			type->kind == IMPORT_IS_DROPPED ? cell : NULL);
}

/* One row; returns the group that the next one stands in. */
static struct import_node *read_row(struct import *im, struct import_node *group, size_t row,
                                    size_t *depth)
{
	const struct import_table *t = &im->survey;
	const char *cell = import_cell(t, row, IMPORT_TYPE);
	struct import_type type;
	struct import_node *node;

	if (cell[0] == '#') {
		import_say(im, FINDING_WARNING, t, row, IMPORT_TYPE, "a comment: left out");
		return group;
	}
	type = import_type(im, cell);
	if (type.kind == IMPORT_IS_BLANK) {
		say_untyped(im, row);
		return group;
	}
	if (import_yes(import_cell(t, row, IMPORT_DISABLED)) == 1 && type.kind != IMPORT_IS_END) {
		import_say(im, FINDING_WARNING, t, row, IMPORT_DISABLED, "this row is left out");
		return group;
	}
	if (type.kind == IMPORT_IS_END) {
		if (group != &im->root) {
			--*depth;
			return group->parent;
		}
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE, "\"%.60s\" ends no group", cell);
		return group;
	}
	if (type.kind == IMPORT_IS_UNKNOWN || type.kind == IMPORT_IS_DROPPED ||
	    type.kind == IMPORT_IS_REFUSED) {
		drop(im, row, &type);
		return group;
	}
	if (type.kind == IMPORT_IS_BEGIN_REPEAT)
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE,
			"repeats are not supported: one person answers for one person");
	node = add_node(im, group, row, &type);
	if (node == NULL || !begins(type.kind))
		return group;
	if (++*depth > DEPTH) {
		import_say(im, FINDING_ERROR, t, row, IMPORT_TYPE, "groups are nested too deeply");
		--*depth;
		return group;
	}
	return node;
}

void import_rows(struct import *im)
{
	struct import_node *group = &im->root;
	size_t depth = 0;

	if (im->nomem)
		return;
	say_columns(im);
	IMPORT_EACH_ROW(&im->survey, row) {
		if (im->nomem || im->full)
			break;
		group = read_row(im, group, row, &depth);
	}
	for (; group != &im->root && !im->nomem && !im->full; group = group->parent)
		import_say(im, FINDING_ERROR, &im->survey, group->row, IMPORT_TYPE,
			"this group has no end");
}
