/*
 * font.h - the fonts of one document: found by script, opened when first needed, and what of each
 * has been used, so that only that much is embedded.
 */
#ifndef REPORT_FONT_H
#define REPORT_FONT_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <hb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum font_family { FONT_SANS, FONT_SERIF };
enum font_weight { FONT_REGULAR, FONT_BOLD, FONT_WEIGHTS };

struct font;     /* one face; owned by its set */
struct font_set; /* the faces of one document */

/*
 * Start a set: Noto Sans must be there in both weights, upright. `folder` holds Debian's font
 * folders ("noto", "droid"); NULL is /usr/share/fonts/truetype.
 * Faults: ERR_INPUT naming the file and the package that has it, ERR_NOMEM.
 */
int font_set_create(struct font_set **out, const char *folder, struct err *err);
void font_set_free(struct font_set *set);

/* Fonts that have been opened, by index; a font's index never changes. */
struct font *font_set_at(struct font_set *set, size_t index);

/* How letters look. */
struct font_look {
	enum font_family family;
	enum font_weight weight;
	bool slanted;
};

/*
 * The font for a character: of the family, then of the other one: the Latin font, those of its
 * script, symbols; or NULL. A script that has no such weight or slant gives what it has.
 */
struct font *font_choose(struct font_set *set, const struct font_look *look, uint32_t character);
bool font_has(const struct font *f, uint32_t character);

/* Remember a character that no font has. */
void font_set_miss(struct font_set *set, uint32_t character);
/* Characters that no font had: fills at most `cap`, returns how many there are. */
size_t font_set_missed(const struct font_set *set, uint32_t *out, size_t cap);
/*
 * Was a script printed whose font is not installed? ERR_INPUT names the file and the package.
 * Other missing characters are not a fault: they are printed as boxes and can be reported.
 */
int font_set_check(const struct font_set *set, struct err *err);

size_t font_index(const struct font *f);
hb_font_t *font_shaper(const struct font *f); /* scaled to font units */
unsigned font_units(const struct font *f);    /* units of an em */

/*
 * The code (CID) that stands for this glyph when it means this UTF-16 text. One code for each pair
 * makes the text exact where a glyph stands for different texts. Returns -1 when out of memory.
 */
int font_code(struct font *f, uint32_t glyph, const uint16_t *text, size_t n);
size_t font_codes(const struct font *f);
/* Advance of a code in 1/1000 em, rounded to what the PDF says. */
double font_advance(const struct font *f, int code);

/* What a PDF embeds of a font. Start as {0}; end with font_program_finish(). */
struct font_program {
	char name[96];           /* PostScript name with the subset's tag */
	struct buf file;         /* TrueType with the used glyphs only */
	struct buf code_to_glyph; /* two bytes a code */
	struct buf to_unicode;   /* CMap */
	int box[4], ascent, descent, cap_height; /* 1/1000 em */
};
int font_program_create(struct font_program *out, const struct font *f, struct err *err);
void font_program_finish(struct font_program *p);

#endif
