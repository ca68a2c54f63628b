/*
 * page.c - the frame of every page, and the questionnaire as one document with one form.
 * In: a frozen questionnaire, a language, and after mistakes the answers as they were typed.
 * Out: HTML that needs no script, no cookie and nothing from elsewhere.
 */
#include "forms/page.h"

#include "forms/html.h"
#include "forms/page_parts.h"
#include "forms/regions.h"

#include <stdio.h>
#include <string.h>

/* Where a study names no page to flee to: known everywhere, in every language, nobody's business. */
#define EXIT_DEFAULT "https://www.wikipedia.org/"

const char *page_language(const struct page *p)
{
	return p->site->form->languages[p->language];
}

const char *page_label(const struct page *p, const struct form_text *t)
{
	return form_text(t, p->language);
}

void page_words(struct buf *out, const struct page *p, const char *name, const char *place,
                const char *value, const char *place2, const char *value2)
{
	struct buf raw = {0};

	words_put(&raw, p->site->words, page_language(p), name, place, value, place2, value2, NULL);
	if (raw.failed)
		out->failed = true;
	else if (raw.data != NULL)
		html_text(out, raw.data);
	buf_finish(&raw);
}

void page_word(struct buf *out, const struct page *p, const char *name)
{
	html_text(out, words_get(p->site->words, page_language(p), name));
}

static void put_languages(struct buf *out, const struct page *p, const char *path)
{
	const struct form *f = p->site->form;

	buf_printf(out, "<ul class=\"lang%s\">", f->n_languages <= 7 ? " few" : "");
	for (size_t i = 0; i < f->n_languages; i++) {
		const char *code = f->languages[i];

		buf_puts(out, "<li><a");
		html_attribute(out, "lang", code);
		html_attribute(out, "hreflang", code);
		buf_puts(out, form_right_to_left(code) ? " dir=\"rtl\"" : " dir=\"ltr\"");
		if (i == p->language)
			buf_puts(out, " aria-current=\"true\"");
		buf_puts(out, " href=\"/");
		html_text(out, code);
		html_text(out, path);
		buf_puts(out, "\">");
		struct buf name = {0};
		language_name(&name, code, code);
		html_text(out, name.data != NULL ? name.data : code);
		buf_finish(&name);
		buf_puts(out, "</a></li>");
	}
	buf_puts(out, "</ul>\n");
}

/* The quick exit comes first, and stays in sight. */
static void put_bar(struct buf *out, const struct page *p, const char *path)
{
	const struct study *study = p->site->study;
	bool own = study != NULL && study->quick_exit != NULL;

	buf_puts(out, "<nav class=\"top\" aria-label=\"");
	page_word(out, p, "nav.label");
	buf_puts(out, "\">\n<div class=\"bar\"><a id=\"exit\" rel=\"noreferrer\"");
	html_attribute(out, "href", own ? study->quick_exit : EXIT_DEFAULT);
	buf_puts(out, " aria-label=\"");
	page_word(out, p, "nav.exit_label");
	buf_puts(out, "\">");
	page_word(out, p, "nav.exit");
	buf_puts(out, "</a></div>\n");
	if (p->site->form->n_languages > 1)
		put_languages(out, p, path);
	buf_puts(out, "</nav>\n");
}

/* A notice across the page: a demonstration, a preview. */
static void put_banner(struct buf *out, const struct page *p, const char *name)
{
	buf_puts(out, "<p class=\"banner\" role=\"note\">");
	page_word(out, p, name);
	buf_puts(out, "</p>\n");
}

/* What the tab and the history show: as neutral as the study wants it. */
static void put_title(struct buf *out, const struct page *p, bool mark)
{
	const struct study *study = p->site->study;
	const char *title = study != NULL ? study_text(study->tab_title, page_language(p)) : "";

	if (*title == '\0')
		title = words_get(p->site->words, page_language(p), "tab.survey");
	if (mark)
		page_words(out, p, "tab.check", "title", title, NULL, NULL);
	else
		html_text(out, title);
}

