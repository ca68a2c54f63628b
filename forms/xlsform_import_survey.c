/*
 * xlsform_import_survey.c - the tree of rows -> sections and questions. In: groups. Out: a section
 * for each outermost group with questions, or for each chapter of the analysis plan; groups inside
 * a section give their condition to their questions and their label as a note.
 */
#include "forms/xlsform_import.h"

#include <stdio.h>
#include <string.h>

enum { ID = 64, STEM = 58 }; /* STEM: what is kept of an id before "_2" */

/* --- names --- */

void import_name(struct import *im, const char *was, const char *now, enum import_named names,
                 struct import_question *q, const char *why)
{
	struct import_name *name = import_get(&im->names, was);

	if (name != NULL && names == IMPORT_NAMES_GROUP)
		return;
	if (name == NULL || name->names == IMPORT_NAMES_GROUP) {
		name = import_memory(im, 1, sizeof *name);
		if (name == NULL)
			return;
		import_set(im, &im->names, was, name);
	}
	name->times++;
	name->was = was;
	name->now = now;
	name->names = names;
	name->question = q;
	name->why = why;
	name->today = why != NULL && names == IMPORT_NAMES_NOTHING &&
	              (import_same(why, "today") || import_same(why, "get today"));
}

/* Small letters, digits, '_', beginning with a letter; "" if nothing is left. */
static size_t slug(char out[ID + 16], const char *was)
{
	size_t n = 0;

	for (; *was != '\0' && n < ID; was++) {
		char c = *was >= 'A' && *was <= 'Z' ? (char)(*was + 32) : *was;
		bool letter = c >= 'a' && c <= 'z', digit = c >= '0' && c <= '9';

		if (letter || (n > 0 && (digit || c == '_')))
			out[n++] = c;
		else if (n == 0 && digit)
			out[n++] = 'q', out[n++] = c;
		else if (n > 0 && out[n - 1] != '_')
			out[n++] = '_';
	}
	while (n > 0 && out[n - 1] == '_' && (was[0] == '\0' && was[-1] != '_'))
		n--;
	out[n] = '\0';
	return n;
}

const char *import_id(struct import *im, const char *was, const struct import_table *t, size_t row)
{
	char id[ID + 32];
	size_t n = slug(id, was);

	if (n == 0)
		n = (size_t)snprintf(id, sizeof id, "q_%zu", row + 1);
	n = n < STEM ? n : STEM;
	for (size_t k = 2; import_get(&im->ids, id) != NULL ||
	     (strcmp(id, was) != 0 && import_get(&im->kept, id) != NULL); k++)
		snprintf(id + n, sizeof id - n, "_%zu", k);
	import_set(im, &im->ids, id, im);
	if (strcmp(id, was) == 0)
		return was;
	if (t != NULL)
		import_say(im, FINDING_WARNING, t, row, IMPORT_NAME,
			"\"%.100s\" becomes \"%s\": small letters, digits and '_', each name once",
			was, id);
	return import_copy(im, id, strlen(id));
}

bool import_id_valid(const char *name)
{
	char id[ID + 32];

	return slug(id, name) > 0 && strcmp(id, name) == 0;
}

/* --- sections --- */

static struct import_section *last_section(struct import *im)
{
	return im->n_sections > 0 ? &im->sections[im->n_sections - 1] : NULL;
}

static const char *section_id(struct import *im, const char *was)
{
	char id[ID + 32];
	size_t n = slug(id, was);
	bool taken = true;

	if (n == 0)
		n = (size_t)snprintf(id, sizeof id, "section");
	n = n < STEM ? n : STEM;
	for (size_t k = 2; taken; k++) {
		taken = false;
		for (size_t i = 0; i < im->n_sections && !taken; i++)
			taken = im->sections[i].id != NULL && strcmp(im->sections[i].id, id) == 0;
		if (taken)
			snprintf(id + n, sizeof id - n, "_%zu", k);
	}
	return import_copy(im, id, strlen(id));
}

/* A new section for a group, or, without one, for questions outside of groups. */
static struct import_section *add_section(struct import *im, struct import_node *node, size_t row)
{
	const struct import_table *t = &im->survey;
	struct import_section *s;
	const char *id = node != NULL ? import_cell(t, node->row, IMPORT_PEER_ID) : "";

