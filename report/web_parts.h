/* web_parts.h - what the files of web.c share. */
#ifndef REPORT_WEB_PARTS_H
#define REPORT_WEB_PARTS_H

#include "report/canvas_svg.h"
#include "report/web.h"

#include <stdint.h>

/*
 * One page while it is written. Our own ids begin with a capital letter, which those of blocks
 * never do.
 */
struct web {
	struct buf *out; /* the body; sticky */
	const struct document *d;
	struct findings *findings;
	struct type *type;
	struct canvas_svg_colors colors;
	struct buf notes; /* of const struct document_text *: footnotes of the chapter, so far */
	size_t notes_before; /* of earlier chapters */
	size_t figures, tables; /* so far */
	const struct document_block *counted; /* the last section without an id ... */
	size_t count;                         /* ... and its place among all */
};

/* A file that is built in (tools/embed.py). */
struct web_file {
	const char *name, *bytes;
	size_t size;
};
extern const struct web_file web_css[];

const char *web_word(const struct web *w, const char *name);
const struct palette *web_palette(const struct web *w);
/* A section's id: its own, or "S" and its place. */
void web_section_id(struct buf *out, struct web *w, const struct document_block *section);

/* web_text.c: words with links, languages and the marks of footnotes. */
void web_text(struct web *w, const struct document_text *t);
/* The words alone. */
void web_plain(struct web *w, const struct document_text *t);
/* An element with a text, or nothing if there are no words. `class` may be NULL. */
void web_element(struct web *w, const char *element, const char *class,
                 const struct document_text *t);
/* The footnotes since the last call, as a list. */
void web_notes(struct web *w);

/* web_table.c */
void web_table(struct web *w, const struct document_block *b);
/* The figures of a chart, as a table with this caption's id. */
void web_chart_table(struct web *w, const struct chart *chart, size_t caption);

/* web_figure.c */
void web_figure(struct web *w, const struct document_block *b);

/* web_block.c: a block and what it holds; its neighbours, if they stand side by side. */
void web_blocks(struct web *w, const struct document_block *first);

/* web_logo.c: the network's logo, if the theme has one. */
void web_logo(struct web *w);

/* web_style.c: the style sheet, light and dark, for screens and paper. */
void web_style(struct buf *out, const struct web *w);
/* The colour that stands for `c` on a dark ground: its lightness turned round, its hue kept. */
struct color web_dark(struct color c);

#endif
