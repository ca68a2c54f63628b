/*
 * font_program.c - a face and the codes used of it enter, what a PDF embeds leaves: a TrueType
 * subset (hb-subset), the map from codes to its glyphs, and the ToUnicode CMap (ISO 32000-1,
 * 9.7.4 and 9.10.3).
 */
#include "report/font.h"
#include "report/font_face.h"

#include <hb-ot.h>
#include <hb-subset.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { CMAP_BLOCK = 100 }; /* entries a bfchar block may have */

/* Tables that only layout or a system's font list needs: the text is shaped already. */
static const char *const dropped[] = {
	"GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "kern", "name", "OS/2", "post", "cmap",
	"STAT", "gasp", "DSIG", "vhea", "vmtx", "VDMX", "hdmx", "LTSH", "meta", "FFTM",
};

static hb_subset_plan_t *plan_create(const struct font *f)
{
	hb_subset_input_t *input = hb_subset_input_create_or_fail();
	hb_subset_plan_t *plan;
	hb_set_t *glyphs, *tables;

	if (!input)
		return NULL;
	glyphs = hb_subset_input_glyph_set(input);
	for (size_t i = 0; i < f->n; i++)
		hb_set_add(glyphs, f->codes[i].glyph);
	tables = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
	for (size_t i = 0; i < sizeof dropped / sizeof *dropped; i++)
		hb_set_add(tables, hb_tag_from_string(dropped[i], -1));
	hb_subset_input_set_flags(input,
	                          HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
	plan = hb_subset_plan_create_or_fail(f->face, input);
	hb_subset_input_destroy(input);
	return plan;
}

static int subset(struct font_program *out, const struct font *f, struct err *err)
{
	hb_subset_plan_t *plan = plan_create(f);
	hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
	hb_blob_t *blob = NULL;
	const hb_map_t *map;
	unsigned n;
	int r = -1;

	if (!face) {
		err_set(err, ERR_INPUT, "font %s: cannot make a subset", f->name);
		goto out;
	}
	blob = hb_face_reference_blob(face);
	const char *data = hb_blob_get_data(blob, &n);

	buf_put(&out->file, data, n);
	map = hb_subset_plan_old_to_new_glyph_mapping(plan);
	for (size_t i = 0; i < f->n; i++) {
		hb_codepoint_t glyph = hb_map_get(map, f->codes[i].glyph);

		if (glyph == HB_MAP_VALUE_INVALID)
			glyph = 0;
		buf_putc(&out->code_to_glyph, (char)(glyph >> 8 & 0xff));
		buf_putc(&out->code_to_glyph, (char)(glyph & 0xff));
	}
	r = 0;
out:
	hb_blob_destroy(blob);
	hb_face_destroy(face);
	hb_subset_plan_destroy(plan);
	return r;
}

static void to_unicode(struct buf *out, const struct font *f)
{
	buf_puts(out, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
	              "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
	              "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
	              "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
	for (size_t i = 1; i < f->n; i += CMAP_BLOCK) {
		size_t end = f->n - i < CMAP_BLOCK ? f->n : i + CMAP_BLOCK;

		buf_printf(out, "%zu beginbfchar\n", end - i);
		for (size_t k = i; k < end; k++) {
			buf_printf(out, "<%04zX> <", k);
			for (size_t t = 0; t < f->codes[k].n; t++)
				buf_printf(out, "%04X", (unsigned)f->codes[k].text[t]);
			buf_puts(out, ">\n");
		}
		buf_puts(out, "endbfchar\n");
	}
	buf_puts(out, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
}

static int thousandths(const struct font *f, double units)
{
	return (int)lround(units * 1000 / f->units);
}

static void metrics(struct font_program *out, const struct font *f)
{
	hb_blob_t *head = hb_face_reference_table(f->face, HB_TAG('h', 'e', 'a', 'd'));
	unsigned n;
	const uint8_t *h = (const uint8_t *)hb_blob_get_data(head, &n);
	hb_font_extents_t extents = { 0 };
	hb_position_t cap = 0;

	for (int i = 0; i < 4 && n >= 44; i++)
		out->box[i] = thousandths(f, (int16_t)(h[36 + 2 * i] << 8 | h[37 + 2 * i]));
	hb_blob_destroy(head);
	hb_font_get_h_extents(f->shaper, &extents);
	hb_ot_metrics_get_position(f->shaper, HB_OT_METRICS_TAG_CAP_HEIGHT, &cap);
	out->ascent = thousandths(f, extents.ascender);
	out->descent = thousandths(f, extents.descender);
	out->cap_height = thousandths(f, cap ? cap : extents.ascender);
}

int font_program_create(struct font_program *out, const struct font *f, struct err *err)
{
	/* A subset's tag is six capitals, different for each font of a document. */
	snprintf(out->name, sizeof out->name, "AAAA%c%c+%s", 'A' + (int)(f->index / 26 % 26),
	         'A' + (int)(f->index % 26), f->name);
	if (subset(out, f, err))
		return -1;
	to_unicode(&out->to_unicode, f);
	metrics(out, f);
	if (out->file.failed || out->code_to_glyph.failed || out->to_unicode.failed)
		return err_nomem(err);
	return 0;
}

void font_program_finish(struct font_program *p)
{
	buf_finish(&p->file);
	buf_finish(&p->code_to_glyph);
	buf_finish(&p->to_unicode);
}
