/*
 * chart_stack.c - the rows of a matrix enter, stacked bars leave: what lies before the neutral
 * category and what lies behind it on either side of one line, the neutral one and what says
 * nothing apart behind them, all on one scale. Without a neutral one the degrees stand in one row
 * from the reading edge.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double LABEL_MOST = 0.30; /* of the width */
static const double BAR = 14, STUB = 12;
static const double ROW = 21, ROW_GAP = 7;
static const double APART_GAP = 10, APART_LEAST = 34, APART_MOST = 70;
static const double APART_SHARE = 0.5; /* at most, of names, all together */
static const double UNIT_LEAST = 60;
static const double KEY_BELOW = 6, KEY_LEAST = 180;
static const double VALUE_GAP = 3;
static const double SEAM = 0.7; /* between parts of a bar */

enum { APART_MAX = 8 };

/* Where everything stands. */
struct plan {
	bool above;           /* labels above their bars */
	bool beyond;          /* values of outer parts behind them, where they are too narrow */
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

static bool fits(const struct canvas *c, const char *value, double width)
{
	return type_width(c->type, TYPE_SMALL, value) + 4 < width;
}

/* The outermost part of a row before the line or behind it; n_columns: none. */
static size_t outermost(const struct chart *t, bool before)
{
	size_t at = t->n_columns;

	for (size_t k = 0; k < t->n_columns; k++) {
		bool here = !is_apart(t->columns[k].role) &&
		            (t->columns[k].role == CHART_BEFORE) == before;

		if (here && (!before || at == t->n_columns))
			at = k;
	}
	return at;
}

/* Room beyond the outermost part for its value, where that does not fit into it. */
static double beyond(const struct canvas *c, const struct chart *t, const struct plan *p,
                     const struct chart_row *row, bool before, double unit)
{
	size_t k = outermost(t, before);

	if (!p->beyond || k == t->n_columns || row->tenths[k] == CHART_HIDDEN ||
	    fits(c, row->values[k], part_length(row->tenths[k], unit)))
		return 0;
	return SEAM + VALUE_GAP + type_width(c->type, TYPE_SMALL, row->values[k]);
}

/* Length of the longest row of parts: before the line, or behind it. */
static double side(const struct canvas *c, const struct chart *t, const struct plan *p, bool before,
                   double unit)
{
	double most = 0;

	t = chart_part_whole(t);
	for (size_t i = 0; i < t->n_rows; i++) {
		double sum = beyond(c, t, p, &t->rows[i], before, unit);

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
			own += VALUE_GAP + type_width(c->type, TYPE_SMALL, row->values[column]);
		if (own > most)
			most = own;
	}
	return most;
}

static double total(const struct canvas *c, const struct chart *t, const struct plan *p,
                    double unit)
{
	double sum = SEAM + side(c, t, p, true, unit) + side(c, t, p, false, unit);

	for (size_t k = 0; k < p->n; k++)
		sum += APART_GAP + apart_room(c, t, p, p->apart[k], unit);
	return sum;
}

/* The greatest scale at which all have room. */
static double scale(const struct canvas *c, const struct chart *t, const struct plan *p)
{
	double low = 0, high = c->width;

	for (int i = 0; i < 30; i++) {
		double half = (low + high) / 2;

		if (total(c, t, p, half) <= c->width - p->x)
			low = half;
		else
			high = half;
	}
	return low;
}

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .above = chart_part_is_narrow(c), .beyond = true };
	double x;

	p.label = chart_part_labels(c, t);
	if (p.above)
		p.label = c->width;
	else if (p.label > c->width * LABEL_MOST)
		p.label = c->width * LABEL_MOST;
	p.x = p.above ? 0 : p.label + CHART_PART_GAP;
	for (size_t k = 0; k < t->n_columns && p.n < APART_MAX; k++)
		if (is_apart(t->columns[k].role))
			p.apart[p.n++] = k;
	p.unit = scale(c, t, &p);
	if (p.unit < UNIT_LEAST) {
		p.beyond = false;
		p.unit = scale(c, t, &p);
	}
	p.zero = p.x + SEAM + side(c, t, &p, true, p.unit);
	x = p.end = p.zero + side(c, t, &p, false, p.unit);
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

/* The names of what stands apart, their last lines at one height. Returns the greatest height. */
static double names(const struct canvas *c, const struct chart *t, const struct plan *p, double y)
{
	struct canvas mute = chart_part_mute(c);
	double most = 0;

	for (size_t k = 0; k < p->n; k++) {
		double h = chart_part_name(&mute, TYPE_SMALL, &t->columns[p->apart[k]], 0, 0,
		                           p->apart_width[k]);

		if (h > most)
			most = h;
	}
	for (size_t k = 0; k < p->n; k++) {
		const struct chart_column *column = &t->columns[p->apart[k]];
		double h = chart_part_name(&mute, TYPE_SMALL, column, 0, 0, p->apart_width[k]);

		chart_part_name(c, TYPE_SMALL, column, p->apart_x[k], y + most - h,
		                p->apart_width[k]);
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
	if (fits(c, row->values[column], width))
		canvas_text(c, TYPE_SMALL, row->values[column], x + (width - SEAM) / 2,
		            chart_part_centred(TYPE_SMALL, y), CANVAS_MIDDLE,
		            color_on(c->color, color));
	return width;
}

static void draw_value(const struct canvas *c, const char *value, double x, double y,
                       enum canvas_align align)
{
	canvas_text(c, TYPE_SMALL, value, x, chart_part_centred(TYPE_SMALL, y), align,
	            c->color->ink);
}

static void draw_stack(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	double before = 0, x;

	for (size_t k = 0; k < t->n_columns; k++)
		if (t->columns[k].role == CHART_BEFORE)
			before += part_length(row->tenths[k], p->unit);
	x = p->zero - before;
	if (beyond(c, t, p, row, true, p->unit) > 0)
		draw_value(c, row->values[outermost(t, true)], x - SEAM - VALUE_GAP, y, CANVAS_END);
	for (size_t k = 0; k < t->n_columns; k++)
		if (!is_apart(t->columns[k].role))
			x += draw_part(c, t, p, row, k, x, y);
	if (beyond(c, t, p, row, false, p->unit) > 0)
		draw_value(c, row->values[outermost(t, false)], x + VALUE_GAP, y, CANVAS_START);
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
		draw_value(c, row->values[p->apart[k]], x + width + VALUE_GAP, y, CANVAS_START);
	}
}

static double draw_row(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y)
{
	double h = chart_part_label_height(c, row, p->label), middle;

	if (p->above) {
		h = chart_part_label_above(c, row, y) + 2 + BAR / 2;
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
	            middle + BAR / 2 + 2, SEAM,
	            p->zero > p->x + 2 * SEAM ? c->color->ink : c->color->hair);
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
