/*
 * pdf_tag.c - the structure tree: elements, marked content, the parent tree that leads back from
 * content and annotations to their elements (ISO 32000-1, 14.6 to 14.8). Links are in pdf_link.c.
 */
#include "report/pdf_tag.h"

#include "report/pdf_object.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

void pdf_tag_start(struct pdf *p)
{
	HPDF_Dict marks = pdf_object_dict(p, false), parents = pdf_object_dict(p, true);

	p->tree = pdf_object_dict(p, true);
	p->parents = pdf_object_array(p, false);
	pdf_object_put_true(p, marks, "Marked");
	pdf_object_put(p, p->doc->catalog, "MarkInfo", marks);
	pdf_object_put_name(p, p->tree, "Type", "StructTreeRoot");
	pdf_object_put(p, parents, "Nums", p->parents);
	pdf_object_put(p, p->tree, "ParentTree", parents);
	pdf_object_put(p, p->doc->catalog, "StructTreeRoot", p->tree);
}

int pdf_tag_parent(struct pdf *p, void *object)
{
	int key = p->next_parent++;

	pdf_object_add_number(p, p->parents, key);
	pdf_object_add(p, p->parents, object);
	return key;
}

/* Numbers of one width, so that the tree is in order. */
static void identify(struct pdf *p, HPDF_Dict note)
{
	char id[24];

	snprintf(id, sizeof id, "note-%06u", ++p->n_notes);
	if (!p->notes)
		p->notes = pdf_object_array(p, false);
	pdf_object_put_ascii(p, note, "ID", id);
	if (!p->failed)
		pdf_object_add(p, p->notes, HPDF_String_New(p->doc->mmgr, id, NULL));
	pdf_object_add(p, p->notes, note);
}

static struct pdf_element *top(struct pdf *p)
{
	assert(p->depth);
	return &p->open[p->depth - 1];
}

static void push(struct pdf *p, const char *type)
{
	struct pdf_element *e;

	assert(p->depth < PDF_DEPTH);
	e = &p->open[p->depth];
	*e = (struct pdf_element){ .type = type, .page = -1 };
	e->dict = pdf_object_dict(p, true);
	e->kids = pdf_object_array(p, false);
	pdf_object_put_name(p, e->dict, "S", type);
	pdf_object_put(p, e->dict, "P", p->depth ? top(p)->dict : p->tree);
	pdf_object_put(p, e->dict, "K", e->kids);
	if (p->depth)
		pdf_object_add(p, top(p)->kids, e->dict);
	else
		pdf_object_put(p, p->tree, "K", e->dict);
	p->depth++;
}

void pdf_tag_open(struct pdf *p, const char *type)
{
	assert(!p->in_content);
	push(p, type);
	if (!strcmp(type, "Note"))
		identify(p, top(p)->dict);
}

const struct pdf_element *pdf_tag_top(const struct pdf *p)
{
	assert(p->depth);
	return &p->open[p->depth - 1];
}

void pdf_tag_close(struct pdf *p)
{
	assert(p->depth && !p->in_content);
	p->depth--;
}

void pdf_tag_alternative(struct pdf *p, const char *utf8)
{
	pdf_object_put_text(p, top(p)->dict, "Alt", utf8);
}

void pdf_tag_actual(struct pdf *p, const char *utf8)
{
	pdf_object_put_text(p, top(p)->dict, "ActualText", utf8);
}

void pdf_tag_language(struct pdf *p, const char *language)
{
	pdf_object_put_ascii(p, top(p)->dict, "Lang", language);
}

void pdf_tag_header(struct pdf *p, const char *scope, int columns)
{
	HPDF_Dict a = pdf_object_dict(p, false);

	pdf_object_put_name(p, a, "O", "Table");
	pdf_object_put_name(p, a, "Scope", scope);
	if (columns > 1)
		pdf_object_put_number(p, a, "ColSpan", columns);
	pdf_object_put(p, top(p)->dict, "A", a);
}

void pdf_tag_list(struct pdf *p, bool ordered)
{
	HPDF_Dict a = pdf_object_dict(p, false);

	pdf_object_put_name(p, a, "O", "List");
	pdf_object_put_name(p, a, "ListNumbering", ordered ? "Decimal" : "Disc");
	pdf_object_put(p, top(p)->dict, "A", a);
}

