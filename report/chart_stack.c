/*
 * chart_stack.c - the rows of a matrix enter, stacked bars leave: what lies before the neutral
 * category and what lies behind it on either side of one line, the neutral one and what says
 * nothing apart behind them, all on one scale. Without a neutral one the degrees stand in one row
 * from the reading edge.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double LABEL_MOST = 0.30; /* of the width */
static const double NARROW = 400; /* below it labels stand above their bars */
static const double BAR = 14, STUB = 12;
static const double ROW = 21, ROW_GAP = 7;
static const double APART_GAP = 10, APART_LEAST = 34, APART_MOST = 70;
static const double APART_SHARE = 0.5; /* at most, of names, all together */
static const double KEY_BELOW = 6, KEY_LEAST = 180;
static const double SEAM = 0.7; /* between parts of a bar */

enum { APART_MAX = 8 };

/* Where everything stands. */
struct plan {
	bool above;           /* labels above their bars */
	double label;         /* width of the labels */
	double x, zero, end;  /* of the stacked part: begin, middle line, end */
	double unit;          /* points for 100% */
	size_t apart[APART_MAX], n; /* the categories that stand apart */
	double apart_x[APART_MAX], apart_width[APART_MAX];
};

static bool is_apart(enum chart_role role)
{
	return role == CHART_NEUTRAL || role == CHART_NONE;
}

static double part_length(int tenths, double unit)
{
	return tenths == CHART_HIDDEN ? STUB : unit * tenths / 1000;
}

/* Length of the longest row of parts: before the line, or behind it. */
static double side(const struct chart *t, bool before, double unit)
{
	double most = 0;

	t = chart_part_whole(t);
	for (size_t i = 0; i < t->n_rows; i++) {
		double sum = 0;

		for (size_t k = 0; k < t->n_columns; k++)
			if (!is_apart(t->columns[k].role) &&
			    (t->columns[k].role == CHART_BEFORE) == before)
				sum += part_length(t->rows[i].tenths[k], unit);
		if (sum > most)
			most = sum;
	}
	return most;
}

/* Room of a category apart: its longest bar with the value behind it, or its name. */
static double apart_room(const struct canvas *c, const struct chart *t, const struct plan *p,
                         size_t column, double unit)
{
	double most, limit = (c->width - p->x) * APART_SHARE / (double)p->n;

	t = chart_part_whole(t);
	most = type_word(c->type, TYPE_SMALL, t->columns[column].label);
	if (most > APART_MOST)
		most = APART_MOST;
	if (most < APART_LEAST)
		most = APART_LEAST;
	if (most > limit)
		most = limit;
	for (size_t i = 0; i < t->n_rows; i++) {
		const struct chart_row *row = &t->rows[i];
		double own = part_length(row->tenths[column], unit);

		if (row->tenths[column] != CHART_HIDDEN)
			own += 3 + type_width(c->type, TYPE_SMALL, row->values[column]);
		if (own > most)
			most = own;
	}
	return most;
}

static double total(const struct canvas *c, const struct chart *t, const struct plan *p,
                    double unit)
{
	double sum = SEAM + side(t, true, unit) + side(t, false, unit);

	for (size_t k = 0; k < p->n; k++)
		sum += APART_GAP + apart_room(c, t, p, p->apart[k], unit);
	return sum;
}

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .above = c->width < NARROW };
	double low = 0, high = c->width, x;

	p.label = chart_part_labels(c, t);
	if (p.above)
		p.label = c->width;
	else if (p.label > c->width * LABEL_MOST)
		p.label = c->width * LABEL_MOST;
	p.x = p.above ? 0 : p.label + CHART_PART_GAP;
	for (size_t k = 0; k < t->n_columns && p.n < APART_MAX; k++)
		if (is_apart(t->columns[k].role))
			p.apart[p.n++] = k;
	/* The greatest scale at which all have room; 100% is never longer than what is there. */
	for (int i = 0; i < 30; i++) {
		double half = (low + high) / 2;

		if (total(c, t, &p, half) <= c->width - p.x)
			low = half;
		else
			high = half;
	}
	p.unit = low;
	p.zero = p.x + SEAM + side(t, true, p.unit);
	x = p.end = p.zero + side(t, false, p.unit);
	for (size_t k = 0; k < p.n; k++) {
		p.apart_x[k] = x + APART_GAP;
		p.apart_width[k] = apart_room(c, t, &p, p.apart[k], p.unit);
		x = p.apart_x[k] + p.apart_width[k];
	}
	return p;
}

static double key(const struct canvas *c, const struct chart *t, double x, double y, double width)
{
	struct chart_part_flow f = chart_part_flow(c, x, y, width);

	for (size_t k = 0; k < t->n_columns; k++)
		if (!is_apart(t->columns[k].role))
			chart_part_flow_add(&f, CHART_PART_SWATCH,
			                    chart_color_category(c->color, t, k),
			                    t->columns[k].label, t->columns[k].base);
	return chart_part_flow_end(&f);
}

static double name(const struct canvas *c, const struct chart_column *column, double x, double y,
                   double width)
{
	double h = canvas_block(c, TYPE_SMALL, column->label, x, y, width, CANVAS_START,
	                        c->color->ink);

	if (column->base)
		h += canvas_block(c, TYPE_SMALL, column->base, x, y + h, width, CANVAS_START,
		                  c->color->muted);
	return h;
}

