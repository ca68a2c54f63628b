/*
 * relevance_css_parts.h - what the files of relevance_css share.
 *
 * relevance_css.c        and, or, not; what depends on what; the style sheet
 * relevance_css_leaf.c   a comparison or a function: for which answers it holds
 * relevance_css_state.c  the answers that a field can have, and sets of them as selectors
 * relevance_css_rule.c   conditions as compound selectors
 */
#ifndef FORMS_RELEVANCE_CSS_PARTS_H
#define FORMS_RELEVANCE_CSS_PARTS_H

#include "forms/form.h"
#include "lib/base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* --- rules --- */

/*
 * A condition as a compound selector on the form's element: ":has(#q-well-no:checked)". Start as
 * {0}, which is always; end with relevance_css_rule_finish(). A failed buf is out of memory.
 */
struct relevance_css_rule {
	bool never;      /* no state of the form fulfils it; `text` is empty then */
	struct buf text; /* empty: always, unless `never` */
};

enum { RELEVANCE_CSS_RULE = 12 << 10 }; /* bytes; a longer rule is not worth its weight */

void relevance_css_rule_finish(struct relevance_css_rule *r);
void relevance_css_rule_set(struct relevance_css_rule *r, const struct relevance_css_rule *from);
void relevance_css_rule_never(struct relevance_css_rule *r);
bool relevance_css_rule_always(const struct relevance_css_rule *r);
bool relevance_css_rule_equal(const struct relevance_css_rule *a,
                              const struct relevance_css_rule *b);
/* r = r and b; r = r or b; r = not r */
void relevance_css_rule_and(struct relevance_css_rule *r, const struct relevance_css_rule *b);
void relevance_css_rule_or(struct relevance_css_rule *r, const struct relevance_css_rule *b);
void relevance_css_rule_not(struct relevance_css_rule *r);

/* --- states --- */

enum {
	RELEVANCE_CSS_STATES = 640, /* of one field */
	RELEVANCE_CSS_MENTIONED = 4, /* choices of a select-many that one comparison names */
};

/* A field that a comparison reads, and what may have been answered there. */
struct relevance_css_field {
	const struct form_question *question;
	const struct form_row *row; /* NULL: the question itself */
	const char *name;           /* the field's */
	size_t n;                   /* states; the first is "nothing" */
	const char *value[RELEVANCE_CSS_STATES]; /* of all types but select-many */
	char (*numbers)[32];        /* what `value` points to, for scales and years */
	/* select-many: choices that are named one by one, all others count only */
	const struct form_choice *mentioned[RELEVANCE_CSS_MENTIONED];
	size_t n_mentioned;
	const struct form_choice **others;
	size_t n_others;
	const char *alone[FORM_CHOICES + 1]; /* exclusive ones, then "declined" */
	size_t n_alone;
};

/*
 * Find the states of a field. `leaf` is the comparison it stands in. Returns 1 when CSS cannot
 * tell them apart, 0 when it can, -1 when memory runs out.
 */
int relevance_css_state_find(struct relevance_css_field *out, const struct form *f,
                             const char *field, const struct expression *leaf);
void relevance_css_state_finish(struct relevance_css_field *v);

/* Put the answer that state `i` is into `a`. */
int relevance_css_state_answer(struct answers *a, const struct relevance_css_field *v, size_t i,
                               struct err *err);

/* r = the field is in one of the states with `in[i]`; in[0], nothing, must be false. */
void relevance_css_state_rule(struct relevance_css_rule *r, const struct relevance_css_field *v,
                              const bool *in);

/* --- leaves --- */

/* For each question and row: when it is asked, at most and at least (see relevance_css.c). */
struct relevance_css_asked {
	struct relevance_css_rule most, least;
	bool exact;
};

struct relevance_css_compiler {
	const struct form *form;
	struct relevance_css_asked *asked; /* by question */
	const char *const *columns; /* of the choice that a choice_filter is compiled for; or NULL */
	bool exact;  /* everything so far says exactly what its expression says */
	bool failed; /* out of memory */
};

/*
 * A comparison, a function or a constant; or anything that reads one field only, which makes
 * shorter rules. `most`: the rule must hold whenever the expression does; else it must hold only
 * when the expression does.
 */
void relevance_css_leaf(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                        const struct expression *e, bool most);

/* The same, but false, with nothing done, where CSS cannot see what is answered. */
bool relevance_css_leaf_try(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                            const struct expression *e, bool most);

/* Any expression. */
void relevance_css_compile(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                           const struct expression *e, bool most);

/* r = r and the field's question (and row) is asked. */
void relevance_css_and_asked(struct relevance_css_rule *r, struct relevance_css_compiler *c,
                             const struct form_question *q, const struct form_row *row, bool most);

#endif
