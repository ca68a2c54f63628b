/* series_part.c - texts, figures and tables as every chapter needs them. */
#include "report/series_part.h"

#include "report/pdf_tag.h"

#include <stdarg.h>
#include <string.h>

static void fail(struct series *s)
{
	struct err err;

	err_nomem(&err);
	pdf_fail(s->layout->pdf, &err);
}

const char *series_part_text(struct series *s, struct buf *b)
{
	const char *text = b->failed ? NULL : pool_stringn(s->pool, b->data ? b->data : "", b->len);

	buf_finish(b);
	*b = (struct buf){ 0 };
	if (!text)
		fail(s);
	return text ? text : "";
}

const char *series_part_word(const struct series *s, const char *name)
{
	return edition_word(s->edition, name);
}

/* Replace {name} by a value wherever it stands. */
static void fill_one(struct buf *out, const char *text, const char *name, const char *value)
{
	size_t n = strlen(name);

	for (; *text; text++) {
		if (*text == '{' && !strncmp(text + 1, name, n) && text[n + 1] == '}') {
			buf_puts(out, value);
			text += n + 1;
		} else {
			buf_putc(out, *text);
		}
	}
}

const char *series_part_fill(struct series *s, const char *name, ...)
{
	const char *text = series_part_word(s, name), *place;
	va_list args;

	va_start(args, name);
	while ((place = va_arg(args, const char *))) {
		struct buf b = { 0 };

		fill_one(&b, text, place, va_arg(args, const char *));
		text = series_part_text(s, &b);
	}
	va_end(args);
	return text;
}

const char *series_part_count(struct series *s, long count)
{
	struct buf b = { 0 };

	edition_count(&b, s->edition, count);
	return series_part_text(s, &b);
}

const char *series_part_percent(struct series *s, int tenths)
{
	struct buf b = { 0 };

	if (tenths < 0)
		return edition_dot;
	number_percent(&b, s->edition->number, tenths);
	return series_part_text(s, &b);
}

const char *series_part_tenths(struct series *s, int tenths)
{
	struct buf b = { 0 };

	if (tenths < 0)
		return edition_dot;
	number_tenths(&b, s->edition->number, tenths);
	return series_part_text(s, &b);
}

const char *series_part_code(struct series *s, const char *code)
{
	struct buf b = { 0 };

	if (!s->edition->right_to_left)
		return code;
	buf_puts(&b, "\u2066"); /* left-to-right isolate */
	buf_puts(&b, code);
	buf_puts(&b, "\u2069"); /* pop directional isolate */
	return series_part_text(s, &b);
}

const char *series_part_group(struct series *s, const struct release_group *g)
{
	struct buf b = { 0 };

	edition_group(&b, s->edition, g);
	return series_part_text(s, &b);
}

void *series_part_array(struct series *s, size_t n, size_t size)
{
	void *memory = pool_array(s->pool, n, size);

	if (!memory)
		fail(s);
	return memory;
}

void series_part_chapter(struct series *s, const char *title)
{
	struct layout *l = s->layout;

	layout_page(l);
	pdf_tag_open(l->pdf, "Sect");
	contents_reach(s->contents, l);
	pdf_tag_artifact(l->pdf, "Layout");
	layout_box(l, LAYOUT_LEFT, l->y + 4, 42, 3.5, l->color.accent);
	pdf_tag_artifact_end(l->pdf);
	l->y -= LAYOUT_STEP;
	layout_paragraph_color(l, LAYOUT_CHAPTER, "H2", title, l->color.accent);
}

void series_part_figure(struct series *s, double height, const char *says)
{
	struct layout *l = s->layout;

	pdf_tag_open(l->pdf, "Figure");
	pdf_tag_alternative(l->pdf, says);
	pdf_tag_box(l->pdf, layout_mirror(l, LAYOUT_LEFT, LAYOUT_COLUMN), l->y - height,
	            LAYOUT_COLUMN, height);
	pdf_tag_content(l->pdf);
}

void series_part_figure_end(struct series *s)
{
	pdf_tag_content_end(s->layout->pdf);
	pdf_tag_close(s->layout->pdf);
}

void series_part_table(struct series *s, const struct table *t, const char *title)
{
	size_t parts = table_parts(s->layout, t);

	for (size_t i = 0; i < parts; i++) {
		const char *own = title;

		if (parts > 1)
			own = series_part_fill(s, "table.part", "title", title, "part",
			                       series_part_count(s, (long)i + 1), "parts",
			                       series_part_count(s, (long)parts), NULL);
		table_draw(s->layout, t, i, parts, own,
		           series_part_fill(s, "table.continued", "title", own, NULL));
	}
}

void series_part_say(struct series *s, struct buf *b, const char *label, const char *value)
{
	if (b->len)
		buf_puts(b, series_part_word(s, "list.semicolon"));
	buf_puts(b, series_part_fill(s, "chart.item", "label", label, "value", value, NULL));
}
