/*
 * inspect_tree.c - the structure tree enters; faults and the text in the order of reading leave
 * (ISO 32000-1, 14.7).
 */
#include "report/inspect_parts.h"

#include <string.h>

enum { TYPE_MAX = 32 };

struct walk {
	struct inspect *in;
	size_t elements, depth;
	int heading; /* the last one's level */
	int muted;   /* elements open whose text is said already */
	bool enough;
};

struct element {
	qpdf_oh object;
	int id;
	char type[TYPE_MAX];
	int page; /* id that content has unless it says otherwise */
	bool link; /* has an annotation */
};

static void walk(struct walk *w, qpdf_oh object, const struct element *parent);

static void say(struct walk *w, const char *text, size_t n)
{
	if (!w->muted && w->in->text)
		inspect_plain(w->in->text, text, n);
}

static void end_line(struct walk *w)
{
	struct buf *b = w->in->text;

	if (!w->muted && b && b->len && b->data[b->len - 1] != '\n')
		buf_putc(b, '\n');
}

void inspect_plain(struct buf *out, const char *text, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		uint8_t last = i + 2 < n ? (uint8_t)text[i + 2] : 0;

		/* U+200E, U+200F; U+202A to U+202E; U+2060, U+2066 to U+2069 */
		if (i + 2 < n && !memcmp(text + i, "\xE2\x80", 2) &&
		    (last == 0x8E || last == 0x8F || (last >= 0xAA && last <= 0xAE)))
			i += 2;
		else if (i + 2 < n && !memcmp(text + i, "\xE2\x81", 2) &&
		         (last == 0xA0 || (last >= 0xA6 && last <= 0xA9)))
			i += 2;
		else
			buf_putc(out, text[i]);
	}
}

static struct inspect_page *page_of(struct walk *w, int id, size_t *index)
{
	for (size_t i = 0; i < w->in->n_pages; i++) {
		if (w->in->pages[i].id == id && id) {
			*index = i;
			return &w->in->pages[i];
		}
	}
	return NULL;
}

static void read_mark(struct walk *w, const struct element *e, int page_id, int number)
{
	struct inspect *in = w->in;
	size_t index;
	struct inspect_page *p = page_of(w, page_id, &index);
	struct inspect_mark *m;

	if (!p || number < 0 || (size_t)number >= p->n_marks || !p->marks[number].there) {
		inspect_find(in, "structure", "%s names marked content that is nowhere", e->type);
		return;
	}
	m = &p->marks[number];
	if (m->named)
		inspect_find_page(in, index, "two elements name the marked content %d", number);
	m->named = true;
	if (inspect_id(in, inspect_item(in, p->parents, number)) != e->id)
		inspect_find_page(in, index, "the parent tree leads from %d to another element",
		                  number);
	say(w, p->text.data ? p->text.data + m->start : "", m->n);
}

static void read_annotation(struct walk *w, struct element *e, qpdf_oh object)
{
	int id = inspect_id(w->in, object);

	e->link = true;
	for (size_t i = 0; i < w->in->n_pages; i++) {
		struct inspect_page *p = &w->in->pages[i];

		for (size_t a = 0; a < p->n_annotations; a++) {
			if (p->annotations[a].id != id || !id)
				continue;
			p->annotations[a].named = true;
			if (p->annotations[a].parent != e->id)
				inspect_find_page(w->in, i, "a link is held by another element");
			return;
		}
	}
	inspect_find(w->in, "structure", "%s names an annotation that is nowhere", e->type);
}

static void read_kid(struct walk *w, struct element *e, qpdf_oh kid)
{
	struct inspect *in = w->in;
	qpdf_oh type = inspect_key(in, kid, "/Type"), page = inspect_key(in, kid, "/Pg");
	int number;

	if (inspect_integer(in, kid, &number)) {
		read_mark(w, e, e->page, number);
	} else if (inspect_is(in, type, "/MCR")) {
		if (!inspect_integer(in, inspect_key(in, kid, "/MCID"), &number))
			number = -1;
		read_mark(w, e, inspect_null(in, page) ? e->page : inspect_id(in, page), number);
	} else if (inspect_is(in, type, "/OBJR")) {
		read_annotation(w, e, inspect_key(in, kid, "/Obj"));
	} else {
		walk(w, kid, e);
	}
}

