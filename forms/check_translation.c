/*
 * check_translation.c - the questionnaire's texts in every language. In: a form. Out: findings
 * about what is missing, left as in the source language, unreviewed, repeated or too long.
 *
 * A text that equals its source is suspicious only if it reads like a sentence: names, codes and
 * numbers stay as they are, and short words ("No", "Cannabis") are the same in many languages. Many
 * short ones together are suspicious again.
 *
 * Plurals: answers are never put into texts, so no text has a counted noun whose forms could be
 * missing. What is found instead is "day(s)", which other languages cannot follow, and "${...}",
 * which XLSForm would have filled and which would stand on the page as it is.
 */
#include "forms/check_parts.h"

#include "lib/base/utf8.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

enum { MANY_SHORT = 5 };

/* What is found in one language; only the first few of a kind are named. */
struct tally {
	size_t missing, same, same_short, short_texts;
};

struct reader {
	const struct form *form;
	struct findings *findings;
	struct tally tally[FORM_LANGUAGES];
	size_t plurals;
};

/* --- untranslated --- */

struct look {
	size_t words; /* of two letters and more that are no codes ("HIV", "B12") */
	size_t small; /* of these, beginning with a small letter: no names */
};

/* One word, without what surrounds it. */
static void look_at_word(struct look *l, const char *word, const char *end)
{
	size_t letters = 0, capitals = 0, digits = 0;
	bool small = false;
	int32_t c;

	while (word < end && (c = utf8_next(&word, end)) >= 0) {
		if (u_isdigit(c))
			digits++;
		if (!u_isalpha(c))
			continue;
		if (letters++ == 0)
			small = !u_isUUppercase(c);
		capitals += u_isUUppercase(c) != 0;
	}
	if (letters < 2 || digits > 0 || capitals > 1)
		return;
	l->words++;
	l->small += small;
}

static struct look look_at(const char *text)
{
	struct look l = {0};

	while (*text != '\0') {
		size_t n = strcspn(text, " \t\n/-");

		look_at_word(&l, text, text + n);
		text += n + (text[n] != '\0');
	}
	return l;
}

/* Two languages that share their letters share short phrases, too. */
static bool reads_like_a_sentence(const struct look *l, bool other_script)
{
	return l->words >= 4 || (l->words == 3 && l->small >= 2) ||
	       (other_script && l->words >= 2 && l->small >= 1);
}

static bool other_script(const char *a, const char *b)
{
	UErrorCode status = U_ZERO_ERROR;
	UScriptCode of_a, of_b;

	return uscript_getCode(a, &of_a, 1, &status) == 1 &&
	       uscript_getCode(b, &of_b, 1, &status) == 1 && U_SUCCESS(status) && of_a != of_b;
}

static bool same_language(const char *a, const char *b)
{
	size_t n = strcspn(a, "-");

	return strncmp(a, b, n) == 0 && (b[n] == '\0' || b[n] == '-');
}

static void check_same(struct reader *r, size_t language, const char *place,
                       const struct form_text *t, const struct look *source)
{
	struct tally *tally = &r->tally[language];
	const char *from = r->form->languages[0], *to = r->form->languages[language];
	bool equal = strcmp(t->in[0], t->in[language]) == 0;

	if (source->words == 0 || same_language(from, to))
		return;
	if (!reads_like_a_sentence(source, equal && other_script(from, to))) {
		tally->short_texts++;
		tally->same_short += equal;
	} else if (equal && tally->same++ < CHECK_SHOWN) {
		findings_add(r->findings, FINDING_WARNING, place,
			"is the same in \"%s\" as in \"%s\": translate it", to, from);
	}
}

/* --- each text --- */

/* Code points that a text of this kind should not exceed; 0: any. */
static size_t most(enum check_kind kind)
{
	switch (kind) {
	case CHECK_TITLE:
		return 150;
	case CHECK_LABEL:
		return 300;
	case CHECK_HINT:
	case CHECK_SMALL:
		return 400;
	case CHECK_CHOICE:
	case CHECK_ROW:
		return 150;
	case CHECK_PAGE:
	case CHECK_NOTE:
		break;
	}
	return 0;
}

static void check_length(struct reader *r, enum check_kind kind, const char *place,
                         const struct form_text *t)
{
	size_t longest = 0, language = 0;

	for (size_t i = 0; i < r->form->n_languages; i++) {
		size_t n = t->in[i] != NULL ? utf8_length(t->in[i]) : 0;

		if (n > longest) {
			longest = n;
			language = i;
		}
	}
	if (most(kind) == 0 || longest <= most(kind))
		return;
	findings_add(r->findings, FINDING_ADVICE, place,
		"has %zu characters in \"%s\", over %zu are hard to read on a phone: %s", longest,
		r->form->languages[language], most(kind),
		kind == CHECK_LABEL ? "shorten it, or move what explains into the hint"
		                    : "shorten it");
}

static void check_signs(struct reader *r, const char *place, const char *text, size_t language)
{
	if (strstr(text, "${") != NULL)
		findings_add(r->findings, FINDING_WARNING, place,
			"holds \"${\" in \"%s\": answers are not put into texts, it would stand "
			"there as it is; word it without", r->form->languages[language]);
	if ((strstr(text, "(s)") != NULL || strstr(text, "(es)") != NULL) &&
	    r->plurals++ < CHECK_SHOWN)
		findings_add(r->findings, FINDING_ADVICE, place,
			"writes a plural with \"(s)\" in \"%s\", which is hard to read aloud and "
			"to "
			"translate: use the plural",
			r->form->languages[language]);
}

