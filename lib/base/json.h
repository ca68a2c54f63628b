/*
 * json.h - strict JSON (RFC 8259, I-JSON): valid UTF-8, no duplicate names, nothing behind the
 * value, no lone surrogates, no U+0000, bounded depth. A tree read here is cJSON's underneath.
 */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include "lib/base/buf.h"
#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { JSON_DEPTH = 32 };

enum json_type { JSON_NULL, JSON_BOOL, JSON_NUMBER, JSON_STRING, JSON_ARRAY, JSON_OBJECT };

struct json; /* one value; a pointer inside a document is borrowed from it */

/* Read one document. Faults are ERR_INPUT with "line L, column C: reason". */
int json_parse(struct json **out, const char *text, size_t n, struct err *err);
void json_free(struct json *document);

/* json_parse of a whole file of at most `max` bytes, faults prefixed with its path. */
int json_load(struct json **out, const char *path, size_t max, struct err *err);

enum json_type json_type(const struct json *v);
/* Member of an object, or NULL (also when `v` is NULL or no object). */
const struct json *json_get(const struct json *v, const char *name);
/* Members or items in order; NULL at the end. */
const struct json *json_first(const struct json *v);
const struct json *json_next(const struct json *v);
size_t json_count(const struct json *v);
/* The name of an object's member; NULL for an array's item. */
const char *json_name(const struct json *v);
/* The value, or NULL / `otherwise` when `v` is NULL or of another type. */
const char *json_string(const struct json *v);
double json_number(const struct json *v, double otherwise);
bool json_bool(const struct json *v, bool otherwise);

/* Write: the shortest form of a string, with \" \\ \n \r \t and \u00XX escapes only. */
void json_put_string(struct buf *b, const char *s);
/*
 * A value again: names in their order, integers without a point. `indent` 0 is one line without
 * blanks (the canonical form that is digested and signed), 1 is a tab a level (for people).
 */
void json_put(struct buf *b, const struct json *v, int indent);

#endif
