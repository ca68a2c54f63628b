/*
 * chart_lines.c - the rows of a matrix enter, stacked bars leave: degrees side by side on one
 * scale, what is neutral and what says nothing apart behind them on the same scale.
 *
 * Warm before the neutral category, cold behind it (a diverging pair that people who see no red
 * or no green tell apart); without a neutral category one hue from light to dark.
 */
#include "report/chart.h"

#include <string.h>

static const double LABEL_SHARE = 0.30;
static const double GAP = 8;
static const double BAR = 14;
static const double STUB = 12;
static const double APART = 46; /* least width of a category that stands apart */
static const double SWATCH = 7;

enum { APART_MAX = 8 };

static const struct pdf_color warm[] = { { .690, .247, .169 }, { .918, .643, .541 } };
static const struct pdf_color cold[] = { { .573, .733, .867 }, { .129, .376, .616 } };
static const struct pdf_color light = { .780, .850, .910 }, dark = { .070, .240, .420 };
static const struct pdf_color neutral = { .690, .710, .737 }, none = { .870, .882, .894 };

static bool any(const char *value, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(value, *list))
			return true;
	return false;
}

void chart_roles(struct chart_category *categories, const char *const *values, size_t n)
{
	static const char *const middle[] = { "same", "neutral", "neither", "no_change",
		                              "unchanged", NULL };
	static const char *const nothing[] = { "not_sure", "not_used", "not_applicable", "na",
		                               "dont_know", "unsure", "not_needed", "no_opinion",
		                               NULL };
	size_t at = n;

	for (size_t i = 0; i < n; i++)
		if (any(values[i], middle))
			at = i;
	for (size_t i = 0; i < n; i++) {
		if (i == at)
			categories[i].role = CHART_NEUTRAL;
		else if (any(values[i], nothing))
			categories[i].role = CHART_NONE;
		else if (at == n)
			categories[i].role = CHART_ORDERED;
		else
			categories[i].role = i < at ? CHART_BEFORE : CHART_AFTER;
	}
}

static bool apart(enum chart_role role)
{
	return role == CHART_NEUTRAL || role == CHART_NONE;
}

static struct pdf_color mix(struct pdf_color a, struct pdf_color b, double t)
{
	return (struct pdf_color){ a.red + (b.red - a.red) * t, a.green + (b.green - a.green) * t,
		                   a.blue + (b.blue - a.blue) * t };
}

static struct pdf_color color_of(const struct chart_lines *c, size_t category)
{
	enum chart_role role = c->categories[category].role;
	size_t nth = 0, n = 0;
	double t;

	for (size_t i = 0; i < c->n_categories; i++) {
		if (c->categories[i].role != role)
			continue;
		nth += i < category;
		n++;
	}
	t = n > 1 ? (double)nth / (double)(n - 1) : 0;
	switch (role) {
	case CHART_BEFORE:
		return mix(warm[0], warm[1], t);
	case CHART_AFTER:
		return n > 1 ? mix(cold[0], cold[1], t) : cold[1];
	case CHART_NEUTRAL:
		return neutral;
	case CHART_NONE:
		return none;
	default:
		return n > 1 ? mix(light, dark, t) : dark;
	}
}

static struct pdf_color ink_on(const struct layout *l, struct pdf_color c)
{
	double bright = 0.30 * c.red + 0.59 * c.green + 0.11 * c.blue;

	return bright < 0.55 ? l->color.paper : l->color.ink;
}

/* Where everything stands: one scale for the stacked part and for each category apart. */
struct plan {
	double label; /* width of the labels */
	double x;     /* where the stacked part begins */
	double width; /* and how wide it is */
	double unit;  /* points for 100% */
	double apart_x[APART_MAX], apart_width[APART_MAX];
	size_t apart[APART_MAX], n; /* the categories that stand apart */
};

