/*
 * pdf_tag.c - what the layout opens and closes enters, elements of the structure tree and marks in
 * the pages leave (ISO 32000-1, 14.6 to 14.8). The tree is in pdf_tree.c, links are in pdf_link.c.
 */
#include "report/pdf_tag.h"

#include "report/pdf_object.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The tree's objects have the numbers behind libharu's own, which are known when it writes. */
static HPDF_STATUS write_root(HPDF_Dict catalog, HPDF_Stream stream)
{
	const struct pdf *p = catalog->attr;
	char text[48];

	snprintf(text, sizeof text, "/StructTreeRoot %zu 0 R\n", pdf_object_count(p));
	return HPDF_Stream_WriteStr(stream, text);
}

void pdf_tag_start(struct pdf *p)
{
	HPDF_Dict marks = pdf_object_dict(p, false);

	pdf_object_put_true(p, marks, "Marked");
	pdf_object_put(p, p->doc->catalog, "MarkInfo", marks);
	p->doc->catalog->attr = p;
	p->doc->catalog->write_fn = write_root;
}

static struct pdf_element *top(struct pdf *p)
{
	assert(p->depth);
	return &p->open[p->depth - 1];
}

/* Say how an element is read. */
static void say_words(struct pdf *p, int32_t node, struct buf *words)
{
	struct buf *b = pdf_tree_say(&p->tree);
	size_t start = b->len;

	if (words->failed)
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	if (!words->len)
		return;
	buf_puts(b, "/ActualText<FEFF");
	buf_put(b, words->data, words->len);
	buf_putc(b, '>');
	pdf_tree_said(&p->tree, node, start);
	buf_clear(words);
}

static void push(struct pdf *p, const char *type)
{
	int32_t parent = p->depth ? top(p)->node : PDF_TREE_NOBODY;

	assert(p->depth < PDF_DEPTH);
	/* What is read so is not all of the element any more. */
	if (p->depth && p->words[p->depth - 1].len)
		say_words(p, pdf_tree_wrap(&p->tree, parent, "Span"), &p->words[p->depth - 1]);
	p->open[p->depth++] = (struct pdf_element){ type, pdf_tree_add(&p->tree, parent, type) };
}

void pdf_tag_open(struct pdf *p, const char *type)
{
	assert(!p->in_content);
	push(p, type);
	if (!strcmp(type, "Note"))
		pdf_tree_identify(&p->tree, top(p)->node);
}

int pdf_tag_section(const struct pdf *p)
{
	size_t i = p->depth;

	assert(p->depth);
	while (i > 1 && strcmp(p->open[i - 1].type, "Sect"))
		i--;
	return p->open[i - 1].node;
}

void pdf_tag_beside(struct pdf *p, int section)
{
	assert(p->depth && p->depth < PDF_DEPTH && !p->in_content);
	p->open[p->depth++] = (struct pdf_element){ "Sect", section };
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
	say_words(p, p->open[p->depth].node, &p->words[p->depth]);
}

/* An attribute of the open element whose value is a text. */
static void say(struct pdf *p, const char *key, const char *utf8)
{
	struct buf *b = pdf_tree_say(&p->tree);
	size_t start = b->len;

	buf_puts(b, key);
	pdf_tree_put_text(b, utf8);
	pdf_tree_said(&p->tree, top(p)->node, start);
}

void pdf_tag_alternative(struct pdf *p, const char *utf8)
{
	say(p, "/Alt", utf8);
}

void pdf_tag_language(struct pdf *p, const char *language)
{
	say(p, "/Lang", language);
}

void pdf_tag_header(struct pdf *p, const char *scope, int columns)
{
	struct buf *b = pdf_tree_say(&p->tree);
	size_t start = b->len;

	buf_printf(b, "/A<</O/Table/Scope/%s", scope);
	if (columns > 1)
		buf_printf(b, "/ColSpan %d", columns);
	buf_puts(b, ">>");
	pdf_tree_said(&p->tree, top(p)->node, start);
}

void pdf_tag_list(struct pdf *p, bool ordered)
{
	struct buf *b = pdf_tree_say(&p->tree);
	size_t start = b->len;

	buf_printf(b, "/A<</O/List/ListNumbering/%s>>", ordered ? "Decimal" : "Disc");
	pdf_tree_said(&p->tree, top(p)->node, start);
}

void pdf_tag_box(struct pdf *p, double x, double y, double width, double height)
{
	const double corners[] = { x, y, x + width, y + height };
	struct buf *b = pdf_tree_say(&p->tree);
	size_t start = b->len;

	buf_puts(b, "/A<</O/Layout/Placement/Block/BBox[");
	for (int i = 0; i < 4; i++) {
		if (i)
			buf_putc(b, ' ');
		pdf_object_write_number(b, corners[i]);
	}
	buf_puts(b, "]>>");
	pdf_tree_said(&p->tree, top(p)->node, start);
}

/* A number for marked content of the open element on this page. */
static int number_content(struct pdf *p)
{
	const struct pdf_page *page = &p->pages[p->n_pages - 1];

	return pdf_tree_content(&p->tree, top(p)->node, page->parents, (int32_t)p->n_pages - 1);
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

bool pdf_tag_worded(const struct pdf *p)
{
	return p->in_content && !p->in_artifact && p->words[p->depth - 1].len;
}

/* Words of another text than the last ones' are not run together with them. */
static void put_words(struct pdf *p, const uint16_t *text, size_t n, const void *of)
{
	static const char blank[] = "0020";
	struct buf *words = &p->words[p->depth - 1];

	if (words->len && p->words_of != of && n && text[0] != ' ' &&
	    memcmp(words->data + words->len - 4, blank, 4))
		buf_puts(words, blank);
	p->words_of = of;
	for (size_t i = 0; i < n; i++)
		buf_printf(words, "%04X", (unsigned)text[i]);
}

void pdf_tag_words(struct pdf *p, const uint16_t *text, size_t n, const void *of)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || !p->in_content || p->in_artifact)
		return;
	if (!pdf_tag_worded(p) && !pdf_tree_empty(&p->tree, top(p)->node)) {
		if (!p->suspended)
			buf_puts(b, "EMC\n");
		p->suspended = p->in_words = true;
		push(p, "Span");
	}
	put_words(p, text, n, of);
}

void pdf_tag_words_end(struct pdf *p)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || !p->in_words)
		return;
	if (!p->suspended)
		buf_puts(b, "EMC\n");
	p->in_words = false;
	p->suspended = true;
	p->depth--;
	say_words(p, p->open[p->depth].node, &p->words[p->depth]);
}

void pdf_tag_finish(struct pdf *p)
{
	assert(!p->depth);
	pdf_link_finish(p);
	if (p->tree.failed)
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
}

void pdf_tag_write(struct pdf_raw *out, struct pdf *p)
{
	int32_t *pages = calloc(p->n_pages + 1, sizeof *pages);

	*out = (struct pdf_raw){ 0 };
	for (size_t i = 0; pages && i < p->n_pages; i++)
		pages[i] = pdf_object_number(p->pages[i].page);
	if (pages)
		pdf_tree_write(out, &p->tree, pages, pdf_object_count(p));
	if (!pages || out->text.failed)
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	free(pages);
}
