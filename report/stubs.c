/* stubs.c - until each is written; nothing of this stays. */
#include "report/figure.h"
#include "report/layout.h"
#include "report/methods.h"
#include "report/narrative.h"
#include "report/web.h"

/* chart */
void chart_roles(struct chart_column *c, const char *const *v, size_t n) { (void)c; (void)v; (void)n; }
double chart_height(const struct canvas *c, const struct chart *t) { (void)c; (void)t; return 100; }
void chart_draw(const struct canvas *c, const struct chart *t) { (void)c; (void)t; }
size_t chart_rows_fit(const struct canvas *c, const struct chart *t, size_t f, double h) { (void)c; (void)f; (void)h; return t->n_rows; }

/* methods */
void methods_chapter(struct document *d) { document_add_section(d, NULL, 1, document_word(d, "methods.title"))->id = "methods"; }
void methods_cherries(struct document *d) { (void)d; }

/* narrative */
int narrative_build(struct document *d, const char *m, size_t n, const char *p, struct findings *f, struct err *e) { (void)d; (void)m; (void)n; (void)p; (void)f; (void)e; return 0; }
void narrative_init(struct buf *o, const struct edition *e) { (void)e; buf_puts(o, "# x\n"); }
int narrative_outline(struct buf *o, const char *m, size_t n, const char *p, struct err *e) { (void)o; (void)m; (void)n; (void)p; (void)e; return 0; }

/* web */
int web_write(struct buf *o, const struct document *d, struct findings *f, struct err *e) { (void)o; (void)d; (void)f; (void)e; return 0; }

/* layout */
int layout_write(struct buf *o, const struct document *d, struct findings *f, struct err *e) { (void)o; (void)d; (void)f; (void)e; return 0; }