void page_begin(struct buf *out, const struct page *p, const char *path, bool mark)
{
	const char *code = page_language(p);

	buf_puts(out, "<!DOCTYPE html>\n<html");
	html_attribute(out, "lang", code);
	buf_puts(out, form_right_to_left(code) ? " dir=\"rtl\"" : " dir=\"ltr\"");
	buf_puts(out, ">\n<head>\n<meta charset=\"utf-8\">\n"
	              "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
	              "<meta name=\"robots\" content=\"noindex\">\n"
	              "<meta name=\"color-scheme\" content=\"light dark\">\n"
	              "<meta name=\"format-detection\" content=\"telephone=no\">\n<title>");
	put_title(out, p, mark);
	/* no icon: the policy allows no picture, so that browsers do not ask for one either */
	buf_puts(out, "</title>\n<link rel=\"stylesheet\" href=\"" PAGE_STYLE_PATH "\">\n"
	              "</head>\n<body>\n<a class=\"skip\" href=\"#main\">");
	page_word(out, p, "nav.skip");
	buf_puts(out, "</a>\n");
	put_bar(out, p, path);
	buf_puts(out, "<main id=\"main\">\n");
	if (p->site->form->frozen.demonstration)
		put_banner(out, p, "demonstration");
}

static void put_study_text(struct buf *out, const struct page *p, const char *heading,
                           const struct study_text *list)
{
	const char *text = study_text(list, page_language(p));

	if (*text == '\0')
		return;
	buf_puts(out, "<h2>");
	page_word(out, p, heading);
	buf_puts(out, "</h2>\n");
	html_paragraphs(out, text, NULL);
}

void page_end(struct buf *out, const struct page *p)
{
	const struct study *study = p->site->study;

	buf_puts(out, "</main>\n");
	if (study != NULL && (*study_text(study->support, page_language(p)) != '\0' ||
	                      *study_text(study->contact, page_language(p)) != '\0')) {
		buf_puts(out, "<footer>\n");
		put_study_text(out, p, "footer.support", study->support);
		put_study_text(out, p, "footer.contact", study->contact);
		buf_puts(out, "</footer>\n");
	}
	buf_puts(out, "</body>\n</html>\n");
}

static void put_finding(struct buf *out, const struct page *p, const struct accept_finding *found)
{
	if (found->question == NULL)
		return;
	buf_puts(out, "<li><a href=\"#");
	page_target(out, found);
	buf_puts(out, "\"><b>");
	html_text(out, page_label(p, &found->question->label));
	if (found->row != NULL) {
		buf_puts(out, " – ");
		html_text(out, page_label(p, &found->row->label));
	}
	buf_puts(out, "</b> ");
	page_fault(out, p, found);
	buf_puts(out, "</a></li>\n");
}

static void put_summary(struct buf *out, const struct page *p)
{
	buf_puts(out, "<div class=\"summary\" id=\"errors\" role=\"alert\""
	              " aria-labelledby=\"errors-title\" tabindex=\"-1\" autofocus>"
	              "<h2 id=\"errors-title\">");
	page_word(out, p, "errors.title");
	buf_puts(out, "</h2>\n<ul>\n");
	for (size_t i = 0; p->report != NULL && i < p->report->n; i++)
		put_finding(out, p, &p->report->list[i]);
	if (p->consent_missing) {
		buf_puts(out, "<li><a href=\"#consent\">");
		page_word(out, p, "error.consent");
		buf_puts(out, "</a></li>\n");
	}
	if (p->decoy) {
		buf_puts(out, "<li>");
		page_word(out, p, "error.decoy");
		buf_puts(out, "</li>\n");
	}
	buf_puts(out, "</ul>\n<p>");
	page_word(out, p, "errors.kept");
	buf_puts(out, "</p></div>\n");
}

/* "Part 2 of 8": how far it is. */
static void put_part(struct buf *out, const struct page *p, size_t part)
{
	char n[24], total[24];

	snprintf(n, sizeof n, "%zu", part);
	snprintf(total, sizeof total, "%zu", p->site->form->n_sections);
	buf_puts(out, "<span class=\"part\">");
	page_words(out, p, "section.part", "n", n, "total", total);
	buf_puts(out, "</span> ");
}

