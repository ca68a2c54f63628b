/*
 * page_control.c - the controls of one question, with the answer that was given before.
 *
 * Choices are radio buttons or boxes, each one full-width target. A matrix is a fieldset a row:
 * stacked on phones, a grid where there is room. Ranks, dates and countries are selects, which
 * every phone has a good control for. Numbers are text with a number keyboard: browsers' own
 * number fields lose what was typed when it is not a number.
 */
#include "forms/html.h"
#include "forms/page_parts.h"
#include "forms/regions.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { GRID_MOST = 8 }; /* more columns than this stay stacked */

/* A group of radio buttons or boxes that post one field. */
struct group {
	const char *type;  /* "radio" or "checkbox" */
	const char *field; /* posted name */
	const char *id;    /* its options' ids are ID-VALUE */
};

/* The value at `i` of a field as it was given before, or "". */
static const char *given(const struct page *p, const char *field, size_t i)
{
	const struct answer *a = p->answers != NULL ? answers_get(p->answers, field) : NULL;

	return a != NULL && i < a->n ? a->values[i] : "";
}

static bool was_given(const struct page *p, const char *field, const char *value)
{
	return p->answers != NULL && answers_has(p->answers, field, value);
}

/* One option; `label` is text. `extra` is what the caller puts inside before the end. */
static void option_begin(struct buf *out, const struct page *p, const struct group *g,
                         const char *value, const char *label, const char *class, bool invalid)
{
	buf_printf(out, "<div class=\"%s\"><input type=\"%s\"", class, g->type);
	html_attribute(out, "name", g->field);
	html_attribute(out, "value", value);
	buf_printf(out, " id=\"%s-%s\"%s%s><label for=\"%s-%s\">", g->id, value,
		was_given(p, g->field, value) ? " checked" : "",
		invalid ? " aria-invalid=\"true\"" : "", g->id, value);
	html_text(out, label);
	buf_puts(out, "</label>");
}

static void put_option(struct buf *out, const struct page *p, const struct group *g,
                       const char *value, const char *label, const char *class, bool invalid)
{
	option_begin(out, p, g, value, label, class, invalid);
	buf_puts(out, "</div>\n");
}

/* What ticking an exclusive box means; seen once it is ticked. */
static void put_alone(struct buf *out, const struct page *p)
{
	buf_puts(out, "<p class=\"xn\">");
	page_word(out, p, "hint.exclusive");
	buf_puts(out, "</p>");
}

/*
 * "Prefer not to say", where it is offered; else "no answer" for radio buttons that could not be
 * unticked otherwise.
 */
static void put_decline(struct buf *out, const struct page *p, const struct form_question *q,
                        const struct group *g, const char *class)
{
	const char *language = page_language(p);
	const struct words *w = p->site->words;

	if (q->decline) {
		option_begin(out, p, g, ANSWER_DECLINED,
			words_get(w, language, "choice.declined"), class, false);
		if (strchr(class, 'x') != NULL)
			put_alone(out, p);
		buf_puts(out, "</div>\n");
	} else if (!q->required && strcmp(g->type, "radio") == 0) {
		put_option(out, p, g, "", words_get(w, language, "choice.empty"), class, false);
	}
}

static void put_other(struct buf *out, const struct page *p, const struct form_question *q)
{
	buf_printf(out, "<input class=\"ot\" id=\"o-%s\"", q->id);
	html_attribute(out, "name", q->other_field);
	html_attribute(out, "value", given(p, q->other_field, 0));
	buf_puts(out, " dir=\"auto\" autocomplete=\"off\" aria-label=\"");
	page_word(out, p, "other.label");
	buf_puts(out, "\" placeholder=\"");
	page_word(out, p, "other.label");
	buf_putc(out, '"');
	page_described(out, p, q, false, true);
	buf_putc(out, '>');
}

static void put_choices(struct buf *out, const struct page *p, const struct form_question *q)
{
	bool many = q->type == FORM_SELECT_MULTIPLE, bad = page_at_fault(p, q, NULL);
	char id[96];
	size_t order[FORM_CHOICES];
	const struct group g = {many ? "checkbox" : "radio", q->id, id};

	snprintf(id, sizeof id, "q-%s", q->id);
	page_order(order, p, q);
	for (size_t i = 0; i < q->n_choices; i++) {
		const struct form_choice *c = &q->choices[order[i]];

		option_begin(out, p, &g, c->value, page_label(p, &c->label),
			c->exclusive ? "o x" : "o", bad);
		if (c->other)
			put_other(out, p, q);
		if (c->exclusive)
			put_alone(out, p);
		buf_puts(out, "</div>\n");
	}
	put_decline(out, p, q, &g, many ? "o x" : "o");
}

