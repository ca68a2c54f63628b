/*
 * store_audit_pages.c - the file under the rows. In: the raw pages of a store. Out: how many hold
 * bytes that belong to no row: what a deletion, a vacuum or another program has left behind. SQLite
 * itself never shows them. The layout is that of sqlite.org/fileformat2.html, 1.6 ("B-tree pages")
 * and 1.7 ("Overflow pages"); nothing in the file is trusted.
 */
#include "lib/record/store_audit_pages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	LEAF = 13,
	INTERIOR = 5,
	FILE_HEADER = 100,                        /* before page 1's own */
	LOCK_PAGE = 0x40000000 / STORE_PAGE + 1,  /* SQLite never uses it */
	CHUNK = STORE_PAGE - 4,                   /* of a payload, in an overflow page */
	LOCAL_MOST = STORE_PAGE - 35,
	LOCAL_LEAST = (STORE_PAGE - 12) * 32 / 255 - 23,
};

struct walk {
	const struct store_file *f;
	size_t pages, reached;
	uint64_t slack;
	uint8_t page[STORE_PAGE], next[STORE_PAGE];
};

static size_t get(const uint8_t *from, size_t n)
{
	size_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | from[i];
	return v;
}

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

/* SQLite's variable-length number; 0: it does not end within `n` bytes. */
static size_t get_varint(uint64_t *out, const uint8_t *from, size_t n)
{
	uint64_t v = 0;

	*out = 0;
	for (size_t i = 0; i < n && i < 9; i++) {
		if (i == 8) {
			*out = v << 8 | from[i];
			return 9;
		}
		v = v << 7 | (from[i] & 0x7f);
		if (from[i] < 0x80) {
			*out = v;
			return i + 1;
		}
	}
	return 0;
}

/* The part of a row that has pages of its own: after its end there must be nothing. */
static int walk_chain(struct walk *w, size_t number, uint64_t left, struct err *err)
{
	while (left > 0) {
		size_t part = left < CHUNK ? (size_t)left : CHUNK;

		if (w->reached >= w->pages)
			return damaged(w, number, err);
		if (read_page(w, w->next, number, err) != 0)
			return -1;
		w->reached++;
		w->slack += !zeros(w->next + 4 + part, CHUNK - part);
		number = get(w->next, 4);
		left -= part;
	}
	return 0;
}

static int walk_cell(struct walk *w, size_t number, size_t at, struct err *err)
{
	uint64_t payload, slot;
	size_t one, two, local;

	one = get_varint(&payload, w->page + at, STORE_PAGE - at);
	two = get_varint(&slot, w->page + at + one, STORE_PAGE - at - one);
	if (one == 0 || two == 0)
		return damaged(w, number, err);
	at += one + two;
	if (payload <= LOCAL_MOST)
		return at + payload <= STORE_PAGE ? 0 : damaged(w, number, err);
	local = LOCAL_LEAST + (size_t)((payload - LOCAL_LEAST) % CHUNK);
	if (local > LOCAL_MOST)
		local = LOCAL_LEAST;
	if (at + local + 4 > STORE_PAGE)
		return damaged(w, number, err);
	return walk_chain(w, get(w->page + at + local, 4), payload - local, err);
}

/* A leaf of a tree: its header, pointers to its cells, a gap, and the cells up to the end. */
static int walk_leaf(struct walk *w, size_t number, struct err *err)
{
	const size_t start = number == 1 ? FILE_HEADER : 0;
	const uint8_t *head = w->page + start;
	const size_t cells = get(head + 3, 2), content = get(head + 5, 2);
	const size_t pointers = start + 8;

	if (pointers + 2 * cells > content || content > STORE_PAGE)
		return damaged(w, number, err);
	/* no free blocks, no fragments, nothing in the gap */
	w->slack += get(head + 1, 2) != 0 || head[7] != 0 ||
	            !zeros(w->page + pointers + 2 * cells, content - pointers - 2 * cells);
	for (size_t i = 0; i < cells; i++) {
		size_t at = get(w->page + pointers + 2 * i, 2);

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
		type = w->page[number == 1 ? FILE_HEADER : 0];
		if (number == LOCK_PAGE) {
			w->reached++;
			w->slack += !zeros(w->page, STORE_PAGE);
		} else if (type == LEAF) {
			w->reached++;
			if (walk_leaf(w, number, err) != 0)
				return -1;
		} else if (type == INTERIOR) {
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
