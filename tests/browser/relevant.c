/*
 * relevant.c - what the C evaluator finds asked, for the tests of the style sheet in a browser.
 *
 * usage: relevant FORM.json <BODIES
 *
 * Each line of standard input is a form-encoded body, as a browser would post it. It is decoded,
 * brought into form and pruned as the collector does; then the ids of the page's elements that
 * should be visible are written on one line: sections, questions, rows, and choices where they depend
 * on earlier answers. An id behind "?" is one
 * that the style sheet may leave visible, because CSS cannot see what it depends on.
 */
#include "collector/decode.h"
#include "forms/accept.h"
#include "forms/relevance_css.h"
#include "forms/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct run {
	const struct form *form;
	const struct relevance_css *css;
	const struct answers *answers;
};

static bool holds(const struct expression *e, const struct answers *a)
{
	struct expression_scope scope = {.answers = a};

	return e == NULL || expression_true(e, &scope);
}

/* Shown as the page does: a matrix with a row at least, a section with a question at least. */
static bool question_shown(const struct run *r, const struct form_question *q)
{
	bool any = q->n_rows == 0;

	for (size_t i = 0; i < q->n_rows; i++)
		any |= holds(q->rows[i].relevant, r->answers);
	return any && q->type != FORM_CALCULATE && holds(q->relevant, r->answers);
}

static bool question_exact(const struct run *r, const struct form_question *q)
{
	bool exact = relevance_css_exact(r->css, q->relevant);

	for (size_t i = 0; i < q->n_rows; i++)
		exact &= relevance_css_exact(r->css, q->rows[i].relevant);
	return exact;
}

/* Entries of a select are not watched: they have no place of their own on the page. */
static bool offers(const struct form_question *q)
{
	return q->choice_filter != NULL && q->type != FORM_RANKING;
}

static void say(bool shown, bool exact, const char *format, const char *id, const char *row)
{
	if (shown || !exact)
		printf(shown ? " " : " ?");
	if (shown || !exact)
		printf(format, id, row);
}

static void run_section(const struct run *r, const struct form_section *s)
{
	bool exact = relevance_css_exact(r->css, s->relevant), shown = false, all = exact;

	for (size_t i = s->first; i < s->first + s->n; i++) {
		shown |= question_shown(r, &r->form->questions[i]);
		all &= question_exact(r, &r->form->questions[i]);
	}
	shown &= holds(s->relevant, r->answers);
	say(shown, all, "s-%s%s", s->id, "");
	for (size_t i = s->first; i < s->first + s->n; i++) {
		const struct form_question *q = &r->form->questions[i];
		bool own = shown && question_shown(r, q);
		bool own_exact = exact && question_exact(r, q);

		if (q->type == FORM_CALCULATE)
			continue;
		say(own, own_exact, "q-%s%s", q->id, "");
		for (size_t k = 0; offers(q) && k < q->n_choices; k++)
			say(own && route_offered(q, &q->choices[k], r->answers), own_exact,
				"q-%s-%s", q->id, q->choices[k].value);
		for (size_t k = 0; k < q->n_rows; k++)
			say(own && holds(q->rows[k].relevant, r->answers), own_exact, "q-%s-%s",
				q->id, q->rows[k].id);
	}
}

static int run(const struct form *f, const struct relevance_css *css, const char *body)
{
	struct accept_report report = {0};
	struct decoded in;
	struct err err;
	struct run r = {f, css, NULL};

	if (decode_form(&in, body, strlen(body), f, &err) != 0) {
		fprintf(stderr, "relevant: %s\n", err.msg);
		return -1;
	}
	if (accept_answers(in.answers, f, &report, &err) < 0)
		return -1;
	r.answers = in.answers;
	for (size_t i = 0; i < f->n_sections; i++)
		run_section(&r, &f->sections[i]);
	printf("\n");
	accept_report_finish(&report);
	decode_finish(&in);
	return 0;
}

int main(int argc, char **argv)
{
	struct findings findings = {0};
	struct relevance_css *css = NULL;
	struct form *f = NULL;
	struct err err = {0};
	char *line = NULL;
	size_t cap = 0;
	int status = 1;

	if (argc != 2) {
		fprintf(stderr, "usage: relevant FORM.json <BODIES\n");
		return 2;
	}
	if (form_load(&f, argv[1], &findings, &err) != 0 ||
	    relevance_css_create(&css, f, &err) != 0) {
		fprintf(stderr, "relevant: %s\n", err.msg);
		goto out;
	}
	status = 0;
	while (status == 0 && getline(&line, &cap, stdin) > 0) {
		line[strcspn(line, "\n")] = '\0';
		status = run(f, css, line) != 0;
	}
out:
	free(line);
	relevance_css_free(css);
	form_free(f);
	findings_finish(&findings);
	return status;
}
