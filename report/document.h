/*
 * document.h - what a report says, before it has pages: sections, paragraphs, charts, tables,
 * notes, in reading order. The narrative, the figures and the methods are written into it; the
 * layout (PDF) and the web page (HTML) are made from it and say nothing else, so that both say the
 * same.
 *
 * Blocks and texts live as long as the document. A fault (memory) is kept: later calls do nothing
 * useful but harm nothing, and whoever reads the document asks document_fault() first.
 */
#ifndef REPORT_DOCUMENT_H
#define REPORT_DOCUMENT_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "report/chart.h"
#include "report/edition.h"
#include "report/table.h"

enum document_kind {
	DOCUMENT_SECTION,   /* title, level, children */
	DOCUMENT_PARAGRAPH, /* text */
	DOCUMENT_NOTE,      /* text, in small print: a base, what is hidden */
	DOCUMENT_SIDE,      /* text in the margin, beside the block before it */
	DOCUMENT_LIST,      /* children are items; ordered or not */
	DOCUMENT_ITEM,      /* children */
	DOCUMENT_QUOTE,     /* children */
	DOCUMENT_BOX,       /* children on a tinted ground, with a title: a warning, a summary */
	DOCUMENT_FIGURE,    /* title, chart, alternative; children are notes */
	DOCUMENT_TABLE,     /* title, table; children are notes */
	DOCUMENT_CALLOUT,   /* big: "3 in 4"; text: what it is; children are notes. Neighbours stand
	                       side by side */
};

struct document_text;

/* Words that are set in one way. */
struct document_span {
	const char *text; /* UTF-8; '\n' begins a line */
	bool strong, emphasis;
	const char *language; /* when not the document's; or NULL */
	const char *link;     /* "https://...", "mailto:...", or "#id" of a block; or NULL */
	const struct document_text *note; /* a footnote whose mark stands behind the words; NULL */
};

struct document_text {
	const struct document_span *spans;
	size_t n;
};

struct document_block {
	enum document_kind kind;
	const char *id; /* where links lead: unique, [a-z0-9-_.]+; or NULL */
	struct document_text title, text;
	unsigned level; /* of a section: 1 is a chapter, which begins a page; then 2, 3 */
	bool in_contents; /* a section that contents and bookmarks name: chapters, and level 2 */
	bool ordered;   /* a list */
	bool speaker;   /* a paragraph: who said the quotation that it ends */
	bool lead;      /* a paragraph: the first words of a chapter, set larger */
	bool annex;     /* a chapter: tables and checklists; small, and no pictures */
	const struct chart *chart;
	const char *alternative; /* what the chart says, in a sentence or more */
	const char *data;        /* id of the table that has the chart's figures, or NULL */
	const char *data_name;   /* what that table, or this one, is called: "Table 12"; or NULL. A
	                            table's title begins with it */
	const struct table *table;
	const char *big;
	struct document_block *parent, *first, *last, *next;
};

/* A line of the cover: "Field period", "April - June 2020". */
struct document_fact {
	const char *label, *value;
	const char *language; /* of the value, when not the document's; or NULL */
};

struct document {
	const struct edition *edition; /* borrowed */
	struct pool *pool;
	const char *over, *title, *subtitle; /* the study, the series, what it is about; or "" */
	const char *over_language; /* of the study, when not the document's; or NULL */
	const char *number; /* "Report 2" */
	struct document_fact *facts;
	size_t n_facts;
	const char *notice, *notice_text; /* "Demonstration" and what that means; or NULL */
	struct document_block *first, *last; /* chapters */
	struct document_block nobody; /* after a fault: written, never read */
	bool failed;
	struct err err;
};

/* An empty document of an edition: cover's texts, no chapters. The caller owns *out. */
int document_create(struct document **out, const struct edition *e, struct err *err);
void document_free(struct document *d);
/* Is there a fault? Then it is in *err. */
bool document_fault(const struct document *d, struct err *err);
/* Remember one. */
void document_fail(struct document *d, const struct err *err);

/*
 * Add a block behind the others of `parent` (NULL: a chapter of the document). Never NULL: after a
 * fault it is a block that nobody reads.
 */
struct document_block *document_add(struct document *d, struct document_block *parent,
                                    enum document_kind kind);
/* The same with a plain text: a paragraph, a note, ... or a section's title at a level. */
struct document_block *document_add_text(struct document *d, struct document_block *parent,
                                         enum document_kind kind, const char *text);
struct document_block *document_add_section(struct document *d, struct document_block *parent,
                                            unsigned level, const char *title);
/* A block with this id, or NULL. */
struct document_block *document_find(const struct document *d, const char *id);
/* Are a figure's words the same as those of the heading that it stands right below? */
bool document_repeats(const struct document_block *figure);
/* The next block in reading order (children first), or NULL. Start with document->first. */
struct document_block *document_next(const struct document_block *b);

/* Plain words as a text with one span; the words are borrowed and must live as long. */
struct document_text document_plain(struct document *d, const char *text);
/* Does a footnote's mark of this span stand right behind that of the span before? */
bool document_notes_meet(const struct document_text *t, size_t span);
/* A text's words without their form, in the document's pool. */
const char *document_words(struct document *d, const struct document_text *t);

/*
 * Texts live as long as the document. document_take() empties `b`; after a fault each returns "".
 */
const char *document_take(struct document *d, struct buf *b);
const char *document_word(const struct document *d, const char *name);
/* A word with its {places} filled from pairs name, value, ..., NULL. */
const char *document_fill(struct document *d, const char *name, ...) __attribute__((sentinel));
const char *document_count(struct document *d, long count);   /* or the dot */
const char *document_percent(struct document *d, int tenths); /* "71.2%", or the dot */
const char *document_tenths(struct document *d, int tenths);  /* "71.2", or the dot */
const char *document_month(struct document *d, const char *month); /* "2020-09": "September 2020" */
/* The months in which answers were collected; *end is NULL if it was one. False: not stated. */
bool document_field(struct document *d, const char **start, const char **end);
/*
 * What staff wrote in study.json, in the document's language or another, "" if nothing. In another
 * direction it is isolated, so that it stands right wherever it is put. *language (may be NULL) is
 * its language, or NULL if that is the document's.
 */
const char *document_staff(struct document *d, const struct study_text *list,
                           const char **language);
/* A code of figures and letters, kept in its order within right-to-left text. */
const char *document_code(struct document *d, const char *code);
const char *document_group(struct document *d, const struct release_group *g);
/* Zeroed memory for n items; NULL after a fault (n 0 gives memory, too). */
void *document_array(struct document *d, size_t n, size_t size);

#endif
