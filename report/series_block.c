/*
 * series_block.c - a question enters, its tables in the release and their names leave. A matrix or
 * a ranking has several tables in the release, which are one chart and one table in a report.
 */
#include "report/series_block.h"

#include <string.h>

struct series_block series_block_of(const struct series *s, const struct form_question *q)
{
	const struct release *r = s->edition->release;
	struct series_block b = { .q = q };

	for (size_t i = 0; i < r->n_tables && b.n < SERIES_BLOCK_TABLES; i++) {
		const struct release_table *t = &r->tables[i];

		if (strcmp(t->question, q->id) || !t->n_slots)
			continue;
		if (t->measure == RELEASE_WRITTEN)
			b.written = t;
		else if (t->slots[0].base > 0)
			b.list[b.n++] = t;
	}
	return b;
}

int series_block_share(const struct release_slot *slot, size_t answer)
{
	return release_tenths(slot->counts[answer], slot->base);
}

const char *series_block_answer(struct series *s, const struct series_block *b,
                                const struct release_table *t, size_t answer)
{
	struct buf text = { 0 };

	edition_answer(&text, s->edition, b->q, t, answer);
	return series_part_text(s, &text);
}

/* What tells one table of a block from the others. */
const char *series_block_table(struct series *s, const struct series_block *b,
                               const struct release_table *t)
{
	if (t->measure == RELEASE_FIRST)
		return series_part_word(s, "question.ranking_first");
	if (t->measure == RELEASE_RANKED)
		return series_part_word(s, "question.ranking_ranked");
	for (size_t i = 0; t->row && i < b->q->n_rows; i++)
		if (!strcmp(b->q->rows[i].id, t->row))
			return edition_text(s->edition, &b->q->rows[i].label);
	return t->row ? t->row : "";
}

void series_block_note(struct series *s, const char *text)
{
	layout_paragraph_color(s->layout, LAYOUT_NOTE, "P", text, s->layout->color.muted);
}
