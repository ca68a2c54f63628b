/*
 * image.c - SQLite's file format (sqlite.org/fileformat2.html) read by hand. In: the bytes of a
 * file. Out: rows and their places, found by walking from the schema on page 1 through every table.
 * Written against the specification alone: neither SQLite nor the store's own code is asked.
 */
#include "tests/oracle/image.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LEAF_TABLE = 13, INNER_TABLE = 5, SCHEMA = -1, OTHER = -2 };

const char *const image_table[IMAGE_TABLES] = {"core", "short", "long"};

struct walk {
	struct image *m;
	void (*fault)(const char *text);
	size_t room;
	uint8_t *covered; /* of the page in hand: bytes that a cell has */
};

uint8_t *image_slurp(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	uint8_t *bytes = NULL;
	long size = -1;

	if (f != NULL && fseek(f, 0, SEEK_END) == 0)
		size = ftell(f);
	if (size >= 0 && fseek(f, 0, SEEK_SET) == 0)
		bytes = calloc(1, (size_t)size + 16); /* numbers at the end run over it */
	if (bytes != NULL && fread(bytes, 1, (size_t)size, f) != (size_t)size) {
		free(bytes);
		bytes = NULL;
	}
	if (f != NULL)
		fclose(f);
	*n = bytes != NULL ? (size_t)size : 0;
	return bytes;
}

static uint32_t number(const uint8_t *p, int n)
{
	uint32_t v = 0;

	while (n-- > 0)
		v = v << 8 | *p++;
	return v;
}

static int varint(const uint8_t *p, uint64_t *v)
{
	*v = 0;
	for (int i = 0; i < 8; i++) {
		*v = *v << 7 | (p[i] & 127);
		if (p[i] < 128)
			return i + 1;
	}
	*v = *v << 8 | p[8];
	return 9;
}

/* A value of a record: its type and the place of its bytes in the payload. */
struct value {
	uint64_t type;
	size_t at, n;
};

/* Column `wanted` of a record whose first bytes are at `p`. */
static struct value column(const uint8_t *p, int wanted)
{
	static const size_t fixed[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0};
	uint64_t head, type = 0;
	size_t at, to = (size_t)varint(p, &head);
	struct value v = {0};

	at = (size_t)head;
	for (int i = 0; i <= wanted && to < head; i++) {
		to += (size_t)varint(p + to, &type);
		v = (struct value){type, at, type < 12 ? fixed[type] : (size_t)(type - 12) / 2};
		at += v.n;
	}
	return v;
}

static const uint8_t *page(const struct image *m, uint32_t no)
{
	return m->bytes + (size_t)(no - 1) * m->page_size;
}

static void say(struct walk *w, const char *what, uint32_t no)
{
	char text[128];

	snprintf(text, sizeof text, "page %u: %s", no, what);
	w->fault(text);
}

/* Each page has one place in one tree. */
static bool enter(struct walk *w, uint32_t no)
{
	if (no < 1 || no > w->m->pages || w->m->page_seen[no]) {
		say(w, "is pointed to twice, or is not there", no);
		return false;
	}
	w->m->page_seen[no] = 1;
	return true;
}

static void add_row(struct walk *w, const struct image_row *row)
{
	struct image *m = w->m;

	if (m->n_rows == w->room) {
		w->room = 2 * w->room + 1024;
		m->rows = realloc(m->rows, w->room * sizeof *m->rows);
		if (m->rows == NULL)
			abort();
	}
	m->rows[m->n_rows++] = *row;
}

/* The bytes [from, from + n) of the payload are the row's, wherever they lie. */
static void mark_row(struct walk *w, size_t local_at, size_t local, uint32_t overflow, size_t from,
	size_t n)
{
	struct image *m = w->m;
	size_t at = local_at, here = local;

	while (n > 0) {
		if (from < here) {
			size_t part = here - from < n ? here - from : n;

			memset(m->is_row + at + from, 1, part);
			n -= part;
			from = here;
		}
		if (n == 0 || overflow == 0)
			return;
		from -= here;
		at = (size_t)(overflow - 1) * m->page_size + 4;
		here = m->page_size - 4;
		overflow = number(page(m, overflow), 4);
		if (overflow > m->pages)
			return;
	}
}

static void enter_overflow(struct walk *w, uint32_t no, size_t left)
{
	const size_t chunk = w->m->page_size - 4;

	while (no != 0 && enter(w, no)) {
		/* what a shorter row left behind its end */
		for (size_t i = 4 + left; left < chunk && i < w->m->page_size; i++)
			if (page(w->m, no)[i] != 0) {
				say(w, "bytes behind the end of a row", no);
				break;
			}
		left = left > chunk ? left - chunk : 0;
		no = number(page(w->m, no), 4);
	}
}

static void walk_tree(struct walk *w, uint32_t no, int table);

/* A row of the schema: walk its table. */
static void walk_table(struct walk *w, const uint8_t *payload)
{
	struct value name = column(payload, 1), root = column(payload, 3);
	int table = OTHER;

	if (root.type < 1 || root.type > 4)
		return;
	for (int k = 0; k < IMAGE_TABLES; k++)
		if (strlen(image_table[k]) == name.n &&
		    memcmp(image_table[k], payload + name.at, name.n) == 0)
			table = k;
	if (table == OTHER && (name.n != 6 || memcmp(payload + name.at, "header", 6) != 0))
		w->fault("a table that no store has");
	walk_tree(w, number(payload + root.at, (int)root.n), table);
}

