/*
 * theme.h - how a network's reports look: paper, colours, faces of letters, logo. Read from
 * theme.json in the study folder; without it, the first of the two built-in themes.
 */
#ifndef REPORT_THEME_H
#define REPORT_THEME_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "report/font.h"
#include "report/palette.h"

#include <stdint.h>

/* One closed or open path of a vector logo, filled with one colour (even-odd or not). */
struct theme_path {
	struct color fill;
	bool even_odd;
	const char *commands; /* "MLCZ...", one letter a segment: move, line, cubic, close */
	const double *points; /* x, y pairs: one for M and L, three for C; y grows downwards */
	size_t n;             /* commands */
};

struct theme_logo {
	double width, height; /* of its own coordinates, or pixels */
	struct theme_path *paths; /* a vector; NULL for a picture */
	size_t n_paths;
	uint8_t *pixels; /* a picture: RGB on paper, width x height x 3; or NULL */
	char *alternative; /* the network's name; or NULL: an ornament */
};

enum theme_paper { THEME_A4, THEME_LETTER };

struct theme {
	enum theme_paper paper;
	enum font_family heading, body;
	struct palette color[3]; /* of the first, second and third series; later ones begin again */
	bool dark_cover;         /* the cover is the accent's colour; else paper with a band */
	struct theme_logo *logo; /* NULL: none */
};

/*
 * Read STUDY/theme.json and the logo that it names; a file that is not there is the default theme.
 * Faults: ERR_INPUT (what is wrong and where: a colour, contrast that cannot be read, a logo that
 * is too large or no PNG or SVG), ERR_NOMEM, ERR_IO. The caller owns *out.
 */
int theme_load(struct theme **out, const char *study_folder, struct err *err);
/*
 * The same from the bytes of theme.json: n 0 is the default theme. Without a folder the logo is not
 * looked for.
 */
int theme_parse(struct theme **out, const char *text, size_t n, const char *folder,
                struct err *err);
void theme_free(struct theme *t);

/* Append a logo's pixels as a PNG. Faults: ERR_NOMEM. */
int theme_logo_png(struct buf *out, const struct theme_logo *logo, struct err *err);

#endif
