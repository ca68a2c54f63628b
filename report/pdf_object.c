/*
 * pdf_object.c - libharu's objects (ISO 32000-1, 7.3). libharu's own functions crash on NULL and
 * return NULL after a first fault, so every call of the pdf* files goes through here.
 */
#include "report/pdf_object.h"

#include "lib/base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool pdf_object_check(struct pdf *p, HPDF_STATUS status)
{
	if (p->failed)
		return false;
	if (status == HPDF_OK)
		status = HPDF_GetError(p->doc);
	if (status == HPDF_OK)
		return true;
	p->failed = true;
	if (status == HPDF_FAILD_TO_ALLOC_MEM)
		err_nomem(&p->err);
	else
		err_set(&p->err, ERR_IO, "the PDF library failed with 0x%04lX",
		        (unsigned long)status);
	return false;
}

bool pdf_object_grow(struct pdf *p, void *list, size_t n, size_t *cap, size_t size)
{
	size_t more = *cap ? *cap * 2 : 16;
	void *old, *bigger;

	if (n < *cap)
		return true;
	memcpy(&old, list, sizeof old);
	bigger = reallocarray(old, more, size);
	if (!bigger)
		return pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
	memcpy(list, &bigger, sizeof bigger);
	*cap = more;
	return true;
}

/* A new object: NULL is a fault. */
static void *made(struct pdf *p, void *object)
{
	if (!pdf_object_check(p, object ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM))
		return NULL;
	return object;
}

HPDF_Dict pdf_object_dict(struct pdf *p, bool indirect)
{
	HPDF_Dict d = p->failed ? NULL : made(p, HPDF_Dict_New(p->doc->mmgr));

	if (d && indirect && !pdf_object_check(p, HPDF_Xref_Add(p->doc->xref, d)))
		return NULL;
	return d;
}

HPDF_Array pdf_object_array(struct pdf *p, bool indirect)
{
	HPDF_Array a = p->failed ? NULL : made(p, HPDF_Array_New(p->doc->mmgr));

	if (a && indirect && !pdf_object_check(p, HPDF_Xref_Add(p->doc->xref, a)))
		return NULL;
	return a;
}

HPDF_Dict pdf_object_stream(struct pdf *p, const void *bytes, size_t n, bool compress)
{
	HPDF_Dict d;

	if (p->failed)
		return NULL;
	d = made(p, HPDF_DictStream_New(p->doc->mmgr, p->doc->xref));
	if (!d)
		return NULL;
	if (compress)
		d->filter = HPDF_STREAM_FILTER_FLATE_DECODE;
	pdf_object_check(p, HPDF_Stream_Write(d->stream, bytes, (HPDF_UINT)n));
	return d;
}

void pdf_object_put(struct pdf *p, HPDF_Dict d, const char *key, void *object)
{
	if (!p->failed && made(p, d) && made(p, object))
		pdf_object_check(p, HPDF_Dict_Add(d, key, object));
}

void pdf_object_put_name(struct pdf *p, HPDF_Dict d, const char *key, const char *name)
{
	if (!p->failed && made(p, d))
		pdf_object_check(p, HPDF_Dict_AddName(d, key, name));
}

void pdf_object_put_number(struct pdf *p, HPDF_Dict d, const char *key, int number)
{
	if (!p->failed && made(p, d))
		pdf_object_check(p, HPDF_Dict_AddNumber(d, key, number));
}

void pdf_object_put_true(struct pdf *p, HPDF_Dict d, const char *key)
{
	if (!p->failed && made(p, d))
		pdf_object_check(p, HPDF_Dict_AddBoolean(d, key, HPDF_TRUE));
}

void pdf_object_put_ascii(struct pdf *p, HPDF_Dict d, const char *key, const char *text)
{
	if (!p->failed)
		pdf_object_put(p, d, key, HPDF_String_New(p->doc->mmgr, text, NULL));
}

static void put_unit(struct buf *b, uint32_t unit)
{
	buf_putc(b, (char)(unit >> 8 & 0xff));
	buf_putc(b, (char)(unit & 0xff));
}

static void put_binary(struct pdf *p, HPDF_Dict d, const char *key, struct buf *b)
{
	if (b->failed)
		made(p, NULL);
	else if (!p->failed)
		pdf_object_put(p, d, key,
		               HPDF_Binary_New(p->doc->mmgr, (HPDF_BYTE *)b->data,
		                               (HPDF_UINT)b->len));
	buf_finish(b);
}

