/*
 * pdf_text.c - a set line enters, text operators leave (ISO 32000-1, 9.4).
 *
 * Each glyph carries the text of its cluster in the font's ToUnicode, so that the text comes out
 * again as it went in. Two cases need more. Where letters and glyphs do not match one to one in
 * left-to-right text (marks, reordered vowels), the word is bracketed with ActualText. In
 * right-to-left text readers reverse whatever a code stands for and drop what is off the
 * baseline, so further letters go on invisible glyphs without width ("ghosts") beside it.
 */
#include "report/pdf_text.h"

#include "report/pdf_object.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Ghosts stand this much before the letter they belong to, of the size: readers sort by place. */
static const double ASIDE = 0.02;
static const uint16_t WORD_JOINER[1] = { 0x2060 };
static const uint16_t RIGHT_TO_LEFT_MARK[1] = { 0x200F };
static const uint16_t BLANK[1] = { ' ' };

/* Where the PDF's own text position is. */
struct pen {
	struct pdf *pdf;
	struct buf *out;
	struct color color;
	struct font *font; /* that is selected */
	double size;
	double x, y; /* after the last glyph; y is NAN before the first of a text object */
	bool open, array, string; /* inside a text object, ... */
	bool replaced; /* reads as another text */
};

/* Begin a text object, if there is none. */
static void open_text(struct pen *pen)
{
	if (pen->open)
		return;
	if (!pen->replaced)
		pdf_tag_resume(pen->pdf);
	pdf_object_fill(pen->pdf, pen->color);
	buf_puts(pen->out, "BT\n");
	pen->open = true;
	pen->y = NAN;
}

static void close_array(struct pen *pen)
{
	if (pen->string)
		buf_puts(pen->out, ")");
	if (pen->array)
		buf_puts(pen->out, "]TJ\n");
	pen->array = pen->string = false;
}

static void close_text(struct pen *pen)
{
	close_array(pen);
	if (pen->open)
		buf_puts(pen->out, "ET\n");
	pen->open = false;
}

static void move(struct pen *pen, double x, double y)
{
	double back;

	open_text(pen);
	back = round((pen->x - x) * 1000 / pen->size);
	if (isnan(pen->y) || fabs(pen->y - y) > 1e-9 || fabs(back) > 30000) {
		close_array(pen);
		buf_puts(pen->out, "1 0 0 1 ");
		pdf_object_write_number(pen->out, x);
		buf_putc(pen->out, ' ');
		pdf_object_write_number(pen->out, y);
		buf_puts(pen->out, " Tm\n");
		pen->x = x;
		pen->y = y;
		back = 0;
	}
	if (!pen->array) {
		buf_puts(pen->out, "[");
		pen->array = true;
	}
	if (back != 0) {
		if (pen->string)
			buf_puts(pen->out, ")");
		pen->string = false;
		pdf_object_write_number(pen->out, back);
		pen->x -= back * pen->size / 1000;
	}
}

/* A code as two bytes of a string: in hexadecimal a report is 3 % larger and takes longer. */
static void put_code(struct buf *out, int code)
{
	for (int shift = 8; shift >= 0; shift -= 8) {
		char c = (char)(code >> shift & 0xff);

		if (c == '(' || c == ')' || c == '\\' || c == '\r')
			buf_putc(out, '\\');
		buf_putc(out, c == '\r' ? 'r' : c);
	}
}

static void glyph(struct pen *pen, uint32_t id, const uint16_t *text, size_t n, double x, double y)
{
	int code = font_code(pen->font, id, text, n);

	if (code < 0) {
		pdf_object_check(pen->pdf, HPDF_FAILD_TO_ALLOC_MEM);
		return;
	}
	move(pen, x, y);
	if (!pen->string)
		buf_puts(pen->out, "(");
	pen->string = true;
	put_code(pen->out, code);
	pen->x += font_advance(pen->font, code) * pen->size / 1000;
}

