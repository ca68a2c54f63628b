/*
 * chart_bars.c - one to four shares a row enter, bars on a track that is the whole leave, with
 * their values at its end.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double ROW = 17.5, ROW_GAP = 5;
static const double VALUE_GAP = 6;
static const double KEY_BELOW = 6;
static const double PITCH = 10.5, THIN = 8.5; /* of bars in a group */
static const double INNER = 5;                /* a bar in another */
static const double SMALL_SWATCH = 5;

/* Where everything stands. */
struct plan {
	double labels;
	double x, full;       /* the track */
	double value, second; /* where the values begin: of one, and of a second column */
	double width[2];      /* of those columns */
	double room;          /* from the track's start to the end of the values */
};

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .labels = chart_part_labels(c, t) };

	p.x = p.labels + CHART_PART_GAP;
	p.room = c->width - p.x;
	for (size_t k = 0; k < t->n_columns; k++) {
		double own = chart_part_values(c, t, k,
		                               t->kind == CHART_GROUPED ? TYPE_CELL : TYPE_VALUE);

		if (own > p.width[0])
			p.width[0] = own;
	}
	p.full = p.room - VALUE_GAP - p.width[0];
	p.value = p.x + p.full + VALUE_GAP;
	return p;
}

/* Two columns of values, each with the swatch of its bar. */
static struct plan plan_ranking(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .labels = chart_part_labels(c, t) };

	p.x = p.labels + CHART_PART_GAP;
	p.room = c->width - p.x;
	p.width[0] = chart_part_values(c, t, 0, TYPE_VALUE);
	p.width[1] = chart_part_values(c, t, 1, TYPE_LABEL);
	p.second = c->width - p.width[1];
	p.value = p.second - VALUE_GAP - SMALL_SWATCH - p.width[0] - 3;
	p.full = p.value - SMALL_SWATCH - 3 - VALUE_GAP - p.x;
	return p;
}

static double at_least(double h, double least)
{
	return h > least ? h : least;
}

double chart_bars_draw(const struct canvas *c, const struct chart *t)
{
	return chart_bars_from(c, t, 0);
}

double chart_bars_from(const struct canvas *c, const struct chart *t, double y)
{
	struct plan p = plan(c, t);

	y += chart_part_head(c, t, p.x, y);
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct chart_row *row = &t->rows[i];
		bool hidden = row->tenths[0] == CHART_HIDDEN;
		double h = chart_part_label_height(c, row, p.labels), middle;

		if (hidden)
			h = at_least(h, chart_part_stub_height(c, row->values[0], p.room));
		h = at_least(h + ROW_GAP, ROW);
		middle = y + h / 2;
		chart_part_label(c, row, 0, middle, p.labels);
		if (hidden) {
			chart_part_stub(c, row->values[0], p.x, middle, CHART_PART_BAR, p.room);
		} else {
			canvas_box(c, p.x, middle - CHART_PART_BAR / 2.0, p.full, CHART_PART_BAR,
			           c->color->track);
			canvas_box(c, p.x, middle - CHART_PART_BAR / 2.0,
			           p.full * row->tenths[0] / 1000, CHART_PART_BAR,
			           c->color->accent);
			chart_part_value(c, TYPE_VALUE, row->values[0], p.value, middle, p.width[0],
			                 c->color->ink);
		}
		y += h;
	}
	if (chart_part_unsaid(c, t, TEXT_WIDE))
		y += chart_part_hidden_key(c, t, y);
	return y;
}

static double keys(const struct canvas *c, const struct chart *t, const struct plan *p)
{
	struct chart_part_flow f = chart_part_flow(c, p->x, 0, p->room);

	for (size_t k = 0; k < t->n_columns; k++)
		chart_part_flow_add(&f, CHART_PART_SWATCH, chart_color_column(c->color, k),
		                    t->columns[k].label, t->columns[k].base);
	return chart_part_flow_end(&f) + KEY_BELOW;
}

