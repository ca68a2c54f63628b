/*
 * series_question.c - one question: its text, how it was asked, a chart, the base, tables by
 * region and language, and what is not published.
 */
#include "report/pdf_tag.h"
#include "report/series_block.h"

#include <math.h>

/* A sentence on how the question was asked, or NULL. */
static const char *how_asked(struct series *s, const struct series_block *b)
{
	const struct form_question *q = b->q;
	struct buf low = { 0 }, high = { 0 };

	switch (q->type) {
	case FORM_SELECT_MULTIPLE:
		return series_part_word(s, "question.multiple");
	case FORM_MATRIX:
		return series_part_word(s, "question.matrix");
	case FORM_SCALE:
		number_plain(&low, s->edition->number, lround(q->min));
		number_plain(&high, s->edition->number, lround(q->max));
		return series_part_fill(s, "question.scale", "min", series_part_text(s, &low),
		                        "low", edition_text(s->edition, &q->low), "max",
		                        series_part_text(s, &high), "high",
		                        edition_text(s->edition, &q->high), NULL);
	default:
		return NULL;
	}
}

/* The bases of a matrix differ from line to line; those of other blocks are one. */
static const char *base_text(struct series *s, const struct series_block *b)
{
	const struct release_slot *all = &b->list[0]->slots[0];
	long least = all->base, most = all->base;

	if (b->q->type != FORM_MATRIX)
		return series_part_fill(s, "question.base", "base",
		                        series_part_count(s, all->base), "declined",
		                        series_part_count(s, all->declined), "blank",
		                        series_part_count(s, all->blank), "not_asked",
		                        series_part_count(s, all->not_asked), NULL);
	for (size_t i = 1; i < b->n; i++) {
		long base = b->list[i]->slots[0].base;

		least = base < least ? base : least;
		most = base > most ? base : most;
	}
	if (least == most)
		return series_part_fill(s, "question.base_row", "base", series_part_count(s, least),
		                        NULL);
	return series_part_fill(s, "question.base_rows", "least", series_part_count(s, least),
	                        "most", series_part_count(s, most), NULL);
}

static void draw_base(struct series *s, const struct series_block *b)
{
	const struct release_slot *all = &b->list[0]->slots[0];
	struct buf mean = { 0 }, median = { 0 };

	series_block_note(s, base_text(s, b));
	if (b->n != 1 || isnan(all->mean) || isnan(all->median))
		return;
	number_decimal(&mean, s->edition->number, all->mean);
	number_decimal(&median, s->edition->number, all->median);
	series_block_note(s, series_part_fill(s, "question.mean", "mean",
	                                      series_part_text(s, &mean), "median",
	                                      series_part_text(s, &median), NULL));
}

/* How many wrote something: all of the question, or only in place of an "other" choice. */
static void draw_written(struct series *s, const struct release_table *t, bool own)
{
	long count = t->n_answers ? t->slots[0].counts[0] : RELEASE_SUPPRESSED;

	if (count == RELEASE_SUPPRESSED)
		series_block_note(s, series_part_word(s, own ? "question.own_protected"
		                                             : "question.written_protected"));
	else
		series_block_note(s, series_part_fill(s, own ? "question.own" : "question.written",
		                                      "count", series_part_count(s, count), NULL));
}

/* The heading with all that must stand on the page with it. */
static void draw_heading(struct series *s, const struct series_block *b)
{
	struct layout *l = s->layout;
	const char *title = edition_text(s->edition, &b->q->label), *how = how_asked(s, b);
	double h = layout_text_height(l, LAYOUT_HEADING, title, LAYOUT_COLUMN) + 56;

	h += series_chart_height(s, b);
	layout_skip(l, 2 * LAYOUT_STEP);
	layout_need(l, h);
	contents_reach(s->contents, l);
	layout_paragraph(l, LAYOUT_HEADING, "H3", title);
	if (how && b->n)
		series_block_note(s, how);
	layout_skip(l, LAYOUT_STEP / 2);
}

void series_question_block(struct series *s, const struct form_question *q)
{
	struct series_block b = series_block_of(s, q);

	pdf_tag_open(s->layout->pdf, "Sect");
	draw_heading(s, &b);
	if (b.n) {
		series_chart_draw(s, &b);
		draw_base(s, &b);
		layout_skip(s->layout, LAYOUT_STEP);
		series_figures_draw(s, &b);
	} else if (q->type == FORM_COUNTRY && !s->edition->form->frozen.keep_country) {
		series_block_note(s, series_part_fill(s, "question.country", "chapter",
		                                      series_part_word(s, "people.title"), NULL));
	} else if (!b.written) {
		series_block_note(s, series_part_word(s, "question.not_published"));
	}
	if (b.written)
		draw_written(s, b.written, q->other != NULL);
	pdf_tag_close(s->layout->pdf);
}
