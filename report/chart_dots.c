/*
 * chart_dots.c - shares of several groups enter, a line a row with a mark a group leaves. Everyone
 * is the large disc, with its value at the row's end; of the others the least and the greatest
 * value are printed. A few groups are named in the first row, at their marks; more by a key.
 */
#include "report/chart_part.h"

#include "report/chart_color.h"

static const double ROW = 24, ROW_GAP = 8;
static const double DOWN = 2; /* of the line below the row's middle: values stand above it */
static const double VALUE_GAP = 10;
static const double ABOVE = 6; /* from the line to the baseline of a value */
static const double APART = 3; /* least, between words */
static const double KEY_BELOW = 6;
static const double EDGE = 6; /* room for a mark at zero */
static const double HIDDEN_BELOW = 5;
static const double TICK = 2;
static const double LEADER = 14;  /* height of the lines from names to marks, of which */
static const double LEADER_ABOVE = 6; /* this stands above the row */
static const double NAME_GAP = 8;

enum { NAMED = 4, TURNS = 40 }; /* names in the first row at most */

/* Where everything stands. */
struct plan {
	double labels;
	double x, full; /* the line */
	double value, width; /* of the values */
};

static struct plan plan(const struct canvas *c, const struct chart *t)
{
	struct plan p = { .labels = chart_part_labels(c, t) };

	p.x = chart_part_is_narrow(c) ? EDGE : p.labels + CHART_PART_GAP + EDGE;
	p.width = chart_part_values(c, t, 0, TYPE_VALUE);
	p.value = c->width - p.width;
	p.full = p.value - VALUE_GAP - p.x;
	return p;
}

static enum chart_part_sign sign_of(size_t column)
{
	static const enum chart_part_sign signs[] = { CHART_PART_DISC, CHART_PART_DIAMOND,
		                                      CHART_PART_RING, CHART_PART_SQUARE };

	return column ? signs[(column - 1) % 4] : CHART_PART_LARGE;
}

static struct color color_of(const struct canvas *c, size_t column)
{
	if (!column)
		return c->color->accent;
	return chart_color_mark(c->color, column - 1);
}

static double place(const struct plan *p, int tenths)
{
	return p->x + p->full * tenths / 1000;
}

/* Within from, to. */
static double within(double x, double from, double to)
{
	return x > to ? to : x < from ? from : x;
}

/* The groups with the least and the greatest value; false: none is published. */
static bool extremes(const struct chart *t, const struct chart_row *row, size_t *least,
                     size_t *most)
{
	*least = *most = 0;
	for (size_t k = 1; k < t->n_columns; k++) {
		if (row->tenths[k] == CHART_HIDDEN)
			continue;
		if (!*least || row->tenths[k] < row->tenths[*least])
			*least = k;
		if (!*most || row->tenths[k] > row->tenths[*most])
			*most = k;
	}
	return *least != 0;
}

static void draw_extremes(const struct canvas *c, const struct chart *t, const struct plan *p,
                          const struct chart_row *row, double y)
{
	double low, high, a, b, end = p->value - APART;
	size_t least, most;

	if (!extremes(t, row, &least, &most))
		return;
	a = type_width(c->type, TYPE_SMALL, row->values[least]);
	b = type_width(c->type, TYPE_SMALL, row->values[most]);
	low = within(place(p, row->tenths[least]) - a / 2, p->x - EDGE, end - a);
	high = within(place(p, row->tenths[most]) - b / 2, p->x - EDGE, end - b);
	if (least != most && low + a + APART > high) {
		/* Away from each other, as far as there is room. */
		double mid = (place(p, row->tenths[least]) + place(p, row->tenths[most])) / 2;

		low = within(mid - APART / 2 - a, p->x - EDGE, end - a - APART - b);
		high = low + a + APART;
	}
	canvas_text(c, TYPE_SMALL, row->values[most], high, y - ABOVE, CANVAS_START,
	            c->color->muted);
	if (row->tenths[least] != row->tenths[most])
		canvas_text(c, TYPE_SMALL, row->values[least], low, y - ABOVE, CANVAS_START,
		            c->color->muted);
}

