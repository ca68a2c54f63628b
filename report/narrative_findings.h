/* narrative_findings.h - the key findings of a series by rule, as the Markdown of a list. */
#ifndef REPORT_NARRATIVE_FINDINGS_H
#define REPORT_NARRATIVE_FINDINGS_H

#include "report/narrative_text.h"

/* Findings that a report begins with. */
enum { NARRATIVE_FINDINGS = 5 };

/* One finding as a sentence. */
void narrative_findings_sentence(struct buf *out, const struct edition *e,
                                 const struct figure_finding *f);
/* A list with an item for each finding, its figures as directives; nothing when there are none. */
void narrative_findings_write(struct buf *out, const struct edition *e,
                              const struct figure_finding *list, size_t n);

/* Add the same list to `parent`. Returns 0, or -1 with n->err. */
int narrative_findings(struct narrative *n, struct document_block *parent);

#endif
