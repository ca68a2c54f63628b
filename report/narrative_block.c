/* narrative_block.c - a paragraph that begins with a directive enters, blocks leave. */
#include "report/narrative_block.h"

#include "report/narrative_callout.h"
#include "report/narrative_findings.h"

#include <string.h>

/* One directive with the words behind it. */
struct piece {
	struct directive v;
	size_t at; /* where it begins */
	struct narrative_part words;
};

static bool starts(const struct narrative_part *p, size_t at)
{
	return at + 1 < p->end && !memcmp(p->block->text + at, "{{", 2);
}

static int read_at(struct directive *v, size_t *end, struct narrative *n,
                   const struct narrative_part *p, size_t at)
{
	struct narrative_part inner;

	return narrative_part_directive(v, &inner, end, n->d->pool, n->place, p, at, n->err);
}

int narrative_block_is(bool *out, struct narrative *n, const struct narrative_part *p)
{
	struct directive v;
	size_t end;

	*out = false;
	if (!starts(p, p->start))
		return 0;
	if (read_at(&v, &end, n, p, p->start))
		return -1;
	*out = directive_is_block(v.kind);
	return 0;
}

/* Where the next such directive begins a line. */
static int next_piece(size_t *out, struct narrative *n, const struct narrative_part *p, size_t at)
{
	const char *text = p->block->text;

	for (*out = at; *out < p->end; ++*out) {
		struct narrative_part rest = { p->block, *out, p->end };
		bool is;

		if (*out == p->start || text[*out - 1] != '\n')
			continue;
		rest = narrative_part_trim(rest);
		if (narrative_block_is(&is, n, &rest))
			return -1;
		if (is) {
			*out = rest.start;
			return 0;
		}
	}
	return 0;
}

/* A chart's or table's question must be one of the series: its figures are in the annex. */
static int ask_for(struct figure_ask *ask, struct narrative *n, const struct directive *v,
                   struct err *err)
{
	const struct edition *e = n->d->edition;
	struct directive_target t;
	const struct form_question *q;

	if (directive_target(&t, e, v->path, err))
		return -1;
	q = t.question;
	if (!edition_has(e, &e->form->sections[q->section]))
		return err_set(err, ERR_INPUT,
		               "“%s” belongs to another series: its figures are not in this one's "
		               "tables",
		               q->id);
	if (!form_is_asked(q->type))
		return err_set(err, ERR_INPUT, "“%s” asks nothing: it has no figures", q->id);
	if (t.answer && (q->type != FORM_MATRIX || t.row || v->by == FIGURE_TOTAL))
		return err_set(err, ERR_INPUT,
		               "{{%s}} shows a whole question: leave out “.%s”",
		               directive_name(v->kind), t.answer);
	*ask = (struct figure_ask){ .question = q,
		                    .row = t.row ? (int)(t.row - q->rows) : FIGURE_ALL_ROWS,
		                    .answer = t.answer,
		                    .by = v->by,
		                    .chosen = v->chosen,
		                    .kind = v->as };
	return 0;
}

static int add_figure(struct narrative *n, struct document_block *section, const struct piece *c,
                      const struct narrative_part *p)
{
	struct figure_ask ask;
	enum figure_result r;

	if (ask_for(&ask, n, &c->v, n->err))
		return narrative_part_fault(n, p, c->at);
	r = c->v.kind == DIRECTIVE_CHART ? figure_chart(n->d, section, &ask, n->err)
	                                 : figure_table(n->d, section, &ask, n->err);
	if (r == FIGURE_FAULT)
		return narrative_part_fault(n, p, c->at);
	if (r == FIGURE_NOT_PUBLISHED)
		narrative_part_hidden(n, p, c->at, &c->v);
	return 0;
}

static int add_paragraph(struct narrative *n, struct document_block *section,
                         const struct piece *c, const struct narrative_part *p)
{
	struct figure_ask ask;

	if (ask_for(&ask, n, &c->v, n->err))
		return narrative_part_fault(n, p, c->at);
	figure_paragraph(n->d, section, ask.question, ask.row, ask.by);
	return 0;
}

static int add_side(struct narrative *n, struct document_block *section, const struct piece *c,
                    const struct narrative_part *p)
{
	struct document_text text;

	if (!section->last)
		return narrative_part_refuse(
			n, p, c->at,
			"{{side}} is a note beside the block before it, and there "
			"is none in this section");
	if (narrative_text(&text, n, c->words, false))
		return -1;
	document_add(n->d, section, DOCUMENT_SIDE)->text = text;
	return 0;
}

/* A chapter that the system writes, once. */
static int add_chapter(struct narrative *n, const struct piece *c, const struct narrative_part *p)
{
	const char *id = directive_name(c->v.kind);

	if (document_find(n->d, id)) {
		err_set(n->err, ERR_INPUT, "{{%s}} stands there twice", id);
		return narrative_part_fault(n, p, c->at);
	}
	if (c->v.kind == DIRECTIVE_PEOPLE)
		figure_people(n->d);
	else
		figure_changes(n->d);
	return 0;
}

/* Words behind those that have none, no words behind those that need them. */
static int check_words(struct narrative *n, const struct piece *c, const struct narrative_part *p)
{
	bool takes = c->v.kind == DIRECTIVE_CALLOUT || c->v.kind == DIRECTIVE_SIDE;
	bool has = c->words.start < c->words.end;

	if (takes == has)
		return 0;
	err_set(n->err, ERR_INPUT,
	        takes ? "{{%s}}: words are missing behind it"
	              : "{{%s}} needs a paragraph of its own, with empty lines around it",
	        directive_name(c->v.kind));
	return narrative_part_fault(n, p, c->at);
}

static int add_piece(bool *chapter, struct narrative *n, struct document_block *section,
                     const struct piece *c, const struct narrative_part *p)
{
	bool own = c->v.kind == DIRECTIVE_PEOPLE || c->v.kind == DIRECTIVE_CHANGES;

	if (check_words(n, c, p))
		return -1;
	if (!own && (!section || *chapter))
		return narrative_part_refuse(n, p, c->at,
		                             "a chapter must be opened first: # Words");
	switch (c->v.kind) {
	case DIRECTIVE_CHART:
	case DIRECTIVE_TABLE:
		return add_figure(n, section, c, p);
	case DIRECTIVE_PARAGRAPH:
		return add_paragraph(n, section, c, p);
	case DIRECTIVE_CALLOUT:
		return narrative_callout(n, section, &c->v, p, c->at, &c->words);
	case DIRECTIVE_FINDINGS:
		return narrative_findings(n, section);
	case DIRECTIVE_SIDE:
		return add_side(n, section, c, p);
	default:
		*chapter = true;
		return add_chapter(n, c, p);
	}
}

int narrative_block(bool *chapter, struct narrative *n, struct document_block *section,
                    const struct narrative_part *p)
{
	*chapter = false;
	for (size_t at = p->start; at < p->end;) {
		struct piece c = { .at = at };
		size_t behind, next;

		if (read_at(&c.v, &behind, n, p, at) || next_piece(&next, n, p, behind))
			return -1;
		c.words = narrative_part_trim((struct narrative_part){ p->block, behind, next });
		if (add_piece(chapter, n, section, &c, p))
			return -1;
		at = next;
	}
	return document_fault(n->d, n->err) ? -1 : 0;
}
