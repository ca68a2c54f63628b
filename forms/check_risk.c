/*
 * check_risk.c - the risk report. In: a form, its study and how many responses are expected. Out:
 * findings about what could tell who somebody is, or harm people who answer.
 *
 * What clearly identifies is a warning; what the study has to decide is advice. Words are looked
 * for in six languages (check_words.c); a text in another language is judged by the others.
 */
#include "forms/check.h"

#include "forms/check_parts.h"
#include "lib/base/buf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORLD = 249 /* countries */, MANY_GROUPS = 100 };

struct risk {
	const struct form *form;
	const struct study *study; /* NULL: none */
	const struct check_match *words;
	struct findings *findings;
	struct err *err;
};

/* One text of a question, cut into words, in each language. */
struct cut {
	struct check_tokens in[FORM_LANGUAGES];
};

static int cut_text(struct cut *c, const struct risk *r, const struct form_text *t)
{
	*c = (struct cut){0};
	for (size_t i = 0; i < r->form->n_languages; i++)
		if (check_match_cut(&c->in[i], form_text(t, i), r->err) != 0)
			return -1;
	return 0;
}

static void cut_finish(struct cut *c, const struct risk *r)
{
	for (size_t i = 0; i < r->form->n_languages; i++)
		check_match_finish(&c->in[i]);
}

/* The first language whose text asks for it, or -1. */
static int asks(const struct risk *r, enum check_topic topic, const struct cut *c)
{
	for (size_t i = 0; i < r->form->n_languages; i++)
		if (check_match_asks(r->words, topic, r->form->languages[i], &c->in[i]))
			return (int)i;
	return -1;
}

/* Ids are English, or in the source language. */
static bool id_says(const struct risk *r, enum check_topic topic, const struct check_tokens *id)
{
	return check_match_find(r->words, topic, "en", id, 0) >= 0 ||
	       check_match_find(r->words, topic, r->form->languages[0], id, 0) >= 0;
}

/* --- what identifies --- */

enum { WRITTEN = 1, NUMBER = 2, DAY = 4, NO_HINT = 8, ONLY_ID = 16 };

static const struct identifying {
	enum check_topic topic;
	int types;
	const char *text;
} identifying[] = {
	{CHECK_NAME, WRITTEN, "asks for a name: leave it out"},
	{CHECK_CONTACT, WRITTEN | NUMBER,
		"asks for a phone number, an e-mail address or an account: leave it out"},
	{CHECK_ADDRESS, WRITTEN | NUMBER, "asks for an address: leave it out"},
	{CHECK_NUMBER, WRITTEN | NUMBER,
		"asks for the number of a document or a file: leave it out"},
	{CHECK_BIRTH, WRITTEN | NUMBER | DAY,
		"asks for a date or year of birth: ask for an age band instead"},
	{CHECK_DATE, WRITTEN | NUMBER,
		"asks for an exact date: use the type date, which asks for a month or a year"},
	{CHECK_AREA, WRITTEN, "asks for a place: offer broad choices, or leave it out"},
	{CHECK_WHERE, WRITTEN | NO_HINT,
		"asks where, to be answered in own words: offer broad choices, or leave it out"},
	{CHECK_ID, WRITTEN | NUMBER | ONLY_ID,
		"has an id of a question that identifies: leave it out"},
};

static int answered_as(const struct form_question *q)
{
	switch (q->type) {
	case FORM_TEXT:
	case FORM_COMMENT:
		return WRITTEN;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		return NUMBER;
	case FORM_DATE:
		return DAY;
	default:
		return 0;
	}
}

static void check_identifying(const struct risk *r, const struct form_question *q,
                              const struct cut *label, const struct cut *hint,
                              const struct check_tokens *id)
{
	for (size_t i = 0; i < sizeof identifying / sizeof *identifying; i++) {
		const struct identifying *one = &identifying[i];
		int language = -1;

		if (!(one->types & answered_as(q)))
			continue;
		if (!(one->types & ONLY_ID))
			language = asks(r, one->topic, label);
		if (language < 0 && !(one->types & (NO_HINT | ONLY_ID)))
			language = asks(r, one->topic, hint);
		if (language < 0 && !id_says(r, one->topic, id))
			continue;
		if (language > 0)
			findings_add(r->findings, FINDING_WARNING, q->id, "in \"%s\" %s",
				r->form->languages[language], one->text);
		else
			findings_add(r->findings, FINDING_WARNING, q->id, "%s", one->text);
		return;
	}
}

