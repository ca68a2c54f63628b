/*
 * web_figure.c - a figure of a document enters: its title, its chart as SVG, what the chart says in
 * words, its notes and, folded, its figures leave. The chart is drawn twice, for a phone and for a
 * wide screen or paper; the style sheet shows one of them. Letters of 7 points are 11 CSS pixels
 * on a phone of 360, whose drawing is 328 wide.
 */
#include "forms/html.h"
#include "report/web_parts.h"

/* Points. */
static const double PHONE = 208, WIDE = 420;

/* The names of a figure's drawings: its title and what it says. */
static void put_names(struct web *w, const struct document_block *b)
{
	if (b->title.n) {
		buf_printf(w->out, "<title id=\"T%zu\">", w->figures);
		web_plain(w, &b->title);
		buf_puts(w->out, "</title>\n");
	}
	if (b->alternative) {
		buf_printf(w->out, "<desc id=\"D%zu\">", w->figures);
		html_text(w->out, b->alternative);
		buf_puts(w->out, "</desc>\n");
	}
}

static void open_svg(struct web *w, const struct document_block *b, const char *class,
                     const struct canvas *c)
{
	struct buf *out = w->out;

	buf_printf(out, "<svg class=\"%s\" viewBox=\"0 0 ", class);
	canvas_svg_number(out, c->width);
	buf_putc(out, ' ');
	canvas_svg_number(out, chart_height(c, b->chart));
	buf_puts(out, "\" font-size=\"");
	canvas_svg_number(out, type_size(TYPE_LABEL));
	buf_printf(out, "\" direction=\"%s\" role=\"img\" aria-labelledby=\"",
	           w->d->edition->right_to_left ? "rtl" : "ltr");
	if (b->title.n)
		buf_printf(out, b->alternative ? "T%zu " : "T%zu", w->figures);
	if (b->alternative)
		buf_printf(out, "D%zu", w->figures);
	buf_puts(out, "\">\n");
}

static void put_chart(struct web *w, const struct document_block *b, bool phone)
{
	struct canvas_svg svg = {
		.out = w->out,
		.colors = &w->colors,
		.width = phone ? PHONE : WIDE,
		.right_to_left = w->d->edition->right_to_left,
	};
	struct canvas canvas = {
		.calls = &canvas_svg_calls,
		.to = &svg,
		.width = svg.width,
		.type = w->type,
		.color = web_palette(w),
	};

	open_svg(w, b, phone ? "phone" : "broad", &canvas);
	if (phone)
		put_names(w, b);
	chart_draw(&canvas, b->chart);
	buf_puts(w->out, "\n</svg>\n");
}

static void put_link(struct web *w, const struct document_block *b)
{
	buf_puts(w->out, "<p><a href=\"#");
	html_text(w->out, b->data);
	buf_puts(w->out, "\">");
	html_text(w->out, web_word(w, "web.full"));
	if (b->data_name) {
		buf_puts(w->out, ": ");
		html_text(w->out, b->data_name);
	}
	buf_puts(w->out, "</a></p>\n");
}

/* The chart's own figures, and the way to those of all groups. */
static void put_data(struct web *w, const struct document_block *b)
{
	const struct document_block *table = b->data ? document_find(w->d, b->data) : NULL;

	if (b->next && b->next->kind == DOCUMENT_TABLE && (!table || table == b->next))
		return; /* they stand below */
	buf_puts(w->out, "<details>\n<summary>");
	html_text(w->out, web_word(w, "web.data"));
	buf_puts(w->out, "</summary>\n");
	web_chart_table(w, b->chart, ++w->tables);
	if (table)
		put_link(w, b);
	buf_puts(w->out, "</details>\n");
}

void web_figure(struct web *w, const struct document_block *b)
{
	w->figures++;
	buf_puts(w->out, "<figure");
	if (b->id)
		html_attribute(w->out, "id", b->id);
	buf_puts(w->out, ">\n");
	if (!document_repeats(b))
		web_element(w, "figcaption", NULL, &b->title);
	if (b->chart) {
		put_chart(w, b, true);
		put_chart(w, b, false);
	}
	web_blocks(w, b->first);
	if (b->chart)
		put_data(w, b);
	buf_puts(w->out, "</figure>\n");
}
