/* theme.c - theme.json enters, colours, faces and a logo leave (survey-theme(5)). */
#include "report/theme_parts.h"

#include "lib/base/file.h"
#include "lib/base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SERIES = 3, JSON_FILE = 64 << 10 };

static const double READ = 4.5; /* contrast of text (WCAG 2.2, 1.4.3) */
static const double SEEN = 3;   /* of what is drawn (1.4.11) */

#define RGB(r, g, b) { (r) / 255.0, (g) / 255.0, (b) / 255.0 }

static const struct builtin {
	const char *name;
	struct theme theme;
} builtins[] = {
#define HARBOUR                                                                 \
	.ink = RGB(27, 32, 38), .muted = RGB(89, 99, 110), .hair = RGB(204, 210, 216), \
	.track = RGB(239, 241, 243), .paper = RGB(255, 255, 255)
	{ "harbour",
	  { .paper = THEME_A4, .heading = FONT_SANS, .body = FONT_SANS, .dark_cover = true,
	    .color = {
		    { HARBOUR, .accent = RGB(16, 79, 94), .tint = RGB(227, 241, 241),
		      .second = RGB(198, 119, 37) },
		    { HARBOUR, .accent = RGB(81, 47, 96), .tint = RGB(241, 234, 243),
		      .second = RGB(193, 116, 20) },
		    { HARBOUR, .accent = RGB(31, 68, 117), .tint = RGB(231, 237, 245),
		      .second = RGB(198, 119, 37) },
	    } } },
#define ORCHARD                                                                 \
	.ink = RGB(42, 35, 32), .muted = RGB(98, 87, 79), .hair = RGB(217, 208, 199), \
	.track = RGB(243, 238, 233), .paper = RGB(255, 255, 255)
	{ "orchard",
	  { .paper = THEME_A4, .heading = FONT_SERIF, .body = FONT_SANS, .dark_cover = false,
	    .color = {
		    { ORCHARD, .accent = RGB(138, 47, 29), .tint = RGB(248, 235, 229),
		      .second = RGB(79, 124, 138) },
		    { ORCHARD, .accent = RGB(47, 93, 58), .tint = RGB(232, 241, 232),
		      .second = RGB(184, 115, 41) },
		    { ORCHARD, .accent = RGB(74, 59, 143), .tint = RGB(236, 235, 246),
		      .second = RGB(181, 121, 46) },
	    } } },
};

void theme_free(struct theme *t)
{
	if (!t)
		return;
	theme_logo_free(t->logo);
	free(t);
}

/* --- reading --- */

static int check_names(const struct json *v, const char *const *names, struct err *err)
{
	for (const struct json *m = json_first(v); m; m = json_next(m)) {
		size_t i = 0;

		while (names[i] && strcmp(names[i], json_name(m)))
			i++;
		if (!names[i])
			return err_set(err, ERR_INPUT, "unknown member \"%s\"", json_name(m));
	}
	return 0;
}

/* Which of two words a member is; `otherwise` when it is not there. */
static int read_choice(int *out, const struct json *v, const char *name, const char *const words[2],
                       int otherwise, struct err *err)
{
	const struct json *m = json_get(v, name);
	const char *text = json_string(m);

	*out = otherwise;
	if (!m)
		return 0;
	for (int i = 0; text && i < 2; i++)
		if (!strcmp(text, words[i])) {
			*out = i;
			return 0;
		}
	return err_set(err, ERR_INPUT, "%s: must be \"%s\" or \"%s\"", name, words[0], words[1]);
}

static int read_color(struct color *out, const struct json *v, const char *name, struct err *err)
{
	const char *text = json_string(v);

	if (!text || text[0] != '#' || !theme_data_color(out, text))
		return err_set(err, ERR_INPUT, "colors: %s: must be a colour such as \"#104f5e\"",
		               name);
	return 0;
}