static void read_kids(struct walk *w, struct element *e)
{
	qpdf_oh kids = inspect_key(w->in, e->object, "/K");
	int n = inspect_count(w->in, kids);

	if (!n && !qpdf_oh_is_array(w->in->q, kids) && !inspect_null(w->in, kids))
		read_kid(w, e, kids);
	for (int i = 0; i < n && !w->enough && !w->in->nomem; i++) {
		qpdf_oh kid = inspect_item(w->in, kids, i);

		read_kid(w, e, kid);
		qpdf_oh_release(w->in->q, kid);
	}
}

/* What stands in place of the element's own text; true if there is such. */
static bool replacement(struct walk *w, const struct element *e)
{
	struct buf text = { 0 };
	bool is = inspect_text(w->in, inspect_key(w->in, e->object, "/ActualText"), &text);

	if (!is)
		is = inspect_text(w->in, inspect_key(w->in, e->object, "/Alt"), &text);
	if (is)
		say(w, text.data ? text.data : "", text.len);
	w->in->nomem |= text.failed;
	buf_finish(&text);
	return is;
}

static void walk(struct walk *w, qpdf_oh object, const struct element *parent)
{
	struct inspect *in = w->in;
	struct element e = { .object = object, .id = inspect_id(in, object) };
	qpdf_oh page = inspect_key(in, object, "/Pg");
	bool replaced;

	if (w->depth >= INSPECT_DEPTH || ++w->elements > INSPECT_ELEMENTS) {
		if (!w->enough)
			inspect_find(in, "structure", "there are too many elements");
		w->enough = true;
		return;
	}
	if (!qpdf_oh_is_dictionary(in->q, object)) {
		inspect_find(in, "structure", "something in %s that is no element", parent->type);
		return;
	}
	inspect_name(in, inspect_key(in, object, "/S"), e.type, sizeof e.type);
	e.page = inspect_null(in, page) ? parent->page : inspect_id(in, page);
	if (inspect_id(in, inspect_key(in, object, "/P")) != parent->id)
		inspect_find(in, "structure", "%s has another parent", e.type);
	inspect_rule(in, object, e.type, parent->type, &w->heading);
	if (inspect_block(e.type) && strcmp(e.type, "LBody"))
		end_line(w);
	w->depth++;
	replaced = replacement(w, &e);
	w->muted += replaced;
	read_kids(w, &e);
	w->muted -= replaced;
	w->depth--;
	if (!strcmp(e.type, "Link") && !e.link)
		inspect_find(in, "structure", "a Link without a link");
	if (!strcmp(e.type, "Lbl"))
		say(w, " ", 1);
	if (inspect_block(e.type))
		end_line(w);
}

/* Whatever no element has named. */
static void check_left(struct inspect *in)
{
	for (size_t i = 0; i < in->n_pages; i++) {
		const struct inspect_page *p = &in->pages[i];
		size_t marks = 0, links = 0;

		for (size_t m = 0; m < p->n_marks; m++)
			marks += p->marks[m].there && !p->marks[m].named;
		for (size_t a = 0; a < p->n_annotations; a++)
			links += !p->annotations[a].named;
		if (marks)
			inspect_find_page(in, i, "%zu marked contents are in no element", marks);
		if (links)
			inspect_find_page(in, i, "%zu links are in no element", links);
		if ((size_t)inspect_count(in, p->parents) != p->n_marks)
			inspect_find_page(in, i, "the parent tree has other marked contents");
	}
}

void inspect_tree(struct inspect *in)
{
	qpdf_oh root = inspect_key(in, in->root, "/StructTreeRoot");
	struct element top = { .object = root, .id = inspect_id(in, root) };
	struct walk w = { .in = in };

	if (inspect_null(in, root)) {
		inspect_find(in, "structure", "there is none");
		return;
	}
	memcpy(top.type, "the root", 9);
	read_kids(&w, &top);
	if (!w.elements)
		inspect_find(in, "structure", "there is none");
	if (!w.enough)
		check_left(in);
}
