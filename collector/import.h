/*
 * import.h - answers from a file into the store: JSON lines, or CSV. The same rules as for the
 * page's answers, and the same sealing; what does not pass is refused row by row.
 */
#ifndef COLLECTOR_IMPORT_H
#define COLLECTOR_IMPORT_H

#include "collector/operate.h"
#include "collector/round.h"
#include "lib/base/err.h"

#include <stddef.h>

struct import_counts {
	size_t stored, known, refused; /* rows; `known` were there already */
};

/*
 * Import a file whose name ends in .jsonl, .csv, or .sealed (a kit's: import_sealed.h).
 *
 * JSON lines: {"id":"32 hex digits","language":"fr","answers":{"gender":"woman","used":["a","b"],
 * "access":{"naloxone":"harder"},"gender/other":"..."}}; id and language may be missing.
 * CSV (RFC 4180): a header of field names, "id" and "language" among them if wished; values of a
 * select_multiple or ranking are separated by blanks; a matrix has a column QUESTION/ROW each.
 * Without a language it is the questionnaire's first. "region" takes a region's id where the
 * country is not known.
 *
 * The id stands for the page's number, so that a row that was imported before is known. It must be
 * random: with a seized store and an id that can be guessed, a guess of the answers can be tried.
 * A row without one is stored each time.
 *
 * `refused` is told each refused row as "FILE: line 12: gender: no such choice", and rows one behind
 * another with one reason as "FILE: lines 12 to 90 (79 rows): ..."; never an answer.
 * Returns -1 with err when the file cannot be read, its header is wrong or the store fails; the
 * counts then say what was done before.
 */
int import_file(struct import_counts *counts, const char *path, const struct round *r,
                struct operate *o, void (*refused)(void *ctx, const char *line), void *ctx,
                struct err *err);

#endif