/*
 * The font's glyph without width, for text that is not seen; *blank: it has no ink either. Some
 * fonts draw joiners.
 */
static bool ghost_glyph(const struct font *f, hb_codepoint_t *id, bool *blank)
{
	static const uint32_t characters[] = { 0x200C, 0x200B, 0x200D, 0x200E, 0x200F, 0x2060 };
	hb_font_t *shaper = font_shaper(f);
	hb_codepoint_t glyph;
	bool any = false;

	*blank = false;
	for (size_t i = 0; i < sizeof characters / sizeof *characters && !*blank; i++) {
		hb_glyph_extents_t box = { 0 };

		if (!hb_font_get_nominal_glyph(shaper, characters[i], &glyph) ||
		    hb_font_get_glyph_h_advance(shaper, glyph))
			continue;
		*blank = hb_font_get_glyph_extents(shaper, glyph, &box) && !box.width &&
		         !box.height;
		if (!any || *blank)
			*id = glyph;
		any = true;
	}
	return any;
}

/* A glyph that is not seen and takes no room, only carrying text. */
static void ghost(struct pen *pen, const uint16_t *text, size_t n, double x, double y)
{
	hb_codepoint_t id;
	bool blank;

	if (!ghost_glyph(pen->font, &id, &blank))
		return;
	if (!blank) {
		close_array(pen);
		buf_puts(pen->out, "3 Tr\n");
	}
	glyph(pen, id, text, n, x, y);
	if (!blank) {
		close_array(pen);
		buf_puts(pen->out, "0 Tr\n");
	}
}

/* Marked content holds whole text objects. */
static void actual_text(struct pen *pen, const uint16_t *text, size_t n)
{
	close_text(pen);
	pdf_tag_replace(pen->pdf, text, n);
	pen->replaced = true;
}

static void actual_text_end(struct pen *pen)
{
	close_text(pen);
	pdf_tag_replace_end(pen->pdf);
	pen->replaced = false;
}

static size_t step(const uint16_t *text, size_t at, size_t end)
{
	if (at < end && (text[at] & 0xFC00) == 0xD800 && at + 1 < end)
		return at + 2;
	return at < end ? at + 1 : end;
}

static size_t step_back(const uint16_t *text, size_t start, size_t at)
{
	return at - start >= 2 && (text[at - 1] & 0xFC00) == 0xDC00 ? at - 2 : at - 1;
}

/* The part of a cluster's text that one of its glyphs carries, dealt out in reading order. */
struct share {
	const uint16_t *text;
	size_t n;
};

static struct share share_of(const struct text *t, const struct text_run *r, size_t g)
{
	const struct text_glyph *own = &r->glyphs[g];
	size_t first = g, last = g, nth, start = own->start, end = own->end;

	while (first > 0 && r->glyphs[first - 1].start == own->start)
		first--;
	while (last + 1 < r->n && r->glyphs[last + 1].start == own->start)
		last++;
	nth = r->right_to_left ? last - g : g - first;
	for (size_t i = 0; i < nth; i++)
		start = step(t->units, start, end);
	if (nth < last - first)
		end = step(t->units, start, end);
	if (start == end)
		return (struct share){ WORD_JOINER, 1 };
	return (struct share){ t->units + start, end - start };
}

static void draw_backwards(struct pen *pen, struct share s, const struct text_glyph *g, double x,
                           double y)
{
	bool mute = g->dy != 0 && s.text != WORD_JOINER;
	size_t keep = mute ? 0 : step(s.text, 0, s.n);

	for (size_t at = s.n; at > keep;) {
		size_t from = step_back(s.text, 0, at);

		ghost(pen, s.text + from, at - from, x - ASIDE * pen->size, y);
		at = from;
	}
	if (mute) {
		actual_text(pen, NULL, 0);
		glyph(pen, g->id, WORD_JOINER, 1, x + g->dx, y + g->dy);
		actual_text_end(pen);
	} else {
		glyph(pen, g->id, s.text, keep, x + g->dx, y + g->dy);
	}
}

