/*
 * text_part.c - a set line enters, its parts in the order of reading leave: what a page tags as one
 * thing (words, a link, a footnote's mark).
 */
#include "report/text.h"

/* The first unit that a run stands for: in a run from right to left it is the last glyph's. */
static size_t first_unit(const struct text_run *r)
{
	return r->n ? r->glyphs[r->right_to_left ? r->n - 1 : 0].start : 0;
}

static size_t start_of(const struct text_line *l, const struct text_part *p)
{
	size_t start = SIZE_MAX;

	for (size_t i = p->first; i < p->first + p->n; i++)
		if (first_unit(&l->runs[i]) < start)
			start = first_unit(&l->runs[i]);
	return start;
}

static void sort(struct text_part *parts, size_t n, const struct text_line *l)
{
	for (size_t i = 1; i < n; i++) {
		struct text_part part = parts[i];
		size_t k = i;

		for (; k > 0 && start_of(l, &parts[k - 1]) > start_of(l, &part); k--)
			parts[k] = parts[k - 1];
		parts[k] = part;
	}
}

size_t text_parts(struct text_part *out, size_t cap, const struct text *t, size_t line)
{
	const struct text_line *l = &t->lines[line];
	size_t n = 0;
	double x = 0;

	for (size_t i = 0; i < l->n; i++) {
		const struct text_run *r = &l->runs[i];
		struct text_part *last = n && n <= cap ? &out[n - 1] : NULL;

		if (last && last->mark == r->mark && last->language == r->language) {
			last->n++;
			last->width += r->width;
		} else if (n++ < cap) {
			out[n - 1] = (struct text_part){ .first = i,
				                         .n = 1,
				                         .x = x,
				                         .width = r->width,
				                         .mark = r->mark,
				                         .language = r->language };
		}
		x += r->width;
	}
	sort(out, n < cap ? n : cap, l);
	return n;
}
