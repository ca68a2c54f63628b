/*
 * page_question.c - one question as HTML: its label, its condition in words, its hint, and what is
 * wrong with the answer. Its controls are page_control.c's.
 *
 * A question with one control is a label and that control; one with several is a fieldset. The
 * mistake stands beside the question, and its controls are described by it (WAI tutorials on
 * forms; GOV.UK design system, error messages).
 */
#include "forms/html.h"
#include "forms/page_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void page_number(char out[32], double x)
{
	snprintf(out, 32, "%.10g", x);
}

static bool about(const struct accept_finding *found, const struct form_question *q,
                  const struct form_row *row)
{
	return found->question == q && found->row == row;
}

bool page_at_fault(const struct page *p, const struct form_question *q,
                   const struct form_row *row)
{
	for (size_t i = 0; p->report != NULL && i < p->report->n; i++)
		if (about(&p->report->list[i], q, row))
			return true;
	return false;
}

static bool in_other_text(const struct accept_finding *found)
{
	return found->question->other != NULL && (found->fault == ACCEPT_TOO_LONG ||
	                                          found->fault == ACCEPT_BAD_TEXT);
}

void page_target(struct buf *out, const struct accept_finding *found)
{
	const struct form_question *q = found->question;
	const struct form_row *row = found->row;

	if (row == NULL && q->type == FORM_MATRIX && q->n_rows > 0)
		row = &q->rows[0];
	if (in_other_text(found))
		buf_printf(out, "o-%s", q->id);
	else if (q->type == FORM_SCALE)
		buf_printf(out, "q-%s-%.0f", q->id, q->min);
	else if (row != NULL && q->n_choices > 0)
		buf_printf(out, "q-%s-%s-%s", q->id, row->id, q->choices[0].value);
	else if (q->n_choices > 0 && q->type != FORM_RANKING)
		buf_printf(out, "q-%s-%s", q->id, q->choices[0].value);
	else
		buf_printf(out, "i-%s", q->id);
}

void page_fault(struct buf *out, const struct page *p, const struct accept_finding *found)
{
	const struct form_question *q = found->question;
	const char *own = found->fault == ACCEPT_CONSTRAINT ? page_label(p, &q->constraint_message)
	                  : found->fault == ACCEPT_REQUIRED ? page_label(p, &q->required_message)
	                                                    : "";
	const char *key = accept_fault_key(found->fault);
	char low[32], high[32];

	if (*own != '\0') {
		html_text(out, own);
		return;
	}
	page_number(low, q->min);
	page_number(high, q->max);
	if (found->fault == ACCEPT_TOO_LONG)
		snprintf(high, sizeof high, "%zu", q->max_length);
	page_words(out, p, key, "min", low, "max", high);
}

void page_faults(struct buf *out, const struct page *p, const struct form_question *q,
                 const struct form_row *row)
{
	if (!page_at_fault(p, q, row))
		return;
	buf_printf(out, "<div class=\"error\" id=\"e-%s%s%s\">", q->id, row != NULL ? "-" : "",
		row != NULL ? row->id : "");
	for (size_t i = 0; i < p->report->n; i++) {
		if (!about(&p->report->list[i], q, row))
			continue;
		buf_puts(out, "<p><b>");
		page_word(out, p, "errors.mark");
		buf_puts(out, "</b> ");
		page_fault(out, p, &p->report->list[i]);
		buf_puts(out, "</p>");
	}
	buf_puts(out, "</div>\n");
}

/* The hint of our own that a type has; false if none. */
static bool own_hint(struct buf *out, const struct page *p, const struct form_question *q)
{
	bool whole = q->type == FORM_INTEGER;
	char low[32], high[32];

	page_number(low, q->min);
	page_number(high, q->max);
	switch (q->type) {
	case FORM_SELECT_MULTIPLE:
		page_word(out, p, "hint.many");
		return true;
	case FORM_RANKING:
		page_word(out, p, "hint.ranking");
		return true;
	case FORM_COUNTRY:
		page_word(out, p, "hint.country");
		return true;
	case FORM_INTEGER:
	case FORM_DECIMAL:
		if (isnan(q->min) || isnan(q->max))
			page_word(out, p, whole ? "hint.whole" : "hint.number");
		else
			page_words(out, p, whole ? "hint.whole_range" : "hint.number_range", "min",
				low, "max", high);
		return true;
	case FORM_COMMENT:
		snprintf(high, sizeof high, "%zu", q->max_length);
		page_words(out, p, "hint.comment", "max", high, NULL, NULL);
		return true;
	default:
		return false;
	}
}