/* A colour for each series: a list of one to three. `given` says whether it is there. */
static int read_colors(struct color out[SERIES], bool *given, const struct json *v,
                       const char *name, struct err *err)
{
	const struct json *list = json_get(v, name);
	size_t n = json_count(list), i = 0;

	*given = list != NULL;
	if (!list)
		return 0;
	if (json_type(list) != JSON_ARRAY || n < 1 || n > SERIES)
		return err_set(err, ERR_INPUT, "colors: %s: must be a list of one to %d colours",
		               name, SERIES);
	for (const struct json *m = json_first(list); m; m = json_next(m))
		if (read_color(&out[i++], m, name, err))
			return -1;
	for (; i < SERIES; i++)
		out[i] = out[i % n];
	return 0;
}

static int read_palettes(struct theme *t, const struct json *v, struct err *err)
{
	static const char *const names[] = { "ink", "muted", "accent", "tint", "second", NULL };
	struct color ink, muted, accent[SERIES], tint[SERIES], second[SERIES];
	const struct json *colors = json_get(v, "colors");
	bool accents, tints, seconds;

	if (!colors)
		return 0;
	if (json_type(colors) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "colors: must be an object");
	if (check_names(colors, names, err))
		return err_prefix(err, "colors");
	ink = t->color[0].ink;
	muted = t->color[0].muted;
	if ((json_get(colors, "ink") && read_color(&ink, json_get(colors, "ink"), "ink", err)) ||
	    (json_get(colors, "muted") &&
	     read_color(&muted, json_get(colors, "muted"), "muted", err)) ||
	    read_colors(accent, &accents, colors, "accent", err) ||
	    read_colors(tint, &tints, colors, "tint", err) ||
	    read_colors(second, &seconds, colors, "second", err))
		return -1;
	for (size_t i = 0; i < SERIES; i++) {
		struct palette *p = &t->color[i];

		p->ink = ink;
		p->muted = muted;
		if (accents) {
			p->accent = accent[i];
			p->tint = color_mix(accent[i], p->paper, 0.9);
		}
		if (tints)
			p->tint = tint[i];
		if (seconds)
			p->second = second[i];
	}
	return 0;
}

static int read_fonts(struct theme *t, const struct json *v, struct err *err)
{
	static const char *const names[] = { "heading", "body", NULL };
	static const char *const faces[] = { [FONT_SANS] = "sans", [FONT_SERIF] = "serif" };
	const struct json *fonts = json_get(v, "fonts");
	int heading, body;

	if (!fonts)
		return 0;
	if (json_type(fonts) != JSON_OBJECT)
		return err_set(err, ERR_INPUT, "fonts: must be an object");
	if (check_names(fonts, names, err) ||
	    read_choice(&heading, fonts, "heading", faces, (int)t->heading, err) ||
	    read_choice(&body, fonts, "body", faces, (int)t->body, err))
		return err_prefix(err, "fonts");
	t->heading = (enum font_family)heading;
	t->body = (enum font_family)body;
	return 0;
}

static int read_logo(struct theme *t, const struct json *v, const char *folder, struct err *err)
{
	const struct json *file = json_get(v, "logo"), *name = json_get(v, "logo_name");

	if (file && !json_string(file))
		return err_set(err, ERR_INPUT, "logo: must be the name of a file");
	if (name && (!json_string(name) || !file))
		return err_set(err, ERR_INPUT, "logo_name: must be a text, beside a logo");
	if (!file || !folder)
		return 0;
	if (theme_logo_load(&t->logo, folder, json_string(file), err))
		return -1;
	if (name && json_string(name)[0]) {
		t->logo->alternative = strdup(json_string(name));
		if (!t->logo->alternative)
			return err_nomem(err);
	}
	return 0;
}

/* --- contrast --- */

