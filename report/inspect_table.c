/*
 * inspect_table.c - a table's element enters, faults leave: rows that have not as many cells as the
 * others (ISO 14289-1, 7.5).
 */
#include "report/inspect_parts.h"

#include <string.h>

enum { DEEP = 3 };

struct table {
	struct inspect *in;
	int rows, columns; /* columns of the first row */
	bool uneven, spans; /* cells over several rows: not counted */
};

/* A number of a cell's attributes, which are one dictionary or a list. */
static int number_of(struct inspect *in, qpdf_oh cell, const char *key, int otherwise)
{
	qpdf_oh a = inspect_key(in, cell, "/A");
	int value;

	for (int i = 0; i < inspect_count(in, a) && i < 8; i++)
		if (inspect_integer(in, inspect_key(in, inspect_item(in, a, i), key), &value))
			return value;
	return inspect_integer(in, inspect_key(in, a, key), &value) ? value : otherwise;
}

static void count_row(struct table *t, qpdf_oh row)
{
	qpdf_oh cells = inspect_key(t->in, row, "/K");
	int n = inspect_count(t->in, cells), columns = 0;

	for (int i = 0; i < n && columns < INSPECT_MARKS; i++) {
		qpdf_oh cell = inspect_item(t->in, cells, i);
		int across = number_of(t->in, cell, "/ColSpan", 1);

		columns += across < INSPECT_MARKS ? across : INSPECT_MARKS;
		t->spans |= number_of(t->in, cell, "/RowSpan", 1) != 1;
	}
	if (!t->rows++)
		t->columns = columns;
	t->uneven |= columns != t->columns;
}

static void count_rows(struct table *t, qpdf_oh element, int depth)
{
	qpdf_oh kids = inspect_key(t->in, element, "/K");
	int n = inspect_count(t->in, kids);

	for (int i = 0; i < n && t->rows < INSPECT_MARKS; i++) {
		qpdf_oh kid = inspect_item(t->in, kids, i);
		char type[16];

		inspect_name(t->in, inspect_key(t->in, kid, "/S"), type, sizeof type);
		if (!strcmp(type, "TR"))
			count_row(t, kid);
		else if (depth < DEEP && type[0] == 'T' && strcmp(type, "Table"))
			count_rows(t, kid, depth + 1);
	}
}

void inspect_table(struct inspect *in, qpdf_oh element)
{
	struct table t = { .in = in };

	count_rows(&t, element, 0);
	if (t.uneven && !t.spans)
		inspect_find(in, "structure", "a table whose rows have not as many cells");
}
