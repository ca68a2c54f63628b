/* narrative_init.h - one question of a first narrative: narrative.h has the whole. */
#ifndef REPORT_NARRATIVE_INIT_H
#define REPORT_NARRATIVE_INIT_H

#include "report/edition.h"

/* Shares of regions that differ by so many tenths of a percent are shown. */
enum { NARRATIVE_INIT_UNEVEN = 150 };

/* A heading, a chart, a sentence; where regions differ, the same by region. As Markdown. */
void narrative_init_question(struct buf *out, const struct edition *e,
                             const struct form_question *q);

#endif
