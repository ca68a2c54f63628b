/* narrative_words.h - words of the questionnaire and directives, as the Markdown of a narrative. */
#ifndef REPORT_NARRATIVE_WORDS_H
#define REPORT_NARRATIVE_WORDS_H

#include "report/edition.h"

/* Plain words so that Markdown reads them as they are. */
void narrative_words_escape(struct buf *out, const char *text);

/*
 * A label of the questionnaire, by the path that {{label}} would have: its words, or the directive
 * where words could be mistaken (a percentage, braces).
 */
void narrative_words_label(struct buf *out, const char *path, const char *text);

/* "QUESTION[.ROW]", "QUESTION[.ROW].ANSWER"; row NULL: none. */
void narrative_words_path(struct buf *out, const struct form_question *q, const char *row,
                          const char *answer);

/* The label of a table's answer, with its row's before it: "Naloxone: harder". */
void narrative_words_answer(struct buf *out, const struct edition *e, const struct form_question *q,
                            const struct release_table *t, size_t answer);
/* {{number QUESTION.ROW.ANSWER in GROUP}}; group 0: everyone. */
void narrative_words_number(struct buf *out, const struct edition *e, const struct release_table *t,
                            size_t answer, size_t group);
/* {{number QUESTION.ROW base in GROUP}}: of how many people those are shares. */
void narrative_words_base(struct buf *out, const struct edition *e, const struct release_table *t,
                          size_t group);
void narrative_words_change(struct buf *out, const struct release_table *t, size_t answer);
/* {{group 150}} */
void narrative_words_group(struct buf *out, const struct edition *e, size_t group);

#endif
