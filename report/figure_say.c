/*
 * figure_say.c - a question enters, a sentence or two about it leave, by rule and only from
 * published figures. A share is called the greatest only where none is hidden, or no hidden one
 * could be greater.
 */
#include "report/figure_part.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where the two greatest published shares are; n if there are fewer. */
static void two_greatest(const struct release_slot *s, size_t n, size_t *first, size_t *second)
{
	*first = *second = n;
	for (size_t i = 0; i < n; i++) {
		if (s->counts[i] < 0)
			continue;
		if (*first == n || s->counts[i] > s->counts[*first]) {
			*second = *first;
			*first = i;
		} else if (*second == n || s->counts[i] > s->counts[*second]) {
			*second = i;
		}
	}
}

/*
 * Could a hidden count be as great as this one? Where answers add up, what is left of the base
 * bounds them; elsewhere nothing does.
 */
static bool is_surely(const struct release_table *t, size_t answer)
{
	const struct release_slot *s = &t->slots[0];
	long left = s->base;
	bool hidden = false;

	for (size_t i = 0; i < t->n_answers; i++) {
		hidden |= s->counts[i] < 0;
		left -= s->counts[i] > 0 ? s->counts[i] : 0;
	}
	return !hidden || (release_exclusive(t->measure) && left < s->counts[answer]);
}

/* A neighbour of the greatest value on a scale tells nothing. */
static bool is_in_order(const struct release_table *t)
{
	return t->measure == RELEASE_SCALE || t->measure == RELEASE_BANDS ||
	       t->measure == RELEASE_DATE;
}

static const char *say_most(struct document *d, const struct form_question *q,
                            const struct release_table *t)
{
	const struct release_slot *s = &t->slots[0];
	const char *word = "say.most_second";
	size_t a, b;

	two_greatest(s, t->n_answers, &a, &b);
	if (a == t->n_answers)
		return document_word(d, "figure.all_hidden");
	if (!is_surely(t, a))
		word = "say.share";
	else if (b == t->n_answers || !is_surely(t, b) || is_in_order(t))
		word = "say.most";
	else if (t->measure == RELEASE_FIRST)
		word = "say.first";
	b = b == t->n_answers ? a : b;
	return document_fill(d, word, "answer", figure_part_answer(d, q, t, a), "percent",
	                     document_percent(d, figure_part_share(s, a)), "base",
	                     document_count(d, s->base), "second",
	                     figure_part_answer(d, q, t, b), "second_percent",
	                     document_percent(d, figure_part_share(s, b)), NULL);
}

static void put(struct buf *out, const char *sentence)
{
	if (out->len)
		buf_putc(out, ' ');
	buf_puts(out, sentence);
}

static const char *whole(struct document *d, long value)
{
	struct buf b = { 0 };

	number_plain(&b, d->edition->number, value);
	return document_take(d, &b);
}

/* Mean and median where they are published, else the value given most often. */
static const char *say_numbers(struct document *d, const struct form_question *q,
                               const struct release_table *t)
{
	const struct release_slot *s = &t->slots[0];

	if (isnan(s->mean) || isnan(s->median))
		return say_most(d, q, t);
	if (t->measure != RELEASE_SCALE)
		return document_fill(d, "story.say_mean", "number",
		                     figure_part_decimal(d, s->mean), "other_number",
		                     figure_part_decimal(d, s->median), NULL);
	return document_fill(d, "say.scale", "min", whole(d, lround(q->min)), "max",
	                     whole(d, lround(q->max)), "mean", figure_part_decimal(d, s->mean),
	                     "median", figure_part_decimal(d, s->median), NULL);
}

/* Lines or columns between which a share differs most, published ones only. */
struct spread {
	size_t most, least;
	int most_tenths, least_tenths;
	size_t n; /* that are published */
};

static void widen(struct spread *s, size_t at, int tenths)
{
	if (tenths < 0)
		return;
	if (!s->n || tenths > s->most_tenths) {
		s->most = at;
		s->most_tenths = tenths;
	}
	if (!s->n || tenths < s->least_tenths) {
		s->least = at;
		s->least_tenths = tenths;
	}
	s->n++;
}

