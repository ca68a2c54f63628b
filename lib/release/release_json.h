/* release_json.h - members of a release file, within their bounds. Private to lib/release. */
#ifndef RELEASE_RELEASE_JSON_H
#define RELEASE_RELEASE_JSON_H

#include "lib/base/err.h"
#include "lib/base/json.h"

#include <stdbool.h>
#include <stddef.h>

enum {
	RELEASE_JSON_COUNT = 1000000000, /* people, counts: above any survey, below overflow */
	RELEASE_JSON_LIST = 5000,        /* answers, members, groups */
};

/* Only these members, all of the first `required`. All faults here are ERR_INPUT or ERR_NOMEM. */
int release_json_members(const struct json *v, const char *const *names, size_t n, size_t required,
                         struct err *err);
#define RELEASE_JSON_MEMBERS(v, names, required, err) \
	release_json_members(v, names, sizeof(names) / sizeof *(names), required, err)

int release_json_text(char **out, const struct json *v, const char *name, struct err *err);
int release_json_number(long *out, const struct json *v, const char *name, long min, long max,
                        struct err *err);
int release_json_unsigned(unsigned *out, const struct json *v, const char *name, long min,
                          long max, struct err *err);
/* A count, or null for one that is suppressed; `v` is the count itself. */
int release_json_count(long *out, const struct json *v, const char *name, struct err *err);
int release_json_bool(bool *out, const struct json *v, const char *name, struct err *err);
/* 64 lower-case hexadecimal digits; "" too where `empty`. */
int release_json_digest(char out[65], const struct json *v, const char *name, bool empty,
                        struct err *err);
/* A list of names, all different unless it is a `pair`; *n (may be NULL) is their number. */
int release_json_list(char ***out, size_t *n, const struct json *v, const char *name, bool pair,
                      struct err *err);

#endif
