/* narrative.h - a document's blocks as lines of text, for the tests of narratives. */
#ifndef TESTS_REPORT_NARRATIVE_H
#define TESTS_REPORT_NARRATIVE_H

#include "report/document.h"

/* *strong*, _emphasis_, <link words>, [fr:words], words^{note} */
static inline void narrative_words(struct buf *out, const struct document_text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct document_span *s = &t->spans[i];

		if (s->link)
			buf_printf(out, "<%s ", s->link);
		if (s->language)
			buf_printf(out, "[%s:", s->language);
		buf_puts(out, s->strong ? "*" : "");
		buf_puts(out, s->emphasis ? "_" : "");
		buf_puts(out, s->text);
		buf_puts(out, s->emphasis ? "_" : "");
		buf_puts(out, s->strong ? "*" : "");
		buf_puts(out, s->language ? "]" : "");
		buf_puts(out, s->link ? ">" : "");
		if (s->note) {
			buf_puts(out, "^{");
			narrative_words(out, s->note);
			buf_putc(out, '}');
		}
	}
}

/* A block a line, indented; of figures and tables only what they are. */
static inline void narrative_dump(struct buf *out, const struct document_block *b, int depth)
{
	static const char *const kinds[] = { "section", "paragraph", "note",   "side",
		                             "list",    "item",      "quote",  "box",
		                             "figure",  "table",     "callout" };

	for (; b; b = b->next) {
		bool figure = b->kind == DOCUMENT_FIGURE || b->kind == DOCUMENT_TABLE;

		buf_printf(out, "%*s%s", 2 * depth, "", kinds[b->kind]);
		if (b->kind == DOCUMENT_SECTION)
			buf_printf(out, " %u", b->level);
		buf_puts(out, b->ordered ? " ordered" : "");
		buf_puts(out, b->speaker ? " speaker" : "");
		buf_puts(out, b->lead ? " lead" : "");
		if (b->big)
			buf_printf(out, " (%s)", b->big);
		if (b->title.n && !figure) {
			buf_putc(out, ' ');
			narrative_words(out, &b->title);
		}
		if (b->text.n) {
			buf_putc(out, ' ');
			narrative_words(out, &b->text);
		}
		buf_putc(out, '\n');
		if (!figure)
			narrative_dump(out, b->first, depth + 1);
	}
}

#endif
