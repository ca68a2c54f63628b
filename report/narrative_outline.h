/*
 * narrative_outline.h - what a narrative says, less its words: headings and directives, so that
 * narratives in several languages can be compared.
 */
#ifndef REPORT_NARRATIVE_OUTLINE_H
#define REPORT_NARRATIVE_OUTLINE_H

#include "forms/pool.h"
#include "lib/base/err.h"

#include <stddef.h>

struct narrative_outline_entry {
	const char *text; /* "# ", "number services.nsp.same count" */
	size_t line;
};

struct narrative_outline {
	struct narrative_outline_entry *list;
	size_t n;
};

/*
 * In order; the directives of one paragraph sorted, because languages differ in the order of words.
 * Names ({{label}}, {{group}}, {{title}}) are words and not in it. What *out holds belongs to
 * `pool`. Faults: narrative_read()'s, a directive that is none.
 */
int narrative_outline_list(struct narrative_outline *out, struct pool *pool, const char *markdown,
                           size_t n, const char *place, struct err *err);

#endif
