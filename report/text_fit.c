/*
 * text_fit.c - pieces with widths enter, ends of lines leave.
 *
 * The total fit of Knuth and Plass ("Breaking paragraphs into lines", 1981), for blanks that do not
 * stretch: the cost of a paragraph is the sum over its lines of the squared part that stays empty,
 * and the cheapest way to each break is kept.
 */
#include "report/text_fit.h"

#include <math.h>
#include <stdlib.h>

static const double SLACK = 1e-6; /* points: rounding does not break a line */

/* Costs; a wholly empty line would be 1. */
static const double CUT = 1e6;   /* of a word */
static const double LINE = 1e3;  /* one more than is needed */
static const double STUB = 10;   /* a last line narrower than STUB_WIDTH */
static const double LONELY = 0.5; /* a last line of one short word */
static const double JOINT = 0.03;
static const double STUB_WIDTH = 0.15, LONELY_WIDTH = 0.33; /* of the line */

struct fit {
	const struct text_piece *pieces;
	double *sum;  /* of all pieces before this one */
	double *cost; /* of the best lines up to here */
	size_t *from; /* where the last of them begins */
	double width;
	bool even;
};

static double line_width(const struct fit *f, size_t first, size_t end)
{
	return f->sum[end - 1] - f->sum[first] + f->pieces[end - 1].ink;
}

static double line_cost(const struct fit *f, size_t first, size_t end, double width, bool last)
{
	double part = width / f->width, empty = part < 1 ? 1 - part : 0, cost = LINE;

	if (f->pieces[end - 1].cut)
		cost += CUT;
	if (!last)
		return cost + empty * empty + (f->pieces[end - 1].joint ? JOINT : 0);
	if (part < STUB_WIDTH)
		cost += STUB;
	if (end - first == 1 && part < LONELY_WIDTH)
		cost += LONELY;
	return f->even ? cost + empty * empty : cost;
}

/* The best lines of the pieces first..end, which a hard break ends. */
static void choose(struct fit *f, size_t first, size_t end)
{
	f->cost[first] = 0;
	for (size_t to = first + 1; to <= end; to++) {
		f->cost[to] = INFINITY;
		for (size_t at = to; at-- > first;) {
			double width = line_width(f, at, to), cost;

			if (width > f->width + SLACK && at + 1 < to)
				break;
			cost = f->cost[at] + line_cost(f, at, to, width, to == end);
			if (cost < f->cost[to]) {
				f->cost[to] = cost;
				f->from[to] = at;
			}
		}
	}
}

/* Append the ends of the lines chosen. */
static size_t collect(const struct fit *f, size_t *ends, size_t first, size_t end)
{
	size_t n = 0;

	for (size_t at = end; at > first; at = f->from[at])
		ends[n++] = at;
	for (size_t i = 0; i < n / 2; i++) {
		size_t swap = ends[i];

		ends[i] = ends[n - 1 - i];
		ends[n - 1 - i] = swap;
	}
	return n;
}

/* Lines when each takes as much as it can. */
static size_t count(const struct fit *f, size_t n, double width)
{
	size_t lines = 0, first = 0;

	for (size_t end = 1; end <= n; end++) {
		if (end - first > 1 && line_width(f, first, end) > width + SLACK) {
			lines++;
			first = end - 1;
		}
		if (f->pieces[end - 1].hard || end == n) {
			lines++;
			first = end;
		}
	}
	return lines;
}

/* The narrowest width that needs no more lines and cuts no word, to within a point. */
static double narrowest(const struct fit *f, size_t n)
{
	size_t lines = count(f, n, f->width);
	double low = 0, high = f->width;

	for (size_t i = 0; i < n; i++) {
		if (f->pieces[i].cut)
			return f->width;
		if (f->pieces[i].ink > low)
			low = f->pieces[i].ink;
	}
	while (lines > 1 && high - low > 1) {
		double middle = (low + high) / 2;

		if (count(f, n, middle) > lines)
			low = middle;
		else
			high = middle;
	}
	return high;
}

int text_fit(size_t *ends, size_t *lines, const struct text_piece *pieces, size_t n, double width,
             bool even, struct err *err)
{
	struct fit f = { .pieces = pieces, .width = width, .even = even };
	int r = -1;

	*lines = 0;
	f.sum = calloc(n + 1, sizeof *f.sum);
	f.cost = calloc(n + 1, sizeof *f.cost);
	f.from = calloc(n + 1, sizeof *f.from);
	if (!f.sum || !f.cost || !f.from) {
		err_nomem(err);
		goto out;
	}
	for (size_t i = 0; i < n; i++)
		f.sum[i + 1] = f.sum[i] + pieces[i].all;
	if (even)
		f.width = narrowest(&f, n);
	for (size_t first = 0, end; first < n; first = end) {
		for (end = first + 1; end < n && !pieces[end - 1].hard;)
			end++;
		choose(&f, first, end);
		*lines += collect(&f, ends + *lines, first, end);
	}
	r = 0;
out:
	free(f.sum);
	free(f.cost);
	free(f.from);
	return r;
}
