/*
 * page_script_about.c - what the script has to know. In: a frozen questionnaire, the round's key and
 * our own words. Out: a JSON object, as forms/script/ reads it. Members that are not needed are not
 * there; an expression is a number, a text, or [operator, operand...] (forms/script/evaluate.js).
 */
#include "forms/page_script.h"

#include "forms/page_parts.h"
#include "forms/regions.h"
#include "lib/base/json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Our own words that the script shows, and the faults' (by enum accept_fault). */
static const char *const words[] = {
	"errors.title", "errors.mark", "error.consent", "error.decoy", "tab.check",
	"script.back", "script.next", "section.part", "script.review", "script.change",
	"script.empty", "script.sending", "script.waiting", "script.keep", "script.kept",
	"script.sent", NULL,
};

/* --- members and items --- */

/* The name of a member, with a comma before it where one is needed. */
static void name(struct buf *out, const char *member)
{
	if (out->len > 0 && out->data[out->len - 1] != '{' && out->data[out->len - 1] != '[')
		buf_putc(out, ',');
	json_put_string(out, member);
	buf_putc(out, ':');
}

static void item(struct buf *out)
{
	if (out->len > 0 && out->data[out->len - 1] != '[')
		buf_putc(out, ',');
}

static void put_string(struct buf *out, const char *member, const char *value)
{
	name(out, member);
	json_put_string(out, value);
}

static void put_flag(struct buf *out, const char *member, bool value)
{
	if (!value)
		return;
	name(out, member);
	buf_puts(out, "true");
}

static void put_number(struct buf *out, const char *member, double value)
{
	if (isnan(value))
		return;
	name(out, member);
	buf_printf(out, "%.17g", value);
}

static void put_hex(struct buf *out, const char *member, const uint8_t *bytes, size_t n)
{
	name(out, member);
	buf_putc(out, '"');
	buf_hex(out, bytes, n);
	buf_putc(out, '"');
}

static const char *operator_name(const struct expression *e)
{
	static const char *const names[] = {
		[EXPR_FIELD] = "$", [EXPR_SELF] = ".", [EXPR_COLUMN] = "@",
		[EXPR_OR] = "or", [EXPR_AND] = "and",
		[EXPR_EQ] = "=", [EXPR_NE] = "!=",
		[EXPR_LT] = "<", [EXPR_LE] = "<=", [EXPR_GT] = ">", [EXPR_GE] = ">=",
		[EXPR_ADD] = "+", [EXPR_SUB] = "-", [EXPR_MUL] = "*",
		[EXPR_DIV] = "div", [EXPR_MOD] = "mod", [EXPR_NEGATE] = "neg",
	};

	return e->op == EXPR_CALL ? e->text : names[e->op];
}

/* A tree: a number, "text", or [operator, operand...]. */
static void expression(struct buf *out, const struct expression *e)
{
	item(out);
	if (e->op == EXPR_NUMBER) {
		buf_printf(out, "%.17g", e->number);
		return;
	}
	if (e->op == EXPR_STRING) {
		json_put_string(out, e->text);
		return;
	}
	buf_putc(out, '[');
	json_put_string(out, operator_name(e));
	if (e->op == EXPR_FIELD || e->op == EXPR_COLUMN) {
		item(out);
		json_put_string(out, e->text);
	}
	for (size_t i = 0; i < e->n; i++)
		expression(out, e->operand[i]);
	buf_putc(out, ']');
}

static void put_expression(struct buf *out, const char *member, const struct expression *e)
{
	struct buf tree = {0};

	if (e == NULL)
		return;
	name(out, member);
	expression(&tree, e);
	buf_put(out, tree.data, tree.len);
	out->failed |= tree.failed;
	buf_finish(&tree);
}

/* --- questions --- */

/* A list of the choices' values; `exclusive`: of the exclusive ones. */
static void put_values(struct buf *out, const char *member, const struct form_question *q,
	bool exclusive)
{
	name(out, member);
	buf_putc(out, '[');
	for (size_t i = 0; i < q->n_choices; i++) {
		if (exclusive && !q->choices[i].exclusive)
			continue;
		item(out);
		json_put_string(out, q->choices[i].value);
	}
	buf_putc(out, ']');
}

