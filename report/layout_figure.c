/*
 * layout_figure.c - charts with their titles and notes, and figures called out, across the whole
 * width of the page. A chart is not cut unless it is higher than a page; then between its rows.
 */
#include "report/layout_parts.h"

#include "report/canvas_pdf.h"
#include "report/pdf_tag.h"

static const double TITLE_GAP = 5, NOTES_ABOVE = 4;
static const double CALLOUT_GAP = 20;

enum { CALLOUTS = 3 /* in a row */, NEIGHBOURS = 12 /* that are looked at */ };

static double full(const struct layout *l)
{
	return l->grid.right - l->grid.left;
}

/* Where the chart's figures are, as a line with a link; "" without a table. */
static const char *data_line(struct layout *l, const struct document_block *b,
                             const struct layout_place **to)
{
	const struct document_block *table = b->data ? document_find(l->d, b->data) : NULL;
	struct document *d = l->d;

	*to = table ? layout_find(l, table) : NULL;
	if (!table || table == b->next)
		return "";
	return document_fill(d, b->data_name ? "figure.data_table" : "figure.data", "table",
	                     b->data_name ? b->data_name : "", "page",
	                     document_count(d, *to ? (long)(*to)->page + 1 : 0), NULL);
}

static double notes_height(struct layout *l, const struct document_block *b)
{
	const struct layout_place *to;
	double h = *data_line(l, b, &to) ? type_leading(TYPE_NOTE) : 0;

	for (const struct document_block *n = b->first; n; n = n->next)
		h += layout_rich_height(l, &n->text, TYPE_NOTE, full(l));
	return h > 0 ? h + NOTES_ABOVE : 0;
}

static struct canvas canvas(struct layout *l, struct canvas_pdf *to, double top)
{
	bool mirrored = l->d->edition->right_to_left;
	double edge = mirrored ? l->grid.width - l->grid.left : l->grid.left;

	return canvas_pdf(to, l->pdf, edge, top, full(l), l->type, l->color);
}

/* A figure that waited for its page does not stand below its heading any more. */
static bool has_title(const struct layout *l, const struct document_block *b)
{
	return b->title.n && (l->floating || !document_repeats(b));
}

static double title_height(struct layout *l, const struct document_block *b)
{
	return has_title(l, b) ? layout_rich_height(l, &b->title, TYPE_CAPTION, full(l)) + TITLE_GAP
	                  : 0;
}

static double chart_points(struct layout *l, const struct document_block *b)
{
	struct canvas_pdf to;
	struct canvas c = canvas(l, &to, 0);

	return b->chart ? chart_height(&c, b->chart) : 0;
}

double layout_figure_height(struct layout *l, const struct document_block *b)
{
	double h = title_height(l, b) + chart_points(l, b) + notes_height(l, b);
	double most = l->grid.top - l->grid.foot;

	return h < most ? h : most;
}

static void draw_title(struct layout *l, const struct document_block *b)
{
	if (!has_title(l, b))
		return;
	layout_open(l, "P");
	l->y -= layout_rich_block(l, &b->title, TYPE_CAPTION, l->grid.left, l->y, full(l),
	                          l->color->ink) + TITLE_GAP;
	layout_close(l);
}

/* A chart, or some of its rows, as a figure whose words are its alternative. */
static void draw_chart(struct layout *l, const struct chart *chart, const char *alternative)
{
	struct canvas_pdf to;
	struct canvas c = canvas(l, &to, l->y);
	double h = chart_height(&c, chart);

	if (!l->draft) {
		pdf_tag_open(l->pdf, "Figure");
		pdf_tag_alternative(l->pdf, alternative ? alternative : "");
		pdf_tag_box(l->pdf, layout_mirror(l, l->grid.left, full(l)), l->y - h, full(l), h);
		pdf_tag_content(l->pdf);
		chart_draw(&c, chart);
		pdf_tag_content_end(l->pdf);
		pdf_tag_close(l->pdf);
	}
	l->y -= h;
}

/* A chart that is higher than a page, between its rows. */
static void draw_long(struct layout *l, const struct document_block *b)
{
	size_t from = 0;

	while (from < b->chart->n_rows && !pdf_failed(l->pdf)) {
		struct canvas_pdf to;
		struct canvas c = canvas(l, &to, l->y);
		size_t n = chart_rows_fit(&c, b->chart, from, layout_room(l));
		struct chart part;

		if (!n && !layout_fresh(l)) {
			layout_page(l);
			continue;
		}
		part = chart_cut(b->chart, from, n ? n : 1);
		draw_chart(l, &part, b->alternative);
		from += part.n_rows;
	}
}

static void draw_data(struct layout *l, const struct document_block *b)
{
	const struct layout_place *to;
	const char *line = data_line(l, b, &to);
	double width, h = type_leading(TYPE_NOTE);

	if (!*line)
		return;
	layout_open(l, "P");
	layout_open(l, "Link");
	layout_content(l);
	width = type_width(l->type, TYPE_NOTE, line);
	layout_block(l, TYPE_NOTE, line, l->grid.left, l->y, full(l), CANVAS_START,
	             l->color->accent);
	layout_content_end(l);
	if (!l->draft && to)
		pdf_tag_link(l->pdf, layout_mirror(l, l->grid.left, width), l->y - h, width, h,
		             to->page, to->y, line);
	layout_close(l);
	layout_close(l);
	l->y -= h;
}

