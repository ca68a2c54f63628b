/*
 * text.c - UTF-8 enters, lines of shaped runs leave: ICU finds directions (UAX 9), text_shape.c
 * shapes, text_break.c finds where lines may end and text_fit.c where they do. A paragraph is
 * shaped whole to measure it; a line takes its part of that, and is shaped anew only where letters
 * that meet its end take other forms.
 */
#include "report/text.h"

#include "report/text_break.h"
#include "report/text_shape.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

static const double SLACK = 1e-6; /* points: rounding does not break a line */

static bool blank(const struct text *t, size_t i)
{
	return u_isUWhiteSpace(t->units[i]);
}

/* Append bytes of the text to its units. */
static int read_part(struct text *t, size_t cap, const char *utf8, size_t n, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	int32_t got = 0;

	u_strFromUTF8WithSub(t->units + t->length, (int32_t)(cap - t->length), &got, utf8,
	                     (int32_t)n, 0xFFFD, NULL, &code);
	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "a text cannot be read: %s", u_errorName(code));
	t->length += (size_t)got;
	return 0;
}

/* Read the text from bound to bound of the spans, so that these are known in units, too. */
static int read_utf8(struct text_work *w, const char *utf8, const struct text_span *spans, size_t n,
                     struct err *err)
{
	size_t length = strlen(utf8), cap = length + 1, at = 0;
	struct text *t = w->t;

	if (cap > INT32_MAX / 4)
		return err_set(err, ERR_INPUT, "a text is too long");
	t->units = calloc(cap, sizeof *t->units);
	w->spans = calloc(n + 1, sizeof *w->spans);
	if (!t->units || !w->spans)
		return err_nomem(err);
	for (size_t i = 0; i < n; i++) {
		size_t start = spans[i].start < length ? spans[i].start : length;
		size_t end = spans[i].end < length ? spans[i].end : length;
		struct text_span *own = &w->spans[w->n_spans];

		if (start < at || end <= start)
			continue;
		*own = spans[i];
		if (read_part(t, cap, utf8 + at, start - at, err))
			return -1;
		own->start = t->length;
		if (read_part(t, cap, utf8 + start, end - start, err))
			return -1;
		own->end = t->length;
		at = end;
		w->n_spans++;
	}
	return read_part(t, cap, utf8 + at, length - at, err);
}

/* Letters, figures and punctuation that are written from left to right only. */
static bool plain(const struct text_work *w)
{
	for (size_t i = 0; i < w->t->length; i++) {
		uint16_t c = w->t->units[i];

		if (c >= 0x0590 && (c < 0x2010 || c > 0x2027))
			return false;
	}
	return !w->style->right_to_left;
}

/*
 * The units whose directions are asked for: a raised figure is none of the number it stands at, so
 * it counts as something that has no direction.
 */
static const uint16_t *directed(struct text_work *w, struct err *err)
{
	const struct text *t = w->t;
	bool raised = false;

	for (size_t i = 0; i < w->n_spans; i++)
		raised |= w->spans[i].raised;
	if (!raised)
		return t->units;
	w->units = malloc((t->length + 1) * sizeof *w->units);
	if (!w->units) {
		err_nomem(err);
		return NULL;
	}
	memcpy(w->units, t->units, t->length * sizeof *w->units);
	for (size_t i = 0; i < w->n_spans; i++)
		for (size_t u = w->spans[i].start; w->spans[i].raised && u < w->spans[i].end; u++)
			w->units[u] = 0xFFFC;
	return w->units;
}

static int directions(struct text_work *w, const UBiDiLevel **levels, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	const uint16_t *units;

	*levels = NULL;
	if (plain(w))
		return 0;
	units = directed(w, err);
	if (!units)
		return -1;
	w->bidi = ubidi_open();
	if (!w->bidi)
		return err_nomem(err);
	ubidi_setPara(w->bidi, units, (int32_t)w->t->length,
	              w->style->right_to_left ? UBIDI_RTL : UBIDI_LTR, NULL, &code);
	*levels = ubidi_getLevels(w->bidi, &code);
	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "directions of a text: %s", u_errorName(code));
	return 0;
}

static int measure(struct text_work *w, struct err *err)
{
	struct text *t = w->t;

	w->advance = calloc(t->length + 1, sizeof *w->advance);
	if (!w->advance)
		return err_nomem(err);
	for (size_t i = 0; i < w->n; i++) {
		struct text_item *item = &w->items[i];

		if (text_shape_run(&item->run, item, t, item->start, item->end, 0, t->length, err))
			return -1;
		for (size_t g = 0; g < item->run.n; g++)
			w->advance[item->run.glyphs[g].start] += item->run.glyphs[g].advance;
	}
	return 0;
}

/* Directions, items and widths of the whole paragraph. */
static int work_start(struct text_work *w, const char *utf8, const struct text_span *spans,
                      size_t n, struct err *err)
{
	const UBiDiLevel *levels;

	w->t = calloc(1, sizeof *w->t);
	if (!w->t)
		return err_nomem(err);
	w->t->size = w->style->size;
	w->t->right_to_left = w->style->right_to_left;
	if (read_utf8(w, utf8, spans, n, err))
		return -1;
	if (!w->t->length)
		return 0;
	if (directions(w, &levels, err) || text_shape_items(w, levels, err))
		return -1;
	return measure(w, err);
}

