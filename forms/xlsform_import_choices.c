/*
 * xlsform_import_choices.c - the sheet choices. In: rows of list_name, name, labels and columns for
 * choice_filter. Out: lists, whose names of choices are ours: what has other characters than
 * letters, digits, '_' and '-' is renamed.
 */
#include "forms/xlsform_import.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LISTS = 4000, VALUE = 48 };

static struct import_list *find(const struct import *im, const char *name)
{
	return import_get(&im->list_names, name);
}

struct import_list *import_list_new(struct import *im, const char *name)
{
	struct import_list *list = import_memory(im, 1, sizeof *list);

	if (list == NULL)
		return NULL;
	list->name = name;
	if (im->last_list != NULL)
		im->last_list->next = list;
	else
		im->lists = list;
	im->last_list = list;
	im->n_lists++;
	import_set(im, &im->list_names, name, list);
	return list;
}

struct import_choice *import_choice_add(struct import *im, struct import_list *list)
{
	if (!import_grow(im, &list->choices, &list->cap, list->n, sizeof *list->choices))
		return NULL;
	return &list->choices[list->n++];
}

const struct import_choice *import_choice_was(const struct import_list *list, const char *was)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->choices[i].was, was) == 0)
			return &list->choices[i];
	return NULL;
}

static bool value_taken(const struct import_list *list, const char *value)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->choices[i].value != NULL && strcmp(list->choices[i].value, value) == 0)
			return true;
	return false;
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";

static bool valid_value(const char *was)
{
	return was[strspn(was, letters)] == '\0' && strlen(was) <= 64 &&
	       strcmp(was, ANSWER_DECLINED) != 0;
}

/* A name of ours for a choice: letters, digits, '_', '-'; at most 64 bytes; unique in its list. */
static const char *new_value(struct import *im, const struct import_list *list, const char *was,
                             size_t index)
{
	char value[VALUE + 16];
	size_t n = 0, good = 0;

	/* a number that a spreadsheet has written with a point: 1.0 */
	good = strspn(was, "0123456789");
	if (good > 0 && good < VALUE && strcmp(was + good, ".0") == 0) {
		n = good;
		memcpy(value, was, n);
	} else {
		for (good = 0; *was != '\0' && n < VALUE; was++) {
			bool fine = strchr(letters, *was) != NULL;

			if (fine || (n > 0 && value[n - 1] != '_'))
				value[n++] = fine ? *was : '_';
			good += fine && *was != '_';
		}
		while (n > 0 && value[n - 1] == '_')
			n--;
	}
	value[n] = '\0';
	if (good == 0 || n == 0 || strcmp(value, ANSWER_DECLINED) == 0)
		n = (size_t)snprintf(value, sizeof value, "choice_%zu", index + 1);
	for (size_t k = 2; value_taken(list, value); k++)
		snprintf(value + n, sizeof value - n, "_%zu", k);
	return import_copy(im, value, strlen(value));
}

/* The names that say "prefer not to say", which our questions offer by themselves. */
static bool is_decline(const char *name)
{
	return import_same(name, "declined") || import_same(name, "refused") ||
	       import_same(name, "prefer_not") || strncasecmp(name, "prefer_not_", 11) == 0;
}

static bool same_label(const struct import *im, const struct import_text *a,
                       const struct import_text *b)
{
	if (a->in == NULL || b->in == NULL)
		return a->in == b->in;
	for (size_t i = 0; i < im->n_languages; i++)
		if ((a->in[i] == NULL) != (b->in[i] == NULL) ||
		    (a->in[i] != NULL && strcmp(a->in[i], b->in[i]) != 0))
			return false;
	return true;
}

/* A choice that stands in its list already: an error, or a slip when it is the same altogether. */
static bool stands_twice(struct import *im, const struct import_list *list,
                         const struct import_table *t, size_t row, const char *name,
                         const struct import_text *label)
{
	const struct import_choice *before = import_choice_was(list, name);

	if (before == NULL)
		return false;
	if (same_label(im, &before->label, label))
		import_say(im, FINDING_WARNING, t, row, IMPORT_NAME,
			"the choice \"%.60s\" stands in row %zu already: left out", name,
			before->row + 1);
	else
		import_say(im, FINDING_ERROR, t, row, IMPORT_NAME,
			"the choice \"%.60s\" of the list \"%.60s\" stands in row %zu already",
			name, list->name, before->row + 1);
	return true;
}