static void put_choices(struct buf *out, const struct form_question *q, bool whole)
{
	bool exclusive = false;

	for (size_t i = 0; i < q->n_choices; i++)
		exclusive |= q->choices[i].exclusive;
	if (whole)
		put_values(out, "choices", q, false);
	if (exclusive)
		put_values(out, "exclusive", q, true);
}

/* [filter, [the columns of each choice]] */
static void put_filter(struct buf *out, const struct form_question *q)
{
	if (q->choice_filter == NULL)
		return;
	name(out, "filter");
	buf_putc(out, '[');
	expression(out, q->choice_filter);
	buf_puts(out, ",[");
	for (size_t i = 0; i < q->n_choices; i++) {
		char *const *pair = q->choices[i].filter;

		item(out);
		buf_putc(out, '{');
		for (; pair != NULL && pair[0] != NULL; pair += 2)
			put_string(out, pair[0], pair[1]);
		buf_putc(out, '}');
	}
	buf_puts(out, "]]");
}

static void put_rows(struct buf *out, const struct form_question *q)
{
	if (q->n_rows == 0)
		return;
	name(out, "rows");
	buf_putc(out, '[');
	for (size_t i = 0; i < q->n_rows; i++) {
		item(out);
		buf_putc(out, '[');
		json_put_string(out, q->rows[i].id);
		if (q->rows[i].relevant != NULL)
			expression(out, q->rows[i].relevant);
		buf_putc(out, ']');
	}
	buf_putc(out, ']');
}

static bool has_text(const struct form_question *q)
{
	return q->type == FORM_TEXT || q->type == FORM_COMMENT || q->other != NULL;
}

static void put_own_message(struct buf *out, const struct page *p, const char *member,
	const struct form_text *t)
{
	const char *text = page_label(p, t);

	if (*text != '\0')
		put_string(out, member, text);
}

static void put_question(struct buf *out, const struct page *p, const struct form_question *q,
	bool whole)
{
	item(out);
	buf_putc(out, '{');
	put_string(out, "id", q->id);
	put_string(out, "type", form_type_name(q->type));
	put_number(out, "section", (double)q->section);
	put_expression(out, "relevant", q->relevant);
	put_expression(out, "constraint", q->constraint);
	put_expression(out, "calculation", q->calculation);
	put_own_message(out, p, "constraint_message", &q->constraint_message);
	put_own_message(out, p, "required_message", &q->required_message);
	put_flag(out, "required", q->required);
	put_flag(out, "decline", q->decline);
	if (q->n_choices > 0)
		put_choices(out, q, whole || q->randomize || q->choice_filter != NULL);
	if (q->other != NULL)
		put_string(out, "other", q->other->value);
	put_filter(out, q);
	put_rows(out, q);
	put_number(out, "min", q->min);
	put_number(out, "max", q->max);
	put_number(out, "step", q->step);
	if (has_text(q))
		put_number(out, "max_length", (double)q->max_length);
	if (q->type == FORM_RANKING)
		put_number(out, "ranks", (double)q->ranks);
	if (q->type == FORM_DATE) {
		put_string(out, "precision", q->precision == FORM_YEAR ? "year" : "month");
		put_string(out, "first", q->first);
		put_string(out, "last", q->last);
	}
	buf_putc(out, '}');
}

static void put_questions(struct buf *out, const struct page *p, bool whole)
{
	const struct form *f = p->site->form;

	name(out, "sections");
	buf_putc(out, '[');
	for (size_t i = 0; i < f->n_sections; i++) {
		if (f->sections[i].relevant != NULL) {
			expression(out, f->sections[i].relevant);
		} else {
			item(out);
			buf_puts(out, "true");
		}
	}
	buf_putc(out, ']');
	name(out, "questions");
	buf_putc(out, '[');
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type != FORM_NOTE)
			put_question(out, p, &f->questions[i], whole);
	buf_putc(out, ']');
}

/* --- the round --- */

