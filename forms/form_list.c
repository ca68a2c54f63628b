/*
 * form_list.c - lists of choices out of the questionnaire's JSON. In: "choices", and the lists that
 * questions bring along. Out: named lists, each read once. survey-questionnaire(5).
 */
#include "forms/form_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACE = 200, NAME = 64, COLUMNS = 20 };

/* Columns for choice_filter: an object of strings. */
static char **read_filter(struct form_reader *r, const char *place, const struct json *v)
{
	char **filter;
	size_t n = json_count(v), i = 0;

	if (v == NULL)
		return NULL;
	if (json_type(v) != JSON_OBJECT || n > COLUMNS) {
		FORM_FAULT(r, place, "\"filter\" must be an object of at most %d strings", COLUMNS);
		return NULL;
	}
	filter = form_read_memory(r, 2 * n + 1, sizeof *filter);
	for (v = json_first(v); v != NULL && filter != NULL; v = json_next(v)) {
		if (json_string(v) == NULL) {
			FORM_FAULT(r, place, "\"filter\": \"%s\" must be a string", json_name(v));
			return NULL;
		}
		filter[i++] = form_read_copy(r, json_name(v));
		filter[i++] = form_read_copy(r, json_string(v));
	}
	return filter;
}

static void read_choice(struct form_reader *r, const char *place, const struct json *v,
                        struct form_choice *c)
{
	static const char *const names[] = {"value", "label", "other", "exclusive", "filter", NULL};
	static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	                              "0123456789_-";

	if (!form_read_names(r, place, v, names))
		return;
	c->value = form_read_string(r, place, v, "value", true);
	if (c->value != NULL && (c->value[0] == '\0' || strlen(c->value) > 64 ||
	                         c->value[strspn(c->value, letters)] != '\0'))
		FORM_FAULT(r, place, "\"value\" must be letters, digits, '_' or '-'");
	if (c->value != NULL && strcmp(c->value, ANSWER_DECLINED) == 0)
		FORM_FAULT(r, place, "the value \"%s\" is kept for \"prefer not to say\"",
			ANSWER_DECLINED);
	form_read_text(r, place, v, "label", true, &c->label);
	c->other = form_read_bool(r, place, v, "other", false);
	c->exclusive = form_read_bool(r, place, v, "exclusive", false);
	if (c->other && c->exclusive)
		FORM_FAULT(r, place, "a choice cannot be both \"other\" and \"exclusive\"");
	c->filter = read_filter(r, place, json_get(v, "filter"));
}

static void check_twice(struct form_reader *r, const char *place, const struct form_list *list)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *value = list->choices[i].value;

		for (size_t j = 0; j < i && value != NULL; j++)
			if (list->choices[j].value != NULL &&
			    strcmp(list->choices[j].value, value) == 0)
				FORM_FAULT(r, place, "the choice \"%s\" stands twice", value);
	}
}

/* One more list out of the array v[member]. NULL: out of memory or not an array. */
static const struct form_list *add_list(struct form_reader *r, const char *place,
                                        const struct json *v, const char *member,
                                        const char *name)
{
	struct form_list *list = &r->form->lists[r->form->n_lists];
	const struct json *item;
	char where[PLACE];
	size_t n;

	item = form_read_array(r, place, v, member, true, FORM_CHOICES, &n);
	list->choices = form_read_memory(r, n, sizeof *list->choices);
	list->name = form_read_copy(r, name);
	if (item == NULL || list->choices == NULL || list->name == NULL)
		return NULL;
	list->n = n;
	for (size_t i = 0; i < n; i++, item = json_next(item)) {
		snprintf(where, sizeof where, "%.100s.%.40s[%zu]", place, member, i);
		read_choice(r, where, item, &list->choices[i]);
	}
	check_twice(r, place, list);
	r->form->n_lists++;
	return list;
}

static const struct form_list *find_list(const struct form *f, const char *name)
{
	for (size_t i = 0; i < f->n_lists; i++)
		if (strcmp(f->lists[i].name, name) == 0)
			return &f->lists[i];
	return NULL;
}

void form_read_lists(struct form_reader *r, const struct json *v)
{
	const struct json *lists = json_get(v, "choices");
	size_t n = json_count(lists);

	/* questions may bring as many more along */
	r->form->lists = form_read_memory(r, n + FORM_QUESTIONS, sizeof *r->form->lists);
	if (lists == NULL || r->form->lists == NULL)
		return;
	if (json_type(lists) != JSON_OBJECT || n > FORM_QUESTIONS) {
		FORM_FAULT(r, "choices", "must be an object of at most %d lists", FORM_QUESTIONS);
		return;
	}
	for (const struct json *m = json_first(lists); m != NULL; m = json_next(m)) {
		if (json_name(m)[0] == '\0' || strlen(json_name(m)) > NAME)
			FORM_FAULT(r, "choices", "a list's name has 1 to %d bytes", NAME);
		else
			add_list(r, "choices", lists, json_name(m), json_name(m));
		if (r->nomem)
			return;
	}
}

const struct form_list *form_read_list(struct form_reader *r, const char *place,
                                       const struct json *v, const char *question)
{
	const char *name = json_string(json_get(v, "choices"));
	const struct form_list *list;

	if (r->form->lists == NULL)
		return NULL;
	if (name != NULL) {
		list = find_list(r->form, name);
		if (list == NULL)
			FORM_FAULT(r, place, "there is no list of choices \"%s\"", name);
		return list;
	}
	if (question != NULL && find_list(r->form, question) != NULL) {
		FORM_FAULT(r, place, "a list of choices is named \"%s\" already", question);
		return NULL;
	}
	return add_list(r, place, v, "choices", question != NULL ? question : "");
}
