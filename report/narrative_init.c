/*
 * narrative_init.c - a release enters, a complete first narrative leaves, for staff to edit: its
 * words are written out, its figures are directives. It says nothing that is not published.
 */
#include "report/narrative.h"

#include "report/narrative_callout.h"
#include "report/narrative_findings.h"
#include "report/narrative_init.h"
#include "report/narrative_words.h"

#include <string.h>

enum {
	FINDINGS = 64, /* asked for, to open chapters with */
	CALLOUTS = 3,
};

struct init {
	struct buf *out;
	const struct edition *e;
	struct figure_finding findings[FINDINGS];
	size_t n;
};

static void heading(struct init *w, const char *marks, const char *text)
{
	buf_puts(w->out, marks);
	buf_putc(w->out, ' ');
	narrative_words_escape(w->out, text);
	buf_puts(w->out, "\n\n");
}

/* "{{callout Q.A}} answered “Yes” when asked: “...”" */
static void callout(struct init *w, const struct figure_finding *f)
{
	const struct edition *e = w->e;
	struct buf answer = { 0 }, question = { 0 };

	narrative_words_answer(&answer, e, f->question, f->table, f->answer);
	narrative_words_label(&question, f->question->id, edition_text(e, &f->question->label));
	buf_puts(w->out, "{{callout ");
	narrative_words_path(w->out, f->question, f->table->row, f->table->answers[f->answer]);
	buf_puts(w->out, f->table->measure == RELEASE_FIRST ? " first}} " : "}} ");
	w->out->failed |= answer.failed || question.failed;
	if (!w->out->failed)
		words_put(w->out, e->words, e->language,
		          f->table->measure == RELEASE_FIRST ? "story.callout_first"
		                                             : "story.callout",
		          "answer", answer.data, "question", question.data, NULL);
	buf_puts(w->out, "\n");
	buf_finish(&answer);
	buf_finish(&question);
}

/* The greatest shares that are a simple fraction. */
static void callouts(struct init *w)
{
	size_t done = 0;
	int part, of;

	for (size_t i = 0; i < w->n && done < CALLOUTS; i++) {
		const struct figure_finding *f = &w->findings[i];

		if (f->kind == FIGURE_UNEVEN || f->tenths < 0 ||
		    !narrative_callout_fraction(&part, &of, f->tenths))
			continue;
		callout(w, f);
		done++;
	}
	if (done)
		buf_putc(w->out, '\n');
}

static void key_findings(struct init *w)
{
	const struct edition *e = w->e;
	struct figure_finding list[NARRATIVE_FINDINGS];
	size_t n = figure_findings(list, NARRATIVE_FINDINGS, e);

	heading(w, "#", edition_word(e, "story.findings"));
	words_put(w->out, e->words, e->language, n ? "story.findings_lead" : "story.no_findings",
	          "people", "{{number people}}", NULL);
	buf_puts(w->out, "\n\n");
	narrative_findings_write(w->out, e, list, n);
	buf_puts(w->out, "\n");
	callouts(w);
	buf_puts(w->out, "{{people}}\n\n");
	if (e->previous)
		buf_puts(w->out, "{{changes}}\n\n");
}

/* The first words of a chapter: what stands out in it. */
static void lead(struct init *w, const struct form_section *s)
{
	for (size_t i = 0; i < w->n; i++) {
		size_t q = w->findings[i].question->index;

		if (q < s->first || q >= s->first + s->n)
			continue;
		narrative_findings_sentence(w->out, w->e, &w->findings[i]);
		buf_puts(w->out, "\n\n");
		return;
	}
}

static bool is_told(const struct form_question *q)
{
	/* where people live is told in the chapter on who took part */
	return form_is_asked(q->type) && q->type != FORM_COUNTRY;
}

static void chapter(struct init *w, const struct form_section *s)
{
	const struct edition *e = w->e;
	const struct form_question *all = e->form->questions;
	const char *title = edition_text(e, &s->title);
	size_t told = 0;

	for (size_t i = s->first; i < s->first + s->n; i++)
		told += is_told(&all[i]);
	if (!told)
		return;
	buf_puts(w->out, "# ");
	if (*title)
		narrative_words_escape(w->out, title);
	else
		buf_puts(w->out, s->id);
	buf_puts(w->out, "\n\n");
	lead(w, s);
	for (size_t i = s->first; i < s->first + s->n; i++)
		if (is_told(&all[i]))
			narrative_init_question(w->out, e, &all[i]);
}

void narrative_init(struct buf *out, const struct edition *e)
{
	struct init w = { .out = out, .e = e };

	w.n = figure_findings(w.findings, FINDINGS, e);
	key_findings(&w);
	for (size_t i = 0; i < e->form->n_sections; i++)
		if (edition_has(e, &e->form->sections[i]))
			chapter(&w, &e->form->sections[i]);
}
