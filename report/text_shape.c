/*
 * text_shape.c - a paragraph's UTF-16 and bidi levels enter, shaped runs leave.
 *
 * Scripts follow UAX 24 (common characters take the script before them), fonts follow scripts:
 * blanks and punctuation stay in the font of the letters around them where that font has them.
 */
#include "report/text_shape.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/utf16.h>

static const double RAISED_SIZE = 0.66, RAISED_RISE = 0.34; /* of the size */

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
	const struct text_style *style;
	struct font_look look;
	struct font *last;   /* of the character before */
	struct font *letter; /* of the last letter */
};

static struct font *choose(struct choice *c, UChar32 character)
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
		f = font_choose(c->style->fonts, &c->look, (uint32_t)character);
	if (!f) {
		if (!unseen && !u_iscntrl(character))
			font_set_miss(c->style->fonts, (uint32_t)character);
		f = c->last ? c->last : font_set_at(c->style->fonts, c->look.weight);
	}
	c->last = f;
	if (!shared)
		c->letter = f;
	return f;
}

/* What comes next looks another way: its font does not follow from what was before. */
static void choice_look(struct choice *c, const struct text_span *span)
{
	struct font_look look = { c->style->family, c->style->weight, c->style->slanted };

	if (span && span->weight == FONT_BOLD)
		look.weight = FONT_BOLD;
	if (span && span->slanted)
		look.slanted = true;
	if (look.weight == c->look.weight && look.slanted == c->look.slanted)
		return;
	c->look = look;
	c->last = c->letter = NULL;
}

static struct text_item item_of(const struct text_style *style, const struct text_span *span)
{
	bool raised = span && span->raised;

	return (struct text_item){
		.span = span,
		.size = raised ? style->size * RAISED_SIZE : style->size,
		.rise = raised ? style->size * RAISED_RISE : 0,
		.language = span && span->language ? span->language : style->language,
	};
}

static bool goes_on(const struct text_item *before, const struct text_item *item)
{
	return before->font == item->font && before->level == item->level &&
	       before->script == item->script && before->span == item->span;
}

int text_shape_items(struct text_work *w, const UBiDiLevel *levels, struct err *err)
{
	const struct text *t = w->t;
	UScriptCode *script = calloc(t->length + 1, sizeof *script);
	struct choice choice = {
		.style = w->style,
		.look = { w->style->family, w->style->weight, w->style->slanted },
	};
	size_t span = 0, cap = 0;
	int r = -1;

	if (!script) {
		err_nomem(err);
		goto out;
	}
	if (scripts(script, t, err))
		goto out;
	for (size_t i = 0; i < t->length;) {
		struct text_item item, *before = w->n ? &w->items[w->n - 1] : NULL;
		size_t start = i;
		UChar32 c;

		while (span < w->n_spans && w->spans[span].end <= i)
			span++;
		item = item_of(w->style, span < w->n_spans && w->spans[span].start <= i
		                                 ? &w->spans[span]
		                                 : NULL);
		item.start = start;
		item.level = levels ? levels[start] : 0;
		item.script = script[start];
		U16_NEXT(t->units, i, t->length, c);
		item.end = i;
		choice_look(&choice, item.span);
		item.font = choose(&choice, c);
		if (before && goes_on(before, &item)) {
			before->end = i;
			continue;
		}
		if (w->n == cap) {
			size_t more = cap ? cap * 2 : 8;
			struct text_item *items = reallocarray(w->items, more, sizeof *items);

			if (!items) {
				err_nomem(err);
				goto out;
			}
			w->items = items;
			cap = more;
		}
		w->items[w->n++] = item;
	}
	r = 0;
out:
	free(script);
	return r;
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
                                  size_t end, size_t first, size_t last)
{
	hb_buffer_t *b = hb_buffer_create();

	hb_buffer_set_cluster_level(b, HB_BUFFER_CLUSTER_LEVEL_MONOTONE_CHARACTERS);
	hb_buffer_set_flags(b, (start == first ? HB_BUFFER_FLAG_BOT : 0) |
	                               (end == last ? HB_BUFFER_FLAG_EOT : 0));
	hb_buffer_add_utf16(b, t->units + first, (int)(last - first), (unsigned)(start - first),
	                    (int)(end - start));
	hb_buffer_set_direction(b, item->level & 1 ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
	hb_buffer_set_script(b, hb_script_from_string(uscript_getShortName(item->script), -1));
	hb_buffer_set_language(b, hb_language_from_string(item->language, -1));
	return b;
}

static struct text_run empty_run(const struct text_item *item)
{
	return (struct text_run){
		.font = item->font,
		.right_to_left = item->level & 1,
		.size = item->size,
		.rise = item->rise,
		.mark = item->span ? item->span->mark : 0,
		.language = item->span ? item->span->language : NULL,
	};
}

static int shape(struct text_run *out, hb_buffer_t *b, double scale, size_t first, struct err *err)
{
	unsigned n = 0;
	hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
	hb_glyph_position_t *place = hb_buffer_get_glyph_positions(b, &n);

	out->glyphs = calloc(n + 1, sizeof *out->glyphs);
	if (!hb_buffer_allocation_successful(b) || !out->glyphs)
		return err_nomem(err);
	out->n = n;
	for (unsigned i = 0; i < n; i++) {
		out->glyphs[i] = (struct text_glyph){
			.id = info[i].codepoint,
			.start = info[i].cluster + first,
			.advance = place[i].x_advance * scale,
			.dx = place[i].x_offset * scale,
			.dy = place[i].y_offset * scale,
			.tied = hb_glyph_info_get_glyph_flags(&info[i]) &
			        HB_GLYPH_FLAG_UNSAFE_TO_BREAK,
		};
		out->width += out->glyphs[i].advance;
	}
	return 0;
}

/* May the item's own run be cut before this unit? */
static bool free_at(const struct text_item *item, size_t unit)
{
	if (unit == item->start || unit == item->end)
		return true;
	for (size_t i = 0; i < item->run.n; i++)
		if (item->run.glyphs[i].start == unit)
			return !item->run.glyphs[i].tied;
	return false;
}

/* Take units start..end from the item's own run. */
static int slice(struct text_run *out, const struct text_item *item, size_t start, size_t end,
                 struct err *err)
{
	out->glyphs = malloc((item->run.n + 1) * sizeof *out->glyphs);
	if (!out->glyphs)
		return err_nomem(err);
	for (size_t i = 0; i < item->run.n; i++) {
		const struct text_glyph *g = &item->run.glyphs[i];

		if (g->start < start || g->start >= end)
			continue;
		out->glyphs[out->n++] = *g;
		out->width += g->advance;
	}
	return 0;
}

int text_shape_run(struct text_run *out, const struct text_item *item, const struct text *t,
                   size_t start, size_t end, size_t first, size_t last, struct err *err)
{
	hb_buffer_t *b;
	int r;

	*out = empty_run(item);
	if (item->run.glyphs && item->run.right_to_left == (item->level & 1) &&
	    free_at(item, start) && free_at(item, end))
		return slice(out, item, start, end, err);
	b = buffer_create(item, t, start, end, first, last);
	hb_shape(font_shaper(item->font), b, NULL, 0);
	r = shape(out, b, item->size / font_units(item->font), first, err);
	if (r) {
		free(out->glyphs);
		*out = (struct text_run){ 0 };
	} else {
		close_clusters(out, end);
	}
	hb_buffer_destroy(b);
	return r;
}