static void read_flags(struct import *im, struct import_choice *c)
{
	int other = import_yes(import_cell(c->table, c->row, IMPORT_PEER_OTHER));
	int exclusive = import_yes(import_cell(c->table, c->row, IMPORT_PEER_EXCLUSIVE));

	if (other < 0)
		import_say(im, FINDING_ERROR, c->table, c->row, IMPORT_PEER_OTHER,
			"must be yes or empty");
	if (exclusive < 0)
		import_say(im, FINDING_ERROR, c->table, c->row, IMPORT_PEER_EXCLUSIVE,
			"must be yes or empty");
	c->other = other == 1;
	c->exclusive = exclusive == 1;
	c->declines = !im->ours && is_decline(c->was);
}

static void read_choice(struct import *im, struct import_list *list, const struct import_table *t,
                        size_t row)
{
	struct import_text label = import_text(im, t, row, IMPORT_LABEL);
	const char *name = import_cell(t, row, IMPORT_NAME);
	struct import_choice *c;

	if (name[0] == '\0')
		name = import_cell(t, row, IMPORT_AUTONAME);
	if (list->n >= FORM_CHOICES) {
		if (!list->too_long)
			import_say(im, FINDING_ERROR, t, row, IMPORT_LIST_NAME,
				"the list \"%.60s\" has more than %d choices", list->name,
				FORM_CHOICES);
		list->too_long = true;
		return;
	}
	if (name[0] == '\0') {
		import_say(im, FINDING_ERROR, t, row, IMPORT_NAME, "this choice has no name");
		return;
	}
	if (stands_twice(im, list, t, row, name, &label))
		return;
	c = import_choice_add(im, list);
	if (c == NULL)
		return;
	c->was = name;
	c->table = t;
	c->row = row;
	c->label = label;
	read_flags(im, c);
	list->declines |= c->declines;
	c->value = c->declines ? ANSWER_DECLINED : valid_value(name) ? name : NULL;
}

static struct import_list *list_of_row(struct import *im, const struct import_table *t, size_t row)
{
	const char *name = import_cell(t, row, IMPORT_LIST_NAME);
	struct import_list *list = find(im, name);

	if (list != NULL || im->n_lists >= LISTS)
		return list;
	list = import_list_new(im, name);
	if (list == NULL)
		return NULL;
	list->table = t;
	list->row = row;
	list->columns = import_memory(im, t->n, sizeof *list->columns);
	list->filters = import_memory(im, t->n, sizeof *list->filters);
	return list;
}

/* A row without a list's name: a blank or comment row, or a mistake. */
static void say_stray(struct import *im, const struct import_table *t, size_t row)
{
	if (import_cell(t, row, IMPORT_NAME)[0] != '\0') {
		import_say(im, FINDING_ERROR, t, row, IMPORT_LIST_NAME,
			"the name of the list is missing");
		return;
	}
	IMPORT_EACH_CELL(t, row, i) {
		import_say_at(im, FINDING_WARNING, t, row, i,
			"a row without a list's name: left out");
		return;
	}
}

static void read_sheet(struct import *im, const struct import_table *t)
{
	if (t->sheet == NULL)
		return;
	if (t->sheet->rows > t->first &&
	    (t->column[IMPORT_LIST_NAME] < 0 ||
	     (t->column[IMPORT_NAME] < 0 && t->column[IMPORT_AUTONAME] < 0))) {
		import_say_at(im, FINDING_ERROR, t, t->first > 0 ? t->first - 1 : 0, 0,
			"there is no column \"%s\"",
			t->column[IMPORT_LIST_NAME] < 0 ? "list_name" : "name");
		return;
	}
	IMPORT_EACH_ROW(t, row) {
		struct import_list *list;

		if (im->nomem || im->full)
			return;
		if (import_cell(t, row, IMPORT_LIST_NAME)[0] == '\0') {
			say_stray(im, t, row);
			continue;
		}
		list = list_of_row(im, t, row);
		if (list != NULL && list->table != t)
			import_say(im, FINDING_ERROR, t, row, IMPORT_LIST_NAME,
				"the list \"%.60s\" stands on the sheet %.60s already", list->name,
				list->table->sheet->name);
		else if (list != NULL)
			read_choice(im, list, t, row);
	}
}

void import_choices(struct import *im)
{
	if (im->nomem)
		return;
	read_sheet(im, &im->choices);
	read_sheet(im, &im->external);
	/* once those that keep their names are known */
	for (struct import_list *l = im->lists; l != NULL && !im->nomem; l = l->next)
		for (size_t i = 0; i < l->n; i++)
			if (l->choices[i].value == NULL)
				l->choices[i].value = new_value(im, l, l->choices[i].was, i);
}

struct import_list *import_list(struct import *im, const char *name)
{
	return find(im, name);
}

static const struct {
	const char *language, *label;
} other_labels[] = {
	{"en", "Other"}, {"fr", "Autre"}, {"es", "Otro"}, {"pt", "Outro"}, {"ru", "Другое"},
	{"ar", "غير ذلك"},
};

