/*
 * chart_change.c - shares of two rounds enter, dumbbells leave: a ring for the earlier round, a
 * disc for this one, a line between them and both values on their outer sides.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double ROW = 19, ROW_GAP = 6;
static const double TRACK = 13;
static const double RADIUS = 4;
static const double BESIDE = 7; /* from the middle of a mark to its value */
static const double KEY_BELOW = 6, BELOW = 3, ABOVE = 2;

enum { EARLIER, LATER };

/* Where everything stands. */
struct plan {
	double labels;
	double x, full; /* the track */
	double start;   /* where values before the track may begin */
};

static struct color color_of(const struct canvas *c, size_t column)
{
	return column == LATER ? c->color->accent : chart_color_column(c->color, 1);
}

static enum type_style style_of(size_t column)
{
	return column == LATER ? TYPE_VALUE : TYPE_LABEL;
}

/* Is the column's value printed before its mark, or behind it? */
static bool is_before(const struct chart_row *row, size_t column)
{
	size_t other = column == LATER ? EARLIER : LATER;

	if (row->tenths[other] == CHART_HIDDEN)
		return false;
	if (row->tenths[other] == row->tenths[column])
		return column == EARLIER;
	return row->tenths[column] < row->tenths[other];
}

/* How far values stand out of a track `full` long, before and behind it. */
static void overhang(const struct canvas *c, const struct chart *t, double full, double *before,
                     double *behind)
{
	*before = *behind = RADIUS;
	for (size_t i = 0; i < t->n_rows; i++) {
		for (size_t k = 0; k < 2; k++) {
			const struct chart_row *row = &t->rows[i];
			double at = full * row->tenths[k] / 1000, out;

			if (row->tenths[k] == CHART_HIDDEN)
				continue;
			out = BESIDE + type_width(c->type, style_of(k), row->values[k]);
			if (is_before(row, k) && out - at > *before)
				*before = out - at;
			if (!is_before(row, k) && at + out - full > *behind)
				*behind = at + out - full;
		}
	}
}

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .labels = chart_part_labels(c, t) };
	double room, before, behind, low = 0, high;

	p.start = chart_part_is_narrow(c) ? 0 : p.labels + CHART_PART_GAP;
	room = high = c->width - p.start;
	/* The longest track beside which the values have room. */
	for (int i = 0; i < 30; i++) {
		double half = (low + high) / 2;

		overhang(c, chart_part_whole(t), half, &before, &behind);
		if (before + half + behind <= room)
			low = half;
		else
			high = half;
	}
	p.full = low;
	overhang(c, chart_part_whole(t), p.full, &before, &behind);
	p.x = p.start + before;
	return p;
}

static void draw_mark(const struct canvas *c, const struct plan *p, const struct chart_row *row,
                      size_t column, double y)
{
	double x = p->x + p->full * row->tenths[column] / 1000;
	bool before = is_before(row, column);

	canvas_disc(c, x, y, RADIUS, color_of(c, column), column == EARLIER);
	canvas_text(c, style_of(column), row->values[column], before ? x - BESIDE : x + BESIDE,
	            chart_part_centred(style_of(column), y), before ? CANVAS_END : CANVAS_START,
	            c->color->ink);
}

/* Which round is not published, below the row. Returns the height. */
static double draw_hidden(const struct canvas *c, const struct chart *t, const struct plan *p,
                          const struct chart_row *row, double y)
{
	struct chart_part_flow f = chart_part_flow(c, p->x, y, c->width - p->x);

	for (size_t k = 0; k < 2; k++)
		if (row->tenths[k] == CHART_HIDDEN)
			chart_part_flow_add(&f, CHART_PART_HATCH, c->color->muted,
			                    t->columns[k].label, NULL);
	return chart_part_flow_end(&f);
}

static double draw_row(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	const int *tenths = row->tenths;
	struct canvas mute = chart_part_mute(c);
	double hidden = draw_hidden(&mute, t, p, row, 0), label, h, middle;
	bool both = tenths[EARLIER] != CHART_HIDDEN && tenths[LATER] != CHART_HIDDEN;
	bool none = tenths[EARLIER] == CHART_HIDDEN && tenths[LATER] == CHART_HIDDEN;
	double own = none ? hidden : TRACK + (hidden > 0 ? BELOW + hidden : 0);

	if (chart_part_is_narrow(c)) {
		h = chart_part_label_above(c, row, y) + ABOVE + own + ROW_GAP + BELOW;
		y += h - own - ROW_GAP - BELOW;
	} else {
		label = chart_part_label_height(c, row, p->labels);
		h = (label > own ? label : own) + ROW_GAP;
		h = h < ROW ? ROW : h;
		chart_part_label(c, row, 0, y + h / 2, p->labels);
		y += (h - own) / 2;
	}
	middle = y + TRACK / 2;
	draw_hidden(c, t, p, row, y + own - hidden);
	if (none)
		return h;
	canvas_box(c, p->x, y, p->full, TRACK, c->color->track);
	if (both)
		canvas_line(c, p->x + p->full * tenths[EARLIER] / 1000, middle,
		            p->x + p->full * tenths[LATER] / 1000, middle, 1.8,
		            c->color->muted);
	for (size_t k = 0; k < 2; k++)
		if (tenths[k] != CHART_HIDDEN)
			draw_mark(c, p, row, k, middle);
	return h;
}

double chart_change_draw(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan(c, t);
	struct chart_part_flow f = chart_part_flow(c, p.x, 0, c->width - p.x);
	double y;

	for (size_t k = 0; k < 2; k++)
		chart_part_flow_add(&f, k == LATER ? CHART_PART_LARGE : CHART_PART_RING,
		                    color_of(c, k), t->columns[k].label, t->columns[k].base);
	y = chart_part_flow_end(&f) + KEY_BELOW;
	for (size_t i = 0; i < t->n_rows; i++)
		y += draw_row(c, t, &p, &t->rows[i], y);
	if (chart_part_any_hidden(t))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
