/*
 * show_paper_answer.c - where people with a pencil answer: boxes, lines, rows of numbers, tables.
 * In: a question and where each answer leads. Out: HTML that a printer shows as it is.
 */
#include "forms/html.h"
#include "forms/route.h"
#include "forms/show_paper_parts.h"
#include "lib/base/utf8.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define BOX "<span class=\"b\"></span>"

enum {
	DIGITS_MOST = 5,     /* boxes for digits; longer numbers get a line */
	LINE_CHARACTERS = 75, /* what a hand writes on a line */
	LINES_LEAST = 3, LINES_MOST = 12,
	SCALE_ROW = 16,   /* numbers that spread over one row */
	COLUMNS_FEW = 5,  /* a matrix with no more columns has more room for its rows */
	COLUMNS_WIDE = 6, /* one with more columns is set smaller */
};

/* --- hints --- */

static void put_bounded(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	bool whole = q->type == FORM_INTEGER;
	char low[32], high[32];

	snprintf(low, sizeof low, "%.10g", q->min);
	snprintf(high, sizeof high, "%.10g", q->max);
	if (isnan(q->min) || isnan(q->max))
		show_paper_word(out, p, whole ? "hint.whole" : "hint.number");
	else
		show_paper_words(out, p, whole ? "hint.whole_range" : "hint.number_range", "min",
			low, "max", high);
}

/* "January 2020", "2020" */
static void put_date(struct buf *out, const struct show_paper *p, const char *date)
{
	char month[16];

	if (date[4] == '-') {
		snprintf(month, sizeof month, "month.%d", (date[5] - '0') * 10 + date[6] - '0');
		show_paper_word(out, p, month);
		buf_putc(out, ' ');
	}
	buf_put(out, date, 4);
}

void show_paper_ticks(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	const char *name = q->type == FORM_SELECT_ONE || q->type == FORM_SCALE ? "paper.one"
	                   : q->type == FORM_SELECT_MULTIPLE                   ? "hint.many"
	                   : q->type == FORM_MATRIX ? "paper.each_line" : NULL;

	if (name == NULL)
		return;
	buf_puts(out, " <small>");
	show_paper_word(out, p, name);
	buf_puts(out, "</small>");
}

/* The hint of our own; `alone`: the questionnaire has none. */
static void own_hint(struct buf *out, const struct show_paper *p, const struct form_question *q,
                     bool alone)
{
	char most[32];

	switch (q->type) {
	case FORM_RANKING:
		show_paper_word(out, p, "hint.ranking");
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		if (alone)
			put_bounded(out, p, q);
		break;
	case FORM_TEXT:
		if (alone)
			show_paper_word(out, p, "paper.no_names");
		break;
	case FORM_COMMENT:
		snprintf(most, sizeof most, "%zu", q->max_length);
		show_paper_words(out, p, "hint.comment", "max", most, NULL, NULL);
		break;
	case FORM_DATE:
		put_date(out, p, q->first);
		buf_puts(out, " – ");
		put_date(out, p, q->last);
		break;
	default:
		break;
	}
}

/* The earlier question that alone decides which choices are offered, or NULL. */
struct filter {
	const struct form *form;
	const struct form_question *question;
	bool other;
};

static int see_filter(void *ctx, const char *field)
{
	struct filter *f = ctx;
	const struct form_question *q = form_question(f->form, field);

	f->other |= q == NULL || q->type != FORM_SELECT_ONE ||
	            (f->question != NULL && f->question != q);
	f->question = q;
	return 0;
}

static const struct form_question *filtered_by(const struct show_paper *p,
                                               const struct form_question *q)
{
	struct filter f = {.form = p->show->form};

	if (q->choice_filter == NULL || q->type == FORM_MATRIX)
		return NULL;
	expression_fields(q->choice_filter, see_filter, &f);
	return f.other ? NULL : f.question;
}

static void filter_hint(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	const struct form_question *by = filtered_by(p, q);
	struct buf sources = {0};
	char number[24];

	if (q->choice_filter == NULL)
		return;
	buf_putc(out, ' ');
	if (by != NULL) {
		snprintf(number, sizeof number, "%zu", p->route->number[by->index]);
		show_paper_words(out, p, "paper.by_answer", "n", number, NULL, NULL);
		return;
	}
	condition_sources(&sources, &p->words, q->choice_filter);
	if (sources.len > 0)
		show_paper_words(out, p, "paper.some_choices", "questions", sources.data, NULL,
			NULL);
	out->failed |= sources.failed;
	buf_finish(&sources);
}

void show_paper_hint(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	const char *text = show_paper_text(p, &q->hint);
	struct buf own = {0};

	own_hint(&own, p, q, *text == '\0');
	filter_hint(&own, p, q);
	if (*text != '\0' || own.len > 0) {
		buf_puts(out, "<p class=\"hint\">");
		html_text(out, text);
		if (*text != '\0' && own.len > 0)
			buf_putc(out, ' ');
		buf_put(out, own.data, own.len);
		buf_puts(out, "</p>\n");
	}
	out->failed |= own.failed;
	buf_finish(&own);
}

