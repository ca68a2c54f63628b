/*
 * inspect_parts.h - inside of inspect: the file that is looked into. It may have been made by
 * anybody: depths, counts and sizes are bounded.
 */
#ifndef REPORT_INSPECT_PARTS_H
#define REPORT_INSPECT_PARTS_H

#include "report/inspect.h"

#include <qpdf/qpdf-c.h>
#include <stdbool.h>
#include <stdint.h>

enum {
	INSPECT_FINDINGS = 60,     /* more are not told */
	INSPECT_PAGES = 2000,
	INSPECT_MARKS = 20000,     /* marked contents of a page */
	INSPECT_ELEMENTS = 300000,
	INSPECT_DEPTH = 40,        /* of the structure, of trees of numbers */
	INSPECT_FONTS = 64,
	INSPECT_STREAM = 8 << 20   /* bytes of a stream, inflated */
};

/* A piece of marked content: its text is a part of the page's. */
struct inspect_mark {
	size_t start, n;
	bool there; /* in the page */
	bool named; /* by an element */
};

struct inspect_annotation {
	int id;
	int parent; /* id of the element that the parent tree names */
	bool named;
};

struct inspect_page {
	int id;             /* of its object */
	struct buf text;    /* of all marked content */
	struct inspect_mark *marks;
	size_t n_marks, cap_marks;
	struct inspect_annotation *annotations;
	size_t n_annotations;
	qpdf_oh parents; /* the parent tree's list for its marks */
};

struct inspect_font {
	int id;
	uint32_t *at; /* by code: 1 + where its text begins, a byte of length first; 0: none */
	struct buf text;
};

struct inspect {
	qpdf_data q;
	struct findings *findings;
	size_t told;
	bool nomem;
	struct inspect_page *pages;
	size_t n_pages;
	struct inspect_font *fonts[INSPECT_FONTS];
	size_t n_fonts;
	qpdf_oh root;
	int *keys;         /* of the parent tree, rising ... */
	qpdf_oh *parents;  /* ... and their values */
	size_t n_parents, cap_parents;
	struct buf *text;
};

/* A finding, unless there are too many. */
void inspect_find(struct inspect *in, const char *place, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));
/* The same with a page for its place. */
void inspect_find_page(struct inspect *in, size_t page, const char *fmt, ...)
	__attribute__((format(printf, 3, 4)));

/* --- objects (inspect_object.c): what is not as asked for is null, 0, false --- */
qpdf_oh inspect_key(struct inspect *in, qpdf_oh dict, const char *key); /* of a stream's, too */
bool inspect_null(struct inspect *in, qpdf_oh o);
bool inspect_integer(struct inspect *in, qpdf_oh o, int *out);
bool inspect_is(struct inspect *in, qpdf_oh o, const char *name); /* a name: "/Link" */
/* Copy a name without its slash. */
void inspect_name(struct inspect *in, qpdf_oh o, char *out, size_t cap);
int inspect_id(struct inspect *in, qpdf_oh o); /* 0: not an object of its own */
int inspect_count(struct inspect *in, qpdf_oh array);
qpdf_oh inspect_item(struct inspect *in, qpdf_oh array, int i);
bool inspect_text(struct inspect *in, qpdf_oh string, struct buf *out); /* UTF-8 */
/* A stream's bytes, plain or deflated; other filters and too many bytes are false. */
bool inspect_stream(struct inspect *in, qpdf_oh stream, struct buf *out);

/* --- tokens (inspect_token.c): content streams and CMaps (ISO 32000-1, 7.2) --- */
enum inspect_kind {
	INSPECT_END,
	INSPECT_BAD,
	INSPECT_NUMBER,
	INSPECT_NAME,   /* without the slash */
	INSPECT_STRING, /* its bytes are in the scanner's buffer */
	INSPECT_ARRAY,
	INSPECT_ARRAY_END,
	INSPECT_DICT,
	INSPECT_DICT_END,
	INSPECT_WORD
};
struct inspect_scan {
	const char *at, *end;
	enum inspect_kind kind;
	const char *word; /* of a name or a word */
	size_t n;
	double number;
	struct buf string;
};
enum inspect_kind inspect_next(struct inspect_scan *s);
bool inspect_word(const struct inspect_scan *s, const char *word);
/* UTF-16, the higher byte first, becomes UTF-8; halves of pairs become U+FFFD. */
void inspect_utf16(struct buf *out, const void *bytes, size_t n);

/* --- fonts (inspect_font.c) --- */
/* Check a font at its first use; NULL where its text cannot be read. */
struct inspect_font *inspect_font(struct inspect *in, qpdf_oh font);
/* Append what two-byte codes mean. Returns how many of them mean nothing. */
size_t inspect_font_decode(struct buf *out, const struct inspect_font *f, const void *codes,
                           size_t n);
void inspect_font_free(struct inspect_font *f);

/* --- pages (inspect_content.c, inspect_page.c) --- */
void inspect_content(struct inspect *in, size_t page, const char *bytes, size_t n,
                     qpdf_oh resources);
void inspect_pages(struct inspect *in);
/* The mark of a number, with room made for it; NULL if there are too many. */
struct inspect_mark *inspect_mark(struct inspect *in, size_t page, int number);

/* --- the whole --- */
void inspect_document(struct inspect *in, size_t size); /* inspect_document.c */
void inspect_parents(struct inspect *in);               /* read the parent tree */
qpdf_oh inspect_parent(struct inspect *in, int key);
void inspect_tree(struct inspect *in); /* inspect_tree.c: elements, and the text */
/* inspect_rule.c: what an element of a type must be and have. */
void inspect_rule(struct inspect *in, qpdf_oh element, const char *type, const char *parent,
                  int *heading);
void inspect_table(struct inspect *in, qpdf_oh element); /* inspect_table.c: its rows */
/* Does a line of text end with an element of this type? */
bool inspect_block(const char *type);

#endif
