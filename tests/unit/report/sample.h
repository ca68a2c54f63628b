/*
 * sample.h - a made-up release of a real questionnaire, for the tests of report/: every measure,
 * regions and languages, merged groups, suppressed counts, a breakdown that is not there.
 */
#ifndef TESTS_REPORT_SAMPLE_H
#define TESTS_REPORT_SAMPLE_H

#include "forms/form.h"
#include "forms/study.h"
#include "lib/release/release.h"
#include "report/edition.h"
#include "tests/unit/test.h"

#include <math.h>

enum { SAMPLE_PEOPLE = 1642, SAMPLE_REGIONS = 5, SAMPLE_LANGUAGES = 4 };

static inline char **sample_list(const char *a, const char *b, const char *c)
{
	const char *from[] = { a, b, c };
	char **list = calloc(4, sizeof *list);
	size_t n = 0;

	for (size_t i = 0; i < 3; i++)
		if (from[i])
			list[n++] = strdup(from[i]);
	return list;
}

static inline void sample_group(struct release *r, enum release_by by, const char *id, long people,
                                char **members)
{
	r->groups[r->n_groups++] = (struct release_group){ by, strdup(id), members, people };
}

static inline void sample_groups(struct release *r)
{
	r->groups = calloc(16, sizeof *r->groups);
	sample_group(r, RELEASE_TOTAL, "", SAMPLE_PEOPLE, sample_list(NULL, NULL, NULL));
	sample_group(r, RELEASE_REGION, "002", 241, sample_list("002", NULL, NULL));
	sample_group(r, RELEASE_REGION, "419", 305, sample_list("419", NULL, NULL));
	sample_group(r, RELEASE_REGION, "142", 198, sample_list("142", NULL, NULL));
	sample_group(r, RELEASE_REGION, "150", 853, sample_list("150", NULL, NULL));
	sample_group(r, RELEASE_REGION, "other", 45, sample_list("009", "021", "none"));
	sample_group(r, RELEASE_LANGUAGE, "en", 702, sample_list("en", NULL, NULL));
	sample_group(r, RELEASE_LANGUAGE, "fr", 390, sample_list("fr", NULL, NULL));
	sample_group(r, RELEASE_LANGUAGE, "ru", 311, sample_list("ru", NULL, NULL));
	sample_group(r, RELEASE_LANGUAGE, "other", 239, sample_list("ar", "es", "pt"));
}

static inline unsigned sample_random(unsigned *seed, unsigned below)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16 & 0x7fff) % below;
}

/* Share `people` out over the answers; small counts are suppressed. */
static inline void sample_slot(struct release_slot *s, size_t group, long people, size_t n,
                               bool any, unsigned *seed)
{
	long left, weights = 0, weight[256];

	s->group = group;
	s->declined = people / 60;
	s->blank = people / 90;
	s->not_asked = group % 3 ? RELEASE_SUPPRESSED : people / 20;
	s->base = people - people / 60 - people / 90 - people / 20;
	s->counts = calloc(n + 1, sizeof *s->counts);
	s->mean = s->median = NAN;
	for (size_t i = 0; i < n; i++)
		weights += weight[i % 256] = 1 + (long)sample_random(seed, 40) *
		                                         (long)sample_random(seed, 40);
	left = s->base;
	for (size_t i = 0; i < n; i++) {
		long count = any ? s->base * weight[i % 256] / 1600
		                 : s->base * weight[i % 256] / weights;

		if (!any && i + 1 == n)
			count = left;
		left -= count;
		s->counts[i] = count > 0 && count < 10 ? RELEASE_SUPPRESSED : count;
	}
}

static inline struct release_table *sample_table(struct release *r, const struct form_question *q,
                                                 const char *row, enum release_measure measure,
                                                 char **answers, size_t n, unsigned *seed)
{
	struct release_table *t = &r->tables[r->n_tables++];
	bool all = r->n_groups == 1 || r->n_tables % 7, whole = true;

	*t = (struct release_table){ .question = strdup(q->id),
		                     .row = row ? strdup(row) : NULL,
		                     .measure = measure,
		                     .answers = answers,
		                     .n_answers = n };
	t->slots = calloc(r->n_groups, sizeof *t->slots);
	for (size_t g = 0; g < r->n_groups; g++) {
		if (!all && r->groups[g].by == RELEASE_REGION)
			continue;
		sample_slot(&t->slots[t->n_slots++], g, r->groups[g].people, n,
		            measure == RELEASE_MULTIPLE || measure == RELEASE_RANKED, seed);
	}
	if (!all)
		t->note = strdup("region");
	for (size_t i = 0; i < n; i++)
		whole &= t->slots[0].counts[i] != RELEASE_SUPPRESSED;
	if (measure == RELEASE_SCALE && whole) {
		t->slots[0].mean = 6.31;
		t->slots[0].median = 7;
	}
	return t;
}

static inline char **sample_choices(const struct form_question *q, size_t *n)
{
	char **list = calloc(q->n_choices + 1, sizeof *list);

	for (size_t i = 0; i < q->n_choices; i++)
		list[i] = strdup(q->choices[i].value);
	*n = q->n_choices;
	return list;
}

static inline char **sample_numbers(long from, long to, size_t *n)
{
	char **list = calloc((size_t)(to - from) + 2, sizeof *list), text[32];

	*n = 0;
	for (long i = from; i <= to; i++) {
		snprintf(text, sizeof text, "%ld", i);
		list[(*n)++] = strdup(text);
	}
	return list;
}