static void put_texts(struct buf *out, const struct form *f)
{
	size_t n = form_free_texts(f, NULL, 0);
	struct form_free_text *list = calloc(n + 1, sizeof *list);

	if (list == NULL) {
		out->failed = true;
		return;
	}
	form_free_texts(f, list, n);
	name(out, "texts");
	buf_putc(out, '[');
	for (size_t i = 0; i < n; i++) {
		item(out);
		buf_putc(out, '[');
		json_put_string(out, list[i].field);
		buf_printf(out, ",%d]", list[i].kind);
	}
	buf_putc(out, ']');
	free(list);
}

/* The plaintext sizes of a submission's records; 0 where a kind has none. */
static void put_sizes(struct buf *out, const struct form *f)
{
	name(out, "sizes");
	buf_putc(out, '[');
	for (int kind = 0; kind < RECORD_KINDS; kind++) {
		size_t room = form_capacity(f, (enum record_kind)kind);

		item(out);
		buf_printf(out, "%zu", room > 0 ? encode_size(room) : 0);
	}
	buf_putc(out, ']');
}

static int by_code(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The region of every country that the page offers, sorted by code: a letter each, '-' for none. */
static void put_letters(struct buf *out, const struct regions *r)
{
	const char **codes = NULL;
	struct err err;
	size_t n = 0;

	if (country_sorted(&codes, &n, "en", &err) != 0) {
		out->failed = true;
		return;
	}
	qsort(codes, n, sizeof *codes, by_code);
	name(out, "countries");
	buf_putc(out, '"');
	for (size_t i = 0; i < n; i++) {
		int region = regions_of(r, codes[i]);

		/* U+0100 and so on: letters, of which there are enough, in UTF-8 */
		if (region < 0)
			buf_putc(out, '-');
		else
			buf_printf(out, "%c%c", 0xc4 + region / 64, 0x80 + region % 64);
	}
	buf_putc(out, '"');
	free(codes);
}

/*
 * The regions, and which countries are in them; only where a country is reduced or stands with a
 * text. Letters, since 250 codes would be the largest part of all this.
 */
static void put_regions(struct buf *out, const struct form *f)
{
	bool asked = false;

	for (size_t i = 0; i < f->n_questions; i++)
		asked |= f->questions[i].type == FORM_COUNTRY;
	if (!asked || f->regions == NULL || (f->frozen.keep_country && !f->frozen.text_region))
		return;
	name(out, "regions");
	buf_putc(out, '[');
	for (size_t i = 0; i < f->regions->n; i++) {
		item(out);
		json_put_string(out, f->regions->list[i].id);
	}
	buf_putc(out, ']');
	put_letters(out, f->regions);
}

static void put_round(struct buf *out, const struct page *p)
{
	const struct form *f = p->site->form;
	const struct seal_key *key = p->site->key;

	put_hex(out, "key", key->box, sizeof key->box);
	put_hex(out, "digest", key->form, sizeof key->form);
	put_sizes(out, f);
	put_texts(out, f);
	put_flag(out, "keep_country", f->frozen.keep_country);
	put_flag(out, "text_region", f->frozen.text_region);
	put_regions(out, f);
}

static void put_word(struct buf *out, const struct page *p, const char *key)
{
	put_string(out, key, words_get(p->site->words, page_language(p), key));
}

static void put_words(struct buf *out, const struct page *p, const char *const *more)
{
	name(out, "words");
	buf_putc(out, '{');
	for (size_t i = 0; words[i] != NULL; i++)
		put_word(out, p, words[i]);
	for (size_t i = 0; more != NULL && more[i] != NULL; i++)
		put_word(out, p, more[i]);
	for (int fault = ACCEPT_UNKNOWN_CHOICE; fault < ACCEPT_FAULTS; fault++)
		put_word(out, p, accept_fault_key((enum accept_fault)fault));
	buf_putc(out, '}');
}

void page_script_about(struct buf *out, const struct page *p, const char *const *more, bool whole)
{
	buf_putc(out, '{');
	put_string(out, "language", page_language(p));
	if (p->site->key != NULL && page_script_seals(p->site->form, NULL))
		put_round(out, p);
	put_questions(out, p, whole);
	put_words(out, p, more);
	buf_putc(out, '}');
}