static void put_section(struct buf *out, const struct page *p, const struct form_section *s)
{
	buf_puts(out, "<section id=\"s-");
	html_text(out, s->id);
	buf_puts(out, "\" aria-labelledby=\"t-");
	html_text(out, s->id);
	buf_puts(out, "\">\n<h2 id=\"t-");
	html_text(out, s->id);
	buf_puts(out, "\">");
	if (p->site->form->n_sections > 1)
		put_part(out, p, (size_t)(s - p->site->form->sections) + 1);
	html_text(out, page_label(p, &s->title));
	buf_puts(out, "</h2>\n");
	page_condition(out, p, s->relevant);
	html_paragraphs(out, page_label(p, &s->note), NULL);
	for (size_t i = 0; i < s->n; i++)
		page_question(out, p, &p->site->form->questions[s->first + i]);
	buf_puts(out, "</section>\n");
}

static void put_consent(struct buf *out, const struct page *p)
{
	const char *text = page_label(p, &p->site->form->consent);

	if (*text == '\0')
		return;
	buf_printf(out, "<div class=\"q%s\" id=\"q-consent\">", p->consent_missing ? " bad" : "");
	if (p->consent_missing) {
		buf_puts(out, "<p class=\"error\" id=\"e-consent\"><b>");
		page_word(out, p, "errors.mark");
		buf_puts(out, "</b> ");
		page_word(out, p, "error.consent");
		buf_puts(out, "</p>");
	}
	buf_printf(out, "<div class=\"o\"><input type=\"checkbox\" name=\"" PAGE_CONSENT "\""
	           " value=\"yes\" id=\"consent\"%s%s><label for=\"consent\">",
		p->consent ? " checked" : "",
		p->consent_missing ? " aria-invalid=\"true\" aria-describedby=\"e-consent\"" : "");
	html_text(out, text);
	buf_puts(out, "</label></div></div>\n");
}

/* The end of the form: consent, the button, and what people do not see. */
static void put_sending(struct buf *out, const struct page *p)
{
	buf_puts(out, "<section id=\"end\" aria-labelledby=\"end-title\"><h2 id=\"end-title\">");
	page_word(out, p, "end.title");
	buf_puts(out, "</h2>\n<p>");
	page_word(out, p, "end.text");
	buf_puts(out, "</p>\n");
	put_consent(out, p);
	if (p->number != NULL) {
		buf_puts(out, "<p><button>");
		page_word(out, p, "end.button");
		buf_puts(out, "</button></p>\n");
	} else {
		put_banner(out, p, "preview");
	}
	buf_puts(out, "<div class=\"decoy\" aria-hidden=\"true\"><label for=\"decoy\">");
	page_word(out, p, "decoy.label");
	buf_puts(out, "</label><input id=\"decoy\" name=\"" PAGE_DECOY "\" tabindex=\"-1\""
	              " autocomplete=\"off\"></div>\n");
	if (p->number != NULL) {
		buf_puts(out, "<input type=\"hidden\" name=\"" PAGE_NUMBER "\"");
		html_attribute(out, "value", p->number);
		buf_puts(out, ">\n");
	}
	buf_puts(out, "</section>\n");
}

void page_form(struct buf *out, const struct page *p)
{
	const struct form *f = p->site->form;
	bool mistakes = (p->report != NULL && p->report->n > 0) || p->consent_missing || p->decoy;

	page_begin(out, p, "", mistakes || p->unsent != PAGE_SENT);
	buf_puts(out, "<header>\n<h1>");
	html_text(out, page_label(p, &f->title));
	buf_puts(out, "</h1>\n");
	if (mistakes)
		put_summary(out, p);
	if (p->unsent != PAGE_SENT)
		page_unsent(out, p);
	html_paragraphs(out, page_label(p, &f->introduction), "lead");
	page_promise(out, p);
	buf_puts(out, "</header>\n<form id=\"form\" method=\"post\" novalidate action=\"/");
	html_text(out, page_language(p));
	buf_puts(out, "\" accept-charset=\"utf-8\">\n");
	for (size_t i = 0; i < f->n_sections; i++)
		put_section(out, p, &f->sections[i]);
	put_sending(out, p);
	buf_puts(out, "</form>\n");
	page_end(out, p);
}
