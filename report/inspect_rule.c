/*
 * inspect_rule.c - an element's type, its parent's and its attributes enter, faults leave (ISO
 * 32000-1, 14.8.4; ISO 14289-1, 7).
 */
#include "report/inspect_parts.h"

#include <string.h>

static bool listed(const char *name, const char *list)
{
	size_t n = strlen(name);

	for (const char *at = list; *at && n; at += strspn(at, " ")) {
		if (strcspn(at, " ") == n && !memcmp(at, name, n))
			return true;
		at += strcspn(at, " ");
	}
	return false;
}

bool inspect_block(const char *type)
{
	return !listed(type, "Span Link Reference Lbl Quote Code BibEntry Ruby Warichu");
}

static const char types[] =
	"Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct P "
	"H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead TBody TFoot "
	"Span Quote Note Reference BibEntry Code Link Figure Formula";

/* What may stand inside of some elements, or only inside of others. */
static const struct {
	const char *parent, *kids;
} inside[] = {
	{ "Table", "Caption THead TBody TFoot TR" },
	{ "THead", "TR" },
	{ "TBody", "TR" },
	{ "TFoot", "TR" },
	{ "TR", "TH TD" },
	{ "L", "Caption LI L" },
	{ "LI", "Lbl LBody" },
	{ "TOC", "TOC TOCI Caption" },
};
static const struct {
	const char *kid, *parents;
} only[] = {
	{ "TR", "Table THead TBody TFoot" }, { "TH", "TR" },   { "TD", "TR" },
	{ "LI", "L" },                       { "LBody", "LI" }, { "TOCI", "TOC" },
};

static void check_place(struct inspect *in, const char *type, const char *parent)
{
	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
		if (!strcmp(inside[i].parent, parent) && !listed(type, inside[i].kids))
			inspect_find(in, "structure", "%s inside of %s", type, parent);
	for (size_t i = 0; i < sizeof only / sizeof *only; i++)
		if (!strcmp(only[i].kid, type) && !listed(parent, only[i].parents))
			inspect_find(in, "structure", "%s inside of %s", type, parent);
}

static bool has_text(struct inspect *in, qpdf_oh element, const char *key)
{
	struct buf text = { 0 };
	bool is = inspect_text(in, inspect_key(in, element, key), &text) && text.len;

	buf_finish(&text);
	return is;
}

/* A value of the element's attributes, which are one dictionary or a list. */
static qpdf_oh attribute(struct inspect *in, qpdf_oh element, const char *key)
{
	qpdf_oh a = inspect_key(in, element, "/A");

	for (int i = 0; i < inspect_count(in, a) && i < 8; i++) {
		qpdf_oh value = inspect_key(in, inspect_item(in, a, i), key);

		if (!inspect_null(in, value))
			return value;
	}
	return inspect_key(in, a, key);
}

static void check_heading(struct inspect *in, int level, int *heading)
{
	if (level > *heading + 1)
		inspect_find(in, "structure", "a heading of level %d after one of level %d", level,
		             *heading);
	*heading = level;
}

static bool read_box(struct inspect *in, qpdf_oh box, double out[4])
{
	for (int i = 0; i < 4; i++) {
		qpdf_oh item = inspect_count(in, box) == 4 ? inspect_item(in, box, i) : box;

		if (!qpdf_oh_is_number(in->q, item))
			return false;
		out[i] = qpdf_oh_get_numeric_value(in->q, item);
	}
	return true;
}

/* A figure that reaches over the page's foot or edges has been cut. */
static void check_box(struct inspect *in, qpdf_oh element)
{
	static const double FOOT = 48;
	qpdf_oh page = inspect_key(in, element, "/Pg");
	double box[4], paper[4];

	if (!read_box(in, attribute(in, element, "/BBox"), box) ||
	    !read_box(in, inspect_key(in, page, "/MediaBox"), paper))
		return;
	if (box[0] < paper[0] || box[2] > paper[2] || box[1] < paper[1] + FOOT ||
	    box[3] > paper[3])
		inspect_find(in, "structure", "a figure that reaches over the edge of its page");
}

void inspect_rule(struct inspect *in, qpdf_oh element, const char *type, const char *parent,
                  int *heading)
{
	qpdf_oh scope;

	if (!listed(type, types)) {
		inspect_find(in, "structure", "an element of the unknown type %s", type);
		return;
	}
	check_place(in, type, parent);
	if (type[0] == 'H' && type[1] >= '1' && type[1] <= '6')
		check_heading(in, type[1] - '0', heading);
	if ((!strcmp(type, "Figure") || !strcmp(type, "Formula")) &&
	    !has_text(in, element, "/Alt"))
		inspect_find(in, "structure", "a figure without an alternative");
	if (!strcmp(type, "Figure"))
		check_box(in, element);
	if (!strcmp(type, "Note") && !has_text(in, element, "/ID"))
		inspect_find(in, "structure", "a note without an identifier");
	if (!strcmp(type, "Table"))
		inspect_table(in, element);
	scope = attribute(in, element, "/Scope");
	if (!strcmp(type, "TH") && !inspect_is(in, scope, "/Row") &&
	    !inspect_is(in, scope, "/Column") && !inspect_is(in, scope, "/Both"))
		inspect_find(in, "structure", "a header cell without a scope");
}
