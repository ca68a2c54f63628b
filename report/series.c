/*
 * series.c - an edition enters, a PDF leaves: cover, contents, who took part, a chapter for each
 * section of the series, methods. It is laid out twice: the first time tells on which page
 * everything is, the second time prints it.
 */
#include "report/series.h"

#include "report/pdf_tag.h"
#include "report/series_part.h"

#include <stdio.h>

static void section(struct series *s, const struct form_section *section)
{
	const struct form *f = s->edition->form;

	series_part_chapter(s, edition_text(s->edition, &section->title));
	for (size_t i = section->first; i < section->first + section->n; i++)
		if (form_is_asked(f->questions[i].type))
			series_question_block(s, &f->questions[i]);
	pdf_tag_close(s->layout->pdf);
}

static void lay_out(struct series *s)
{
	const struct edition *e = s->edition;
	struct pdf *pdf = s->layout->pdf;

	contents_rewind(s->contents);
	pdf_tag_open(pdf, "Document");
	series_front_cover(s);
	series_front_contents(s);
	series_people_chapter(s);
	for (size_t i = 0; i < e->form->n_sections; i++)
		if (edition_has(e, &e->form->sections[i]))
			section(s, &e->form->sections[i]);
	series_methods_chapter(s);
	pdf_tag_close(pdf);
	pdf_label(pdf, 0, 1);
}

static int missed(struct findings *findings, const struct edition *e, const struct font_set *fonts,
                  struct err *err)
{
	uint32_t list[32];
	size_t n = font_set_missed(fonts, list, 32);

	if (font_set_check(fonts, err))
		return -1;
	for (size_t i = 0; i < n && i < 32; i++)
		findings_add(findings, FINDING_WARNING, e->language,
		             "no installed font has U+%04X: it is printed as a box",
		             (unsigned)list[i]);
	return 0;
}

/* Lay out once; with `out`, the bytes are wanted. */
static int pass(struct buf *out, struct series *s, struct findings *findings, struct err *err)
{
	const struct edition *e = s->edition;
	const struct form_series *series = &e->form->series[e->series];
	struct layout_setup setup = {
		.language = e->language,
		.right_to_left = e->right_to_left,
		.title = edition_text(e, &series->title),
		.subject = study_text(e->study->title, e->language),
		.head = edition_text(e, &series->title),
		.banner = e->release->demonstration ? edition_word(e, "head.demonstration") : NULL,
		.series = e->series,
	};
	int r = -1;

	s->layout = NULL;
	s->pool = pool_create();
	if (!s->pool) {
		err_nomem(err);
		goto out;
	}
	if (layout_create(&s->layout, &setup, err))
		goto out;
	lay_out(s);
	if (out && (missed(findings, e, s->layout->fonts, err) ||
	            pdf_write(out, s->layout->pdf, err)))
		goto out;
	r = 0;
out:
	layout_free(s->layout);
	pool_free(s->pool);
	return r;
}

int series_write(struct buf *out, const struct edition *e, struct findings *findings,
                 struct err *err)
{
	struct contents contents;
	struct series s = { .edition = e, .contents = &contents };
	int r = -1;

	if (!contents_create(&contents, e, err) && !pass(NULL, &s, NULL, err))
		r = pass(out, &s, findings, err);
	contents_finish(&contents);
	return r;
}
