/*
 * chart.c - a chart enters, shapes and words on a canvas leave, each kind by its own file. Scales
 * begin at zero; figures are printed beside what shows them, so that no axis is needed; colours
 * differ in lightness, too, for printing in grey.
 */
#include "report/chart.h"

#include "report/chart_part.h"

#include <string.h>

const char *const chart_kind_names[CHART_KINDS] = {
	[CHART_BARS] = "bars",           [CHART_GROUPED] = "grouped",
	[CHART_STACKED] = "stacked",     [CHART_HISTOGRAM] = "histogram",
	[CHART_DOTS] = "dots",           [CHART_MULTIPLES] = "multiples",
	[CHART_CHANGE] = "change",       [CHART_RANKING] = "ranking",
};

static bool any(const char *value, const char *const *list)
{
	for (; *list; list++)
		if (!strcmp(value, *list))
			return true;
	return false;
}

void chart_roles(struct chart_column *columns, const char *const *values, size_t n)
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
			columns[i].role = CHART_NEUTRAL;
		else if (any(values[i], nothing))
			columns[i].role = CHART_NONE;
		else if (at == n)
			columns[i].role = CHART_ORDERED;
		else
			columns[i].role = i < at ? CHART_BEFORE : CHART_AFTER;
	}
}

static double draw(const struct canvas *c, const struct chart *t)
{
	if (!t->n_rows || !t->n_columns)
		return 0;
	switch (t->kind) {
	case CHART_BARS:
		return chart_bars_draw(c, t);
	case CHART_GROUPED:
		return chart_bars_grouped(c, t);
	case CHART_STACKED:
		return chart_stack_draw(c, t);
	case CHART_HISTOGRAM:
		return chart_histogram_draw(c, t);
	case CHART_DOTS:
		return chart_dots_draw(c, t);
	case CHART_MULTIPLES:
		return chart_multiples_draw(c, t);
	case CHART_CHANGE:
		return chart_change_draw(c, t);
	case CHART_RANKING:
		return chart_bars_ranking(c, t);
	}
	return 0;
}

double chart_height(const struct canvas *c, const struct chart *t)
{
	struct canvas mute = chart_part_mute(c);

	return draw(&mute, t);
}

void chart_draw(const struct canvas *c, const struct chart *t)
{
	draw(c, t);
}

struct chart chart_cut(const struct chart *t, size_t from, size_t n)
{
	struct chart part = *t;

	part.rows += from;
	part.n_rows = n;
	part.whole = chart_part_whole(t);
	return part;
}

size_t chart_rows_fit(const struct canvas *c, const struct chart *t, size_t from, double height)
{
	size_t left = from < t->n_rows ? t->n_rows - from : 0, n = 0;

	if (t->kind == CHART_HISTOGRAM)
		return !from && chart_height(c, t) <= height ? left : 0;
	while (n < left) {
		struct chart part = chart_cut(t, from, n + 1);

		if (chart_height(c, &part) > height)
			break;
		n++;
	}
	return n;
}
