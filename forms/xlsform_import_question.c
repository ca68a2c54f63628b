/*
 * xlsform_import_question.c - one row of the sheet survey -> a question: its texts, its choices and
 * the options of its type. What the row asks for and we have not is said.
 */
#include "forms/xlsform_import.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Appearances that are understood, or that change nothing that matters on our page. */
static const char *const appearances[] = {"minimal", "quick", "likert", "horizontal", "vertical",
	"horizontal-compact", "compact", "quickcompact", "field-list", "multiline", "multi-line",
	"autocomplete", "search", "label", "list-nolabel", "list", "table-list", "no-label",
	"no-buttons", "no-ticks", "picker", "counter", "thousands-sep", "numbers", "columns",
	"columns-pack", "columns-flex", "year", "month-year", "no-calendar", "no-collapse",
	"spinner", "rating", "slider", "radio", "dropdown", "w", "gregorian", "compact-",
	"columns-", "hidden"};

static bool known_appearance(const char *word, size_t n)
{
	/* columns-2, compact-4, w7 */
	while (n > 1 && isdigit((unsigned char)word[n - 1]))
		n--;
	for (size_t i = 0; i < sizeof appearances / sizeof *appearances; i++)
		if (strlen(appearances[i]) == n && strncasecmp(word, appearances[i], n) == 0)
			return true;
	return false;
}

static bool has_word(const char *cell, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = cell; (at = strcasestr(at, word)) != NULL; at += n)
		if ((at == cell || strchr(" \t\n,", at[-1]) != NULL) &&
		    (at[n] == '\0' || strchr(" \t\n,", at[n]) != NULL))
			return true;
	return false;
}

static void say_appearance(struct import *im, size_t row)
{
	const char *at = import_cell(&im->survey, row, IMPORT_APPEARANCE);

	while (*at != '\0') {
		size_t n = strcspn(at, " \t\n,");

		if (n > 0 && !known_appearance(at, n)) {
			import_say(im, FINDING_WARNING, &im->survey, row, IMPORT_APPEARANCE,
				"the appearance \"%.*s\" is not used", (int)(n < 60 ? n : 60), at);
			if (memchr(at, '(', n) != NULL)
				return;
		}
		at += n;
		at += strspn(at, " \t\n,");
	}
}

/* Texts that show an answer or hold markup are shown as they are written. */
static void say_markup(struct import *im, size_t row)
{
	const struct import_table *t = &im->survey;

	IMPORT_EACH_CELL(t, row, i) {
		enum import_field field = t->columns[i].field;
		const char *cell;

		if (field != IMPORT_LABEL && field != IMPORT_HINT)
			continue;
		cell = sheet_cell(t->sheet, row, i);
		if (strstr(cell, "${") != NULL)
			import_say_at(im, FINDING_WARNING, t, row, i,
				"an answer inside a text (${...}) is not supported: reword it");
		else if (strcasestr(cell, "<span") || strcasestr(cell, "<b>") ||
		         strcasestr(cell, "<br") || strcasestr(cell, "<i>") ||
		         strcasestr(cell, "<font") || strcasestr(cell, "</") || strstr(cell, "**"))
			import_say_at(im, FINDING_WARNING, t, row, i,
				"texts are plain: the markup would be shown as it is written");
	}
}