/* --- boxes --- */

static void put_decline(struct buf *out, const struct show_paper *p, const struct form_question *q,
                        const char *class)
{
	if (!q->decline)
		return;
	buf_printf(out, "<li class=\"%s\">" BOX "<span class=\"t\">", class);
	show_paper_word(out, p, "choice.declined");
	show_paper_go(out, p, p->route->questions[q->index].arrow[q->n_choices]);
	buf_puts(out, "</span></li>\n");
}

/* The box to decline, beside or below other ways to answer. */
static void put_decline_apart(struct buf *out, const struct show_paper *p,
                              const struct form_question *q)
{
	if (!q->decline)
		return;
	buf_puts(out, "<ul class=\"ch d\">\n");
	put_decline(out, p, q, "a");
	buf_puts(out, "</ul>\n");
}

static void put_choice(struct buf *out, const struct show_paper *p, const struct form_question *q,
                       const struct form_choice *c)
{
	const char *label = show_paper_text(p, &c->label);
	size_t n = strlen(label);

	buf_printf(out, "<li%s>" BOX "<span class=\"t\">",
		c->other || c->exclusive ? " class=\"all\"" : "");
	html_text(out, label);
	if (c->other && n > 0 && label[n - 1] != ':')
		buf_putc(out, ':');
	if (c->exclusive) {
		buf_puts(out, " <span class=\"x\">");
		show_paper_word(out, p, "paper.alone");
		buf_puts(out, "</span>");
	}
	show_paper_go(out, p, p->route->questions[q->index].arrow[c - q->choices]);
	buf_puts(out, "</span>");
	if (c->other)
		buf_puts(out, "<span class=\"w\"></span>");
	buf_puts(out, "</li>\n");
}

/* In how many columns the choices fit: short ones that lead nowhere. */
static const char *columns(const struct show_paper *p, const struct form_question *q)
{
	size_t longest = 0;

	for (size_t i = 0; i < q->n_choices; i++) {
		size_t n = utf8_length(show_paper_text(p, &q->choices[i].label));

		if (!q->choices[i].other && !q->choices[i].exclusive && n > longest)
			longest = n;
		if (p->route->questions[q->index].arrow[i] != SHOW_ROUTE_NEXT &&
		    !q->choices[i].exclusive)
			return "";
	}
	if (q->n_choices >= 6 && longest <= 20)
		return " three";
	return q->n_choices >= 4 && longest <= (q->n_choices >= 8 ? 66 : 38) ? " two" : "";
}

/* The choices that go with each answer to an earlier question. */
static void put_groups(struct buf *out, const struct show_paper *p, const struct form_question *q,
                       const struct form_question *by)
{
	for (size_t i = 0; i < by->n_choices; i++) {
		struct answers *a = answers_create();
		struct err err;

		if (a == NULL || answers_set(a, by->id, by->choices[i].value, &err) != 0) {
			out->failed = true;
			answers_free(a);
			return;
		}
		buf_puts(out, "<p class=\"g\">");
		html_text(out, show_paper_text(p, &by->choices[i].label));
		buf_printf(out, "</p>\n<ul class=\"ch%s\">\n", columns(p, q));
		for (size_t k = 0; k < q->n_choices; k++)
			if (route_offered(q, &q->choices[k], a))
				put_choice(out, p, q, &q->choices[k]);
		buf_puts(out, "</ul>\n");
		answers_free(a);
	}
	put_decline_apart(out, p, q);
}

static void put_choices(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	const struct form_question *by = filtered_by(p, q);
	bool many = q->type == FORM_SELECT_MULTIPLE;

	if (by != NULL) {
		put_groups(out, p, q, by);
		return;
	}
	buf_printf(out, "<ul class=\"ch%s\">\n", columns(p, q));
	for (size_t i = 0; i < q->n_choices; i++)
		put_choice(out, p, q, &q->choices[i]);
	put_decline(out, p, q, many ? "all" : "a");
	buf_puts(out, "</ul>\n");
}

/* --- tables, rows, lines --- */

static void put_row(struct buf *out, const struct show_paper *p, const struct form_question *q,
                    size_t row)
{
	if (q->rows[row].relevant != NULL) {
		buf_printf(out, "<tr class=\"c\"><td colspan=\"%zu\">",
			q->n_choices + q->decline + 1);
		show_paper_condition(out, p, q->rows[row].relevant);
		buf_puts(out, "</td></tr>\n");
	}
	buf_printf(out, "<tr><th scope=\"row\"><span class=\"r\">%zu.%zu</span> ",
		p->route->number[q->index], row + 1);
	html_text(out, show_paper_text(p, &q->rows[row].label));
	buf_puts(out, "</th>");
	for (size_t i = 0; i < q->n_choices + q->decline; i++)
		buf_puts(out, "<td>" BOX "</td>");
	buf_puts(out, "</tr>\n");
}

