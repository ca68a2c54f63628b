/*
 * font.c - characters enter, faces and codes leave.
 *
 * The list of faces is fixed: reports must come out with the same bytes wherever the same font
 * packages are installed, so nothing is asked of the machine's own font configuration. What is
 * embedded of a face is made by font_program.c.
 */
#include "report/font.h"

#include "report/font_face.h"

#include <hb-ot.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FOLDER_MAX = 512, MISSED_MAX = 64, CODES_MAX = 65535 };
enum { FAMILIES = FONT_SERIF + 1, SHAPES = 2 * FONT_WEIGHTS };

struct face {
	hb_script_t script; /* HB_SCRIPT_COMMON: for every character */
	const char *file[FAMILIES][SHAPES]; /* by shape_of(); NULL: there is none */
	const char *package;
};

#define UPRIGHT(name) { "noto/" name "-Regular.ttf", "noto/" name "-Bold.ttf" }
#define SLANTED(name) \
	{ "noto/" name "-Regular.ttf", "noto/" name "-Bold.ttf", "noto/" name "-Italic.ttf", \
	  "noto/" name "-BoldItalic.ttf" }
#define NOTO(script) { UPRIGHT("NotoSans" script), UPRIGHT("NotoSerif" script) }, "fonts-noto-core"
#define PLAIN(name, package) { { name } }, package

/* In order of preference; the first must be there. */
static const struct face faces[] = {
	{ HB_SCRIPT_COMMON, { SLANTED("NotoSans"), SLANTED("NotoSerif") }, "fonts-noto-core" },
	{ HB_SCRIPT_ARABIC,
	  { UPRIGHT("NotoSansArabic"), UPRIGHT("NotoNaskhArabic") },
	  "fonts-noto-core" },
	{ HB_SCRIPT_DEVANAGARI, NOTO("Devanagari") },
	{ HB_SCRIPT_BENGALI, NOTO("Bengali") },
	{ HB_SCRIPT_THAI, NOTO("Thai") },
	{ HB_SCRIPT_MYANMAR, NOTO("Myanmar") },
	{ HB_SCRIPT_KHMER, NOTO("Khmer") },
	{ HB_SCRIPT_ETHIOPIC, NOTO("Ethiopic") },
	{ HB_SCRIPT_HEBREW, NOTO("Hebrew") },
	{ HB_SCRIPT_ARMENIAN, NOTO("Armenian") },
	{ HB_SCRIPT_GEORGIAN, NOTO("Georgian") },
	{ HB_SCRIPT_COMMON, PLAIN("noto/NotoSansMath-Regular.ttf", "fonts-noto-core") },
	{ HB_SCRIPT_COMMON, PLAIN("noto/NotoSansSymbols2-Regular.ttf", "fonts-noto-core") },
	{ HB_SCRIPT_HAN, PLAIN("droid/DroidSansFallbackFull.ttf", "fonts-droid-fallback") },
	{ HB_SCRIPT_COMMON, PLAIN("droid/DroidSansFallbackFull.ttf", "fonts-droid-fallback") },
};
enum { FACES = sizeof faces / sizeof *faces };

enum face_state { FACE_UNTRIED, FACE_OPEN, FACE_ABSENT };

struct font_set {
	char folder[FOLDER_MAX];
	struct {
		enum face_state state;
		struct font *font; /* owned by `list` */
	} slot[FACES][FAMILIES][SHAPES];
	struct font *list[FACES * FAMILIES * SHAPES];
	size_t n;
	uint32_t missed[MISSED_MAX];
	size_t n_missed;
	const struct face *absent; /* a script's font that was wanted and is not installed */
};

static void font_free(struct font *f)
{
	if (!f)
		return;
	for (size_t i = 0; i < f->n; i++)
		free(f->codes[i].text);
	free(f->codes);
	hb_font_destroy(f->shaper);
	hb_face_destroy(f->face);
	free(f);
}

