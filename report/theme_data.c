/*
 * theme_data.c - what stands in attributes of an SVG enters: numbers, colours and path data; shapes
 * leave. All of it is untrusted.
 */
#include "report/theme_parts.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const double LARGEST = 1e6; /* of a number */

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t\r\n\f");
}

static const char *skip_comma(const char *at)
{
	at = skip_blanks(at);
	return *at == ',' ? skip_blanks(at + 1) : at;
}

/* Behind the number at `at`, or `at`: sign, figures, point, exponent, nothing else that C knows. */
static const char *number_end(const char *at)
{
	const char *p = at + (*at == '+' || *at == '-');
	size_t whole = strspn(p, "0123456789"), part = 0;

	p += whole;
	if (*p == '.') {
		part = strspn(p + 1, "0123456789");
		p += 1 + part;
	}
	if (!whole && !part)
		return at;
	if (*p == 'e' || *p == 'E') {
		const char *e = p + 1 + (p[1] == '+' || p[1] == '-');
		size_t figures = strspn(e, "0123456789");

		p = figures ? e + figures : p;
	}
	return p;
}

bool theme_data_number(double *out, const char **at)
{
	const char *start = skip_comma(*at), *end = number_end(start);
	char text[64];
	size_t n = (size_t)(end - start);

	if (!n || n >= sizeof text)
		return false;
	memcpy(text, start, n);
	text[n] = '\0';
	*out = strtod(text, NULL);
	*at = end;
	return fabs(*out) <= LARGEST;
}

static bool hex_color(struct color *out, const char *text)
{
	size_t n = strspn(text, "0123456789abcdefABCDEF");
	double part[3];

	if (text[n] || (n != 3 && n != 6))
		return false;
	for (size_t i = 0; i < 3; i++) {
		char two[3] = { text[i * n / 3], text[i * n / 3 + (n == 6)], '\0' };

		part[i] = (double)strtol(two, NULL, 16) / 255;
	}
	*out = (struct color){ part[0], part[1], part[2] };
	return true;
}

static bool rgb_color(struct color *out, const char *text)
{
	double part[3];

	for (size_t i = 0; i < 3; i++) {
		if (!theme_data_number(&part[i], &text))
			return false;
		part[i] /= 255;
		if (*text == '%') {
			part[i] *= 2.55;
			text++;
		}
		part[i] = fmin(1, fmax(0, part[i]));
	}
	text = skip_blanks(text);
	*out = (struct color){ part[0], part[1], part[2] };
	return *text == ')' && !*skip_blanks(text + 1);
}

bool theme_data_color(struct color *out, const char *text)
{
	static const struct {
		const char *name;
		unsigned rgb;
	} names[] = {
		{ "black", 0x000000 },  { "white", 0xffffff },   { "red", 0xff0000 },
		{ "green", 0x008000 },  { "blue", 0x0000ff },    { "yellow", 0xffff00 },
		{ "orange", 0xffa500 }, { "purple", 0x800080 },  { "gray", 0x808080 },
		{ "grey", 0x808080 },   { "silver", 0xc0c0c0 },  { "maroon", 0x800000 },
		{ "navy", 0x000080 },   { "teal", 0x008080 },    { "olive", 0x808000 },
		{ "lime", 0x00ff00 },   { "aqua", 0x00ffff },    { "cyan", 0x00ffff },
		{ "fuchsia", 0xff00ff }, { "magenta", 0xff00ff }, { "pink", 0xffc0cb },
		{ "brown", 0xa52a2a },  { "gold", 0xffd700 },    { "indigo", 0x4b0082 },
		{ "currentColor", 0x000000 },
	};

	if (*text == '#')
		return hex_color(out, text + 1);
	if (!strncasecmp(text, "rgb(", 4))
		return rgb_color(out, text + 4);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcasecmp(text, names[i].name))
			continue;
		*out = (struct color){ (names[i].rgb >> 16) / 255.0,
			               (names[i].rgb >> 8 & 255) / 255.0,
			               (names[i].rgb & 255) / 255.0 };
		return true;
	}
	return false;
}

/* --- path data --- */

struct reading {
	struct theme_shape *shape;
	const char *at;
	struct err *err;
	char command, last; /* this one and the one before, in capitals */
	bool relative;
	double cx, cy;      /* the last control point, for S and T */
};

static int malformed(struct reading *r)
{
	return err_set(r->err, ERR_INPUT, "path: the numbers behind \"%c\" are not right",
	               r->relative ? tolower((unsigned char)r->command) : r->command);
}

static int get_number(struct reading *r, double *out)
{
	return theme_data_number(out, &r->at) ? 0 : malformed(r);
}

