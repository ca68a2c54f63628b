/*
 * text_shape.c - a paragraph's UTF-16 and bidi levels enter, shaped runs leave.
 *
 * Scripts follow UAX 24 (common characters take the script before them), fonts follow scripts:
 * blanks and punctuation stay in the font of the letters around them where that font has them.
 */
#include "report/text_shape.h"

#include <stdlib.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

static int scripts(UScriptCode *out, const struct text *t, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode before = USCRIPT_COMMON;
	size_t first = t->length;

	for (size_t i = 0; i < t->length;) {
		size_t at = i;
		UChar32 c;
		UScriptCode s;

		U16_NEXT(t->units, i, t->length, c);
		s = uscript_getScript(c, &code);
		if (s == USCRIPT_COMMON || s == USCRIPT_INHERITED)
			s = before;
		else if (first == t->length)
			first = at;
		before = s;
		for (; at < i; at++)
			out[at] = s;
	}
	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "scripts of a text: %s", u_errorName(code));
	/* What stands before the first letter takes the script of that letter. */
	for (size_t i = 0; i < first; i++)
		out[i] = first < t->length ? out[first] : USCRIPT_LATIN;
	return 0;
}

struct choice {
	struct font *last;   /* of the character before */
	struct font *letter; /* of the last letter */
};

static struct font *choose(struct choice *c, UChar32 character, const struct text_style *style)
{
	UErrorCode code = U_ZERO_ERROR;
	UScriptCode own = uscript_getScript(character, &code);
	bool shared = own == USCRIPT_COMMON || own == USCRIPT_INHERITED;
	bool unseen = u_hasBinaryProperty(character, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
	bool follows = own == USCRIPT_INHERITED || unseen || u_isUWhiteSpace(character);
	struct font *near = follows ? c->last : c->letter, *f = NULL;

	if (near && (follows || shared) && (unseen || font_has(near, (uint32_t)character)))
		f = near;
	if (!f)
		f = font_choose(style->fonts, style->weight, (uint32_t)character);
	if (!f) {
		if (!unseen && !u_iscntrl(character))
			font_set_miss(style->fonts, (uint32_t)character);
		f = c->last ? c->last : font_set_at(style->fonts, style->weight);
	}
	c->last = f;
	if (!shared)
		c->letter = f;
	return f;
}

int text_shape_items(struct text_item **out, size_t *n, const struct text *t,
                     const UBiDiLevel *levels, const struct text_style *style, struct err *err)
{
	UScriptCode *script = calloc(t->length + 1, sizeof *script);
	struct text_item *list = calloc(t->length + 1, sizeof *list);
	struct choice choice = { 0 };
	size_t count = 0;

	*out = NULL;
	*n = 0;
	if (!script || !list) {
		err_nomem(err);
		goto out;
	}
	if (scripts(script, t, err))
		goto out;
	for (size_t i = 0; i < t->length;) {
		struct text_item item = { .start = i, .level = levels[i], .script = script[i] };
		struct text_item *before = count ? &list[count - 1] : NULL;
		UChar32 c;

		U16_NEXT(t->units, i, t->length, c);
		item.end = i;
		item.font = choose(&choice, c, style);
		if (before && before->font == item.font && before->level == item.level &&
		    before->script == item.script)
			before->end = i;
		else
			list[count++] = item;
	}
	*out = list;
	*n = count;
	list = NULL;
out:
	free(list);
	free(script);
	return *out ? 0 : -1;
}

/* Give each glyph the end of its cluster: where the next one in reading order starts. */
static void close_clusters(struct text_run *r, size_t end)
{
	size_t last = end, i = 0;

	while (i < r->n) {
		size_t k = r->right_to_left ? i : r->n - 1 - i, start = r->glyphs[k].start;

		for (; i < r->n; i++) {
			k = r->right_to_left ? i : r->n - 1 - i;
			if (r->glyphs[k].start != start)
				break;
			r->glyphs[k].end = last;
		}
		last = start;
	}
}

static hb_buffer_t *buffer_create(const struct text_item *item, const struct text *t, size_t start,
                                  size_t end, size_t first, size_t last, const char *language)
{
	hb_buffer_t *b = hb_buffer_create();

	hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(b, (start == first ? HB_BUFFER_FLAG_BOT : 0) |
	                               (end == last ? HB_BUFFER_FLAG_EOT : 0));
	hb_buffer_add_utf16(b, t->units + first, (int)(last - first), (unsigned)(start - first),
	                    (int)(end - start));
	hb_buffer_set_direction(b, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(b, hb_script_from_string(uscript_getShortName(item->script), -1));
	hb_buffer_set_language(b, hb_language_from_string(language, -1));
	return b;
}

int text_shape_run(struct text_run *out, const struct text_item *item, const struct text *t,
                   size_t start, size_t end, size_t first, size_t last, const char *language,
                   struct err *err)
{
	hb_buffer_t *b = buffer_create(item, t, start, end, first, last, language);
	double scale = t->size / font_units(item->font);
	hb_glyph_info_t *info;
	hb_glyph_position_t *place;
	unsigned n = 0;
	int r = -1;

	*out = (struct text_run){ .font = item->font, .right_to_left = item->level & 1 };
	hb_shape(font_shaper(item->font), b, NULL, 0);
	info = hb_buffer_get_glyph_infos(b, &n);
	place = hb_buffer_get_glyph_positions(b, &n);
	if (!hb_buffer_allocation_successful(b)) {
		err_nomem(err);
		goto out;
	}
	out->glyphs = calloc(n + 1, sizeof *out->glyphs);
	if (!out->glyphs) {
		err_nomem(err);
		goto out;
	}
	out->n = n;
	for (unsigned i = 0; i < n; i++) {
		out->glyphs[i] = (struct text_glyph){
			.id = info[i].codepoint,
			.start = info[i].cluster + first,
			.advance = place[i].x_advance * scale,
			.dx = place[i].x_offset * scale,
			.dy = place[i].y_offset * scale,
		};
		out->width += out->glyphs[i].advance;
	}
	close_clusters(out, end);
	r = 0;
out:
	hb_buffer_destroy(b);
	return r;
}
