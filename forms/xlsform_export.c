/*
 * xlsform_export.c - a questionnaire -> an XLSForm workbook. In: a form. Out: the sheets survey,
 * choices and settings as other programs read them, with columns "peer::..." and a sheet "peer" for
 * what only we have, so that xlsform_import() gives an equal form.
 */
#include "forms/xlsform.h"

#include "forms/regions.h"
#include "forms/xlsform_export.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *export_memory(struct export *x, size_t n, size_t size)
{
	void *memory = pool_array(x->pool, n, size);

	if (memory == NULL)
		x->nomem = true;
	return memory;
}

const char *export_print(struct export *x, const char *fmt, ...)
{
	const char *text;
	va_list args;

	va_start(args, fmt);
	text = pool_print(x->pool, fmt, args);
	va_end(args);
	x->nomem |= text == NULL;
	return text;
}

/* Room for one more in an array of the pool. */
static bool grow(struct export *x, void *list, size_t *cap, size_t n, size_t size)
{
	void **at = list, *memory;
	size_t more = *cap ? 2 * *cap : 64;

	if (n < *cap)
		return true;
	memory = export_memory(x, more, size);
	if (memory == NULL)
		return false;
	if (n > 0)
		memcpy(memory, *at, n * size);
	*at = memory;
	*cap = more;
	return true;
}

static void add_column(struct export *x, struct export_sheet *s, struct export_column column)
{
	if (grow(x, &s->columns, &s->cap_columns, s->n_columns, sizeof column))
		s->columns[s->n_columns++] = column;
}

void export_column(struct export *x, struct export_sheet *s, const char *name, double width,
                   bool kept)
{
	add_column(x, s, (struct export_column){name, -1, width, kept, false});
}

void export_columns(struct export *x, struct export_sheet *s, const char *name, double width,
                    bool kept)
{
	for (size_t i = 0; i < x->form->n_languages; i++)
		add_column(x, s, (struct export_column){name, (int)i, width, kept, false});
}

void export_row(struct export *x, struct export_sheet *s)
{
	if (grow(x, &s->rows, &s->cap_rows, s->n_rows, sizeof *s->rows) &&
	    (s->rows[s->n_rows] = export_memory(x, s->n_columns + 1, sizeof **s->rows)) != NULL)
		s->n_rows++;
}

static void put(struct export *x, struct export_sheet *s, const char *column, int language,
                const char *text)
{
	if (text == NULL || text[0] == '\0' || s->n_rows == 0 || x->nomem)
		return;
	for (size_t i = 0; i < s->n_columns; i++)
		if (s->columns[i].language == language && strcmp(s->columns[i].name, column) == 0) {
			s->rows[s->n_rows - 1][i] = text;
			s->columns[i].used = true;
			return;
		}
}

void export_put(struct export *x, struct export_sheet *s, const char *column, const char *text)
{
	put(x, s, column, -1, text);
}

void export_put_text(struct export *x, struct export_sheet *s, const char *column,
                     const struct form_text *t)
{
	for (size_t i = 0; t->in != NULL && i < x->form->n_languages; i++)
		put(x, s, column, (int)i, t->in[i]);
}

static void name_languages(struct export *x)
{
	const struct form *f = x->form;

	x->languages = export_memory(x, f->n_languages, sizeof *x->languages);
	for (size_t i = 0; i < f->n_languages && x->languages != NULL; i++) {
		struct buf name = {0};

		language_name(&name, f->languages[i], f->languages[i]);
		x->nomem |= name.failed;
		x->languages[i] = export_print(x, "%s (%s)", name.failed ? "" : name.data,
			f->languages[i]);
		buf_finish(&name);
	}
}

static void export_settings(struct export *x)
{
	struct export_sheet *s = &x->settings;

	export_column(x, s, "form_title", 40, true);
	export_column(x, s, "form_id", 25, true);
	export_column(x, s, "default_language", 20, true);
	export_row(x, s);
	export_put(x, s, "form_title", form_text(&x->form->title, 0));
	export_put(x, s, "form_id", x->form->id);
	export_put(x, s, "default_language", x->languages != NULL ? x->languages[0] : NULL);
}

static void peer_row(struct export *x, const char *key, const char *id, const struct form_text *t)
{
	if (t->in == NULL || t->in[0] == NULL)
		return;
	export_row(x, &x->peer);
	export_put(x, &x->peer, "key", key);
	export_put(x, &x->peer, "id", id);
	export_put_text(x, &x->peer, "text", t);
}

/* What stands around the questions, the series, and who reviewed which translation. */
static void export_peer(struct export *x)
{
	const struct form *f = x->form;
	bool any = false;

	export_column(x, &x->peer, "key", 14, true);
	export_column(x, &x->peer, "id", 18, true);
	export_columns(x, &x->peer, "text", 60, true);
	peer_row(x, "title", NULL, &f->title);
	peer_row(x, "introduction", NULL, &f->introduction);
	peer_row(x, "consent", NULL, &f->consent);
	peer_row(x, "thanks", NULL, &f->thanks);
	for (size_t i = 0; i < f->n_series; i++) {
		peer_row(x, "series", f->series[i].id, &f->series[i].title);
		peer_row(x, "subtitle", f->series[i].id, &f->series[i].subtitle);
	}
	for (size_t i = 0; i < f->n_languages; i++)
		any |= f->reviewer[i] != NULL;
	if (!any)
		return;
	export_row(x, &x->peer);
	export_put(x, &x->peer, "key", "reviewer");
	export_put_text(x, &x->peer, "text", &(struct form_text){f->reviewer});
}

int xlsform_export(const struct form *f, const char *path, struct err *err)
{
	struct export x = {.form = f, .survey.name = "survey", .choices.name = "choices",
		.settings.name = "settings", .peer.name = "peer"};
	int status = -1;

	x.pool = pool_create();
	if (x.pool == NULL)
		return err_nomem(err);
	name_languages(&x);
	export_survey(&x);
	export_choices(&x);
	export_settings(&x);
	export_peer(&x);
	if (x.nomem)
		err_nomem(err);
	else if (x.misfit != NULL)
		err_set(err, ERR_INPUT,
			"\"filter\": a workbook's sheet choices cannot have the column "
			"\"%s\": rename it",
			x.misfit);
	else
		status = export_book(&x, path, err);
	pool_free(x.pool);
	return status;
}
