/* stubs.c - until each is written; nothing of this stays. */
#include "report/figure.h"
#include "report/layout.h"
#include "report/methods.h"
#include "report/web.h"

/* chart */
void chart_roles(struct chart_column *c, const char *const *v, size_t n) { (void)c; (void)v; (void)n; }
double chart_height(const struct canvas *c, const struct chart *t) { (void)c; (void)t; return 100; }
void chart_draw(const struct canvas *c, const struct chart *t) { (void)c; (void)t; }
size_t chart_rows_fit(const struct canvas *c, const struct chart *t, size_t f, double h) { (void)c; (void)f; (void)h; return t->n_rows; }

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

/* methods */
void methods_cherries(struct document *d) { (void)d; }

/* web */
int web_write(struct buf *o, const struct document *d, struct findings *f, struct err *e) { (void)o; (void)d; (void)f; (void)e; return 0; }

