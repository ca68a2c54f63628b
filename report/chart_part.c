/* chart_part.c - labels, figures and keys enter, shapes and lines of text leave. */
#include "report/chart_part.h"

#include <string.h>

static const double LABEL_LEAST = 0.18, LABEL_MOST = 0.40; /* of the width */
static const double NARROW = 400;
static const double SIGN = 8;                              /* width of a sign in a key */
static const double SIGN_GAP = 4;
static const double ITEM_GAP = 12;
static const double LINE_GAP = 2;
static const double KEY_ABOVE = 6;

static void no_box(void *to, double x, double y, double width, double height, struct color c)
{
	(void)to, (void)x, (void)y, (void)width, (void)height, (void)c;
}

static void no_line(void *to, double x0, double y0, double x1, double y1, double width,
                    struct color c)
{
	(void)to, (void)x0, (void)y0, (void)x1, (void)y1, (void)width, (void)c;
}

static void no_disc(void *to, double x, double y, double radius, struct color c, bool hollow)
{
	(void)to, (void)x, (void)y, (void)radius, (void)c, (void)hollow;
}

static void no_text(void *to, const struct text *t, size_t line, enum type_style style, double x,
                    double y, struct color c)
{
	(void)to, (void)t, (void)line, (void)style, (void)x, (void)y, (void)c;
}

static const struct canvas_calls mute = {
	.box = no_box, .hatch = no_box, .line = no_line, .disc = no_disc, .text = no_text
};

struct canvas chart_part_mute(const struct canvas *c)
{
	struct canvas m = *c;

	m.calls = &mute;
	return m;
}

const struct chart *chart_part_whole(const struct chart *t)
{
	return t->whole ? t->whole : t;
}

double chart_part_labels(const struct canvas *c, const struct chart *t)
{
	double most = c->width * LABEL_LEAST, limit = c->width * LABEL_MOST;

	t = chart_part_whole(t);
	for (size_t i = 0; i < t->n_rows; i++) {
		double own = type_width(c->type, TYPE_LABEL, t->rows[i].label) + 1;

		if (own > most)
			most = own;
	}
	return most < limit ? most : limit;
}

double chart_part_label_height(const struct canvas *c, const struct chart_row *row, double width)
{
	double h = type_height(c->type, TYPE_LABEL, row->label, width);

	if (row->base)
		h += type_height(c->type, TYPE_SMALL, row->base, width);
	return h;
}

void chart_part_label(const struct canvas *c, const struct chart_row *row, double x, double y,
                      double width)
{
	double top = y - chart_part_label_height(c, row, width) / 2;

	top += canvas_block(c, TYPE_LABEL, row->label, x, top, width, CANVAS_START, c->color->ink);
	if (row->base)
		canvas_block(c, TYPE_SMALL, row->base, x, top, width, CANVAS_START,
		             c->color->muted);
}

bool chart_part_is_narrow(const struct canvas *c)
{
	return c->width < NARROW;
}

double chart_part_label_above(const struct canvas *c, const struct chart_row *row, double y)
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

double chart_part_values(const struct canvas *c, const struct chart *t, size_t column,
                         enum type_style style)
{
	double most = 0;

	t = chart_part_whole(t);
	for (size_t i = 0; i < t->n_rows; i++) {
		double own;

		if (t->rows[i].tenths[column] == CHART_HIDDEN)
			continue;
		own = type_width(c->type, style, t->rows[i].values[column]);
		if (own > most)
			most = own;
	}
	return most;
}

double chart_part_centred(enum type_style style, double y)
{
	return y + type_size(style) * 0.36;
}

void chart_part_value(const struct canvas *c, enum type_style style, const char *value, double x,
                      double y, double width, struct color color)
{
	/* Figures are read from the left in every language: their last ones are aligned. */
	bool mirrored = type_setup(c->type)->right_to_left;

	canvas_text(c, style, value, mirrored ? x : x + width, chart_part_centred(style, y),
	            mirrored ? CANVAS_START : CANVAS_END, color);
}

double chart_part_stub_height(const struct canvas *c, const char *value, double room)
{
	return type_height(c->type, TYPE_SMALL, value, room - CHART_PART_STUB - SIGN_GAP);
}

void chart_part_stub(const struct canvas *c, const char *value, double x, double y, double bar,
                     double room)
{
	double h = chart_part_stub_height(c, value, room);

	canvas_hatch(c, x, y - bar / 2, CHART_PART_STUB, bar);
	canvas_block(c, TYPE_SMALL, value, x + CHART_PART_STUB + SIGN_GAP, y - h / 2,
	             room - CHART_PART_STUB - SIGN_GAP, CANVAS_START, c->color->muted);
}

static bool fits(const struct canvas *c, const char *value, double room)
{
	return type_width(c->type, TYPE_SMALL, value) <= room - CHART_PART_STUB - SIGN_GAP;
}

