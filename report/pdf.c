/*
 * pdf.c - the document: calls of the layout enter, the bytes of a PDF 1.7 file leave.
 *
 * libharu gives objects, pages, outline, cross-references and compression; pdf_pack.c makes the
 * file small. Page content is collected in a buffer of our own and handed over whole, so that there
 * is one place where it can fail. The file's identifier is a digest of its content, not a time.
 */
#include "report/pdf.h"

#include "lib/base/file.h"
#include "report/pdf_object.h"
#include "report/pdf_pack.h"

#include <stdlib.h>

/* Faults are asked for after each call; the handler must only be there. */
static void ignore(HPDF_STATUS error, HPDF_STATUS detail, void *data)
{
	(void)error;
	(void)detail;
	(void)data;
}

int pdf_create(struct pdf **out, const struct pdf_info *info, struct font_set *fonts,
               struct err *err)
{
	struct pdf *p = calloc(1, sizeof *p);

	*out = NULL;
	if (!p)
		return err_nomem(err);
	p->fonts = fonts;
	p->doc = HPDF_New(ignore, NULL);
	if (!p->doc) {
		pdf_free(p);
		return err_nomem(err);
	}
	p->doc->pdf_version = HPDF_VER_17;
	pdf_object_check(p, HPDF_SetCompressionMode(p->doc, HPDF_COMP_ALL));
	pdf_object_check(p, HPDF_SetPageMode(p->doc, HPDF_PAGE_MODE_USE_OUTLINE));
	pdf_meta_set(p, info);
	pdf_tag_start(p);
	if (p->failed) {
		*err = p->err;
		pdf_free(p);
		return -1;
	}
	*out = p;
	return 0;
}

void pdf_free(struct pdf *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n_pages; i++)
		buf_finish(&p->pages[i].content);
	if (p->doc)
		HPDF_Free(p->doc);
	pdf_link_free(p);
	pdf_tree_finish(&p->tree);
	for (size_t i = 0; i < PDF_DEPTH; i++)
		buf_finish(&p->words[i]);
	free(p->pages);
	free(p->images);
	free(p->bookmarks);
	free(p);
}

size_t pdf_page(struct pdf *p, double width, double height)
{
	struct pdf_page *page;

	if (p->failed ||
	    !pdf_object_grow(p, &p->pages, p->n_pages, &p->cap_pages, sizeof *p->pages))
		return p->n_pages;
	page = &p->pages[p->n_pages];
	*page = (struct pdf_page){ .page = HPDF_AddPage(p->doc) };
	if (!pdf_object_check(p, page->page ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM))
		return p->n_pages;
	pdf_object_check(p, HPDF_Page_SetWidth(page->page, (HPDF_REAL)width));
	pdf_object_check(p, HPDF_Page_SetHeight(page->page, (HPDF_REAL)height));
	page->parents = pdf_tree_page(&p->tree);
	p->filled = false;
	p->selected = NULL;
	pdf_object_put_name(p, page->page, "Tabs", "S");
	pdf_object_put_number(p, page->page, "StructParents", page->parents);
	return p->n_pages++;
}

size_t pdf_pages(const struct pdf *p)
{
	return p->n_pages;
}

void pdf_label(struct pdf *p, size_t page, unsigned first)
{
	if (!p->failed)
		pdf_object_check(p, HPDF_AddPageLabel(p->doc, (HPDF_UINT)page,
		                                      HPDF_PAGE_NUM_STYLE_DECIMAL, first, ""));
}

int pdf_bookmark(struct pdf *p, int parent, const char *title, size_t page, double y)
{
	HPDF_Outline above = parent == PDF_TOP || p->failed ? NULL : p->bookmarks[parent], o;
	HPDF_Destination to;

	if (p->failed || !pdf_object_grow(p, &p->bookmarks, p->n_bookmarks, &p->cap_bookmarks,
	                                  sizeof *p->bookmarks))
		return PDF_TOP;
	o = HPDF_CreateOutline(p->doc, above, "title", NULL);
	to = pdf_object_destination(p, page, y);
	if (!pdf_object_check(p, o && to ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM))
		return PDF_TOP;
	pdf_object_put_text(p, o, "Title", title);
	/* libharu writes a /Type that outline items do not have. */
	pdf_object_check(p, HPDF_Dict_RemoveElement(o, "Type"));
	pdf_object_check(p, HPDF_Outline_SetDestination(o, to));
	if (parent != PDF_TOP)
		pdf_object_check(p, HPDF_Outline_SetOpened(o, HPDF_FALSE));
	p->bookmarks[p->n_bookmarks] = o;
	return (int)p->n_bookmarks++;
}

void pdf_fail(struct pdf *p, const struct err *err)
{
	if (!p->failed)
		p->err = *err;
	p->failed = true;
}

bool pdf_failed(const struct pdf *p)
{
	return p->failed;
}

static void finish_pages(struct pdf *p)
{
	HPDF_BYTE digest[HPDF_MD5_KEY_LEN];
	HPDF_Array id = pdf_object_array(p, false);
	HPDF_MD5_CTX md5;

	HPDF_MD5Init(&md5);
	for (size_t i = 0; i < p->n_pages && !p->failed; i++) {
		struct buf *b = &p->pages[i].content;
		HPDF_PageAttr page = p->pages[i].page->attr;

		if (b->failed) {
			pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
			return;
		}
		HPDF_MD5Update(&md5, (const HPDF_BYTE *)b->data, (HPDF_UINT32)b->len);
		pdf_object_check(p, HPDF_Stream_Write(page->stream, (const HPDF_BYTE *)b->data,
		                                      (HPDF_UINT)b->len));
	}
	HPDF_MD5Final(digest, &md5);
	for (int i = 0; i < 2 && !p->failed; i++)
		pdf_object_add(p, id, HPDF_Binary_New(p->doc->mmgr, digest, sizeof digest));
	if (!p->failed)
		pdf_object_put(p, p->doc->trailer, "ID", id);
}

/* What libharu wrote. */
static void collect(struct buf *out, struct pdf *p)
{
	HPDF_UINT32 n = HPDF_GetStreamSize(p->doc), got = n;
	void *room = buf_room(out, n);

	if (!room) {
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	} else if (pdf_object_check(p, HPDF_ResetStream(p->doc)) &&
	           pdf_object_check(p, HPDF_ReadFromStream(p->doc, room, &got))) {
		out->len += n;
		if (got != n)
			pdf_object_check(p, HPDF_STREAM_EOF);
	}
}

int pdf_write(struct buf *out, struct pdf *p, struct err *err)
{
	struct buf plain = { 0 };
	struct pdf_raw tree = { 0 };
	int r = -1;

	pdf_font_finish(p);
	pdf_tag_finish(p);
	finish_pages(p);
	if (!p->failed)
		pdf_tag_write(&tree, p);
	if (!p->failed && pdf_object_check(p, HPDF_SaveToStream(p->doc)))
		collect(&plain, p);
	if (p->failed)
		*err = p->err;
	else
		r = pdf_pack(out, &plain, &tree, err);
	buf_finish(&plain);
	pdf_raw_finish(&tree);
	return r;
}

int pdf_save(struct pdf *p, const char *path, struct err *err)
{
	struct buf b = { 0 };
	int r = pdf_write(&b, p, err);

	if (!r)
		r = file_replace(path, b.data, b.len, 0644, err);
	buf_finish(&b);
	return r;
}
