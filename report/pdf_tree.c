/*
 * pdf_tree.c - elements, their children and attributes enter, objects of the structure tree leave
 * (ISO 32000-1, 14.7).
 */
#include "report/pdf_tree.h"

#include "lib/base/utf8.h"

#include <stdlib.h>
#include <string.h>

void pdf_tree_finish(struct pdf_tree *t)
{
	for (size_t i = 0; i < t->n_parents; i++)
		free(t->parents[i].list);
	free(t->nodes);
	free(t->children);
	free(t->said);
	free(t->parents);
	free(t->notes);
	buf_finish(&t->words);
}

/* Room for one more in a list whose pointer is at `list`. */
static bool grow(struct pdf_tree *t, void *list, size_t n, size_t *cap, size_t size)
{
	void **at = list, *more;

	if (t->failed)
		return false;
	if (n < *cap)
		return true;
	more = reallocarray(*at, *cap ? *cap * 2 : 64, size);
	if (!more) {
		t->failed = true;
		return false;
	}
	*at = more;
	*cap = *cap ? *cap * 2 : 64;
	return true;
}

static void add_child(struct pdf_tree *t, int32_t node, struct pdf_child child)
{
	struct pdf_node *parent;

	if (!grow(t, &t->children, t->n_children, &t->cap_children, sizeof child))
		return;
	parent = &t->nodes[node];
	child.next = PDF_TREE_NOBODY;
	t->children[t->n_children] = child;
	if (parent->last == PDF_TREE_NOBODY)
		parent->first = (int32_t)t->n_children;
	else
		t->children[parent->last].next = (int32_t)t->n_children;
	parent->last = (int32_t)t->n_children++;
}

int32_t pdf_tree_add(struct pdf_tree *t, int32_t parent, const char *type)
{
	int32_t number = (int32_t)t->n_nodes;

	if (!grow(t, &t->nodes, t->n_nodes, &t->cap_nodes, sizeof *t->nodes))
		return 0;
	t->nodes[t->n_nodes++] = (struct pdf_node){
		type, parent, PDF_TREE_NOBODY, PDF_TREE_NOBODY, PDF_TREE_NOBODY, PDF_TREE_NOBODY
	};
	if (parent != PDF_TREE_NOBODY)
		add_child(t, parent, (struct pdf_child){ .kind = PDF_CHILD_NODE, .value = number });
	return number;
}

bool pdf_tree_empty(const struct pdf_tree *t, int32_t node)
{
	return t->failed || t->nodes[node].first == PDF_TREE_NOBODY;
}

int32_t pdf_tree_wrap(struct pdf_tree *t, int32_t node, const char *type)
{
	int32_t first = t->nodes[node].first, last = t->nodes[node].last, inner;

	t->nodes[node].first = t->nodes[node].last = PDF_TREE_NOBODY;
	inner = pdf_tree_add(t, node, type);
	if (t->failed)
		return 0;
	t->nodes[inner].first = first;
	t->nodes[inner].last = last;
	t->nodes[inner].page = t->nodes[node].page;
	for (int32_t c = first; c != PDF_TREE_NOBODY; c = t->children[c].next) {
		const struct pdf_child *child = &t->children[c];

		if (child->kind == PDF_CHILD_CONTENT)
			t->parents[child->key].list[child->value] = inner;
		else if (child->kind == PDF_CHILD_NODE)
			t->nodes[child->value].parent = inner;
	}
	return inner;
}

struct buf *pdf_tree_say(struct pdf_tree *t)
{
	return &t->words;
}

void pdf_tree_said(struct pdf_tree *t, int32_t node, size_t start)
{
	if (!grow(t, &t->said, t->n_said, &t->cap_said, sizeof *t->said))
		return;
	t->said[t->n_said] = (struct pdf_said){ start, t->words.len - start, t->nodes[node].said };
	t->nodes[node].said = (int32_t)t->n_said++;
}

static void put_unit(struct buf *out, uint32_t unit)
{
	buf_printf(out, "%04X", (unsigned)unit);
}

