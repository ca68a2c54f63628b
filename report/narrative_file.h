/*
 * narrative_file.h - the narratives of a study: STUDY/narratives/ROUND/SERIES-LANGUAGE.md, else
 * STUDY/narratives/SERIES-LANGUAGE.md.
 */
#ifndef REPORT_NARRATIVE_FILE_H
#define REPORT_NARRATIVE_FILE_H

#include "lib/base/buf.h"
#include "lib/base/findings.h"
#include "report/edition.h"

/* A narrative; start as {0}, end with narrative_file_finish(). */
struct narrative_file {
	char *place; /* its path; NULL: there is none */
	struct buf text;
};

/*
 * Read the narrative of an edition; place NULL: the series has none in any report language. One
 * that says other things than that of the first report language with one is a warning.
 *
 * Faults: ERR_INPUT: other report languages have one and this one has not; it cannot be read as a
 * narrative. ERR_IO, ERR_NOMEM. Then *out is as it was begun.
 */
int narrative_file_load(struct narrative_file *out, const struct edition *e,
                        struct findings *findings, struct err *err);
void narrative_file_finish(struct narrative_file *f);

/* The i-th report language of the study; NULL: it has no more. */
const char *narrative_file_language(const struct edition *e, size_t i);

/* Where staff put an edition's narrative of this round, whether it is there or not. */
char *narrative_file_path(const struct edition *e, const char *language, struct err *err);

#endif
