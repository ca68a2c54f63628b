/* series.h - one report of a series, whole: an edition and its narrative in, a document out. */
#ifndef REPORT_SERIES_H
#define REPORT_SERIES_H

#include "lib/base/findings.h"
#include "report/document.h"

/* A narrative file's bytes; `markdown` NULL: there is none, and the release's own is written. */
struct series_story {
	const char *markdown;
	size_t n;
	const char *place; /* its name, for messages */
};

/*
 * Compose the report: the story's chapters with who took part among them, methods, tables,
 * checklist. Faults: narrative_build()'s, ERR_NOMEM. The caller owns *out.
 */
int series_compose(struct document **out, const struct edition *e, const struct series_story *story,
                   struct findings *findings, struct err *err);

#endif
