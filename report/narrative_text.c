/* narrative_text.c - words with directives enter, spans of a document's text leave. */
#include "report/narrative_text.h"

#include "report/narrative_percent.h"

#include <string.h>

/* Text in the making. */
struct maker {
	struct narrative *n;
	struct narrative_part p;
	struct buf spans; /* an array of document_span */
	struct buf words; /* of the span in the making */
	struct document_span style;
	struct narrative_percent percent;
	bool lines; /* a line break stays one */
};

static bool is_space(char c)
{
	return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

/* The span in the making is complete. */
static void flush(struct maker *m)
{
	struct document_span span = m->style;

	if (!m->words.len)
		return;
	span.text = document_take(m->n->d, &m->words);
	buf_put(&m->spans, &span, sizeof span);
}

static void set_style(struct maker *m, const struct narrative_run *run, const char *language)
{
	struct document_span style = { .strong = run && run->strong,
		                       .emphasis = run && run->emphasis,
		                       .link = run ? run->link : NULL,
		                       .language = language };

	if (style.strong != m->style.strong || style.emphasis != m->style.emphasis ||
	    style.link != m->style.link || style.language != m->style.language)
		flush(m);
	m->style = style;
}

/* A directive in one brace would be printed as it stands. */
static int refuse_brace(struct maker *m, size_t at, size_t end)
{
	const char *inner = m->p.block->text + at + 1;
	size_t n = 0, left = end - at - 1;

	while (n < left && n < 80 && inner[n] != '}' && inner[n] != '\n')
		n++;
	while (n < left && ((unsigned char)inner[n] & 0xc0) == 0x80)
		n--;
	err_set(m->n->err, ERR_INPUT, "a directive stands in two braces: {{%.*s}}", (int)n, inner);
	return narrative_part_fault(m->n, &m->p, at);
}

static int refuse_percent(struct maker *m, size_t at)
{
	return narrative_part_refuse(m->n, &m->p, at,
	                             "a percentage was typed: write {{number QUESTION.ANSWER}}, or "
	                             "{{cited 45%}} for one that is not of this survey");
}

/* Words as they stand in the source; the end of a line is a space. */
static int put_source(struct maker *m, size_t start, size_t end)
{
	const char *text = m->p.block->text;

	while (start < end) {
		const struct narrative_run *run = narrative_part_run(&m->p, start);
		size_t to = run->start + run->n < end ? run->start + run->n : end;

		set_style(m, run, NULL);
		if (narrative_percent(&m->percent, text + start, to - start))
			return refuse_percent(m, start);
		for (size_t i = start; i < to; i++) {
			if (i + 1 < end && !memcmp(text + i, "}}", 2))
				return narrative_part_refuse(m->n, &m->p, i,
				                             "}} without {{ before it");
			if (text[i] == '{' && directive_begins(text + i + 1, end - i - 1))
				return refuse_brace(m, i, end);
			if (run->line_break && m->lines)
				buf_putc(&m->words, '\n');
			else
				buf_putc(&m->words, is_space(text[i]) ? ' ' : text[i]);
		}
		start = to;
	}
	return 0;
}

/* A value or a name, in the style of its place. */
static void put_value(struct maker *m, size_t at, const char *value, const char *language)
{
	set_style(m, narrative_part_run(&m->p, at), language);
	for (; *value; value++)
		buf_putc(&m->words, is_space(*value) ? ' ' : *value);
}

static int put_number(struct maker *m, const struct directive *v, size_t at)
{
	struct narrative *n = m->n;
	const struct edition *e = n->d->edition;
	bool people = !strcmp(v->path, "people") && !form_question(e->form, "people");
	struct directive_target t = { 0 };
	const char *value = NULL;
	size_t group = 0;

	if (v->group && directive_group(&group, e, v->group, n->err))
		return narrative_part_fault(n, &m->p, at);
	if (people && v->given)
		return narrative_part_refuse(n, &m->p, at, "{{number people}} has one value only");
	if (people) {
		long count = e->release->groups[group].people;

		value = count == RELEASE_SUPPRESSED ? NULL : document_count(n->d, count);
	} else if (directive_target(&t, e, v->path, n->err) ||
	           (v->kind == DIRECTIVE_CHANGE
	                    ? value_change(&value, n->d, &t, group, n->err)
	                    : value_text(&value, n->d, &t, v->value, group, n->err))) {
		return narrative_part_fault(n, &m->p, at);
	}
	if (narrative_percent_number(&m->percent))
		return narrative_part_refuse(n, &m->p, at,
		                             "a percent sign before a number: the number "
		                             "brings its own");
	if (t.question)
		narrative_part_elsewhere(n, &m->p, at, t.question);
	if (!value) {
		value = document_word(n->d, "chart.protected");
		narrative_part_hidden(n, &m->p, at, v);
	}
	put_value(m, at, value, NULL);
	return 0;
}

/* A text of the questionnaire; where it is not translated, it is in the source language. */
static void put_label(struct maker *m, size_t at, const struct form_text *t)
{
	const struct edition *e = m->n->d->edition;
	bool missing = !t->in || !t->in[e->form_language] || !*t->in[e->form_language];

	put_value(m, at, edition_text(e, t), missing ? e->form->languages[0] : NULL);
}

static int put_answer(struct maker *m, const struct directive_target *t, size_t at)
{
	struct narrative *n = m->n;
	const struct release_table *table = value_table(n->d->edition->release, t, false);
	const struct form_choice *c = form_choice(t->question, t->answer);
	struct buf b = { 0 };
	size_t i = 0;

	if (t->written)
		return narrative_part_refuse(n, &m->p, at, "“written” has no label");
	if (c) {
		put_label(m, at, &c->label);
		return 0;
	}
	while (table && i < table->n_answers && strcmp(table->answers[i], t->answer))
		i++;
	if (table && i < table->n_answers)
		edition_answer(&b, n->d->edition, t->question, table, i);
	else
		buf_puts(&b, t->answer);
	put_value(m, at, document_take(n->d, &b), NULL);
	return 0;
}

static int put_name(struct maker *m, const struct directive *v, size_t at)
{
	struct narrative *n = m->n;
	struct directive_target t;

	if (directive_target(&t, n->d->edition, v->path, n->err))
		return narrative_part_fault(n, &m->p, at);
	narrative_part_elsewhere(n, &m->p, at, t.question);
	if (t.answer)
		return put_answer(m, &t, at);
	put_label(m, at, t.row ? &t.row->label : &t.question->label);
	return 0;
}

static int put_group(struct maker *m, const struct directive *v, size_t at)
{
	struct narrative *n = m->n;
	const struct edition *e = n->d->edition;
	const struct release_group *g;
	const char *own = NULL;
	size_t group;

	if (directive_group(&group, e, v->path, n->err))
		return narrative_part_fault(n, &m->p, at);
	g = &e->release->groups[group];
	/* a language's name is in that language */
	if (g->by == RELEASE_LANGUAGE && g->members[0] && !g->members[1] &&
	    strcmp(g->members[0], "none"))
		own = strcmp(g->members[0], e->language) ? g->members[0] : NULL;
	put_value(m, at, document_group(n->d, g), own);
	return 0;
}

static int put_title(struct maker *m, const struct directive *v, size_t at)
{
	const struct form_section *s;

	if (directive_section(&s, m->n->d->edition, v->path, m->n->err))
		return narrative_part_fault(m->n, &m->p, at);
	put_label(m, at, &s->title);
	return 0;
}

/* A percentage from elsewhere, as it was typed. */
static int put_cited(struct maker *m, const struct narrative_part *words, size_t at)
{
	struct narrative_percent seen = { 0 };
	const char *text = words->block->text;

	if (narrative_part_next(words, words->start) < words->end)
		return narrative_part_refuse(m->n, &m->p, at,
		                             "{{cited}}: no directive can stand within it");
	if (!narrative_percent(&seen, text + words->start, words->end - words->start) &&
	    !narrative_percent_end(&seen))
		return narrative_part_refuse(m->n, &m->p, at,
		                             "{{cited}}: there is no percentage in it, for example "
		                             "{{cited 45%}}");
	narrative_percent_number(&m->percent);
	set_style(m, narrative_part_run(&m->p, at), NULL);
	for (size_t i = words->start; i < words->end; i++)
		buf_putc(&m->words, is_space(text[i]) ? ' ' : text[i]);
	return 0;
}

/* Its mark stands directly behind the word before it. */
static int put_note(struct maker *m, const struct narrative_part *words, size_t at)
{
	struct document_text *note = document_array(m->n->d, 1, sizeof *note);
	struct document_span span = m->style, *last;

	if (document_fault(m->n->d, m->n->err))
		return -1;
	if (narrative_text(note, m->n, *words, false))
		return -1;
	while (m->words.len && m->words.data[m->words.len - 1] == ' ')
		m->words.data[--m->words.len] = '\0';
	flush(m);
	if (m->spans.failed)
		return err_nomem(m->n->err);
	last = m->spans.len ? (struct document_span *)(void *)(m->spans.data + m->spans.len) - 1
	                    : NULL;
	if (!last)
		return narrative_part_refuse(m->n, &m->p, at,
		                             "{{note}}: words must stand before it");
	if (!last->note) {
		last->note = note;
		return 0;
	}
	span.text = "";
	span.note = note;
	buf_put(&m->spans, &span, sizeof span);
	return 0;
}

static int put_directive(struct maker *m, size_t *at, bool notes)
{
	struct narrative *n = m->n;
	struct narrative_part inner, words;
	struct directive v;
	size_t start = *at;

	if (narrative_part_directive(&v, &inner, at, n->d->pool, n->place, &m->p, start, n->err))
		return -1;
	words = (struct narrative_part){ m->p.block, inner.start + v.words,
		                         inner.start + v.words + v.n_words };
	switch (v.kind) {
	case DIRECTIVE_NUMBER:
	case DIRECTIVE_CHANGE:
		return put_number(m, &v, start);
	case DIRECTIVE_LABEL:
		m->percent = (struct narrative_percent){ 0 };
		return put_name(m, &v, start);
	case DIRECTIVE_GROUP:
		m->percent = (struct narrative_percent){ 0 };
		return put_group(m, &v, start);
	case DIRECTIVE_TITLE:
		m->percent = (struct narrative_percent){ 0 };
		return put_title(m, &v, start);
	case DIRECTIVE_NOTE:
		if (!notes)
			return narrative_part_refuse(n, &m->p, start, "{{note}} has no place here");
		return put_note(m, &words, start);
	case DIRECTIVE_CITED:
		return put_cited(m, &words, start);
	default:
		err_set(n->err, ERR_INPUT,
		        "{{%s}} cannot stand within a text: it needs a paragraph of its own, with "
		        "empty lines around it",
		        directive_name(v.kind));
		return narrative_part_fault(n, &m->p, start);
	}
}

/* The spans become a text of the document. */
static int finish(struct document_text *out, struct maker *m)
{
	struct document_span *spans;

	while (m->words.len && m->words.data[m->words.len - 1] == ' ')
		m->words.data[--m->words.len] = '\0';
	flush(m);
	if (m->spans.failed)
		return err_nomem(m->n->err);
	out->n = m->spans.len / sizeof *spans;
	spans = document_array(m->n->d, out->n, sizeof *spans);
	if (document_fault(m->n->d, m->n->err))
		return -1;
	if (out->n)
		memcpy(spans, m->spans.data, m->spans.len);
	out->spans = spans;
	return 0;
}

int narrative_text(struct document_text *out, struct narrative *n, struct narrative_part p,
                   bool notes)
{
	struct maker m = { .n = n, .p = narrative_part_trim(p), .lines = notes };
	size_t at = m.p.start;
	int r = 0;

	*out = (struct document_text){ 0 };
	while (!r && at < m.p.end) {
		size_t next = narrative_part_next(&m.p, at);

		r = put_source(&m, at, next);
		at = next;
		if (!r && at < m.p.end)
			r = put_directive(&m, &at, notes);
	}
	if (!r && narrative_percent_end(&m.percent))
		r = refuse_percent(&m, m.p.end - 1);
	if (!r)
		r = finish(out, &m);
	buf_finish(&m.spans);
	buf_finish(&m.words);
	return r;
}
