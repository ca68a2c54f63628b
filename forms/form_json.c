/*
 * form_json.c - the questionnaire's file. In: JSON text. Out: a struct form, or findings that name
 * every fault with its place. The format is survey-questionnaire(5).
 */
#include "forms/form_field.h"
#include "forms/form_read.h"

#include "forms/pool.h"
#include "forms/regions.h"
#include "lib/base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PLACE = 160 };

static bool language_code(const char *s)
{
	size_t n = strspn(s, "abcdefghijklmnopqrstuvwxyz");
	const char *more = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

	if (n < 2 || n > 3 || strlen(s) > 15)
		return false;
	return s[n] == '\0' || (s[n] == '-' && s[n + 1] != '\0' &&
	                        s[n + 1 + strspn(s + n + 1, more)] == '\0');
}

static void read_languages(struct form_reader *r, const struct json *v)
{
	struct form *f = r->form;
	size_t n;
	const struct json *item =
		form_read_array(r, "languages", v, "languages", true, FORM_LANGUAGES, &n);
	const struct json *reviewers = json_get(v, "reviewers");

	f->languages = form_read_memory(r, n + 1, sizeof *f->languages);
	f->reviewer = form_read_memory(r, n + 1, sizeof *f->reviewer);
	if (f->languages == NULL || f->reviewer == NULL)
		return;
	for (; item != NULL && f->n_languages < n; item = json_next(item)) {
		const char *code = json_string(item);

		if (code == NULL || !language_code(code))
			FORM_FAULT(r, "languages", "must be language codes such as \"fr\"");
		else if (form_language(f, code) >= 0)
			FORM_FAULT(r, "languages", "\"%s\" stands twice", code);
		else
			f->languages[f->n_languages++] = form_read_copy(r, code);
		if (r->nomem)
			return;
	}
	for (const struct json *m = json_first(reviewers); m != NULL; m = json_next(m)) {
		int language = json_name(m) ? form_language(f, json_name(m)) : -1;

		if (language < 0 || json_string(m) == NULL)
			FORM_FAULT(r, "reviewers", "must be names by language");
		else
			f->reviewer[language] = form_read_copy(r, json_string(m));
	}
}

static void read_series(struct form_reader *r, const struct json *v)
{
	static const char *const names[] = {"id", "title", "subtitle", NULL};
	struct form *f = r->form;
	const struct json *item = form_read_array(r, "series", v, "series", true, 60, &f->n_series);
	char place[PLACE];

	f->series = form_read_memory(r, f->n_series, sizeof *f->series);
	if (f->series == NULL) {
		f->n_series = 0;
		return;
	}
	for (size_t i = 0; i < f->n_series; i++, item = json_next(item)) {
		snprintf(place, sizeof place, "series[%zu]", i);
		if (!form_read_names(r, place, item, names))
			continue;
		f->series[i].id = form_read_id(r, place, item, "id", true);
		form_read_text(r, place, item, "title", true, &f->series[i].title);
		form_read_text(r, place, item, "subtitle", false, &f->series[i].subtitle);
	}
}

static void read_section_series(struct form_reader *r, const char *place, const struct json *v,
                                struct form_section *s)
{
	size_t n;
	const struct json *item = form_read_array(r, place, v, "series", false, 60, &n);

	for (; item != NULL; item = json_next(item)) {
		const char *id = json_string(item);
		bool known = false;

		for (size_t i = 0; i < r->form->n_series && id != NULL; i++) {
			if (r->form->series[i].id && strcmp(r->form->series[i].id, id) == 0) {
				s->series |= UINT64_C(1) << i;
				known = true;
			}
		}
		if (!known)
			FORM_FAULT(r, place, "unknown series \"%s\"", id ? id : "");
	}
}

/* One section and its questions, behind those that are read already. */
static void read_section(struct form_reader *r, const char *place, const struct json *v,
                         struct form_section *s, size_t index)
{
	static const char *const names[] = {"id", "title", "note", "relevant", "series",
		"questions", NULL};
	struct form *f = r->form;
	const struct json *item;
	char where[PLACE];
	size_t n;

	if (!form_read_names(r, place, v, names))
		return;
	s->id = form_read_id(r, place, v, "id", false);
	form_read_text(r, place, v, "title", true, &s->title);
	form_read_text(r, place, v, "note", false, &s->note);
	s->relevant = form_read_expression(r, place, v, "relevant", EXPRESSION_CONDITION);
	read_section_series(r, place, v, s);
	s->first = f->n_questions;
	item = form_read_array(r, place, v, "questions", true, FORM_QUESTIONS, &n);
	for (; item != NULL; item = json_next(item)) {
		struct form_question *q = &f->questions[f->n_questions];

		snprintf(where, sizeof where, "%.100s.questions[%zu]", place, s->n);
		q->section = index;
		q->index = f->n_questions++;
		s->n++;
		form_read_question(r, where, item, q);
	}
}

