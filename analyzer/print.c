/*
 * print.c - tables for a terminal of 80 columns. In: counts. Out: for each question its text, a
 * line an answer with a bar (the total alone) or a column a group, the base, and who is not in it.
 */
#include "analyzer/print.h"

#include "lib/base/utf8.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	WIDTH = 80,
	LABEL = 36, /* of an answer beside a bar */
	BAR = 20,
	NARROW = 28, /* of an answer beside columns */
	COLUMN = 12,
	COLUMNS = 4, /* side by side */
	HEADS = 4,   /* lines of a column's name */
};

#define DOT "\u00b7"

/* A text in exactly `width` places, cut or filled. */
void print_cell(struct buf *out, const char *text, size_t width, bool right)
{
	size_t length = utf8_length(text);
	const char *s = text, *end = text + strlen(text);

	for (size_t i = length; right && i < width; i++)
		buf_putc(out, ' ');
	if (length <= width) {
		buf_puts(out, text);
	} else {
		for (size_t i = 0; i + 1 < width; i++)
			utf8_next(&s, end);
		buf_put(out, text, (size_t)(s - text));
		buf_puts(out, "\u2026");
	}
	for (size_t i = length; !right && i < width; i++)
		buf_putc(out, ' ');
}

/* Words on lines of at most WIDTH places. */
void print_wrapped(struct buf *out, const char *text)
{
	size_t at = 0;

	while (*text != '\0') {
		size_t n = strcspn(text, " \n");
		char word[512];

		snprintf(word, sizeof word, "%.*s", (int)n, text);
		if (at > 0 && at + 1 + utf8_length(word) > WIDTH) {
			buf_putc(out, '\n');
			at = 0;
		} else if (at > 0) {
			buf_putc(out, ' ');
			at++;
		}
		buf_put(out, text, n);
		at += utf8_length(word);
		text += n + (text[n] != '\0');
	}
	buf_putc(out, '\n');
}

static void put_percent(struct buf *out, long count, long base)
{
	int tenths = release_tenths(count, base);

	if (tenths >= 0)
		buf_printf(out, "%d.%d%%", tenths / 10, tenths % 10);
}

static void put_count(struct buf *out, long count)
{
	if (count == RELEASE_SUPPRESSED)
		buf_puts(out, DOT);
	else
		buf_printf(out, "%ld", count);
}

/* A number or a name, at the right of `width` places; `text` is used up. */
static void put_right(struct buf *out, struct buf *text, size_t width)
{
	print_cell(out, text->data != NULL ? text->data : "", width, true);
	out->failed |= text->failed;
	buf_finish(text);
}

static void put_label(struct buf *out, const struct release_table *t, size_t answer,
	const struct print_view *view, size_t width)
{
	struct buf label = {0};

	print_label_answer(&label, t, t->answers[answer], view);
	buf_puts(out, "  ");
	print_cell(out, label.data != NULL ? label.data : "", width, false);
	out->failed |= label.failed;
	buf_finish(&label);
}

/* Colours, where the terminal has them. */
enum style { STYLE_PLAIN, STYLE_TITLE, STYLE_BAR, STYLE_NOTICE };

static void put_style(struct buf *out, const struct print_view *view, enum style style)
{
	static const char *const codes[] = {"\033[0m", "\033[1m", "\033[36m", "\033[33m"};

	if (view->colour)
		buf_puts(out, codes[style]);
}

static void put_bar(struct buf *out, long count, long base)
{
	int tenths = release_tenths(count, base);
	size_t n = tenths < 0 ? 0 : (size_t)(tenths * BAR + 500) / 1000;

	for (size_t i = 0; i < BAR; i++)
		buf_puts(out, i < n ? "\u2588" : " ");
}

static void put_mean(struct buf *out, const struct release_slot *s)
{
	if (isnan(s->mean))
		return;
	buf_printf(out, "  mean %.2f, median %.6g", s->mean, s->median);
	if (!isnan(s->lower))
		buf_printf(out, ", quartiles %.6g and %.6g", s->lower, s->upper);
	buf_putc(out, '\n');
}

/* "600 answered; 3 prefer not to say, 4 blank, 0 not asked" */
static void put_base(struct buf *out, const struct release_slot *s)
{
	buf_printf(out, "  base %ld; prefer not to say ", s->base);
	put_count(out, s->declined);
	buf_puts(out, ", blank ");
	put_count(out, s->blank);
	buf_puts(out, ", not asked ");
	put_count(out, s->not_asked);
	buf_putc(out, '\n');
}