/* Open a file of outlines in TrueType form; NULL when it is not there or not one. */
static struct font *font_open(const char *path, size_t index)
{
	hb_blob_t *blob = hb_blob_create_from_file_or_fail(path), *glyf = NULL;
	struct font *f = NULL;
	unsigned n;

	if (!blob)
		return NULL;
	f = calloc(1, sizeof *f);
	if (!f)
		goto out;
	f->face = hb_face_create(blob, 0);
	glyf = hb_face_reference_table(f->face, HB_TAG('g', 'l', 'y', 'f'));
	f->units = hb_face_get_upem(f->face);
	f->shaper = hb_font_create(f->face);
	hb_font_set_scale(f->shaper, (int)f->units, (int)f->units);
	n = sizeof f->name;
	hb_ot_name_get_utf8(f->face, HB_OT_NAME_ID_POSTSCRIPT_NAME, HB_LANGUAGE_INVALID, &n,
	                    f->name);
	memset(f->bucket, -1, sizeof f->bucket);
	f->index = index;
	if (!hb_blob_get_length(glyf) || !f->name[0] || font_code(f, 0, NULL, 0) != 0) {
		font_free(f);
		f = NULL;
	}
out:
	hb_blob_destroy(glyf);
	hb_blob_destroy(blob);
	return f;
}

static int shape_of(enum font_weight weight, bool slanted)
{
	return (int)weight + (slanted ? (int)FONT_WEIGHTS : 0);
}

/* The face's font in a shape, opened at its first use; NULL when it is not installed. */
static struct font *face_font(struct font_set *set, size_t face, enum font_family family, int shape)
{
	const char *file = faces[face].file[family][shape];
	char path[FOLDER_MAX + 64];

	if (set->slot[face][family][shape].state == FACE_UNTRIED) {
		struct font *f = NULL;

		if (file) {
			snprintf(path, sizeof path, "%s/%s", set->folder, file);
			f = font_open(path, set->n);
		}
		set->slot[face][family][shape].state = f ? FACE_OPEN : FACE_ABSENT;
		set->slot[face][family][shape].font = f;
		if (f)
			set->list[set->n++] = f;
	}
	return set->slot[face][family][shape].font;
}

/* The face's font that comes nearest to a look: without the slant, then without the weight. */
static struct font *face_near(struct font_set *set, size_t face, enum font_family family,
                              const struct font_look *look)
{
	struct font *f = face_font(set, face, family, shape_of(look->weight, look->slanted));

	if (!f)
		f = face_font(set, face, family, shape_of(look->weight, false));
	return f ? f : face_font(set, face, family, shape_of(FONT_REGULAR, false));
}

/* The face's font that has a character; *any: is one of them installed? */
static struct font *face_with(struct font_set *set, size_t face, const struct font_look *look,
                              uint32_t character, bool *any)
{
	*any = false;
	for (int i = 0; i < FAMILIES; i++) {
		enum font_family family = i ? FONT_SANS + FONT_SERIF - look->family : look->family;
		struct font *f = face_near(set, face, family, look);

		*any |= f != NULL;
		if (f && font_has(f, character))
			return f;
	}
	return NULL;
}

static int absent(const struct font_set *set, const struct face *face, enum font_weight weight,
                  struct err *err)
{
	return err_set(err, ERR_INPUT, "%s/%s: font not found: install the package %s", set->folder,
	               face->file[FONT_SANS][shape_of(weight, false)], face->package);
}

int font_set_create(struct font_set **out, const char *folder, struct err *err)
{
	struct font_set *set;

	*out = NULL;
	if (!folder)
		folder = "/usr/share/fonts/truetype";
	if (strlen(folder) >= FOLDER_MAX)
		return err_set(err, ERR_INPUT, "the path of the fonts is too long");
	set = calloc(1, sizeof *set);
	if (!set)
		return err_nomem(err);
	memcpy(set->folder, folder, strlen(folder) + 1);
	for (int w = 0; w < FONT_WEIGHTS; w++) {
		if (!face_font(set, 0, FONT_SANS, shape_of(w, false))) {
			absent(set, &faces[0], w, err);
			font_set_free(set);
			return -1;
		}
	}
	*out = set;
	return 0;
}

