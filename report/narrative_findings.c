/* narrative_findings.c - findings by rule enter, sentences with directives leave, in a list. */
#include "report/narrative_findings.h"

#include "report/narrative_build.h"
#include "report/narrative_words.h"

/* The places of a sentence, as Markdown. */
struct places {
	struct buf answer, question, number, base, change;
	struct buf least, least_group, least_base, most, most_group, most_base;
};

static const char *text(const struct buf *b)
{
	return b->failed || !b->data ? "" : b->data;
}

static void fill(struct places *p, const struct edition *e, const struct figure_finding *f)
{
	narrative_words_answer(&p->answer, e, f->question, f->table, f->answer);
	narrative_words_label(&p->question, f->question->id, edition_text(e, &f->question->label));
	narrative_words_number(&p->number, e, f->table, f->answer, 0);
	narrative_words_base(&p->base, e, f->table, 0);
	if (f->kind == FIGURE_CHANGED)
		narrative_words_change(&p->change, f->table, f->answer);
	if (f->kind == FIGURE_UNEVEN) {
		narrative_words_number(&p->least, e, f->table, f->answer, f->least);
		narrative_words_number(&p->most, e, f->table, f->answer, f->most);
		narrative_words_base(&p->least_base, e, f->table, f->least);
		narrative_words_base(&p->most_base, e, f->table, f->most);
		narrative_words_group(&p->least_group, e, f->least);
		narrative_words_group(&p->most_group, e, f->most);
	}
}

static void finish(struct buf *out, struct places *p)
{
	struct buf *all[] = { &p->answer, &p->question,    &p->number,     &p->base, &p->change,
		              &p->least,  &p->least_group, &p->least_base, &p->most, &p->most_group,
		              &p->most_base };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		out->failed |= all[i]->failed;
		buf_finish(all[i]);
	}
}

void narrative_findings_sentence(struct buf *out, const struct edition *e,
                                 const struct figure_finding *f)
{
	static const char *const words[] = {
		[FIGURE_LARGEST] = "story.largest",
		[FIGURE_UNEVEN] = "story.uneven",
		[FIGURE_CHANGED] = "story.changed",
	};
	bool first = f->kind == FIGURE_LARGEST && f->table->measure == RELEASE_FIRST;
	struct places p = { 0 };

	fill(&p, e, f);
	words_put(out, e->words, e->language, first ? "story.largest_first" : words[f->kind],
	          "answer", text(&p.answer), "question", text(&p.question), "number",
	          text(&p.number), "base", text(&p.base), "change", text(&p.change), "least",
	          text(&p.least), "least_group", text(&p.least_group), "least_base",
	          text(&p.least_base), "most", text(&p.most), "most_group",
	          text(&p.most_group), "most_base", text(&p.most_base), NULL);
	finish(out, &p);
}

void narrative_findings_write(struct buf *out, const struct edition *e,
                              const struct figure_finding *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		buf_puts(out, "- ");
		narrative_findings_sentence(out, e, &list[i]);
		buf_putc(out, '\n');
	}
}

int narrative_findings(struct narrative *n, struct document_block *parent)
{
	const struct edition *e = n->d->edition;
	struct figure_finding list[NARRATIVE_FINDINGS];
	size_t found = figure_findings(list, NARRATIVE_FINDINGS, e);
	struct buf b = { 0 };
	int r;

	narrative_findings_write(&b, e, list, found);
	if (!found)
		narrative_words_escape(&b, edition_word(e, "story.no_findings"));
	r = b.failed ? err_nomem(n->err) : narrative_build_at(n, parent, b.data, b.len);
	buf_finish(&b);
	return r;
}