static void put_total(struct buf *out, const struct release_table *t,
	const struct print_view *view)
{
	const struct release_slot *s = &t->slots[0];

	for (size_t a = 0; a < t->n_answers; a++) {
		struct buf count = {0}, percent = {0};

		put_label(out, t, a, view, LABEL);
		buf_putc(out, ' ');
		put_style(out, view, STYLE_BAR);
		put_bar(out, s->counts[a], s->base);
		put_style(out, view, STYLE_PLAIN);
		put_count(&count, s->counts[a]);
		put_right(out, &count, 9);
		put_percent(&percent, s->counts[a], s->base);
		put_right(out, &percent, 8);
		if (s->ranks != NULL && !isnan(s->ranks[a]))
			buf_printf(out, "\n  %*s mean rank %.2f", LABEL, "", s->ranks[a]);
		buf_putc(out, '\n');
	}
	put_base(out, s);
	put_mean(out, s);
}

enum line {
	LINE_BASE,
	LINE_DECLINED,
	LINE_BLANK,
	LINE_NOT_ASKED,
	LINE_MEAN,
	LINE_MEDIAN,
	LINE_LOWER, /* exact counts of numbers have these, too */
	LINE_UPPER,
	LINES,
};

static void put_decimal(struct buf *out, double value)
{
	if (isnan(value))
		buf_puts(out, DOT);
	else
		buf_printf(out, "%.2f", value);
}

static void put_line_cell(struct buf *out, const struct release_slot *s, enum line line)
{
	switch (line) {
	case LINE_BASE:
		put_count(out, s->base);
		break;
	case LINE_DECLINED:
		put_count(out, s->declined);
		break;
	case LINE_BLANK:
		put_count(out, s->blank);
		break;
	case LINE_NOT_ASKED:
		put_count(out, s->not_asked);
		break;
	case LINE_MEAN:
		put_decimal(out, s->mean);
		break;
	case LINE_MEDIAN:
		put_decimal(out, s->median);
		break;
	case LINE_LOWER:
		put_decimal(out, s->lower);
		break;
	default:
		put_decimal(out, s->upper);
	}
}

static void put_answer_cell(struct buf *out, const struct release_slot *s, size_t answer)
{
	struct buf percent = {0};

	put_count(out, s->counts[answer]);
	buf_putc(out, ' ');
	put_percent(&percent, s->counts[answer], s->base);
	put_right(out, &percent, 6);
}

/* The bytes of `text` that fit `width` places, up to the end of a word if one ends there. */
static size_t fitting(const char *text, size_t width)
{
	const char *s = text, *end = text + strlen(text), *word = NULL;

	for (size_t i = 0; i < width && s < end; i++) {
		utf8_next(&s, end);
		if (s == end || *s == ' ' || s[-1] == '/' || s[-1] == '-')
			word = s;
	}
	return (size_t)((s == end || word == NULL ? s : word) - text);
}

/* A name on so many lines as it needs, of at most HEADS; returns how many. */
static size_t fold(const char *lines[HEADS], size_t bytes[HEADS], const char *name)
{
	size_t n = 0;

	while (n < HEADS && *name != '\0') {
		lines[n] = name;
		bytes[n] = n + 1 < HEADS ? fitting(name, COLUMN - 1) : strlen(name);
		name += bytes[n++];
		name += strspn(name, " ");
	}
	return n;
}

/* The names of the groups above their columns, the last line of each on the same height. */
static void put_heads(struct buf *out, const struct release *r, const struct release_table *t,
	size_t first, size_t last, const struct print_view *view)
{
	for (size_t line = 0; line < HEADS; line++) {
		struct buf text = {0};
		bool any = false;

		print_cell(&text, "", NARROW + 2, false);
		for (size_t i = first; i < last; i++) {
			const char *lines[HEADS];
			size_t bytes[HEADS], n;
			struct buf name = {0}, part = {0};

			print_label_group(&name, &r->groups[t->slots[i].group], view);
			n = fold(lines, bytes, name.data != NULL ? name.data : "");
			if (line + n >= HEADS)
				buf_put(&part, lines[line + n - HEADS], bytes[line + n - HEADS]);
			any |= part.len > 0;
			buf_putc(&text, ' ');
			put_right(&text, &part, COLUMN - 1);
			text.failed |= name.failed;
			buf_finish(&name);
		}
		if (any)
			buf_printf(out, "%s\n", text.data != NULL ? text.data : "");
		out->failed |= text.failed;
		buf_finish(&text);
	}
}

