/* stand-in until the narrative's own is there */
#ifndef REPORT_NARRATIVE_FILE_H
#define REPORT_NARRATIVE_FILE_H

#include "lib/base/buf.h"

struct narrative_file {
	char *place;
	struct buf text;
};
static inline void narrative_file_finish(struct narrative_file *f) { (void)f; }

#endif
