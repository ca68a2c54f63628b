/* series_chart.c - a question's shares enter, its charts leave, with what they say in words. */
#include "report/pdf_tag.h"
#include "report/series_block.h"

enum { COUNTRIES = 15, COLUMNS_MAX = 12, HEAD = 28 }; /* HEAD: points over one of several */

/* Shares in the order of their size, hidden ones last; otherwise as the questionnaire has them. */
static void sort_bars(struct chart_bar *bars, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		struct chart_bar b = bars[i];
		size_t k = i;

		for (; k > 0 && bars[k - 1].tenths < b.tenths; k--)
			bars[k] = bars[k - 1];
		bars[k] = b;
	}
}

static struct chart_bars bars_of(struct series *s, const struct series_block *b,
                                 const struct release_table *t)
{
	struct chart_bar *bars = series_part_array(s, t->n_answers, sizeof *bars);
	struct chart_bars chart = { .list = bars, .n = bars ? t->n_answers : 0 };

	for (size_t i = 0; i < chart.n; i++) {
		bars[i].label = series_block_answer(s, b, t, i);
		bars[i].tenths = series_block_share(&t->slots[0], i);
		bars[i].value = bars[i].tenths < 0 ? series_part_word(s, "chart.protected")
		                                   : series_part_percent(s, bars[i].tenths);
		if (bars[i].tenths < 0)
			chart.hidden = series_part_word(s, "chart.protected");
	}
	if (t->measure == RELEASE_MULTIPLE || t->measure == RELEASE_COUNTRY ||
	    t->measure == RELEASE_FIRST || t->measure == RELEASE_RANKED)
		sort_bars(bars, chart.n);
	if (t->measure == RELEASE_COUNTRY && chart.n > COUNTRIES)
		chart.n = COUNTRIES;
	return chart;
}

static const char *bars_say(struct series *s, const struct release_table *t,
                            const struct chart_bars *c)
{
	struct buf items = { 0 };

	for (size_t i = 0; i < c->n; i++)
		series_part_say(s, &items, c->list[i].label, c->list[i].value);
	return series_part_fill(s, "chart.alternative", "base",
	                        series_part_count(s, t->slots[0].base), "items",
	                        series_part_text(s, &items), NULL);
}

static bool is_histogram(const struct release_table *t)
{
	return t->measure == RELEASE_SCALE && t->n_answers <= COLUMNS_MAX;
}

/* A chart's height, or with `draw` the chart. */
static double bars_chart(struct series *s, const struct series_block *b,
                         const struct release_table *t, bool draw)
{
	struct chart_bars c = bars_of(s, b, t);
	struct layout *l = s->layout;
	double h;

	if (is_histogram(t)) {
		c.low = edition_text(s->edition, &b->q->low);
		c.high = edition_text(s->edition, &b->q->high);
		h = chart_columns_height(l, &c);
	} else {
		c.hidden = NULL; /* said beside each bar */
		h = chart_bars_height(l, &c);
	}
	if (!draw)
		return h;
	layout_need(l, h);
	series_part_figure(s, h, bars_say(s, t, &c));
	if (is_histogram(t))
		chart_columns_draw(l, &c);
	else
		chart_bars_draw(l, &c);
	series_part_figure_end(s);
	return h;
}

static bool fill_line(struct series *s, struct chart_line *line, const struct series_block *b,
                      const struct release_table *t)
{
	int *shares = series_part_array(s, t->n_answers, sizeof *shares);
	const char **values = series_part_array(s, t->n_answers, sizeof *values);

	if (!shares || !values)
		return false;
	for (size_t i = 0; i < t->n_answers; i++) {
		shares[i] = series_block_share(&t->slots[0], i);
		values[i] = series_part_tenths(s, shares[i]);
	}
	*line = (struct chart_line){ .label = series_block_table(s, b, t),
		                     .tenths = shares,
		                     .values = values };
	return true;
}

static bool same_answers(const struct series_block *b)
{
	for (size_t i = 1; i < b->n; i++)
		if (b->list[i]->n_answers != b->list[0]->n_answers)
			return false;
	return true;
}

static struct chart_lines lines_of(struct series *s, const struct series_block *b)
{
	const struct release_table *first = b->list[0];
	struct chart_category *categories =
		series_part_array(s, first->n_answers, sizeof *categories);
	struct chart_line *lines = series_part_array(s, b->n, sizeof *lines);
	struct chart_lines c = { .categories = categories, .list = lines };

	if (!categories || !lines)
		return c;
	c.n_categories = first->n_answers;
	for (size_t i = 0; i < first->n_answers; i++)
		categories[i].label = series_block_answer(s, b, first, i);
	chart_roles(categories, (const char *const *)first->answers, first->n_answers);
	for (size_t i = 0; i < b->n && fill_line(s, &lines[i], b, b->list[i]); i++) {
		c.n++;
		for (size_t k = 0; k < c.n_categories; k++)
			if (lines[i].tenths[k] < 0)
				c.hidden = series_part_word(s, "chart.protected");
	}
	return c;
}

static const char *lines_say(struct series *s, const struct chart_lines *c)
{
	struct buf all = { 0 };

	for (size_t i = 0; i < c->n; i++) {
		struct buf one = { 0 };

		for (size_t k = 0; k < c->n_categories; k++)
			series_part_say(s, &one, c->categories[k].label, c->list[i].values[k]);
		buf_printf(&all, "%s%s: ", i ? " " : "", c->list[i].label);
		buf_puts(&all, series_part_text(s, &one));
		buf_putc(&all, '.');
	}
	return series_part_fill(s, "chart.alternative_lines", "items", series_part_text(s, &all),
	                        NULL);
}

static double lines_chart(struct series *s, const struct series_block *b, bool draw)
{
	struct chart_lines c = lines_of(s, b);
	double h = chart_lines_height(s->layout, &c);

	if (draw) {
		layout_need(s->layout, h);
		series_part_figure(s, h, lines_say(s, &c));
		chart_lines_draw(s->layout, &c);
		series_part_figure_end(s);
	}
	return h;
}

void series_chart_draw(struct series *s, const struct series_block *b)
{
	struct layout *l = s->layout;

	if (b->q->type == FORM_MATRIX && same_answers(b)) {
		lines_chart(s, b, true);
		return;
	}
	for (size_t i = 0; i < b->n; i++) {
		if (b->n > 1) {
			layout_need(l, HEAD + bars_chart(s, b, b->list[i], false));
			layout_paragraph(l, LAYOUT_SUBHEADING, "P",
			                 series_block_table(s, b, b->list[i]));
		}
		bars_chart(s, b, b->list[i], true);
	}
}

double series_chart_height(struct series *s, const struct series_block *b)
{
	if (!b->n)
		return 0;
	if (b->q->type == FORM_MATRIX && same_answers(b))
		return lines_chart(s, b, false);
	return bars_chart(s, b, b->list[0], false) + (b->n > 1 ? HEAD : 0);
}
