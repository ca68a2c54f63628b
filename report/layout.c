/*
 * layout.c - a document enters, a PDF leaves: cover, contents, chapters. It is laid out twice: a
 * draft tells on which page everything comes to stand, then it is drawn. Texts are set once.
 */
#include "report/layout.h"

#include "report/layout_parts.h"
#include "report/pdf_tag.h"

#include <stdlib.h>

static void lay_out(struct layout *l, bool draft)
{
	l->draft = draft;
	l->n_pages = l->n_notes = l->n_floats = 0;
	l->notes_height = l->indent = 0;
	l->chapter = "";
	layout_open(l, "Document");
	layout_cover(l);
	layout_contents(l);
	layout_blocks(l, l->d->first);
	layout_page_end(l);
	layout_close(l);
}

static int missed(struct findings *findings, const struct layout *l, struct err *err)
{
	uint32_t list[32];
	struct font_set *fonts = type_fonts(l->type);
	size_t n = font_set_missed(fonts, list, 32);

	if (font_set_check(fonts, err))
		return -1;
	for (size_t i = 0; i < n && i < 32; i++)
		findings_add(findings, FINDING_WARNING, l->d->edition->language,
		             "no installed font has U+%04X: it is printed as a box",
		             (unsigned)list[i]);
	return 0;
}

static int start(struct layout *l, struct document *d, struct err *err)
{
	const struct edition *e = d->edition;
	struct type_setup setup = { .language = e->language,
		                    .right_to_left = e->right_to_left,
		                    .heading = e->theme->heading,
		                    .body = e->theme->body };
	struct pdf_info info = { .title = d->title,
		                 .subject = d->over,
		                 .language = e->language,
		                 .right_to_left = e->right_to_left };

	l->d = d;
	l->color = &e->theme->color[e->series % 3];
	l->grid = layout_grid(e->theme);
	for (int i = 0; i < 4; i++)
		l->bookmark[i] = PDF_TOP;
	l->pool = pool_create();
	if (!l->pool)
		return err_nomem(err);
	if (type_create(&l->type, &setup, err) ||
	    pdf_create(&l->pdf, &info, type_fonts(l->type), err))
		return -1;
	layout_rich_number(l);
	return 0;
}

static int finish(struct buf *out, struct layout *l, struct findings *findings, struct err *err)
{
	if (document_fault(l->d, err) || type_fault(l->type, err) || missed(findings, l, err))
		return -1;
	pdf_label(l->pdf, 0, 1);
	return pdf_write(out, l->pdf, err);
}

int layout_write(struct buf *out, struct document *d, struct findings *findings,
                 struct err *err)
{
	struct layout *l = calloc(1, sizeof *l);
	int r = -1;

	if (!l)
		return err_nomem(err);
	if (!start(l, d, err)) {
		lay_out(l, true);
		lay_out(l, false);
		r = finish(out, l, findings, err);
	}
	pdf_free(l->pdf);
	type_free(l->type);
	pool_free(l->pool);
	free(l->places);
	free(l->notes);
	free(l);
	return r;
}