static void work_finish(struct text_work *w)
{
	if (w->bidi)
		ubidi_close(w->bidi);
	for (size_t i = 0; i < w->n; i++)
		free(w->items[i].run.glyphs);
	free(w->items);
	free(w->units);
	free(w->spans);
	free(w->advance);
	text_free(w->t);
}

/* Append the runs of one visual run of a line: the items it crosses, in visual order. */
static int add_runs(struct text_work *w, struct text_line *l, size_t start, size_t end,
                    bool backwards, size_t line_end, struct err *err)
{
	for (size_t i = 0; i < w->n; i++) {
		struct text_item item = w->items[backwards ? w->n - 1 - i : i];
		size_t from = item.start > start ? item.start : start;
		size_t to = item.end < end ? item.end : end;
		struct text_run *runs;

		if (from >= to)
			continue;
		/* Blanks at the end take the paragraph's direction; figures never go backwards. */
		item.level = backwards && item.rise == 0;
		runs = reallocarray(l->runs, l->n + 1, sizeof *runs);
		if (!runs)
			return err_nomem(err);
		l->runs = runs;
		if (text_shape_run(&runs[l->n++], &item, w->t, from, to, l->start, line_end, err))
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

/* The runs of a line whose directions differ. */
static int order_runs(struct text_work *w, struct text_line *l, size_t end, struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	UBiDi *line = ubidi_open();
	int r = -1;

	if (!line)
		return err_nomem(err);
	ubidi_setLine(w->bidi, (int32_t)l->start, (int32_t)end, line, &code);
	for (int32_t i = 0, n = ubidi_countRuns(line, &code); U_SUCCESS(code) && i < n; i++) {
		int32_t at, length;
		bool backwards = ubidi_getVisualRun(line, i, &at, &length) == UBIDI_RTL;
		size_t from = l->start + (size_t)at;

		if (add_runs(w, l, from, from + (size_t)length, backwards, end, err))
			goto out;
	}
	if (U_FAILURE(code))
		err_set(err, ERR_INPUT, "order of a line: %s", u_errorName(code));
	else
		r = 0;
out:
	ubidi_close(line);
	return r;
}

static int add_line(struct text_work *w, size_t start, size_t end, struct err *err)
{
	struct text *t = w->t;
	struct text_line *l;
	int r;

	if (t->n == w->cap) {
		size_t cap = w->cap ? w->cap * 2 : 4;
		struct text_line *lines = reallocarray(t->lines, cap, sizeof *lines);

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
	r = w->bidi ? order_runs(w, l, end, err) : add_runs(w, l, start, end, false, end, err);
	if (!r)
		measure_line(t, l, end);
	return r;
}

/* One line holds everything. */
static bool fits(const struct text_work *w, double width)
{
	double all = 0;

	for (size_t i = 0; i < w->t->length; i++) {
		uint16_t c = w->t->units[i];

		all += w->advance[i];
		if ((c >= '\n' && c <= '\r') || c == 0x85 || c == 0x2028 || c == 0x2029)
			return false;
	}
	return all <= width + SLACK;
}

static int make_lines(struct text_work *w, double width, bool balanced, struct err *err)
{
	struct text_pieces p = { 0 };
	size_t *ends = NULL, n, start = 0;
	int r = -1;

	if (fits(w, width))
		return add_line(w, 0, w->t->length, err);
	if (text_break_pieces(&p, w, width, err))
		goto out;
	ends = calloc(p.n + 1, sizeof *ends);
	if (!ends) {
		err_nomem(err);
		goto out;
	}
	if (text_fit(ends, &n, p.list, p.n, width, balanced, err))
		goto out;
	for (size_t i = 0; i < n; i++) {
		size_t end = p.list[ends[i] - 1].end;

		if (add_line(w, start, end, err))
			goto out;
		start = end;
	}
	r = 0;
out:
	free(ends);
	free(p.list);
	return r;
}

int text_create_spans(struct text **out, const char *utf8, const struct text_style *style,
                      const struct text_span *spans, size_t n, double width, bool balanced,
                      struct err *err)
{
	struct text_work w = { .style = style };
	int r = -1;

	*out = NULL;
	if (work_start(&w, utf8, spans, n, err))
		goto out;
	if (w.t->length && make_lines(&w, width, balanced, err))
		goto out;
	*out = w.t;
	w.t = NULL;
	r = 0;
out:
	work_finish(&w);
	return r;
}

int text_create(struct text **out, const char *utf8, const struct text_style *style, double width,
                struct err *err)
{
	return text_create_spans(out, utf8, style, NULL, 0, width, false, err);
}

int text_create_balanced(struct text **out, const char *utf8, const struct text_style *style,
                         double width, struct err *err)
{
	return text_create_spans(out, utf8, style, NULL, 0, width, true, err);
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
	struct text_work w = { .style = style };
	struct text_pieces p = { 0 };
	int r = -1;

	*out = 0;
	if (work_start(&w, utf8, NULL, 0, err))
		goto out;
	if (w.t->length && text_break_pieces(&p, &w, TEXT_WIDE, err))
		goto out;
	for (size_t i = 0; i < p.n; i++)
		if (p.list[i].ink > *out)
			*out = p.list[i].ink;
	r = 0;
out:
	free(p.list);
	work_finish(&w);
	return r;
}