void pdf_tag_box(struct pdf *p, double x, double y, double width, double height)
{
	HPDF_Dict a = pdf_object_dict(p, false);
	HPDF_Array box = pdf_object_array(p, false);

	pdf_object_put_name(p, a, "O", "Layout");
	pdf_object_put_name(p, a, "Placement", "Block");
	pdf_object_add_real(p, box, x);
	pdf_object_add_real(p, box, y);
	pdf_object_add_real(p, box, x + width);
	pdf_object_add_real(p, box, y + height);
	pdf_object_put(p, a, "BBox", box);
	pdf_object_put(p, top(p)->dict, "A", a);
}

/* A number for marked content of the open element on this page. */
static int number_content(struct pdf *p)
{
	struct pdf_element *e = top(p);
	struct pdf_page *page = &p->pages[p->n_pages - 1];
	int number = page->n_marked++;

	pdf_object_add(p, page->marked, e->dict);
	if (e->page < 0) {
		e->page = (int)p->n_pages - 1;
		pdf_object_put(p, e->dict, "Pg", page->page);
	}
	if (e->page == (int)p->n_pages - 1) {
		pdf_object_add_number(p, e->kids, number);
	} else {
		HPDF_Dict reference = pdf_object_dict(p, false);

		pdf_object_put_name(p, reference, "Type", "MCR");
		pdf_object_put(p, reference, "Pg", page->page);
		pdf_object_put_number(p, reference, "MCID", number);
		pdf_object_add(p, e->kids, reference);
	}
	return number;
}

/* Content begins in the page when the first thing of it is drawn. */
void pdf_tag_resume(struct pdf *p)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || !p->suspended)
		return;
	p->suspended = false;
	buf_printf(b, "/%s<</MCID %d>>BDC\n", top(p)->type, number_content(p));
}

void pdf_tag_content(struct pdf *p)
{
	assert(!p->in_content);
	p->in_content = p->suspended = true;
}

static void end_marked(struct pdf *p)
{
	struct buf *b = pdf_object_raw(p);

	assert(p->in_content);
	if (b && !p->suspended)
		buf_puts(b, "EMC\n");
	p->in_content = p->in_artifact = p->suspended = false;
}

void pdf_tag_content_end(struct pdf *p)
{
	end_marked(p);
}

void pdf_tag_artifact(struct pdf *p, const char *type)
{
	struct buf *b = pdf_object_raw(p);

	assert(!p->in_content);
	p->in_content = p->in_artifact = true;
	if (!b)
		return;
	if (type)
		buf_printf(b, "/Artifact<</Type/%s>>BDC\n", type);
	else
		buf_puts(b, "/Artifact BMC\n");
}

void pdf_tag_artifact_end(struct pdf *p)
{
	end_marked(p);
}

/*
 * Marked content inside of marked content is allowed, but some readers then take the outer one for
 * ended. So the words get a number of their own.
 */
void pdf_tag_replace(struct pdf *p, const uint16_t *text, size_t n)
{
	struct buf *b = pdf_object_raw(p);

	if (!b)
		return;
	if (p->in_content && !p->in_artifact) {
		if (!p->suspended)
			buf_puts(b, "EMC\n");
		p->suspended = false;
		buf_printf(b, "/Span<</MCID %d/ActualText<FEFF", number_content(p));
	} else {
		buf_puts(b, "/Span<</ActualText<FEFF");
	}
	for (size_t i = 0; i < n; i++)
		buf_printf(b, "%04X", (unsigned)text[i]);
	buf_puts(b, ">>>BDC\n");
}

void pdf_tag_replace_end(struct pdf *p)
{
	struct buf *b = pdf_object_raw(p);

	if (b)
		buf_puts(b, "EMC\n");
	p->suspended = p->in_content && !p->in_artifact;
}

/* Words of a line become a child of the open element that says how they are read. */
void pdf_tag_words(struct pdf *p, const uint16_t *text, size_t n)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || !p->in_content || p->in_artifact)
		return;
	if (!p->suspended)
		buf_puts(b, "EMC\n");
	p->suspended = true;
	push(p, "Span");
	pdf_object_put_units(p, top(p)->dict, "ActualText", text, n);
}

void pdf_tag_words_end(struct pdf *p)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || !p->in_content || p->in_artifact)
		return;
	if (!p->suspended)
		buf_puts(b, "EMC\n");
	p->suspended = true;
	p->depth--;
}

void pdf_tag_finish(struct pdf *p)
{
	assert(!p->depth);
	pdf_link_finish(p);
	if (p->n_notes) {
		HPDF_Dict names = pdf_object_dict(p, true);

		pdf_object_put(p, names, "Names", p->notes);
		pdf_object_put(p, p->tree, "IDTree", names);
	}
	pdf_object_put_number(p, p->tree, "ParentTreeNextKey", p->next_parent);
}
