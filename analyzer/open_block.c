/*
 * open_block.c - opening some records. Enters: sealed records. Leaves: decoded answers and texts of
 * those that count, once, for a sink; why the others do not, for the tally.
 *
 * Opening is for many threads at once, one a block; delivering is for one at a time, so that only
 * it knows what was there before.
 */
#include "analyzer/open_block.h"

#include <stdlib.h>
#include <string.h>

struct open_block *open_block_create(enum record_kind kind, size_t size)
{
	struct open_block *b = calloc(1, sizeof(*b));

	if (b == NULL)
		return NULL;
	b->sealed = reallocarray(NULL, OPEN_BLOCK, size);
	if (b->sealed == NULL) {
		free(b);
		return NULL;
	}
	b->kind = kind;
	b->size = size;
	return b;
}

static void drop(struct open_block *b, size_t i)
{
	answers_free(b->core[i]);
	b->core[i] = NULL;
	record_text_finish(&b->text[i]);
}

void open_block_clear(struct open_block *b)
{
	for (size_t i = 0; i < b->n; i++)
		drop(b, i);
	b->n = 0;
}

void open_block_free(struct open_block *b)
{
	if (b == NULL)
		return;
	open_block_clear(b);
	free(b->sealed);
	free(b);
}

void open_block_add(struct open_block *b, const uint8_t *sealed)
{
	memcpy(b->sealed + b->n++ * b->size, sealed, b->size);
}

static int aside(struct open_check *found, enum open_fault fault)
{
	found->fault = fault;
	return 1;
}

/* Open and decode record `i` of a block. Returns 0; 1: set aside; -1 with err set. */
static int open_one(struct open_block *b, size_t i, const struct open_rules *r, uint8_t *plain,
                    struct err *err)
{
	size_t n = b->size - SEAL_OVERHEAD;
	struct open_check *found = &b->found[i];
	struct err reason;
	int status;

	*found = (struct open_check){0};
	if (open_record(r->key, plain, b->sealed + i * b->size, b->size, &reason) != 0)
		return aside(found, OPEN_SEALED);
	if (n < RECORD_HEADER)
		return aside(found, OPEN_MALFORMED);
	if (memcmp(plain + 2, r->digest, RECORD_DIGEST) != 0)
		return aside(found, OPEN_FOREIGN);
	if (b->kind == RECORD_CORE)
		status = encode_read_core(&b->core[i], plain, n, r->digest, &reason);
	else
		status = encode_read_text(&b->text[i], b->kind, plain, n, r->digest, &reason);
	if (status != 0 && reason.code == ERR_NOMEM)
		return err_nomem(err);
	if (status != 0)
		return aside(found, OPEN_MALFORMED);
	if (b->kind == RECORD_CORE)
		return open_check_core(b->core[i], plain + RECORD_HEADER, n - RECORD_HEADER,
		                       r->form, found, err);
	return open_check_text(&b->text[i], b->kind, r->form, found);
}

int open_block_open(struct open_block *b, const struct open_rules *rules, uint8_t *plain,
                    struct err *err)
{
	for (size_t i = 0; i < b->n; i++) {
		int status = open_one(b, i, rules, plain, err);

		if (status < 0)
			return -1;
		b->counts[i] = status == 0;
		if (status != 0)
			drop(b, i);
		open_seen_tag(&b->tag[i], rules->seen, b->sealed + i * b->size, b->size);
	}
	return 0;
}

static int give(struct open_block *b, size_t i, const struct open_sink *sink, struct err *err)
{
	struct answers *a = b->core[i];
	struct record_text text = b->text[i];

	if (b->kind == RECORD_CORE ? sink->core == NULL : sink->text == NULL)
		return 0;
	b->core[i] = NULL;
	b->text[i] = (struct record_text){0};
	return b->kind == RECORD_CORE ? sink->core(sink->ctx, a, err)
	                              : sink->text(sink->ctx, b->kind, &text, err);
}

int open_block_deliver(struct open_block *b, struct open_tally *tally, struct open_seen *seen,
                       const struct open_sink *sink, struct err *err)
{
	for (size_t i = 0; i < b->n; i++)
		open_seen_expect(seen, &b->tag[i]);
	for (size_t i = 0; i < b->n; i++) {
		const struct open_check *found = &b->found[i];
		uint32_t before;
		int twice = 0;

		/* what cannot be opened may begin as another record does, and is not that record */
		if (b->counts[i] || found->fault != OPEN_SEALED)
			twice = open_seen_add(seen, &before, &b->tag[i], 0);
		if (twice < 0)
			return err_nomem(err);
		tally->records[b->kind]++;
		if (twice > 0) {
			tally->aside[b->kind][OPEN_TWICE]++;
		} else if (!b->counts[i]) {
			tally->aside[b->kind][found->fault]++;
			if (found->fault == OPEN_MISTAKE)
				tally->mistakes[b->kind][found->mistake]++;
		} else {
			tally->tidied += found->tidied;
			if (give(b, i, sink, err) != 0)
				return -1;
		}
	}
	return 0;
}
