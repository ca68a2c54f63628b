/* narrative_init_question.c - a question's tables enter, Markdown that tells of them leaves. */
#include "report/figure.h"
#include "report/narrative_init.h"
#include "report/narrative_words.h"

#include <math.h>
#include <string.h>

enum { TABLES = 256 };

/* An answer of a table. */
struct pick {
	const struct release_table *table;
	size_t answer;
	int tenths; /* -1: there is none */
};

/* Shares that differ between two groups. */
struct gap {
	struct pick pick;
	size_t least, most; /* groups */
	int tenths;
};

struct places {
	struct buf answer, number, other, other_number;
};

static int share(const struct release_table *t, size_t slot, size_t answer)
{
	return release_tenths(t->slots[slot].counts[answer], t->slots[slot].base);
}

static bool has_total(const struct release_table *t)
{
	return t->n_slots && t->slots[0].group == 0;
}

/* The greatest share of everyone but that of `but`. */
static struct pick greatest(const struct release_table *t, const struct pick *but)
{
	struct pick p = { t, 0, -1 };

	for (size_t i = 0; has_total(t) && i < t->n_answers; i++) {
		int tenths = share(t, 0, i);

		if (tenths > p.tenths && !(but && but->answer == i)) {
			p.answer = i;
			p.tenths = tenths;
		}
	}
	return p;
}

static void put_pick(struct buf *answer, struct buf *number, const struct edition *e,
                     const struct form_question *q, const struct pick *p)
{
	narrative_words_answer(answer, e, q, p->table, p->answer);
	narrative_words_number(number, e, p->table, p->answer, 0);
}

static void finish(struct buf *out, const struct edition *e, const char *word, struct places *p)
{
	struct buf *all[] = { &p->answer, &p->number, &p->other, &p->other_number };

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		buf_puts(all[i], "");
		out->failed |= all[i]->failed;
	}
	if (!out->failed)
		words_put(out, e->words, e->language, word, "answer", p->answer.data, "number",
		          p->number.data, "other", p->other.data, "other_number",
		          p->other_number.data, NULL);
	buf_puts(out, "\n\n");
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		buf_finish(all[i]);
}

/* The answer given most often, and the next. False: neither is published. */
static bool say_most(struct buf *out, const struct edition *e, const struct form_question *q,
                     const struct release_table *t)
{
	struct pick first = greatest(t, NULL), second = greatest(t, &first);
	struct places p = { 0 };

	if (first.tenths <= 0)
		return false;
	put_pick(&p.answer, &p.number, e, q, &first);
	if (t->measure == RELEASE_FIRST) {
		finish(out, e, "story.say_ranking", &p);
	} else if (second.tenths <= 0) {
		finish(out, e, "story.say_one", &p);
	} else {
		put_pick(&p.other, &p.other_number, e, q, &second);
		finish(out, e, "story.say_two", &p);
	}
	return true;
}

static bool say_mean(struct buf *out, const struct edition *e, const struct form_question *q,
                     const struct release_table *t)
{
	struct places p = { 0 };

	if (!has_total(t) || !isfinite(t->slots[0].mean) || !isfinite(t->slots[0].median))
		return false;
	buf_printf(&p.number, "{{number %s mean}}", q->id);
	buf_printf(&p.other_number, "{{number %s median}}", q->id);
	finish(out, e, "story.say_mean", &p);
	return true;
}

/* Where an answer is in another table of the matrix. */
static int share_of(const struct release_table *t, const char *value, size_t *answer)
{
	for (size_t i = 0; has_total(t) && i < t->n_answers; i++) {
		if (!strcmp(t->answers[i], value)) {
			*answer = i;
			return share(t, 0, i);
		}
	}
	return -1;
}

/* The answer whose shares differ most between a matrix's rows, and those two rows. */
static bool say_rows(struct buf *out, const struct edition *e, const struct form_question *q,
                     const struct release_table *const *tables, size_t n)
{
	struct pick most = { NULL, 0, -1 }, least = most;
	struct places p = { 0 };
	int gap = 0;

	for (size_t c = 0; c < q->n_choices; c++) {
		struct pick high = { NULL, 0, -1 }, low = { NULL, 0, 1001 };

		for (size_t i = 0; i < n; i++) {
			size_t answer = 0;
			int tenths = share_of(tables[i], q->choices[c].value, &answer);

			if (tenths > high.tenths)
				high = (struct pick){ tables[i], answer, tenths };
			if (tenths >= 0 && tenths < low.tenths)
				low = (struct pick){ tables[i], answer, tenths };
		}
		if (high.table && low.table && high.tenths - low.tenths > gap) {
			gap = high.tenths - low.tenths;
			most = high;
			least = low;
		}
	}
	if (!gap)
		return n > 0 && say_most(out, e, q, tables[0]);
	put_pick(&p.answer, &p.number, e, q, &most);
	put_pick(&p.other, &p.other_number, e, q, &least);
	finish(out, e, "story.say_rows", &p);
	return true;
}

