/*
 * figure_note.c - the small print of a question: its base, how it was asked, mean and median, what
 * is not published and why.
 */
#include "report/figure_part.h"

#include <math.h>

/* A sentence on how the question was asked, or NULL. */
static const char *how_asked(struct document *d, const struct form_question *q)
{
	struct buf low = { 0 }, high = { 0 };

	switch (q->type) {
	case FORM_SELECT_MULTIPLE:
		return document_word(d, "question.multiple");
	case FORM_RANKING:
		number_plain(&low, d->edition->number, (long)q->ranks);
		return document_fill(d, "figure.ranking", "ranks", document_take(d, &low), NULL);
	case FORM_SCALE:
		number_plain(&low, d->edition->number, lround(q->min));
		number_plain(&high, d->edition->number, lround(q->max));
		return document_fill(d, "question.scale", "min", document_take(d, &low), "low",
		                     edition_text(d->edition, &q->low), "max",
		                     document_take(d, &high), "high",
		                     edition_text(d->edition, &q->high), NULL);
	default:
		return NULL;
	}
}

/* The bases of a matrix differ from line to line; those of other questions are one. */
const char *figure_note_base(struct document *d, const struct figure_block *b)
{
	const struct release_slot *all = &b->list[0]->slots[0];
	long least = all->base, most = all->base;

	if (!b->whole)
		return document_fill(d, "question.base", "base", document_count(d, all->base),
		                     "declined", document_count(d, all->declined), "blank",
		                     document_count(d, all->blank), "not_asked",
		                     document_count(d, all->not_asked), NULL);
	for (size_t i = 1; i < b->n; i++) {
		long base = b->list[i]->slots[0].base;

		least = base < least ? base : least;
		most = base > most ? base : most;
	}
	if (least == most)
		return document_fill(d, "question.base_row", "base", document_count(d, least),
		                     NULL);
	return document_fill(d, "question.base_rows", "least", document_count(d, least), "most",
	                     document_count(d, most), NULL);
}

static const char *averages(struct document *d, const struct figure_block *b)
{
	const struct release_slot *all = &b->list[0]->slots[0];

	if (b->n != 1 || isnan(all->mean) || isnan(all->median))
		return NULL;
	return document_fill(d, "question.mean", "mean", figure_part_decimal(d, all->mean),
	                     "median", figure_part_decimal(d, all->median), NULL);
}

static void put(struct buf *out, const char *sentence)
{
	if (!sentence)
		return;
	if (out->len)
		buf_putc(out, ' ');
	buf_puts(out, sentence);
}

const char *figure_note_short(struct document *d, const struct figure_block *b)
{
	struct buf text = { 0 };

	put(&text, figure_note_base(d, b));
	put(&text, how_asked(d, b->q));
	put(&text, averages(d, b));
	return document_take(d, &text);
}

/* The base in both rounds, and what a difference is not. */
static const char *rounds_base(struct document *d, const struct figure_block *b)
{
	const struct release_table *was = figure_round_before(d->edition, b->list[0]);

	if (b->whole || !was)
		return document_fill(d, "figure.rounds", "before", figure_round_name(d, true),
		                     "now", figure_round_name(d, false), NULL);
	return document_fill(d, "figure.rounds_base", "before", figure_round_name(d, true), "now",
	                     figure_round_name(d, false), "before_base",
	                     document_count(d, was->slots[0].base), "base",
	                     document_count(d, b->list[0]->slots[0].base), NULL);
}

static const char *no_round(struct document *d, const struct form_question *q)
{
	switch (figure_round_state(d->edition, q)) {
	case FIGURE_ROUND_FIRST:
		return document_word(d, "figure.no_round");
	case FIGURE_ROUND_NEW:
		return document_word(d, "figure.round_new");
	case FIGURE_ROUND_CHANGED:
		return document_word(d, "figure.round_changed");
	case FIGURE_ROUND_HIDDEN:
		return document_word(d, "figure.round_hidden");
	case FIGURE_ROUND_SAME:
		break;
	}
	return NULL;
}

const char *figure_note_absent(struct document *d, const struct form_question *q,
                               enum figure_by by)
{
	switch (by) {
	case FIGURE_REGION:
		return document_word(d, q->type == FORM_COUNTRY ? "figure.no_countries"
		                                                : "question.not_by_region");
	case FIGURE_LANGUAGE:
		return document_word(d, "question.not_by_language");
	case FIGURE_ROUND:
		return no_round(d, q);
	case FIGURE_TOTAL:
		break;
	}
	return NULL;
}

/* How many wrote something: all of the question, or only in place of an "other" choice. */
static const char *written(struct document *d, const struct figure_block *b)
{
	bool own = b->q->other != NULL;
	long count = b->written ? b->written->slots[0].counts[0] : RELEASE_SUPPRESSED;

	if (!b->written)
		return NULL;
	if (count == RELEASE_SUPPRESSED)
		return document_word(d, own ? "question.own_protected"
		                            : "question.written_protected");
	return document_fill(d, own ? "question.own" : "question.written", "count",
	                     document_count(d, count), NULL);
}

static void add(struct document *d, struct document_block *parent, const char *text)
{
	if (text && *text)
		document_add_text(d, parent, DOCUMENT_NOTE, text);
}

void figure_note_add(struct document *d, struct document_block *parent,
                     const struct figure_notes *n)
{
	struct buf text = { 0 };

	put(&text, n->shown);
	put(&text, n->by == FIGURE_ROUND ? rounds_base(d, n->block)
	                                 : figure_note_short(d, n->block));
	if (n->hatched)
		put(&text, document_word(d, "figure.hatched"));
	add(d, parent, document_take(d, &text));
	if (n->by != n->wanted)
		add(d, parent, figure_note_absent(d, n->block->q, n->wanted));
	if (n->wanted == FIGURE_TOTAL)
		add(d, parent, written(d, n->block));
}

const char *figure_note_nothing(struct document *d, const struct figure_block *b)
{
	bool text = b->q->type == FORM_TEXT || b->q->type == FORM_COMMENT;

	if (b->q->type == FORM_COUNTRY && !d->edition->form->frozen.keep_country)
		return document_fill(d, "question.country", "chapter",
		                     document_word(d, "people.title"), NULL);
	return text && b->written ? written(d, b) : document_word(d, "question.not_published");
}

/* It stands where a title would: it names the question. */
void figure_note_missing(struct document *d, struct document_block *parent,
                         const struct figure_block *b)
{
	struct buf text = { 0 };

	put(&text, edition_text(d->edition, &b->q->label));
	put(&text, figure_note_nothing(d, b));
	add(d, parent, document_take(d, &text));
}
