/*
 * chart_multiples.c - the shares of several groups enter, a small panel of bars for each leaves,
 * all on one scale. In the panels behind the first a tick shows everyone's share, to compare with.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double LABEL_MOST = 0.28; /* of the width */
static const double PANEL_LEAST = 68, PANEL_GAP = 14;
static const double PANELS_GAP = 14; /* between rows of panels */
static const double BAR = 9, ROW = 15, ROW_GAP = 4;
static const double VALUE_GAP = 4;
static const double TITLE_BELOW = 4, KEY_BELOW = 8;

/* Where everything stands. */
struct plan {
	double labels, x;
	size_t across;
	double panel, full, value; /* widths: of a panel, its track, its values */
};

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .labels = chart_part_labels(c, t) };
	size_t rows;
	double room;

	if (p.labels > c->width * LABEL_MOST)
		p.labels = c->width * LABEL_MOST;
	p.x = p.labels + CHART_PART_GAP;
	room = c->width - p.x + PANEL_GAP;
	p.across = (size_t)(room / (PANEL_LEAST + PANEL_GAP));
	p.across = p.across < 2 ? 2 : p.across > 4 ? 4 : p.across;
	/* The last row of panels is not left almost empty. */
	rows = (t->n_columns + p.across - 1) / p.across;
	p.across = (t->n_columns + rows - 1) / rows;
	p.panel = room / (double)p.across - PANEL_GAP;
	for (size_t k = 0; k < t->n_columns; k++) {
		double own = chart_part_values(c, t, k, TYPE_SMALL);

		if (own > p.value)
			p.value = own;
	}
	p.full = p.panel - VALUE_GAP - p.value;
	return p;
}

static double panel_x(const struct plan *p, size_t nth)
{
	return p->x + (double)nth * (p->panel + PANEL_GAP);
}

/* Titles of columns first to last - 1, their first lines at one height. */
static double titles(const struct canvas *c, const struct chart *t, const struct plan *p,
                     size_t first, size_t last, double y)
{
	double most = 0;

	for (size_t k = first; k < last; k++) {
		double h = chart_part_name(c, TYPE_CELL_HEAD, &t->columns[k],
		                           panel_x(p, k - first), y, p->panel);

		if (h > most)
			most = h;
	}
	return most + TITLE_BELOW;
}

static void draw_bar(const struct canvas *c, const struct plan *p, const struct chart_row *row,
                     size_t column, double x, double y)
{
	int tenths = row->tenths[column], all = row->tenths[0];

	if (tenths == CHART_HIDDEN) {
		chart_part_short_stub(c, row->values[column], x, y, BAR, p->panel);
		return;
	}
	canvas_box(c, x, y - BAR / 2, p->full, BAR, c->color->track);
	canvas_box(c, x, y - BAR / 2, p->full * tenths / 1000, BAR,
	           column ? chart_color_middle(c->color) : c->color->accent);
	chart_part_value(c, TYPE_SMALL, row->values[column], x + p->full + VALUE_GAP, y, p->value,
	                 c->color->ink);
	if (column && all != CHART_HIDDEN)
		canvas_line(c, x + p->full * all / 1000, y - BAR / 2 - 1.5,
		            x + p->full * all / 1000, y + BAR / 2 + 1.5, 1.2, c->color->ink);
}

/* One row of panels, with the labels before its first. */
static double draw_panels(const struct canvas *c, const struct chart *t, const struct plan *p,
                          size_t first, size_t last, double y)
{
	double h = titles(c, t, p, first, last, y);

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct chart_row *row = &t->rows[i];
		double own = chart_part_label_height(c, row, p->labels) + ROW_GAP, middle;

		if (own < ROW)
			own = ROW;
		middle = y + h + own / 2;
		chart_part_label(c, row, 0, middle, p->labels);
		for (size_t k = first; k < last; k++)
			draw_bar(c, p, row, k, panel_x(p, k - first), middle);
		h += own;
	}
	return h;
}

double chart_multiples_draw(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan(c, t);
	double y = 0;

	if (t->n_columns > 1) {
		struct chart_part_flow f = chart_part_flow(c, p.x, 0, c->width - p.x);

		chart_part_flow_add(&f, CHART_PART_TICK, c->color->ink, t->columns[0].label, NULL);
		y = chart_part_flow_end(&f) + KEY_BELOW;
	}
	for (size_t k = 0; k < t->n_columns; k += p.across) {
		size_t last = k + p.across < t->n_columns ? k + p.across : t->n_columns;

		y += k ? PANELS_GAP : 0;
		y += draw_panels(c, t, &p, k, last, y);
	}
	if (chart_part_unsaid(c, t, p.panel))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