	if (!import_grow(im, &im->sections, &im->cap_sections, im->n_sections, sizeof *s))
		return NULL;
	s = &im->sections[im->n_sections];
	*s = (struct import_section){.node = node, .row = row, .first = im->n_questions};
	if (id[0] == '\0' && node != NULL && node->name != NULL)
		id = node->name;
	s->id = section_id(im, id[0] != '\0' ? id : "questions");
	s->open = node == NULL;
	im->n_sections++;
	if (node == NULL)
		return s;
	s->title = import_text(im, t, node->row, IMPORT_LABEL);
	s->note = import_text(im, t, node->row, IMPORT_PEER_NOTE);
	s->series = import_cell(t, node->row, IMPORT_PEER_SERIES);
	if (!import_text_empty(&s->note))
		import_text_need(im, &s->note, t, node->row, IMPORT_PEER_NOTE, "");
	return s;
}

/* "house_hold" as a title, where a group has no label. */
static const char *spaced(struct import *im, const char *name)
{
	const char *copy = import_copy(im, name, strlen(name));

	for (char *c = (char *)copy; c != NULL && *c != '\0'; c++)
		*c = *c == '_' ? ' ' : *c;
	return copy;
}

static void finish_section(struct import *im, struct import_section *s)
{
	const struct import_table *t = &im->survey;

	if (s->chapter != NULL && s->chapter[0] != '\0')
		s->title = import_plain(im, s->chapter);
	if (!import_text_empty(&s->title)) {
		import_text_need(im, &s->title, t, s->row, IMPORT_LABEL, "");
	} else if (s->node == NULL) {
		s->title = im->title;
	} else if (s->node->parent != &im->root && s->node->parent->type.kind == IMPORT_IS_BEGIN) {
		s->title = import_text(im, t, s->node->parent->row, IMPORT_LABEL);
		import_text_need(im, &s->title, t, s->row, IMPORT_LABEL, im->title.in[0]);
	} else if (s->node->name != NULL) {
		import_say(im, FINDING_WARNING, t, s->row, IMPORT_LABEL,
			"this group has no label: its name is the section's title");
		s->title = import_plain(im, spaced(im, s->node->name));
	} else {
		s->title = im->title;
	}
}

static const struct {
	const char *language, *title;
} results[] = {
	{"en", "Results"}, {"fr", "Résultats"}, {"es", "Resultados"}, {"pt", "Resultados"},
	{"ru", "Результаты"}, {"ar", "النتائج"},
};

/* The series a section is reported in: the plan's report, or one for all. */
static void choose_series(struct import *im, struct import_section *s)
{
	size_t before = im->n_series;

	if (im->ours)
		return;
	s->in_series = import_series(im, s->report != NULL && s->report[0] != '\0' ? s->report
	                                                                          : "Results");
	if (im->n_series == before || (s->report != NULL && s->report[0] != '\0'))
		return;
	for (size_t i = 0; im->series[before].title.in != NULL && i < im->n_languages; i++)
		for (size_t k = 0; k < sizeof results / sizeof *results; k++)
			if (strncmp(im->languages[i], results[k].language, 2) == 0)
				im->series[before].title.in[i] = results[k].title;
}

/* Sections without a question disappear. */
static void drop_empty(struct import *im)
{
	size_t n = 0;

	for (size_t i = 0; i < im->n_sections; i++) {
		struct import_section *s = &im->sections[i];
		size_t end = i + 1 < im->n_sections ? s[1].first : im->n_questions;

		s->n = end - s->first;
		if (s->n == 0 && s->node != NULL)
			import_say(im, FINDING_WARNING, &im->survey, s->row, IMPORT_TYPE,
				"this group has no question: left out");
		if (s->n > 0)
			im->sections[n++] = *s;
	}
	im->n_sections = n;
	for (size_t i = 0; i < n; i++) {
		finish_section(im, &im->sections[i]);
		choose_series(im, &im->sections[i]);
		for (size_t k = 0; k < im->sections[i].n; k++)
			im->questions[im->sections[i].first + k]->section = i;
	}
}

/* --- questions --- */