static void put_matrix(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	size_t n = q->n_choices + q->decline;

	buf_printf(out, "<table%s>\n<thead><tr><td class=\"c0\"></td>",
		n > COLUMNS_WIDE ? " class=\"many\"" : n <= COLUMNS_FEW ? " class=\"few\"" : "");
	for (size_t i = 0; i < q->n_choices; i++) {
		buf_puts(out, "<th scope=\"col\">");
		html_text(out, show_paper_text(p, &q->choices[i].label));
		buf_puts(out, "</th>");
	}
	if (q->decline) {
		buf_puts(out, "<th scope=\"col\">");
		show_paper_word(out, p, "choice.declined");
		buf_puts(out, "</th>");
	}
	buf_puts(out, "</tr></thead>\n<tbody>\n");
	for (size_t i = 0; i < q->n_rows; i++)
		put_row(out, p, q, i);
	buf_puts(out, "</tbody>\n</table>\n");
}

static void put_scale(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	bool many = (q->max - q->min) / q->step >= SCALE_ROW;

	buf_printf(out, "<p class=\"ends\"><span>%.10g = ", q->min);
	html_text(out, show_paper_text(p, &q->low));
	buf_printf(out, "</span> <span>%.10g = ", q->max);
	html_text(out, show_paper_text(p, &q->high));
	buf_printf(out, "</span></p>\n<ul class=\"sc%s\">\n", many ? " many" : "");
	for (double x = q->min; x <= q->max; x += q->step)
		buf_printf(out, "<li>%.10g" BOX "</li>\n", x);
	buf_puts(out, "</ul>\n");
	put_decline_apart(out, p, q);
}

/* The choices to take from, and a line for each place. */
static void put_ranking(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	buf_printf(out, "<ul class=\"pool%s\">\n", columns(p, q));
	for (size_t i = 0; i < q->n_choices; i++) {
		buf_puts(out, "<li>");
		html_text(out, show_paper_text(p, &q->choices[i].label));
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n<ol class=\"rank\">\n");
	for (size_t i = 1; i <= q->ranks; i++) {
		buf_printf(out, "<li><span class=\"p\">%zu.</span><span class=\"w\"></span></li>\n",
			i);
	}
	buf_puts(out, "</ol>\n");
	put_decline_apart(out, p, q);
}

static void put_digits(struct buf *out, size_t n)
{
	buf_puts(out, "<span class=\"ds\">");
	for (size_t i = 0; i < n; i++)
		buf_puts(out, "<span></span>");
	buf_puts(out, "</span>");
}

static void put_number(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	char most[32];

	snprintf(most, sizeof most, "%.10g", q->max);
	buf_puts(out, "<div class=\"row\">");
	if (q->type == FORM_INTEGER && q->min >= 0 && q->max >= 0 && strlen(most) <= DIGITS_MOST)
		put_digits(out, strlen(most));
	else
		buf_puts(out, "<div class=\"line short\"></div>");
	put_decline_apart(out, p, q);
	buf_puts(out, "</div>\n");
}

static void put_boxes(struct buf *out, const struct show_paper *p, const char *name, size_t n)
{
	buf_puts(out, "<div><small>");
	show_paper_word(out, p, name);
	buf_puts(out, "</small>");
	put_digits(out, n);
	buf_puts(out, "</div>");
}

static void put_month(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	buf_puts(out, "<div class=\"row\">");
	if (q->precision == FORM_MONTH)
		put_boxes(out, p, "date.month", 2);
	put_boxes(out, p, "date.year", 4);
	put_decline_apart(out, p, q);
	buf_puts(out, "</div>\n");
}

static void put_lines(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	size_t n = (q->max_length + LINE_CHARACTERS - 1) / LINE_CHARACTERS;

	if (n > LINES_MOST)
		n = LINES_MOST;
	if (q->type == FORM_COMMENT && n < LINES_LEAST)
		n = LINES_LEAST;
	for (size_t i = 0; i < n; i++)
		buf_puts(out, "<div class=\"line\"></div>\n");
	put_decline_apart(out, p, q);
}

static void put_country(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	buf_puts(out, "<div class=\"row\"><div class=\"line mid\"></div>\n");
	put_decline_apart(out, p, q);
	buf_puts(out, "</div>\n");
}

void show_paper_answer(struct buf *out, const struct show_paper *p, const struct form_question *q)
{
	switch (q->type) {
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
		put_choices(out, p, q);
		break;
	case FORM_MATRIX:
		put_matrix(out, p, q);
		break;
	case FORM_SCALE:
		put_scale(out, p, q);
		break;
	case FORM_RANKING:
		put_ranking(out, p, q);
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		put_number(out, p, q);
		break;
	case FORM_DATE:
		put_month(out, p, q);
		break;
	case FORM_TEXT:
	case FORM_COMMENT:
		put_lines(out, p, q);
		break;
	case FORM_COUNTRY:
		put_country(out, p, q);
		break;
	case FORM_NOTE:
	case FORM_CALCULATE:
		break;
	}
}
