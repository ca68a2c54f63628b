/*
 * check_minutes.c - how long it takes. In: a form. Out: the minutes that the median of simulated
 * people needs, and advice where the introduction promises something else.
 *
 * Everything that a person is shown is read once at 200 words a minute, the lower end of adults'
 * silent reading (Brysbaert 2019 finds 238 on average), slower because it is read on a phone. The
 * seconds for controls are estimates for a phone; a pilot is better than both.
 */
#include "forms/check.h"

#include "forms/check_parts.h"
#include "forms/route.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

enum {
	PEOPLE = 201,
	WORDS_A_MINUTE = 200,
	OPENING = 10, /* seconds */
	SENDING = 10, /* seconds */
	READ_CHOICES = 15, /* of a long list: who has found the right one stops */
	LONG = 25, /* minutes that are too many */
};

/* Words to read, by language. */
struct words {
	size_t page[FORM_LANGUAGES];
	size_t *question; /* n_questions x n_languages: label, hint and choices */
	size_t *section;  /* n_sections x n_languages */
};

static int add_words(size_t *out, const struct form *f, const struct form_text *t,
                     struct err *err)
{
	for (size_t i = 0; i < f->n_languages; i++) {
		struct check_tokens tokens;

		if (check_match_cut(&tokens, form_text(t, i), err) != 0)
			return -1;
		out[i] += tokens.n;
		check_match_finish(&tokens);
	}
	return 0;
}

static int count_question(size_t *out, const struct form *f, const struct form_question *q,
                          struct err *err)
{
	if (q->type == FORM_CALCULATE)
		return 0;
	if (add_words(out, f, &q->label, err) != 0 || add_words(out, f, &q->hint, err) != 0 ||
	    add_words(out, f, &q->low, err) != 0 || add_words(out, f, &q->high, err) != 0)
		return -1;
	for (size_t i = 0; i < q->n_choices && i < READ_CHOICES; i++)
		if (add_words(out, f, &q->choices[i].label, err) != 0)
			return -1;
	for (size_t i = 0; i < q->n_rows; i++)
		if (add_words(out, f, &q->rows[i].label, err) != 0)
			return -1;
	return 0;
}

static int count_words(struct words *w, const struct form *f, struct err *err)
{
	w->question = calloc(f->n_questions * f->n_languages + 1, sizeof *w->question);
	w->section = calloc(f->n_sections * f->n_languages + 1, sizeof *w->section);
	if (w->question == NULL || w->section == NULL)
		return err_nomem(err);
	if (add_words(w->page, f, &f->title, err) != 0 ||
	    add_words(w->page, f, &f->introduction, err) != 0 ||
	    add_words(w->page, f, &f->consent, err) != 0)
		return -1;
	for (size_t i = 0; i < f->n_sections; i++) {
		size_t *out = &w->section[i * f->n_languages];

		if (add_words(out, f, &f->sections[i].title, err) != 0 ||
		    add_words(out, f, &f->sections[i].note, err) != 0)
			return -1;
	}
	for (size_t i = 0; i < f->n_questions; i++)
		if (count_question(&w->question[i * f->n_languages], f, &f->questions[i], err) != 0)
			return -1;
	return 0;
}

