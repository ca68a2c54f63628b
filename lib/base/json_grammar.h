/* json_grammar.h - is this text one strict JSON value? Private to lib/base/json.c. */
#ifndef BASE_JSON_GRAMMAR_H
#define BASE_JSON_GRAMMAR_H

#include "lib/base/err.h"

#include <stddef.h>

/*
 * Check the whole text against RFC 8259 with RFC 7493's limits on strings, at most `depth` levels
 * deep. ERR_INPUT with "line L, column C: reason". Duplicate names are json.c's to find.
 */
int json_grammar_check(const char *text, size_t n, int depth, struct err *err);

#endif
