/*
 * layout_rich.c - texts with bold and slanted words, links, other languages and footnotes enter;
 * tagged lines leave. A run of a line has one mark, which is its span's place in the text and 1;
 * runs are drawn in the order in which they are read, so that the structure has that order.
 */
#include "report/layout_parts.h"
#include "report/pdf_tag.h"
#include "report/pdf_text.h"

#include <stdlib.h>

/* --- footnotes have numbers --- */

static void number_text(struct layout *l, const struct document_text *t, bool count)
{
	for (size_t i = 0; i < t->n; i++) {
		if (!t->spans[i].note)
			continue;
		if (!count)
			l->numbered[l->n_numbered] = t->spans[i].note;
		l->n_numbered++;
	}
}

void layout_rich_number(struct layout *l)
{
	for (int turn = 0; turn < 2; turn++) {
		if (turn) {
			l->numbered = pool_array(l->pool, l->n_numbered, sizeof *l->numbered);
			if (!l->numbered) {
				layout_fail(l);
				return;
			}
			l->n_numbered = 0;
		}
		for (const struct document_block *b = l->d->first; b; b = document_next(b)) {
			number_text(l, &b->title, !turn);
			number_text(l, &b->text, !turn);
		}
	}
}

/* Texts are mostly set in their order: the one before was the last that was asked for. */
static unsigned number_of(struct layout *l, const struct document_text *note)
{
	for (size_t i = 0; i < l->n_numbered; i++) {
		size_t at = (l->last_numbered + i) % l->n_numbered;

		if (l->numbered[at] == note) {
			l->last_numbered = at;
			return (unsigned)at + 1;
		}
	}
	return 0;
}

/* --- texts are set --- */

/* What is put together for one text. */
struct work {
	struct buf words;
	struct text_span *spans;
	const struct document_span **sources;
	unsigned *notes;
	size_t n;
};

static void add_words(struct work *w, const struct document_span *s)
{
	size_t start = w->words.len;

	buf_puts(&w->words, s->text);
	w->spans[w->n] = (struct text_span){
		.start = start,
		.end = w->words.len,
		.weight = s->strong ? FONT_BOLD : FONT_REGULAR,
		.slanted = s->emphasis,
		.language = s->language,
		.mark = s->link || s->language ? (unsigned)w->n + 1 : 0,
	};
	w->sources[w->n++] = s;
}

static void add_note(struct work *w, const struct document_span *s, unsigned number)
{
	size_t start = w->words.len;

	buf_printf(&w->words, "%u", number);
	w->spans[w->n] = (struct text_span){
		.start = start,
		.end = w->words.len,
		.raised = true,
		.mark = (unsigned)w->n + 1,
	};
	w->notes[w->n] = number;
	w->sources[w->n++] = s;
}

/* Between the marks of two footnotes that stand at the same words: "2,3". */
static void add_comma(struct work *w, const struct document_span *s)
{
	size_t start = w->words.len;

	buf_putc(&w->words, ',');
	w->spans[w->n] = (struct text_span){
		.start = start,
		.end = w->words.len,
		.raised = true,
	};
	w->sources[w->n++] = s;
}

static bool is_plain(const struct document_text *t)
{
	const struct document_span *s = t->spans;

	return !t->n || (t->n == 1 && !s->strong && !s->emphasis && !s->language && !s->link &&
	                 !s->note);
}

static bool work_start(struct layout *l, struct work *w, const struct document_text *t)
{
	w->spans = pool_array(l->pool, 2 * t->n, sizeof *w->spans);
	w->sources = pool_array(l->pool, 2 * t->n, sizeof *w->sources);
	w->notes = pool_array(l->pool, 2 * t->n, sizeof *w->notes);
	if (!w->spans || !w->sources || !w->notes)
		return false;
	for (size_t i = 0; i < t->n; i++) {
		if (document_notes_meet(t, i))
			add_comma(w, &t->spans[i]);
		else
			add_words(w, &t->spans[i]);
		if (t->spans[i].note)
			add_note(w, &t->spans[i], number_of(l, t->spans[i].note));
	}
	return !w->words.failed;
}