/* The slots first .. last-1 side by side. */
static void put_columns(struct buf *out, const struct release *r, const struct release_table *t,
	size_t first, size_t last, const struct print_view *view)
{
	static const char *const names[LINES] = {"base", "prefer not to say", "blank", "not asked",
		"mean", "median", "lower quartile", "upper quartile"};
	enum line lines = LINE_MEAN;

	if (t->measure == RELEASE_BANDS && view->exact)
		lines = LINES;
	else if (t->measure == RELEASE_SCALE || t->measure == RELEASE_BANDS)
		lines = LINE_LOWER;

	put_heads(out, r, t, first, last, view);
	for (size_t a = 0; a < t->n_answers; a++) {
		put_label(out, t, a, view, NARROW);
		for (size_t i = first; i < last; i++) {
			struct buf cell = {0};

			put_answer_cell(&cell, &t->slots[i], a);
			put_right(out, &cell, COLUMN);
		}
		buf_putc(out, '\n');
	}
	for (enum line line = 0; line < lines; line++) {
		buf_puts(out, "  ");
		print_cell(out, names[line], NARROW, false);
		for (size_t i = first; i < last; i++) {
			struct buf cell = {0};

			put_line_cell(&cell, &t->slots[i], line);
			put_right(out, &cell, COLUMN);
		}
		buf_putc(out, '\n');
	}
}

static void put_table(struct buf *out, const struct release *r, const struct release_table *t,
	const struct print_view *view)
{
	struct buf title = {0};

	print_label_question(&title, t, view);
	buf_putc(out, '\n');
	put_style(out, view, STYLE_TITLE);
	print_wrapped(out, title.data != NULL ? title.data : "");
	put_style(out, view, STYLE_PLAIN);
	out->failed |= title.failed;
	buf_finish(&title);
	buf_printf(out, "  [%s%s%s, %s]\n", t->question, t->row != NULL ? "/" : "",
		t->row != NULL ? t->row : "", release_measure_name(t->measure));
	if (t->n_slots == 1)
		put_total(out, t, view);
	for (size_t i = 0; i < t->n_slots && t->n_slots > 1; i += COLUMNS)
		put_columns(out, r, t, i, i + COLUMNS < t->n_slots ? i + COLUMNS : t->n_slots,
			view);
	if (t->note != NULL)
		buf_printf(out, "  left out, too few answers: %s\n", t->note);
}

static void put_notice(struct buf *out, const struct print_view *view)
{
	put_style(out, view, STYLE_NOTICE);
	buf_puts(out, PRINT_NOTICE);
	put_style(out, view, STYLE_PLAIN);
	buf_putc(out, '\n');
}

void print_tables(struct buf *out, const struct release *r, const struct print_view *view)
{
	buf_printf(out, "%s, round %s: %ld people", r->study, r->round, r->people);
	if (r->set_aside > 0)
		buf_printf(out, " (%ld records set aside)", r->set_aside);
	buf_putc(out, '\n');
	if (view->exact)
		put_notice(out, view);
	for (size_t i = 0; i < r->n_tables; i++)
		put_table(out, r, &r->tables[i], view);
	buf_putc(out, '\n');
	if (!view->exact)
		buf_puts(out, DOT " not published, to protect people\n");
	buf_puts(out, "Percentages are of the base: those who answered. The sample is not random:\n"
		"there are no margins of error.\n");
	if (view->exact)
		put_notice(out, view);
}

void print_json(struct buf *out, const struct release *r, bool exact)
{
	buf_puts(out, exact ? "{\"notice\":\"" PRINT_NOTICE "\",\"release\":" : "{\"release\":");
	release_write(out, r);
	buf_puts(out, "}\n");
}

static void free_table(struct release_table *t)
{
	for (size_t i = 0; i < t->n_slots; i++)
		release_slot_finish(&t->slots[i]);
	for (size_t a = 0; a < t->n_answers; a++)
		free(t->answers[a]);
	free(t->answers);
	free(t->slots);
	free(t->question);
	free(t->row);
	free(t->note);
}

void print_select(struct release *r, enum release_by by, const char *question)
{
	size_t tables = 0;

	for (size_t i = 0; i < r->n_tables; i++) {
		struct release_table *t = &r->tables[i];
		size_t slots = 0;

		if (question != NULL && strcmp(t->question, question) != 0) {
			free_table(t);
			continue;
		}
		for (size_t k = 0; k < t->n_slots; k++) {
			const struct release_group *g = &r->groups[t->slots[k].group];

			if (g->by == RELEASE_TOTAL || (g->by == by && g->people > 0))
				t->slots[slots++] = t->slots[k];
			else
				release_slot_finish(&t->slots[k]);
		}
		t->n_slots = slots;
		r->tables[tables++] = *t;
	}
	r->n_tables = tables;
}
