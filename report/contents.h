/*
 * contents.h - what a report has, in order, and on which page: planned before anything is laid
 * out, filled while it is laid out for the first time, printed when it is laid out again.
 */
#ifndef REPORT_CONTENTS_H
#define REPORT_CONTENTS_H

#include "report/edition.h"
#include "report/layout.h"

enum contents_level { CONTENTS_CHAPTER, CONTENTS_QUESTION };

struct contents_entry {
	enum contents_level level;
	const char *title; /* borrowed from the edition */
	size_t page;       /* index */
	double y;
};

struct contents {
	struct contents_entry *list;
	size_t n, cap;
	size_t next;  /* that will be reached */
	int bookmark; /* of the chapter */
};

/* Plan: who took part, the series' sections with their questions, methods. */
int contents_create(struct contents *c, const struct edition *e, struct err *err);
void contents_finish(struct contents *c);

/* Start to lay out (again). */
void contents_rewind(struct contents *c);
/* The next entry begins at the layout's y: note its place and set its bookmark. */
void contents_reach(struct contents *c, struct layout *l);

#endif