static void draw_notes(struct layout *l, const struct document_block *b)
{
	l->y -= NOTES_ABOVE;
	for (const struct document_block *n = b->first; n; n = n->next) {
		layout_need(l, layout_rich_height(l, &n->text, TYPE_NOTE, full(l)));
		layout_open(l, "P");
		l->y -= layout_rich_block(l, &n->text, TYPE_NOTE, l->grid.left, l->y, full(l),
		                          l->color->muted);
		layout_close(l);
	}
	draw_data(l, b);
}

/* What stands across the whole width begins below the side notes and ends what is beside them. */
static void begin_full(struct layout *l, const struct document_block *b, double height)
{
	if (b->parent && b != b->parent->first)
		layout_skip(l, LAYOUT_STEP);
	layout_need(l, height);
	if (l->side_y < l->y && !layout_fresh(l)) {
		l->y = l->side_y;
		layout_snap(l);
		layout_need(l, height);
	}
}

static void end_full(struct layout *l)
{
	layout_skip(l, 2 * LAYOUT_STEP);
	layout_snap(l);
	if (l->y < l->side_y)
		l->side_y = l->y;
}

void layout_figure(struct layout *l, const struct document_block *b)
{
	double whole = l->grid.top - l->grid.foot, title = title_height(l, b);
	double h = title + chart_points(l, b) + notes_height(l, b);

	begin_full(l, b, h < whole ? h : whole / 2);
	layout_reach(l, b);
	layout_open(l, "Sect");
	draw_title(l, b);
	if (b->chart && h >= whole)
		draw_long(l, b);
	else if (b->chart)
		draw_chart(l, b->chart, b->alternative);
	draw_notes(l, b);
	layout_close(l);
	end_full(l);
}

/* --- call-outs --- */

size_t layout_callouts(const struct document_block *b)
{
	size_t n = 0;

	for (; b && b->kind == DOCUMENT_CALLOUT && n < CALLOUTS; b = b->next)
		n++;
	return n;
}

static double callout_width(const struct layout *l, size_t n)
{
	/* One alone takes the column for reading. */
	if (n == 1)
		return l->grid.column;
	return (full(l) - CALLOUT_GAP * (double)(n - 1)) / (double)n;
}

/* The figure's size: all that stand side by side have one that keeps each on its line. */
static enum type_style big_style(struct layout *l, const struct document_block *b, double width)
{
	const struct document_block *first = NULL, *c = b->parent ? b->parent->first : l->d->first;

	/* The first of the neighbours that b is one of. */
	for (; c != b; c = c->next)
		first = c->kind != DOCUMENT_CALLOUT ? NULL : first ? first : c;
	first = first ? first : b;
	for (int i = 0; i < NEIGHBOURS && first && first->kind == DOCUMENT_CALLOUT; i++) {
		if (first->big && type_width(l->type, TYPE_BIG, first->big) > width)
			return TYPE_BIGGISH;
		first = first->next;
	}
	return TYPE_BIG;
}

static double callout_height(struct layout *l, const struct document_block *b, double width,
                             enum type_style big)
{
	double h = 9 + type_height(l->type, big, b->big ? b->big : "", width) + 5;

	h += layout_rich_height(l, &b->text, TYPE_BODY, width) + 3;
	for (const struct document_block *n = b->first; n; n = n->next)
		h += layout_rich_height(l, &n->text, TYPE_NOTE, width);
	return h;
}

static double row_height(struct layout *l, const struct document_block *b, size_t n)
{
	double most = 0, width = callout_width(l, n);
	enum type_style big = big_style(l, b, width);

	for (size_t i = 0; i < n; i++, b = b->next) {
		double h = callout_height(l, b, width, big);

		most = h > most ? h : most;
	}
	return most;
}

double layout_callouts_height(struct layout *l, const struct document_block *b, size_t n)
{
	double width = callout_width(l, n), h = row_height(l, b, n);

	for (size_t i = 0; i < n; i++, b = b->next)
		h += layout_rich_all_notes(l, &b->text, TYPE_BODY, width);
	return h;
}

static void draw_callout(struct layout *l, const struct document_block *b, double x, double width,
                         enum type_style big)
{
	double y = l->y;

	layout_artifact(l, "Layout");
	layout_box(l, x, y - 2, width, 2, l->color->accent);
	layout_artifact_end(l);
	y -= 9;
	layout_open(l, "Div");
	layout_open(l, "P");
	layout_content(l);
	y -= layout_block(l, big, b->big ? b->big : "", x, y, width, CANVAS_START,
	                  l->color->accent) + 5;
	layout_content_end(l);
	layout_close(l);
	layout_open(l, "P");
	y -= layout_rich_block(l, &b->text, TYPE_BODY, x, y, width, l->color->ink) + 3;
	layout_close(l);
	for (const struct document_block *n = b->first; n; n = n->next) {
		layout_open(l, "P");
		y -= layout_rich_block(l, &n->text, TYPE_NOTE, x, y, width, l->color->muted);
		layout_close(l);
	}
	layout_close(l);
}

void layout_callouts_draw(struct layout *l, const struct document_block *b, size_t n)
{
	double whole = layout_callouts_height(l, b, n), h = row_height(l, b, n);
	double width = callout_width(l, n);
	enum type_style big = big_style(l, b, width);

	if (n > 1)
		begin_full(l, b, whole);
	else
		layout_need(l, whole);
	for (size_t i = 0; i < n; i++, b = b->next)
		draw_callout(l, b, l->grid.left + (double)i * (width + CALLOUT_GAP), width, big);
	l->y -= h;
	end_full(l);
}