static bool set(struct layout *l, struct layout_rich *r, const struct document_text *t)
{
	struct work w = { 0 };
	bool done = false;

	if (is_plain(t)) {
		r->words = t->n ? t->spans[0].text : "";
		r->text = type_set(l->type, r->style, r->words, r->width);
		return r->text != NULL;
	}
	if (work_start(l, &w, t)) {
		r->words = pool_stringn(l->pool, w.words.data ? w.words.data : "", w.words.len);
		r->spans = w.sources;
		r->notes = w.notes;
		r->n = w.n;
		if (r->words)
			r->text = type_set_spans(l->type, r->style, r->words, w.spans, w.n,
			                         r->width);
		done = r->text != NULL;
	}
	buf_finish(&w.words);
	return done;
}

const struct layout_rich *layout_rich(struct layout *l, const struct document_text *t,
                                      enum type_style style, double width)
{
	size_t bucket = ((uintptr_t)t >> 4) * 31 % LAYOUT_RICH_BUCKETS;
	struct layout_rich *r = l->rich[bucket];

	for (; r; r = r->next)
		if (r->source == t && r->style == style && r->width == width)
			return r;
	r = pool_array(l->pool, 1, sizeof *r);
	if (!r) {
		layout_fail(l);
		return NULL;
	}
	*r = (struct layout_rich){ .source = t, .style = style, .width = width };
	if (!set(l, r, t)) {
		struct err err;

		if (type_fault(l->type, &err))
			pdf_fail(l->pdf, &err);
		else
			layout_fail(l);
		return NULL;
	}
	r->next = l->rich[bucket];
	l->rich[bucket] = r;
	return r;
}

double layout_rich_height(struct layout *l, const struct document_text *t, enum type_style style,
                          double width)
{
	const struct layout_rich *r = layout_rich(l, t, style, width);

	return r ? (double)r->text->n * type_leading(style) : 0;
}

/* --- footnotes of a line --- */

double layout_rich_notes(struct layout *l, const struct layout_rich *r, size_t line)
{
	const struct text_line *t = &r->text->lines[line];
	double height = 0;

	for (size_t i = 0; i < t->n; i++) {
		unsigned mark = t->runs[i].mark;

		if (mark && r->n && r->notes[mark - 1])
			height += layout_rich_height(l, r->spans[mark - 1]->note, TYPE_NOTE,
			                             l->grid.column - 14);
	}
	if (height > 0 && !l->n_notes)
		height += 14;
	return height;
}

static void add_footnote(struct layout *l, struct layout_footnote note)
{
	if (l->n_notes == l->cap_notes) {
		size_t cap = l->cap_notes ? l->cap_notes * 2 : 32;
		struct layout_footnote *list = reallocarray(l->notes, cap, sizeof *list);

		if (!list) {
			layout_fail(l);
			return;
		}
		l->notes = list;
		l->cap_notes = cap;
	}
	l->notes[l->n_notes++] = note;
}

void layout_rich_note(struct layout *l, const struct layout_rich *r, size_t line)
{
	const struct text_line *t = &r->text->lines[line];
	double height = layout_rich_notes(l, r, line);

	if (height <= 0)
		return;
	l->notes_height += height;
	for (size_t i = 0; i < t->n; i++) {
		unsigned mark = t->runs[i].mark;

		if (mark && r->notes[mark - 1])
			add_footnote(l, (struct layout_footnote){ r->notes[mark - 1],
			                                          r->spans[mark - 1]->note,
			                                          layout_section(l) });
	}
}

double layout_rich_all_notes(struct layout *l, const struct document_text *t, enum type_style style,
                             double width)
{
	const struct layout_rich *r = layout_rich(l, t, style, width);
	double height = 0;

	for (size_t i = 0; r && i < r->text->n; i++)
		height += layout_rich_notes(l, r, i);
	return height;
}

/* --- lines are drawn --- */

