/*
 * web_figure.c - a figure of a document enters: its title, its chart as SVG, what the chart says in
 * words, its notes and, folded, its figures leave. The chart is drawn at a phone's width: letters
 * of 7 points are 11 CSS pixels where it is 330 pixels wide.
 */
#include "forms/html.h"
#include "report/web_parts.h"

static const double WIDTH = 210;

static void open_svg(struct web *w, const struct document_block *b, double height)
{
	struct buf *out = w->out;
	size_t n = w->figures;

	buf_puts(out, "<svg viewBox=\"0 0 ");
	canvas_svg_number(out, WIDTH);
	buf_putc(out, ' ');
	canvas_svg_number(out, height);
	buf_puts(out, "\" font-size=\"");
	canvas_svg_number(out, type_size(TYPE_LABEL));
	buf_printf(out, "\" direction=\"%s\"", w->d->edition->right_to_left ? "rtl" : "ltr");
	buf_puts(out, " role=\"img\" aria-labelledby=\"");
	if (b->title.n)
		buf_printf(out, b->alternative ? "T%zu " : "T%zu", n);
	if (b->alternative)
		buf_printf(out, "D%zu", n);
	buf_puts(out, "\">\n");
	if (b->title.n) {
		buf_printf(out, "<title id=\"T%zu\">", n);
		web_plain(w, &b->title);
		buf_puts(out, "</title>\n");
	}
	if (b->alternative) {
		buf_printf(out, "<desc id=\"D%zu\">", n);
		html_text(out, b->alternative);
		buf_puts(out, "</desc>\n");
	}
}

static void put_chart(struct web *w, const struct document_block *b)
{
	struct canvas_svg svg = {
		.out = w->out,
		.colors = &w->colors,
		.width = WIDTH,
		.right_to_left = w->d->edition->right_to_left,
	};
	struct canvas canvas = {
		.calls = &canvas_svg_calls,
		.to = &svg,
		.width = WIDTH,
		.type = w->type,
		.color = web_palette(w),
	};

	open_svg(w, b, chart_height(&canvas, b->chart));
	chart_draw(&canvas, b->chart);
	buf_puts(w->out, "\n</svg>\n");
}

/* The chart's own figures, and the way to those of all groups. */
static void put_data(struct web *w, const struct document_block *b)
{
	buf_puts(w->out, "<details>\n<summary>");
	html_text(w->out, web_word(w, "web.data"));
	buf_puts(w->out, "</summary>\n");
	web_chart_table(w, b->chart, ++w->tables);
	if (b->data && document_find(w->d, b->data)) {
		buf_printf(w->out, "<p><a href=\"#");
		html_text(w->out, b->data);
		buf_puts(w->out, "\">");
		html_text(w->out, web_word(w, "web.full"));
		buf_puts(w->out, "</a></p>\n");
	}
	buf_puts(w->out, "</details>\n");
}

void web_figure(struct web *w, const struct document_block *b)
{
	w->figures++;
	buf_puts(w->out, "<figure");
	if (b->id)
		html_attribute(w->out, "id", b->id);
	buf_puts(w->out, ">\n");
	web_element(w, "figcaption", NULL, &b->title);
	if (b->chart)
		put_chart(w, b);
	web_blocks(w, b->first);
	if (b->chart)
		put_data(w, b);
	buf_puts(w->out, "</figure>\n");
}