static void take_cell(struct walk *w, uint32_t no, uint32_t cell, size_t at, int table)
{
	struct image *m = w->m;
	const uint8_t *p = page(m, no);
	const size_t most = m->page_size - 35, least = (m->page_size - 12) * 32 / 255 - 23;
	uint64_t size, rowid;
	size_t head = (size_t)varint(p + at, &size), local;
	struct image_row row = {.table = table, .page = no, .cell = cell};
	struct value blob;

	head += (size_t)varint(p + at + head, &rowid);
	local = (size_t)size;
	if (local > most) {
		local = least + (local - least) % (m->page_size - 4);
		if (local > most)
			local = least;
	}
	if (at + head + local + 4 > m->page_size + (local == size ? 4u : 0u)) {
		say(w, "a cell runs over its end", no);
		return;
	}
	memset(w->covered + at, 1, head + local + (local < size ? 4 : 0));
	if (local < size) {
		row.overflow = number(p + at + head + local, 4);
		enter_overflow(w, row.overflow, (size_t)size - local);
	}
	if (table == SCHEMA) {
		walk_table(w, p + at + head);
	} else if (table >= 0) {
		blob = column(p + at + head, 1);
		row.at = (size_t)(no - 1) * m->page_size + at + head + blob.at;
		row.n = blob.n;
		mark_row(w, row.at - blob.at, local, row.overflow, blob.at, blob.n);
		add_row(w, &row);
	}
}

/* Between the list of cells and the cells nothing may lie, nor between the cells. */
static void check_gaps(struct walk *w, uint32_t no, size_t list_end, size_t content)
{
	const uint8_t *p = page(w->m, no);

	for (size_t i = list_end; i < content; i++)
		if (p[i] != 0) {
			say(w, "bytes in the gap", no);
			break;
		}
	for (size_t i = content; i < w->m->page_size; i++)
		if (!w->covered[i]) {
			say(w, "bytes of a freed cell", no);
			break;
		}
}

static void walk_tree(struct walk *w, uint32_t no, int table)
{
	struct image *m = w->m;
	const size_t start = no == 1 ? 100 : 0;
	uint8_t *covered, *before = w->covered;
	const uint8_t *p;
	uint32_t n, type;
	size_t list, content;

	if (!enter(w, no))
		return;
	p = page(m, no);
	type = p[start];
	n = number(p + start + 3, 2);
	content = number(p + start + 5, 2);
	if (content == 0)
		content = 65536;
	list = start + (type == INNER_TABLE ? 12 : 8);
	if ((type != LEAF_TABLE && type != INNER_TABLE) || list + 2 * n > m->page_size) {
		say(w, "is no page of a table", no);
		return;
	}
	if (number(p + start + 1, 2) != 0)
		say(w, "a block of freed bytes", no);
	covered = calloc(1, m->page_size + 64);
	if (covered == NULL)
		abort();
	for (uint32_t i = 0; i < n; i++) {
		size_t at = number(p + list + 2 * i, 2);

		w->covered = covered;
		if (at < list || at + 4 >= m->page_size) {
			say(w, "a cell outside of it", no);
		} else if (type == LEAF_TABLE) {
			take_cell(w, no, i, at, table);
		} else {
			uint64_t key;

			memset(covered + at, 1, 4 + (size_t)varint(p + at + 4, &key));
			walk_tree(w, number(p + at, 4), table);
		}
	}
	w->covered = covered;
	check_gaps(w, no, list + 2 * n, content);
	free(covered);
	w->covered = before;
	if (type == INNER_TABLE)
		walk_tree(w, number(p + start + 8, 4), table);
}

static int by_place(const void *a, const void *b)
{
	const struct image_row *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

/* FNV-1a over what belongs to no row. */
static uint64_t digest(const struct image *m)
{
	uint64_t h = 14695981039346656037u;

	for (size_t i = 0; i < m->n; i++)
		if (!m->is_row[i])
			h = (h ^ m->bytes[i]) * 1099511628211u;
	return h;
}

bool image_load(struct image *m, const char *path, void (*fault)(const char *text))
{
	struct walk w = {.m = m, .fault = fault};

	*m = (struct image){0};
	m->bytes = image_slurp(path, &m->n);
	if (m->bytes == NULL || m->n < 512 || memcmp(m->bytes, "SQLite format 3", 16) != 0)
		return false;
	m->page_size = number(m->bytes + 16, 2);
	if (m->page_size == 1)
		m->page_size = 65536;
	if (m->page_size < 512 || m->n % m->page_size != 0)
		return false;
	m->pages = (uint32_t)(m->n / m->page_size);
	if (number(m->bytes + 36, 4) != 0)
		fault("free pages");
	m->is_row = calloc(1, m->n);
	m->page_seen = calloc(1, m->pages + 1);
	if (m->is_row == NULL || m->page_seen == NULL)
		abort();
	walk_tree(&w, 1, SCHEMA);
	for (uint32_t no = 1; no <= m->pages; no++)
		if (!m->page_seen[no]) {
			say(&w, "belongs to nothing", no);
			break;
		}
	qsort(m->rows, m->n_rows, sizeof *m->rows, by_place);
	m->structure = digest(m);
	return true;
}

void image_finish(struct image *m)
{
	free(m->bytes);
	free(m->rows);
	free(m->is_row);
	free(m->page_seen);
	*m = (struct image){0};
}

const struct image_row *image_row_at(const struct image *m, size_t at)
{
	size_t low = 0, high = m->n_rows;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (m->rows[middle].at <= at)
			low = middle + 1;
		else
			high = middle;
	}
	/* rows that run over several pages lie there with their first part */
	if (low == 0 || at - m->rows[low - 1].at >= m->rows[low - 1].n)
		return NULL;
	return &m->rows[low - 1];
}