static void put_row(struct buf *out, const struct page *p, const struct form_question *q,
                    const struct form_row *row)
{
	size_t columns = q->n_choices + (q->decline || !q->required ? 1 : 0);
	bool bad = page_at_fault(p, q, row);
	char id[192];
	const struct group g = {"radio", row->field, id};

	snprintf(id, sizeof id, "q-%s-%s", q->id, row->id);
	buf_printf(out, "<fieldset class=\"row%s%s\" id=\"%s\"", bad ? " bad" : "",
		row->relevant != NULL ? " c" : "", id);
	if (bad)
		buf_printf(out, " aria-describedby=\"e-%s-%s\"", q->id, row->id);
	buf_puts(out, "><legend>");
	html_text(out, page_label(p, &row->label));
	buf_puts(out, "</legend>\n");
	page_condition(out, p, row->relevant);
	page_faults(out, p, q, row);
	if (columns <= GRID_MOST)
		buf_printf(out, "<div class=\"mx mx%zu\">\n", columns);
	else
		buf_puts(out, "<div>\n");
	for (size_t i = 0; i < q->n_choices; i++)
		put_option(out, p, &g, q->choices[i].value, page_label(p, &q->choices[i].label),
			"o", bad);
	put_decline(out, p, q, &g, "o");
	buf_puts(out, "</div></fieldset>\n");
}

static void put_scale(struct buf *out, const struct page *p, const struct form_question *q)
{
	char id[96], low[32], high[32], value[32];
	const struct group g = {"radio", q->id, id};

	snprintf(id, sizeof id, "q-%s", q->id);
	page_number(low, q->min);
	page_number(high, q->max);
	buf_printf(out, "<p class=\"ends\"><span>%s = ", low);
	html_text(out, page_label(p, &q->low));
	buf_printf(out, "</span> <span>%s = ", high);
	html_text(out, page_label(p, &q->high));
	buf_puts(out, "</span></p>\n<div class=\"sc\">\n");
	for (double x = q->min; x <= q->max; x += q->step) {
		page_number(value, x);
		put_option(out, p, &g, value, value, "o", page_at_fault(p, q, NULL));
	}
	buf_puts(out, "</div>\n");
	put_decline(out, p, q, &g, "o");
}

/* One entry of a select; `label` is text. */
static void put_entry(struct buf *out, const char *value, const char *label, bool selected)
{
	buf_puts(out, "<option");
	html_attribute(out, "value", value);
	buf_puts(out, selected ? " selected>" : ">");
	html_text(out, label);
	buf_puts(out, "</option>");
}

static void put_word_entry(struct buf *out, const struct page *p, const char *value,
                           const char *name, bool selected)
{
	put_entry(out, value, words_get(p->site->words, page_language(p), name), selected);
}

static void rank_label(struct buf *out, const struct page *p, size_t rank)
{
	char name[32], digits[32];

	snprintf(name, sizeof name, "rank.%zu", rank);
	snprintf(digits, sizeof digits, "%zu", rank);
	if (rank <= 3)
		page_word(out, p, name);
	else
		page_words(out, p, "rank.place", "n", digits, NULL, NULL);
}

/* The places of a ranking are posted in order under one name; an empty one keeps its place. */
static void put_ranking(struct buf *out, const struct page *p, const struct form_question *q,
                        bool hint)
{
	size_t order[FORM_CHOICES];

	page_order(order, p, q);
	for (size_t r = 0; r < q->ranks; r++) {
		const char *chosen = given(p, q->id, r);
		char suffix[24] = "";

		if (r > 0)
			snprintf(suffix, sizeof suffix, "-%zu", r + 1);
		buf_printf(out, "<div class=\"rank\"><label for=\"i-%s%s\">", q->id, suffix);
		rank_label(out, p, r + 1);
		buf_printf(out, "</label><select id=\"i-%s%s\"", q->id, suffix);
		html_attribute(out, "name", q->id);
		page_described(out, p, q, hint, true);
		buf_putc(out, '>');
		put_word_entry(out, p, "", "choice.empty", false);
		for (size_t i = 0; i < q->n_choices; i++)
			put_entry(out, q->choices[order[i]].value,
				page_label(p, &q->choices[order[i]].label),
				strcmp(q->choices[order[i]].value, chosen) == 0);
		if (q->decline && r == 0)
			put_word_entry(out, p, ANSWER_DECLINED, "choice.declined",
				strcmp(chosen, ANSWER_DECLINED) == 0);
		buf_puts(out, "</select></div>\n");
	}
}

static void put_year(struct buf *out, const struct page *p, const struct form_question *q,
                     const char *chosen, bool hint)
{
	int first = atoi(q->first), last = atoi(q->last);

	buf_printf(out, "<div><label for=\"i-%s\">", q->id);
	page_word(out, p, "date.year");
	buf_printf(out, "</label><select id=\"i-%s\" name=\"%s" PAGE_DATE_YEAR "\"", q->id, q->id);
	page_described(out, p, q, hint, true);
	buf_putc(out, '>');
	put_word_entry(out, p, "", "choice.empty", false);
	for (int year = last; year >= first; year--) {
		char digits[16];

		snprintf(digits, sizeof digits, "%04d", year);
		put_entry(out, digits, digits, strncmp(chosen, digits, 4) == 0);
	}
	if (q->decline)
		put_word_entry(out, p, ANSWER_DECLINED, "choice.declined",
			strcmp(chosen, ANSWER_DECLINED) == 0);
	buf_puts(out, "</select></div>\n");
}

