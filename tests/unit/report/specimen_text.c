/*
 * specimen_text.c - write a PDF in which everything that texts can be is printed once: scripts,
 * looks, links, footnotes. usage: specimen_text OUTPUT [LANGUAGE]. The sentences go to standard
 * output, one a line with its language, so that they can be looked for in the file. With a language
 * they are the lines of standard input instead.
 */
#include "report/pdf_draw.h"
#include "report/pdf_tag.h"
#include "report/pdf_text.h"

#include "tests/unit/report/specimen_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WIDTH = 595, HEIGHT = 842, MARGIN = 60, SPANS = 8, PARTS = 64, LINE = 4096 };

static const double SIZE = 11, LEADING = 17;
static const struct color ink = { 0.1, 0.1, 0.1 }, accent = { 0, 0.3, 0.5 };

struct page {
	struct pdf *pdf;
	struct font_set *fonts;
	double y;
	unsigned notes;
};

static void die(const char *why)
{
	fprintf(stderr, "specimen_text: %s\n", why);
	exit(1);
}

/* The spans of a text: between * it is bold, _ slanted, ^ a footnote's mark, [ ] a link. */
static size_t read_spans(char *words, struct text_span *spans, const char *marked)
{
	static const char signs[] = "*_^[]";
	size_t n = 0, at = 0;
	bool open = false;

	for (; *marked; marked++) {
		const char *sign = strchr(signs, *marked);

		if (!sign) {
			words[at++] = *marked;
			continue;
		}
		if (open) {
			spans[n++].end = at;
		} else {
			spans[n] = (struct text_span){ .start = at, .mark = (unsigned)n + 1 };
			spans[n].weight = *sign == '*' ? FONT_BOLD : FONT_REGULAR;
			spans[n].slanted = *sign == '_';
			spans[n].raised = *sign == '^';
			if (*sign == '[')
				spans[n].mark += 100;
		}
		open = !open;
	}
	words[at] = '\0';
	return n;
}

/* One part of a line: words, a link to the web, or a mark that leads to its note. */
static void draw_part(struct page *p, const struct text *t, size_t line, const struct text_part *q,
                      bool raised, double x)
{
	bool web = q->mark > 100;

	if (raised)
		pdf_tag_open(p->pdf, "Reference");
	if (raised || web)
		pdf_tag_open(p->pdf, "Link");
	if (raised)
		pdf_tag_link_name(p->pdf, x + q->x, p->y, q->width, SIZE, "note", "Note 1");
	if (web)
		pdf_tag_link_web(p->pdf, x + q->x, p->y - 2, q->width, SIZE + 2,
		                 "https://www.un.org/en/",
		                 "The Universal Declaration of Human Rights");
	pdf_tag_content(p->pdf);
	pdf_text_draw_runs(p->pdf, t, line, q->first, q->n, x + q->x, p->y,
	                   raised || web ? accent : ink);
	pdf_tag_content_end(p->pdf);
	if (raised || web)
		pdf_tag_close(p->pdf);
	if (raised)
		pdf_tag_close(p->pdf);
}

static void draw_line(struct page *p, const struct text *t, size_t line)
{
	struct text_part parts[PARTS];
	size_t n = text_parts(parts, PARTS, t, line);
	const struct text_line *l = &t->lines[line];
	double x = t->right_to_left ? WIDTH - MARGIN - l->width - l->blank : MARGIN;

	for (size_t i = 0; i < n && i < PARTS; i++)
		draw_part(p, t, line, &parts[i], l->runs[parts[i].first].rise != 0, x);
	p->y -= LEADING;
}

