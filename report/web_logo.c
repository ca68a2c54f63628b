/*
 * web_logo.c - a theme's logo enters; within the page, as SVG or as a picture, it leaves. Its
 * colours were made for paper: it stands on white everywhere.
 */
#include "forms/html.h"
#include "report/web_parts.h"

#include <string.h>

/* RFC 4648, section 4. */
static void put_base64(struct buf *out, const struct buf *bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *b = (const uint8_t *)bytes->data;

	for (size_t i = 0; i < bytes->len; i += 3) {
		size_t left = bytes->len - i;
		uint32_t v = (uint32_t)b[i] << 16 | (left > 1 ? (uint32_t)b[i + 1] << 8 : 0) |
		             (left > 2 ? b[i + 2] : 0u);

		buf_putc(out, digits[v >> 18]);
		buf_putc(out, digits[v >> 12 & 63]);
		buf_putc(out, left > 1 ? digits[v >> 6 & 63] : '=');
		buf_putc(out, left > 2 ? digits[v & 63] : '=');
	}
}

static void put_picture(struct web *w, const struct theme_logo *l)
{
	struct buf png = { 0 };
	struct err err;

	if (theme_logo_png(&png, l, &err)) {
		w->out->failed = true;
	} else {
		buf_printf(w->out, "<img width=\"%ld\" height=\"%ld\"", (long)l->width,
		           (long)l->height);
		html_attribute(w->out, "alt", l->alternative ? l->alternative : "");
		buf_puts(w->out, " src=\"data:image/png;base64,");
		put_base64(w->out, &png);
		buf_puts(w->out, "\"/>");
	}
	buf_finish(&png);
}

static void put_path(struct buf *out, const struct theme_path *p)
{
	const double *at = p->points;

	buf_puts(out, p->even_odd ? "<path fill-rule=\"evenodd\" fill=\"" : "<path fill=\"");
	canvas_svg_hex(out, canvas_svg_rgb(p->fill));
	buf_puts(out, "\" d=\"");
	for (size_t i = 0; i < p->n; i++) {
		size_t numbers = p->commands[i] == 'C' ? 6 : p->commands[i] == 'Z' ? 0 : 2;

		buf_putc(out, p->commands[i]);
		for (size_t k = 0; k < numbers; k++) {
			buf_puts(out, k ? " " : "");
			canvas_svg_number(out, *at++);
		}
	}
	buf_puts(out, "\"/>");
}

static void put_vector(struct web *w, const struct theme_logo *l)
{
	buf_puts(w->out, "<svg viewBox=\"0 0 ");
	canvas_svg_number(w->out, l->width);
	buf_putc(w->out, ' ');
	canvas_svg_number(w->out, l->height);
	buf_puts(w->out, "\" width=\"");
	canvas_svg_number(w->out, l->width);
	buf_puts(w->out, "\" height=\"");
	canvas_svg_number(w->out, l->height);
	buf_putc(w->out, '"');
	if (l->alternative) {
		html_attribute(w->out, "role", "img");
		html_attribute(w->out, "aria-label", l->alternative);
	} else {
		html_attribute(w->out, "aria-hidden", "true");
	}
	buf_putc(w->out, '>');
	for (size_t i = 0; i < l->n_paths; i++)
		put_path(w->out, &l->paths[i]);
	buf_puts(w->out, "</svg>");
}

void web_logo(struct web *w)
{
	const struct theme_logo *l = w->d->edition->theme->logo;

	if (!l)
		return;
	buf_puts(w->out, "<div class=\"logo\">");
	if (l->pixels)
		put_picture(w, l);
	else
		put_vector(w, l);
	buf_puts(w->out, "</div>\n");
}
