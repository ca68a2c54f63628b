/* font_face.h - what font.c and font_program.c share: one opened face and its codes. */
#ifndef REPORT_FONT_FACE_H
#define REPORT_FONT_FACE_H

#include <hb.h>
#include <stddef.h>
#include <stdint.h>

enum { FONT_BUCKETS = 4096 };

struct font_code {
	uint32_t glyph;
	uint16_t *text; /* UTF-16; NULL when n is 0 */
	size_t n;
	int next; /* in the same bucket, or -1 */
};

struct font {
	size_t index; /* in its set */
	hb_face_t *face;
	hb_font_t *shaper;
	unsigned units;
	char name[72]; /* PostScript name */
	struct font_code *codes;
	size_t n, cap;
	int bucket[FONT_BUCKETS];
};

#endif
