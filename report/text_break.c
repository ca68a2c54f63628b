/*
 * text_break.c - a measured paragraph enters, the pieces between places where a line may end leave:
 * ICU finds the places (UAX 14; words of scripts without blanks by its dictionaries).
 */
#include "report/text_break.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/uchar.h>

static const double SLACK = 1e-6; /* points: rounding does not break a line */

static bool blank(const struct text *t, size_t i)
{
	return u_isUWhiteSpace(t->units[i]);
}

/* Hyphens, slashes and dashes hold together what is around them better than a blank does. */
static bool is_joint(uint16_t c)
{
	return c == '-' || c == '/' || c == 0x2010 || c == 0x2013 || c == 0x2014;
}

static int add_piece(struct text_pieces *p, const struct text_work *w, size_t start, size_t end,
                     struct err *err)
{
	const struct text *t = w->t;
	size_t ink = end;
	struct text_piece *piece;

	if (p->n == p->cap) {
		size_t cap = p->cap ? p->cap * 2 : 32;

		piece = reallocarray(p->list, cap, sizeof *piece);
		if (!piece)
			return err_nomem(err);
		p->list = piece;
		p->cap = cap;
	}
	piece = &p->list[p->n++];
	*piece = (struct text_piece){ .start = start, .end = end };
	while (ink > start && blank(t, ink - 1))
		ink--;
	for (size_t i = start; i < end; i++) {
		piece->all += w->advance[i];
		if (i < ink)
			piece->ink += w->advance[i];
	}
	piece->joint = ink == end && is_joint(t->units[end - 1]);
	return 0;
}

/* A piece that is wider than a line is cut between its clusters. */
static int add_pieces(struct text_pieces *p, const struct text_work *w, size_t start, size_t end,
                      double width, struct err *err)
{
	size_t from = start;

	if (add_piece(p, w, start, end, err))
		return -1;
	if (p->list[p->n - 1].ink <= width + SLACK)
		return 0;
	p->n--;
	for (size_t i = start + 1; i < end; i++) {
		if (w->advance[i] == 0 || blank(w->t, i))
			continue;
		if (add_piece(p, w, from, i, err))
			return -1;
		p->list[p->n - 1].cut = true;
		from = i;
	}
	return add_piece(p, w, from, end, err);
}

/* Does a raised span begin here? It stays with what is before it. */
static bool holds(const struct text_work *w, size_t unit)
{
	for (size_t i = 0; i < w->n_spans; i++)
		if (w->spans[i].raised && w->spans[i].start == unit)
			return true;
	return false;
}

int text_break_pieces(struct text_pieces *p, const struct text_work *w, double width,
                      struct err *err)
{
	UErrorCode code = U_ZERO_ERROR;
	size_t length = w->t->length, from = 0;
	UBreakIterator *b = ubrk_open(UBRK_LINE, w->style->language, w->t->units, (int32_t)length,
	                              &code);
	int r = -1;

	if (U_FAILURE(code))
		return err_set(err, ERR_INPUT, "line breaks of a text: %s", u_errorName(code));
	ubrk_first(b);
	for (int32_t to; (to = ubrk_next(b)) != UBRK_DONE;) {
		int32_t rule = ubrk_getRuleStatus(b);
		bool hard = rule >= UBRK_LINE_HARD && rule < UBRK_LINE_HARD_LIMIT;

		if (!hard && (size_t)to < length && holds(w, (size_t)to))
			continue;
		if (add_pieces(p, w, from, (size_t)to, width, err))
			goto out;
		p->list[p->n - 1].hard = hard;
		from = (size_t)to;
	}
	r = 0;
out:
	ubrk_close(b);
	return r;
}
