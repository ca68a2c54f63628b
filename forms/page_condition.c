/*
 * page_condition.c - a relevance expression on a page: one sentence, "Only if you answered “Yes” to
 * “Have you ...?”.", or a general one where the expression cannot be said in a few words. Where the
 * style sheet says the same, a browser that understands it hides the sentence.
 */
#include "forms/condition.h"
#include "forms/page_parts.h"

void page_condition(struct buf *out, const struct page *p, const struct expression *e)
{
	const struct condition_words w = {p->site->form, p->site->words, p->language, NULL};
	struct buf condition = {0};
	bool stays;

	if (e == NULL)
		return;
	stays = p->site->relevance != NULL && !relevance_css_exact(p->site->relevance, e);
	buf_puts(out, stays ? "<p class=\"if s\">" : "<p class=\"if\">");
	if (condition_put(&condition, &w, e) == 0 && condition.len > 0 && !condition.failed)
		page_words(out, p, "only_if", "condition", condition.data, NULL, NULL);
	else
		page_word(out, p, "only_if.some");
	buf_puts(out, "</p>\n");
	out->failed |= condition.failed;
	buf_finish(&condition);
}
