/*
 * compare.c - two releases side by side. In: what was published of two rounds, and their frozen
 * questionnaires. Out: for each answer both counts, both bases, both percentages and the change.
 * The people of an open survey are others each time: a change of answers is not yet a change of
 * minds, which is said where it is printed.
 */
#include "analyzer/compare.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool same_number(double a, double b)
{
	return isnan(a) ? isnan(b) : a == b;
}

static bool same_text(const char *a, const char *b)
{
	return a == NULL ? b == NULL : b != NULL && strcmp(a, b) == 0;
}

static bool same_choices(const struct form_question *a, const struct form_question *b)
{
	if (a->n_choices != b->n_choices)
		return false;
	for (size_t i = 0; i < a->n_choices; i++)
		if (strcmp(a->choices[i].value, b->choices[i].value) != 0)
			return false;
	return true;
}

static bool same_bands(const struct form_question *a, const struct form_question *b)
{
	if (a->n_bands != b->n_bands)
		return false;
	for (size_t i = 0; i < a->n_bands; i++)
		if (a->bands[i] != b->bands[i])
			return false;
	return true;
}

const char *compare_fault(const struct form_question *before, const struct form_question *after)
{
	if (before == NULL)
		return "not asked before";
	if (after == NULL)
		return "not asked any more";
	if (before->type != after->type)
		return "of another type";
	if (!same_choices(before, after))
		return "its choices are others";
	if (!same_number(before->min, after->min) || !same_number(before->max, after->max) ||
		!same_bands(before, after) || before->ranks != after->ranks ||
		before->precision != after->precision || !same_text(before->first, after->first) ||
		!same_text(before->last, after->last))
		return "its bounds are others";
	return NULL;
}

/* One line: the same answer of the same group in both rounds. */
struct pair {
	const struct release_table *table[2];
	const struct release_slot *slot[2];
	const struct release_group *group; /* of the later release */
};

static bool same_members(char *const *a, char *const *b)
{
	for (; *a != NULL && *b != NULL; a++, b++)
		if (strcmp(*a, *b) != 0)
			return false;
	return *a == *b;
}

/* The earlier slot of the same people, or NULL. */
static const struct release_slot *find_slot(const struct release *r, const struct release_table *t,
	const struct release_group *g)
{
	for (size_t i = 0; i < t->n_slots; i++) {
		const struct release_group *other = &r->groups[t->slots[i].group];

		if (other->by == g->by && strcmp(other->id, g->id) == 0 &&
			same_members(other->members, g->members))
			return &t->slots[i];
	}
	return NULL;
}

/* The count of an answer by its name: countries that nobody named are in one release only. */
static long count_of(const struct release_table *t, const struct release_slot *s,
	const char *answer)
{
	for (size_t a = 0; a < t->n_answers; a++)
		if (strcmp(t->answers[a], answer) == 0)
			return s->counts[a];
	return 0;
}

static void put_tenths(struct buf *out, int tenths)
{
	buf_printf(out, "%d.%d", tenths / 10, tenths % 10);
}

/* "+1.2", or nothing. */
static void put_change(struct buf *out, int before, int after)
{
	int change = after - before;

	if (before < 0 || after < 0)
		return;
	buf_printf(out, "%c%d.%d", change < 0 ? '-' : '+', abs(change) / 10, abs(change) % 10);
}

typedef void put_line(struct buf *out, const struct pair *p, const char *answer,
	const long counts[2], const struct print_view *view);

typedef void put_head(struct buf *out, const struct pair *p, const struct compare_round round[2],
	const struct print_view *view);

/* Everything that can be compared, in the order of the later release. */
static void walk(struct buf *out, const struct compare_round round[2],
	const struct print_view *view, put_head *head, put_line *line)
{
	for (size_t i = 0; i < round[1].release->n_tables; i++) {
		const struct release_table *t = &round[1].release->tables[i];
		struct pair p = {.table = {release_table(round[0].release, t->question, t->row,
			t->measure), t}};

		if (p.table[0] == NULL || compare_fault(form_question(round[0].form, t->question),
				form_question(round[1].form, t->question)) != NULL)
			continue;
		for (size_t k = 0; k < t->n_slots; k++) {
			p.slot[1] = &t->slots[k];
			p.group = &round[1].release->groups[t->slots[k].group];
			p.slot[0] = find_slot(round[0].release, p.table[0], p.group);
			if (p.slot[0] == NULL)
				continue;
			if (head != NULL)
				head(out, &p, round, view);
			for (size_t a = 0; a < t->n_answers; a++) {
				const long counts[2] = {count_of(p.table[0], p.slot[0],
					t->answers[a]), p.slot[1]->counts[a]};

				line(out, &p, t->answers[a], counts, view);
			}
		}
	}
}

