/*
 * store_pages.c - reading a store that is only read: its pages, each once. In: a file or an image,
 * trusted in nothing. Out: the rows of its tables in their order, from pages that were checked.
 *
 * PRAGMA quick_check reads every page twice, and the scan with SQL a third time; copying pages from
 * the system's cache was a good part of what opening costs beside opening. So this walks the trees
 * itself (sqlite.org/fileformat2.html, 1.6 and 1.7) and asks what quick_check asks: every page is
 * sound (store_page.c), is reached once, from one tree, and none is left over; all leaves of a tree
 * are equally deep, keys ascend and keep to those of the pages above, chains of overflow pages end
 * with their row. What quick_check asks of rows, and more, is that each is byte for byte a row of
 * its table: a slot and a blob of the one size. A collector keeps to SQLite's own check.
 */
#include "lib/record/store_pages.h"

#include "lib/record/store_page.h"
#include "lib/record/store_row.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	WINDOW = 16, /* pages that are read at once */
	DEPTH = 20,  /* of a tree, as in SQLite */
	PREFIX = 8,  /* most bytes of a row's payload before its blob */
};

/* What a tree has to hold. */
struct tree {
	const char *name;
	bool rows; /* one of the tables of rows, not the schema or the header */
	enum record_kind kind;
	size_t n, many; /* bytes of a row; rows */
	uint8_t prefix[PREFIX];
	size_t prefix_n;
	size_t depth;  /* of its leaves; 0: none was seen */
	uint64_t last; /* slot or key: what follows is greater */
	size_t seen;   /* rows */
};

struct walk {
	const struct store_file *f;
	const uint8_t *image; /* NULL: the file */
	bool closed; /* every row is used */
	size_t pages, reached;
	uint8_t *marks;  /* a bit a page: reached */
	uint8_t *window; /* pages first + 1 .. first + have, of the file */
	size_t first, have;
	uint8_t *leaf, *row; /* one that needs overflow pages */
	struct tree tree;
	store_scan_row *each;
	void *ctx;
};

static int damaged(const struct walk *w, size_t number, struct err *err)
{
	return err_set(err, ERR_INPUT, "%s: damaged: page %zu", w->f->path, number);
}