/* Joiners, marks and isolates of direction: they are no part of what is seen. */
static bool is_unseen(uint16_t c)
{
	return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
	       (c >= 0x2060 && c <= 0x2069) || c == 0x061C;
}

/*
 * Is a glyph of a right-to-left run none of its letters? Readers take what follows for the same
 * left-to-right piece then, unless a mark says otherwise.
 */
static bool is_weak(const struct text *t, const struct text_glyph *g)
{
	uint16_t c = t->units[g->start];

	if (c <= ' ' || is_unseen(c))
		return false;
	return c < 0x0590 || c == 0x060C || (c >= 0x066A && c <= 0x066C) || c > 0x08FF;
}

static bool is_blank(const struct text *t, const struct text_glyph *g)
{
	uint16_t c = t->units[g->start];

	return g->end - g->start == 1 &&
	       (c == ' ' || c == '\n' || c == '\t' || c == 0xA0 || c == 0x202F || c == 0x2009);
}

/* Does a word of left-to-right text need ActualText? */
static bool is_complex(const struct text *t, const struct text_run *r, size_t start, size_t end)
{
	for (size_t g = start; g < end; g++) {
		const struct text_glyph *q = &r->glyphs[g];

		if (is_unseen(t->units[q->start]))
			continue;
		if ((g > 0 && r->glyphs[g - 1].start == q->start) ||
		    (g + 1 < r->n && r->glyphs[g + 1].start == q->start) || q->dy != 0 ||
		    q->advance == 0)
			return true;
	}
	return false;
}

static void span_of(const struct text_run *r, size_t start, size_t end, size_t *from, size_t *to)
{
	*from = SIZE_MAX;
	*to = 0;
	for (size_t g = start; g < end; g++) {
		if (r->glyphs[g].start < *from)
			*from = r->glyphs[g].start;
		if (r->glyphs[g].end > *to)
			*to = r->glyphs[g].end;
	}
}

/* Draw one run, word by word, from `x`; returns where it ends. */
static double draw_run(struct pen *pen, const struct text *t, const struct text_run *r, double x,
                       double y)
{
	if (t->right_to_left && !r->right_to_left)
		ghost(pen, RIGHT_TO_LEFT_MARK, 1, x, y);
	for (size_t a = 0, b; a < r->n; a = b) {
		bool bracket;

		b = a + 1;
		if (!is_blank(t, &r->glyphs[a]))
			while (b < r->n && !is_blank(t, &r->glyphs[b]))
				b++;
		bracket = !r->right_to_left && is_complex(t, r, a, b);
		if (bracket) {
			size_t from, to;

			span_of(r, a, b, &from, &to);
			actual_text(pen, t->units + from, to - from);
		}
		for (size_t g = a; g < b; g++) {
			const struct text_glyph *q = &r->glyphs[g];
			struct share s = share_of(t, r, g);

			if (r->right_to_left && is_weak(t, q))
				ghost(pen, RIGHT_TO_LEFT_MARK, 1, x, y);
			if (r->right_to_left)
				draw_backwards(pen, s, q, x, y);
			else
				glyph(pen, q->id, s.text, s.n, x + q->dx, y + q->dy);
			x += q->advance;
		}
		if (bracket)
			actual_text_end(pen);
	}
	return x;
}

static bool select_font(struct pen *pen, const struct text_run *r)
{
	HPDF_Dict dict = pdf_font_dict(pen->pdf, r->font);
	const char *name;

	if (!dict)
		return false;
	if (pen->font == r->font && pen->size == r->size)
		return true;
	pen->font = r->font;
	pen->size = r->size;
	if (pen->pdf->selected == r->font && pen->pdf->selected_size == r->size)
		return true;
	name = HPDF_Page_GetLocalFontName(pen->pdf->pages[pen->pdf->n_pages - 1].page, dict);
	if (!pdf_object_check(pen->pdf, name ? HPDF_OK : HPDF_FAILD_TO_ALLOC_MEM))
		return false;
	close_array(pen);
	buf_printf(pen->out, "/%s ", name);
	pdf_object_write_number(pen->out, r->size);
	buf_puts(pen->out, " Tf\n");
	pen->pdf->selected = r->font;
	pen->pdf->selected_size = r->size;
	return true;
}

