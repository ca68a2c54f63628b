/*
 * store_audit_pages.c - the file under the rows. In: the raw pages of a store. Out: how many hold
 * bytes that belong to no row: what a deletion, a vacuum or another program has left behind. SQLite
 * itself never shows them. The layout is that of sqlite.org/fileformat2.html, 1.6 ("B-tree pages")
 * and 1.7 ("Overflow pages"); nothing in the file is trusted.
 */
#include "lib/record/store_audit_pages.h"

#include "lib/record/store_page.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct walk {
	const struct store_file *f;
	size_t pages, reached;
	uint64_t slack;
	uint8_t page[STORE_PAGE], next[STORE_PAGE];
};

static int damaged(const struct walk *w, size_t number, struct err *err)
{
	return err_set(err, ERR_INPUT, "%s: damaged: page %zu", w->f->path, number);
}

/* Pages are numbered from 1. */
static int read_page(const struct walk *w, uint8_t *to, size_t number, struct err *err)
{
	size_t have = 0;

	if (number < 1 || number > w->pages)
		return damaged(w, number, err);
	while (have < STORE_PAGE) {
		ssize_t got = pread(w->f->fd, to + have, STORE_PAGE - have,
			(off_t)(number - 1) * STORE_PAGE + (off_t)have);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return err_set(err, ERR_IO, "%s: %s", w->f->path,
				got < 0 ? strerror(errno) : "has become shorter");
		have += (size_t)got;
	}
	return 0;
}

static bool zeros(const uint8_t *bytes, size_t n)
{
	return n == 0 || (bytes[0] == 0 && memcmp(bytes, bytes + 1, n - 1) == 0);
}

/* The part of a row that has pages of its own: after its end there must be nothing. */
static int walk_chain(struct walk *w, size_t number, uint64_t left, struct err *err)
{
	while (left > 0) {
		size_t part = left < STORE_PAGE_CHUNK ? (size_t)left : STORE_PAGE_CHUNK;

		if (w->reached >= w->pages)
			return damaged(w, number, err);
		if (read_page(w, w->next, number, err) != 0)
			return -1;
		w->reached++;
		w->slack += !zeros(w->next + 4 + part, STORE_PAGE_CHUNK - part);
		number = store_page_number(w->next, 4);
		left -= part;
	}
	return 0;
}

static int walk_cell(struct walk *w, size_t number, size_t at, struct err *err)
{
	struct store_page_cell cell;

	if (store_page_cell(&cell, w->page, at) != 0)
		return damaged(w, number, err);
	return walk_chain(w, cell.overflow, cell.payload - cell.local, err);
}

/* A leaf of a tree: its header, pointers to its cells, a gap, and the cells up to the end. */
static int walk_leaf(struct walk *w, size_t number, struct err *err)
{
	const size_t start = number == 1 ? STORE_PAGE_HEADER : 0;
	const uint8_t *head = w->page + start;
	const size_t cells = store_page_number(head + 3, 2), content = store_page_number(head + 5, 2);
	const size_t pointers = start + 8;

	if (pointers + 2 * cells > content || content > STORE_PAGE)
		return damaged(w, number, err);
	/* no free blocks, no fragments, nothing in the gap */
	w->slack += store_page_number(head + 1, 2) != 0 || head[7] != 0 ||
	            !zeros(w->page + pointers + 2 * cells, content - pointers - 2 * cells);
	for (size_t i = 0; i < cells; i++) {
		size_t at = store_page_number(w->page + pointers + 2 * i, 2);

		if (at < content || at >= STORE_PAGE)
			return damaged(w, number, err);
		if (walk_cell(w, number, at, err) != 0)
			return -1;
	}
	return 0;
}

static int walk_all(struct walk *w, struct err *err)
{
	for (size_t number = 1; number <= w->pages; number++) {
		uint8_t type;

		if (read_page(w, w->page, number, err) != 0)
			return -1;
		type = w->page[number == 1 ? STORE_PAGE_HEADER : 0];
		if (number == STORE_PAGE_LOCK) {
			w->reached++;
			w->slack += !zeros(w->page, STORE_PAGE);
		} else if (type == STORE_PAGE_LEAF) {
			w->reached++;
			if (walk_leaf(w, number, err) != 0)
				return -1;
		} else if (type == STORE_PAGE_INTERIOR) {
			/* numbers of pages and rows; of old ones, too, but never a row's bytes */
			w->reached++;
		}
		/* an overflow page begins with the next one's number, so with 0: walk_chain() */
	}
	if (w->reached < w->pages)
		w->slack += w->pages - w->reached;
	return 0;
}

int store_audit_pages(uint64_t *out, const struct store_file *f, struct err *err)
{
	struct walk *w = calloc(1, sizeof *w);
	struct stat about;
	int status = -1;

	*out = 0;
	if (w == NULL)
		return err_nomem(err);
	w->f = f;
	if (fstat(f->fd, &about) != 0) {
		err_set(err, ERR_IO, "%s: %s", f->path, strerror(errno));
	} else {
		w->pages = (size_t)about.st_size / STORE_PAGE;
		status = walk_all(w, err);
		*out = w->slack;
	}
	free(w);
	return status;
}
