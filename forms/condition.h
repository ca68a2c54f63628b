/*
 * condition.h - a relevance expression in words, "you answered “Yes” to question 7", for the
 * page, for paper and for the outline.
 */
#ifndef FORMS_CONDITION_H
#define FORMS_CONDITION_H

#include "forms/form.h"
#include "forms/words.h"
#include "lib/base/buf.h"

#include <stddef.h>

/* In which words; all pointers are borrowed. */
struct condition_words {
	const struct form *form;
	const struct words *words;
	size_t language; /* index in form.languages */
	/*
	 * By the question's index its number, 0 for those that have none: questions are then named
	 * by number and rows 17.2. NULL: by their text, and only what makes a short sentence.
	 */
	const size_t *numbers;
};

/*
 * Append the condition as plain text, a clause that "only if" can stand before. Returns -1 and
 * leaves `out` as it was when the expression is not simple enough to be said.
 */
int condition_put(struct buf *out, const struct condition_words *w, const struct expression *e);

/* Two texts joined by "or" or "and"; `last`: they are the last of the list. */
void condition_join(struct buf *out, const struct condition_words *w, const char *text, bool any,
                    bool last);

/*
 * The numbers (w->numbers, not NULL) of the questions that an expression depends on, also through
 * calculations: "4, 7 and 9". Nothing where it depends on none.
 */
void condition_sources(struct buf *out, const struct condition_words *w,
                       const struct expression *e);

#endif