static int longest_stack(const struct chart_lines *c)
{
	int most = 100;

	for (size_t i = 0; i < c->n; i++) {
		int sum = 0;

		for (size_t k = 0; k < c->n_categories; k++)
			if (!apart(c->categories[k].role) && c->list[i].tenths[k] > 0)
				sum += c->list[i].tenths[k];
		if (sum > most)
			most = sum;
	}
	return most;
}

static int longest_bar(const struct chart_lines *c, size_t category)
{
	int most = 0;

	for (size_t i = 0; i < c->n; i++)
		if (c->list[i].tenths[category] > most)
			most = c->list[i].tenths[category];
	return most;
}

static struct plan plan(const struct chart_lines *c)
{
	struct plan p = { .label = LAYOUT_COLUMN * LABEL_SHARE };
	double room, sum = longest_stack(c), x;

	p.x = LAYOUT_LEFT + p.label + GAP;
	room = LAYOUT_RIGHT - p.x;
	for (size_t k = 0; k < c->n_categories && p.n < APART_MAX; k++)
		if (apart(c->categories[k].role))
			p.apart[p.n++] = k;
	/* Each column apart takes what its longest bar and a figure need, APART at least. */
	for (size_t k = 0; k < p.n; k++) {
		sum += longest_bar(c, p.apart[k]);
		room -= GAP * 1.5 + STUB;
	}
	room -= STUB;
	p.unit = room * 1000 / sum;
	/* Columns that would be too narrow take from all others; once for each at most. */
	for (size_t turn = 0; turn < p.n; turn++) {
		double fixed = 0, rest = longest_stack(c);

		for (size_t i = 0; i < p.n; i++) {
			double own = longest_bar(c, p.apart[i]);

			if (own * p.unit / 1000 + STUB < APART)
				fixed += APART - STUB;
			else
				rest += own;
		}
		p.unit = (room - fixed) * 1000 / rest;
	}
	p.width = longest_stack(c) * p.unit / 1000 + STUB;
	x = p.x + p.width;
	for (size_t k = 0; k < p.n; k++) {
		double own = longest_bar(c, p.apart[k]) * p.unit / 1000 + STUB;

		p.apart_x[k] = x + GAP * 1.5;
		p.apart_width[k] = own < APART ? APART : own;
		x = p.apart_x[k] + p.apart_width[k];
	}
	return p;
}

static double row_height(struct layout *l, const struct plan *p, const char *label)
{
	double h = layout_text_height(l, LAYOUT_LABEL, label, p->label) + 6;

	return h > 21 ? h : 21;
}

/* The key to the stacked part: swatches and labels, over as many lines as they take. */
static double key(struct layout *l, const struct chart_lines *c, const struct plan *p, bool draw)
{
	double x = p->x, end = p->x + p->width, y = l->y;

	for (size_t k = 0; k < c->n_categories; k++) {
		double width, limit = p->width - SWATCH - 4, h;

		if (apart(c->categories[k].role))
			continue;
		width = layout_text_width(l, LAYOUT_SMALL, c->categories[k].label);
		h = layout_text_height(l, LAYOUT_SMALL, c->categories[k].label, limit);
		if (width > limit)
			width = limit;
		if (x > p->x && x + SWATCH + 4 + width > end) {
			x = p->x;
			y -= layout_leading(LAYOUT_SMALL) + 2;
		}
		if (draw) {
			layout_box(l, x, y - SWATCH - 1, SWATCH, SWATCH, color_of(c, k));
			layout_block(l, LAYOUT_SMALL, c->categories[k].label, x + SWATCH + 4, y,
			             limit, LAYOUT_START, l->color.muted);
		}
		x += SWATCH + 4 + width + 10;
		y -= h - layout_leading(LAYOUT_SMALL);
	}
	return l->y - y + layout_leading(LAYOUT_SMALL);
}

