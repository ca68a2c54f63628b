/*
 * inspect_page.c - pages enter, their marks and annotations leave; and the parent tree, which leads
 * from both to elements (ISO 32000-1, 14.7.4.4).
 */
#include "report/inspect_parts.h"

#include <stdlib.h>
#include <string.h>

struct inspect_mark *inspect_mark(struct inspect *in, size_t page, int number)
{
	struct inspect_page *p = &in->pages[page];
	size_t i = (size_t)number;

	if (number < 0 || number >= INSPECT_MARKS)
		return NULL;
	if (i >= p->cap_marks) {
		size_t cap = p->cap_marks ? p->cap_marks : 64;
		struct inspect_mark *marks;

		while (cap <= i)
			cap *= 2;
		marks = reallocarray(p->marks, cap, sizeof *marks);
		if (!marks) {
			in->nomem = true;
			return NULL;
		}
		memset(marks + p->cap_marks, 0, (cap - p->cap_marks) * sizeof *marks);
		p->marks = marks;
		p->cap_marks = cap;
	}
	if (i >= p->n_marks)
		p->n_marks = i + 1;
	return &p->marks[i];
}

static void add_parents(struct inspect *in, qpdf_oh node, int depth)
{
	qpdf_oh numbers = inspect_key(in, node, "/Nums"), kids = inspect_key(in, node, "/Kids");
	int n = inspect_count(in, numbers);

	for (int i = 0; i + 1 < n && in->n_parents < INSPECT_ELEMENTS; i += 2) {
		int key;

		if (in->n_parents == in->cap_parents) {
			size_t cap = in->cap_parents ? in->cap_parents * 2 : 256;
			int *keys = reallocarray(in->keys, cap, sizeof *keys);
			qpdf_oh *parents;

			if (keys)
				in->keys = keys;
			parents = reallocarray(in->parents, cap, sizeof *parents);
			if (parents)
				in->parents = parents;
			if (!keys || !parents) {
				in->nomem = true;
				return;
			}
			in->cap_parents = cap;
		}
		if (!inspect_integer(in, inspect_item(in, numbers, i), &key) ||
		    (in->n_parents && in->keys[in->n_parents - 1] >= key)) {
			inspect_find(in, "structure", "the parent tree is not in order");
			return;
		}
		in->keys[in->n_parents] = key;
		in->parents[in->n_parents++] = inspect_item(in, numbers, i + 1);
	}
	for (int i = 0; depth < 4 && i < inspect_count(in, kids); i++)
		add_parents(in, inspect_item(in, kids, i), depth + 1);
}

void inspect_parents(struct inspect *in)
{
	qpdf_oh tree = inspect_key(in, in->root, "/StructTreeRoot");

	add_parents(in, inspect_key(in, tree, "/ParentTree"), 0);
}

qpdf_oh inspect_parent(struct inspect *in, int key)
{
	size_t low = 0, high = in->n_parents;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (in->keys[middle] == key)
			return in->parents[middle];
		if (in->keys[middle] < key)
			low = middle + 1;
		else
			high = middle;
	}
	return qpdf_oh_new_null(in->q);
}

static void read_annotation(struct inspect *in, size_t page, qpdf_oh a,
                            struct inspect_annotation *out)
{
	struct buf says = { 0 };
	int key;

	out->id = inspect_id(in, a);
	if (!inspect_is(in, inspect_key(in, a, "/Subtype"), "/Link"))
		inspect_find_page(in, page, "an annotation that is no link");
	if (!inspect_text(in, inspect_key(in, a, "/Contents"), &says) || !says.len)
		inspect_find_page(in, page, "a link without a text");
	if (inspect_null(in, inspect_key(in, a, "/A")) &&
	    inspect_null(in, inspect_key(in, a, "/Dest")))
		inspect_find_page(in, page, "a link that leads nowhere");
	if (inspect_integer(in, inspect_key(in, a, "/StructParent"), &key))
		out->parent = inspect_id(in, inspect_parent(in, key));
	if (!out->parent)
		inspect_find_page(in, page, "a link that no element holds");
	buf_finish(&says);
}

static void read_annotations(struct inspect *in, size_t page, qpdf_oh object)
{
	struct inspect_page *p = &in->pages[page];
	qpdf_oh list = inspect_key(in, object, "/Annots");
	int n = inspect_count(in, list);

	if (n > 0 && !inspect_is(in, inspect_key(in, object, "/Tabs"), "/S"))
		inspect_find_page(in, page, "links are not stepped through as they are read");
	if (n > INSPECT_MARKS)
		n = INSPECT_MARKS;
	p->annotations = calloc((size_t)n + 1, sizeof *p->annotations);
	if (!p->annotations) {
		in->nomem = true;
		return;
	}
	for (int i = 0; i < n; i++)
		read_annotation(in, page, inspect_item(in, list, i), &p->annotations[i]);
	p->n_annotations = (size_t)n;
}

/* A value that a page has or inherits. */
static qpdf_oh inherited(struct inspect *in, qpdf_oh page, const char *key)
{
	for (int i = 0; i < 8; i++) {
		qpdf_oh value = inspect_key(in, page, key);

		if (!inspect_null(in, value))
			return value;
		page = inspect_key(in, page, "/Parent");
	}
	return qpdf_oh_new_null(in->q);
}

static void read_content(struct inspect *in, size_t page, qpdf_oh object)
{
	qpdf_oh content = inspect_key(in, object, "/Contents");
	int n = inspect_count(in, content);
	struct buf bytes = { 0 };
	bool good = true;

	if (qpdf_oh_is_stream(in->q, content))
		good = inspect_stream(in, content, &bytes);
	for (int i = 0; good && i < n && i < 64; i++) {
		good = inspect_stream(in, inspect_item(in, content, i), &bytes);
		buf_putc(&bytes, '\n');
	}
	if (!good)
		inspect_find_page(in, page, "the content cannot be read");
	else if (bytes.data)
		inspect_content(in, page, bytes.data, bytes.len,
		                inherited(in, object, "/Resources"));
	in->nomem |= bytes.failed;
	buf_finish(&bytes);
}

static void read_page(struct inspect *in, size_t page)
{
	static const char *const traces[] = { "/LastModified", "/PieceInfo", "/AA", "/Thumb" };
	qpdf_oh object = qpdf_get_page_n(in->q, page);
	int key = 0;

	in->pages[page].id = inspect_id(in, object);
	if (inspect_integer(in, inspect_key(in, object, "/StructParents"), &key))
		in->pages[page].parents = inspect_parent(in, key);
	else
		in->pages[page].parents = qpdf_oh_new_null(in->q);
	for (size_t i = 0; i < sizeof traces / sizeof *traces; i++)
		if (!inspect_null(in, inspect_key(in, object, traces[i])))
			inspect_find_page(in, page, "it has %s", traces[i] + 1);
	read_annotations(in, page, object);
	read_content(in, page, object);
}

void inspect_pages(struct inspect *in)
{
	int n = qpdf_get_num_pages(in->q);

	if (n <= 0 || n > INSPECT_PAGES) {
		inspect_find(in, "document", "it has %d pages", n);
		return;
	}
	in->pages = calloc((size_t)n, sizeof *in->pages);
	if (!in->pages) {
		in->nomem = true;
		return;
	}
	in->n_pages = (size_t)n;
	for (size_t i = 0; i < in->n_pages && !in->nomem; i++)
		read_page(in, i);
}