/* The names of what stands apart, their last lines at one height. Returns the greatest height. */
static double names(const struct canvas *c, const struct chart *t, const struct plan *p, double y)
{
	struct canvas mute = chart_part_mute(c);
	double most = 0;

	for (size_t k = 0; k < p->n; k++) {
		double h = name(&mute, &t->columns[p->apart[k]], 0, 0, p->apart_width[k]);

		if (h > most)
			most = h;
	}
	for (size_t k = 0; k < p->n; k++) {
		const struct chart_column *column = &t->columns[p->apart[k]];
		double h = name(&mute, column, 0, 0, p->apart_width[k]);

		name(c, column, p->apart_x[k], y + most - h, p->apart_width[k]);
	}
	return most;
}

/* Beside one another where there is room, both ending on one line; else one above the other. */
static double heads(const struct canvas *c, const struct chart *t, const struct plan *p)
{
	struct canvas mute = chart_part_mute(c);
	double width = p->end - p->x, below, most;

	if (width < KEY_LEAST) {
		most = key(c, t, p->x, 0, c->width - p->x);
		if (most > 0 && p->n)
			most += 3;
		return most + names(c, t, p, most) + KEY_BELOW;
	}
	most = key(&mute, t, p->x, 0, width);
	below = names(&mute, t, p, 0);
	if (below > most)
		most = below;
	key(c, t, p->x, most - key(&mute, t, p->x, 0, width), width);
	names(c, t, p, most - below);
	return most + KEY_BELOW;
}

static double draw_part(const struct canvas *c, const struct chart *t, const struct plan *p,
                        const struct chart_row *row, size_t column, double x, double y)
{
	double width = part_length(row->tenths[column], p->unit);
	struct color color = chart_color_category(c->color, t, column);

	if (row->tenths[column] == CHART_HIDDEN) {
		canvas_hatch(c, x, y - BAR / 2, width - SEAM, BAR);
		return width;
	}
	canvas_box(c, x, y - BAR / 2, width > 2 * SEAM ? width - SEAM : width, BAR, color);
	if (type_width(c->type, TYPE_SMALL, row->values[column]) + 4 < width)
		canvas_text(c, TYPE_SMALL, row->values[column], x + (width - SEAM) / 2,
		            chart_part_centred(TYPE_SMALL, y), CANVAS_MIDDLE,
		            color_on(c->color, color));
	return width;
}

static void draw_stack(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	double before = 0, x;

	for (size_t k = 0; k < t->n_columns; k++)
		if (t->columns[k].role == CHART_BEFORE)
			before += part_length(row->tenths[k], p->unit);
	x = p->zero - before;
	for (size_t k = 0; k < t->n_columns; k++)
		if (!is_apart(t->columns[k].role))
			x += draw_part(c, t, p, row, k, x, y);
}

static void draw_apart(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	for (size_t k = 0; k < p->n; k++) {
		int tenths = row->tenths[p->apart[k]];
		double x = p->apart_x[k], width = part_length(tenths, p->unit);

		if (tenths == CHART_HIDDEN) {
			canvas_hatch(c, x, y - BAR / 2, STUB, BAR);
			continue;
		}
		canvas_box(c, x, y - BAR / 2, width, BAR,
		           chart_color_category(c->color, t, p->apart[k]));
		canvas_text(c, TYPE_SMALL, row->values[p->apart[k]], x + width + 3,
		            chart_part_centred(TYPE_SMALL, y), CANVAS_START, c->color->ink);
	}
}

/* A label over its bar, the base behind it where there is room. Returns the height. */
static double label_above(const struct canvas *c, const struct chart_row *row, double y)
{
	double own = type_width(c->type, TYPE_LABEL, row->label) + CHART_PART_GAP, h;

	h = canvas_block(c, TYPE_LABEL, row->label, 0, y, c->width, CANVAS_START, c->color->ink);
	if (!row->base)
		return h;
	if (own + type_width(c->type, TYPE_SMALL, row->base) > c->width)
		return h + canvas_block(c, TYPE_SMALL, row->base, 0, y + h, c->width, CANVAS_START,
		                        c->color->muted);
	canvas_text(c, TYPE_SMALL, row->base, own, y + type_baseline(TYPE_LABEL), CANVAS_START,
	            c->color->muted);
	return h;
}

static double draw_row(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	double h = chart_part_label_height(c, row, p->label), middle;

	if (p->above) {
		h = label_above(c, row, y) + 2 + BAR / 2;
		middle = y + h;
		h += BAR / 2 + ROW_GAP + 4;
	} else {
		h = h + ROW_GAP > ROW ? h + ROW_GAP : ROW;
		middle = y + h / 2;
		chart_part_label(c, row, 0, middle, p->label);
	}
	draw_stack(c, t, p, row, middle);
	draw_apart(c, t, p, row, middle);
	canvas_line(c, p->zero - SEAM / 2, middle - BAR / 2 - 2, p->zero - SEAM / 2,
	            middle + BAR / 2 + 2, SEAM, p->zero > p->x ? c->color->ink : c->color->muted);
	return h;
}

double chart_stack_draw(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan(c, t);
	double y = heads(c, t, &p);

	for (size_t i = 0; i < t->n_rows; i++)
		y += draw_row(c, t, &p, &t->rows[i], y);
	if (chart_part_any_hidden(t))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