static int check_text(void *ctx, enum check_kind kind, const char *place,
                      const struct form_text *t)
{
	struct reader *r = ctx;
	struct look source = look_at(t->in[0]);

	for (size_t i = 0; i < r->form->n_languages; i++) {
		if (t->in[i] != NULL) {
			check_signs(r, place, t->in[i], i);
			if (i > 0)
				check_same(r, i, place, t, &source);
		} else if (r->tally[i].missing++ < CHECK_SHOWN) {
			findings_add(r->findings, FINDING_ERROR, place,
				"the translation into \"%s\" is missing", r->form->languages[i]);
		}
	}
	check_length(r, kind, place, t);
	return 0;
}

/* --- each list --- */

static bool same_filter(char **a, char **b)
{
	if (a == NULL || b == NULL)
		return a == b;
	for (; *a != NULL && *b != NULL; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return *a == *b;
}

static bool same_label(const struct form_text *a, const struct form_text *b, size_t language)
{
	return a->in != NULL && b->in != NULL && a->in[language] != NULL &&
	       b->in[language] != NULL && strcmp(a->in[language], b->in[language]) == 0;
}

/* The first pair of each kind is enough: whoever looks at it sees the others. */
static void check_list(struct reader *r, const char *place, const struct form_list *list)
{
	bool values = false, labels = false;

	for (size_t i = 0; i < list->n; i++) {
		for (size_t j = 0; j < i; j++) {
			const struct form_choice *a = &list->choices[j], *b = &list->choices[i];

			if (!values && strcasecmp(a->value, b->value) == 0) {
				values = true;
				findings_add(r->findings, FINDING_WARNING, place,
					"the values \"%s\" and \"%s\" differ only in capitals, "
					"which "
					"is easily confused: rename one",
					a->value, b->value);
			}
			/* choices that are never offered together may look alike */
			for (size_t k = 0; k < r->form->n_languages && !labels &&
			     same_filter(a->filter, b->filter); k++) {
				labels = same_label(&a->label, &b->label, k);
				if (labels)
					findings_add(r->findings, FINDING_WARNING, place,
						"the choices \"%s\" and \"%s\" have the same label "
						"in "
						"\"%s\": reword one",
						a->value, b->value, r->form->languages[k]);
			}
		}
	}
}

static void check_rows(struct reader *r, const struct form_question *q)
{
	for (size_t i = 0; i < q->n_rows; i++)
		for (size_t j = 0; j < i; j++)
			for (size_t k = 0; k < r->form->n_languages; k++)
				if (same_label(&q->rows[i].label, &q->rows[j].label, k)) {
					findings_add(r->findings, FINDING_WARNING, q->id,
						"the rows \"%s\" and \"%s\" have the same label in "
						"\"%s\": reword one", q->rows[j].id, q->rows[i].id,
						r->form->languages[k]);
					return;
				}
}

static void check_lists(struct reader *r)
{
	const struct form *f = r->form;
	char place[CHECK_PLACE];

	for (size_t i = 0; i < f->n_lists; i++) {
		const struct form_question *q = form_question(f, f->lists[i].name);
		bool own = q != NULL && q->list == &f->lists[i];

		snprintf(place, sizeof place, own ? "%s.choices" : "choices.%s", f->lists[i].name);
		check_list(r, place, &f->lists[i]);
	}
	for (size_t i = 0; i < f->n_questions; i++)
		check_rows(r, &f->questions[i]);
}

/* --- each language --- */

static void check_language(struct reader *r, size_t language)
{
	const struct tally *t = &r->tally[language];
	const char *code = r->form->languages[language], *source = r->form->languages[0];

	if (t->missing > CHECK_SHOWN)
		findings_add(r->findings, FINDING_ERROR, "languages",
			"%zu more translations into \"%s\" are missing", t->missing - CHECK_SHOWN,
			code);
	if (t->same > CHECK_SHOWN)
		findings_add(r->findings, FINDING_WARNING, "languages",
			"%zu more texts are the same in \"%s\" as in \"%s\": translate them",
			t->same - CHECK_SHOWN, code, source);
	if (t->same_short >= MANY_SHORT && 4 * t->same_short > t->short_texts)
		findings_add(r->findings, FINDING_WARNING, "languages",
			"%zu of %zu short texts are the same in \"%s\" as in \"%s\": have they "
			"been "
			"translated?",
			t->same_short, t->short_texts, code, source);
	if (r->form->reviewer[language] == NULL)
		findings_add(r->findings, FINDING_WARNING, "reviewers",
			"\"%s\" has not been reviewed by a native speaker: have it read, then name "
			"the reviewer", code);
}

void check_translation(const struct form *f, struct findings *findings)
{
	struct reader r = {.form = f, .findings = findings};

	check_texts(f, check_text, &r);
	check_lists(&r);
	if (r.plurals > CHECK_SHOWN)
		findings_add(findings, FINDING_ADVICE, "languages",
			"%zu more texts write a plural with \"(s)\"", r.plurals - CHECK_SHOWN);
	for (size_t i = 0; i < f->n_languages; i++)
		check_language(&r, i);
}
