/* web_block.c - blocks of a document enter, in reading order; elements of HTML leave. */
#include "forms/html.h"
#include "report/web_parts.h"

static void put_block(struct web *w, const struct document_block *b);

static void open_element(struct web *w, const struct document_block *b, const char *element,
                         const char *class)
{
	buf_printf(w->out, "<%s", element);
	if (b->id)
		html_attribute(w->out, "id", b->id);
	if (class)
		html_attribute(w->out, "class", class);
	buf_puts(w->out, ">\n");
}

static void close_element(struct web *w, const char *element)
{
	buf_printf(w->out, "</%s>\n", element);
}

/* An element around a block's text and children. */
static void put_around(struct web *w, const struct document_block *b, const char *element,
                       const char *class)
{
	open_element(w, b, element, class);
	web_element(w, "p", "title", &b->title);
	web_element(w, "p", NULL, &b->text);
	web_blocks(w, b->first);
	close_element(w, element);
}

/* No aside: that is a landmark, and stands beside the whole text. */
static void put_side(struct web *w, const struct document_block *b)
{
	buf_puts(w->out, "<div role=\"note\" class=\"side\"");
	if (b->id)
		html_attribute(w->out, "id", b->id);
	buf_puts(w->out, ">\n");
	web_element(w, "p", NULL, &b->text);
	web_blocks(w, b->first);
	close_element(w, "div");
}

/* A paragraph, a note: an element that is its text. */
static void put_paragraph(struct web *w, const struct document_block *b, const char *class)
{
	if (!b->text.n)
		return;
	buf_puts(w->out, "<p");
	if (b->id)
		html_attribute(w->out, "id", b->id);
	if (class)
		html_attribute(w->out, "class", class);
	buf_putc(w->out, '>');
	web_text(w, &b->text);
	buf_puts(w->out, "</p>\n");
}

/* An annex is long: its sections are named once more behind its first words. */
static void put_sections(struct web *w, const struct document_block *b)
{
	buf_puts(w->out, "<ul class=\"sections\">\n");
	for (; b; b = b->next) {
		if (b->kind != DOCUMENT_SECTION)
			continue;
		buf_puts(w->out, "<li><a href=\"#");
		web_section_id(w->out, w, b);
		buf_puts(w->out, "\">");
		web_plain(w, &b->title);
		buf_puts(w->out, "</a></li>\n");
	}
	close_element(w, "ul");
}

static void put_children(struct web *w, const struct document_block *section)
{
	const struct document_block *b = section->first;

	if (!section->annex) {
		web_blocks(w, b);
		return;
	}
	for (; b && b->kind != DOCUMENT_SECTION; b = b->next)
		put_block(w, b);
	if (b)
		put_sections(w, b);
	web_blocks(w, b);
}

/* The page's title is the only h1; chapters follow it. */
static void put_section(struct web *w, const struct document_block *b)
{
	unsigned level = b->level < 1 ? 2 : b->level > 5 ? 6 : b->level + 1;
	const char *class = b->level > 1 ? NULL : b->annex ? "chapter annex" : "chapter";

	buf_puts(w->out, "<section id=\"");
	web_section_id(w->out, w, b);
	buf_putc(w->out, '"');
	if (class)
		html_attribute(w->out, "class", class);
	buf_puts(w->out, ">\n");
	if (b->title.n) {
		buf_printf(w->out, "<h%u>", level);
		web_text(w, &b->title);
		buf_printf(w->out, "</h%u>\n", level);
	}
	web_element(w, "p", NULL, &b->text);
	put_children(w, b);
	if (!b->parent)
		web_notes(w);
	close_element(w, "section");
}

static void put_callout(struct web *w, const struct document_block *b)
{
	open_element(w, b, "div", "callout");
	buf_puts(w->out, "<p><strong class=\"big\">");
	html_text(w->out, b->big ? b->big : "");
	buf_puts(w->out, "</strong> ");
	web_text(w, &b->text);
	buf_puts(w->out, "</p>\n");
	web_blocks(w, b->first);
	close_element(w, "div");
}

/* Call-outs that are neighbours stand side by side. Returns the last of them. */
static const struct document_block *put_callouts(struct web *w, const struct document_block *b)
{
	buf_puts(w->out, "<div class=\"callouts\">\n");
	put_callout(w, b);
	while (b->next && b->next->kind == DOCUMENT_CALLOUT) {
		b = b->next;
		put_callout(w, b);
	}
	close_element(w, "div");
	return b;
}

static void put_block(struct web *w, const struct document_block *b)
{
	switch (b->kind) {
	case DOCUMENT_SECTION:
		put_section(w, b);
		break;
	case DOCUMENT_PARAGRAPH:
		put_paragraph(w, b, b->lead ? "lead" : b->speaker ? "speaker" : NULL);
		break;
	case DOCUMENT_NOTE:
		put_paragraph(w, b, "note");
		break;
	case DOCUMENT_SIDE:
		put_side(w, b);
		break;
	case DOCUMENT_LIST:
		put_around(w, b, b->ordered ? "ol" : "ul", NULL);
		break;
	case DOCUMENT_ITEM:
		put_around(w, b, "li", NULL);
		break;
	case DOCUMENT_QUOTE:
		put_around(w, b, "blockquote", NULL);
		break;
	case DOCUMENT_BOX:
		put_around(w, b, "div", "box");
		break;
	case DOCUMENT_FIGURE:
		web_figure(w, b);
		break;
	case DOCUMENT_TABLE:
		web_table(w, b);
		break;
	case DOCUMENT_CALLOUT:
		put_callout(w, b);
		break;
	}
}

void web_blocks(struct web *w, const struct document_block *first)
{
	for (const struct document_block *b = first; b; b = b->next) {
		if (b->kind == DOCUMENT_CALLOUT)
			b = put_callouts(w, b);
		else
			put_block(w, b);
	}
}
