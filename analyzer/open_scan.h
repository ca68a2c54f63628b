/* open_scan.h - the stores and backups that are to be opened, looked through. For open_store.c. */
#ifndef ANALYZER_OPEN_SCAN_H
#define ANALYZER_OPEN_SCAN_H

#include "analyzer/open.h"

struct open_scan;

/*
 * A backup is decrypted to the image of its store. Of several files every one is read: a store of
 * another round or questionnaire is ERR_INPUT, and so are two files with half of one's records in
 * common. The caller owns *out, which borrows its arguments.
 */
int open_scan_create(struct open_scan **out, const struct open_key *k,
                     const uint8_t digest[RECORD_DIGEST], char *const *files, size_t n,
                     struct err *err);
void open_scan_free(struct open_scan *s);

/*
 * Call `each` for every sealed record; a nonzero return stops and is returned. -1 with err
 * set as above, for a single file before its first record is handed on.
 */
int open_scan_each(struct open_scan *s,
                   int (*each)(void *ctx, enum record_kind kind, const uint8_t *sealed, size_t n),
                   void *ctx, struct err *err);

#endif