static int fill_window(struct walk *w, size_t first, struct err *err)
{
	size_t have = 0, want = w->pages - first < WINDOW ? w->pages - first : WINDOW;

	w->have = 0;
	while (have < want * STORE_PAGE) {
		ssize_t got = pread(w->f->fd, w->window + have, want * STORE_PAGE - have,
			(off_t)first * STORE_PAGE + (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(err, ERR_IO, "%s: cannot be read: %s", w->f->path,
				got < 0 ? strerror(errno) : "has become shorter");
		have += (size_t)got;
	}
	w->first = first;
	w->have = want;
	return 0;
}

/* The page of this number, from 1, which nothing else may use. Valid until the next is taken. */
static int take_page(const uint8_t **out, struct walk *w, size_t number, struct err *err)
{
	size_t at = number - 1;

	if (number < 1 || number > w->pages || number == STORE_PAGE_LOCK ||
	    (w->marks[at / 8] & 1 << at % 8) != 0)
		return damaged(w, number, err);
	w->marks[at / 8] = (uint8_t)(w->marks[at / 8] | 1 << at % 8);
	w->reached++;
	if (w->image != NULL) {
		*out = w->image + at * STORE_PAGE;
		return 0;
	}
	if ((at < w->first || at - w->first >= w->have) &&
	    fill_window(w, at - at % WINDOW, err) != 0)
		return -1;
	*out = w->window + (at - w->first) * STORE_PAGE;
	return 0;
}

/* The part of a payload in overflow pages; `to` NULL: only the pages are of interest. */
static int take_chain(uint8_t *to, struct walk *w, const struct store_page_cell *cell,
	struct err *err)
{
	uint64_t left = cell->payload - cell->local;
	size_t number = cell->overflow, last = number;
	const uint8_t *page = NULL;

	while (left > 0) {
		size_t part = left < STORE_PAGE_CHUNK ? (size_t)left : STORE_PAGE_CHUNK;

		if (take_page(&page, w, number, err) != 0)
			return -1;
		if (to != NULL) {
			memcpy(to, page + 4, part);
			to += part;
		}
		left -= part;
		last = number;
		number = store_page_number(page, 4);
	}
	return number == 0 ? 0 : damaged(w, last, err);
}

static int pass_row(struct walk *w, const struct store_page_cell *cell, struct err *err)
{
	struct tree *t = &w->tree;
	const uint8_t *row = cell->here + t->prefix_n;

	t->seen++;
	if (t->seen > t->many || cell->slot != t->seen || cell->payload != t->prefix_n + t->n ||
	    memcmp(cell->here, t->prefix, t->prefix_n) != 0)
		return err_set(err, ERR_INPUT, "%s: damaged: row %zu of table %s", w->f->path,
			t->seen, t->name);
	if (cell->overflow != 0) {
		memcpy(w->row, row, cell->local - t->prefix_n);
		if (take_chain(w->row + cell->local - t->prefix_n, w, cell, err) != 0)
			return -1;
		row = w->row;
	}
	return w->each(w->ctx, t->kind, (uint32_t)t->seen, row, t->n,
		w->closed || store_row_used(row, t->n, t->kind));
}

static int walk_leaf(struct walk *w, const uint8_t *page, size_t number, struct err *err)
{
	const size_t start = number == 1 ? STORE_PAGE_HEADER : 0;
	const size_t cells = store_page_number(page + start + 3, 2);
	int status = 0;

	for (size_t i = 0; i < cells && status == 0; i++) {
		size_t at = store_page_number(page + start + 8 + 2 * i, 2);
		struct store_page_cell cell;

		if (store_page_cell(&cell, page, at) != 0 || cell.slot <= w->tree.last)
			return damaged(w, number, err);
		w->tree.last = cell.slot;
		if (cell.overflow != 0 && page != w->leaf) {
			/* taking its overflow pages takes the page itself away */
			memcpy(w->leaf, page, STORE_PAGE);
			page = w->leaf;
			store_page_cell(&cell, page, at);
		}
		status = w->tree.rows ? pass_row(w, &cell, err) : take_chain(NULL, w, &cell, err);
	}
	return status;
}

static int walk_page(struct walk *w, size_t number, size_t depth, struct err *err);

/* The pages below, and between two of them a key that is not below the left one's. */
static int walk_interior(struct walk *w, const uint8_t *page, size_t number, size_t depth,
	struct err *err)
{
	const size_t start = number == 1 ? STORE_PAGE_HEADER : 0;
	const size_t cells = store_page_number(page + start + 3, 2);
	uint8_t *copy = malloc(STORE_PAGE);
	int status = 0;
	uint64_t key;

	if (copy == NULL)
		return err_nomem(err);
	memcpy(copy, page, STORE_PAGE);
	for (size_t i = 0; i < cells && status == 0; i++) {
		size_t at = store_page_number(copy + start + 12 + 2 * i, 2);

		status = walk_page(w, store_page_number(copy + at, 4), depth + 1, err);
		if (status != 0)
			break;
		store_page_varint(&key, copy + at + 4, STORE_PAGE - at - 4);
		if (key < w->tree.last)
			status = damaged(w, number, err);
		w->tree.last = key;
	}
	if (status == 0)
		status = walk_page(w, store_page_number(copy + start + 8, 4), depth + 1, err);
	free(copy);
	return status;
}

/* A page of a tree, and what is below it. `depth` is 1 for the root. */
static int walk_page(struct walk *w, size_t number, size_t depth, struct err *err)
{
	const size_t start = number == 1 ? STORE_PAGE_HEADER : 0;
	const uint8_t *page;

	if (take_page(&page, w, number, err) != 0)
		return -1;
	if (depth > DEPTH || !store_page_sound(page, start))
		return damaged(w, number, err);
	if (page[start] == STORE_PAGE_INTERIOR)
		return walk_interior(w, page, number, depth, err);
	if (w->tree.depth != 0 && w->tree.depth != depth)
		return damaged(w, number, err);
	w->tree.depth = depth;
	return walk_leaf(w, page, number, err);
}

/* Bytes of SQLite's variable-length number; none here needs more than 3. */
static size_t put_varint(uint8_t *to, size_t v)
{
	size_t n = v < 1 << 7 ? 1 : v < 1 << 14 ? 2 : 3;

	for (size_t i = n; i-- > 0; v >>= 7)
		to[i] = (uint8_t)((v & 0x7f) | (i + 1 < n ? 0x80 : 0));
	return n;
}

/*
 * Before a row's blob: the size of what stands before it, the slot's type (NULL: it is the rowid)
 * and the blob's, 12 + 2n.
 */
static struct tree tree_of(const struct store_header *h, enum record_kind kind)
{
	struct tree t = {.name = store_file_table[kind], .rows = true, .kind = kind,
		.n = h->shape.size[kind] + STORE_ROW_FRAME, .many = h->rows[kind]};

	t.prefix_n = 2 + put_varint(t.prefix + 2, 12 + 2 * t.n);
	t.prefix[0] = (uint8_t)t.prefix_n;
	return t;
}

/* `root` pages are those of the header and of the tables, in the order of the schema. */
static int walk_all(struct walk *w, const struct store_header *h,
	const size_t root[STORE_FILE_TABLES], struct err *err)
{
	int status;

	w->tree = (struct tree){.name = "sqlite_schema"};
	status = walk_page(w, 1, 1, err);
	if (status == 0) {
		w->tree = (struct tree){.name = "header"};
		status = walk_page(w, root[0], 1, err);
	}
	for (int k = 0; k < RECORD_KINDS && status == 0; k++) {
		w->tree = tree_of(h, (enum record_kind)k);
		status = walk_page(w, root[1 + k], 1, err);
		if (status == 0 && w->tree.seen != w->tree.many)
			status = err_set(err, ERR_INPUT,
				"%s: damaged: table %s has %zu rows instead of %zu", w->f->path,
				w->tree.name, w->tree.seen, w->tree.many);
	}
	if (status == 0 && w->reached + (w->pages >= STORE_PAGE_LOCK) != w->pages)
		status = err_set(err, ERR_INPUT, "%s: damaged: %zu pages belong to no table",
			w->f->path, w->pages - w->reached);
	return status;
}

static int find_roots(size_t root[STORE_FILE_TABLES], const struct store_file *f, struct err *err)
{
	sqlite3_stmt *st = NULL;
	size_t n = 0;
	int code;

	if (sqlite3_prepare_v2(f->db, "SELECT rootpage FROM sqlite_schema ORDER BY rowid", -1, &st,
		    NULL) != SQLITE_OK)
		return store_file_fault(f, "cannot be read", err);
	while ((code = sqlite3_step(st)) == SQLITE_ROW && n < STORE_FILE_TABLES)
		root[n++] = (size_t)sqlite3_column_int64(st, 0);
	if (code != SQLITE_DONE)
		store_file_fault(f, "cannot be read", err);
	else if (n != STORE_FILE_TABLES)
		code = err_set(err, ERR_INPUT, "%s: damaged: other tables than a store has", f->path);
	sqlite3_finalize(st);
	return code == SQLITE_DONE ? 0 : -1;
}

static int make_room(struct walk *w, const struct store_header *h, struct err *err)
{
	size_t most = 0;
	struct stat about;

	if (w->image == NULL) {
		if (fstat(w->f->fd, &about) != 0)
			return err_set(err, ERR_IO, "%s: %s", w->f->path, strerror(errno));
		w->pages = (size_t)about.st_size / STORE_PAGE;
		w->window = malloc((size_t)WINDOW * STORE_PAGE);
	}
	for (int k = 0; k < RECORD_KINDS; k++)
		if (h->shape.size[k] > most)
			most = h->shape.size[k];
	w->marks = calloc(w->pages / 8 + 1, 1);
	w->leaf = malloc(STORE_PAGE);
	w->row = malloc(most + STORE_ROW_FRAME);
	if (w->marks == NULL || w->leaf == NULL || w->row == NULL ||
	    (w->image == NULL && w->window == NULL))
		return err_nomem(err);
	return 0;
}

int store_pages_scan(const struct store_file *f, const void *image, size_t n,
	const struct store_header *h, store_scan_row *each, void *ctx, struct err *err)
{
	struct walk w = {.f = f, .image = image, .closed = h->shape.closed, .pages = n / STORE_PAGE,
		.each = each, .ctx = ctx};
	size_t root[STORE_FILE_TABLES];
	int status = -1;

	if (find_roots(root, f, err) == 0 && make_room(&w, h, err) == 0)
		status = walk_all(&w, h, root, err);
	free(w.marks);
	free(w.window);
	free(w.leaf);
	free(w.row);
	return status;
}