static double heads(struct layout *l, const struct chart_lines *c, const struct plan *p, bool draw)
{
	double most = key(l, c, p, false), shift;

	for (size_t k = 0; k < p->n; k++) {
		double h = layout_text_height(l, LAYOUT_SMALL, c->categories[p->apart[k]].label,
		                              p->apart_width[k]);

		if (h > most)
			most = h;
	}
	if (!draw)
		return most + 4;
	shift = most - key(l, c, p, false);
	l->y -= shift;
	key(l, c, p, true);
	l->y += shift;
	for (size_t k = 0; k < p->n; k++) {
		const char *text = c->categories[p->apart[k]].label;
		double h = layout_text_height(l, LAYOUT_SMALL, text, p->apart_width[k]);

		layout_block(l, LAYOUT_SMALL, text, p->apart_x[k], l->y - most + h,
		             p->apart_width[k], LAYOUT_START, l->color.muted);
	}
	return most + 4;
}

double chart_lines_height(struct layout *l, const struct chart_lines *c)
{
	struct plan p = plan(c);
	double h = heads(l, c, &p, false);

	for (size_t i = 0; i < c->n; i++)
		h += row_height(l, &p, c->list[i].label);
	return h + chart_key_height(c->hidden) + LAYOUT_STEP;
}

static void draw_stack(struct layout *l, const struct chart_lines *c, const struct plan *p,
                       const struct chart_line *row, double middle)
{
	double x = p->x;
	bool hidden = false;

	for (size_t k = 0; k < c->n_categories; k++) {
		double width = chart_length(row->tenths[k], p->unit);
		struct pdf_color color = color_of(c, k);

		if (apart(c->categories[k].role))
			continue;
		if (row->tenths[k] == CHART_HIDDEN) {
			hidden = true;
			continue;
		}
		layout_box(l, x, middle - BAR / 2, width > 1.2 ? width - 0.7 : width, BAR, color);
		if (layout_text_width(l, LAYOUT_SMALL, row->values[k]) + 4 < width)
			layout_text(l, LAYOUT_SMALL, row->values[k], x + width / 2 - 0.3,
			            middle - 2.5, LAYOUT_MIDDLE, ink_on(l, color));
		x += width;
	}
	if (hidden)
		layout_hatch(l, x, middle - BAR / 2, STUB, BAR);
}

static void draw_apart(struct layout *l, const struct chart_lines *c, const struct plan *p,
                       const struct chart_line *row, double middle)
{
	for (size_t k = 0; k < p->n; k++) {
		int tenths = row->tenths[p->apart[k]];
		double x = p->apart_x[k], width = chart_length(tenths, p->unit);
		const char *value = row->values[p->apart[k]];

		if (tenths == CHART_HIDDEN) {
			layout_hatch(l, x, middle - BAR / 2, STUB, BAR);
			continue;
		}
		layout_box(l, x, middle - BAR / 2, width, BAR, color_of(c, p->apart[k]));
		if (layout_text_width(l, LAYOUT_SMALL, value) + 4 < width)
			layout_text(l, LAYOUT_SMALL, value, x + width / 2, middle - 2.5,
			            LAYOUT_MIDDLE, l->color.ink);
		else
			layout_text(l, LAYOUT_SMALL, value, x + width + 2, middle - 2.5,
			            LAYOUT_START, l->color.ink);
	}
}

void chart_lines_draw(struct layout *l, const struct chart_lines *c)
{
	struct plan p = plan(c);

	l->y -= heads(l, c, &p, true);
	for (size_t i = 0; i < c->n; i++) {
		double h = row_height(l, &p, c->list[i].label), middle = l->y - h / 2, own;

		own = layout_text_height(l, LAYOUT_LABEL, c->list[i].label, p.label);
		layout_block(l, LAYOUT_LABEL, c->list[i].label, LAYOUT_LEFT, middle + own / 2,
		             p.label, LAYOUT_START, l->color.ink);
		draw_stack(l, c, &p, &c->list[i], middle);
		draw_apart(l, c, &p, &c->list[i], middle);
		l->y -= h;
	}
	chart_key_draw(l, c->hidden);
	l->y -= LAYOUT_STEP;
}
