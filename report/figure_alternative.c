/*
 * figure_alternative.c - a chart enters, what it says leaves in words: every figure where they are
 * few, or else the greatest and the least.
 */
#include "report/figure_part.h"

enum { FEW = 24 };

static const char *const opening[] = {
	[CHART_BARS] = "figure.alt.bars",
	[CHART_GROUPED] = "figure.alt.grouped",
	[CHART_STACKED] = "figure.alt.stacked",
	[CHART_HISTOGRAM] = "figure.alt.histogram",
	[CHART_DOTS] = "figure.alt.dots",
	[CHART_MULTIPLES] = "figure.alt.multiples",
	[CHART_CHANGE] = "figure.alt.change",
	[CHART_RANKING] = "figure.alt.ranking",
};

static void put(struct document *d, struct buf *out, const char *label, const char *value)
{
	if (out->len)
		buf_puts(out, document_word(d, "list.semicolon"));
	buf_puts(out, document_fill(d, "chart.item", "label", label, "value", value, NULL));
}

static void put_sentence(struct buf *out, const char *text)
{
	if (out->len)
		buf_putc(out, ' ');
	buf_puts(out, text);
}

static void every_row(struct document *d, struct buf *out, const struct chart *c)
{
	for (size_t i = 0; i < c->n_rows; i++) {
		struct buf items = { 0 };

		for (size_t k = 0; k < c->n_columns; k++)
			put(d, &items, c->columns[k].label, c->rows[i].values[k]);
		put_sentence(out, document_fill(d, "figure.alt.line", "label", c->rows[i].label,
		                                "items", document_take(d, &items), NULL));
	}
}

static void one_column(struct document *d, struct buf *out, const struct chart *c)
{
	struct buf items = { 0 };

	for (size_t i = 0; i < c->n_rows; i++)
		put(d, &items, c->rows[i].label, c->rows[i].values[0]);
	put_sentence(out, document_fill(d, "figure.alt.items", "items", document_take(d, &items),
	                                NULL));
}

/* How many figures of a row are published, from a column on; where the ends of them are. */
static size_t ends(const struct chart_row *r, size_t from, size_t n, size_t *most, size_t *least)
{
	size_t found = 0;

	for (size_t k = from; k < n; k++) {
		if (r->tenths[k] < 0)
			continue;
		*most = found && r->tenths[*most] >= r->tenths[k] ? *most : k;
		*least = found && r->tenths[*least] <= r->tenths[k] ? *least : k;
		found++;
	}
	return found;
}

/* Groups: everyone, and between which groups the rest lies. Parts: the greatest and the least. */
static void row_ends(struct document *d, struct buf *out, const struct chart *c)
{
	bool groups = c->kind == CHART_DOTS || c->kind == CHART_MULTIPLES ||
	              c->kind == CHART_GROUPED;
	const char *word = groups ? "figure.alt.spread" : "figure.alt.ends";

	for (size_t i = 0; i < c->n_rows; i++) {
		const struct chart_row *r = &c->rows[i];
		size_t most = 0, least = 0;

		if (ends(r, groups, c->n_columns, &most, &least) < 2) {
			put_sentence(out, document_fill(d, "figure.alt.line", "label", r->label,
			                                "items", r->values[groups ? 0 : most],
			                                NULL));
			continue;
		}
		put_sentence(out, document_fill(d, word, "label", r->label, "all", r->values[0],
		                                "most", c->columns[most].label, "most_value",
		                                r->values[most], "least",
		                                c->columns[least].label, "least_value",
		                                r->values[least], NULL));
	}
}

static void column_ends(struct document *d, struct buf *out, const struct chart *c)
{
	size_t most = c->n_rows, least = c->n_rows;

	for (size_t i = 0; i < c->n_rows; i++) {
		int tenths = c->rows[i].tenths[0];

		if (tenths < 0)
			continue;
		if (most == c->n_rows || tenths > c->rows[most].tenths[0])
			most = i;
		if (least == c->n_rows || tenths < c->rows[least].tenths[0])
			least = i;
	}
	if (most < c->n_rows)
		put_sentence(out, document_fill(d, "figure.alt.greatest", "most",
		                                c->rows[most].label, "most_value",
		                                c->rows[most].values[0], "least",
		                                c->rows[least].label, "least_value",
		                                c->rows[least].values[0], NULL));
}

const char *figure_alternative_of(struct document *d, const struct chart *c, const char *base,
                                  bool table)
{
	const char *first = c->n_columns ? c->columns[0].label : "";
	const char *second = c->n_columns > 1 ? c->columns[1].label : "";
	bool few = c->n_rows * c->n_columns <= FEW || c->kind == CHART_CHANGE ||
	           c->kind == CHART_RANKING;
	struct buf out = { 0 };

	put_sentence(&out, document_fill(d, opening[c->kind], "base", base, "before", first,
	                                 "now", second, NULL));
	if (c->n_columns == 1 && few)
		one_column(d, &out, c);
	else if (c->n_columns == 1)
		column_ends(d, &out, c);
	else if (few)
		every_row(d, &out, c);
	else
		row_ends(d, &out, c);
	if (!few && c->hidden)
		put_sentence(&out, document_word(d, "figure.left_out"));
	if (!few && table)
		put_sentence(&out, document_word(d, "figure.alt.table"));
	return document_take(d, &out);
}