static int check_pair(struct color a, const char *name, size_t series, struct color b,
                      const char *ground, double least, struct err *err)
{
	double contrast = color_contrast(a, b);

	if (contrast >= least)
		return 0;
	return err_set(err, ERR_INPUT,
	               "colors: %s of series %zu has a contrast of %.1f:1 with %s, and needs "
	               "%.1f:1: make it darker",
	               name, series + 1, contrast, ground, least);
}

static int check_contrast(const struct theme *t, struct err *err)
{
	for (size_t i = 0; i < SERIES; i++) {
		const struct palette *p = &t->color[i];

		if (check_pair(p->ink, "ink", i, p->paper, "paper", READ, err) ||
		    check_pair(p->muted, "muted", i, p->paper, "paper", READ, err) ||
		    check_pair(p->accent, "accent", i, p->paper, "paper", READ, err) ||
		    check_pair(p->ink, "ink", i, p->tint, "tint", READ, err) ||
		    check_pair(p->muted, "muted", i, p->tint, "tint", READ, err) ||
		    check_pair(p->accent, "accent", i, p->tint, "tint", READ, err) ||
		    check_pair(p->second, "second", i, p->paper, "paper", SEEN, err))
			return -1;
	}
	return 0;
}

static int begin(struct theme *t, const struct json *v, struct err *err)
{
	static const char *const members[] = { "format", "version", "base",  "paper",     "colors",
		                               "fonts",  "logo",    "logo_name", NULL };
	const char *format = json_string(json_get(v, "format"));
	const struct json *base = json_get(v, "base");
	size_t i = 0, n = sizeof builtins / sizeof *builtins;

	if (!format || strcmp(format, "peer-survey-theme"))
		return err_set(err, ERR_INPUT, "\"format\" must be \"peer-survey-theme\"");
	if (json_number(json_get(v, "version"), 0) != 1)
		return err_set(err, ERR_INPUT, "\"version\" must be 1");
	if (check_names(v, members, err))
		return -1;
	while (base && i < n && (!json_string(base) || strcmp(json_string(base), builtins[i].name)))
		i++;
	if (i == n)
		return err_set(err, ERR_INPUT, "base: must be \"%s\" or \"%s\"", builtins[0].name,
		               builtins[1].name);
	*t = builtins[i].theme;
	return 0;
}

static int read_theme(struct theme *t, const struct json *v, const char *folder, struct err *err)
{
	static const char *const papers[] = { [THEME_A4] = "a4", [THEME_LETTER] = "letter" };
	int paper;

	if (begin(t, v, err) || read_choice(&paper, v, "paper", papers, (int)t->paper, err))
		return -1;
	t->paper = (enum theme_paper)paper;
	return read_palettes(t, v, err) || read_fonts(t, v, err) || check_contrast(t, err) ||
	       read_logo(t, v, folder, err) ? -1 : 0;
}

int theme_parse(struct theme **out, const char *text, size_t n, const char *folder, struct err *err)
{
	struct theme *t = malloc(sizeof *t);
	struct json *v = NULL;

	*out = NULL;
	if (!t)
		return err_nomem(err);
	*t = builtins[0].theme;
	if (n && (json_parse(&v, text, n, err) || read_theme(t, v, folder, err))) {
		json_free(v);
		theme_free(t);
		return -1;
	}
	json_free(v);
	*out = t;
	return 0;
}

int theme_load(struct theme **out, const char *study_folder, struct err *err)
{
	char *path = file_join(study_folder, "theme.json", err);
	struct buf text = { 0 };
	int result = -1;

	*out = NULL;
	if (!path)
		return -1;
	if (!file_exists(path)) {
		result = theme_parse(out, "", 0, NULL, err);
	} else if (!file_read(&text, path, JSON_FILE, err)) {
		/* an empty file is no JSON */
		result = theme_parse(out, text.len ? text.data : " ", text.len ? text.len : 1,
		                     study_folder, err);
		if (result)
			err_prefix(err, "%s", path);
	}
	buf_finish(&text);
	free(path);
	return result;
}
