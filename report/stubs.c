/* stubs.c - until each is written; nothing of this stays. */
#include "report/figure.h"
#include "report/layout.h"
#include "report/methods.h"
#include "report/narrative.h"

/* figure */
enum figure_result figure_chart(struct document *d, struct document_block *p, const struct figure_ask *a, struct err *e) { (void)d; (void)p; (void)a; (void)e; return FIGURE_DONE; }
enum figure_result figure_table(struct document *d, struct document_block *p, const struct figure_ask *a, struct err *e) { (void)d; (void)p; (void)a; (void)e; return FIGURE_DONE; }
void figure_people(struct document *d) { document_add_section(d, NULL, 1, document_word(d, "people.title"))->id = "people"; }
void figure_annex(struct document *d) { (void)d; }
bool figure_comparable(const struct edition *e, const struct form_question *q) { (void)e; (void)q; return false; }
size_t figure_tables(const struct release_table **o, size_t c, const struct release *r, const struct form_question *q) { (void)o; (void)c; (void)r; (void)q; return 0; }

/* narrative */
int narrative_build(struct document *d, const char *m, size_t n, const char *p, struct findings *f, struct err *e) { (void)d; (void)m; (void)n; (void)p; (void)f; (void)e; return 0; }
void narrative_init(struct buf *o, const struct edition *e) { (void)e; buf_puts(o, "# x\n"); }
int narrative_outline(struct buf *o, const char *m, size_t n, const char *p, struct err *e) { (void)o; (void)m; (void)n; (void)p; (void)e; return 0; }

/* web */

#include "report/report.h"
int report_init(const struct report_request *r) { (void)r; return 1; }
int report_check(const struct report_request *r) { (void)r; return 1; }
