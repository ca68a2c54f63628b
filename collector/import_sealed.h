/*
 * import_sealed.h - the file in which a kit hands over what it kept (survey-record(5), SEALED FILE):
 * sealed submissions, of which nothing is known but that they are whole and for this round.
 */
#ifndef COLLECTOR_IMPORT_SEALED_H
#define COLLECTOR_IMPORT_SEALED_H

#include "collector/round.h"
#include "lib/base/err.h"

#include <stddef.h>
#include <stdint.h>

#define IMPORT_SEALED_MAGIC "peer-survey sealed 1\n"

enum {
	IMPORT_SEALED_HEAD = sizeof IMPORT_SEALED_MAGIC - 1 + RECORD_DIGEST + SEAL_KEY,
	IMPORT_SEALED_MOST = 1 << 30 /* bytes of a file */
};

/*
 * Is this such a file? `*submissions` of sealed_size() bytes each stand behind its head. ERR_INPUT:
 * another kind of file, of another round or key, cut short, or damaged.
 */
int import_sealed_read(size_t *submissions, const void *bytes, size_t n, const struct round *r,
                       struct err *err);

#endif