/* How many people of a group answered. */
static const char *base(struct document *d, const struct release_table *t, size_t group)
{
	const struct release_slot *s = release_slot(t, group);

	return s ? document_count(d, s->base) : document_word(d, "chart.protected");
}

static const char *say_rows(struct document *d, const struct figure_block *b)
{
	struct spread s = { 0 };
	size_t answer = figure_part_telling(b->list[0]);

	for (size_t i = 0; i < b->n; i++)
		if (answer < b->list[i]->n_answers)
			widen(&s, i, figure_part_share(&b->list[i]->slots[0], answer));
	if (s.n < 2) /* of one row, which is named */
		return document_fill(d, "chart.item", "label",
		                     figure_part_table(d, b->q, b->list[0]), "value",
		                     say_most(d, b->q, b->list[0]), NULL);
	return document_fill(d, s.n == b->q->n_rows ? "say.rows" : "say.rows_published", "answer",
	                     figure_part_answer(d, b->q, b->list[0], answer), "most",
	                     figure_part_table(d, b->q, b->list[s.most]), "most_percent",
	                     document_percent(d, s.most_tenths), "most_base",
	                     base(d, b->list[s.most], 0), "least",
	                     figure_part_table(d, b->q, b->list[s.least]), "least_percent",
	                     document_percent(d, s.least_tenths), "least_base",
	                     base(d, b->list[s.least], 0), NULL);
}

/* Means where at least two groups have one, or NULL. */
static const char *say_means(struct document *d, const struct figure_block *b, enum figure_by by,
                             const struct figure_side *groups)
{
	const struct release_table *t = b->list[0];
	size_t most = 0, least = 0, n = 0;
	double means[2] = { 0, 0 };
	struct buf text = { 0 };

	for (size_t k = 1; k < groups->n; k++) {
		const struct release_slot *s = release_slot(t, groups->list[k].group);

		if (!s || isnan(s->mean))
			continue;
		if (!n || s->mean > means[1]) {
			means[1] = s->mean;
			most = k;
		}
		if (!n || s->mean < means[0]) {
			means[0] = s->mean;
			least = k;
		}
		n++;
	}
	if (n < 2)
		return NULL;
	put(&text, document_fill(d, by == FIGURE_REGION ? "say.mean_region" : "say.mean_language",
	                         "most", groups->list[most].label, "most_mean",
	                         figure_part_decimal(d, means[1]), "least",
	                         groups->list[least].label, "least_mean",
	                         figure_part_decimal(d, means[0]), NULL));
	if (n + 1 < groups->n)
		put(&text, document_word(d, "figure.left_out"));
	return document_take(d, &text);
}

/* The answer whose share differs most between groups, of published ones. */
static const char *say_groups(struct document *d, const struct figure_block *b, enum figure_by by)
{
	struct figure_side groups = figure_part_groups(d, b, by);
	struct figure_side lines = figure_part_lines(d, b, NULL);
	const struct figure_item *line = NULL;
	struct spread widest = { 0 };
	const char *means = say_means(d, b, by, &groups);
	bool region = by == FIGURE_REGION;
	const char *word = region ? "say.region" : "say.language";
	struct buf text = { 0 };

	if (means)
		return means;
	for (size_t i = 0; i < lines.n; i++) {
		struct spread s = { 0 };

		for (size_t k = 1; k < groups.n; k++)
			widen(&s, k,
			      figure_part_cell(d->edition, &lines.list[i], &groups.list[k]));
		if (s.n < 2 || (line && s.most_tenths - s.least_tenths <=
		                                widest.most_tenths - widest.least_tenths))
			continue;
		widest = s;
		line = &lines.list[i];
	}
	if (!line)
		return figure_note_absent(d, b->q, by);
	if (b->whole)
		word = region ? "say.row_region" : "say.row_language";
	put(&text, document_fill(d, word, "answer",
	                         figure_part_answer(d, b->q, line->table, line->answer), "row",
	                         line->label, "most", groups.list[widest.most].label,
	                         "most_percent", document_percent(d, widest.most_tenths),
	                         "most_base",
	                         base(d, line->table, groups.list[widest.most].group), "least",
	                         groups.list[widest.least].label, "least_percent",
	                         document_percent(d, widest.least_tenths), "least_base",
	                         base(d, line->table, groups.list[widest.least].group), NULL));
	if (widest.n + 1 < groups.n)
		put(&text, document_word(d, "figure.left_out"));
	return document_take(d, &text);
}

