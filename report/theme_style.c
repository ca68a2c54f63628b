/*
 * theme_style.c - attributes of an untrusted SVG's element enter; its fill and transform leave, or
 * a fault that names what else it would do.
 */
#include "report/theme_parts.h"

#include <math.h>
#include <string.h>

static struct theme_matrix multiply(const struct theme_matrix *p, const struct theme_matrix *q)
{
	return (struct theme_matrix){
		p->a * q->a + p->c * q->b,        p->b * q->a + p->d * q->b,
		p->a * q->c + p->c * q->d,        p->b * q->c + p->d * q->d,
		p->a * q->e + p->c * q->f + p->e, p->b * q->e + p->d * q->f + p->f,
	};
}

/* One function of a transform with its numbers. False: unknown, or the wrong numbers. */
static bool one_transform(struct theme_matrix *out, const char *name, size_t length,
                          const double *v, size_t n)
{
	double turn = n ? v[0] * M_PI / 180 : 0;

	if (length == 6 && !strncmp(name, "matrix", 6) && n == 6) {
		*out = (struct theme_matrix){ v[0], v[1], v[2], v[3], v[4], v[5] };
	} else if (length == 9 && !strncmp(name, "translate", 9) && (n == 1 || n == 2)) {
		*out = (struct theme_matrix){ 1, 0, 0, 1, v[0], n == 2 ? v[1] : 0 };
	} else if (length == 5 && !strncmp(name, "scale", 5) && (n == 1 || n == 2)) {
		*out = (struct theme_matrix){ v[0], 0, 0, n == 2 ? v[1] : v[0], 0, 0 };
	} else if (length == 6 && !strncmp(name, "rotate", 6) && (n == 1 || n == 3)) {
		double x = n == 3 ? v[1] : 0, y = n == 3 ? v[2] : 0, c = cos(turn), s = sin(turn);

		*out = (struct theme_matrix){ c, s, -s, c, x - c * x + s * y, y - s * x - c * y };
	} else {
		return false;
	}
	return true;
}

static int read_transform(struct theme_matrix *m, const char *text, struct err *err)
{
	static const char blanks[] = " \t\r\n,";
	const char *at = text + strspn(text, blanks);

	while (*at) {
		size_t length = strspn(at, "abcdefghijklmnopqrstuvwxyzXY"), n = 0;
		const char *name = at;
		struct theme_matrix one;
		double v[6];

		at += length;
		at += strspn(at, " ");
		if (*at++ != '(')
			return err_set(err, ERR_INPUT, "transform: not understood");
		while (n < 6 && theme_data_number(&v[n], &at))
			n++;
		at += strspn(at, " \t\r\n");
		if (*at++ != ')' || !one_transform(&one, name, length, v, n))
			return err_set(err, ERR_INPUT,
			               "transform: only translate, scale, rotate and matrix are "
			               "understood");
		*m = multiply(m, &one);
		at += strspn(at, blanks);
	}
	return 0;
}

/* --- attributes, and properties of the attribute "style" --- */

static int read_fill(struct theme_style *s, const char *value, struct err *err)
{
	if (!strcmp(value, "inherit"))
		return 0;
	s->none = !strcmp(value, "none") || !strcmp(value, "transparent");
	if (s->none || theme_data_color(&s->fill, value))
		return 0;
	return err_set(err, ERR_INPUT, "fill: not a plain colour such as \"#104f5e\"");
}

/* Properties that may only say that nothing is done. */
static int read_idle(const char *name, const char *value, bool *hidden, struct err *err)
{
	static const struct {
		const char *name, *idle, *other;
	} idle[] = {
		{ "stroke", "none", "none" },       { "opacity", "1", "1.0" },
		{ "fill-opacity", "1", "1.0" },     { "filter", "none", "none" },
		{ "clip-path", "none", "none" },    { "mask", "none", "none" },
		{ "marker", "none", "none" },       { "marker-start", "none", "none" },
		{ "marker-mid", "none", "none" },   { "marker-end", "none", "none" },
		{ "visibility", "visible", "inherit" }, { "mix-blend-mode", "normal", "normal" },
	};

	if (!strcmp(name, "display")) {
		*hidden |= !strcmp(value, "none");
		return 0;
	}
	for (size_t i = 0; i < sizeof idle / sizeof *idle; i++)
		if (!strcmp(name, idle[i].name) && strcmp(value, idle[i].idle) &&
		    strcmp(value, idle[i].other))
			return err_set(err, ERR_INPUT,
			               "%s: is not understood; let the shapes be filled with one "
			               "colour each (in Inkscape: Path, Stroke to Path)",
			               name);
	return 0;
}

static int read_property(struct theme_style *s, const char *name, const char *value, bool *hidden,
                         struct err *err)
{
	if (!strcmp(name, "fill"))
		return read_fill(s, value, err);
	if (!strcmp(name, "fill-rule")) {
		s->even_odd = !strcmp(value, "evenodd");
		return 0;
	}
	if (!strcmp(name, "transform"))
		return read_transform(&s->matrix, value, err);
	return read_idle(name, value, hidden, err);
}

/* A word without the blanks around it, cut to fit. */
static void trim(char *out, size_t room, const char *from, size_t n)
{
	while (n && strchr(" \t\r\n", *from)) {
		from++;
		n--;
	}
	while (n && strchr(" \t\r\n", from[n - 1]))
		n--;
	n = n < room ? n : room - 1;
	memcpy(out, from, n);
	out[n] = '\0';
}

/* "fill:#fff;stroke:none" */
static int read_declarations(struct theme_style *s, const char *text, bool *hidden, struct err *err)
{
	while (*text) {
		size_t n = strcspn(text, ";"), colon = strcspn(text, ":");
		char name[32], value[64];

		if (colon < n) {
			trim(name, sizeof name, text, colon);
			trim(value, sizeof value, text + colon + 1, n - colon - 1);
			/* CSS transforms have units, which are another language. */
			if (!strcmp(name, "transform"))
				return err_set(err, ERR_INPUT,
				               "style: transform is not understood");
			if (read_property(s, name, value, hidden, err))
				return -1;
		}
		text += n + (text[n] == ';');
	}
	return 0;
}

const char *theme_style_get(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i]; i += 2)
		if (!strcmp(attributes[i], name))
			return attributes[i + 1];
	return NULL;
}

/* Attributes first, then "style", which is stronger. */
int theme_style_read(struct theme_style *s, const char **attributes, bool *hidden, struct err *err)
{
	const char *style = theme_style_get(attributes, "style");

	for (size_t i = 0; attributes[i]; i += 2)
		if (read_property(s, attributes[i], attributes[i + 1], hidden, err))
			return -1;
	return style ? read_declarations(s, style, hidden, err) : 0;
}

/* A length without a unit, or in px. */
int theme_style_length(double *out, const char **attributes, const char *name, double otherwise,
                      struct err *err)
{
	const char *text = theme_style_get(attributes, name), *at = text;

	*out = otherwise;
	if (!text)
		return 0;
	if (!theme_data_number(out, &at) || (*at && strcmp(at, "px")))
		return err_set(err, ERR_INPUT, "%s: must be a number", name);
	return 0;
}