static void head_of(struct buf *out, const struct pair *p, const struct compare_round round[2],
	const struct print_view *view)
{
	struct buf title = {0}, group = {0};

	print_label_question(&title, p->table[1], view);
	print_label_group(&group, p->group, view);
	buf_putc(out, '\n');
	print_wrapped(out, title.data != NULL ? title.data : "");
	buf_printf(out, "  [%s%s%s, %s] ", p->table[1]->question, p->table[1]->row != NULL ? "/" : "",
		p->table[1]->row != NULL ? p->table[1]->row : "",
		release_measure_name(p->table[1]->measure));
	buf_puts(out, group.data != NULL ? group.data : "");
	buf_putc(out, '\n');
	buf_puts(out, "  ");
	print_cell(out, "", 30, false);
	for (int i = 0; i < 2; i++)
		print_cell(out, round[i].release->round, 17, true);
	print_cell(out, "change", 10, true);
	buf_puts(out, "\n  ");
	print_cell(out, "base", 30, false);
	for (int i = 0; i < 2; i++)
		buf_printf(out, "%10ld       ", p->slot[i]->base);
	buf_putc(out, '\n');
	for (int i = 0; i < 2 && !isnan(p->slot[0]->mean) && !isnan(p->slot[1]->mean); i++) {
		double before = i == 0 ? p->slot[0]->mean : p->slot[0]->median;
		double after = i == 0 ? p->slot[1]->mean : p->slot[1]->median;

		buf_puts(out, "  ");
		print_cell(out, i == 0 ? "mean" : "median", 30, false);
		buf_printf(out, "%17.2f%17.2f%+10.2f\n", before, after, after - before);
	}
	out->failed |= title.failed || group.failed;
	buf_finish(&title);
	buf_finish(&group);
}

static void line_of(struct buf *out, const struct pair *p, const char *answer,
	const long counts[2], const struct print_view *view)
{
	struct buf label = {0}, cell = {0};
	int tenths[2];

	print_label_answer(&label, p->table[1], answer, view);
	buf_puts(out, "  ");
	print_cell(out, label.data != NULL ? label.data : "", 30, false);
	for (int i = 0; i < 2; i++) {
		tenths[i] = release_tenths(counts[i], p->slot[i]->base);
		if (counts[i] == RELEASE_SUPPRESSED)
			buf_puts(&cell, "\u00b7");
		else
			buf_printf(&cell, "%ld", counts[i]);
		print_cell(out, cell.data != NULL ? cell.data : "", 10, true);
		buf_clear(&cell);
		if (tenths[i] >= 0) {
			put_tenths(&cell, tenths[i]);
			buf_putc(&cell, '%');
		}
		print_cell(out, cell.data != NULL && cell.len > 0 ? cell.data : "", 7, true);
		buf_clear(&cell);
	}
	put_change(&cell, tenths[0], tenths[1]);
	print_cell(out, cell.data != NULL && cell.len > 0 ? cell.data : "", 10, true);
	buf_putc(out, '\n');
	out->failed |= label.failed || cell.failed;
	buf_finish(&label);
	buf_finish(&cell);
}

/* The questions that are not compared, and why. */
static void put_others(struct buf *out, const struct compare_round round[2])
{
	bool any = false;

	for (int later = 1; later >= 0; later--) {
		const struct form *f = round[later].form, *other = round[1 - later].form;

		for (size_t i = 0; i < f->n_questions; i++) {
			const struct form_question *q = &f->questions[i];
			const struct form_question *o = form_question(other, q->id);
			const char *fault = later ? compare_fault(o, q) : compare_fault(q, o);

			/* what both have was said the first time */
			if (fault == NULL || !form_is_asked(q->type) || (!later && o != NULL))
				continue;
			buf_printf(out, "%s  %s: %s\n", any ? "" : "\nNot compared:\n", q->id, fault);
			any = true;
		}
	}
}

void compare_tables(struct buf *out, const struct compare_round round[2],
	const struct print_view *view)
{
	buf_printf(out, "%s: round %s (%ld people) and round %s (%ld people), as published\n",
		round[1].release->study, round[0].release->round, round[0].release->people,
		round[1].release->round, round[1].release->people);
	walk(out, round, view, head_of, line_of);
	put_others(out, round);
	buf_puts(out, "\n\u00b7 not published, to protect people\n"
		"Changes are in percentage points. Other people may have answered each time:\n"
		"the samples are not random, and a change may be theirs.\n");
}

static void csv_line(struct buf *out, const struct pair *p, const char *answer,
	const long counts[2], const struct print_view *view)
{
	struct buf label = {0};
	int tenths[2];

	print_csv_text(out, p->table[1]->question);
	buf_putc(out, ',');
	print_csv_text(out, p->table[1]->row != NULL ? p->table[1]->row : "");
	buf_printf(out, ",%s,%s,", release_measure_name(p->table[1]->measure),
		release_by_name(p->group->by));
	print_csv_text(out, p->group->id);
	buf_putc(out, ',');
	print_csv_text(out, answer);
	buf_putc(out, ',');
	print_label_answer(&label, p->table[1], answer, view);
	print_csv_text(out, label.data != NULL ? label.data : "");
	for (int i = 0; i < 2; i++) {
		tenths[i] = release_tenths(counts[i], p->slot[i]->base);
		buf_putc(out, ',');
		if (counts[i] != RELEASE_SUPPRESSED)
			buf_printf(out, "%ld", counts[i]);
		buf_printf(out, ",%ld,", p->slot[i]->base);
		if (tenths[i] >= 0)
			put_tenths(out, tenths[i]);
	}
	buf_putc(out, ',');
	put_change(out, tenths[0], tenths[1]);
	buf_puts(out, "\r\n");
	out->failed |= label.failed;
	buf_finish(&label);
}

void compare_csv(struct buf *out, const struct compare_round round[2],
	const struct print_view *view)
{
	buf_puts(out, "question,row,measure,by,group,answer,label,count_before,base_before,"
		"percent_before,count_after,base_after,percent_after,change\r\n");
	walk(out, round, view, NULL, csv_line);
}
