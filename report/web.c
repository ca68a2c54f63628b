/*
 * web.c - a document enters, one HTML file leaves. It is well-formed XML, too, so that any parser
 * reads it; it says of itself that nothing else may be loaded.
 */
#include "report/web.h"

#include "forms/html.h"
#include "report/web_parts.h"

#include <string.h>

const char *web_word(const struct web *w, const char *name)
{
	return document_word(w->d, name);
}

const struct palette *web_palette(const struct web *w)
{
	const struct edition *e = w->d->edition;

	return &e->theme->color[e->series % (sizeof e->theme->color / sizeof *e->theme->color)];
}

/* `language`: of the text, when not the page's; or NULL. */
static void put_line(struct buf *out, const char *element, const char *class, const char *text,
                     const char *language)
{
	if (!text || !*text)
		return;
	buf_printf(out, "<%s", element);
	if (class)
		html_attribute(out, "class", class);
	if (language)
		html_attribute(out, "lang", language);
	buf_putc(out, '>');
	html_text(out, text);
	buf_printf(out, "</%s>\n", element);
}

/* The same report in other languages, each named in its own: files beside this one. */
static void put_languages(struct web *w)
{
	const struct edition *e = w->d->edition;

	if (!e->languages)
		return;
	buf_puts(w->out, "<nav class=\"languages\"");
	html_attribute(w->out, "aria-label", web_word(w, "people.language"));
	buf_puts(w->out, ">\n<ul>\n");
	for (const char *const *l = e->languages; *l; l++) {
		struct buf name = { 0 };

		language_name(&name, *l, *l);
		buf_puts(w->out, "<li><a href=\"");
		buf_printf(w->out, "%s-%s.html\"", e->form->series[e->series].id, *l);
		html_attribute(w->out, "lang", *l);
		html_attribute(w->out, "hreflang", *l);
		if (!strcmp(*l, e->language))
			html_attribute(w->out, "aria-current", "page");
		buf_putc(w->out, '>');
		html_text(w->out, name.data ? name.data : *l);
		buf_puts(w->out, "</a></li>\n");
		buf_finish(&name);
	}
	buf_puts(w->out, "</ul>\n</nav>\n");
}

static void put_cover(struct web *w)
{
	const struct document *d = w->d;

	buf_puts(w->out, "<header>\n<div>\n");
	web_logo(w);
	put_languages(w);
	put_line(w->out, "p", "over", d->over, d->over_language);
	put_line(w->out, "h1", NULL, d->title, NULL);
	put_line(w->out, "p", "subtitle", d->subtitle, NULL);
	put_line(w->out, "p", "number", d->number, NULL);
	if (d->n_facts)
		buf_puts(w->out, "<dl>\n");
	for (size_t i = 0; i < d->n_facts; i++) {
		buf_puts(w->out, "<div>");
		put_line(w->out, "dt", NULL, d->facts[i].label, NULL);
		put_line(w->out, "dd", NULL, d->facts[i].value, d->facts[i].language);
		buf_puts(w->out, "</div>\n");
	}
	if (d->n_facts)
		buf_puts(w->out, "</dl>\n");
	if (d->notice) {
		buf_puts(w->out, "<p class=\"notice\"><strong>");
		html_text(w->out, d->notice);
		buf_puts(w->out, "</strong> ");
		html_text(w->out, d->notice_text ? d->notice_text : "");
		buf_puts(w->out, "</p>\n");
	}
	buf_puts(w->out, "</div>\n</header>\n");
}

/* From the section that was asked for last: the next one is mostly behind it. */
void web_section_id(struct buf *out, struct web *w, const struct document_block *section)
{
	const struct document_block *b = w->counted ? w->counted : w->d->first;
	size_t n = w->counted ? w->count : 1;

	if (section->id) {
		html_text(out, section->id);
		return;
	}
	while (b != section) {
		n += b->kind == DOCUMENT_SECTION;
		b = document_next(b);
		if (!b) {
			b = w->d->first;
			n = 1;
		}
	}
	w->counted = b;
	w->count = n;
	buf_printf(out, "S%zu", n);
}

static bool in_contents(const struct document_block *b)
{
	return b->kind == DOCUMENT_SECTION && (b->in_contents || !b->parent);
}

