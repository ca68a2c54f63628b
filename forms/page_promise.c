/*
 * page_promise.c - what happens to the answers. In: how the round is really set up. Out: a few
 * promises in sight, and behind them the whole notice: what is stored, what is not, who can open
 * it, what a receipt means, what nobody can promise.
 *
 * Every sentence depends on a setting or holds for every study. A script that seals in the browser
 * exchanges what it makes truer (page.h).
 */
#include "forms/page_parts.h"

#include <stdio.h>

static void put_item(struct buf *out, const struct page *p, const char *name)
{
	buf_puts(out, "<li>");
	page_word(out, p, name);
	buf_puts(out, "</li>\n");
}

static void put_text(struct buf *out, const struct page *p, const char *name)
{
	buf_puts(out, "<p>");
	page_word(out, p, name);
	buf_puts(out, "</p>\n");
}

/* What holds without a script, and with one that seals: an element of each, the second hidden. */
static void put_kinds(struct buf *out, const struct page *p, const char *element,
                      const char *plain, const char *sealed)
{
	buf_printf(out, "<%s class=\"kind-plain\">", element);
	page_word(out, p, plain);
	buf_printf(out, "</%s>\n", element);
	if (!p->site->sealing)
		return;
	buf_printf(out, "<%s class=\"kind-sealed\" hidden>", element);
	page_word(out, p, sealed);
	buf_printf(out, "</%s>\n", element);
}

static void put_heading(struct buf *out, const struct page *p, const char *name)
{
	buf_puts(out, "<h3>");
	page_word(out, p, name);
	buf_puts(out, "</h3>\n");
}

static bool asks_country(const struct form *f)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].type == FORM_COUNTRY)
			return true;
	return false;
}

static const char *country(const struct page *p)
{
	return p->site->form->frozen.keep_country ? "promise.country" : "promise.region";
}

static bool requires(const struct form *f)
{
	for (size_t i = 0; i < f->n_questions; i++)
		if (f->questions[i].required)
			return true;
	return false;
}

static void put_optional(struct buf *out, const struct page *p)
{
	const char *mark = words_get(p->site->words, page_language(p), "question.required");

	if (!requires(p->site->form)) {
		put_item(out, p, "promise.optional");
		return;
	}
	buf_puts(out, "<li>");
	page_words(out, p, "promise.optional_most", "mark", mark, NULL, NULL);
	buf_puts(out, "</li>\n");
}

static void put_keys(struct buf *out, const struct page *p, const char *name)
{
	char custodians[16], quorum[16];

	snprintf(custodians, sizeof custodians, "%u", p->site->custodians);
	snprintf(quorum, sizeof quorum, "%u", p->site->quorum);
	page_words(out, p, name, "custodians", custodians, "quorum", quorum);
}

/* When the answers are locked, and who can open them. */
static void put_locked(struct buf *out, const struct page *p)
{
	buf_puts(out, "<li>");
	put_kinds(out, p, "span", "promise.locked", "promise.sealed");
	if (p->site->custodians > 0)
		put_keys(out, p, "promise.keys");
	buf_puts(out, "</li>\n");
}

static void put_stored(struct buf *out, const struct page *p)
{
	const struct form *f = p->site->form;

	put_heading(out, p, "notice.stored");
	put_text(out, p, "notice.stored_answers");
	if (asks_country(f))
		put_text(out, p, country(p));
	if (form_free_texts(f, NULL, 0) > 0)
		put_text(out, p, f->frozen.text_region ? "notice.texts_region" : "notice.texts");
	put_heading(out, p, "notice.not_stored");
	put_text(out, p, "notice.not_stored_text");
}

static void put_opening(struct buf *out, const struct page *p)
{
	put_heading(out, p, "notice.open");
	if (p->site->custodians > 0) {
		buf_puts(out, "<p>");
		put_keys(out, p, "notice.open_text");
		buf_puts(out, "</p>\n");
	}
	put_kinds(out, p, "p", "notice.plain", "notice.sealed");
	put_heading(out, p, "notice.receipt");
	put_text(out, p, "notice.receipt_text");
	put_heading(out, p, "notice.limits");
	put_text(out, p, "notice.limits_text");
}

void page_promise(struct buf *out, const struct page *p)
{
	buf_puts(out, "<section class=\"promise\" aria-labelledby=\"promise\">\n<h2 id=\"promise\">");
	page_word(out, p, "promise.label");
	buf_puts(out, "</h2>\n<ul class=\"facts\">\n");
	put_item(out, p, "promise.names");
	if (asks_country(p->site->form))
		put_item(out, p, country(p));
	put_optional(out, p);
	put_locked(out, p);
	put_item(out, p, "promise.sent");
	put_item(out, p, "promise.device");
	buf_puts(out, "</ul>\n<details><summary>");
	page_word(out, p, "notice.more");
	buf_puts(out, "</summary>\n");
	if (p->site->form->frozen.demonstration)
		put_text(out, p, "demonstration");
	put_stored(out, p);
	put_opening(out, p);
	buf_puts(out, "</details>\n</section>\n");
}