static void draw_group(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	double inset = (PITCH - THIN) / 2;

	canvas_box(c, p->x, y + inset, p->full, PITCH * (double)t->n_columns - 2 * inset,
	           c->color->track);
	for (size_t k = 0; k < t->n_columns; k++, y += PITCH) {
		double middle = y + PITCH / 2;

		if (row->tenths[k] == CHART_HIDDEN) {
			chart_part_short_stub(c, row->values[k], p->x, middle, THIN, p->room);
			continue;
		}
		canvas_box(c, p->x, y + inset, p->full * row->tenths[k] / 1000, THIN,
		           chart_color_column(c->color, k));
		chart_part_value(c, TYPE_CELL, row->values[k], p->value, middle, p->width[0],
		                 c->color->ink);
	}
}

double chart_bars_grouped(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan(c, t);
	double y = keys(c, t, &p), bars = PITCH * (double)t->n_columns;

	for (size_t i = 0; i < t->n_rows; i++) {
		const struct chart_row *row = &t->rows[i];
		double h = at_least(chart_part_label_height(c, row, p.labels), bars) + ROW_GAP + 3;

		chart_part_label(c, row, 0, y + h / 2, p.labels);
		draw_group(c, t, &p, row, y + (h - bars) / 2);
		y += h;
	}
	if (chart_part_unsaid(c, t, p.room))
		y += chart_part_hidden_key(c, t, y);
	return y;
}

/* A value behind its bar's colour; a hidden one is its hatching. */
static void draw_rank_value(const struct canvas *c, const struct chart_row *row, size_t column,
                            double x, double y, double width, struct color color)
{
	double swatch = x - 3 - SMALL_SWATCH, top = y - SMALL_SWATCH / 2;

	if (row->tenths[column] == CHART_HIDDEN) {
		canvas_hatch(c, swatch, top, SMALL_SWATCH, SMALL_SWATCH);
		return;
	}
	canvas_box(c, swatch, top, SMALL_SWATCH, SMALL_SWATCH, color);
	chart_part_value(c, column ? TYPE_LABEL : TYPE_VALUE, row->values[column], x, y, width,
	                 c->color->ink);
}

static void draw_rank(const struct canvas *c, const struct plan *p, const struct chart_row *row,
                      double y)
{
	struct color pale = chart_color_pale(c->color);
	double outer = CHART_PART_BAR;

	canvas_box(c, p->x, y - outer / 2, p->full, outer, c->color->track);
	if (row->tenths[1] == CHART_HIDDEN)
		canvas_hatch(c, p->x, y - outer / 2, CHART_PART_STUB, outer);
	else
		canvas_box(c, p->x, y - outer / 2, p->full * row->tenths[1] / 1000, outer, pale);
	if (row->tenths[0] == CHART_HIDDEN)
		canvas_hatch(c, p->x, y - INNER / 2, CHART_PART_STUB, INNER);
	else
		canvas_box(c, p->x, y - INNER / 2, p->full * row->tenths[0] / 1000, INNER,
		           c->color->accent);
	draw_rank_value(c, row, 0, p->value, y, p->width[0], c->color->accent);
	draw_rank_value(c, row, 1, p->second, y, p->width[1], pale);
}

double chart_bars_ranking(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan_ranking(c, t);
	struct chart_part_flow f = chart_part_flow(c, p.x, 0, p.room);
	double y;

	for (size_t k = 0; k < 2; k++)
		chart_part_flow_add(&f, CHART_PART_SWATCH,
		                    k ? chart_color_pale(c->color) : c->color->accent,
		                    t->columns[k].label, t->columns[k].base);
	y = chart_part_flow_end(&f) + KEY_BELOW;
	for (size_t i = 0; i < t->n_rows; i++) {
		double h = chart_part_label_height(c, &t->rows[i], p.labels) + ROW_GAP;

		h = at_least(h, ROW);
		chart_part_label(c, &t->rows[i], 0, y + h / 2, p.labels);
		draw_rank(c, &p, &t->rows[i], y + h / 2);
		y += h;
	}
	if (chart_part_any_hidden(t))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
