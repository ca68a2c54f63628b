/* encode_short.h - records that need no parsing to be read. Internal to encode_read.c. */
#ifndef RECORD_ENCODE_SHORT_H
#define RECORD_ENCODE_SHORT_H

#include "lib/record/encode.h"

/*
 * Take the JSON of a record if it is byte for byte what would be written, and simple: without
 * escapes. 1: taken; 0: to be read the long way, which alone says what is wrong; -1
 * with err set (ERR_NOMEM). The caller owns *out, and finishes `t` in every case.
 */
int encode_short_core(struct answers **out, const char *json, size_t n, struct err *err);
int encode_short_text(struct record_text *t, const char *json, size_t n, struct err *err);

#endif