/* Points, made absolute. */
static int get_points(struct reading *r, double *out, size_t n)
{
	for (size_t i = 0; i < 2 * n; i++) {
		if (get_number(r, &out[i]))
			return -1;
		if (r->relative)
			out[i] += i % 2 ? r->shape->y : r->shape->x;
	}
	return 0;
}

/* "0" or "1", which need no blank behind them. */
static int get_flag(struct reading *r, bool *out)
{
	r->at = skip_comma(r->at);
	if (*r->at != '0' && *r->at != '1')
		return malformed(r);
	*out = *r->at++ == '1';
	return 0;
}

static int read_straight(struct reading *r)
{
	struct theme_shape *s = r->shape;
	double at[2], one;

	if (r->command == 'H' || r->command == 'V') {
		bool across = r->command == 'H';

		if (get_number(r, &one))
			return -1;
		one += !r->relative ? 0 : across ? s->x : s->y;
		return across ? theme_path_line(s, one, s->y, r->err)
		              : theme_path_line(s, s->x, one, r->err);
	}
	if (get_points(r, at, 1))
		return -1;
	return r->command == 'M' ? theme_path_move(s, at[0], at[1], r->err)
	                         : theme_path_line(s, at[0], at[1], r->err);
}

/* The control point mirrored at the pen, if the curve before was of this kind; else the pen. */
static void mirrored(const struct reading *r, const char *kinds, double out[2])
{
	bool same = r->last && strchr(kinds, r->last);

	out[0] = same ? 2 * r->shape->x - r->cx : r->shape->x;
	out[1] = same ? 2 * r->shape->y - r->cy : r->shape->y;
}

static int read_cubic(struct reading *r)
{
	double at[6];

	mirrored(r, "CS", at);
	if (r->command == 'S' ? get_points(r, at + 2, 2) : get_points(r, at, 3))
		return -1;
	r->cx = at[2];
	r->cy = at[3];
	return theme_path_cubic(r->shape, at, r->err);
}

static int read_quadratic(struct reading *r)
{
	const struct theme_shape *s = r->shape;
	double at[4], cubic[6];

	mirrored(r, "QT", at);
	if (r->command == 'T' ? get_points(r, at + 2, 1) : get_points(r, at, 2))
		return -1;
	r->cx = at[0];
	r->cy = at[1];
	cubic[0] = s->x + (at[0] - s->x) * 2 / 3;
	cubic[1] = s->y + (at[1] - s->y) * 2 / 3;
	cubic[2] = at[2] + (at[0] - at[2]) * 2 / 3;
	cubic[3] = at[3] + (at[1] - at[3]) * 2 / 3;
	cubic[4] = at[2];
	cubic[5] = at[3];
	return theme_path_cubic(r->shape, cubic, r->err);
}

static int read_arc(struct reading *r)
{
	struct theme_arc arc;
	double end[2];

	if (get_number(r, &arc.rx) || get_number(r, &arc.ry) || get_number(r, &arc.turn) ||
	    get_flag(r, &arc.large) || get_flag(r, &arc.sweep) || get_points(r, end, 1))
		return -1;
	arc.x = end[0];
	arc.y = end[1];
	return theme_path_arc(r->shape, &arc, r->err);
}

static int read_one(struct reading *r)
{
	switch (r->command) {
	case 'C':
	case 'S':
		return read_cubic(r);
	case 'Q':
	case 'T':
		return read_quadratic(r);
	case 'A':
		return read_arc(r);
	case 'Z':
		return theme_path_close(r->shape, r->err);
	default:
		return read_straight(r);
	}
}

int theme_data_path(struct theme_shape *s, const char *d, struct err *err)
{
	struct reading r = { .shape = s, .at = skip_blanks(d), .err = err };
	bool first = true;

	while (*r.at) {
		char letter = *r.at;

		if (isalpha((unsigned char)letter)) {
			r.command = (char)toupper((unsigned char)letter);
			r.relative = letter != r.command;
			r.at++;
		} else if (r.command == 'M') {
			r.command = 'L'; /* more pairs behind a move are lines */
		} else if (!r.command || r.command == 'Z') {
			return err_set(err, ERR_INPUT, "path: begins without a letter");
		}
		if (!strchr("MLHVCSQTAZ", r.command) || (first && r.command != 'M'))
			return err_set(err, ERR_INPUT, first ? "path: must begin with \"M\""
			                                     : "path: an unknown letter");
		if (read_one(&r))
			return -1;
		first = false;
		r.last = r.command;
		r.at = r.command == 'Z' ? skip_blanks(r.at) : skip_comma(r.at);
	}
	return 0;
}
