/* stubs.c - until each is written; nothing of this stays. */
#include "report/figure.h"
#include "report/layout.h"
#include "report/methods.h"

/* figure */
enum figure_result figure_chart(struct document *d, struct document_block *p, const struct figure_ask *a, struct err *e) { (void)d; (void)p; (void)a; (void)e; return FIGURE_DONE; }
enum figure_result figure_table(struct document *d, struct document_block *p, const struct figure_ask *a, struct err *e) { (void)d; (void)p; (void)a; (void)e; return FIGURE_DONE; }
void figure_people(struct document *d) { document_add_section(d, NULL, 1, document_word(d, "people.title"))->id = "people"; }
void figure_changes(struct document *d) { if (d->edition->previous) document_add_section(d, NULL, 1, "changes")->id = "changes"; }
const char *figure_say(struct document *d, const struct form_question *q, int r, enum figure_by b) { (void)d; (void)r; (void)b; return q->id; }
size_t figure_findings(struct figure_finding *o, size_t c, const struct edition *e) { (void)o; (void)c; (void)e; return 0; }
void figure_annex(struct document *d) { (void)d; }
bool figure_comparable(const struct edition *e, const struct form_question *q) { (void)e; (void)q; return false; }
size_t figure_tables(const struct release_table **o, size_t c, const struct release *r, const struct form_question *q) { (void)o; (void)c; (void)r; (void)q; return 0; }


/* web */

#include "report/report.h"
int report_init(const struct report_request *r) { (void)r; return 1; }
int report_check(const struct report_request *r) { (void)r; return 1; }