void import_question_remarks(struct import *im, const struct import_node *node)
{
	const struct import_table *t = &im->survey;
	size_t row = node->row;
	bool calculates = node->type.kind == IMPORT_IS_QUESTION &&
	                  node->type.form == FORM_CALCULATE;

	if (import_cell(t, row, IMPORT_DEFAULT)[0] != '\0')
		import_say(im, FINDING_WARNING, t, row, IMPORT_DEFAULT,
			"an answer that is given from the start is left out: people choose");
	if (import_cell(t, row, IMPORT_TRIGGER)[0] != '\0')
		import_say(im, FINDING_WARNING, t, row, IMPORT_TRIGGER,
			"a trigger is not used: calculations follow the answers at once");
	if (import_cell(t, row, IMPORT_REPEAT_COUNT)[0] != '\0')
		import_say(im, FINDING_WARNING, t, row, IMPORT_REPEAT_COUNT,
			"repeats are not supported");
	if (import_yes(import_cell(t, row, IMPORT_READ_ONLY)) != 0 && !calculates &&
	    node->type.form != FORM_NOTE)
		import_say(im, FINDING_WARNING, t, row, IMPORT_READ_ONLY,
			"a question that cannot be answered: it is asked all the same");
	if (import_cell(t, row, IMPORT_CALCULATION)[0] != '\0' && !calculates)
		import_say(im, FINDING_WARNING, t, row, IMPORT_CALCULATION,
			"people answer this question themselves: the calculation is left out");
	IMPORT_EACH_CELL(t, row, i)
		if (t->columns[i].field == IMPORT_MEDIA)
			import_say_at(im, FINDING_WARNING, t, row, i,
				"pictures, sound and video are not supported: left out");
	say_appearance(im, row);
	say_markup(im, row);
}

/* --- choices --- */

/* "OK", the one choice of an acknowledgement. */
static struct import_list *acknowledge_list(struct import *im)
{
	struct import_list *list = import_list(im, "acknowledge_ok");
	struct import_choice *c;

	if (list != NULL)
		return list;
	list = import_list_new(im, "acknowledge_ok");
	c = list != NULL ? import_choice_add(im, list) : NULL;
	if (c != NULL)
		*c = (struct import_choice){.value = "OK", .was = "OK", .table = &im->choices,
			.label = import_plain(im, "OK")};
	return list;
}

static void read_list(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;
	const char *name = q->node->type.list;
	struct import_list *list;

	if (q->node->type.acknowledge) {
		q->list = acknowledge_list(im);
	} else {
		if (name == NULL && import_cell(t, q->row, IMPORT_LIST_OF)[0] != '\0')
			name = import_cell(t, q->row, IMPORT_LIST_OF);
		if (name == NULL) {
			import_say(im, FINDING_ERROR, t, q->row, IMPORT_TYPE,
				"the name of the list of choices is missing");
			return;
		}
		list = import_list(im, name);
		if (list == NULL) {
			import_say(im, FINDING_ERROR, t, q->row, IMPORT_TYPE,
				"there is no list \"%.60s\" on the sheet choices", name);
			return;
		}
		q->list = q->node->type.or_other && q->type != FORM_RANKING
			? import_list_other(im, list) : list;
		if (q->list == NULL)
			return;
	}
	if (q->list != NULL)
		q->list->used = true;
}

static bool yes_cell(struct import *im, const struct import_question *q, enum import_field field)
{
	const char *cell = import_cell(&im->survey, q->row, field);
	int yes = import_yes(cell);

	if (yes < 0)
		import_say(im, FINDING_ERROR, &im->survey, q->row, field,
			"must be yes, no or empty");
	return yes == 1;
}

/* --- by type --- */

static void read_select(struct import *im, struct import_question *q)
{
	const char *random = import_parameter(im, q, "randomize");

	if (strcmp(import_cell(&im->survey, q->row, IMPORT_PEER_TYPE), "country") == 0) {
		q->type = FORM_COUNTRY;
		if (q->node->type.list != NULL && import_list(im, q->node->type.list) != NULL)
			import_list(im, q->node->type.list)->skip = true;
		return;
	}
	read_list(im, q);
	q->randomize = random != NULL && import_yes(random) == 1;
}

static void read_rank(struct import *im, struct import_question *q)
{
	const char *ranks = import_cell(&im->survey, q->row, IMPORT_PEER_RANKS);
	size_t n;

	read_select(im, q);
	n = q->list != NULL ? q->list->n - (q->list->declines ? 1 : 0) : 1;
	q->ranks = ranks[0] != '\0' ? ranks : import_print(im, "%zu", n < 20 ? n : 20);
}

static void read_words(struct import *im, struct import_question *q)
{
	const char *look = import_cell(&im->survey, q->row, IMPORT_APPEARANCE);

	if (has_word(look, "multiline") || has_word(look, "multi-line"))
		q->type = FORM_COMMENT;
	q->length = import_cell(&im->survey, q->row, IMPORT_PEER_LENGTH);
}