void font_set_free(struct font_set *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->n; i++)
		font_free(set->list[i]);
	free(set);
}

struct font *font_set_at(struct font_set *set, size_t index)
{
	return set->list[index];
}

struct font *font_choose(struct font_set *set, const struct font_look *look, uint32_t character)
{
	hb_script_t script = hb_unicode_script(hb_unicode_funcs_get_default(), character);
	const struct face *wanted = NULL;
	bool any;

	for (size_t i = 0; i < FACES; i++) {
		struct font *f;

		if (faces[i].script != HB_SCRIPT_COMMON && faces[i].script != script)
			continue;
		f = face_with(set, i, look, character, &any);
		if (f)
			return f;
		if (!any && !wanted && faces[i].script == script)
			wanted = &faces[i];
	}
	/* Punctuation that several scripts share may be in any of their fonts. */
	for (size_t i = 0; i < FACES && script == HB_SCRIPT_COMMON; i++) {
		struct font *f = face_with(set, i, look, character, &any);

		if (f)
			return f;
	}
	if (wanted && script != HB_SCRIPT_COMMON)
		set->absent = wanted;
	return NULL;
}

bool font_has(const struct font *f, uint32_t character)
{
	hb_codepoint_t glyph;

	return hb_font_get_nominal_glyph(f->shaper, character, &glyph);
}

void font_set_miss(struct font_set *set, uint32_t character)
{
	for (size_t i = 0; i < set->n_missed; i++)
		if (set->missed[i] == character)
			return;
	if (set->n_missed < MISSED_MAX)
		set->missed[set->n_missed++] = character;
}

size_t font_set_missed(const struct font_set *set, uint32_t *out, size_t cap)
{
	for (size_t i = 0; i < set->n_missed && i < cap; i++)
		out[i] = set->missed[i];
	return set->n_missed;
}

int font_set_check(const struct font_set *set, struct err *err)
{
	return set->absent ? absent(set, set->absent, FONT_REGULAR, err) : 0;
}

size_t font_index(const struct font *f)
{
	return f->index;
}

hb_font_t *font_shaper(const struct font *f)
{
	return f->shaper;
}

unsigned font_units(const struct font *f)
{
	return f->units;
}

static uint32_t hash(uint32_t glyph, const uint16_t *text, size_t n)
{
	uint32_t h = glyph * 2654435761u;

	for (size_t i = 0; i < n; i++)
		h = (h ^ text[i]) * 16777619u;
	return (h >> 7) % FONT_BUCKETS;
}

int font_code(struct font *f, uint32_t glyph, const uint16_t *text, size_t n)
{
	int *bucket = &f->bucket[hash(glyph, text, n)];
	struct font_code *c;

	for (int i = *bucket; i >= 0; i = f->codes[i].next) {
		c = &f->codes[i];
		if (c->glyph == glyph && c->n == n &&
		    (!n || !memcmp(c->text, text, n * sizeof *text)))
			return i;
	}
	if (f->n == CODES_MAX)
		return -1;
	if (f->n == f->cap) {
		size_t cap = f->cap ? f->cap * 2 : 256;
		struct font_code *codes = realloc(f->codes, cap * sizeof *codes);

		if (!codes)
			return -1;
		f->codes = codes;
		f->cap = cap;
	}
	c = &f->codes[f->n];
	*c = (struct font_code){ .glyph = glyph, .n = n, .next = *bucket };
	if (n) {
		c->text = malloc(n * sizeof *text);
		if (!c->text)
			return -1;
		memcpy(c->text, text, n * sizeof *text);
	}
	*bucket = (int)f->n;
	return (int)f->n++;
}

size_t font_codes(const struct font *f)
{
	return f->n;
}

double font_advance(const struct font *f, int code)
{
	double units = hb_font_get_glyph_h_advance(f->shaper, f->codes[code].glyph);

	return round(units * 1e5 / f->units) / 100;
}
