/*
 * narrative_file.h - the narratives of a study: STUDY/narratives/ROUND/SERIES-LANGUAGE.md, else
 * STUDY/narratives/SERIES-LANGUAGE.md.
 */
#ifndef REPORT_NARRATIVE_FILE_H
#define REPORT_NARRATIVE_FILE_H

#include "lib/base/findings.h"
#include "report/edition.h"

/*
 * Read the narrative of an edition to `out` and its path to *path (owned by the caller); *path NULL:
 * the series has none in any report language. A narrative that says other things than that of the
 * first report language with one is a warning.
 *
 * Faults: ERR_INPUT: other report languages have one and this one has not; not to be read as a
 * narrative. ERR_IO, ERR_NOMEM. The bytes end with NUL.
 */
int narrative_file_read(struct buf *out, char **path, const struct edition *e,
                        struct findings *findings, struct err *err);

/* Where staff put an edition's narrative of this round, whether it is there or not. */
char *narrative_file_path(const struct edition *e, const char *language, struct err *err);

#endif
