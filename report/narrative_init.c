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

/* An answer to call out. */
struct call {
	const struct form_question *question;
	const struct release_table *table;
	size_t answer;
};

/* "{{callout Q.A}} answered “Yes” when asked: “...”" */
static void callout(struct init *w, const struct call *c)
{
	const struct edition *e = w->e;
	bool first = c->table->measure == RELEASE_FIRST;
	struct buf answer = { 0 }, question = { 0 };

	narrative_words_answer(&answer, e, c->question, c->table, c->answer);
	narrative_words_label(&question, c->question->id, edition_text(e, &c->question->label));
	buf_puts(w->out, "{{callout ");
	narrative_words_path(w->out, c->question, c->table->row, c->table->answers[c->answer]);
	buf_puts(w->out, first ? " first}} " : "}} ");
	w->out->failed |= answer.failed || question.failed;
	if (!w->out->failed)
		words_put(w->out, e->words, e->language,
		          first ? "story.callout_first" : "story.callout", "answer", answer.data,
		          "question", question.data, NULL);
	buf_puts(w->out, "\n");
	buf_finish(&answer);
	buf_finish(&question);
}

/* Can it be said as a simple fraction, and was nothing of its question called out? */
static bool is_call(const struct call *list, size_t n, const struct call *c, int tenths)
{
	int part, of;

	for (size_t i = 0; i < n; i++)
		if (list[i].question == c->question)
			return false;
	return tenths > 0 && narrative_callout_fraction(&part, &of, tenths);
}

/* Is the question of this series and of no other? */
static bool is_own(const struct edition *e, const struct form_question *q)
{
	uint64_t series = e->form->sections[q->section].series;

	return series == (uint64_t)1 << e->series;
}

/* The greatest share of each question of the series' own, until there are enough. */
static size_t more_calls(struct call *list, size_t n, const struct edition *e)
{
	for (size_t i = 0; i < e->form->n_questions && n < CALLOUTS; i++) {
		const struct form_question *q = &e->form->questions[i];
		const struct release_table *t;
		struct call c = { .question = q };
		int tenths = 0;

		if (!is_own(e, q) ||
		    (q->type != FORM_SELECT_ONE && q->type != FORM_SELECT_MULTIPLE) ||
		    !figure_tables(&t, 1, e->release, q) || t->slots[0].group)
			continue;
		c.table = t;
		for (size_t a = 0; a < t->n_answers; a++) {
			int share = release_tenths(t->slots[0].counts[a], t->slots[0].base);

			if (share > tenths) {
				tenths = share;
				c.answer = a;
			}
		}
		if (is_call(list, n, &c, tenths))
			list[n++] = c;
	}
	return n;
}

/* First what stands out. */
static void callouts(struct init *w)
{
	struct call list[CALLOUTS];
	size_t n = 0;

	for (size_t i = 0; i < w->n && n < CALLOUTS; i++) {
		const struct figure_finding *f = &w->findings[i];
		struct call c = { f->question, f->table, f->answer };

		if (f->kind != FIGURE_UNEVEN && is_call(list, n, &c, f->tenths))
			list[n++] = c;
	}
	n = more_calls(list, n, w->e);
	for (size_t i = 0; i < n; i++)
		callout(w, &list[i]);
	if (n)
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
	callouts(w);
	narrative_findings_write(w->out, e, list, n);
	if (n)
		buf_putc(w->out, '\n');
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
