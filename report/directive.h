/*
 * directive.h - what stands in double braces in a narrative: {{chart services by region}}. The
 * words only: what they name is looked up by directive_target.h.
 */
#ifndef REPORT_DIRECTIVE_H
#define REPORT_DIRECTIVE_H

#include "forms/pool.h"
#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "report/figure.h"
#include "report/value.h"

enum directive_kind {
	DIRECTIVE_CHART, /* these stand in a paragraph of their own ... */
	DIRECTIVE_TABLE,
	DIRECTIVE_CALLOUT,
	DIRECTIVE_PARAGRAPH,
	DIRECTIVE_FINDINGS,
	DIRECTIVE_SIDE,
	DIRECTIVE_PEOPLE,
	DIRECTIVE_CHANGES,
	DIRECTIVE_NUMBER, /* ... these in a text */
	DIRECTIVE_CHANGE,
	DIRECTIVE_LABEL,
	DIRECTIVE_GROUP,
	DIRECTIVE_TITLE,
	DIRECTIVE_NOTE,
	DIRECTIVE_CITED,
};

struct directive {
	enum directive_kind kind;
	const char *path;     /* "services.naloxone.harder", a group's or a section's id; or NULL */
	enum figure_by by;
	bool chosen;          /* with `as` */
	enum chart_kind as;
	bool given;           /* a value is named; else it is VALUE_PERCENT */
	enum value_kind value;
	const char *group;    /* behind `in`, or NULL */
	size_t words, n_words; /* of a note, of what is cited: where they stand in the text */
};

/*
 * Read the text between the braces. Texts of *out belong to `pool`. Faults: ERR_INPUT, without a
 * place; ERR_NOMEM.
 */
int directive_parse(struct directive *out, struct pool *pool, const char *text, size_t n,
                    struct err *err);

/*
 * Bytes of the white space that begins at `at`, 0: none does. Spaces that do not break are among
 * it: editors put them in where nobody sees them.
 */
size_t directive_space(const char *at, const char *end);

/* Do these words begin as a directive does: with a name and nothing but a space or } behind it? */
bool directive_begins(const char *text, size_t n);

/* Does it stand in a paragraph of its own? */
bool directive_is_block(enum directive_kind kind);
const char *directive_name(enum directive_kind kind); /* "chart" */

/* The directive in its one form, without words of a language: "number services.nsp.same count". */
void directive_write(struct buf *out, const struct directive *v);

#endif
