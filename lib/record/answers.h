/*
 * answers.h - one person's answers, in memory, and nothing about the person.
 *
 * A field is a question's id ("gender"), a matrix row ("access/naloxone") or the text of an
 * "other" choice ("gender/other"). A field has one value, or a list of values for questions that
 * take several (select many, ranking). Values are strings. The special value ANSWER_DECLINED says
 * "prefer not to say"; a field that is absent was left blank or was not asked.
 * Everything here may be sensitive: answers_free() wipes.
 */
#ifndef RECORD_ANSWERS_H
#define RECORD_ANSWERS_H

#include "lib/base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ANSWER_DECLINED "declined"

struct answer {
	char *field;
	char **values; /* may change places; each may become shorter */
	size_t n;
	uint32_t hash; /* hash_name() of the field */
	bool many; /* a list, even of one */
	size_t slots, used, size; /* for answers.c: of the memory that all of it is in */
};

enum { ANSWERS_HAVE = 4 };

struct answers {
	char language[16]; /* BCP 47 code of the page that was answered, "" if none */
	char *region;      /* code of the region, or NULL: none given, or the country is kept */
	struct answer *list;
	size_t n, cap;
	uint64_t have[ANSWERS_HAVE]; /* bits of the hashes of all fields that were ever added */
};

struct answers *answers_create(void); /* NULL: out of memory */
void answers_free(struct answers *a); /* wipes; NULL is fine */

/* Set a field to one value, replacing what it had. Both strings are copied. */
int answers_set(struct answers *a, const char *field, const char *value, struct err *err);
/* Append a value to a list field. */
int answers_add(struct answers *a, const char *field, const char *value, struct err *err);
/* Forget one of a field's values, wiping it; the others close up. */
void answer_drop(struct answer *a, size_t i);
/* Forget a field, wiping it. */
void answers_remove(struct answers *a, const char *field);

/* The answer of a field, or NULL. Borrowed. */
const struct answer *answers_get(const struct answers *a, const char *field);
/* The same for who knows hash_name() of the field. */
const struct answer *answers_find(const struct answers *a, const char *field, uint32_t hash);
/* Its first value, or NULL. Borrowed. */
const char *answers_value(const struct answers *a, const char *field);
/* Is `value` among the values of the field? */
bool answers_has(const struct answers *a, const char *field, const char *value);
bool answers_declined(const struct answers *a, const char *field);

int answers_set_language(struct answers *a, const char *language, struct err *err);
int answers_set_region(struct answers *a, const char *region, struct err *err);

/* Both hold the same language, region, fields and values in the same order. */
bool answers_equal(const struct answers *a, const struct answers *b);

#endif
