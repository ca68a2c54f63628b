/* show_paper_parts.h - what the files of the paper version share among themselves. */
#ifndef FORMS_SHOW_PAPER_PARTS_H
#define FORMS_SHOW_PAPER_PARTS_H

#include "forms/condition.h"
#include "forms/show.h"
#include "forms/show_route.h"

/* One paper. All pointers are borrowed. */
struct show_paper {
	const struct show *show;
	const struct show_route *route;
	struct condition_words words; /* with numbers */
	const char *language;         /* BCP 47 */
	const char *arrow;            /* in the direction of reading */
};

/* A text of the questionnaire in the paper's language, or "". */
const char *show_paper_text(const struct show_paper *p, const struct form_text *t);

/* One of our own words, escaped; with up to two {places} (NULL: none), escaped as well. */
void show_paper_word(struct buf *out, const struct show_paper *p, const char *name);
void show_paper_words(struct buf *out, const struct show_paper *p, const char *name,
                      const char *place, const char *value, const char *place2,
                      const char *value2);

/* "Only if ..." as it stands before a row or a note; nothing when `e` is NULL. */
void show_paper_condition(struct buf *out, const struct show_paper *p, const struct expression *e);

/* Behind an answer: "go to question 14"; nothing for SHOW_ROUTE_NEXT. */
void show_paper_go(struct buf *out, const struct show_paper *p, size_t to);

/* Behind the question: how many boxes to tick; nothing for types without boxes. */
void show_paper_ticks(struct buf *out, const struct show_paper *p, const struct form_question *q);

/* How to answer: the questionnaire's hint and ours. */
void show_paper_hint(struct buf *out, const struct show_paper *p, const struct form_question *q);

/* Where people tick and write. */
void show_paper_answer(struct buf *out, const struct show_paper *p, const struct form_question *q);

/* The style sheet. */
const char *show_paper_style(void);

#endif