/* The ends of a scale; XLSForm has no words for them. */
static void read_ends(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;

	q->low = import_text(im, t, q->row, IMPORT_PEER_LOW);
	q->high = import_text(im, t, q->row, IMPORT_PEER_HIGH);
	if (import_text_empty(&q->low) || import_text_empty(&q->high))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_TYPE,
			"the ends of a scale need words: its numbers stand in");
	import_text_need(im, &q->low, t, q->row, IMPORT_PEER_LOW, q->min);
	import_text_need(im, &q->high, t, q->row, IMPORT_PEER_HIGH, q->max);
}

static void read_by_type(struct import *im, struct import_question *q)
{
	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
		read_select(im, q);
		break;
	case FORM_RANKING:
		read_rank(im, q);
		break;
	case FORM_TEXT:
		read_words(im, q);
		break;
	case FORM_SCALE:
	case FORM_INTEGER:
	case FORM_DECIMAL:
		import_bounds(im, q);
		q->bands = import_cell(&im->survey, q->row, IMPORT_PEER_BANDS);
		if (q->type == FORM_SCALE)
			read_ends(im, q);
		break;
	case FORM_DATE:
		if (!im->ours)
			import_say(im, FINDING_WARNING, &im->survey, q->row, IMPORT_TYPE, "%s",
				q->node->type.why);
		import_bounds(im, q);
		break;
	case FORM_CALCULATE:
	case FORM_MATRIX:
	case FORM_COUNTRY:
	case FORM_NOTE:
	case FORM_COMMENT:
		break;
	}
}

static void read_required(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;
	const char *cell = import_cell(t, q->row, IMPORT_REQUIRED);
	int yes = import_yes(cell);

	if (yes == 0 || q->type == FORM_CALCULATE)
		return;
	if (yes < 0)
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_REQUIRED,
			"neither yes nor no: the question is not required");
	else if (q->type == FORM_TEXT || q->type == FORM_COMMENT || q->type == FORM_NOTE)
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_REQUIRED,
			"a %s is never required here", q->type == FORM_NOTE ? "note" : "free text");
	else
		q->required = true;
}

static void read_texts(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;

	q->label = import_text(im, t, q->row, IMPORT_LABEL);
	q->hint = import_text(im, t, q->row, IMPORT_HINT);
	q->constraint_message = import_text(im, t, q->row, IMPORT_CONSTRAINT_MESSAGE);
	q->required_message = import_text(im, t, q->row, IMPORT_REQUIRED_MESSAGE);
	if (!import_text_empty(&q->hint))
		import_text_need(im, &q->hint, t, q->row, IMPORT_HINT, "");
	if (!import_text_empty(&q->constraint_message))
		import_text_need(im, &q->constraint_message, t, q->row, IMPORT_CONSTRAINT_MESSAGE,
			"");
	if (!import_text_empty(&q->required_message))
		import_text_need(im, &q->required_message, t, q->row, IMPORT_REQUIRED_MESSAGE, "");
	/* a calculation needs none; a table can have it elsewhere */
	if (import_text_empty(&q->label) && (q->type == FORM_CALCULATE || q->type == FORM_MATRIX))
		return;
	if (import_text_empty(&q->label))
		import_say(im, FINDING_WARNING, t, q->row, IMPORT_LABEL,
			"the question has no label: its name stands in");
	import_text_need(im, &q->label, t, q->row, IMPORT_LABEL,
		q->node->name != NULL ? q->node->name : "?");
}

void import_question(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;

	read_texts(im, q);
	read_by_type(im, q);
	read_required(im, q);
	q->no_decline = strcasecmp(import_cell(t, q->row, IMPORT_PEER_DECLINE), "no") == 0;
	q->sensitive = yes_cell(im, q, IMPORT_PEER_SENSITIVE);
	q->crossing = yes_cell(im, q, IMPORT_PEER_CROSSING);
	import_plan(im, q);
}
