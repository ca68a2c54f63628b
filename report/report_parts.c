/* report_parts.c - a round enters, the list of its reports leaves: every series, every language. */
#include "report/report.h"

#include "report/layout.h"
#include "report/narrative_file.h"
#include "report/series.h"
#include "report/web.h"

#include <stdlib.h>
#include <string.h>

void report_part_name(struct buf *out, const struct report_part *p)
{
	const struct edition *e = &p->edition;

	buf_printf(out, "%s-%s", e->form->series[e->series].id, e->language);
}

static int part_create(struct report_part *p, const struct report_round *r, size_t series,
                       const char *language, struct err *err)
{
	int index = form_language(r->form, language);

	if (index < 0)
		return err_set(err, ERR_INPUT,
		               "study.json: report_languages: \"%s\" is not a language of the "
		               "questionnaire",
		               language);
	if (!words_has(r->words, language))
		return err_set(err, ERR_INPUT,
		               "the words of reports are not translated into \"%s\"", language);
	if (number_create(&p->number, language, err))
		return -1;
	p->edition = (struct edition){
		.study = r->study,
		.fingerprint = r->fingerprint,
		.custodians = r->custodians,
		.quorum = r->quorum,
		.form = r->form,
		.regions = r->form->regions,
		.release = r->release,
		.words = r->words,
		.number = p->number,
		.language = language,
		.form_language = (size_t)index,
		.series = series,
		.number_in_series = r->number,
		.right_to_left = form_right_to_left(language),
		.previous = r->previous,
		.previous_form = r->previous_form,
		.theme = r->theme,
	};
	return 0;
}

/* The study's report languages, by default those of the questionnaire. */
static size_t languages_of(char **out[], const struct report_round *r)
{
	size_t n = 0;

	*out = r->study->report_languages;
	if (!*out || !(*out)[0]) {
		*out = r->form->languages;
		return r->form->n_languages;
	}
	while ((*out)[n])
		n++;
	return n;
}

static int check_names(const struct report_round *r, const struct report_request *request,
                       char **languages, size_t n, struct err *err)
{
	bool series = !request->series, language = !request->language;

	for (size_t i = 0; i < r->form->n_series; i++)
		series |= request->series && !strcmp(request->series, r->form->series[i].id);
	for (size_t i = 0; i < n; i++)
		language |= request->language && !strcmp(request->language, languages[i]);
	if (!series)
		return err_set(err, ERR_INPUT, "the questionnaire has no series \"%s\"",
		               request->series);
	if (!language)
		return err_set(err, ERR_INPUT, "\"%s\" is not a report language of the study",
		               request->language);
	return 0;
}

/* Every report knows the languages that its series is made in. */
static int add_languages(struct report_part *list, size_t n, struct err *err)
{
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;

		list[i].languages = calloc(n + 1, sizeof *list[i].languages);
		if (!list[i].languages)
			return err_nomem(err);
		for (size_t other = 0; other < n; other++)
			if (list[other].edition.series == list[i].edition.series)
				list[i].languages[k++] = list[other].edition.language;
		list[i].edition.languages = k > 1 ? list[i].languages : NULL;
	}
	return 0;
}

int report_parts(struct report_part **out, size_t *n, const struct report_round *r,
                 const struct report_request *request, struct err *err)
{
	char **languages;
	size_t n_languages = languages_of(&languages, r);

	*n = 0;
	*out = NULL;
	if (check_names(r, request, languages, n_languages, err))
		return -1;
	*out = calloc(n_languages * r->form->n_series + 1, sizeof **out);
	if (!*out)
		return err_nomem(err);
	for (size_t i = 0; i < n_languages; i++) {
		if (request->language && strcmp(request->language, languages[i]))
			continue;
		for (size_t s = 0; s < r->form->n_series; s++) {
			if (request->series && strcmp(request->series, r->form->series[s].id))
				continue;
			if (part_create(&(*out)[(*n)++], r, s, languages[i], err))
				return -1;
		}
	}
	return add_languages(*out, *n, err);
}

void report_parts_free(struct report_part *list, size_t n)
{
	for (size_t i = 0; list && i < n; i++) {
		number_free(list[i].number);
		free(list[i].languages);
	}
	free(list);
}

int report_make(struct buf *out, const struct report_part *p, bool html, struct findings *findings,
                struct err *err)
{
	struct narrative_file file = { 0 };
	struct document *d = NULL;
	int r = -1;

	if (narrative_file_load(&file, &p->edition, findings, err))
		return -1;
	struct series_story story = { file.place ? file.text.data : NULL, file.text.len,
		                      file.place };

	if (series_compose(&d, &p->edition, &story, findings, err))
		goto out;
	r = html ? web_write(out, d, findings, err) : layout_write(out, d, findings, err);
out:
	document_free(d);
	narrative_file_finish(&file);
	return r;
}
