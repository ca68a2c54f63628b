/*
 * inspect_font.c - a font's dictionary enters, the text of its codes leaves (ISO 32000-1, 9.10.3).
 * Reports have composite fonts with two-byte codes only; others are findings.
 */
#include "report/inspect_parts.h"

#include <stdlib.h>
#include <string.h>

enum { CODES = 65536, TEXT_MAX = 255 };

static unsigned code_of(const struct buf *b)
{
	return (unsigned)((uint8_t)b->data[0] << 8 | (uint8_t)b->data[1]);
}

static void map(struct inspect_font *f, unsigned code, const struct buf *utf16, unsigned more)
{
	size_t at = f->text.len;
	struct buf own = { 0 };

	if (f->at[code] || !utf16->len || utf16->len > 64 || utf16->len % 2)
		return;
	buf_put(&own, utf16->data, utf16->len);
	if (own.failed)
		return;
	/* A range counts on in the last byte. */
	own.data[own.len - 1] = (char)((uint8_t)own.data[own.len - 1] + more);
	buf_putc(&f->text, 0);
	inspect_utf16(&f->text, own.data, own.len);
	buf_finish(&own);
	if (f->text.failed || f->text.len - at - 1 > TEXT_MAX)
		return;
	f->text.data[at] = (char)(f->text.len - at - 1);
	if (f->text.len - at > 1)
		f->at[code] = (uint32_t)at + 1;
}

/* Pairs of codes and texts, until a word. */
static bool read_chars(struct inspect_font *f, struct inspect_scan *s)
{
	while (inspect_next(s) == INSPECT_STRING) {
		unsigned code;

		if (s->string.len != 2)
			return false;
		code = code_of(&s->string);
		if (inspect_next(s) != INSPECT_STRING)
			return false;
		map(f, code, &s->string, 0);
	}
	return s->kind == INSPECT_WORD;
}

/* A first code, a last one, and the text of the first or a list of texts. */
static bool read_ranges(struct inspect_font *f, struct inspect_scan *s)
{
	while (inspect_next(s) == INSPECT_STRING) {
		unsigned first, last;

		if (s->string.len != 2)
			return false;
		first = code_of(&s->string);
		if (inspect_next(s) != INSPECT_STRING || s->string.len != 2)
			return false;
		last = code_of(&s->string);
		if (last < first || last - first > 255)
			return false;
		if (inspect_next(s) == INSPECT_STRING) {
			for (unsigned i = 0; i <= last - first; i++)
				map(f, first + i, &s->string, i);
			continue;
		}
		if (s->kind != INSPECT_ARRAY)
			return false;
		for (unsigned i = first; inspect_next(s) == INSPECT_STRING; i++)
			if (i <= last)
				map(f, i, &s->string, 0);
		if (s->kind != INSPECT_ARRAY_END)
			return false;
	}
	return s->kind == INSPECT_WORD;
}

static bool read_map(struct inspect_font *f, const struct buf *bytes)
{
	struct inspect_scan s = { .at = bytes->data, .end = bytes->data + bytes->len };
	bool good = true;

	while (good && inspect_next(&s) != INSPECT_END) {
		if (s.kind == INSPECT_BAD)
			good = false;
		else if (s.kind == INSPECT_WORD && inspect_word(&s, "beginbfchar"))
			good = read_chars(f, &s);
		else if (s.kind == INSPECT_WORD && inspect_word(&s, "beginbfrange"))
			good = read_ranges(f, &s);
	}
	buf_finish(&s.string);
	return good;
}

static bool embedded(struct inspect *in, qpdf_oh font)
{
	static const char *const files[] = { "/FontFile", "/FontFile2", "/FontFile3" };
	qpdf_oh list = inspect_key(in, font, "/DescendantFonts");
	qpdf_oh own = inspect_count(in, list) ? inspect_item(in, list, 0) : font;
	qpdf_oh descriptor = inspect_key(in, own, "/FontDescriptor");

	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (qpdf_oh_is_stream(in->q, inspect_key(in, descriptor, files[i])))
			return true;
	return false;
}

/* The texts of its codes, or false. */
static bool read_font(struct inspect *in, struct inspect_font *f, qpdf_oh font, const char *name)
{
	qpdf_oh to_unicode = inspect_key(in, font, "/ToUnicode");
	struct buf bytes = { 0 };
	bool good = false;

	if (!embedded(in, font))
		inspect_find(in, "document", "the font %s is not embedded", name);
	if (!inspect_is(in, inspect_key(in, font, "/Subtype"), "/Type0") ||
	    !inspect_is(in, inspect_key(in, font, "/Encoding"), "/Identity-H"))
		inspect_find(in, "document", "the font %s has no codes of two bytes", name);
	else if (!inspect_stream(in, to_unicode, &bytes) || !bytes.data)
		inspect_find(in, "document", "the font %s does not say what its codes mean", name);
	else if (!read_map(f, &bytes))
		inspect_find(in, "document", "the font %s has a ToUnicode that cannot be read",
		             name);
	else
		good = true;
	buf_finish(&bytes);
	return good;
}

struct inspect_font *inspect_font(struct inspect *in, qpdf_oh font)
{
	int id = inspect_id(in, font);
	struct inspect_font *f;
	char name[80];

	for (size_t i = 0; i < in->n_fonts; i++)
		if (in->fonts[i]->id == id && id)
			return in->fonts[i]->at ? in->fonts[i] : NULL;
	if (in->n_fonts == INSPECT_FONTS)
		return NULL;
	f = calloc(1, sizeof *f);
	if (f)
		f->at = calloc(CODES, sizeof *f->at);
	if (!f || !f->at) {
		in->nomem = true;
		free(f);
		return NULL;
	}
	f->id = id;
	in->fonts[in->n_fonts++] = f;
	inspect_name(in, inspect_key(in, font, "/BaseFont"), name, sizeof name);
	if (!read_font(in, f, font, name)) {
		free(f->at);
		f->at = NULL;
	}
	return f->at ? f : NULL;
}

size_t inspect_font_decode(struct buf *out, const struct inspect_font *f, const void *codes,
                           size_t n)
{
	const uint8_t *c = codes;
	size_t unknown = n % 2;

	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t at = f->at[c[i] << 8 | c[i + 1]];

		if (at)
			buf_put(out, f->text.data + at, (uint8_t)f->text.data[at - 1]);
		else
			unknown++;
	}
	return unknown;
}

void inspect_font_free(struct inspect_font *f)
{
	if (!f)
		return;
	buf_finish(&f->text);
	free(f->at);
	free(f);
}
