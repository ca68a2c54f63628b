/*
 * web_style.c - a theme's colours and the built-in style sheet (web.css) enter, the page's sheet
 * leaves. On a dark ground each colour's lightness is turned round in OKLab (Björn Ottosson, 2020),
 * so that what stood out still does and what was close still is.
 */
#include "report/web_parts.h"

#include <math.h>

struct lab {
	double l, a, b;
};

static double to_linear(double c)
{
	return c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
}

static double from_linear(double c)
{
	return c <= 0.0031308 ? c * 12.92 : 1.055 * pow(c, 1 / 2.4) - 0.055;
}

static struct lab lab_of(struct color c)
{
	double r = to_linear(c.red), g = to_linear(c.green), b = to_linear(c.blue);
	double l = cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
	double m = cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
	double s = cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);

	return (struct lab){ 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
		             1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
		             0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

/* The colour, and whether a screen has it. */
static bool color_of(struct color *out, struct lab c)
{
	double l = pow(c.l + 0.3963377774 * c.a + 0.2158037573 * c.b, 3);
	double m = pow(c.l - 0.1055613458 * c.a - 0.0638541728 * c.b, 3);
	double s = pow(c.l - 0.0894841775 * c.a - 1.2914855480 * c.b, 3);
	double r = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s;
	double g = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s;
	double b = -0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s;

	*out = (struct color){ from_linear(fmin(fmax(r, 0), 1)), from_linear(fmin(fmax(g, 0), 1)),
		               from_linear(fmin(fmax(b, 0), 1)) };
	return fmin(r, fmin(g, b)) >= -1e-6 && fmax(r, fmax(g, b)) <= 1 + 1e-6;
}

struct color web_dark(struct color c)
{
	struct lab lab = lab_of(c);
	struct color out;

	/* White becomes 0.21, which tires less than black; what is in the middle is lifted. */
	lab.l = fmin(0.21 + 0.9 * pow(fmax(1 - lab.l, 0), 0.8), 0.97);
	for (int i = 0; i < 40 && !color_of(&out, lab); i++) {
		lab.a *= 0.95;
		lab.b *= 0.95;
	}
	color_of(&out, lab);
	return out;
}

static void put_variable(struct buf *out, const char *name, struct color c)
{
	buf_printf(out, "--%s:", name);
	canvas_svg_hex(out, canvas_svg_rgb(c));
	buf_putc(out, ';');
}

static void put_palette(struct buf *out, const struct palette *p, bool dark)
{
	const struct {
		const char *name;
		struct color color;
	} list[] = {
		{ "ink", p->ink },     { "muted", p->muted },   { "hair", p->hair },
		{ "track", p->track }, { "paper", p->paper },   { "accent", p->accent },
		{ "tint", p->tint },   { "second", p->second },
	};

	for (size_t i = 0; i < sizeof list / sizeof *list; i++)
		put_variable(out, list[i].name, dark ? web_dark(list[i].color) : list[i].color);
}

/* The cover's ground is the accent in the dark, too. */
static void put_cover(struct buf *out, const struct web *w)
{
	const struct palette *p = web_palette(w);

	if (!w->d->edition->theme->dark_cover) {
		buf_puts(out, "--cover:var(--paper);--on-cover:var(--ink);--band:var(--accent);");
		return;
	}
	put_variable(out, "cover", p->accent);
	put_variable(out, "on-cover", color_on(p, p->accent));
	put_variable(out, "band", p->second);
}

static void put_faces(struct buf *out, const struct theme *t)
{
	static const char *const faces[] = {
		[FONT_SANS] = "\"Noto Sans\",\"Noto Sans Arabic\",system-ui,-apple-system,"
		              "\"Segoe UI\",Roboto,sans-serif",
		[FONT_SERIF] = "\"Noto Serif\",\"Noto Naskh Arabic\",Georgia,\"Times New Roman\","
		               "serif",
	};

	buf_printf(out, "--body:%s;--heading:%s", faces[t->body], faces[t->heading]);
}

void web_style(struct buf *out, const struct web *w)
{
	buf_puts(out, ":root{color-scheme:light dark;");
	put_palette(out, web_palette(w), false);
	put_cover(out, w);
	put_faces(out, w->d->edition->theme);
	buf_puts(out, "}\n@media screen and (prefers-color-scheme:dark){\n:root{");
	put_palette(out, web_palette(w), true);
	buf_puts(out, "}\n");
	for (size_t i = 0; i < canvas_svg_colors_count(&w->colors); i++) {
		uint32_t rgb = canvas_svg_colors_at(&w->colors, i);
		struct color c = { (rgb >> 16) / 255., (rgb >> 8 & 255) / 255.,
			           (rgb & 255) / 255. };
		uint32_t dark = canvas_svg_rgb(web_dark(c));

		buf_printf(out, "figure [fill=\"#%06x\"]{fill:#%06x}"
		           ":is(figure,.patterns) [stroke=\"#%06x\"]{stroke:#%06x}\n",
		           (unsigned)rgb, (unsigned)dark, (unsigned)rgb, (unsigned)dark);
	}
	buf_puts(out, "}\n");
	buf_put(out, web_css[0].bytes, web_css[0].size);
}