/*
 * The words of runs as they are read, when letters of them go from right to left or what is around
 * them says its words; or NULL.
 */
static uint16_t *words_of(struct pdf *p, const struct text *t, const struct text_run *r, size_t n,
                          size_t *length)
{
	size_t from = SIZE_MAX, to = 0;
	bool backwards = pdf_tag_worded(p) && n;
	uint16_t *words;

	*length = 0;
	for (size_t i = 0; i < n; i++) {
		size_t start, end;

		span_of(&r[i], 0, r[i].n, &start, &end);
		from = start < from ? start : from;
		to = end > to ? end : to;
		backwards |= r[i].right_to_left && r[i].n;
	}
	if (!backwards)
		return NULL;
	words = calloc(to - from + 1, sizeof *words);
	if (!words) {
		pdf_object_check(p, HPDF_FAILD_TO_ALLOC_MEM);
		return NULL;
	}
	/* Units between them that other runs have are not theirs. */
	for (size_t u = from; u < to; u++)
		for (size_t i = 0; i < n; i++) {
			size_t start, end;

			span_of(&r[i], 0, r[i].n, &start, &end);
			if (u >= start && u < end) {
				words[(*length)++] = t->units[u];
				break;
			}
		}
	return words;
}

/*
 * Does a text follow another in the same element without a blank between? Where they stand tells
 * the eye that they are two. Labels in a figure are left alone: its alternative is read.
 */
static bool follows(const struct pdf *p, const struct text *t)
{
	const struct pdf_element *e;

	if (!p->in_content || p->in_artifact || !p->depth)
		return false;
	e = pdf_tag_top(p);
	return p->drawn && p->drawn != t && p->drawn_in == e->node && !p->drawn_blank &&
	       strcmp(e->type, "Figure") != 0;
}

static void remember(struct pdf *p, const struct text *t, const struct text_run *r, size_t n)
{
	size_t start, end, last = 0;

	for (size_t i = 0; i < n; i++) {
		span_of(&r[i], 0, r[i].n, &start, &end);
		last = end > last ? end : last;
	}
	p->drawn = t;
	p->drawn_in = p->depth ? pdf_tag_top(p)->node : PDF_TREE_NOBODY;
	p->drawn_blank = !last || t->units[last - 1] <= ' ' || t->units[last - 1] == 0xA0;
}

void pdf_text_draw_runs(struct pdf *p, const struct text *t, size_t line, size_t first, size_t n,
                        double x, double y, struct color color)
{
	struct pen pen = { .pdf = p,
		           .out = pdf_object_raw(p),
		           .color = color,
		           .size = t->size };
	const struct text_run *r = t->lines[line].runs + first;
	size_t length;
	uint16_t *words;
	bool apart;

	if (!pen.out)
		return;
	apart = follows(p, t);
	remember(p, t, r, n);
	words = words_of(p, t, r, n, &length);
	if (words)
		pdf_tag_words(p, words, length, t);
	for (size_t i = 0; i < n && select_font(&pen, &r[i]); i++) {
		if (apart && !i)
			ghost(&pen, BLANK, 1, x, y + r[i].rise);
		x = draw_run(&pen, t, &r[i], x, y + r[i].rise);
	}
	close_text(&pen);
	if (words)
		pdf_tag_words_end(p);
	free(words);
}

void pdf_text_draw(struct pdf *p, const struct text *t, size_t line, double x, double y,
                   struct color color)
{
	const struct text_line *l = &t->lines[line];

	if (t->right_to_left)
		x -= l->blank;
	pdf_text_draw_runs(p, t, line, 0, l->n, x, y, color);
}