static void draw_link(struct layout *l, const struct layout_rich *r, const struct document_span *s,
                      double x, double y, double width)
{
	double size = r->text->size, low = y - 0.25 * size, high = size * 1.15;

	if (s->link[0] == '#') {
		const struct document_block *b = document_find(l->d, s->link + 1);
		const struct layout_place *to = b ? layout_find(l, b) : NULL;

		if (to)
			pdf_tag_link(l->pdf, x, low, width, high, to->page, to->y, s->text);
	} else {
		pdf_tag_link_web(l->pdf, x, low, width, high, s->link, s->text);
	}
}

/* A part with a mark is an element of its own: a link, words of a language, a footnote's mark. */
static void draw_marked(struct layout *l, const struct layout_rich *r, size_t line,
                        const struct text_part *p, double left, double y, struct color color)
{
	const struct document_span *s = r->spans[p->mark - 1];
	bool note = r->notes[p->mark - 1] != 0, link = !note && s->link;

	pdf_tag_open(l->pdf, note ? "Reference" : link ? "Link" : "Span");
	if (!note && s->language)
		pdf_tag_language(l->pdf, s->language);
	pdf_tag_content(l->pdf);
	pdf_text_draw_runs(l->pdf, r->text, line, p->first, p->n, left + p->x, y,
	                   link || note ? l->color->accent : color);
	pdf_tag_content_end(l->pdf);
	if (link)
		draw_link(l, r, s, left + p->x, y, p->width);
	pdf_tag_close(l->pdf);
}

/* `open`: is plain content open, before and after? */
static void draw_parts(struct layout *l, const struct layout_rich *r, size_t line, double left,
                       double y, bool *open, struct color color)
{
	const struct text_line *t = &r->text->lines[line];
	struct text_part *parts = pool_array(l->pool, t->n, sizeof *parts);
	size_t n;

	if (!parts) {
		layout_fail(l);
		return;
	}
	if (r->text->right_to_left)
		left -= t->blank;
	n = text_parts(parts, t->n, r->text, line);
	for (size_t i = 0; i < n; i++) {
		bool marked = parts[i].mark != 0;

		if (*open && marked)
			pdf_tag_content_end(l->pdf);
		else if (!*open && !marked)
			pdf_tag_content(l->pdf);
		*open = !marked;
		if (marked)
			draw_marked(l, r, line, &parts[i], left, y, color);
		else
			pdf_text_draw_runs(l->pdf, r->text, line, parts[i].first, parts[i].n,
			                   left + parts[i].x, y, color);
	}
}

static bool is_marked(const struct text_line *t)
{
	for (size_t i = 0; i < t->n; i++)
		if (t->runs[i].mark)
			return true;
	return false;
}

void layout_rich_lines(struct layout *l, const struct layout_rich *r, size_t from, size_t to,
                       double x, double top, struct color color)
{
	bool open = false;

	if (l->draft || pdf_failed(l->pdf))
		return;
	for (size_t i = from; i < to; i++) {
		const struct text_line *t = &r->text->lines[i];
		double left = layout_mirror(l, x, t->width);
		double y = top - (double)(i - from) * type_leading(r->style) -
		           type_baseline(r->style);

		if (is_marked(t)) {
			draw_parts(l, r, i, left, y, &open, color);
			continue;
		}
		if (!open)
			pdf_tag_content(l->pdf);
		open = true;
		pdf_text_draw(l->pdf, r->text, i, left, y, color);
	}
	if (open)
		pdf_tag_content_end(l->pdf);
}

double layout_rich_block(struct layout *l, const struct document_text *t, enum type_style style,
                         double x, double top, double width, struct color color)
{
	const struct layout_rich *r = layout_rich(l, t, style, width);

	if (!r)
		return 0;
	layout_rich_lines(l, r, 0, r->text->n, x, top, color);
	for (size_t i = 0; i < r->text->n; i++)
		layout_rich_note(l, r, i);
	return (double)r->text->n * type_leading(style);
}