/* The sections among `b` and its neighbours that the contents name, as a list. */
static void put_contents(struct web *w, const struct document_block *b)
{
	bool open = false;

	for (; b; b = b->next) {
		if (!in_contents(b))
			continue;
		buf_puts(w->out, open ? "<li>" : "<ol>\n<li>");
		open = true;
		buf_puts(w->out, "<a href=\"#");
		web_section_id(w->out, w, b);
		buf_puts(w->out, "\">");
		web_plain(w, &b->title);
		buf_puts(w->out, "</a>");
		put_contents(w, b->first);
		buf_puts(w->out, "</li>\n");
	}
	buf_puts(w->out, open ? "</ol>\n" : "");
}

static void put_body(struct web *w)
{
	buf_puts(w->out, "<body>\n<a class=\"skip\" href=\"#Main\">");
	html_text(w->out, web_word(w, "web.skip"));
	buf_puts(w->out, "</a>\n"
	                 "<svg class=\"patterns\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
	canvas_svg_pattern(w->out, &w->colors, web_palette(w)->muted);
	buf_puts(w->out, "</svg>\n");
	put_cover(w);
	buf_puts(w->out, "<nav id=\"Contents\" aria-labelledby=\"Contents-title\">\n"
	                 "<h2 id=\"Contents-title\">");
	html_text(w->out, web_word(w, "contents.title"));
	buf_puts(w->out, "</h2>\n");
	put_contents(w, w->d->first);
	buf_puts(w->out, "</nav>\n<main id=\"Main\" tabindex=\"-1\">\n");
	web_blocks(w, w->d->first);
	buf_puts(w->out, "<p class=\"jump\"><a href=\"#Contents\">");
	html_text(w->out, web_word(w, "contents.title"));
	buf_puts(w->out, "</a></p>\n</main>\n</body>\n");
}

static void put_meta(struct buf *out, const char *name, const char *content)
{
	buf_puts(out, "<meta");
	html_attribute(out, "name", name);
	html_attribute(out, "content", content);
	buf_puts(out, "/>\n");
}

static void put_head(struct buf *out, const struct web *w)
{
	const struct document *d = w->d;

	buf_puts(out, "<!DOCTYPE html>\n<html");
	html_attribute(out, "lang", d->edition->language);
	html_attribute(out, "dir", d->edition->right_to_left ? "rtl" : "ltr");
	buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\"/>\n<title>");
	html_text(out, d->title);
	buf_puts(out, d->over && *d->over ? " \u2013 " : "");
	html_text(out, d->over ? d->over : "");
	buf_puts(out, "</title>\n<meta http-equiv=\"Content-Security-Policy\" content=\""
	              "default-src &#39;none&#39;; style-src &#39;unsafe-inline&#39;; "
	              "img-src data:\"/>\n");
	put_meta(out, "viewport", "width=device-width, initial-scale=1");
	put_meta(out, "color-scheme", "light dark");
	put_meta(out, "referrer", "no-referrer");
	if (d->subtitle && *d->subtitle)
		put_meta(out, "description", d->subtitle);
	buf_puts(out, "<style>\n");
	web_style(out, w);
	buf_puts(out, "</style>\n</head>\n");
}

static int write_page(struct buf *out, struct web *w, struct err *err)
{
	struct buf body = { 0 };
	int r = 0;

	w->out = &body;
	put_body(w);
	put_head(out, w);
	if (body.data)
		buf_put(out, body.data, body.len);
	buf_puts(out, "</html>\n");
	if (type_fault(w->type, err))
		r = -1;
	else if (out->failed || body.failed || w->colors.list.failed || w->notes.failed)
		r = err_nomem(err);
	buf_finish(&body);
	return r;
}

int web_write(struct buf *out, const struct document *d, struct findings *findings,
              struct err *err)
{
	const struct edition *e = d->edition;
	struct type_setup setup = { e->language, e->right_to_left, e->theme->heading,
		                    e->theme->body };
	struct web w = { .d = d, .findings = findings };
	int r;

	if (document_fault(d, err) || type_create(&w.type, &setup, err))
		return -1;
	r = write_page(out, &w, err);
	type_free(w.type);
	canvas_svg_colors_finish(&w.colors);
	buf_finish(&w.notes);
	return r;
}