static size_t total_questions(const struct json *sections)
{
	size_t n = 0;

	for (const struct json *s = json_first(sections); s != NULL; s = json_next(s))
		n += json_count(json_get(s, "questions"));
	return n;
}

static void read_sections(struct form_reader *r, const struct json *v)
{
	struct form *f = r->form;
	size_t questions = total_questions(json_get(v, "sections"));
	const struct json *item;
	char place[PLACE];

	if (questions > FORM_QUESTIONS) {
		FORM_FAULT(r, "sections", "more than %d questions", FORM_QUESTIONS);
		return;
	}
	item = form_read_array(r, "sections", v, "sections", true, FORM_QUESTIONS, &f->n_sections);
	f->sections = form_read_memory(r, f->n_sections, sizeof *f->sections);
	f->questions = form_read_memory(r, questions, sizeof *f->questions);
	if (f->sections == NULL || f->questions == NULL) {
		f->n_sections = 0;
		return;
	}
	for (size_t i = 0; i < f->n_sections; i++, item = json_next(item)) {
		snprintf(place, sizeof place, "sections[%zu]", i);
		read_section(r, place, item, &f->sections[i], i);
	}
}

static void read_frozen(struct form_reader *r, const struct json *v)
{
	static const char *const names[] = {"round", "country", "text_region", "demonstration",
		"regions", NULL};
	struct form_frozen *z = &r->form->frozen;
	char *country;
	struct err err;

	if (v == NULL || !form_read_names(r, "frozen", v, names))
		return;
	z->round = form_read_string(r, "frozen", v, "round", true);
	country = form_read_string(r, "frozen", v, "country", true);
	z->keep_country = country != NULL && strcmp(country, "keep") == 0;
	if (country != NULL && !z->keep_country && strcmp(country, "region") != 0)
		FORM_FAULT(r, "frozen", "\"country\" must be \"region\" or \"keep\"");
	z->text_region = form_read_bool(r, "frozen", v, "text_region", false);
	z->demonstration = form_read_bool(r, "frozen", v, "demonstration", false);
	if (regions_read(&r->form->regions, json_get(v, "regions"), &err) != 0) {
		r->nomem |= err.code == ERR_NOMEM;
		FORM_FAULT(r, "frozen.regions", "%s", err.msg);
	}
}

/* Ids of sections, series and questions are unique. */
static void check_ids(struct form_reader *r)
{
	const struct form *f = r->form;
	char place[PLACE];

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		size_t k = q->index - f->sections[q->section].first;

		snprintf(place, sizeof place, "sections[%zu].questions[%zu]", q->section, k);
		for (size_t j = 0; j < i && q->id != NULL; j++)
			if (f->questions[j].id != NULL && strcmp(f->questions[j].id, q->id) == 0)
				FORM_FAULT(r, place, "the id \"%s\" stands twice", q->id);
		if (q->type == FORM_COUNTRY)
			for (size_t j = 0; j < i; j++)
				if (f->questions[j].type == FORM_COUNTRY)
					FORM_FAULT(r, place, "only one question can ask the country");
	}
	for (size_t i = 0; i < f->n_sections; i++)
		for (size_t j = 0; j < i; j++)
			if (f->sections[i].id && f->sections[j].id &&
			    strcmp(f->sections[i].id, f->sections[j].id) == 0)
				FORM_FAULT(r, "sections", "the id \"%s\" stands twice",
					f->sections[i].id);
	for (size_t i = 0; i < f->n_series; i++)
		for (size_t j = 0; j < i; j++)
			if (f->series[i].id && f->series[j].id &&
			    strcmp(f->series[i].id, f->series[j].id) == 0)
				FORM_FAULT(r, "series", "the id \"%s\" stands twice",
					f->series[i].id);
}

struct reference {
	struct form_reader *r;
	const char *place;
	size_t before; /* questions that may be referred to */
};

static bool field_known(const struct form *f, size_t before, const char *field)
{
	size_t n = strcspn(field, "/");

	for (size_t i = 0; i < before; i++) {
		const struct form_question *q = &f->questions[i];

		if (q->id == NULL || strncmp(q->id, field, n) != 0 || q->id[n] != '\0')
			continue;
		if (field[n] == '\0')
			return q->type != FORM_MATRIX && q->type != FORM_NOTE &&
			       q->type != FORM_TEXT && q->type != FORM_COMMENT &&
			       q->type != FORM_COUNTRY;
		for (size_t k = 0; k < q->n_rows; k++)
			if (q->rows[k].id != NULL && strcmp(q->rows[k].id, field + n + 1) == 0)
				return true;
	}
	return false;
}

