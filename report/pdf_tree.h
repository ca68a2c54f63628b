/*
 * pdf_tree.h - inside of the pdf* files: the structure tree while it grows, and its words. A report
 * has thousands of elements; libharu's dictionaries took 2 KB and ten allocations for each.
 */
#ifndef REPORT_PDF_TREE_H
#define REPORT_PDF_TREE_H

#include "lib/base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PDF_TREE_NOBODY = -1 };

/* An element. Its attributes are PDF's words, "/Alt(...)/A<<...>>", in the tree's `words`. */
struct pdf_node {
	const char *type; /* borrowed */
	int32_t parent, page; /* or PDF_TREE_NOBODY; page: where its content begins */
	int32_t first, last;  /* of its children, or PDF_TREE_NOBODY */
	int32_t said;         /* the last of its attributes, or PDF_TREE_NOBODY */
};

/* What an element holds. */
struct pdf_child {
	enum { PDF_CHILD_NODE, PDF_CHILD_CONTENT, PDF_CHILD_OBJECT } kind;
	int32_t value; /* an element, marked content's number, or the number of an object */
	int32_t page;  /* of content and object */
	int32_t key;   /* of content: its page's in the parent tree */
	int32_t next;
};

/* Where the attributes are that an element was given at one time. */
struct pdf_said {
	size_t start, n; /* in `words` */
	int32_t before;
};

/* An entry of the parent tree: an annotation's element, or those of a page's marked content. */
struct pdf_parent {
	int32_t node; /* or PDF_TREE_NOBODY: a page's */
	int32_t *list;
	size_t n, cap;
};

struct pdf_tree {
	struct pdf_node *nodes;
	size_t n_nodes, cap_nodes;
	struct pdf_child *children;
	size_t n_children, cap_children;
	struct pdf_said *said;
	size_t n_said, cap_said;
	struct pdf_parent *parents;
	size_t n_parents, cap_parents;
	struct buf words;
	int32_t *notes; /* elements with an identifier */
	size_t n_notes, cap_notes;
	bool failed; /* out of memory */
};

/* Objects as text, to be written with numbers from `base` on: the tree's root is the first. */
struct pdf_raw {
	size_t base, n;
	size_t *ends; /* of each object in `text` */
	struct buf text;
};

void pdf_tree_finish(struct pdf_tree *t);

/* A new element inside another (or PDF_TREE_NOBODY). Returns its number; 0 after a fault. */
int32_t pdf_tree_add(struct pdf_tree *t, int32_t parent, const char *type);
/* Has it no children? */
bool pdf_tree_empty(const struct pdf_tree *t, int32_t node);
/* Put its children into a new element, its only child. Returns that one's number. */
int32_t pdf_tree_wrap(struct pdf_tree *t, int32_t node, const char *type);
/* What is written to this buffer until pdf_tree_said() are attributes of an element. */
struct buf *pdf_tree_say(struct pdf_tree *t);
void pdf_tree_said(struct pdf_tree *t, int32_t node, size_t start);
/* PDF strings: bytes of ASCII in parentheses, all else in hexadecimal UTF-16. */
void pdf_tree_put_text(struct buf *out, const char *utf8);
void pdf_tree_put_units(struct buf *out, const uint16_t *text, size_t n);
/* Give it an identifier. */
void pdf_tree_identify(struct pdf_tree *t, int32_t node);

/* Entries of the parent tree; each returns its key. */
int pdf_tree_page(struct pdf_tree *t);
int pdf_tree_annotation(struct pdf_tree *t, int32_t node, int32_t object, int32_t page);
/* The element holds one more marked content of a page with this key. Returns its number. */
int pdf_tree_content(struct pdf_tree *t, int32_t node, int key, int32_t page);

/* The tree as objects; `pages` are the numbers of the pages' objects. Faults: text.failed. */
void pdf_tree_write(struct pdf_raw *out, const struct pdf_tree *t, const int32_t *pages,
                    size_t base);
void pdf_raw_finish(struct pdf_raw *r);

#endif
