/*
 * web_table.c - tables of a document and the figures of a chart enter, HTML tables leave. One of
 * figures scrolls by itself where it is wider than the screen, in a group that a keyboard reaches;
 * rows of sentences become cards on a phone (web.css).
 */
#include "forms/html.h"
#include "report/web_parts.h"

static void put_cell(struct web *w, const char *element, const char *scope, const char *text)
{
	buf_printf(w->out, "<%s", element);
	if (scope)
		html_attribute(w->out, "scope", scope);
	buf_putc(w->out, '>');
	html_text(w->out, text);
	buf_printf(w->out, "</%s>", element);
}

/* A head may not be empty for those who hear it; a corner may. */
static void put_corner(struct web *w, const char *text)
{
	if (text && *text)
		put_cell(w, "th", "col", text);
	else
		buf_puts(w->out, "<td></td>");
}

static void open_table(struct web *w, size_t caption, bool figures)
{
	if (figures)
		buf_printf(w->out,
		           "<div class=\"wide\" role=\"group\" tabindex=\"0\" "
		           "aria-labelledby=\"C%zu\">\n<table class=\"figures\">\n",
		           caption);
	else
		buf_puts(w->out, "<div>\n<table class=\"prose\">\n");
}

static void put_head(struct web *w, const struct table *t)
{
	buf_puts(w->out, "<thead><tr>");
	put_corner(w, t->corner);
	for (size_t i = 0; i < t->n_columns; i++)
		put_cell(w, "th", "col", t->heads[i]);
	buf_puts(w->out, "</tr></thead>\n");
}

static void put_group(struct web *w, const struct table *t, const char *label)
{
	buf_printf(w->out, "<tr class=\"group\"><th scope=\"rowgroup\" colspan=\"%zu\">",
	           t->n_columns + 1);
	buf_puts(w->out, "<span>");
	html_text(w->out, label);
	buf_puts(w->out, "</span></th></tr>\n");
}

/* A cell of sentences tells its column's head, which a phone shows above it. */
static void put_row(struct web *w, const struct table *t, const struct table_row *r)
{
	buf_puts(w->out, r->kind == TABLE_BASE ? "<tr class=\"base\">" : "<tr>");
	put_cell(w, "th", "row", r->label);
	for (size_t i = 0; i < t->n_columns; i++) {
		if (t->shares) {
			buf_puts(w->out, "<td");
			html_attribute(w->out, "data-head", t->heads[i]);
			buf_putc(w->out, '>');
			html_text(w->out, r->cells[i]);
			buf_puts(w->out, "</td>");
		} else {
			put_cell(w, "td", NULL, r->cells[i]);
		}
	}
	buf_puts(w->out, "</tr>\n");
}

/* Every group of rows is a body of its own, so that its heading is a heading of these rows. */
static void put_rows(struct web *w, const struct table *t)
{
	bool open = false;

	for (size_t i = 0; i < t->n_rows; i++) {
		if (!open || t->rows[i].kind == TABLE_GROUP)
			buf_puts(w->out, open ? "</tbody>\n<tbody>\n" : "<tbody>\n");
		open = true;
		if (t->rows[i].kind == TABLE_GROUP)
			put_group(w, t, t->rows[i].label);
		else
			put_row(w, t, &t->rows[i]);
	}
	buf_puts(w->out, open ? "</tbody>\n" : "");
}

void web_table(struct web *w, const struct document_block *b)
{
	const struct table *t = b->table;
	size_t caption = ++w->tables;

	buf_puts(w->out, "<div class=\"table\"");
	if (b->id)
		html_attribute(w->out, "id", b->id);
	buf_puts(w->out, ">\n");
	open_table(w, caption, !t->shares);
	buf_printf(w->out, "<caption id=\"C%zu\"><span>", caption);
	web_text(w, &b->title);
	buf_puts(w->out, "</span></caption>\n");
	put_head(w, t);
	put_rows(w, t);
	buf_puts(w->out, "</table>\n</div>\n");
	web_blocks(w, b->first);
	buf_puts(w->out, "</div>\n");
}

static bool chart_has_bases(const struct chart *c)
{
	for (size_t i = 0; i < c->n_rows; i++)
		if (c->rows[i].base)
			return true;
	return false;
}

static void put_chart_head(struct web *w, const struct chart *c, bool bases)
{
	buf_puts(w->out, "<thead><tr>");
	put_corner(w, web_word(w, "table.answer"));
	for (size_t i = 0; i < c->n_columns; i++) {
		const char *label = c->columns[i].label;

		buf_puts(w->out, "<th scope=\"col\">");
		html_text(w->out, label && *label ? label : web_word(w, "web.percent"));
		if (c->columns[i].base) {
			buf_puts(w->out, " <small>");
			html_text(w->out, c->columns[i].base);
			buf_puts(w->out, "</small>");
		}
		buf_puts(w->out, "</th>");
	}
	if (bases)
		put_cell(w, "th", "col", web_word(w, "table.base"));
	buf_puts(w->out, "</tr></thead>\n");
}

void web_chart_table(struct web *w, const struct chart *c, size_t caption)
{
	bool bases = chart_has_bases(c);

	open_table(w, caption, true);
	buf_printf(w->out, "<caption id=\"C%zu\" class=\"heard\">", caption);
	html_text(w->out, web_word(w, "web.data"));
	buf_puts(w->out, "</caption>\n");
	put_chart_head(w, c, bases);
	buf_puts(w->out, "<tbody>\n");
	for (size_t i = 0; i < c->n_rows; i++) {
		buf_puts(w->out, "<tr>");
		put_cell(w, "th", "row", c->rows[i].label);
		for (size_t k = 0; k < c->n_columns; k++)
			put_cell(w, "td", NULL, c->rows[i].values[k]);
		if (bases)
			put_cell(w, "td", NULL, c->rows[i].base ? c->rows[i].base : "");
		buf_puts(w->out, "</tr>\n");
	}
	buf_puts(w->out, "</tbody>\n</table>\n</div>\n");
}
