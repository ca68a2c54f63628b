/* narrative_file.c - an edition enters, the bytes of its narrative leave, compared with another. */
#include "report/narrative_file.h"

#include "lib/base/file.h"
#include "report/narrative_folder.h"
#include "report/narrative_outline.h"
#include "report/narrative_read.h"

#include <stdlib.h>
#include <string.h>

/* STUDY/narratives[/ROUND]/SERIES-LANGUAGE.md */
static char *path_of(const struct edition *e, const char *language, const char *round,
                     struct err *err)
{
	struct buf name = { 0 };
	char *path = NULL;

	buf_printf(&name, "narratives/%s%s%s-%s.md", round ? round : "", round ? "/" : "",
	           e->form->series[e->series].id, language);
	if (name.failed)
		err_nomem(err);
	else
		path = study_path(e->study, name.data, err);
	buf_finish(&name);
	return path;
}

char *narrative_file_path(const struct edition *e, const char *language, struct err *err)
{
	return path_of(e, language, e->release->round, err);
}

/* The narrative of a language that is there; *out NULL: none is. */
static int find(char **out, const struct edition *e, const char *language, struct err *err)
{
	for (int i = 0; i < 2; i++) {
		*out = path_of(e, language, i ? NULL : e->release->round, err);
		if (!*out)
			return -1;
		if (file_exists(*out))
			return 0;
		free(*out);
		*out = NULL;
	}
	return 0;
}

const char *narrative_file_language(const struct edition *e, size_t i)
{
	char **own = e->study->report_languages;

	if (own && own[0]) {
		for (size_t k = 0; k < i; k++)
			if (!own[k])
				return NULL;
		return own[i];
	}
	return i < e->form->n_languages ? e->form->languages[i] : NULL;
}

/* The first report language that has a narrative; *path NULL: none has. */
static int find_first(char **path, const struct edition *e, struct err *err)
{
	const char *language;

	*path = NULL;
	for (size_t i = 0; !*path && (language = narrative_file_language(e, i)); i++)
		if (find(path, e, language, err))
			return -1;
	return 0;
}

/* It is missing where the others are; a file with a name that is nearly right is named. */
static int missing(const struct edition *e, const char *other, struct err *err)
{
	size_t folder = (size_t)(strrchr(other, '/') - other);
	char *path = strndup(other, folder), *near;
	struct buf name = { 0 };

	buf_printf(&name, "%s-%s.md", e->form->series[e->series].id, e->language);
	if (!path || name.failed) {
		free(path);
		buf_finish(&name);
		return err_nomem(err);
	}
	near = narrative_folder_near(e, path, name.data);
	if (near)
		err_set(err, ERR_INPUT,
		        "%s/%s: this narrative is missing, but there is %s: rename it", path,
		        name.data, near);
	else
		err_set(err, ERR_INPUT,
		        "%s/%s: this narrative is missing: the series has one in another language "
		        "(%s); write it, or take \"%s\" out of study.json's report_languages",
		        path, name.data, other, e->language);
	free(near);
	free(path);
	buf_finish(&name);
	return -1;
}

static const char *said(const struct narrative_outline *o, size_t i)
{
	return i < o->n ? o->list[i].text : "nothing more";
}

static size_t line_of(const struct narrative_outline *o, size_t i)
{
	return i < o->n ? o->list[i].line : o->n ? o->list[o->n - 1].line : 1;
}

/* The first place where two narratives do not say the same. */
static void tell_difference(struct findings *findings, const struct narrative_outline *a,
                            const char *path, const struct narrative_outline *b, const char *other)
{
	struct buf place = { 0 };
	size_t i = 0;

	while (i < a->n && i < b->n && !strcmp(a->list[i].text, b->list[i].text))
		i++;
	if (i == a->n && i == b->n)
		return;
	buf_printf(&place, "%s: line %zu", path, line_of(a, i));
	findings_add(findings, FINDING_WARNING, place.failed ? path : place.data,
	             "the languages do not say the same: “%.200s” here, “%.200s” in %s: line "
	             "%zu",
	             said(a, i), said(b, i), other, line_of(b, i));
	buf_finish(&place);
}

static int compare(const struct buf *text, const char *path, const char *other,
                   struct findings *findings, struct err *err)
{
	struct pool *pool = pool_create();
	struct narrative_outline a, b;
	struct buf first = { 0 };
	int r = -1;

	if (!pool) {
		err_nomem(err);
		goto out;
	}
	if (file_read(&first, other, NARRATIVE_FILE, err) ||
	    narrative_outline_list(&a, pool, text->data, text->len, path, err) ||
	    narrative_outline_list(&b, pool, first.data ? first.data : "", first.len, other, err))
		goto out;
	tell_difference(findings, &a, path, &b, other);
	r = 0;
out:
	buf_finish(&first);
	pool_free(pool);
	return r;
}

int narrative_file_load(struct narrative_file *out, const struct edition *e,
                        struct findings *findings, struct err *err)
{
	char *first = NULL;
	int r = -1;

	*out = (struct narrative_file){ 0 };
	if (find(&out->place, e, e->language, err) || find_first(&first, e, err))
		goto out;
	if (!out->place) {
		r = first ? missing(e, first, err) : 0;
		goto out;
	}
	buf_puts(&out->text, "");
	if (file_read(&out->text, out->place, NARRATIVE_FILE, err))
		goto out;
	if (first && strcmp(first, out->place) &&
	    compare(&out->text, out->place, first, findings, err))
		goto out;
	r = 0;
out:
	if (r)
		narrative_file_finish(out);
	free(first);
	return r;
}

void narrative_file_finish(struct narrative_file *f)
{
	free(f->place);
	buf_finish(&f->text);
	*f = (struct narrative_file){ 0 };
}