static inline void sample_question(struct release *r, const struct form_question *q,
                                   unsigned *seed)
{
	char **list;
	size_t n;

	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
		list = sample_choices(q, &n);
		sample_table(r, q, NULL, q->type == FORM_SELECT_ONE ? RELEASE_CHOICE
		                                                    : RELEASE_MULTIPLE,
		             list, n, seed);
		break;
	case FORM_MATRIX:
		for (size_t i = 0; i < q->n_rows; i++) {
			list = sample_choices(q, &n);
			sample_table(r, q, q->rows[i].id, RELEASE_CHOICE, list, n, seed);
		}
		break;
	case FORM_SCALE:
		list = sample_numbers((long)q->min, (long)q->max, &n);
		sample_table(r, q, NULL, RELEASE_SCALE, list, n, seed);
		break;
	case FORM_RANKING:
		list = sample_choices(q, &n);
		sample_table(r, q, NULL, RELEASE_FIRST, list, n, seed);
		list = sample_choices(q, &n);
		sample_table(r, q, NULL, RELEASE_RANKED, list, n, seed);
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		list = sample_list("0-4", "5-19", "20+");
		sample_table(r, q, NULL, RELEASE_BANDS, list, 3, seed);
		break;
	case FORM_DATE:
		list = sample_list("2020-02", "2020-03", "2020-04");
		sample_table(r, q, NULL, RELEASE_DATE, list, 3, seed);
		break;
	case FORM_COUNTRY:
		list = sample_list("002", "419", "150");
		sample_table(r, q, NULL, RELEASE_COUNTRY, list, 3, seed);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
		list = sample_list("written", NULL, NULL);
		sample_table(r, q, NULL, RELEASE_WRITTEN, list, 1, seed);
		break;
	case FORM_CALCULATE:
	case FORM_NOTE:
		break;
	}
}

/* With `plain` there are no groups but the total, and all sums are right. */
static inline struct release *sample_release_from(const struct form *f, bool plain, unsigned seed)
{
	struct release *r = calloc(1, sizeof *r);
	size_t most = 0;

	r->study = strdup("sample");
	r->round = strdup("2020-04");
	memcpy(r->questionnaire, "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
	       65);
	r->number = 1;
	r->threshold = 10;
	r->coalition = 1;
	r->demonstration = true;
	r->people = SAMPLE_PEOPLE;
	r->set_aside = 2;
	r->suppressed_primary = 61;
	r->suppressed_complementary = 44;
	sample_groups(r);
	while (plain && r->n_groups > 1) {
		struct release_group *g = &r->groups[--r->n_groups];

		for (char **m = g->members; *m; m++)
			free(*m);
		free(g->members);
		free(g->id);
	}
	for (size_t i = 0; i < f->n_questions; i++)
		most += f->questions[i].n_rows + 2;
	r->tables = calloc(most, sizeof *r->tables);
	for (size_t i = 0; i < f->n_questions; i++)
		sample_question(r, &f->questions[i], &seed);
	return r;
}

static inline struct release *sample_release(const struct form *f, bool plain)
{
	return sample_release_from(f, plain, 7);
}

static inline struct form *sample_form(const char *path)
{
	struct findings findings = { 0 };
	struct form *f = NULL;
	struct err err;

	if (form_load(&f, path, &findings, &err))
		fail_msg("%s", err.msg);
	findings_finish(&findings);
	return f;
}

/* All that an edition borrows. */
struct sample {
	struct form *form;
	struct regions *regions;
	struct release *release;
	struct words *words;
	struct number *number;
	struct theme *theme;
	struct study study;
	struct study_text title[2];
	struct form *previous_form;
	struct release *previous;
	struct edition edition;
};

static inline void sample_start(struct sample *s, const char *form, const char *language,
                                size_t series)
{
	struct err err;

	*s = (struct sample){ 0 };
	s->form = sample_form(form);
	s->release = sample_release(s->form, false);
	s->words = words_create(words_report);
	assert_non_null(s->words);
	assert_int_equal(regions_default(&s->regions, &err), 0);
	assert_int_equal(number_create(&s->number, language, &err), 0);
	assert_int_equal(theme_load(&s->theme, "/nonexistent", &err), 0);
	s->title[0] = (struct study_text){ (char *)"en", (char *)"Our experiences, our rights" };
	s->study.title = s->title;
	s->study.field_start = (char *)"2020-04";
	s->study.field_end = (char *)"2020-06";
	s->edition = (struct edition){ .study = &s->study,
	                              .fingerprint = "12345 67890 12345 67890 12345 67890 12345 67890",
		                       .form = s->form,
		                       .regions = s->regions,
		                       .release = s->release,
		                       .words = s->words,
		                       .number = s->number,
		                       .language = language,
		                       .form_language = (size_t)form_language(s->form, language),
		                       .series = series,
		                       .number_in_series = 1,
		                       .theme = s->theme,
		                       .right_to_left = form_right_to_left(language) };
}

/* A round before, of other people: the same questionnaire, other figures. */
static inline void sample_before(struct sample *s, const char *form)
{
	s->previous_form = sample_form(form);
	s->previous = sample_release_from(s->previous_form, false, 11);
	free(s->previous->round);
	s->previous->round = strdup("2020-02");
	s->edition.previous = s->previous;
	s->edition.previous_form = s->previous_form;
	s->edition.number_in_series = 2;
}

static inline void sample_stop(struct sample *s)
{
	release_free(s->previous);
	form_free(s->previous_form);
	number_free(s->number);
	theme_free(s->theme);
	regions_free(s->regions);
	words_free(s->words);
	release_free(s->release);
	form_free(s->form);
}

#endif
