/*
 * chart_histogram.c - shares of values or bands in order enter, upright columns leave. Where names
 * or values are wider than a column, bars are drawn instead, in the same order.
 */
#include "report/chart_part.h"

static const double COLUMNS = 105; /* height of the highest */
static const double ABOVE = 14;    /* room for the highest one's value */
static const double BELOW = 4;
static const double SHARE = 0.66; /* of a step, that is its column */
static const double GAP = 2;      /* least, between neighbours' words */
static const double ENDS_ABOVE = 3;

enum { LINES = 3 };

static enum type_style value_style(const struct canvas *c, const struct chart *t, double step)
{
	return chart_part_values(c, t, 0, TYPE_VALUE) > step - GAP ? TYPE_SMALL : TYPE_VALUE;
}

static enum type_style label_style(const struct canvas *c, const struct chart *t, double step)
{
	for (size_t i = 0; i < t->n_rows; i++)
		if (type_word(c->type, TYPE_LABEL, t->rows[i].label) > step - GAP)
			return TYPE_SMALL;
	return TYPE_LABEL;
}

/* Height of the names below the columns; 0: a name is too wide or too long. */
static double labels_height(const struct canvas *c, const struct chart *t, double step)
{
	enum type_style style = label_style(c, t, step);
	double most = 0;

	for (size_t i = 0; i < t->n_rows; i++) {
		double h = type_height(c->type, style, t->rows[i].label, step - GAP);

		if (type_word(c->type, style, t->rows[i].label) > step - GAP ||
		    h > LINES * type_leading(style))
			return 0;
		if (t->rows[i].base)
			h += type_height(c->type, TYPE_SMALL, t->rows[i].base, step - GAP);
		if (h > most)
			most = h;
	}
	return most;
}

static int greatest(const struct chart *t)
{
	int most = 1;

	for (size_t i = 0; i < t->n_rows; i++)
		if (t->rows[i].tenths[0] > most)
			most = t->rows[i].tenths[0];
	return most;
}

static double ends(const struct canvas *c, const struct chart *t, double y)
{
	double half = c->width / 2 - CHART_PART_GAP, low = 0, high = 0;

	if (t->low)
		low = canvas_block(c, TYPE_SMALL, t->low, 0, y + ENDS_ABOVE, half, CANVAS_START,
		                   c->color->muted);
	if (t->high)
		high = canvas_block(c, TYPE_SMALL, t->high, c->width - half, y + ENDS_ABOVE, half,
		                    CANVAS_END, c->color->muted);
	if (high > low)
		low = high;
	return low > 0 ? low + ENDS_ABOVE : 0;
}

/* The names of the ends stand above the first and below the last bar. */
static double draw_bars(const struct canvas *c, const struct chart *t)
{
	double y = 0;

	if (t->low)
		y += canvas_block(c, TYPE_SMALL, t->low, 0, 0, c->width, CANVAS_START,
		                  c->color->muted) + ENDS_ABOVE;
	y = chart_bars_from(c, t, y);
	if (t->high)
		y += ENDS_ABOVE + canvas_block(c, TYPE_SMALL, t->high, 0, y + ENDS_ABOVE, c->width,
		                               CANVAS_START, c->color->muted);
	return y;
}

static void draw_column(const struct canvas *c, const struct chart *t, size_t i, double foot)
{
	double step = c->width / (double)t->n_rows, width = step * SHARE;
	double left = step * ((double)i + (1 - SHARE) / 2), middle = step * ((double)i + 0.5);
	const struct chart_row *row = &t->rows[i];
	enum type_style style = label_style(c, t, step);
	double h = COLUMNS * row->tenths[0] / greatest(t);

	if (row->tenths[0] == CHART_HIDDEN) {
		canvas_hatch(c, left, foot - CHART_PART_STUB, width, CHART_PART_STUB);
	} else {
		canvas_box(c, left, foot - h, width, h, c->color->accent);
		canvas_text(c, value_style(c, t, step), row->values[0], middle, foot - h - 4,
		            CANVAS_MIDDLE, c->color->ink);
	}
	h = canvas_block(c, style, row->label, middle - (step - GAP) / 2, foot + BELOW, step - GAP,
	                 CANVAS_MIDDLE, c->color->ink);
	if (row->base)
		canvas_block(c, TYPE_SMALL, row->base, middle - (step - GAP) / 2, foot + BELOW + h,
		             step - GAP, CANVAS_MIDDLE, c->color->muted);
}

double chart_histogram_draw(const struct canvas *c, const struct chart *t)
{
	double step = c->width / (double)t->n_rows, labels = labels_height(c, t, step), foot, y;

	if (labels <= 0 || chart_part_values(c, t, 0, TYPE_SMALL) > step - GAP)
		return draw_bars(c, t);
	foot = chart_part_head(c, t, 0, 0) + ABOVE + COLUMNS;
	for (size_t i = 0; i < t->n_rows; i++)
		draw_column(c, t, i, foot);
	canvas_line(c, 0, foot, c->width, foot, 0.6, c->color->muted);
	y = foot + BELOW + labels;
	y += ends(c, t, y);
	if (chart_part_any_hidden(t))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
