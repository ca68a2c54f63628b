/*
 * print_csv.c - a release as tidy data: one line a count, RFC 4180. In: a release. Out: text that a
 * spreadsheet opens without running anything: a text that could start a formula gets an apostrophe
 * in front.
 */
#include "analyzer/print.h"

#include <math.h>
#include <string.h>

void print_csv_text(struct buf *out, const char *text)
{
	char first = text[strspn(text, " \t\r\n")];
	bool formula = first != '\0' && strchr("=+-@", first) != NULL;

	if (text[strcspn(text, ",\"\r\n")] == '\0') {
		buf_puts(out, formula ? "'" : "");
		buf_puts(out, text);
		return;
	}
	buf_puts(out, formula ? "\"'" : "\"");
	for (; *text != '\0'; text++) {
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	buf_putc(out, '"');
}

/* The cells that say whose table it is: up to "measure,". */
static void put_table(struct buf *out, const struct release_table *t)
{
	print_csv_text(out, t->question);
	buf_putc(out, ',');
	print_csv_text(out, t->row != NULL ? t->row : "");
	buf_printf(out, ",%s,", release_measure_name(t->measure));
}

/* The cells that say where a number stands: up to "group,". */
static void put_place(struct buf *out, const struct release_table *t,
	const struct release_group *g)
{
	put_table(out, t);
	print_by(out, g);
	buf_putc(out, ',');
	print_csv_text(out, g->id);
	buf_putc(out, ',');
}

static void put_number(struct buf *out, const char *answer, const char *label, long count,
	long base, const char *status)
{
	int tenths = base < 0 ? -1 : release_tenths(count, base);

	print_csv_text(out, answer);
	buf_putc(out, ',');
	print_csv_text(out, label);
	buf_putc(out, ',');
	if (count != RELEASE_SUPPRESSED)
		buf_printf(out, "%ld", count);
	buf_putc(out, ',');
	if (base >= 0)
		buf_printf(out, "%ld", base);
	buf_putc(out, ',');
	if (tenths >= 0)
		buf_printf(out, "%d.%d", tenths / 10, tenths % 10);
	buf_printf(out, ",%s\r\n", count == RELEASE_SUPPRESSED ? "suppressed" : status);
}

static void put_statistic(struct buf *out, const struct release_table *t,
	const struct release_group *g, const char *name, double value, long base)
{
	if (isnan(value))
		return;
	put_place(out, t, g);
	buf_printf(out, "%s,%s,%.2f,%ld,,statistic\r\n", name, name, value, base);
}

/* What a release does not hold: quartiles, and the mean ranks of a ranking. */
static void put_exact(struct buf *out, const struct release_table *t,
	const struct release_group *g, const struct release_slot *s)
{
	put_statistic(out, t, g, "lower_quartile", s->lower, s->base);
	put_statistic(out, t, g, "upper_quartile", s->upper, s->base);
	for (size_t a = 0; s->ranks != NULL && a < t->n_answers; a++) {
		if (isnan(s->ranks[a]))
			continue;
		put_place(out, t, g);
		buf_printf(out, "mean_rank/%s,mean rank,%.2f,%ld,,statistic\r\n", t->answers[a],
			s->ranks[a], s->counts[a]);
	}
}

static void put_slot(struct buf *out, const struct release *r, const struct release_table *t,
	const struct release_slot *s, const struct print_view *view)
{
	const struct release_group *g = &r->groups[s->group];
	const char *status = view->exact ? "exact" : "published";
	const struct {
		const char *name, *label;
		long count;
	} kinds[] = {{"declined", "prefer not to say", s->declined}, {"blank", "blank", s->blank},
		{"not_asked", "not asked", s->not_asked}};

	for (size_t a = 0; a < t->n_answers; a++) {
		struct buf label = {0};

		print_label_answer(&label, t, t->answers[a], view);
		put_place(out, t, g);
		put_number(out, t->answers[a], label.data != NULL ? label.data : "", s->counts[a],
			s->base, status);
		buf_finish(&label);
	}
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		put_place(out, t, g);
		put_number(out, kinds[i].name, kinds[i].label, kinds[i].count, -1, "non_response");
	}
	put_statistic(out, t, g, "mean", s->mean, s->base);
	put_statistic(out, t, g, "median", s->median, s->base);
	if (view->exact)
		put_exact(out, t, g, s);
}

/* One line for each breakdown that the table's note says is left out. */
static void put_note(struct buf *out, const struct release_table *t)
{
	const char *at = t->note;

	for (enum release_by by = RELEASE_TOTAL; at != NULL && by <= RELEASE_REGION_LANGUAGE; by++) {
		const char *name = release_by_name(by);
		size_t n = strlen(name);

		if (strncmp(at, name, n) != 0 || (at[n] != '\0' && at[n] != ' '))
			continue;
		put_table(out, t);
		buf_printf(out, "%s,,,,,,,left_out\r\n", name);
		at += n + (at[n] == ' ');
	}
}

void print_csv(struct buf *out, const struct release *r, const struct print_view *view)
{
	buf_puts(out, "question,row,measure,by,group,answer,label,count,base,percent,status\r\n");
	for (size_t i = 0; i < r->n_tables; i++) {
		const struct release_table *t = &r->tables[i];

		for (size_t k = 0; k < t->n_slots; k++)
			put_slot(out, r, t, &t->slots[k], view);
		put_note(out, t);
	}
}
