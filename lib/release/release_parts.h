/* release_parts.h - the parts of a release file that have their own source. Private. */
#ifndef RELEASE_RELEASE_PARTS_H
#define RELEASE_RELEASE_PARTS_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/base/json.h"
#include "lib/release/release.h"

/* release_certificate.c: {"protected":...}; NULL where there is none. */
int release_certificate_read(struct release_certificate **out, const struct json *v,
                             struct err *err);
void release_certificate_write(struct buf *out, const struct release_certificate *c);

/* release_route.c: a table's "asked". */
int release_routes_read(struct release_table *t, const struct json *list, struct err *err);
void release_routes_write(struct buf *out, const struct release_table *t);
void release_routes_free(struct release_table *t);

/* release_write.c: ["a","b"], of a list that NULL ends. */
void release_write_list(struct buf *out, char *const *list);

#endif
