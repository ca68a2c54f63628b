/*
 * open_block.h - some sealed records of one kind and size, and what came of them. For open_store.c.
 */
#ifndef ANALYZER_OPEN_BLOCK_H
#define ANALYZER_OPEN_BLOCK_H

#include "analyzer/open.h"
#include "analyzer/open_check.h"
#include "analyzer/open_seen.h"

#include <stdbool.h>

enum { OPEN_BLOCK = 64 };

struct open_block {
	enum record_kind kind;
	size_t n, size; /* records; bytes of each */
	uint8_t *sealed;
	bool counts[OPEN_BLOCK];             /* opened and in order; else set aside */
	struct open_check found[OPEN_BLOCK]; /* why, and what else is to be told */
	struct answers *core[OPEN_BLOCK];    /* of a core record that counts */
	struct record_text text[OPEN_BLOCK]; /* of a text that counts */
	struct open_seen_tag tag[OPEN_BLOCK];
	struct open_block *next; /* for whoever keeps it */
};

/* NULL: out of memory. */
struct open_block *open_block_create(enum record_kind kind, size_t size);
void open_block_free(struct open_block *b); /* wipes; NULL is fine */
/* Forget what came of the records, and the records. */
void open_block_clear(struct open_block *b);

/* Add a sealed record of the block's size: copied. It has room for OPEN_BLOCK. */
void open_block_add(struct open_block *b, const uint8_t *sealed);

/* What opening needs to know; shared by threads. */
struct open_rules {
	const struct open_key *key;
	const struct form *form;
	const uint8_t *digest; /* of the questionnaire */
	const struct open_seen *seen;
};

/* Open, decode and check. `plain` has room for a record. -1 with err set (ERR_NOMEM). */
int open_block_open(struct open_block *b, const struct open_rules *rules, uint8_t *plain,
                    struct err *err);

/*
 * Add what came of the records to `tally`, and give those that count and are not in `seen` to
 * `sink`, which owns them from then on; all that opened are in `seen` afterwards. One call at a
 * time. -1 with err set: by the sink, or ERR_NOMEM.
 */
int open_block_deliver(struct open_block *b, struct open_tally *tally, struct open_seen *seen,
                       const struct open_sink *sink, struct err *err);

#endif