static void draw_sentence(struct page *p, const struct specimen_sentence *s, const char *type)
{
	struct text_style style = { .fonts = p->fonts,
		                    .family = s->serif ? FONT_SERIF : FONT_SANS,
		                    .size = SIZE,
		                    .language = s->language,
		                    .right_to_left = s->right_to_left };
	struct text_span spans[SPANS];
	char words[LINE];
	size_t n = s->marked ? read_spans(words, spans, s->marked) : 0;
	struct text *t;
	struct err err;

	if (!s->marked)
		snprintf(words, sizeof words, "%s", s->plain);
	if (text_create_spans(&t, words, &style, spans, n, WIDTH - 2 * MARGIN, false, &err))
		die(err.msg);
	printf("%s\t%s\n", s->language, words);
	if (p->y - LEADING * (double)t->n < MARGIN) {
		pdf_page(p->pdf, WIDTH, HEIGHT);
		p->y = HEIGHT - MARGIN;
	}
	pdf_tag_open(p->pdf, type);
	pdf_tag_language(p->pdf, s->language);
	if (!strcmp(type, "Note"))
		pdf_tag_place(p->pdf, "note", pdf_pages(p->pdf) - 1, p->y + LEADING);
	for (size_t i = 0; i < t->n; i++)
		draw_line(p, t, i);
	pdf_tag_close(p->pdf);
	p->y -= LEADING / 2;
	text_free(t);
}

static void draw_logo(struct page *p)
{
	static const uint8_t pixels[2 * 2 * 3] = { 200, 0, 0, 0, 200, 0, 0, 0, 200, 90, 90, 90 };
	static const double points[] = { 0, 0, 10, 0, 10, 5, 5, 10, 0, 10 };
	struct theme_path path = { .fill = accent, .commands = "MLCZ", .points = points, .n = 4 };
	struct theme_logo picture = { .width = 2, .height = 2, .pixels = (uint8_t *)pixels };
	struct theme_logo vector = { .width = 10, .height = 10, .paths = &path, .n_paths = 1 };

	pdf_tag_open(p->pdf, "Figure");
	pdf_tag_alternative(p->pdf, "The logo of a network");
	pdf_tag_box(p->pdf, MARGIN, p->y - 20, 60, 20);
	pdf_tag_content(p->pdf);
	pdf_draw_logo(p->pdf, &picture, MARGIN, p->y, 20);
	pdf_draw_logo(p->pdf, &vector, MARGIN + 25, p->y, 20);
	pdf_draw_disc(p->pdf, MARGIN + 60, p->y - 10, 6, accent, true);
	pdf_tag_content_end(p->pdf);
	pdf_tag_close(p->pdf);
	p->y -= 40;
}

/* Lines of standard input, each a paragraph. */
static void draw_lines(struct page *p, const char *language)
{
	struct specimen_sentence s = { .language = language };
	char line[LINE];

	s.right_to_left = !strcmp(language, "ar") || !strcmp(language, "fa");
	s.plain = line;
	while (fgets(line, sizeof line, stdin)) {
		line[strcspn(line, "\n")] = '\0';
		if (line[0])
			draw_sentence(p, &s, "P");
	}
}

static void draw(struct page *p, const char *language)
{
	pdf_page(p->pdf, WIDTH, HEIGHT);
	p->y = HEIGHT - MARGIN;
	pdf_bookmark(p->pdf, PDF_TOP, "Scripts", 0, p->y);
	pdf_label(p->pdf, 0, 1);
	pdf_tag_open(p->pdf, "Document");
	if (!language)
		draw_sentence(p, &specimen_title, "H1");
	if (language)
		draw_lines(p, language);
	for (size_t i = 0; !language && i < SPECIMEN_SENTENCES; i++)
		draw_sentence(p, &specimen_sentences[i], "P");
	if (!language)
		draw_sentence(p, &specimen_note, "Note");
	draw_logo(p);
	pdf_tag_close(p->pdf);
}

int main(int argc, char **argv)
{
	static const struct pdf_info info = { .title = "Scripts",
		                              .subject = "Article 1",
		                              .language = "en" };
	struct page p = { 0 };
	struct err err;

	if (argc != 2 && argc != 3)
		return 2;
	if (font_set_create(&p.fonts, NULL, &err) || pdf_create(&p.pdf, &info, p.fonts, &err))
		die(err.msg);
	draw(&p, argv[2]);
	if (pdf_save(p.pdf, argv[1], &err))
		die(err.msg);
	pdf_free(p.pdf);
	font_set_free(p.fonts);
	return 0;
}