/* Seconds that the hands need for this person's answer. */
static double handling(const struct form_question *q, const struct answers *a)
{
	const struct answer *given = answers_get(a, q->id);
	double n = given != NULL ? (double)given->n : 0, seconds = 0;

	if (q->other_field != NULL && answers_get(a, q->other_field) != NULL)
		seconds = 15;
	switch (q->type) {
	case FORM_SELECT_ONE:
		return seconds + 2;
	case FORM_SELECT_MULTIPLE:
		return seconds + 2 + n;
	case FORM_MATRIX:
		for (size_t i = 0; i < q->n_rows; i++)
			seconds += answers_get(a, q->rows[i].field) != NULL ? 3 : 0;
		return seconds;
	case FORM_RANKING:
		return 4 * n;
	case FORM_SCALE:
		return 3;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		return 7;
	case FORM_DATE:
	case FORM_COUNTRY:
		return 8;
	case FORM_TEXT:
		return 2 + 20 * n;
	case FORM_COMMENT:
		return 3 + 60 * n;
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
	return 0;
}

static double one_person(const struct form *f, const struct words *w, const struct answers *a)
{
	int found = form_language(f, a->language);
	size_t language = found < 0 ? 0 : (size_t)found, words = w->page[language];
	size_t last = f->n_sections;
	double seconds = OPENING + SENDING;

	for (size_t i = 0; i < f->n_questions; i++) {
		const struct form_question *q = &f->questions[i];

		if (!route_asked(f, q, a))
			continue;
		if (q->section != last)
			words += w->section[q->section * f->n_languages + language];
		last = q->section;
		words += w->question[i * f->n_languages + language];
		seconds += handling(q, a);
	}
	return seconds / 60 + (double)words / WORDS_A_MINUTE;
}

static int by_value(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* The median's minutes. */
static int estimate(double *minutes, const struct form *f, const struct regions *regions,
                    struct err *err)
{
	double each[PEOPLE];
	struct words w = {0};
	int status = count_words(&w, f, err);

	for (unsigned long i = 0; i < PEOPLE && status == 0; i++) {
		struct answers *a = NULL;

		status = check_person(&a, f, regions, i, err);
		if (status == 0)
			each[i] = one_person(f, &w, a);
		answers_free(a);
	}
	if (status == 0) {
		qsort(each, PEOPLE, sizeof *each, by_value);
		*minutes = each[PEOPLE / 2];
	}
	free(w.question);
	free(w.section);
	return status;
}

double check_minutes(const struct form *f, const struct study *study, struct err *err)
{
	struct regions *regions = NULL;
	double minutes = -1;

	if (check_regions(&regions, study, err) != 0 || estimate(&minutes, f, regions, err) != 0)
		minutes = -1;
	regions_free(regions);
	return minutes;
}

/* --- what the introduction says --- */

/* A whole number in any script's digits, or -1. */
static long whole_number(const char *word)
{
	const char *end = word + strlen(word);
	long n = 0;

	while (word < end) {
		int32_t digit = u_charDigitValue(utf8_next(&word, end));

		if (digit < 0 || n > 10000)
			return -1;
		n = 10 * n + digit;
	}
	return n;
}

/* "10 to 15 minutes": the numbers before the word, at most 3 words between them. */
static bool promised(long *from, long *to, const struct check_match *words, const char *language,
                     const struct check_tokens *text)
{
	long at = -1;

	while ((at = check_match_find(words, CHECK_MINUTE, language, text, (size_t)(at + 1))) >=
		0) {
		*from = *to = -1;
		for (long i = at - 1; i >= 0 && i >= at - 4; i--) {
			long n = whole_number(text->list[i].word);

			if (text->list[i].sentence != text->list[at].sentence)
				break;
			if (n > 0 && *to < 0)
				*to = n;
			if (n > 0 && n <= *to)
				*from = n;
		}
		if (*to > 0)
			return true;
	}
	return false;
}

int check_time(const struct form *f, const struct regions *regions,
               const struct check_match *words, struct findings *findings, struct err *err)
{
	double minutes;

	if (estimate(&minutes, f, regions, err) != 0)
		return -1;
	for (size_t i = 0; i < f->n_languages; i++) {
		const char *language = f->languages[i];
		struct check_tokens text;
		long from, to;
		bool said;

		if (!check_match_knows(words, language))
			continue;
		if (check_match_cut(&text, form_text(&f->introduction, i), err) != 0)
			return -1;
		said = promised(&from, &to, words, language, &text);
		check_match_finish(&text);
		if (said && (minutes > 1.5 * (double)to || minutes < (double)from / 2))
			findings_add(findings, FINDING_ADVICE, "introduction",
				"says %ld minutes in \"%s\", but a typical person needs about "
				"%.0f: correct "
				"it%s",
				to, language, minutes, minutes > (double)to ? ", or ask less" : "");
		else if (!said && i == 0)
			findings_add(findings, FINDING_ADVICE, "introduction",
				"does not say how long it takes: about %.0f minute%s for a typical "
				"person",
				fmax(1, minutes), minutes < 1.5 ? "" : "s");
	}
	if (minutes > LONG)
		findings_add(findings, FINDING_ADVICE, "questionnaire",
			"takes a typical person about %.0f minutes, and many stop before that: ask "
			"less",
			minutes);
	return 0;
}
