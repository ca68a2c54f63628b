/*
 * text.c - UTF-8 enters, lines of shaped runs leave: ICU finds directions (UAX 9) and places to
 * break (UAX 14), text_shape.c shapes. A paragraph is shaped once whole to measure it and once
 * for each line, because letters that meet a line's end take other forms.
 */
#include "report/text.h"

#include "report/text_shape.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

static const double SLACK = 1e-6; /* points: rounding does not break a line */

/* What is known of a paragraph while its lines are made. */
struct work {
	struct text *t;
	const struct text_style *style;
	UBiDi *bidi;
	struct text_item *items;
	size_t n;
	double *advance; /* points, at the first unit of each cluster */
	size_t cap;      /* of t->lines */
};

static bool blank(const struct text *t, size_t i)
{
	return u_isUWhiteSpace(t->units[i]);
}

static int read_utf8(struct text *t, const char *utf8, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	size_t cap = strlen(utf8) + 1;
	int32_t n = 0;

	if (cap > INT32_MAX / 4)
		return err_set(err, ERR_INPUT, "a text is too long");
	t->units = calloc(cap, sizeof *t->units);
	if (!t->units)
		return err_nomem(err);
	u_strFromUTF8WithSub(t->units, (int32_t)cap, &n, utf8, -1, 0xFFFD, NULL, &code);
	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "a text cannot be read: %s", u_errorName(code));
	t->length = (size_t)n;
	return 0;
}

static int measure(struct work *w, struct err *err)
{
	struct text *t = w->t;

	w->advance = calloc(t->length + 1, sizeof *w->advance);
	if (!w->advance)
		return err_nomem(err);
	for (size_t i = 0; i < w->n; i++) {
		struct text_run r;

		if (text_shape_run(&r, &w->items[i], t, w->items[i].start, w->items[i].end, 0,
		                   t->length, w->style->language, err))
			return -1;
		for (size_t g = 0; g < r.n; g++)
			w->advance[r.glyphs[g].start] += r.glyphs[g].advance;
		free(r.glyphs);
	}
	return 0;
}

/* Directions, items and widths of the whole paragraph. */
static int work_start(struct work *w, const char *utf8, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	struct text *t = w->t;
	const UBiDiLevel *levels;

	if (read_utf8(t, utf8, err))
		return -1;
	if (!t->length)
		return 0;
	w->bidi = ubidi_open();
	if (!w->bidi)
		return err_nomem(err);
	ubidi_setPara(w->bidi, t->units, (int32_t)t->length,
	              w->style->right_to_left ? UBIDI_RTL : UBIDI_LTR, NULL, &code);
	levels = ubidi_getLevels(w->bidi, &code);
	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "directions of a text: %s", u_errorName(code));
	if (text_shape_items(&w->items, &w->n, t, levels, w->style, err))
		return -1;
	return measure(w, err);
}

static void work_finish(struct work *w)
{
	if (w->bidi)
		ubidi_close(w->bidi);
	free(w->items);
	free(w->advance);
}

/* Append the runs of one visual run of a line: the items it crosses, in visual order. */
static int add_runs(struct work *w, struct text_line *l, size_t start, size_t end, bool backwards,
                    size_t line_end, struct err *err)
{
	for (size_t i = 0; i < w->n; i++) {
		struct text_item item = w->items[backwards ? w->n - 1 - i : i];
		size_t from = item.start > start ? item.start : start;
		size_t to = item.end < end ? item.end : end;
		struct text_run *runs;

		if (from >= to)
			continue;
		item.level = backwards; /* blanks at the end take the paragraph's direction */
		runs = realloc(l->runs, (l->n + 1) * sizeof *runs);
		if (!runs)
			return err_nomem(err);
		l->runs = runs;
		l->n++;
		if (text_shape_run(&runs[l->n - 1], &item, w->t, from, to, l->start, line_end,
		                   w->style->language, err))
			return -1;
	}
	return 0;
}

static void measure_line(struct text *t, struct text_line *l, size_t end)
{
	while (end > l->start && blank(t, end - 1))
		end--;
	for (size_t i = 0; i < l->n; i++) {
		for (size_t g = 0; g < l->runs[i].n; g++) {
			if (l->runs[i].glyphs[g].start < end)
				l->width += l->runs[i].glyphs[g].advance;
			else
				l->blank += l->runs[i].glyphs[g].advance;
		}
	}
	if (l->width > t->width)
		t->width = l->width;
}

static int add_line(struct work *w, size_t start, size_t end, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	struct text *t = w->t;
	struct text_line *l;
	UBiDi *line = NULL;
	int r = -1;

	if (t->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 4;
		struct text_line *lines = realloc(t->lines, cap * sizeof *lines);

		if (!lines)
			return err_nomem(err);
		t->lines = lines;
		w->cap = cap;
	}
	l = &t->lines[t->n++];
	*l = (struct text_line){ .start = start, .end = end };
	while (end > start && (t->units[end - 1] == '\n' || t->units[end - 1] == '\r'))
		end--;
	if (end == start)
		return 0;
	line = ubidi_open();
	if (!line)
		return err_nomem(err);
	ubidi_setLine(w->bidi, (int32_t)start, (int32_t)end, line, &code);
	for (int32_t i = 0, n = ubidi_countRuns(line, &code); U_SUCCESS(code) && i < n; i++) {
		int32_t at, length;
		bool backwards = ubidi_getVisualRun(line, i, &at, &length) == UBIDI_RTL;
		size_t from = start + (size_t)at;

		if (add_runs(w, l, from, from + (size_t)length, backwards, end, err))
			goto out;
	}
	if (U_FAILURE(code)) {
		err_set(err, ERR_INPUT, "order of a line: %s", u_errorName(code));
		goto out;
	}
	measure_line(t, l, end);
	r = 0;
out:
	ubidi_close(line);
	return r;
}