/* --- free text --- */

/* In which languages does nothing near the question say not to name anybody? */
static int check_naming(const struct risk *r, const struct form_question *q,
                        const struct cut *label, const struct cut *hint)
{
	const struct form *f = r->form;
	struct buf missing = {0};
	struct cut note;

	if (answered_as(q) != WRITTEN)
		return 0;
	if (cut_text(&note, r, &f->sections[q->section].note) != 0) {
		cut_finish(&note, r);
		return -1;
	}
	for (size_t i = 0; i < f->n_languages; i++) {
		const char *language = f->languages[i];

		if (check_match_knows(r->words, language) &&
		    !check_match_warns(r->words, language, &hint->in[i]) &&
		    !check_match_warns(r->words, language, &label->in[i]) &&
		    !check_match_warns(r->words, language, &note.in[i]))
			buf_printf(&missing, "%s\"%s\"", missing.len > 0 ? ", " : "", language);
	}
	cut_finish(&note, r);
	if (missing.len > 0 && !missing.failed)
		findings_add(r->findings, FINDING_WARNING, q->id,
			"is free text and does not ask people in %s to leave out names and places: "
			"say so in the hint", missing.data);
	r->findings->failed |= missing.failed;
	buf_finish(&missing);
	return 0;
}

/* --- sensitive questions --- */

static int sensitive_word(const struct risk *r, const struct form_text *t, char *word, size_t size)
{
	struct cut c;
	int status = cut_text(&c, r, t);

	for (size_t i = 0; i < r->form->n_languages && status == 0 && word[0] == '\0'; i++) {
		long at = check_match_find(r->words, CHECK_SENSITIVE, r->form->languages[i],
			&c.in[i], 0);

		if (at >= 0)
			snprintf(word, size, "%s", c.in[i].list[at].word);
	}
	cut_finish(&c, r);
	return status;
}

/* A sensitive word in the question, its rows, or choices that people pick for themselves. */
static int find_sensitive(const struct risk *r, const struct form_question *q, char *word,
                          size_t size)
{
	bool choices = q->type == FORM_SELECT_ONE || q->type == FORM_SELECT_MULTIPLE;
	int status = sensitive_word(r, &q->label, word, size);

	for (size_t i = 0; i < q->n_rows && status == 0; i++)
		status = sensitive_word(r, &q->rows[i].label, word, size);
	for (size_t i = 0; choices && i < q->n_choices && status == 0; i++)
		status = sensitive_word(r, &q->choices[i].label, word, size);
	return status;
}

static int check_sensitive(const struct risk *r, const struct form_question *q)
{
	char word[80] = "";

	if (!form_is_asked(q->type) || answered_as(q) == WRITTEN || q->type == FORM_COUNTRY)
		return 0;
	if (!q->sensitive && find_sensitive(r, q, word, sizeof word) != 0)
		return -1;
	if (word[0] != '\0')
		findings_add(r->findings, FINDING_ADVICE, q->id,
			"is about \"%s\" but not marked sensitive: mark it, so that its tables are "
			"protected more strictly", word);
	if ((q->sensitive || word[0] != '\0') && !q->decline && !q->required)
		findings_add(r->findings, FINDING_WARNING, q->id,
			"is sensitive and cannot be declined: offer \"prefer not to say\"");
	return 0;
}

/* The others that cannot be declined are one line. */
static void check_decline(const struct risk *r)
{
	struct buf ids = {0};
	size_t n = 0;

	for (size_t i = 0; i < r->form->n_questions; i++) {
		const struct form_question *q = &r->form->questions[i];

		if (!form_is_asked(q->type) || answered_as(q) == WRITTEN || q->decline ||
		    q->required || q->sensitive)
			continue;
		if (n++ < CHECK_SHOWN)
			buf_printf(&ids, "%s\"%s\"", n > 1 ? ", " : "", q->id);
	}
	if (n > 0 && !ids.failed)
		findings_add(r->findings, FINDING_ADVICE, "questionnaire",
			"%zu question%s (%s%s) cannot be declined: offer \"prefer not to say\", "
			"which "
			"is counted apart from blanks",
			n, n > 1 ? "s" : "", ids.data, n > CHECK_SHOWN ? ", ..." : "");
	r->findings->failed |= ids.failed;
	buf_finish(&ids);
}

