/* xlsform_export_choices.c - lists of choices -> the sheet choices. */
#include "forms/xlsform_export.h"

#include "forms/regions.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool has_column(const struct export_sheet *s, const char *name)
{
	for (size_t i = 0; i < s->n_columns; i++)
		if (strcmp(s->columns[i].name, name) == 0)
			return true;
	return false;
}

/*
 * A column of the choices stands in the sheet under its own name, so it must not be one that means
 * something else there, or that no choice_filter could name.
 */
static bool fits(const char *name)
{
	static const char *const others[] = {"list_name", "list-name", "name", "label", "caption",
		"image", "big-image", "big_image", "audio", "video", "media"};
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	                              "0123456789_-";

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcasecmp(name, others[i]) == 0)
			return false;
	return name[0] != '\0' && name[strspn(name, letters)] == '\0';
}

static void add_filter(struct export *x, const char *name)
{
	if (!fits(name) && strcmp(name, "name") != 0)
		x->misfit = name;
	else if (!has_column(&x->choices, name))
		export_column(x, &x->choices, name, 18, true);
}

/* Columns that a choice_filter looks at, though no choice may have them. */
static void add_looked_at(struct export *x, const struct expression *e)
{
	if (e == NULL)
		return;
	if (e->op == EXPR_COLUMN)
		add_filter(x, e->text);
	for (size_t i = 0; i < e->n; i++)
		add_looked_at(x, e->operand[i]);
}

static void add_columns(struct export *x)
{
	struct export_sheet *s = &x->choices;

	export_column(x, s, "list_name", 20, true);
	export_column(x, s, "name", 20, true);
	export_columns(x, s, "label", 45, true);
	for (size_t i = 0; i < x->form->n_lists; i++)
		for (size_t k = 0; k < x->form->lists[i].n; k++) {
			char **pair = x->form->lists[i].choices[k].filter;

			for (; pair != NULL && pair[0] != NULL; pair += 2)
				add_filter(x, pair[0]);
		}
	for (size_t i = 0; i < x->form->n_questions; i++)
		add_looked_at(x, x->form->questions[i].choice_filter);
	export_column(x, s, "peer::other", 10, true);
	export_column(x, s, "peer::exclusive", 10, true);
}

static void put_choice(struct export *x, const struct form_list *list, const struct form_choice *c)
{
	struct export_sheet *s = &x->choices;

	export_row(x, s);
	export_put(x, s, "list_name", list->name);
	export_put(x, s, "name", c->value);
	export_put_text(x, s, "label", &c->label);
	for (char **pair = c->filter; pair != NULL && pair[0] != NULL; pair += 2)
		if (fits(pair[0]))
			export_put(x, s, pair[0], pair[1]);
		else if (strcmp(pair[1], c->value) != 0)
			x->misfit = pair[0];
	export_put(x, s, "peer::other", c->other ? "yes" : NULL);
	export_put(x, s, "peer::exclusive", c->exclusive ? "yes" : NULL);
}

/* The countries, for other programs; we know them. */
static void put_countries(struct export *x)
{
	struct export_sheet *s = &x->choices;
	const char **codes = NULL;
	struct err err;
	size_t n;

	if (country_sorted(&codes, &n, x->form->languages[0], &err) != 0) {
		x->nomem = true;
		return;
	}
	for (size_t i = 0; i < n && !x->nomem; i++) {
		struct form_text label = {export_memory(x, x->form->n_languages, sizeof *label.in)};

		export_row(x, s);
		export_put(x, s, "list_name", EXPORT_COUNTRIES);
		export_put(x, s, "name", codes[i]);
		for (size_t k = 0; k < x->form->n_languages && label.in != NULL; k++) {
			struct buf name = {0};

			country_name(&name, codes[i], x->form->languages[k]);
			x->nomem |= name.failed;
			label.in[k] = name.failed ? NULL : (char *)export_print(x, "%s", name.data);
			buf_finish(&name);
		}
		export_put_text(x, s, "label", &label);
	}
	free(codes);
}

void export_choices(struct export *x)
{
	const struct form *f = x->form;
	bool country = false;

	if (x->nomem)
		return;
	add_columns(x);
	for (size_t i = 0; i < f->n_lists && !x->nomem; i++)
		for (size_t k = 0; k < f->lists[i].n && !x->nomem; k++)
			put_choice(x, &f->lists[i], &f->lists[i].choices[k]);
	for (size_t i = 0; i < f->n_questions; i++)
		country |= f->questions[i].type == FORM_COUNTRY;
	if (country)
		put_countries(x);
}
