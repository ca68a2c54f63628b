/*
 * narrative_read.h - a narrative's Markdown as a list of blocks with their lines, before anything
 * in it is looked up. CommonMark (md4c) less what a report has no place for: HTML, pictures, code,
 * tables, rules.
 */
#ifndef REPORT_NARRATIVE_READ_H
#define REPORT_NARRATIVE_READ_H

#include "forms/pool.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	NARRATIVE_FILE = 1 << 20, /* bytes a narrative may have */
	NARRATIVE_NESTING = 6,    /* lists and quotations within one another */
	NARRATIVE_BLOCKS = 10000,
	NARRATIVE_PARAGRAPH_MAX = 32 << 10, /* bytes */
};

enum narrative_block_kind {
	NARRATIVE_HEADING,   /* level 1 to 3, text */
	NARRATIVE_PARAGRAPH, /* text */
	NARRATIVE_OPEN_LIST,
	NARRATIVE_OPEN_ITEM,
	NARRATIVE_OPEN_QUOTE,
	NARRATIVE_CLOSE, /* the list, item or quotation that was opened last */
};

/* Words of one line that are set in one way. */
struct narrative_run {
	size_t start, n; /* in the block's text */
	size_t line;     /* of the source, from 1 */
	bool strong, emphasis;
	bool line_break; /* a '\n' that was asked for: two spaces or \ before the line's end */
	const char *link; /* https: or mailto:, or NULL */
};

struct narrative_block {
	enum narrative_block_kind kind;
	unsigned level;
	bool ordered;
	size_t line;
	const char *text; /* UTF-8; lines end with '\n' but the last */
	size_t n;
	const struct narrative_run *runs; /* all of the text, in order */
	size_t n_runs;
};

struct narrative_blocks {
	struct narrative_block *list;
	size_t n;
};

/*
 * Read Markdown. What *out holds belongs to `pool`. Faults: ERR_INPUT ("PLACE: line 12: ..."),
 * ERR_NOMEM.
 */
int narrative_read(struct narrative_blocks *out, struct pool *pool, const char *markdown, size_t n,
                   const char *place, struct err *err);

#endif