void chart_part_short_stub(const struct canvas *c, const char *value, double x, double y,
                           double bar, double room)
{
	canvas_hatch(c, x, y - bar / 2, CHART_PART_STUB, bar);
	if (fits(c, value, room))
		canvas_text(c, TYPE_SMALL, value, x + CHART_PART_STUB + SIGN_GAP,
		            chart_part_centred(TYPE_SMALL, y), CANVAS_START, c->color->muted);
}

bool chart_part_any_hidden(const struct chart *t)
{
	for (size_t i = 0; i < t->n_rows; i++)
		for (size_t k = 0; k < t->n_columns; k++)
			if (t->rows[i].tenths[k] == CHART_HIDDEN)
				return true;
	return false;
}

bool chart_part_unsaid(const struct canvas *c, const struct chart *t, double room)
{
	for (size_t i = 0; t->hidden && i < t->n_rows; i++)
		for (size_t k = 0; k < t->n_columns; k++)
			if (t->rows[i].tenths[k] == CHART_HIDDEN &&
			    (strcmp(t->rows[i].values[k], t->hidden) != 0 ||
			     !fits(c, t->hidden, room)))
				return true;
	return false;
}

void chart_part_sign(const struct canvas *c, enum chart_part_sign sign, double x, double y,
                     struct color color)
{
	switch (sign) {
	case CHART_PART_SWATCH:
		canvas_box(c, x - 4, y - 3.5, 8, 7, color);
		break;
	case CHART_PART_HATCH:
		canvas_hatch(c, x - 4, y - 3.5, 8, 7);
		break;
	case CHART_PART_TICK:
		canvas_line(c, x, y - 4, x, y + 4, 1.2, color);
		break;
	case CHART_PART_LARGE:
		canvas_disc(c, x, y, 4, color, false);
		break;
	case CHART_PART_DISC:
		canvas_disc(c, x, y, 2.8, color, false);
		break;
	case CHART_PART_RING:
		canvas_disc(c, x, y, 3.2, color, true);
		break;
	case CHART_PART_SQUARE:
		canvas_box(c, x - 2.6, y - 2.6, 5.2, 5.2, color);
		break;
	case CHART_PART_DIAMOND:
		/* A line as wide as it is long is a square that stands on its corner. */
		canvas_line(c, x - 1.8, y - 1.8, x + 1.8, y + 1.8, 5.09, color);
		break;
	}
}

struct chart_part_flow chart_part_flow(const struct canvas *c, double x, double y, double width)
{
	return (struct chart_part_flow){ .c = c, .x = x, .y = y, .width = width };
}

void chart_part_flow_add(struct chart_part_flow *f, enum chart_part_sign sign, struct color color,
                         const char *label, const char *base)
{
	const struct canvas *c = f->c;
	double room = f->width - SIGN - SIGN_GAP, leading = type_leading(TYPE_SMALL);
	double own = type_width(c->type, TYPE_SMALL, label), side = 0, h, x, y;

	if (base)
		side = SIGN_GAP + type_width(c->type, TYPE_SMALL, base);
	if (f->at > 0 && f->at + SIGN + SIGN_GAP + own + side > f->width) {
		f->height += f->line + LINE_GAP;
		f->at = f->line = 0;
	}
	x = f->x + f->at + SIGN + SIGN_GAP;
	y = f->y + f->height;
	chart_part_sign(c, sign, f->x + f->at + SIGN / 2, y + leading / 2, color);
	h = canvas_block(c, TYPE_SMALL, label, x, y, room, CANVAS_START, c->color->ink);
	if (base && own + side <= room)
		canvas_text(c, TYPE_SMALL, base, x + own + SIGN_GAP, y + type_baseline(TYPE_SMALL),
		            CANVAS_START, c->color->muted);
	else if (base)
		h += canvas_block(c, TYPE_SMALL, base, x, y + h, room, CANVAS_START,
		                  c->color->muted);
	if (h > f->line)
		f->line = h;
	f->at += SIGN + SIGN_GAP + (own + side < room ? own + side : room) + ITEM_GAP;
}

double chart_part_flow_end(const struct chart_part_flow *f)
{
	return f->height + f->line;
}

double chart_part_hidden_key(const struct canvas *c, const struct chart *t, double y)
{
	struct chart_part_flow f = chart_part_flow(c, 0, y + KEY_ABOVE, c->width);

	if (!t->hidden)
		return 0;
	chart_part_flow_add(&f, CHART_PART_HATCH, c->color->muted, t->hidden, NULL);
	return KEY_ABOVE + chart_part_flow_end(&f);
}

double chart_part_head(const struct canvas *c, const struct chart *t, double x, double y)
{
	if (!t->columns[0].base)
		return 0;
	return canvas_block(c, TYPE_SMALL, t->columns[0].base, x, y, c->width - x, CANVAS_START,
	                    c->color->muted) +
	       3;
}

double chart_part_name(const struct canvas *c, enum type_style style,
                       const struct chart_column *column, double x, double y, double width)
{
	double h = canvas_block(c, style, column->label, x, y, width, CANVAS_START, c->color->ink);

	if (column->base)
		h += canvas_block(c, TYPE_SMALL, column->base, x, y + h, width, CANVAS_START,
		                  c->color->muted);
	return h;
}
