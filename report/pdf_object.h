/*
 * pdf_object.h - inside of the pdf* files: the document's state, and libharu's objects behind
 * calls that accept NULL and remember the first fault.
 */
#ifndef REPORT_PDF_OBJECT_H
#define REPORT_PDF_OBJECT_H

#include "report/palette.h"
#include "report/pdf.h"
#include "report/pdf_tree.h"

#include <hpdf.h> /* without HPDF_SHARED: the object functions are what is used */

enum { PDF_FONTS = 128 };

struct pdf_page {
	HPDF_Page page;
	struct buf content;
	int parents; /* key in the structure's parent tree */
};

/* A structure element that is open. */
struct pdf_element {
	const char *type;
	int32_t node; /* of the tree */
};

enum { PDF_DEPTH = 32 };

struct pdf_link {
	HPDF_Rect area;
	size_t on; /* the page it is on */
	struct pdf_element element;
	size_t page; /* where it leads ... */
	double y;
	char *name;    /* ... or the name of that place, or NULL ... */
	char *address; /* ... or an address of the web, or NULL */
	char *says;
};

struct pdf_place {
	char *name;
	size_t page;
	double y;
};

/* A picture, made at its first use. */
struct pdf_image {
	const void *pixels; /* the caller's: known by its address */
	HPDF_Dict object;
};

struct pdf {
	HPDF_Doc doc;
	struct font_set *fonts; /* borrowed */
	struct err err;
	bool failed;
	struct pdf_page *pages;
	size_t n_pages, cap_pages;
	HPDF_Outline *bookmarks;
	size_t n_bookmarks, cap_bookmarks;
	HPDF_Dict font[PDF_FONTS]; /* by font_index(); NULL: not used */
	struct pdf_tree tree;
	struct pdf_element open[PDF_DEPTH];
	struct buf words[PDF_DEPTH]; /* how an open element is read so far: UTF-16 in hexadecimal */
	size_t depth;
	struct pdf_link *links;
	size_t n_links, cap_links;
	struct pdf_place *places;
	size_t n_places, cap_places;
	struct pdf_image *images;
	size_t n_images, cap_images;
	/* What the page's content has set last, so that it is not set again. */
	struct color fill;
	struct font *selected; /* or NULL */
	double selected_size;
	bool filled;
	bool in_content; /* between the marks of marked content or of an artifact */
	bool in_artifact;
	/* What was written last: which text, in which element, and was a blank at its end? */
	const void *drawn;
	int32_t drawn_in;
	bool drawn_blank;
	const void *words_of; /* the text that the last words are of */
	bool in_words;  /* a Span is open for words */
	bool suspended; /* the content's mark is not in the page: nothing has been drawn yet */
};

/* Remember libharu's state as a fault if it is one. Returns true when all is well. */
bool pdf_object_check(struct pdf *p, HPDF_STATUS status);

/* Make room for one more in a growing list, `list` being the address of its pointer. */
bool pdf_object_grow(struct pdf *p, void *list, size_t n, size_t *cap, size_t size);

/* Objects; NULL after a fault. With `indirect` they have a number and belong to the document. */
HPDF_Dict pdf_object_dict(struct pdf *p, bool indirect);
HPDF_Array pdf_object_array(struct pdf *p, bool indirect);
HPDF_Dict pdf_object_stream(struct pdf *p, const void *bytes, size_t n, bool compress);

void pdf_object_put(struct pdf *p, HPDF_Dict d, const char *key, void *object);
void pdf_object_put_name(struct pdf *p, HPDF_Dict d, const char *key, const char *name);
void pdf_object_put_number(struct pdf *p, HPDF_Dict d, const char *key, int number);
void pdf_object_put_true(struct pdf *p, HPDF_Dict d, const char *key);
void pdf_object_put_ascii(struct pdf *p, HPDF_Dict d, const char *key, const char *text);
void pdf_object_put_text(struct pdf *p, HPDF_Dict d, const char *key, const char *utf8);
void pdf_object_add(struct pdf *p, HPDF_Array a, void *object);
void pdf_object_add_number(struct pdf *p, HPDF_Array a, int number);
void pdf_object_add_real(struct pdf *p, HPDF_Array a, double real);
void pdf_object_add_name(struct pdf *p, HPDF_Array a, const char *name);

/* The number of an indirect object; how many there are, the free one counted. */
int32_t pdf_object_number(const void *object);
size_t pdf_object_count(const struct pdf *p);

/* A place on a page to go to; NULL after a fault. */
HPDF_Destination pdf_object_destination(struct pdf *p, size_t page, double y);

/* The content of the page that is drawn on; NULL after a fault or before the first page. */
struct buf *pdf_object_content(struct pdf *p);
/* The same for what draws nothing: marks, and what is only set. */
struct buf *pdf_object_raw(struct pdf *p);
/* What is filled and written from now on has this colour. */
void pdf_object_fill(struct pdf *p, struct color color);
/* A number as PDF writes it: at most three decimals, a point in every locale. */
void pdf_object_write_number(struct buf *out, double v);

/* The dictionary of a font, made at its first use (pdf_font.c); filled by pdf_font_finish. */
HPDF_Dict pdf_font_dict(struct pdf *p, struct font *f);
void pdf_font_finish(struct pdf *p);

/* Information and XMP metadata (pdf_meta.c). */
void pdf_meta_set(struct pdf *p, const struct pdf_info *info);

/* Start the structure tree, end it; its objects, when libharu has no more to add (pdf_tag.c). */
void pdf_tag_start(struct pdf *p);
void pdf_tag_finish(struct pdf *p);
void pdf_tag_write(struct pdf_raw *out, struct pdf *p);
/* Something is drawn now: begin the content's mark if it has not begun. */
void pdf_tag_resume(struct pdf *p);
/* What is drawn between these reads as this UTF-16 text, which may be empty. Not inside BT, ET. */
void pdf_tag_replace(struct pdf *p, const uint16_t *text, size_t n);
void pdf_tag_replace_end(struct pdf *p);
/*
 * Inside content: what is drawn between these reads as this text whatever the order of its glyphs.
 * As long as an element holds nothing else that is said of the element, else of a Span in it.
 * `of`: what the words belong to; known by its address.
 */
void pdf_tag_words(struct pdf *p, const uint16_t *text, size_t n, const void *of);
void pdf_tag_words_end(struct pdf *p);
/* Is the open element read so? Then all text that follows must say its words, too. */
bool pdf_tag_worded(const struct pdf *p);
/* The element that is open. */
const struct pdf_element *pdf_tag_top(const struct pdf *p);
/* Make the links' annotations, and free what they hold (pdf_link.c). */
void pdf_link_finish(struct pdf *p);
void pdf_link_free(struct pdf *p);

#endif
