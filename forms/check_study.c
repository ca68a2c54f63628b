/*
 * check_study.c - study.json enters, what staff have to write or decide themselves leaves: whom to
 * ask, where to find help, when it was asked.
 */
#include "forms/check.h"

#include "forms/study_released.h"
#include "lib/base/file.h"
#include "lib/base/suggest.h"

#include <stdlib.h>
#include <string.h>

/* --- languages --- */

struct languages {
	struct findings *findings;
	enum finding_grade grade;
	const struct form *form;
	char *const *reports; /* NULL, or NULL at the end */
};

/* Is it a language of the questionnaire or of reports? Otherwise which did they mean? */
static bool is_known(const struct languages *l, struct suggest *s)
{
	for (size_t i = 0; i < l->form->n_languages; i++) {
		if (strcmp(l->form->languages[i], s->word) == 0)
			return true;
		suggest_try(s, l->form->languages[i]);
	}
	for (char *const *code = l->reports; code != NULL && *code != NULL; code++) {
		if (strcmp(*code, s->word) == 0)
			return true;
		suggest_try(s, *code);
	}
	return false;
}

static void check_texts(const struct languages *l, const char *place, const struct study_text *list)
{
	for (const struct study_text *t = list; t != NULL && t->language != NULL; t++) {
		struct suggest s = {.word = t->language};
		char meant[128];

		if (!is_known(l, &s))
			findings_add(l->findings, l->grade, place, "unknown language \"%s\"%s",
				t->language, suggest_words(meant, &s));
	}
}

void check_study_languages(struct findings *f, enum finding_grade grade, const struct form *form,
                           const struct study *s)
{
	struct languages l = {f, grade, form, s->report_languages};

	check_texts(&l, "title", s->title);
	check_texts(&l, "contact", s->contact);
	check_texts(&l, "support", s->support);
	check_texts(&l, "tab_title", s->tab_title);
	for (int i = 0; i < STUDY_IMPRINTS; i++)
		check_texts(&l, study_report_imprint((enum study_imprint)i), s->report.imprint[i]);
	for (int i = 0; i < STUDY_ITEMS; i++)
		check_texts(&l, study_report_item((enum study_item)i), s->report.items[i]);
}

/* --- rounds --- */

/* The greatest of the study, or NULL: none yet. */
static int newest(char **out, const struct study *s, struct err *err)
{
	struct err none;

	*out = NULL;
	if (study_round(out, s, NULL, &none) == 0 || none.code == ERR_INPUT)
		return 0;
	*err = none;
	return -1;
}

/* A round that is named but has no keys may be one that is misspelt. */
static int check_rounds(struct findings *f, const struct study *s, struct err *err)
{
	for (const struct study_months *m = s->rounds; m != NULL && m->round != NULL; m++) {
		char *path = study_round_path(s, m->round, "public.key", err);

		if (path == NULL)
			return -1;
		if (!file_exists(path))
			findings_add(f, FINDING_ADVICE, "rounds",
				"the study has no round \"%s\" yet: is that its name?", m->round);
		free(path);
	}
	return 0;
}

/* --- the whole --- */

int check_study(struct findings *f, const struct form *form, const struct study *s, struct err *err)
{
	char *round = NULL;

	if (newest(&round, s, err) != 0 || check_rounds(f, s, err) != 0) {
		free(round);
		return -1;
	}
	if (s->text_region && form_free_texts(form, NULL, 0) > 0)
		findings_add(f, FINDING_WARNING, "text_region", CHECK_TEXT_REGION);
	if (study_text(s->contact, "en")[0] == '\0')
		findings_add(f, FINDING_ADVICE, "contact",
			"is empty: people cannot ask anybody about the survey");
	if (study_text(s->support, "en")[0] == '\0')
		findings_add(f, FINDING_ADVICE, "support",
			"is empty: say where people find somebody to talk to");
	study_months_missing(f, FINDING_ADVICE, s, round);
	study_months_shared(f, FINDING_ADVICE, s);
	study_report_missing(f, FINDING_ADVICE, &s->report, study_months_of(s, round).published);
	check_study_languages(f, FINDING_ADVICE, form, s);
	free(round);
	return 0;
}