/* The questionnaire's hint, or ours; comments always carry ours, which protects people. */
static bool put_hint(struct buf *out, const struct page *p, const struct form_question *q)
{
	const char *text = page_label(p, &q->hint);
	struct buf own = {0};
	bool any = *text != '\0';

	if (!any || q->type == FORM_COMMENT)
		any |= own_hint(&own, p, q);
	if (any) {
		buf_printf(out, "<p class=\"hint\" id=\"h-%s\">", q->id);
		html_text(out, text);
		if (*text != '\0' && own.len > 0)
			buf_putc(out, ' ');
		buf_put(out, own.data, own.len);
		buf_puts(out, "</p>\n");
	}
	out->failed |= own.failed;
	buf_finish(&own);
	return any;
}

void page_described(struct buf *out, const struct page *p, const struct form_question *q, bool hint,
                    bool control)
{
	bool bad = page_at_fault(p, q, NULL);

	if (hint || bad) {
		buf_puts(out, " aria-describedby=\"");
		if (hint)
			buf_printf(out, "h-%s", q->id);
		if (bad)
			buf_printf(out, "%se-%s", hint ? " " : "", q->id);
		buf_putc(out, '"');
	}
	if (bad && control)
		buf_puts(out, " aria-invalid=\"true\"");
}

static void put_label(struct buf *out, const struct page *p, const struct form_question *q)
{
	html_text(out, page_label(p, &q->label));
	if (q->required) {
		buf_puts(out, " <span class=\"needed\">");
		page_word(out, p, "question.required");
		buf_puts(out, "</span>");
	}
}

/* "q", and what the style has to know about the question. */
static void put_class(struct buf *out, const struct page *p, const struct form_question *q)
{
	bool exclusive = q->type == FORM_SELECT_MULTIPLE && q->decline, bad = false;

	for (size_t i = 0; i < q->n_choices; i++)
		exclusive |= q->choices[i].exclusive;
	bad = page_at_fault(p, q, NULL);
	buf_printf(out, " class=\"q%s%s%s\" id=\"q-%s\"", q->relevant != NULL ? " c" : "",
		exclusive ? " e" : "", bad ? " bad" : "", q->id);
}

/* A question with one control: a label and that control. */
static void put_single(struct buf *out, const struct page *p, const struct form_question *q)
{
	bool hint;

	buf_puts(out, "<div");
	put_class(out, p, q);
	buf_printf(out, ">\n<label class=\"l\" for=\"i-%s\">", q->id);
	put_label(out, p, q);
	buf_puts(out, "</label>\n");
	page_condition(out, p, q->relevant);
	hint = put_hint(out, p, q);
	page_faults(out, p, q, NULL);
	page_control(out, p, q, hint);
	buf_puts(out, "</div>\n");
}

/* A question with several controls: a fieldset. */
static void put_group(struct buf *out, const struct page *p, const struct form_question *q)
{
	struct buf head = {0};
	bool hint = put_hint(&head, p, q);

	buf_puts(out, "<fieldset");
	put_class(out, p, q);
	page_described(out, p, q, hint, false);
	buf_puts(out, ">\n<legend>");
	put_label(out, p, q);
	buf_puts(out, "</legend>\n");
	page_condition(out, p, q->relevant);
	buf_put(out, head.data, head.len);
	out->failed |= head.failed;
	buf_finish(&head);
	page_faults(out, p, q, NULL);
	page_control(out, p, q, hint);
	buf_puts(out, "</fieldset>\n");
}

void page_question(struct buf *out, const struct page *p, const struct form_question *q)
{
	switch (q->type) {
	case FORM_CALCULATE:
		break;
	case FORM_NOTE:
		buf_printf(out, "<div class=\"q note%s\" id=\"q-%s\">\n",
			q->relevant != NULL ? " c" : "", q->id);
		page_condition(out, p, q->relevant);
		html_paragraphs(out, page_label(p, &q->label), NULL);
		buf_puts(out, "</div>\n");
		break;
	case FORM_INTEGER:
	case FORM_DECIMAL:
	case FORM_TEXT:
	case FORM_COMMENT:
	case FORM_COUNTRY:
		put_single(out, p, q);
		break;
	case FORM_SELECT_ONE:
	case FORM_SELECT_MULTIPLE:
	case FORM_MATRIX:
	case FORM_SCALE:
	case FORM_RANKING:
	case FORM_DATE:
		put_group(out, p, q);
		break;
	}
}
