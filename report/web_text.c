/*
 * web_text.c - texts of a document enter, HTML leaves. Footnotes stand at the end of their chapter,
 * with links there and back.
 */
#include "forms/html.h"
#include "report/web_parts.h"

#include <string.h>

/* Links lead to the web, to a mailbox or to a block that is there. */
static bool link_leads(struct web *w, const char *link)
{
	if (link[0] == '#') {
		if (document_find(w->d, link + 1))
			return true;
		findings_add(w->findings, FINDING_WARNING, link,
		             "a link to nothing in this report");
		return false;
	}
	return !strncmp(link, "https://", 8) || !strncmp(link, "http://", 7) ||
	       !strncmp(link, "mailto:", 7);
}

/* The words of a span; blanks at the ends stay outside of a link. */
static void put_words(struct web *w, const struct document_span *s)
{
	bool link = s->link && link_leads(w, s->link);
	bool foreign = s->language && strcmp(s->language, w->d->edition->language);

	if (link) {
		buf_puts(w->out, "<a");
		html_attribute(w->out, "href", s->link);
		buf_putc(w->out, '>');
	}
	if (foreign) {
		buf_puts(w->out, "<span");
		html_attribute(w->out, "lang", s->language);
		html_attribute(w->out, "dir", form_right_to_left(s->language) ? "rtl" : "ltr");
		buf_putc(w->out, '>');
	}
	buf_puts(w->out, s->strong ? "<strong>" : "");
	buf_puts(w->out, s->emphasis ? "<em>" : "");
	html_lines(w->out, s->text);
	buf_puts(w->out, s->emphasis ? "</em>" : "");
	buf_puts(w->out, s->strong ? "</strong>" : "");
	buf_puts(w->out, foreign ? "</span>" : "");
	buf_puts(w->out, link ? "</a>" : "");
}

static size_t notes_here(const struct web *w)
{
	return w->notes.failed ? 0 : w->notes.len / sizeof(const struct document_text *);
}

static void put_mark(struct web *w, const struct document_text *note)
{
	size_t number = w->notes_before + notes_here(w) + 1;

	buf_put(&w->notes, &note, sizeof note);
	buf_printf(w->out,
	           "<sup><a id=\"R%zu\" href=\"#N%zu\" role=\"doc-noteref\" aria-label=\"", number,
	           number);
	html_text(w->out, web_word(w, "web.note"));
	buf_printf(w->out, " %zu\">%zu</a></sup>", number, number);
}

void web_text(struct web *w, const struct document_text *t)
{
	for (size_t i = 0; i < t->n; i++) {
		if (document_notes_meet(t, i))
			buf_puts(w->out, "<sup>,</sup>");
		else
			put_words(w, &t->spans[i]);
		if (t->spans[i].note)
			put_mark(w, t->spans[i].note);
	}
}

void web_plain(struct web *w, const struct document_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		html_text(w->out, t->spans[i].text);
}

void web_element(struct web *w, const char *element, const char *class,
                 const struct document_text *t)
{
	if (!t->n)
		return;
	buf_printf(w->out, "<%s", element);
	if (class)
		html_attribute(w->out, "class", class);
	buf_putc(w->out, '>');
	web_text(w, t);
	buf_printf(w->out, "</%s>\n", element);
}

/* A note's own words have no notes. */
static void put_note(struct web *w, const struct document_text *note, size_t number)
{
	buf_printf(w->out, "<li id=\"N%zu\">", number);
	for (size_t i = 0; i < note->n; i++)
		put_words(w, &note->spans[i]);
	buf_printf(w->out, " <a href=\"#R%zu\" role=\"doc-backlink\" aria-label=\"", number);
	html_text(w->out, web_word(w, "web.back"));
	buf_printf(w->out, " %zu\">\u21A5</a></li>\n", number);
}

void web_notes(struct web *w)
{
	size_t n = notes_here(w);

	if (!n)
		return;
	buf_puts(w->out, "<div class=\"notes\">\n");
	buf_puts(w->out, "<p class=\"notes-title\">");
	html_text(w->out, web_word(w, "web.notes"));
	buf_printf(w->out, "</p>\n<ol start=\"%zu\">\n", w->notes_before + 1);
	for (size_t i = 0; i < n; i++) {
		const struct document_text *note;

		memcpy(&note, w->notes.data + i * sizeof note, sizeof note);
		put_note(w, note, w->notes_before + i + 1);
	}
	buf_puts(w->out, "</ol>\n</div>\n");
	w->notes_before += n;
	buf_clear(&w->notes);
}