/* The plan's chapter and report: where one begins, so does a section. */
static void follow_plan(struct import *im, const struct import_node *node, struct import_node *base)
{
	const char *chapter = import_cell(&im->survey, node->row, IMPORT_CHAPTER);
	const char *report = import_cell(&im->survey, node->row, IMPORT_REPORT);
	struct import_section *s = last_section(im);
	bool other;

	if (s == NULL || (chapter[0] == '\0' && report[0] == '\0'))
		return;
	chapter = chapter[0] != '\0' || s->chapter == NULL ? chapter : s->chapter;
	report = report[0] != '\0' || s->report == NULL ? report : s->report;
	other = (s->chapter != NULL && strcmp(s->chapter, chapter) != 0) ||
	        (s->report != NULL && strcmp(s->report, report) != 0) ||
	        (s->chapter == NULL && s->report == NULL);
	if (other && im->n_questions > s->first) {
		s = add_section(im, base, node->row);
		if (s == NULL)
			return;
	}
	s->chapter = chapter;
	s->report = report;
}

struct import_question *import_question_add(struct import *im, struct import_node *node,
                                            struct import_node *base)
{
	struct import_question *q;

	if (im->n_questions >= FORM_QUESTIONS) {
		import_say(im, FINDING_ERROR, &im->survey, node->row, IMPORT_TYPE,
			"more than %d questions", FORM_QUESTIONS);
		im->full = true;
		return NULL;
	}
	if (im->n_sections == 0)
		add_section(im, base, node->row);
	follow_plan(im, node, base);
	q = import_memory(im, 1, sizeof *q);
	if (q == NULL || !import_grow(im, &im->questions, &im->cap_questions, im->n_questions,
	                              sizeof *im->questions))
		return NULL;
	q->node = node;
	q->base = base;
	q->row = node->row;
	q->index = im->n_questions;
	im->questions[im->n_questions++] = q;
	return q;
}

/* The name of a row with a question; one that stands twice in the same group is an error. */
static void name_question(struct import *im, struct import_question *q)
{
	const struct import_table *t = &im->survey;
	const char *was = q->node->name;
	const struct import_name *before = was != NULL ? import_get(&im->names, was) : NULL;

	if (was == NULL && q->type != FORM_NOTE) {
		import_say(im, FINDING_ERROR, t, q->row, IMPORT_NAME, "the name is missing");
		was = "";
	}
	if (was == NULL)
		was = import_print(im, "note_%zu", q->row + 1);
	if (before != NULL && before->names == IMPORT_NAMES_QUESTION && before->question != NULL &&
	    before->question->node->parent == q->node->parent)
		import_say(im, FINDING_ERROR, t, q->row, IMPORT_NAME,
			"the name \"%.60s\" stands in row %zu already", was,
			before->question->row + 1);
	if (was == NULL)
		return;
	q->was = was;
	q->id = import_id(im, was, was[0] != '\0' && q->node->name != NULL ? t : NULL, q->row);
	import_name(im, was, q->id, IMPORT_NAMES_QUESTION, q, NULL);
}

static void add_question(struct import *im, struct import_node *node, struct import_node *base)
{
	struct import_question *q;

	if (node->type.kind != IMPORT_IS_QUESTION) {
		import_say(im, FINDING_ERROR, &im->survey, node->row, IMPORT_TYPE,
			"this row belongs inside a group of its kind");
		return;
	}
	q = import_question_add(im, node, base);
	if (q == NULL)
		return;
	q->type = node->type.form;
	import_question(im, q);
	name_question(im, q);
	import_question_remarks(im, node);
}

/* The label of a group inside a section. */
static void add_group_note(struct import *im, struct import_node *group, struct import_node *base)
{
	struct import_text label = import_text(im, &im->survey, group->row, IMPORT_LABEL);
	struct import_question *q;
	const char *was;

	if (group->name != NULL)
		import_name(im, group->name, NULL, IMPORT_NAMES_GROUP, NULL, NULL);
	if (import_text_empty(&label) || group->first == NULL)
		return;
	q = import_question_add(im, group, base);
	if (q == NULL)
		return;
	import_text_need(im, &label, &im->survey, group->row, IMPORT_LABEL, "");
	q->type = FORM_NOTE;
	q->plain = true;
	q->label = label;
	was = import_print(im, "%s", group->name != NULL ? group->name : "part");
	q->id = was != NULL ? import_id(im, was, NULL, group->row) : NULL;
}