/* The greatest difference between two regions that are not several together. */
static void widest(struct gap *g, const struct edition *e, const struct release_table *t)
{
	for (size_t a = 0; a < t->n_answers; a++) {
		struct gap now = { { t, a, 0 }, 0, 0, 0 };
		int low = 1001, high = -1;

		for (size_t i = 0; i < t->n_slots; i++) {
			const struct release_group *group = &e->release->groups[t->slots[i].group];
			int tenths = share(t, i, a);

			if (group->by != RELEASE_REGION || !strcmp(group->id, "other") ||
			    tenths < 0)
				continue;
			if (tenths < low) {
				low = tenths;
				now.least = t->slots[i].group;
			}
			if (tenths > high) {
				high = tenths;
				now.most = t->slots[i].group;
			}
		}
		now.tenths = high - low;
		if (high >= 0 && now.tenths > g->tenths)
			*g = now;
	}
}

static void show_regions(struct buf *out, const struct edition *e, const struct form_question *q,
                         const struct release_table *const *tables, size_t n)
{
	struct gap g = { 0 };
	struct buf answer = { 0 }, all[4] = { { 0 } };

	if (q->type != FORM_SELECT_ONE && q->type != FORM_SELECT_MULTIPLE && q->type != FORM_MATRIX)
		return;
	for (size_t i = 0; i < n; i++)
		if (tables[i]->measure != RELEASE_WRITTEN)
			widest(&g, e, tables[i]);
	if (g.tenths < NARRATIVE_INIT_UNEVEN)
		return;
	narrative_words_answer(&answer, e, q, g.pick.table, g.pick.answer);
	narrative_words_number(&all[0], e, g.pick.table, g.pick.answer, g.least);
	narrative_words_group(&all[1], e, g.least);
	narrative_words_number(&all[2], e, g.pick.table, g.pick.answer, g.most);
	narrative_words_group(&all[3], e, g.most);
	for (size_t i = 0; i < 4; i++)
		out->failed |= all[i].failed;
	if (!out->failed && !answer.failed)
		words_put(out, e->words, e->language, "story.say_uneven", "answer", answer.data,
		          "least", all[0].data, "least_group", all[1].data, "most", all[2].data,
		          "most_group", all[3].data, NULL);
	buf_puts(out, "\n\n{{chart ");
	narrative_words_path(out, q, g.pick.table->row, NULL);
	buf_puts(out, " by region}}\n\n");
	buf_finish(&answer);
	for (size_t i = 0; i < 4; i++)
		buf_finish(&all[i]);
}

/* How many wrote in their own words. */
static void say_written(struct buf *out, const struct edition *e, const struct form_question *q)
{
	const struct release_table *t = release_table(e->release, q->id, NULL, RELEASE_WRITTEN);
	bool known = t && has_total(t) && t->slots[0].counts[0] != RELEASE_SUPPRESSED;
	struct buf count = { 0 };

	buf_printf(&count, "{{number %s.written count}}", q->id);
	if (!count.failed)
		words_put(out, e->words, e->language,
		          known ? "question.written" : "question.written_protected", "count",
		          count.data, NULL);
	out->failed |= count.failed;
	buf_puts(out, "\n\n");
	buf_finish(&count);
}

static void say(struct buf *out, const struct edition *e, const struct form_question *q,
                const struct release_table *const *tables, size_t n)
{
	bool said;

	if (q->type == FORM_MATRIX)
		said = say_rows(out, e, q, tables, n);
	else
		said = say_mean(out, e, q, tables[0]) || say_most(out, e, q, tables[0]);
	if (!said)
		buf_printf(out, "%s\n\n", edition_word(e, "question.not_published"));
}

void narrative_init_question(struct buf *out, const struct edition *e,
                             const struct form_question *q)
{
	const struct release_table *tables[TABLES];
	size_t n = figure_tables(tables, TABLES, e->release, q), kept = 0;
	const char *label = edition_text(e, &q->label);

	buf_puts(out, "## ");
	narrative_words_label(out, q->id, *label ? label : q->id);
	buf_puts(out, "\n\n");
	if (q->type == FORM_TEXT || q->type == FORM_COMMENT) {
		say_written(out, e, q);
		return;
	}
	for (size_t i = 0; i < n && i < TABLES; i++)
		if (tables[i]->measure != RELEASE_WRITTEN)
			tables[kept++] = tables[i];
	if (!kept) {
		buf_printf(out, "%s\n\n", edition_word(e, "question.not_published"));
		return;
	}
	buf_printf(out, "{{chart %s}}\n\n", q->id);
	say(out, e, q, tables, kept);
	show_regions(out, e, q, tables, kept);
}
