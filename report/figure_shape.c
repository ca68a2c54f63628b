/* figure_shape.c - lines and columns of a question enter, a chart of their shares leaves. */
#include "report/figure_part.h"

#include <stdlib.h>

static int weight(const struct edition *e, const struct figure_item *line,
                  const struct figure_side *columns, bool change)
{
	int a = figure_part_cell(e, line, &columns->list[0]), b;

	if (!change)
		return a;
	b = figure_part_cell(e, line, &columns->list[1]);
	return a < 0 || b < 0 ? -1 : abs(b - a);
}

/* By insertion: lines of the same size stay in the questionnaire's order. */
void figure_shape_sort(const struct edition *e, struct figure_side *lines,
                       const struct figure_side *columns, bool change)
{
	for (size_t i = 1; i < lines->n && columns->n; i++) {
		struct figure_item line = lines->list[i];
		int own = weight(e, &line, columns, change);
		size_t k = i;

		for (; k > 0 && weight(e, &lines->list[k - 1], columns, change) < own; k--)
			lines->list[k] = lines->list[k - 1];
		lines->list[k] = line;
	}
}

static const struct chart_column *columns_of(struct document *d, enum chart_kind kind,
                                             const struct figure_side *columns,
                                             const struct release_table *t)
{
	struct chart_column *list = document_array(d, columns->n, sizeof *list);

	if (!list)
		return NULL;
	for (size_t i = 0; i < columns->n; i++) {
		list[i].label = columns->list[i].label;
		list[i].base = columns->list[i].base;
	}
	if (kind == CHART_STACKED && t && t->n_answers == columns->n)
		chart_roles(list, (const char *const *)t->answers, columns->n);
	return list;
}

static bool fill_row(struct document *d, struct chart_row *row, const struct figure_item *line,
                     const struct figure_side *columns)
{
	int *tenths = document_array(d, columns->n, sizeof *tenths);
	const char **values = document_array(d, columns->n, sizeof *values);
	bool hidden = false;

	if (!tenths || !values)
		return false;
	for (size_t i = 0; i < columns->n; i++) {
		tenths[i] = figure_part_cell(d->edition, line, &columns->list[i]);
		values[i] = tenths[i] < 0 ? document_word(d, "chart.protected")
		                          : document_percent(d, tenths[i]);
		hidden |= tenths[i] < 0;
	}
	*row = (struct chart_row){ line->label, line->base, tenths, values };
	return hidden;
}

const struct chart *figure_shape_chart(struct document *d, enum chart_kind kind,
                                       const struct figure_side *lines,
                                       const struct figure_side *columns,
                                       const struct form_question *q)
{
	static const struct chart none = { 0 };
	struct chart *c = document_array(d, 1, sizeof *c);
	struct chart_row *rows = document_array(d, lines->n, sizeof *rows);

	if (!c || !rows || !lines->n || !columns->n)
		return &none;
	*c = (struct chart){ .kind = kind,
		             .columns = columns_of(d, kind, columns, columns->list[0].table),
		             .n_columns = columns->n,
		             .rows = rows,
		             .n_rows = lines->n };
	for (size_t i = 0; i < lines->n; i++)
		if (fill_row(d, &rows[i], &lines->list[i], columns))
			c->hidden = document_word(d, "chart.protected");
	if (q->type == FORM_SCALE) {
		c->low = edition_text(d->edition, &q->low);
		c->high = edition_text(d->edition, &q->high);
	}
	return d->failed ? &none : c;
}