static void draw_line(const struct canvas *c, const struct plan *p, const struct chart *t,
                      const struct chart_row *row, double y)
{
	size_t least, most;

	canvas_line(c, p->x, y, p->x + p->full, y, 0.6, c->color->hair);
	for (int tenths = 0; tenths <= 1000; tenths += 500)
		canvas_line(c, place(p, tenths), y - TICK, place(p, tenths), y + TICK, 0.6,
		            c->color->hair);
	if (extremes(t, row, &least, &most))
		canvas_line(c, place(p, row->tenths[least]), y, place(p, row->tenths[most]), y, 1.2,
		            color_mix(c->color->hair, c->color->muted, 0.5));
	for (size_t k = 0; k < t->n_columns; k++)
		if (row->tenths[k] != CHART_HIDDEN)
			chart_part_sign(c, sign_of(k), place(p, row->tenths[k]), y, color_of(c, k));
}

/* The groups of a row that are not published. Returns the height. */
static double draw_hidden(const struct canvas *c, const struct chart *t, const struct plan *p,
                          const struct chart_row *row, double y)
{
	struct chart_part_flow f = chart_part_flow(c, p->x - EDGE, y, c->width - p->x + EDGE);

	for (size_t k = 0; k < t->n_columns; k++)
		if (row->tenths[k] == CHART_HIDDEN)
			chart_part_flow_add(&f, CHART_PART_HATCH, c->color->muted,
			                    t->columns[k].label, NULL);
	return chart_part_flow_end(&f);
}

static double draw_row(const struct canvas *c, const struct chart *t, const struct plan *p,
                       const struct chart_row *row, double y, bool named)
{
	struct canvas mute = chart_part_mute(c);
	double hidden = draw_hidden(&mute, t, p, row, 0);
	double h, line;

	if (chart_part_is_narrow(c)) {
		h = chart_part_label_above(c, row, y) + ROW;
		line = y + h - ROW / 2 + DOWN;
	} else {
		h = chart_part_label_height(c, row, p->labels) + ROW_GAP;
		h = h < ROW ? ROW : h;
		line = y + h / 2 + DOWN;
		chart_part_label(c, row, 0, line, p->labels);
	}
	draw_line(c, p, t, row, line);
	if (!named)
		draw_extremes(c, t, p, row, line);
	if (row->tenths[0] != CHART_HIDDEN)
		chart_part_value(c, TYPE_VALUE, row->values[0], p->value, line, p->width,
		                 c->color->ink);
	if (hidden > 0) {
		/* Not beside the line, where a mark at zero may stand. */
		draw_hidden(c, t, p, row, line + 7);
		if (line + 7 + hidden + HIDDEN_BELOW > y + h)
			h = line + 7 + hidden + HIDDEN_BELOW - y;
	}
	return h;
}

/* The names of the first row's marks, from the least value on. */
struct names {
	size_t n, column[NAMED];
	double at[NAMED], width[NAMED]; /* where each begins */
	double height;
};

static double name_width(const struct canvas *c, const struct chart *t, size_t column)
{
	const char *lines[] = { t->columns[column].label, t->columns[column].base,
		                t->rows[0].values[column] };
	double most = 0;

	for (size_t i = 0; i < 3; i++) {
		double own = lines[i] ? type_width(c->type, TYPE_SMALL, lines[i]) : 0;

		if (own > most)
			most = own;
	}
	return most;
}

/* Neighbours that overlap give way by half each. */
static void push(struct names *n)
{
	for (size_t i = 1; i < n->n; i++) {
		double over = n->at[i - 1] + n->width[i - 1] + NAME_GAP - n->at[i];

		if (over <= 0)
			continue;
		n->at[i - 1] -= over / 2;
		n->at[i] += over / 2;
	}
}

/* Put the names over their marks and push them apart; false: there is no room. */
static bool names(const struct canvas *c, const struct chart *t, const struct plan *p,
                  struct names *n)
{
	double end = c->width, from = 0;

