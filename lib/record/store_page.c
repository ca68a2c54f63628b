/*
 * store_page.c - cells of a page. In: the bytes of a page of a store, trusted in nothing. Out:
 * numbers, and where a row's bytes are.
 */
#include "lib/record/store_page.h"

#include <stdlib.h>

enum {
	LOCAL_MOST = STORE_PAGE - 35,
	LOCAL_LEAST = (STORE_PAGE - 12) * 32 / 255 - 23,
	SPAN_LEAST = 4, /* bytes that a cell or a free block takes */
	SPANS = STORE_PAGE / SPAN_LEAST,
};

size_t store_page_number(const uint8_t *from, size_t n)
{
	size_t v = 0;

	for (size_t i = 0; i < n; i++)
		v = v << 8 | from[i];
	return v;
}

size_t store_page_varint(uint64_t *out, const uint8_t *from, size_t n)
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

int store_page_cell(struct store_page_cell *out, const uint8_t page[STORE_PAGE], size_t at)
{
	size_t one, two;

	one = store_page_varint(&out->payload, page + at, STORE_PAGE - at);
	two = store_page_varint(&out->slot, page + at + one, STORE_PAGE - at - one);
	if (one == 0 || two == 0)
		return -1;
	at += one + two;
	out->here = page + at;
	out->overflow = 0;
	if (out->payload <= LOCAL_MOST) {
		out->local = (size_t)out->payload;
		out->end = at + out->local;
		return out->end <= STORE_PAGE ? 0 : -1;
	}
	out->local = LOCAL_LEAST + (size_t)((out->payload - LOCAL_LEAST) % STORE_PAGE_CHUNK);
	if (out->local > LOCAL_MOST)
		out->local = LOCAL_LEAST;
	out->end = at + out->local + 4;
	if (out->end > STORE_PAGE)
		return -1;
	out->overflow = store_page_number(page + at + out->local, 4);
	return 0;
}

/* Bytes of a page that one cell or free block takes. */
struct span {
	size_t start, end;
};

struct spans {
	struct span list[SPANS];
	size_t n;
};

static int span_add(struct spans *s, size_t start, size_t end)
{
	if (end < start + SPAN_LEAST)
		end = start + SPAN_LEAST;
	if (end > STORE_PAGE || s->n == SPANS)
		return -1;
	s->list[s->n++] = (struct span){start, end};
	return 0;
}

static int add_cells(struct spans *s, const uint8_t *page, size_t start)
{
	const bool leaf = page[start] == STORE_PAGE_LEAF;
	const size_t cells = store_page_number(page + start + 3, 2);
	const size_t content = store_page_number(page + start + 5, 2);
	const size_t pointers = start + (leaf ? 8 : 12);
	struct store_page_cell cell;
	uint64_t slot;

	if (content > STORE_PAGE || pointers + 2 * cells > content)
		return -1;
	for (size_t i = 0; i < cells; i++) {
		size_t at = store_page_number(page + pointers + 2 * i, 2), n;

		if (at < content || at + SPAN_LEAST > STORE_PAGE)
			return -1;
		if (leaf && store_page_cell(&cell, page, at) != 0)
			return -1;
		n = leaf ? 1 : store_page_varint(&slot, page + at + 4, STORE_PAGE - at - 4);
		if (n == 0 || span_add(s, at, leaf ? cell.end : at + 4 + n) != 0)
			return -1;
	}
	return 0;
}

/* A chain from the front of the page to its end. */
static int add_free(struct spans *s, const uint8_t *page, size_t start)
{
	size_t at = store_page_number(page + start + 1, 2), next;

	for (; at != 0; at = next) {
		if (at + SPAN_LEAST > STORE_PAGE ||
		    span_add(s, at, at + store_page_number(page + at + 2, 2)) != 0)
			return -1;
		next = store_page_number(page + at, 2);
		if (next != 0 && next < s->list[s->n - 1].end)
			return -1;
	}
	return 0;
}

static int by_start_down(const void *a, const void *b)
{
	const struct span *x = a, *y = b;

	return x->start < y->start ? 1 : x->start > y->start ? -1 : 0;
}

/* A table that was filled in its order has its cells from the end of the page towards the front. */
static void sort_down(struct spans *s)
{
	for (size_t i = 1; i < s->n; i++)
		if (s->list[i].start > s->list[i - 1].start) {
			qsort(s->list, s->n, sizeof s->list[0], by_start_down);
			return;
		}
}

bool store_page_sound(const uint8_t page[STORE_PAGE], size_t start)
{
	struct spans s;
	size_t at = STORE_PAGE, lost = 0;

	s.n = 0;
	if ((page[start] != STORE_PAGE_LEAF && page[start] != STORE_PAGE_INTERIOR) ||
	    add_cells(&s, page, start) != 0 || add_free(&s, page, start) != 0)
		return false;
	sort_down(&s);
	for (size_t i = 0; i < s.n; i++) {
		if (s.list[i].end > at)
			return false;
		lost += at - s.list[i].end;
		at = s.list[i].start;
	}
	if (at < store_page_number(page + start + 5, 2))
		return false;
	lost += at - store_page_number(page + start + 5, 2);
	return lost == page[start + 7];
}