/* --- groups --- */

static size_t cells(const struct risk *r, const struct form_question *q,
                    const struct regions *regions)
{
	bool keep = r->form->frozen.keep_country || (r->study != NULL && r->study->keep_country);

	if (q->type == FORM_COUNTRY)
		return keep ? WORLD : regions->n;
	if (q->n_choices > 0)
		return q->n_choices;
	if (q->n_bands > 0)
		return q->n_bands;
	return q->max - q->min < WORLD ? (size_t)(q->max - q->min + 1) : WORLD;
}

static bool is_visible(const struct risk *r, const struct form_question *q,
                       const struct cut *label, const struct check_tokens *id)
{
	bool choice = q->type == FORM_SELECT_ONE || q->type == FORM_SELECT_MULTIPLE;

	if (q->type == FORM_COUNTRY)
		return true;
	if (!choice && answered_as(q) != NUMBER)
		return false;
	for (int topic = CHECK_AGE; topic <= CHECK_SCHOOL; topic++)
		if (asks(r, (enum check_topic)topic, label) >= 0 ||
		    id_says(r, (enum check_topic)topic, id))
			return true;
	return choice && (asks(r, CHECK_AREA, label) >= 0 || asks(r, CHECK_WHERE, label) >= 0) &&
	       q->n_choices > 12;
}

static void check_age(const struct risk *r, const struct form_question *q,
                      const struct cut *label, const struct check_tokens *id)
{
	if (answered_as(q) == NUMBER &&
	    (asks(r, CHECK_AGE, label) >= 0 || id_says(r, CHECK_AGE, id)))
		findings_add(r->findings, FINDING_ADVICE, q->id,
			"keeps the exact age with the answers: offer age bands as choices instead");
}

static void check_groups(const struct risk *r, const struct check_group *groups, size_t n,
                         unsigned long expect)
{
	struct buf names = {0};
	double product = 1;
	size_t visible = 0, said = 0;

	for (size_t i = 0; i < n; i++) {
		visible += groups[i].visible;
		product *= groups[i].visible ? (double)groups[i].cells : 1;
	}
	for (size_t i = 0; i < n; i++) {
		if (!groups[i].visible)
			continue;
		buf_printf(&names, "%s\"%s\" (%zu)",
			said == 0	     ? ""
			: said + 1 < visible ? ", "
					     : " and ",
			groups[i].question->id, groups[i].cells);
		said++;
	}
	if (visible >= 2 && (visible >= 3 || product >= MANY_GROUPS) && !names.failed) {
		char each[80] = "";

		if (expect > 0)
			snprintf(each, sizeof each, ", with %lu responses %.1f in each", expect,
				(double)expect / product);
		findings_add(r->findings, FINDING_ADVICE, "questionnaire",
			"%s together sort people into %.0f groups%s: who is alone in a group can "
			"be "
			"recognised by others; drop a question, or use broader choices",
			names.data, product, each);
	}
	r->findings->failed |= names.failed;
	buf_finish(&names);
}

/* --- the whole --- */

/* Fills the next of `groups`, if it is one. */
static int check_question(const struct risk *r, const struct form_question *q,
                          const struct regions *regions, struct check_group *groups, size_t *n)
{
	struct check_tokens id = {0};
	struct cut label, hint = {0};
	int status = cut_text(&label, r, &q->label);

	if (status == 0)
		status = cut_text(&hint, r, &q->hint);
	if (status == 0)
		status = check_match_cut(&id, q->id, r->err);
	if (status == 0 && form_is_asked(q->type)) {
		bool visible = is_visible(r, q, &label, &id);

		check_identifying(r, q, &label, &hint, &id);
		check_age(r, q, &label, &id);
		if (check_naming(r, q, &label, &hint) != 0 || check_sensitive(r, q) != 0)
			status = -1;
		if (visible || (q->crossing && q->n_rows == 0 && answered_as(q) != WRITTEN))
			groups[(*n)++] = (struct check_group){q, cells(r, q, regions), visible};
	}
	check_match_finish(&id);
	cut_finish(&label, r);
	cut_finish(&hint, r);
	return status;
}

static void check_day(const struct risk *r, const char *place, const struct expression *e)
{
	if (expression_calls(e, "today"))
		findings_add(r->findings, FINDING_WARNING, place,
			"is asked depending on the day of the visit, so that answers tell when "
			"they "
			"were given: remove that from its condition");
}

