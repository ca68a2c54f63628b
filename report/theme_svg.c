/*
 * theme_svg.c - the only file of report/ that knows the XML parser. An untrusted SVG enters, filled
 * shapes leave. Only a part of SVG is understood: groups, transforms, paths and basic shapes with
 * one colour each. Whatever else would draw (text, pictures, gradients, strokes, references,
 * scripts, style sheets) is a fault that names it: a logo is drawn as it was meant, or not at all.
 *
 * A document type is refused where it begins, and with it every entity but the five of XML.
 */
#include "report/theme_parts.h"

#include <expat.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH = 32 };

struct reading {
	XML_Parser parser;
	struct err *err;
	struct theme_logo *logo;
	struct theme_style stack[DEPTH];
	size_t depth; /* open elements that count; the first is the svg */
	size_t skip;  /* open elements within one that does not draw, and itself */
	size_t room;  /* points */
	size_t cap;
	bool failed, found;
};

static void stop(struct reading *r)
{
	r->failed = true;
	XML_StopParser(r->parser, XML_FALSE);
}

/* --- shapes --- */

static int add_rect(struct theme_shape *s, const char **a, struct err *err)
{
	double x, y, w, h, rx, ry;

	if (theme_style_length(&x, a, "x", 0, err) || theme_style_length(&y, a, "y", 0, err) ||
	    theme_style_length(&w, a, "width", 0, err) ||
	    theme_style_length(&h, a, "height", 0, err) ||
	    theme_style_length(&rx, a, "rx", -1, err) || theme_style_length(&ry, a, "ry", rx, err))
		return -1;
	rx = rx < 0 ? ry : rx;
	if (w <= 0 || h <= 0)
		return 0;
	rx = fmin(fmax(rx, 0), w / 2);
	ry = fmin(fmax(ry, 0), h / 2);
	if (rx == 0 || ry == 0)
		return theme_path_move(s, x, y, err) || theme_path_line(s, x + w, y, err) ||
		       theme_path_line(s, x + w, y + h, err) ||
		       theme_path_line(s, x, y + h, err) || theme_path_close(s, err) ? -1 : 0;
	if (theme_path_move(s, x + rx, y, err))
		return -1;
	for (int i = 0; i < 4; i++) {
		/* along a side, then around its corner */
		double side[4][2] = { { x + w - rx, y }, { x + w, y + h - ry },
			              { x + rx, y + h }, { x, y + ry } };
		double corner[4][2] = { { x + w, y + ry }, { x + w - rx, y + h },
			                { x, y + h - ry }, { x + rx, y } };
		struct theme_arc arc = { .rx = rx, .ry = ry, .sweep = true, .x = corner[i][0],
			                 .y = corner[i][1] };

		if (theme_path_line(s, side[i][0], side[i][1], err) || theme_path_arc(s, &arc, err))
			return -1;
	}
	return theme_path_close(s, err);
}

static int add_circle(struct theme_shape *s, const char **a, bool round, struct err *err)
{
	double x, y, rx, ry;

	if (theme_style_length(&x, a, "cx", 0, err) || theme_style_length(&y, a, "cy", 0, err) ||
	    theme_style_length(&rx, a, round ? "r" : "rx", 0, err) ||
	    theme_style_length(&ry, a, round ? "r" : "ry", 0, err))
		return -1;
	return rx > 0 && ry > 0 ? theme_path_ellipse(s, x, y, rx, ry, err) : 0;
}

static int add_polygon(struct theme_shape *s, const char **a, struct err *err)
{
	const char *at = theme_style_get(a, "points");
	double x, y;

	while (at && theme_data_number(&x, &at)) {
		if (!theme_data_number(&y, &at))
			return err_set(err, ERR_INPUT, "points: must be pairs of numbers");
		if (s->n ? theme_path_line(s, x, y, err) : theme_path_move(s, x, y, err))
			return -1;
	}
	if (at && at[strspn(at, " \t\r\n,")])
		return err_set(err, ERR_INPUT, "points: must be pairs of numbers");
	return theme_path_close(s, err);
}

static int add_shape(struct theme_shape *s, const char *name, const char **a, struct err *err)
{
	const char *d = theme_style_get(a, "d");

	if (!strcmp(name, "path"))
		return d ? theme_data_path(s, d, err) : 0;
	if (!strcmp(name, "rect"))
		return add_rect(s, a, err);
	if (!strcmp(name, "circle") || !strcmp(name, "ellipse"))
		return add_circle(s, a, name[0] == 'c', err);
	return add_polygon(s, a, err);
}

/* The shape becomes a path of the logo. */
static int keep(struct reading *r, struct theme_shape *s, const struct theme_style *style)
{
	struct theme_logo *l = r->logo;

	if (l->n_paths == THEME_PATHS)
		return err_set(r->err, ERR_INPUT, "more than %d shapes", THEME_PATHS);
	if (l->n_paths == r->cap) {
		size_t cap = r->cap ? 2 * r->cap : 16;
		struct theme_path *more = realloc(l->paths, cap * sizeof *more);

		if (!more)
			return err_nomem(r->err);
		l->paths = more;
		r->cap = cap;
	}
	l->paths[l->n_paths++] = (struct theme_path){ .fill = style->fill,
		                                      .even_odd = style->even_odd,
		                                      .commands = s->commands,
		                                      .points = s->points,
		                                      .n = s->n };
	r->room = s->room;
	*s = (struct theme_shape){ 0 };
	return 0;
}