void pdf_tree_put_units(struct buf *out, const uint16_t *text, size_t n)
{
	buf_puts(out, "<FEFF");
	for (size_t i = 0; i < n; i++)
		put_unit(out, text[i]);
	buf_putc(out, '>');
}

static bool is_plain(const char *s)
{
	for (; *s; s++)
		if (*s < ' ' || *s > '~')
			return false;
	return true;
}

void pdf_tree_put_text(struct buf *out, const char *utf8)
{
	const char *at = utf8, *end = utf8 + strlen(utf8);

	if (is_plain(utf8)) {
		buf_putc(out, '(');
		for (; *at; at++) {
			if (*at == '(' || *at == ')' || *at == '\\')
				buf_putc(out, '\\');
			buf_putc(out, *at);
		}
		buf_putc(out, ')');
		return;
	}
	buf_puts(out, "<FEFF");
	while (at < end) {
		int32_t c = utf8_next(&at, end);

		if (c < 0) {
			c = 0xFFFD;
			at++;
		}
		if (c >= 0x10000) {
			put_unit(out, 0xD800 + ((uint32_t)(c - 0x10000) >> 10));
			c = 0xDC00 + ((c - 0x10000) & 0x3ff);
		}
		put_unit(out, (uint32_t)c);
	}
	buf_putc(out, '>');
}

/* Numbers of one width, so that the tree of identifiers is in order. */
static void put_identifier(struct buf *out, size_t n)
{
	buf_printf(out, "(note-%06zu)", n + 1);
}

void pdf_tree_identify(struct pdf_tree *t, int32_t node)
{
	size_t start = t->words.len;

	if (!grow(t, &t->notes, t->n_notes, &t->cap_notes, sizeof *t->notes))
		return;
	buf_puts(&t->words, "/ID");
	put_identifier(&t->words, t->n_notes);
	pdf_tree_said(t, node, start);
	t->notes[t->n_notes++] = node;
}

int pdf_tree_page(struct pdf_tree *t)
{
	if (!grow(t, &t->parents, t->n_parents, &t->cap_parents, sizeof *t->parents))
		return 0;
	t->parents[t->n_parents] = (struct pdf_parent){ .node = PDF_TREE_NOBODY };
	return (int)t->n_parents++;
}

int pdf_tree_annotation(struct pdf_tree *t, int32_t node, int32_t object, int32_t page)
{
	int key = pdf_tree_page(t);

	if (t->failed)
		return 0;
	t->parents[key].node = node;
	add_child(t, node, (struct pdf_child){ PDF_CHILD_OBJECT, object, page, 0, 0 });
	return key;
}

int pdf_tree_content(struct pdf_tree *t, int32_t node, int key, int32_t page)
{
	struct pdf_parent *p = t->failed ? NULL : &t->parents[key];

	if (!p || !grow(t, &p->list, p->n, &p->cap, sizeof *p->list))
		return 0;
	p->list[p->n] = node;
	if (t->nodes[node].page == PDF_TREE_NOBODY)
		t->nodes[node].page = page;
	add_child(t, node, (struct pdf_child){ PDF_CHILD_CONTENT, (int32_t)p->n, page, key, 0 });
	return (int)p->n++;
}

/* --- objects --- */

struct writing {
	struct pdf_raw *out;
	const struct pdf_tree *t;
	const int32_t *pages;
	size_t base; /* of the elements' numbers */
};

static void end_object(struct writing *w)
{
	w->out->ends[w->out->n++] = w->out->text.len;
}

static void put_element(struct writing *w, int32_t node)
{
	buf_printf(&w->out->text, "%zu 0 R", w->base + (size_t)node);
}

