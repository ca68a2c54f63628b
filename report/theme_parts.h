/* theme_parts.h - what the files of theme share: a logo's bytes, and the shapes of a vector. */
#ifndef REPORT_THEME_PARTS_H
#define REPORT_THEME_PARTS_H

#include "report/theme.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	THEME_PATHS = 2000,     /* shapes of a vector logo */
	THEME_POINTS = 200000,  /* points of all of them */
	THEME_SIDE = 10000,     /* pixels of a side of a picture */
	THEME_PIXELS = 25000000,
	THEME_ENOUGH = 800,     /* pixels of a side that are kept */
	THEME_LIGHT = 40 << 10, /* bytes that a picture may take as a PNG ... */
	THEME_LEAST = 160,      /* ... unless its longer side has no more pixels than these */
	THEME_FILE = 4 << 20,   /* bytes of a logo's file */
};

/* Coordinates to others: x' = a x + c y + e, y' = b x + d y + f (SVG 2, 8.4). */
struct theme_matrix {
	double a, b, c, d, e, f;
};

/* A path that grows. Start as {0}; end with theme_path_finish(). */
struct theme_shape {
	struct theme_matrix to; /* of what is added */
	char *commands;
	double *points;
	size_t n, cap, n_points, cap_points;
	size_t room;        /* points that may still be added */
	double x, y;        /* where the pen is, before `to` */
	double x0, y0;      /* where the subpath began */
	bool open;          /* a subpath has begun */
};

/* Each adds to a shape; -1 with ERR_INPUT (too many points, out of bounds) or ERR_NOMEM. */
int theme_path_move(struct theme_shape *s, double x, double y, struct err *err);
int theme_path_line(struct theme_shape *s, double x, double y, struct err *err);
int theme_path_cubic(struct theme_shape *s, const double at[6], struct err *err);
int theme_path_close(struct theme_shape *s, struct err *err);
/* The endpoint form of SVG 2, 9.3.8. */
struct theme_arc {
	double rx, ry, turn; /* degrees */
	bool large, sweep;
	double x, y;
};
int theme_path_arc(struct theme_shape *s, const struct theme_arc *arc, struct err *err);
int theme_path_ellipse(struct theme_shape *s, double x, double y, double rx, double ry,
                       struct err *err);
void theme_path_finish(struct theme_shape *s);

/* Add what the attribute "d" of a path says (SVG 2, 9.3). */
int theme_data_path(struct theme_shape *s, const char *d, struct err *err);
/* One number of SVG at *at, behind blanks and at most one comma; moves *at behind it. */
bool theme_data_number(double *out, const char **at);
/* "#104f5e", "#fff", "rgb(16, 79, 94)" or a name of CSS that logos use. */
bool theme_data_color(struct color *out, const char *text);

/* What elements of an SVG inherit. */
struct theme_style {
	struct theme_matrix matrix;
	struct color fill;
	bool none, even_odd;
};

/*
 * Change a style as an element's attributes say: names and values, NULL at the end. *hidden becomes
 * true if it is not displayed. ERR_INPUT for whatever would draw in a way that is not understood.
 */
int theme_style_read(struct theme_style *s, const char **attributes, bool *hidden, struct err *err);
/* An attribute's value, or NULL; as a length without a unit or in px. */
const char *theme_style_get(const char **attributes, const char *name);
int theme_style_length(double *out, const char **attributes, const char *name, double otherwise,
                       struct err *err);

/* FOLDER/NAME, or a file's bytes, to a logo, the caller's. ERR_INPUT, ERR_IO, ERR_NOMEM. */
int theme_logo_load(struct theme_logo **out, const char *folder, const char *name,
                    struct err *err);
int theme_logo_read(struct theme_logo **out, const char *bytes, size_t n, bool vector,
                    struct err *err);
void theme_logo_free(struct theme_logo *l); /* NULL is fine */

/* A file's bytes to a logo that has nothing yet: pixels, or paths. ERR_INPUT, ERR_NOMEM. */
int theme_png_read(struct theme_logo *out, const void *bytes, size_t n, struct err *err);
int theme_svg_read(struct theme_logo *out, const char *bytes, size_t n, struct err *err);

#endif