static int check_field(void *ctx, const char *field)
{
	struct reference *ref = ctx;

	if (field_known(ref->r->form, ref->before, field))
		return 0;
	if (field_known(ref->r->form, ref->r->form->n_questions, field))
		FORM_FAULT(ref->r, ref->place, "${%s} is asked later: conditions look back only",
			field);
	else
		FORM_FAULT(ref->r, ref->place,
			"${%s} is no question, or free text or the country, which are not kept with "
			"the answers", field);
	return 0;
}

/*
 * Expressions refer to earlier questions whose answers are in the core record as they were given:
 * not to free text, which is a record of its own, nor to the country, which becomes a region.
 */
static void check_references(struct form_reader *r)
{
	const struct form *f = r->form;
	char place[PLACE];
	struct reference ref = {r, place, 0};

	for (size_t i = 0; i < f->n_sections; i++) {
		snprintf(place, sizeof place, "sections[%zu].relevant", i);
		ref.before = f->sections[i].first;
		expression_fields(f->sections[i].relevant, check_field, &ref);
	}
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];
		size_t k = i - f->sections[q->section].first;

		ref.before = i;
		snprintf(place, sizeof place, "sections[%zu].questions[%zu].relevant", q->section, k);
		expression_fields(q->relevant, check_field, &ref);
		for (size_t j = 0; j < q->n_rows; j++)
			expression_fields(q->rows[j].relevant, check_field, &ref);
		expression_fields(q->calculation, check_field, &ref);
		expression_fields(q->choice_filter, check_field, &ref);
		ref.before = i + 1;
		snprintf(place, sizeof place, "sections[%zu].questions[%zu].constraint", q->section,
			k);
		expression_fields(q->constraint, check_field, &ref);
	}
}

static void read_form(struct form_reader *r, const struct json *v)
{
	static const char *const names[] = {"format", "version", "id", "languages", "reviewers",
		"title", "introduction", "consent", "thanks", "series", "choices", "sections",
		"frozen", NULL};
	struct form *f = r->form;
	const char *format = json_string(json_get(v, "format"));

	if (!form_read_names(r, "questionnaire", v, names))
		return;
	if (format == NULL || strcmp(format, "peer-survey-questionnaire") != 0)
		FORM_FAULT(r, "format", "must be \"peer-survey-questionnaire\"");
	if (json_number(json_get(v, "version"), 0) != 1)
		FORM_FAULT(r, "version", "must be 1");
	f->id = form_read_id(r, "id", v, "id", true);
	read_languages(r, v);
	if (f->n_languages == 0)
		return;
	form_read_text(r, "title", v, "title", true, &f->title);
	form_read_text(r, "introduction", v, "introduction", true, &f->introduction);
	form_read_text(r, "consent", v, "consent", true, &f->consent);
	form_read_text(r, "thanks", v, "thanks", true, &f->thanks);
	form_read_lists(r, v);
	read_series(r, v);
	read_sections(r, v);
	read_frozen(r, json_get(v, "frozen"));
	check_ids(r);
	check_references(r);
}

int form_parse(struct form **out, const char *text, size_t n, struct findings *findings,
               struct err *err)
{
	struct form_reader r = {.findings = findings};
	size_t before = findings->n;
	struct json *v = NULL;
	int status = -1;

	r.form = calloc(1, sizeof *r.form);
	if (r.form == NULL || (r.form->pool = pool_create()) == NULL) {
		err_nomem(err);
		goto out;
	}
	if (json_parse(&v, text, n, err) != 0) {
		findings_add(findings, FINDING_ERROR, "JSON", "%s", err->msg);
		goto out;
	}
	read_form(&r, v);
	if (r.nomem || findings->failed) {
		err_nomem(err);
		goto out;
	}
	for (size_t i = before; i < findings->n; i++) {
		if (findings->list[i].grade == FINDING_ERROR) {
			err_set(err, ERR_INPUT, "%s: %s", findings->list[i].place,
				findings->list[i].text);
			goto out;
		}
	}
	if (form_field_index(r.form) != 0) {
		err_nomem(err);
		goto out;
	}
	*out = r.form;
	r.form = NULL;
	status = 0;
out:
	json_free(v);
	form_free(r.form);
	return status;
}

int form_load(struct form **out, const char *path, struct findings *findings, struct err *err)
{
	struct buf text = {0};
	int status = file_read(&text, path, FORM_FILE, err);

	if (status == 0 && form_parse(out, text.data, text.len, findings, err) != 0)
		status = err_prefix(err, "%s", path);
	buf_finish(&text);
	return status;
}