/* Text strings are UTF-16 with a mark; libharu's own strings stop at a NUL byte. */
void pdf_object_put_text(struct pdf *p, HPDF_Dict d, const char *key, const char *utf8)
{
	const char *at = utf8, *end = utf8 + strlen(utf8);
	struct buf b = { 0 };

	put_unit(&b, 0xFEFF);
	while (at < end) {
		int32_t c = utf8_next(&at, end);

		if (c < 0) {
			c = 0xFFFD;
			at++;
		}
		if (c < 0x10000) {
			put_unit(&b, (uint32_t)c);
		} else {
			put_unit(&b, 0xD800 + ((uint32_t)(c - 0x10000) >> 10));
			put_unit(&b, 0xDC00 + ((uint32_t)(c - 0x10000) & 0x3ff));
		}
	}
	put_binary(p, d, key, &b);
}

void pdf_object_add(struct pdf *p, HPDF_Array a, void *object)
{
	if (!p->failed && made(p, a) && made(p, object))
		pdf_object_check(p, HPDF_Array_Add(a, object));
}

void pdf_object_add_number(struct pdf *p, HPDF_Array a, int number)
{
	if (!p->failed && made(p, a))
		pdf_object_check(p, HPDF_Array_AddNumber(a, number));
}

void pdf_object_add_real(struct pdf *p, HPDF_Array a, double real)
{
	if (!p->failed && made(p, a))
		pdf_object_check(p, HPDF_Array_AddReal(a, (HPDF_REAL)real));
}

void pdf_object_add_name(struct pdf *p, HPDF_Array a, const char *name)
{
	if (!p->failed && made(p, a))
		pdf_object_check(p, HPDF_Array_AddName(a, name));
}

/* Made by hand because HPDF_Destination_SetXYZ refuses a zoom of 0, "as it is". */
int32_t pdf_object_number(const void *object)
{
	const HPDF_Obj_Header *header = object;

	return (int32_t)(header->obj_id & 0x00FFFFFF);
}

size_t pdf_object_count(const struct pdf *p)
{
	return p->doc->xref->start_offset + p->doc->xref->entries->count;
}

HPDF_Destination pdf_object_destination(struct pdf *p, size_t page, double y)
{
	HPDF_Destination d;

	if (!p->failed && page >= p->n_pages) {
		p->failed = true;
		err_set(&p->err, ERR_INPUT, "a link leads to page %zu of %zu", page + 1,
		        p->n_pages);
	}
	if (p->failed)
		return NULL;
	d = made(p, HPDF_Page_CreateDestination(p->pages[page].page));
	if (!d)
		return NULL;
	HPDF_Array_Clear(d);
	pdf_object_add(p, d, p->pages[page].page);
	pdf_object_add_name(p, d, "XYZ");
	pdf_object_add_number(p, d, 0);
	pdf_object_add_real(p, d, y);
	pdf_object_add_number(p, d, 0);
	return d;
}

struct buf *pdf_object_content(struct pdf *p)
{
	pdf_tag_resume(p);
	return pdf_object_raw(p);
}

struct buf *pdf_object_raw(struct pdf *p)
{
	return p->failed || !p->n_pages ? NULL : &p->pages[p->n_pages - 1].content;
}

void pdf_object_write_number(struct buf *out, double v)
{
	long long k = llround(v * 1000);
	unsigned long long left = (unsigned long long)llabs(k);
	char text[32];
	size_t at = sizeof text;
	int digits = 3;

	for (; digits > 0 && left % 10 == 0; digits--)
		left /= 10;
	if (digits) {
		for (; digits > 0; digits--, left /= 10)
			text[--at] = (char)('0' + left % 10);
		text[--at] = '.';
	}
	do {
		text[--at] = (char)('0' + left % 10);
		left /= 10;
	} while (left);
	if (k < 0)
		text[--at] = '-';
	buf_put(out, text + at, sizeof text - at);
}

void pdf_object_fill(struct pdf *p, struct color color)
{
	struct buf *b = pdf_object_raw(p);

	if (!b || (p->filled && p->fill.red == color.red && p->fill.green == color.green &&
	           p->fill.blue == color.blue))
		return;
	p->filled = true;
	p->fill = color;
	pdf_object_write_number(b, color.red);
	buf_putc(b, ' ');
	pdf_object_write_number(b, color.green);
	buf_putc(b, ' ');
	pdf_object_write_number(b, color.blue);
	buf_puts(b, " rg\n");
}