static void check_days(const struct risk *r)
{
	const struct form *f = r->form;
	char place[CHECK_PLACE];

	for (size_t i = 0; i < f->n_sections; i++) {
		snprintf(place, sizeof place, "sections.%s", f->sections[i].id);
		check_day(r, place, f->sections[i].relevant);
	}
	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		check_day(r, q->id, q->relevant);
		for (size_t k = 0; k < q->n_rows; k++) {
			snprintf(place, sizeof place, "%s.rows.%s", q->id, q->rows[k].id);
			check_day(r, place, q->rows[k].relevant);
		}
	}
}

/* Whom to ask, where to find help, when it was asked: what staff must write themselves. */
static void check_study(const struct risk *r)
{
	const struct study *s = r->study;

	if (s == NULL)
		return;
	if (study_text(s->contact, "en")[0] == '\0')
		findings_add(r->findings, FINDING_ADVICE, "contact",
			"is empty in study.json: people cannot ask anybody about the survey");
	if (study_text(s->support, "en")[0] == '\0')
		findings_add(r->findings, FINDING_ADVICE, "support",
			"is empty in study.json: say where people find somebody to talk to");
	if (s->field_start == NULL || s->field_end == NULL)
		findings_add(r->findings, FINDING_ADVICE, "field_start, field_end",
			"empty in study.json: reports cannot say when people were asked");
	study_report_missing(r->findings, FINDING_ADVICE, &s->report);
}

static void check_settings(const struct risk *r)
{
	const struct form *f = r->form;
	bool text_region = f->frozen.text_region || (r->study != NULL && r->study->text_region);
	bool keep = f->frozen.keep_country || (r->study != NULL && r->study->keep_country);

	if (text_region && form_free_texts(f, NULL, 0) > 0)
		findings_add(r->findings, FINDING_WARNING, "text_region",
			"free texts carry the region of who wrote them, which makes writers easier to "
			"find: set \"text_region\": false in study.json");
	for (size_t i = 0; keep && i < f->n_questions; i++)
		if (f->questions[i].type == FORM_COUNTRY)
			findings_add(r->findings, FINDING_ADVICE, f->questions[i].id,
				"the country is kept with the answers, and few people answer from most "
				"countries: set \"country\": \"region\" in study.json");
}

int check_regions(struct regions **out, const struct study *study, struct err *err)
{
	return study != NULL ? study_regions(out, study, err) : regions_default(out, err);
}

int check_visible(bool *visible, const struct form *f, struct err *err)
{
	struct check_match *words = NULL;
	struct risk r = {.form = f, .err = err};
	int status = check_match_create(&words, err);

	r.words = words;
	for (size_t i = 0; i < f->n_questions && status == 0; i++) {
		struct check_tokens id = {0};
		struct cut label;

		status = cut_text(&label, &r, &f->questions[i].label);
		if (status == 0)
			status = check_match_cut(&id, f->questions[i].id, err);
		if (status == 0)
			visible[i] = form_is_asked(f->questions[i].type) &&
				is_visible(&r, &f->questions[i], &label, &id);
		check_match_finish(&id);
		cut_finish(&label, &r);
	}
	check_match_free(words);
	return status;
}

int check_risks(const struct form *f, const struct study *study, unsigned long expect,
                struct findings *findings, struct err *err)
{
	struct check_group *groups = calloc(f->n_questions + 1, sizeof *groups);
	struct regions *regions = NULL;
	struct check_match *words = NULL;
	struct risk r = {.form = f, .study = study, .findings = findings, .err = err};
	size_t n = 0;
	int status = -1;

	if (groups == NULL) {
		err_nomem(err);
		goto out;
	}
	if (check_match_create(&words, err) != 0 || check_regions(&regions, study, err) != 0)
		goto out;
	r.words = words;
	for (size_t i = 0; i < f->n_questions; i++)
		if (check_question(&r, &f->questions[i], regions, groups, &n) != 0)
			goto out;
	check_decline(&r);
	check_days(&r);
	check_settings(&r);
	check_study(&r);
	check_groups(&r, groups, n, expect);
	if (expect > 0 &&
	    check_expect(f, study, regions, expect, groups, n, findings, err) != 0)
		goto out;
	status = check_time(f, regions, words, findings, err);
out:
	check_match_free(words);
	regions_free(regions);
	free(groups);
	return status;
}
