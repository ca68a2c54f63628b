/*
 * regions.h - country -> region. A study's own regions.json, or the default: six regions of the
 * UN M49 that ICU knows (Africa, Northern America, Latin America and the Caribbean, Asia, Europe,
 * Oceania).
 */
#ifndef FORMS_REGIONS_H
#define FORMS_REGIONS_H

#include "lib/base/buf.h"
#include "lib/base/err.h"
#include "lib/base/json.h"

#include <stdbool.h>
#include <stddef.h>

struct region {
	char *id;      /* "150" or the network's own */
	char **labels; /* pairs language, label, NULL at the end; NULL: ICU names it (M49 codes) */
	char **countries; /* ISO 3166-1 alpha-2 codes, NULL at the end */
	char *within; /* id of the larger region that it is part of, or NULL */
};

/* A region without countries is larger: small ones that are within it are published as it. */

struct regions {
	struct region *list;
	size_t n;
};

int regions_default(struct regions **out, struct err *err);
int regions_read(struct regions **out, const struct json *v, struct err *err);
int regions_load(struct regions **out, const char *path, struct err *err);
void regions_write(struct buf *out, const struct regions *r);
void regions_free(struct regions *r);

/* The region's index, or -1 for a country that no region has. */
int regions_of(const struct regions *r, const char *country);
int regions_find(const struct regions *r, const char *id);
/* The region's name in a language, appended to `out`. */
void regions_name(struct buf *out, const struct regions *r, const char *id, const char *language);

/* Countries of the world: ISO 3166-1 alpha-2 codes, sorted by code; NULL at the end. Borrowed. */
bool country_valid(const char *code);
/* The country's name in a language (ICU), appended to `out`. */
void country_name(struct buf *out, const char *code, const char *language);
/* All codes sorted by their names in a language; *codes is owned by the caller (one free()). */
int country_sorted(const char ***codes, size_t *n, const char *language, struct err *err);
/* A language's name in itself ("Français") or in another language. */
void language_name(struct buf *out, const char *code, const char *in);
/* The same within a sentence: "anglais". */
void language_name_within(struct buf *out, const char *code, const char *in);

#endif