static void add_inside(struct import *im, struct import_node *group, struct import_node *base);

void import_inside_one(struct import *im, struct import_node *n, struct import_node *base)
{
	if (n->taken || import_run(im, n, base))
		return;
	if (n->type.kind == IMPORT_IS_QUESTION || n->type.kind == IMPORT_IS_SCORE_ROW ||
	    n->type.kind == IMPORT_IS_RANK_LEVEL) {
		add_question(im, n, base);
	} else if (!import_matrix(im, n, base)) {
		add_group_note(im, n, base);
		add_inside(im, n, base);
	}
}

static void add_inside(struct import *im, struct import_node *group, struct import_node *base)
{
	for (struct import_node *n = group->first; n != NULL && !im->nomem && !im->full;
		n = n->next)
		import_inside_one(im, n, base);
}

static bool plain_group(const struct import_node *n)
{
	return n->type.kind == IMPORT_IS_BEGIN || n->type.kind == IMPORT_IS_BEGIN_REPEAT;
}

/* Does the group hold nothing but groups, each of which can be a section? */
static bool only_groups(const struct import *im, const struct import_node *group)
{
	size_t groups = 0;

	for (const struct import_node *n = group->first; n != NULL; n = n->next) {
		const char *look = import_cell(&im->survey, n->row, IMPORT_APPEARANCE);

		if (!plain_group(n) || strstr(look, "table-list") != NULL)
			return false;
		groups++;
	}
	return groups > 1;
}

static void add_group_section(struct import *im, struct import_node *group)
{
	if (group->name != NULL)
		import_name(im, group->name, NULL, IMPORT_NAMES_GROUP, NULL, NULL);
	if (!im->ours && only_groups(im, group)) {
		struct import_text label = import_text(im, &im->survey, group->row, IMPORT_LABEL);
		size_t before = im->n_sections;

		for (struct import_node *n = group->first; n != NULL; n = n->next)
			add_group_section(im, n);
		if (before < im->n_sections && !import_text_empty(&label) &&
		    import_text_empty(&im->sections[before].note) &&
		    !import_text_empty(&im->sections[before].title)) {
			import_text_need(im, &label, &im->survey, group->row, IMPORT_LABEL, "");
			im->sections[before].note = label;
		}
		return;
	}
	if (add_section(im, group, group->row) != NULL) {
		import_question_remarks(im, group);
		add_inside(im, group, group);
	}
}

/* Is the section there whenever the survey is? */
static bool always(const struct import *im, const struct import_section *s)
{
	for (const struct import_node *n = s->node; n != NULL && n != &im->root; n = n->parent)
		if (import_cell(&im->survey, n->row, IMPORT_RELEVANT)[0] != '\0')
			return false;
	return true;
}

/*
 * A row outside of groups stands in a section of such rows. A calculation, which nobody sees,
 * joins the section before it, if that is there for everybody.
 */
static void add_outside(struct import *im, struct import_node *n)
{
	struct import_section *s = last_section(im);
	bool silent = n->type.kind == IMPORT_IS_QUESTION && n->type.form == FORM_CALCULATE;

	if (silent && s != NULL && (s->open || always(im, s))) {
		add_question(im, n, NULL);
		return;
	}
	if (s == NULL || !s->open)
		add_section(im, NULL, n->row);
	import_inside_one(im, n, NULL);
}

/* Is this group one question? Looks only. */
static bool is_matrix(const struct import *im, const struct import_node *n)
{
	return !plain_group(n) ||
	       strstr(import_cell(&im->survey, n->row, IMPORT_APPEARANCE), "table-list") != NULL;
}

void import_survey(struct import *im)
{
	for (struct import_node *n = im->root.first; n != NULL && !im->nomem && !im->full;
	     n = n->next) {
		if (n->taken)
			continue;
		if (is_matrix(im, n))
			add_outside(im, n);
		else
			add_group_section(im, n);
	}
	if (im->nomem)
		return;
	drop_empty(im);
	if (im->n_questions == 0 && !im->full)
		import_say(im, FINDING_ERROR, &im->survey, im->survey.first, IMPORT_TYPE,
			"there is no question");
}
