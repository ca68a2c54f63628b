/*
 * pdf_font.c - a font and the codes used of it enter, a Type 0 font with its subset leaves (ISO
 * 32000-1, 9.7). libharu's own fonts do no shaping and write a wrong ToUnicode.
 */
#include "report/pdf_object.h"

#include <assert.h>
#include <math.h>

HPDF_Dict pdf_font_dict(struct pdf *p, struct font *f)
{
	size_t i = font_index(f);

	assert(i < PDF_FONTS);
	if (!p->font[i]) {
		p->font[i] = pdf_object_dict(p, true);
		if (p->font[i])
			p->font[i]->header.obj_class |= HPDF_OSUBCLASS_FONT;
	}
	return p->font[i];
}

static HPDF_Dict descriptor(struct pdf *p, const struct font_program *program)
{
	HPDF_Dict d = pdf_object_dict(p, true), file;
	HPDF_Array box = pdf_object_array(p, false);

	pdf_object_put_name(p, d, "Type", "FontDescriptor");
	pdf_object_put_name(p, d, "FontName", program->name);
	pdf_object_put_number(p, d, "Flags", 4); /* symbolic: codes are our own */
	for (int i = 0; i < 4; i++)
		pdf_object_add_number(p, box, program->box[i]);
	pdf_object_put(p, d, "FontBBox", box);
	pdf_object_put_number(p, d, "ItalicAngle", 0);
	pdf_object_put_number(p, d, "StemV", 80);
	pdf_object_put_number(p, d, "Ascent", program->ascent);
	pdf_object_put_number(p, d, "Descent", program->descent);
	pdf_object_put_number(p, d, "CapHeight", program->cap_height);
	file = pdf_object_stream(p, program->file.data, program->file.len, true);
	pdf_object_put_number(p, file, "Length1", (int)program->file.len);
	pdf_object_put(p, d, "FontFile2", file);
	return d;
}

static HPDF_Array widths(struct pdf *p, const struct font *f)
{
	HPDF_Array all = pdf_object_array(p, false), list = pdf_object_array(p, false);

	for (size_t i = 0; i < font_codes(f); i++) {
		double w = font_advance(f, (int)i);

		if (w == floor(w))
			pdf_object_add_number(p, list, (int)w);
		else
			pdf_object_add_real(p, list, w);
	}
	pdf_object_add_number(p, all, 0);
	pdf_object_add(p, all, list);
	return all;
}

static HPDF_Dict descendant(struct pdf *p, const struct font *f, const struct font_program *program)
{
	HPDF_Dict d = pdf_object_dict(p, true), system = pdf_object_dict(p, false);

	pdf_object_put_name(p, d, "Type", "Font");
	pdf_object_put_name(p, d, "Subtype", "CIDFontType2");
	pdf_object_put_name(p, d, "BaseFont", program->name);
	pdf_object_put_ascii(p, system, "Registry", "Adobe");
	pdf_object_put_ascii(p, system, "Ordering", "Identity");
	pdf_object_put_number(p, system, "Supplement", 0);
	pdf_object_put(p, d, "CIDSystemInfo", system);
	pdf_object_put(p, d, "FontDescriptor", descriptor(p, program));
	pdf_object_put_number(p, d, "DW", 1000);
	pdf_object_put(p, d, "W", widths(p, f));
	pdf_object_put(p, d, "CIDToGIDMap",
	               pdf_object_stream(p, program->code_to_glyph.data,
	                                 program->code_to_glyph.len, true));
	return d;
}

static void finish(struct pdf *p, const struct font *f, HPDF_Dict d)
{
	struct font_program program = { .name = "" };
	HPDF_Array list = pdf_object_array(p, false);
	struct err err;

	if (font_program_create(&program, f, &err)) {
		pdf_fail(p, &err);
	} else {
		pdf_object_put_name(p, d, "Type", "Font");
		pdf_object_put_name(p, d, "Subtype", "Type0");
		pdf_object_put_name(p, d, "BaseFont", program.name);
		pdf_object_put_name(p, d, "Encoding", "Identity-H");
		pdf_object_add(p, list, descendant(p, f, &program));
		pdf_object_put(p, d, "DescendantFonts", list);
		pdf_object_put(p, d, "ToUnicode",
		               pdf_object_stream(p, program.to_unicode.data,
		                                 program.to_unicode.len, true));
	}
	font_program_finish(&program);
}

void pdf_font_finish(struct pdf *p)
{
	for (size_t i = 0; i < PDF_FONTS && !p->failed; i++)
		if (p->font[i])
			finish(p, font_set_at(p->fonts, i), p->font[i]);
}
