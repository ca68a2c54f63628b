/*
 * chart.c - shares enter, bars and columns leave. Scales begin at zero; every figure is printed
 * beside its bar, so no axis is needed; colours differ in lightness, too, for printing in grey.
 */
#include "report/chart.h"

static const double LABEL_LEAST = 0.18, LABEL_MOST = 0.40; /* of the column's width */
static const double GAP = 8;
static const double VALUE_ROOM = 74;
static const double BAR = 11;
static const double ROW = 17.5;
static const double STUB = 16;
static const double COLUMNS = 105; /* height of a histogram */

double chart_length(int tenths, double full)
{
	return tenths == CHART_HIDDEN ? STUB : full * tenths / 1000;
}

double chart_key_height(const char *hidden)
{
	return hidden ? layout_leading(LAYOUT_SMALL) + 6 : 0;
}

void chart_key_draw(struct layout *l, const char *hidden)
{
	if (!hidden)
		return;
	l->y -= chart_key_height(hidden);
	layout_hatch(l, LAYOUT_LEFT, l->y, STUB, 8);
	layout_text(l, LAYOUT_SMALL, hidden, LAYOUT_LEFT + STUB + 5, l->y + 1.5, LAYOUT_START,
	            l->color.muted);
}

/* The labels take what the longest needs, within limits. */
static double label_width(struct layout *l, const struct chart_bars *c)
{
	double most = LAYOUT_COLUMN * LABEL_LEAST, limit = LAYOUT_COLUMN * LABEL_MOST;

	for (size_t i = 0; i < c->n; i++) {
		double own = layout_text_width(l, LAYOUT_LABEL, c->list[i].label) + 1;

		if (own > most)
			most = own;
	}
	return most < limit ? most : limit;
}

/* A row is as high as its label. */
static double row_height(struct layout *l, const char *label, double width)
{
	double h = layout_text_height(l, LAYOUT_LABEL, label, width) + 5;

	return h > ROW ? h : ROW;
}

double chart_bars_height(struct layout *l, const struct chart_bars *c)
{
	double h = 0, width = label_width(l, c);

	for (size_t i = 0; i < c->n; i++)
		h += row_height(l, c->list[i].label, width);
	return h + LAYOUT_STEP;
}

static void label(struct layout *l, const char *text, double middle, double width)
{
	double h = layout_text_height(l, LAYOUT_LABEL, text, width);

	layout_block(l, LAYOUT_LABEL, text, LAYOUT_LEFT, middle + h / 2, width, LAYOUT_START,
	             l->color.ink);
}

/* The baseline at which a figure stands centred on `middle`. */
static double centred(enum layout_style style, double middle)
{
	return middle - layout_size(style) * 0.36;
}

void chart_bars_draw(struct layout *l, const struct chart_bars *c)
{
	double labels = label_width(l, c), x = LAYOUT_LEFT + labels + GAP;
	double full = LAYOUT_RIGHT - x - VALUE_ROOM;

	for (size_t i = 0; i < c->n; i++) {
		const struct chart_bar *b = &c->list[i];
		double h = row_height(l, b->label, labels), middle = l->y - h / 2;
		double width = chart_length(b->tenths, full);

		label(l, b->label, middle, labels);
		layout_box(l, x, middle - BAR / 2, full, BAR, l->color.track);
		if (b->tenths == CHART_HIDDEN)
			layout_hatch(l, x, middle - BAR / 2, width, BAR);
		else
			layout_box(l, x, middle - BAR / 2, width, BAR, l->color.accent);
		layout_text(l, b->tenths == CHART_HIDDEN ? LAYOUT_SMALL : LAYOUT_VALUE, b->value,
		            x + full + 6, centred(LAYOUT_VALUE, middle), LAYOUT_START,
		            b->tenths == CHART_HIDDEN ? l->color.muted : l->color.ink);
		l->y -= h;
	}
	l->y -= LAYOUT_STEP;
}

static double ends_height(struct layout *l, const struct chart_bars *c)
{
	double half = LAYOUT_COLUMN / 2 - GAP, low = 0, high = 0;

	if (c->low)
		low = layout_text_height(l, LAYOUT_LABEL, c->low, half);
	if (c->high)
		high = layout_text_height(l, LAYOUT_LABEL, c->high, half);
	return low > high ? low : high;
}

double chart_columns_height(struct layout *l, const struct chart_bars *c)
{
	return 14 + COLUMNS + 16 + ends_height(l, c) + chart_key_height(c->hidden) + LAYOUT_STEP;
}

static int greatest(const struct chart_bars *c)
{
	int most = 1;

	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].tenths > most)
			most = c->list[i].tenths;
	return most;
}

void chart_columns_draw(struct layout *l, const struct chart_bars *c)
{
	double step = LAYOUT_COLUMN / (double)c->n, width = step * 0.62, foot, half;
	int most = greatest(c);

	foot = l->y - 14 - COLUMNS;
	half = LAYOUT_COLUMN / 2 - GAP;
	for (size_t i = 0; i < c->n; i++) {
		const struct chart_bar *b = &c->list[i];
		double middle = LAYOUT_LEFT + step * ((double)i + 0.5);
		double h = b->tenths == CHART_HIDDEN ? STUB : COLUMNS * b->tenths / most;
		bool narrow = layout_text_width(l, LAYOUT_VALUE, b->value) > step - 2;

		if (b->tenths == CHART_HIDDEN)
			layout_hatch(l, middle - width / 2, foot, width, h);
		else
			layout_box(l, middle - width / 2, foot, width, h, l->color.accent);
		if (b->tenths != CHART_HIDDEN)
			layout_text(l, narrow ? LAYOUT_SMALL : LAYOUT_VALUE, b->value, middle,
			            foot + h + 4, LAYOUT_MIDDLE, l->color.ink);
		layout_text(l, LAYOUT_LABEL, b->label, middle, foot - 12, LAYOUT_MIDDLE,
		            l->color.ink);
	}
	layout_line(l, LAYOUT_LEFT, foot, LAYOUT_RIGHT, foot, 0.6, l->color.muted);
	if (c->low)
		layout_block(l, LAYOUT_LABEL, c->low, LAYOUT_LEFT, foot - 16, half, LAYOUT_START,
		             l->color.muted);
	if (c->high)
		layout_block(l, LAYOUT_LABEL, c->high, LAYOUT_LEFT + half + 2 * GAP, foot - 16,
		             half, LAYOUT_END, l->color.muted);
	l->y = foot - 16 - ends_height(l, c);
	chart_key_draw(l, c->hidden);
	l->y -= LAYOUT_STEP;
}