static void put_month(struct buf *out, const struct page *p, const struct form_question *q,
                      const char *chosen, bool hint)
{
	bool one_year = strncmp(q->first, q->last, 4) == 0;
	int first = one_year ? atoi(q->first + 5) : 1, last = one_year ? atoi(q->last + 5) : 12;
	const char *dash = strchr(chosen, '-');

	buf_printf(out, "<div><label for=\"i-%s-month\">", q->id);
	page_word(out, p, "date.month");
	buf_printf(out, "</label><select id=\"i-%s-month\" name=\"%s" PAGE_DATE_MONTH "\"", q->id,
		q->id);
	page_described(out, p, q, hint, true);
	buf_putc(out, '>');
	put_word_entry(out, p, "", "choice.empty", false);
	for (int month = first; month <= last; month++) {
		char digits[16], name[32];

		snprintf(digits, sizeof digits, "%02d", month);
		snprintf(name, sizeof name, "month.%d", month);
		put_word_entry(out, p, digits, name,
			dash != NULL && strcmp(dash + 1, digits) == 0);
	}
	buf_puts(out, "</select></div>\n");
}

static void put_date(struct buf *out, const struct page *p, const struct form_question *q,
                     bool hint)
{
	const char *chosen = given(p, q->id, 0);

	buf_puts(out, "<div class=\"two\">\n");
	put_year(out, p, q, chosen, hint);
	if (q->precision == FORM_MONTH)
		put_month(out, p, q, chosen, hint);
	buf_puts(out, "</div>\n");
}

static void put_country(struct buf *out, const struct page *p, const struct form_question *q,
                        bool hint)
{
	const char *chosen = given(p, q->id, 0), **codes = NULL;
	struct buf name = {0};
	struct err err;
	size_t n = 0;

	if (country_sorted(&codes, &n, page_language(p), &err) != 0)
		out->failed = true;
	buf_printf(out, "<select id=\"i-%s\" name=\"%s\"", q->id, q->id);
	page_described(out, p, q, hint, true);
	buf_putc(out, '>');
	put_word_entry(out, p, "", "choice.empty", false);
	if (q->decline)
		put_word_entry(out, p, ANSWER_DECLINED, "choice.declined",
			strcmp(chosen, ANSWER_DECLINED) == 0);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&name);
		country_name(&name, codes[i], page_language(p));
		put_entry(out, codes[i], name.data != NULL ? name.data : codes[i],
			strcmp(chosen, codes[i]) == 0);
		buf_putc(out, '\n');
	}
	buf_puts(out, "</select>\n");
	out->failed |= name.failed;
	buf_finish(&name);
	free(codes);
}

static void put_number(struct buf *out, const struct page *p, const struct form_question *q,
                       bool hint)
{
	const char *typed = given(p, q->id, 0);
	char id[96];
	const struct group g = {"checkbox", q->id, id};

	if (strcmp(typed, ANSWER_DECLINED) == 0)
		typed = "";
	snprintf(id, sizeof id, "q-%s", q->id);
	buf_printf(out, "<input class=\"n\" id=\"i-%s\" name=\"%s\" inputmode=\"%s\"", q->id, q->id,
		q->type == FORM_INTEGER ? "numeric" : "decimal");
	html_attribute(out, "value", typed);
	buf_puts(out, " autocomplete=\"off\" dir=\"ltr\"");
	page_described(out, p, q, hint, true);
	buf_puts(out, ">\n");
	if (q->decline)
		put_decline(out, p, q, &g, "o");
}

static void put_text(struct buf *out, const struct page *p, const struct form_question *q,
                     bool hint)
{
	const char *typed = given(p, q->id, 0);

	if (q->type == FORM_TEXT) {
		buf_printf(out, "<input id=\"i-%s\" name=\"%s\" dir=\"auto\" autocomplete=\"off\"",
			q->id, q->id);
		html_attribute(out, "value", typed);
		page_described(out, p, q, hint, true);
		buf_puts(out, ">\n");
		return;
	}
	buf_printf(out, "<textarea id=\"i-%s\" name=\"%s\" rows=\"5\" dir=\"auto\"", q->id, q->id);
	page_described(out, p, q, hint, true);
	/* a newline right behind the tag is dropped by browsers: one that may be */
	buf_puts(out, ">\n");
	html_text(out, typed);
	buf_puts(out, "</textarea>\n");
}

void page_control(struct buf *out, const struct page *p, const struct form_question *q, bool hint)
{
	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
		put_choices(out, p, q);
		break;
	case FORM_MATRIX:
		for (size_t i = 0; i < q->n_rows; i++)
			put_row(out, p, q, &q->rows[i]);
		break;
	case FORM_SCALE:
		put_scale(out, p, q);
		break;
	case FORM_RANKING:
		put_ranking(out, p, q, hint);
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		put_number(out, p, q, hint);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
		put_text(out, p, q, hint);
		break;
	case FORM_DATE:
		put_date(out, p, q, hint);
		break;
	case FORM_COUNTRY:
		put_country(out, p, q, hint);
		break;
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
}