/* The line that is being filled. */
struct filling {
	size_t start;
	double used; /* points */
	double width;
};

static int flush(struct work *w, struct filling *f, size_t end, struct err *err)
{
	if (add_line(w, f->start, end, err))
		return -1;
	f->start = end;
	f->used = 0;
	return 0;
}

/* A piece without a place to break: on this line, on the next, or cut between its clusters. */
static int add_piece(struct work *w, struct filling *f, size_t start, size_t end, struct err *err)
{
	size_t ink = end;
	double all = 0, seen = 0;

	while (ink > start && blank(w->t, ink - 1))
		ink--;
	for (size_t i = start; i < end; i++) {
		all += w->advance[i];
		if (i < ink)
			seen += w->advance[i];
	}
	if (f->start < start && f->used + seen > f->width + SLACK && flush(w, f, start, err))
		return -1;
	if (seen <= f->width + SLACK) {
		f->used += all;
		return 0;
	}
	for (size_t i = start; i < end; i++) {
		if (i < ink && w->advance[i] > 0 && i > f->start &&
		    f->used + w->advance[i] > f->width + SLACK && flush(w, f, i, err))
			return -1;
		f->used += w->advance[i];
	}
	return 0;
}

static UBreakIterator *breaks(const struct work *w, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	UBreakIterator *b = ubrk_open(UBRK_LINE, w->style->language, w->t->units,
	                              (int32_t)w->t->length, &code);

	if (U_FAILURE(code)) {
		err_set(err, ERR_INPUT, "line breaks of a text: %s", u_errorName(code));
		return NULL;
	}
	return b;
}

static int fill_lines(struct work *w, double width, struct err *err)
{
	struct filling f = { .width = width };
	UBreakIterator *b = breaks(w, err);
	int r = -1;

	if (!b)
		return -1;
	for (int32_t from = ubrk_first(b), to; (to = ubrk_next(b)) != UBRK_DONE; from = to) {
		int32_t rule = ubrk_getRuleStatus(b);
		bool hard = rule >= UBRK_LINE_HARD && rule < UBRK_LINE_HARD_LIMIT;

		if (add_piece(w, &f, (size_t)from, (size_t)to, err))
			goto out;
		if (hard && (size_t)to < w->t->length && flush(w, &f, (size_t)to, err))
			goto out;
	}
	if (f.start < w->t->length && flush(w, &f, w->t->length, err))
		goto out;
	r = 0;
out:
	ubrk_close(b);
	return r;
}

int text_create(struct text **out, const char *utf8, const struct text_style *style, double width,
                struct err *err)
{
	struct work w = { .style = style };
	int r = -1;

	*out = NULL;
	w.t = calloc(1, sizeof *w.t);
	if (!w.t)
		return err_nomem(err);
	w.t->size = style->size;
	w.t->right_to_left = style->right_to_left;
	if (work_start(&w, utf8, err))
		goto out;
	if (w.t->length && fill_lines(&w, width, err))
		goto out;
	*out = w.t;
	w.t = NULL;
	r = 0;
out:
	work_finish(&w);
	text_free(w.t);
	return r;
}

int text_create_balanced(struct text **out, const char *utf8, const struct text_style *style,
                         double width, struct err *err)
{
	double low, high = width;

	*out = NULL;
	if (text_longest_word(&low, utf8, style, err) ||
	    text_create(out, utf8, style, width, err))
		return -1;
	/* The narrowest width that needs no more lines and cuts no word, to within a few points. */
	while ((*out)->n > 1 && high - low > 4) {
		double middle = (low + high) / 2;
		struct text *t;

		if (text_create(&t, utf8, style, middle, err)) {
			text_free(*out);
			*out = NULL;
			return -1;
		}
		if (t->n > (*out)->n) {
			text_free(t);
			low = middle;
		} else {
			text_free(*out);
			*out = t;
			high = middle;
		}
	}
	return 0;
}

void text_free(struct text *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->n; i++) {
		for (size_t r = 0; r < t->lines[i].n; r++)
			free(t->lines[i].runs[r].glyphs);
		free(t->lines[i].runs);
	}
	free(t->lines);
	free(t->units);
	free(t);
}

int text_longest_word(double *out, const char *utf8, const struct text_style *style,
                      struct err *err)
{
	struct work w = { .style = style };
	UBreakIterator *b = NULL;
	int r = -1;

	*out = 0;
	w.t = calloc(1, sizeof *w.t);
	if (!w.t)
		return err_nomem(err);
	w.t->size = style->size;
	if (work_start(&w, utf8, err))
		goto out;
	if (w.t->length) {
		b = breaks(&w, err);
		if (!b)
			goto out;
		for (int32_t i = ubrk_first(b), to; (to = ubrk_next(b)) != UBRK_DONE;) {
			double width = 0;

			for (; i < to; i++)
				width += blank(w.t, (size_t)i) ? 0 : w.advance[i];
			if (width > *out)
				*out = width;
		}
		ubrk_close(b);
	}
	r = 0;
out:
	work_finish(&w);
	text_free(w.t);
	return r;
}

int text_create_spans(struct text **out, const char *utf8, const struct text_style *style,
                      const struct text_span *spans, size_t n, double width, bool balanced,
                      struct err *err)
{
	(void)spans;
	(void)n;
	return balanced ? text_create_balanced(out, utf8, style, width, err)
	                : text_create(out, utf8, style, width, err);
}