static void label_other(struct import *im, struct import_choice *c)
{
	c->label = import_plain(im, other_labels[0].label);
	for (size_t i = 0; c->label.in != NULL && i < im->n_languages; i++)
		for (size_t k = 0; k < sizeof other_labels / sizeof *other_labels; k++)
			if (strncmp(im->languages[i], other_labels[k].language, 2) == 0)
				c->label.in[i] = other_labels[k].label;
}

struct import_list *import_list_other(struct import *im, struct import_list *list)
{
	const char *name = import_print(im, "%.48s_or_other", list->name);
	struct import_list *copy = name != NULL ? find(im, name) : NULL;
	struct import_choice *c;

	if (copy != NULL && copy->used)
		return copy;
	copy = name != NULL ? import_list_new(im, name) : NULL;
	if (copy == NULL)
		return NULL;
	*copy = (struct import_list){.name = name, .used = true, .columns = list->columns,
		.filters = list->filters, .table = list->table, .row = list->row};
	for (size_t i = 0; i < list->n; i++) {
		c = import_choice_add(im, copy);
		if (c == NULL)
			return NULL;
		*c = list->choices[i];
		if (strcasecmp(c->was, "other") == 0) {
			c->other = true;
			name = NULL;
		}
	}
	if (name != NULL) {
		c = import_choice_add(im, copy);
		if (c == NULL)
			return NULL;
		*c = (struct import_choice){.value = "other", .was = "other", .other = true,
			.made = true, .table = list->table, .row = list->row};
		label_other(im, c);
	}
	return copy;
}

static void check_choice(struct import *im, struct import_list *list, struct import_choice *c)
{
	if (c->declines) {
		import_say(im, FINDING_WARNING, c->table, c->row, IMPORT_NAME,
			"\"%.60s\" becomes \"prefer not to say\", which every question offers",
			c->was);
		return;
	}
	if (strcmp(c->was, c->value) != 0)
		import_say(im, FINDING_WARNING, c->table, c->row, IMPORT_NAME,
			"the choice \"%.60s\" becomes \"%s\": letters, digits, '_' and '-'", c->was,
			c->value);
	if (import_text_empty(&c->label))
		import_say(im, FINDING_WARNING, c->table, c->row, IMPORT_LABEL,
			"the choice \"%.60s\" of the list \"%.60s\" has no label: its name stands "
			"in",
			c->was, list->name);
	import_text_need(im, &c->label, c->table, c->row, IMPORT_LABEL, c->was);
}

bool import_filter_column(const struct import *im, const struct import_list *list, size_t column)
{
	const struct import_column *c = &list->table->columns[column];

	if (list->filters[column])
		return true;
	return im->ours && c->field == IMPORT_UNKNOWN && c->name[0] != '\0' &&
	       c->name[strspn(c->name, letters)] == '\0';
}

static void check_columns(struct import *im, const struct import_table *t)
{
	for (size_t i = 0; t->sheet != NULL && i < t->n; i++) {
		const char *why;
		bool used = false;

		if (t->columns[i].field == IMPORT_MEDIA)
			why = "pictures, sound and video are not supported: left out";
		else if (t->columns[i].field == IMPORT_PLAN)
			why = "this part of the analysis plan is not used";
		else if (t->columns[i].field == IMPORT_PEER_UNKNOWN)
			why = "no such column is known";
		else if (t->columns[i].field == IMPORT_UNKNOWN)
			why = "no choice_filter uses this column: left out";
		else
			continue;
		for (const struct import_list *l = im->lists; l != NULL && !used; l = l->next)
			used = l->table == t && import_filter_column(im, l, i);
		if (!used && t->filled[i] < t->sheet->rows)
			import_say_at(im, FINDING_WARNING, t, t->filled[i], i, "%s", why);
	}
}

void import_choices_check(struct import *im)
{
	for (struct import_list *l = im->lists; l != NULL && !im->nomem; l = l->next) {
		size_t offered = 0;

		if (im->ours)
			l->used = !l->skip;
		if (!l->used) {
			if (!l->skip && !l->looked_at)
				import_say(im, FINDING_WARNING, l->table, l->row, IMPORT_LIST_NAME,
					"no question uses the list \"%.60s\": left out", l->name);
			continue;
		}
		for (size_t i = 0; i < l->n; i++) {
			check_choice(im, l, &l->choices[i]);
			offered += !l->choices[i].declines;
		}
		if (offered == 0 && l->table != NULL)
			import_say(im, FINDING_ERROR, l->table, l->row, IMPORT_LIST_NAME,
				"the list \"%.60s\" offers no choice", l->name);
	}
}

void import_choices_columns(struct import *im)
{
	check_columns(im, &im->choices);
	check_columns(im, &im->external);
}