static int shape(struct reading *r, const char *name, const char **attributes)
{
	struct theme_style style = r->stack[r->depth - 1];
	struct theme_shape s = { .room = r->room };
	bool hidden = false;
	int result = -1;

	if (theme_style_read(&style, attributes, &hidden, r->err))
		return -1;
	s.to = style.matrix;
	if (add_shape(&s, name, attributes, r->err))
		goto out;
	result = hidden || style.none || !s.n ? 0 : keep(r, &s, &style);
out:
	theme_path_finish(&s);
	return result;
}

/* --- elements --- */

/* The coordinates of the logo: viewBox, or else width and height. */
static int root(struct reading *r, const char **attributes)
{
	const char *at = theme_style_get(attributes, "viewBox");
	struct theme_style *s = &r->stack[0];
	double x = 0, y = 0, w, h;
	bool hidden = false;

	if (at) {
		if (!theme_data_number(&x, &at) || !theme_data_number(&y, &at) ||
		    !theme_data_number(&w, &at) || !theme_data_number(&h, &at))
			return err_set(r->err, ERR_INPUT, "viewBox: must be four numbers");
	} else if (theme_style_length(&w, attributes, "width", 0, r->err) ||
	           theme_style_length(&h, attributes, "height", 0, r->err)) {
		return -1;
	}
	if (!(w >= 1e-3 && h >= 1e-3 && w / h <= 100 && h / w <= 100))
		return err_set(r->err, ERR_INPUT,
		               "has no viewBox, or one that is empty or very narrow");
	*s = (struct theme_style){ .matrix = { 1, 0, 0, 1, -x, -y } };
	r->logo->width = w;
	r->logo->height = h;
	r->depth = 1;
	r->found = true;
	return theme_style_read(s, attributes, &hidden, r->err);
}

static bool among(const char *name, const char *const *names)
{
	for (; *names; names++)
		if (!strcmp(name, *names))
			return true;
	return false;
}

static int element(struct reading *r, const char *name, const char **attributes)
{
	static const char *const shapes[] = { "path", "rect", "circle", "ellipse", "polygon",
		                              "polyline", NULL };
	/* These draw nothing where they stand. */
	static const char *const idle[] = { "title", "desc", "metadata", "defs", NULL };
	bool hidden = false;

	if (!r->found)
		return strcmp(name, "svg") ? err_set(r->err, ERR_INPUT, "is no SVG")
		                           : root(r, attributes);
	if (strchr(name, ':') || among(name, idle)) {
		r->skip = 1;
		return 0;
	}
	if (r->depth == DEPTH)
		return err_set(r->err, ERR_INPUT, "more than %d groups within each other", DEPTH);
	if (among(name, shapes)) {
		r->stack[r->depth] = r->stack[r->depth - 1];
		if (shape(r, name, attributes)) {
			err_prefix(r->err, "<%s>", name);
			return -1;
		}
	} else if (!strcmp(name, "g")) {
		r->stack[r->depth] = r->stack[r->depth - 1];
		if (theme_style_read(&r->stack[r->depth], attributes, &hidden, r->err)) {
			err_prefix(r->err, "<g>");
			return -1;
		}
		if (hidden) {
			r->skip = 1;
			return 0;
		}
	} else {
		return err_set(r->err, ERR_INPUT,
		               "<%.32s> is not understood: only filled shapes are", name);
	}
	r->depth++;
	return 0;
}

static void XMLCALL on_open(void *arg, const XML_Char *name, const XML_Char **attributes)
{
	struct reading *r = arg;

	if (r->failed)
		return;
	if (!strncmp(name, "svg:", 4))
		name += 4;
	if (r->skip) {
		if (!strcmp(name, "script") || !strcmp(name, "style")) {
			err_set(r->err, ERR_INPUT, "<%s> is not understood", name);
			stop(r);
		}
		r->skip++;
	} else if (element(r, name, attributes)) {
		stop(r);
	}
}

static void XMLCALL on_close(void *arg, const XML_Char *name)
{
	struct reading *r = arg;

	(void)name;
	if (r->skip)
		r->skip--;
	else if (r->depth)
		r->depth--;
}

static void XMLCALL on_type(void *arg, const XML_Char *name, const XML_Char *system,
                            const XML_Char *public, int internal)
{
	struct reading *r = arg;

	(void)name;
	(void)system;
	(void)public;
	(void)internal;
	err_set(r->err, ERR_INPUT, "has a document type: take out the line with <!DOCTYPE");
	stop(r);
}

static int parse(struct reading *r, const char *bytes, size_t n)
{
	if (XML_Parse(r->parser, bytes, (int)n, XML_TRUE) == XML_STATUS_OK && !r->failed)
		return 0;
	if (!r->failed && XML_GetErrorCode(r->parser) == XML_ERROR_NO_MEMORY)
		return err_nomem(r->err);
	if (!r->failed)
		return err_set(r->err, ERR_INPUT, "line %lu: %s",
		               (unsigned long)XML_GetCurrentLineNumber(r->parser),
		               XML_ErrorString(XML_GetErrorCode(r->parser)));
	return -1;
}

int theme_svg_read(struct theme_logo *out, const char *bytes, size_t n, struct err *err)
{
	struct reading r = { .logo = out, .err = err, .room = THEME_POINTS };
	int result;

	if (n > THEME_FILE)
		return err_set(err, ERR_INPUT, "larger than %d MB", THEME_FILE >> 20);
	r.parser = XML_ParserCreate(NULL);
	if (!r.parser)
		return err_nomem(err);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_open, on_close);
	XML_SetStartDoctypeDeclHandler(r.parser, on_type);
	result = parse(&r, bytes, n);
	if (!result && !out->n_paths)
		result = err_set(err, ERR_INPUT, "has no filled shape");
	XML_ParserFree(r.parser);
	return result;
}
