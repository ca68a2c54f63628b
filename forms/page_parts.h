/* page_parts.h - what the files of the page share among themselves. */
#ifndef FORMS_PAGE_PARTS_H
#define FORMS_PAGE_PARTS_H

#include "forms/page.h"

/* BCP 47 code of the page's language. */
const char *page_language(const struct page *p);

/* A text of the questionnaire in the page's language, or "". */
const char *page_label(const struct page *p, const struct form_text *t);

/* One of our own words, escaped; with up to two {places} (NULL: none), escaped as well. */
void page_word(struct buf *out, const struct page *p, const char *name);
void page_words(struct buf *out, const struct page *p, const char *name, const char *place,
                const char *value, const char *place2, const char *value2);

/* Everything around a page's own content. `mark` says that the tab's title tells of a mistake. */
void page_begin(struct buf *out, const struct page *p, const char *path, bool mark);
void page_end(struct buf *out, const struct page *p);

/* What happens to the answers: the promises in short, and behind them the whole notice. */
void page_promise(struct buf *out, const struct page *p);

/* That the answers below are not stored, and when to send them again. */
void page_unsent(struct buf *out, const struct page *p);

/* One question: label, condition, hint, mistake, controls. */
void page_question(struct buf *out, const struct page *p, const struct form_question *q);

/* Its controls. `hint`: the question has a hint that they are described by. */
void page_control(struct buf *out, const struct page *p, const struct form_question *q, bool hint);

/* Is there a mistake in this question (`row` NULL) or in this row of it? */
bool page_at_fault(const struct page *p, const struct form_question *q,
                   const struct form_row *row);

/* The mistakes of a question or row, in an element that its controls are described by. */
void page_faults(struct buf *out, const struct page *p, const struct form_question *q,
                 const struct form_row *row);

/* The attributes that say which hint and mistake describe a question or, `control`, its controls. */
void page_described(struct buf *out, const struct page *p, const struct form_question *q, bool hint,
                    bool control);

/* The id of the control that a link to a mistake goes to. */
void page_target(struct buf *out, const struct accept_finding *found);

/* The message of a finding, escaped. */
void page_fault(struct buf *out, const struct page *p, const struct accept_finding *found);

/* "Only if you answered ..." as a paragraph; nothing when `e` is NULL. */
void page_condition(struct buf *out, const struct page *p, const struct expression *e);

/* The number as people write it, with no more digits than it needs. */
void page_number(char out[32], double x);

/* The order in which a question's choices stand: `order` has room for q->n_choices. */
void page_order(size_t *order, const struct page *p, const struct form_question *q);

#endif