/* The share that changed most; of a row, that row's. */
static const char *say_rounds(struct document *d, const struct figure_block *b)
{
	const struct edition *e = d->edition;
	const struct release_table *at = NULL;
	size_t answer = 0;
	int greatest = -1;

	for (size_t i = 0; i < b->n; i++) {
		const struct release_table *t = b->list[i], *was = figure_round_before(e, t);

		for (size_t k = 0; was && k < t->n_answers; k++) {
			int now = figure_part_share(&t->slots[0], k);
			int then = figure_part_share(&was->slots[0], k);

			if (now < 0 || then < 0 || abs(now - then) <= greatest)
				continue;
			greatest = abs(now - then);
			at = t;
			answer = k;
		}
	}
	if (!at || !figure_comparable(e, b->q))
		return document_word(d, "figure.round_hidden");
	return document_fill(
		d, b->whole ? "say.row_round" : "say.round", "answer",
		figure_part_answer(d, b->q, at, answer), "row", figure_part_table(d, b->q, at),
		"before", figure_round_name(d, true), "now", figure_round_name(d, false),
		"before_base", base(d, figure_round_before(e, at), 0), "base", base(d, at, 0),
		"before_percent",
		document_percent(d, figure_part_share(&figure_round_before(e, at)->slots[0],
		                                      answer)),
		"percent", document_percent(d, figure_part_share(&at->slots[0], answer)), NULL);
}

static const char *say_block(struct document *d, const struct figure_block *b, enum figure_by by)
{
	if (by == FIGURE_ROUND)
		return figure_comparable(d->edition, b->q) ? say_rounds(d, b)
		                                           : figure_note_absent(d, b->q, by);
	if (by != FIGURE_TOTAL)
		return say_groups(d, b, by);
	if (b->whole)
		return say_rows(d, b);
	if (is_in_order(b->list[0]))
		return say_numbers(d, b->q, b->list[0]);
	return say_most(d, b->q, b->list[0]);
}

const char *figure_say(struct document *d, const struct form_question *q, int row,
                       enum figure_by by)
{
	struct figure_block b = figure_part_block(d->edition, q, row);
	struct buf text = { 0 };
	const char *withheld;

	if (!b.n)
		return figure_note_nothing(d, &b);
	put(&text, say_block(d, &b, by));
	withheld = figure_note_withheld(d, &b, false);
	if (withheld)
		put(&text, withheld);
	return document_take(d, &text);
}

/*
 * Is there a chart or a table of it? Their titles have the question's words, or the heading over
 * them has.
 */
static bool is_shown(struct document *d, const struct document_block *parent, const char *words)
{
	if (strstr(document_words(d, &parent->title), words))
		return true;
	for (const struct document_block *b = parent->first; b; b = b->next)
		if ((b->kind == DOCUMENT_FIGURE || b->kind == DOCUMENT_TABLE) &&
		    strstr(document_words(d, &b->title), words))
			return true;
	return false;
}

void figure_paragraph(struct document *d, struct document_block *parent,
                      const struct form_question *q, int row, enum figure_by by)
{
	const char *title = figure_part_title(d, q, row);
	struct buf text = { 0 };

	if (!is_shown(d, parent, title))
		put(&text, title);
	put(&text, figure_say(d, q, row, by));
	document_add_text(d, parent, DOCUMENT_PARAGRAPH, document_take(d, &text));
}