	*n = (struct names){ 0 };
	if (t->n_columns > NAMED || chart_part_is_narrow(c))
		return false;
	for (size_t k = 0; k < t->n_columns; k++) {
		size_t i = n->n++;

		if (t->rows[0].tenths[k] == CHART_HIDDEN)
			return false;
		for (; i && t->rows[0].tenths[n->column[i - 1]] > t->rows[0].tenths[k]; i--)
			n->column[i] = n->column[i - 1];
		n->column[i] = k;
	}
	for (size_t i = 0; i < n->n; i++) {
		n->width[i] = name_width(c, t, n->column[i]);
		n->at[i] = place(p, t->rows[0].tenths[n->column[i]]) - n->width[i] / 2;
	}
	for (int turn = 0; turn < TURNS; turn++)
		push(n);
	/* What is left of an overlap, and the edges, by moving one way and then the other. */
	for (size_t i = 0; i < n->n; from = n->at[i] + n->width[i] + NAME_GAP, i++)
		if (n->at[i] < from)
			n->at[i] = from;
	for (size_t i = n->n; i-- > 0; end = n->at[i] - NAME_GAP)
		if (n->at[i] + n->width[i] > end)
			n->at[i] = end - n->width[i];
	return n->at[0] >= 0;
}

/* One name with its base and its value, ending at `foot`. Returns the height. */
static double name(const struct canvas *c, const struct chart *t, size_t column, double x,
                   double foot, double width)
{
	const char *lines[] = { t->columns[column].label, t->columns[column].base,
		                column ? t->rows[0].values[column] : NULL };
	double leading = type_leading(TYPE_SMALL), h = 0;

	for (size_t i = 0; i < 3; i++)
		h += lines[i] ? leading : 0;
	foot -= h;
	for (size_t i = 0; i < 3; i++) {
		if (!lines[i])
			continue;
		canvas_text(c, TYPE_SMALL, lines[i], x + width / 2,
		            foot + type_baseline(TYPE_SMALL), CANVAS_MIDDLE,
		            i ? c->color->muted : c->color->ink);
		foot += leading;
	}
	return h;
}

/* The names above the first row, each with a line to its mark. Returns their height. */
static double draw_names(const struct canvas *c, const struct chart *t, const struct plan *p,
                         const struct names *n)
{
	struct canvas mute = chart_part_mute(c);
	double most = 0;

	for (size_t i = 0; i < n->n; i++) {
		double h = name(&mute, t, n->column[i], 0, 0, 0);

		if (h > most)
			most = h;
	}
	for (size_t i = 0; i < n->n; i++) {
		name(c, t, n->column[i], n->at[i], most, n->width[i]);
		canvas_line(c, n->at[i] + n->width[i] / 2, most + 1,
		            place(p, t->rows[0].tenths[n->column[i]]), most + LEADER, 0.5,
		            c->color->muted);
	}
	return most + LEADER_ABOVE;
}

/* What the line's ends and middle are, in percent as the values. */
static double draw_axis(const struct canvas *c, const struct plan *p, double y)
{
	static const char *const ticks[] = { "0", "50", "100" };

	for (int i = 0; i < 3; i++)
		canvas_text(c, TYPE_SMALL, ticks[i], place(p, 500 * i),
		            y + type_baseline(TYPE_SMALL), CANVAS_MIDDLE, c->color->muted);
	return type_leading(TYPE_SMALL);
}

double chart_dots_draw(const struct canvas *c, const struct chart *t)
{
	struct plan p = plan(c, t);
	struct names n;
	bool named = names(c, t, &p, &n);
	double y;

	if (named) {
		y = draw_names(c, t, &p, &n);
	} else {
		struct chart_part_flow f = chart_part_flow(c, p.x - EDGE, 0, c->width - p.x + EDGE);

		for (size_t k = 0; k < t->n_columns; k++)
			chart_part_flow_add(&f, sign_of(k), color_of(c, k), t->columns[k].label,
			                    t->columns[k].base);
		y = chart_part_flow_end(&f) + KEY_BELOW;
	}
	for (size_t i = 0; i < t->n_rows; i++)
		y += draw_row(c, t, &p, &t->rows[i], y, named && i == 0);
	y += draw_axis(c, &p, y);
	if (chart_part_any_hidden(t))
		y += chart_part_hidden_key(c, t, y);
	return y;
}