static void put_child(struct writing *w, const struct pdf_node *n, const struct pdf_child *c)
{
	struct buf *b = &w->out->text;
	int page = c->kind == PDF_CHILD_NODE ? 0 : w->pages[c->page];

	switch (c->kind) {
	case PDF_CHILD_NODE:
		put_element(w, c->value);
		break;
	case PDF_CHILD_CONTENT:
		if (c->page == n->page)
			buf_printf(b, "%d", (int)c->value);
		else
			buf_printf(b, "<</Type/MCR/Pg %d 0 R/MCID %d>>", page, (int)c->value);
		break;
	case PDF_CHILD_OBJECT:
		buf_printf(b, "<</Type/OBJR/Obj %d 0 R/Pg %d 0 R>>", (int)c->value, page);
	}
}

static void put_said(struct writing *w, int32_t said)
{
	const struct pdf_said *s = &w->t->said[said];

	if (s->before != PDF_TREE_NOBODY)
		put_said(w, s->before);
	buf_put(&w->out->text, w->t->words.data + s->start, s->n);
}

static void put_node(struct writing *w, const struct pdf_node *n)
{
	struct buf *b = &w->out->text;

	buf_printf(b, "<</S/%s/P ", n->type);
	if (n->parent == PDF_TREE_NOBODY)
		buf_printf(b, "%zu 0 R", w->out->base);
	else
		put_element(w, n->parent);
	if (n->page != PDF_TREE_NOBODY)
		buf_printf(b, "/Pg %d 0 R", (int)w->pages[n->page]);
	if (n->said != PDF_TREE_NOBODY)
		put_said(w, n->said);
	buf_puts(b, "/K[");
	for (int32_t c = n->first; c != PDF_TREE_NOBODY; c = w->t->children[c].next) {
		if (c != n->first)
			buf_putc(b, ' ');
		put_child(w, n, &w->t->children[c]);
	}
	buf_puts(b, "]>>");
	end_object(w);
}

static void put_root(struct writing *w, size_t parents)
{
	struct buf *b = &w->out->text;

	buf_puts(b, "<</Type/StructTreeRoot/K ");
	put_element(w, 0);
	buf_printf(b, "/ParentTree %zu 0 R/ParentTreeNextKey %zu", parents, w->t->n_parents);
	if (w->t->n_notes)
		buf_printf(b, "/IDTree %zu 0 R", parents + 1);
	buf_puts(b, ">>");
	end_object(w);
}

static void put_parents(struct writing *w)
{
	struct buf *b = &w->out->text;

	buf_puts(b, "<</Nums[");
	for (size_t i = 0; i < w->t->n_parents; i++) {
		const struct pdf_parent *p = &w->t->parents[i];

		buf_printf(b, "%zu ", i);
		if (p->node != PDF_TREE_NOBODY) {
			put_element(w, p->node);
			buf_putc(b, ' ');
			continue;
		}
		buf_putc(b, '[');
		for (size_t k = 0; k < p->n; k++) {
			if (k)
				buf_putc(b, ' ');
			put_element(w, p->list[k]);
		}
		buf_putc(b, ']');
	}
	buf_puts(b, "]>>");
	end_object(w);
}

static void put_notes(struct writing *w)
{
	struct buf *b = &w->out->text;

	buf_puts(b, "<</Names[");
	for (size_t i = 0; i < w->t->n_notes; i++) {
		put_identifier(b, i);
		put_element(w, w->t->notes[i]);
	}
	buf_puts(b, "]>>");
	end_object(w);
}

void pdf_tree_write(struct pdf_raw *out, const struct pdf_tree *t, const int32_t *pages,
                    size_t base)
{
	struct writing w = { out, t, pages, base + 1 };

	*out = (struct pdf_raw){ .base = base };
	out->ends = calloc(t->n_nodes + 3, sizeof *out->ends);
	if (!out->ends || t->failed || t->words.failed) {
		out->text.failed = true;
		return;
	}
	put_root(&w, base + 1 + t->n_nodes);
	for (size_t i = 0; i < t->n_nodes; i++)
		put_node(&w, &t->nodes[i]);
	put_parents(&w);
	if (t->n_notes)
		put_notes(&w);
}

void pdf_raw_finish(struct pdf_raw *r)
{
	free(r->ends);
	buf_finish(&r->text);
}
